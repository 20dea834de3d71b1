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
    "BandSet",
    "BandcheckError",
    "Catalog",
    "DataError",
    "IndexUnusableError",
    "InvalidBandError",
    "InvalidDateError",
    "KnownBands",
    "Rat",
    "Report",
    "UnknownCarrierError",
    "UnknownDeviceError",
    "bands_for_channel",
    "check",
    "frequency",
]

_HOMES = {
    "Band": "bandcheck.model.bands",
    "BandSet": "bandcheck.model.bands",
    "KnownBands": "bandcheck.model.bands",
    "Rat": "bandcheck.model.bands",
    "BandcheckError": "bandcheck.errors",
    "DataError": "bandcheck.errors",
    "IndexUnusableError": "bandcheck.errors",
    "InvalidBandError": "bandcheck.errors",
    "InvalidDateError": "bandcheck.errors",
    "UnknownCarrierError": "bandcheck.errors",
    "UnknownDeviceError": "bandcheck.errors",
    "Catalog": "bandcheck.database.catalog",
    "Report": "bandcheck.matching.report",
    "bands_for_channel": "bandcheck.database.front",
    "check": "bandcheck.database.front",
    "frequency": "bandcheck.database.front",
}

if TYPE_CHECKING:
    from bandcheck.database.catalog import Catalog
    from bandcheck.database.front import bands_for_channel, check, frequency
    from bandcheck.errors import (
        BandcheckError,
        DataError,
        IndexUnusableError,
        InvalidBandError,
        InvalidDateError,
        UnknownCarrierError,
        UnknownDeviceError,
    )
    from bandcheck.matching.report import Report
    from bandcheck.model.bands import Band, BandSet, KnownBands, Rat


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bandcheck' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
