"""
Screening of millions of rows: what rows share is worked out once and handed out by gathers. The answer to a row is the
one that `bandcheck.screen` gives.
"""

USUAL = ("decision", "outcome", "worst", "best", "coverage", "reason_codes")
"""The columns that are added to a table if nobody says which."""
