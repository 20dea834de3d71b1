"""
`read_bands`: what a listing, a spec sheet or a cell of one says of bands.

    text -> lexer (tokens) -> grammar (what holds where) -> lists (what belongs together) -> meanings (which bands)
"""

from __future__ import annotations

from typing import Literal

from bandcheck.reading.grammar import Grammar
from bandcheck.reading.reading import BandReading

Generation = Literal["2g", "3g", "4g", "5g"]
"""A column of a spec sheet."""


def read_bands(text: str, *, region: str | None = None, generation: Generation | None = None) -> BandReading:
    """
    Read the bands in a text: a listing, a spec sheet, or one cell of a sheet.

    A number is a band only where a technology says so; what might be several bands is ambiguous, and whatever has a
    number and is no band is ignored with the reason. Any text can be read; one without bands gives an empty reading.

    >>> reading = read_bands("GSM 900/1800, LTE B3/B7 Cat 4 150/50 Mbps")
    >>> str(reading.bands)
    'gsm 900 1800 / lte 3 7'
    >>> [(one.text, one.why) for one in reading.ignored]
    [('4', 'category'), ('150/50 Mbps', 'speed')]

    Args:
        region: An ISO 3166 country code, `eu` or `latam`: where the phone is sold. It chooses which candidate of an
            ambiguous frequency is preferred, and settles nothing.

        generation: The column of a spec sheet that the text is a cell of. Its bare lists (`1, 3, 7, 20`) are of that
            generation, and `N/A` says that there is none. None: the text must name its technologies.
    """
    return Grammar(text, region, generation).read()
