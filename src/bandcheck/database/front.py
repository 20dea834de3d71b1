"""
The functions that `import bandcheck` offers: questions with today's date and the database that bandcheck comes with
as defaults.
"""

from __future__ import annotations

import datetime as dt
import functools

from bandcheck.database.catalog import Catalog
from bandcheck.database.questions import ask
from bandcheck.errors import InvalidBandError, InvalidDateError
from bandcheck.matching.report import Report
from bandcheck.model.bands import Band, BandSet, Rat
from bandcheck.model.dates import parse_day
from bandcheck.model.device import Capability


@functools.lru_cache(maxsize=1)
def default_catalog() -> Catalog:
    """
    The database that bandcheck comes with, opened once.
    """
    return Catalog.open()


def check(
    device: str | BandSet | Capability,
    carrier: str,
    *,
    on: dt.date | str | None = None,
    model: str | None = None,
    catalog: Catalog | None = None,
) -> Report:
    """
    What a phone gets on a carrier.

    Args:
        device: A name, a model number or an id (`xiaomi/redmi-2`); a `BandSet` that states all of a phone's bands;
            or its `Capability`.

        carrier: A name, an alias, an id (`us/t-mobile`) or a PLMN (`310-260`). Exact: a near miss is a suggestion
            in the error.

        on: The day that the answer holds for, a date or `2016-02-02`; None is today.

        model: Only the variant with this model number.

        catalog: Another database than the one that bandcheck comes with.

    Raises:
        UnknownDeviceError, UnknownCarrierError: Nothing answers to that name. This is not a "no".

        InvalidBandError, InvalidDateError: A band or day that does not exist.
    """
    return ask(catalog or default_catalog(), device, carrier, _day(on), model)


def _day(on: dt.date | str | None) -> dt.date:
    if on is None:
        return dt.date.today()
    if isinstance(on, dt.datetime):
        return on.date()
    if isinstance(on, dt.date):
        return on
    if isinstance(on, str):
        return parse_day(on)
    raise InvalidDateError(repr(on))


def bands_for_channel(
    rat: Rat | str, n: int, direction: str = "downlink", *, catalog: Catalog | None = None
) -> frozenset[Band]:
    """
    The bands that a channel number lies in; see `Spectrum.bands_for_channel`.

    >>> bands_for_channel("lte", 1950)
    frozenset({Band('B4')})

    Raises:
        ValueError: No such RAT or direction.
    """
    return (catalog or default_catalog()).spectrum.bands_for_channel(_rat(rat), n, direction)


def frequency(
    rat: Rat | str, n: int, direction: str = "downlink", *, band: Band | None = None, catalog: Catalog | None = None
) -> float | None:
    """
    Centre frequency of a channel number in MHz; see `Spectrum.frequency`.

    >>> frequency("lte", 1950)
    2110.0

    Raises:
        ValueError: No such RAT or direction; or the number means two frequencies, and `band` does not say which.
    """
    return (catalog or default_catalog()).spectrum.frequency(_rat(rat), n, direction, band)


def _rat(rat: Rat | str) -> Rat:
    if isinstance(rat, Rat):
        return rat
    try:
        return Rat(rat.lower())
    except ValueError:
        raise InvalidBandError(rat, f"a RAT, one of {', '.join(r.value for r in Rat)}") from None
