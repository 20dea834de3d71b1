"""
What tells a compiled index from any other file.
"""

APPLICATION_ID = 0x62616E64  # "band"

SCHEMA_VERSION = 3
"""Of the index. A reader refuses a newer one, and has an older one compiled anew."""
