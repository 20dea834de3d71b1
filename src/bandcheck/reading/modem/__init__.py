"""
Reading what modems and phones tell of their bands.
"""

from bandcheck.reading.modem.read import INPUT_FORMATS, read_modem

__all__ = ["INPUT_FORMATS", "read_modem"]
