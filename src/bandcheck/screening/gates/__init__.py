"""
The nine questions that a listing has to answer. Each gate is a function from a case to a finding.
"""
