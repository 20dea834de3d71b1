"""
A screen report on paper: CSV, JSON, JSON Lines, Markdown, HTML. Every one names policy, data version, day, input and
what was left out.
"""
