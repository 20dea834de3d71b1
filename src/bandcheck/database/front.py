"""
The functions that `import bandcheck` offers: questions with today's date and the database that bandcheck comes with
as defaults.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bandcheck.database.catalog import Catalog
from bandcheck.database.questions import ask
from bandcheck.errors import InvalidBandError, InvalidDateError
from bandcheck.matching.report import Report
from bandcheck.model.bands import Band, BandSet, Rat
from bandcheck.model.dates import parse_day
from bandcheck.model.device import Capability

if TYPE_CHECKING:
    from bandcheck.database.identify.identification import Identification


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
    return ask(catalog or default_catalog(), device, carrier, as_day(on), model)


def as_day(on: dt.date | str | None) -> dt.date:
    """
    The day that an argument `on` means: a date, `2016-02-02`, or today.

    Raises:
        InvalidDateError: No such day.
    """
    if on is None:
        return dt.date.today()
    if isinstance(on, dt.datetime):
        return on.date()
    if isinstance(on, dt.date):
        return on
    if isinstance(on, str):
        return parse_day(on)
    raise InvalidDateError(repr(on))


def identify(text: str, *, catalog: Catalog | None = None) -> Identification:
    """
    Which phone a text is about: a listing title, a model number, a marketing name in any script, a codename, an IMEI.

    It is decided only when exactly one reading fits: the device, and the model numbers that the text leaves possible.
    Otherwise `candidates` says what it may be and `why` what stands against it. Something for a phone ("case for Redmi
    2") is no phone. Of an IMEI nothing but the TAC is looked at or kept. With the extra `identify` (rapidfuzz) typing
    errors in words are mended; digits never are.

    Args:
        text: Any text; none is an error.

        catalog: Another database than the one that bandcheck comes with.
    """
    return (catalog or default_catalog()).identifier.identify(text)


def identify_many(texts: Iterable[str], *, catalog: Catalog | None = None) -> Iterator[Identification]:
    """
    As `identify`, for many texts, one by one: for streams of any length.

    Args:
        texts: One is taken for each answer.

        catalog: Another database than the one that bandcheck comes with.
    """
    return (catalog or default_catalog()).identifier.identify_many(texts)


def bands_for_channel(
    rat: Rat | str, n: int, direction: str = "downlink", *, catalog: Catalog | None = None
) -> frozenset[Band]:
    """
    The bands that a channel number lies in; see `Spectrum.bands_for_channel`.

    >>> bands_for_channel("lte", 1950)
    frozenset({Band('B4')})

    Raises:
        InvalidBandError: No such RAT.

        InvalidChannelError: No such direction.
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
        InvalidBandError: No such RAT.

        InvalidChannelError: No such direction; or the number means two frequencies, and `band` does not say which.
    """
    return (catalog or default_catalog()).spectrum.frequency(_rat(rat), n, direction, band)


def _rat(rat: Rat | str) -> Rat:
    if isinstance(rat, Rat):
        return rat
    try:
        return Rat(rat.lower())
    except ValueError:
        raise InvalidBandError(rat, f"a RAT, one of {', '.join(r.value for r in Rat)}") from None
