"""
Which phone a text is about: a listing title, a model number, a marketing name, a codename, an IMEI.
"""
