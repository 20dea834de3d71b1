"""
Screening of millions of rows: what rows share is worked out once and handed out by gathers. The answer to a row is the
one that `bandcheck.screen` gives.
"""
