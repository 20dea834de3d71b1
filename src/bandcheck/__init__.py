"""
bandcheck: what will this phone get on this carrier?

>>> import bandcheck
>>> bandcheck.check("Redmi 2 Prime", "US Mobile", on="2016-02-02").outcome
'wifi'

Importing this opens no file and imports no YAML; names load when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "2026.11.0"

__all__ = [
    "Band",
    "BandReading",
    "BandSet",
    "BandcheckError",
    "BatchScreener",
    "Catalog",
    "DataError",
    "FileUnusableError",
    "Identification",
    "IndexUnusableError",
    "InvalidBandError",
    "InvalidChannelError",
    "InvalidDateError",
    "KnownBands",
    "Rat",
    "Report",
    "ScreenReport",
    "UnknownCarrierError",
    "UnknownDeviceError",
    "UnreadableDumpError",
    "bands_for_channel",
    "check",
    "frequency",
    "identify",
    "identify_many",
    "read_bands",
    "read_modem",
    "screen",
    "screen_frame",
]

_HOMES = {
    "Band": "bandcheck.model.bands",
    "BandSet": "bandcheck.model.bands",
    "KnownBands": "bandcheck.model.bands",
    "Rat": "bandcheck.model.bands",
    "BandReading": "bandcheck.reading.reading",
    "BandcheckError": "bandcheck.errors",
    "DataError": "bandcheck.errors",
    "FileUnusableError": "bandcheck.errors",
    "IndexUnusableError": "bandcheck.errors",
    "InvalidBandError": "bandcheck.errors",
    "InvalidChannelError": "bandcheck.errors",
    "InvalidDateError": "bandcheck.errors",
    "UnknownCarrierError": "bandcheck.errors",
    "UnknownDeviceError": "bandcheck.errors",
    "UnreadableDumpError": "bandcheck.errors",
    "Catalog": "bandcheck.database.catalog",
    "Report": "bandcheck.matching.report",
    "bands_for_channel": "bandcheck.database.front",
    "check": "bandcheck.database.front",
    "frequency": "bandcheck.database.front",
    "identify": "bandcheck.database.front",
    "identify_many": "bandcheck.database.front",
    "Identification": "bandcheck.database.identify.identification",
    "read_bands": "bandcheck.reading.text",
    "read_modem": "bandcheck.reading.modem.read",
    "ScreenReport": "bandcheck.screening.report",
    "screen": "bandcheck.screening.screen",
    "screen_frame": "bandcheck.screening.bulk.front",
    "BatchScreener": "bandcheck.screening.bulk.batch",
}

if TYPE_CHECKING:
    from bandcheck.database.catalog import Catalog
    from bandcheck.database.front import bands_for_channel, check, frequency, identify, identify_many
    from bandcheck.database.identify.identification import Identification
    from bandcheck.errors import (
        BandcheckError,
        DataError,
        FileUnusableError,
        IndexUnusableError,
        InvalidBandError,
        InvalidChannelError,
        InvalidDateError,
        UnknownCarrierError,
        UnknownDeviceError,
        UnreadableDumpError,
    )
    from bandcheck.matching.report import Report
    from bandcheck.model.bands import Band, BandSet, KnownBands, Rat
    from bandcheck.reading.modem.read import read_modem
    from bandcheck.reading.reading import BandReading
    from bandcheck.reading.text import read_bands
    from bandcheck.screening.bulk.batch import BatchScreener
    from bandcheck.screening.bulk.front import screen_frame
    from bandcheck.screening.report import ScreenReport
    from bandcheck.screening.screen import screen


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bandcheck' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
