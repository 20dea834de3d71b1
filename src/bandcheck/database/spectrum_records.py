"""
From records of operating bands to the model's `Spectrum`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bandcheck.model.bands import Band, Rat
from bandcheck.model.spectrum import Channels, OperatingBand, Spectrum


def spectrum_of(records: Mapping[str, dict[str, Any]]) -> Spectrum:
    """
    The operating bands of all RATs.
    """
    bands, raster = [], []
    for record in records.values():
        rat = Rat(record["rat"])
        raster += [Channels(*run) for run in record["raster"]]
        bands += [_band(rat, one) for one in record["bands"]]
    return Spectrum.of(bands, tuple(raster))


def _band(rat: Rat, one: dict[str, Any]) -> OperatingBand:
    up, down = one["uplink_khz"], one["downlink_khz"]
    return OperatingBand(
        band=Band(rat, one["number"]),
        names=tuple(one["names"]),
        duplex=one["duplex"],
        uplink_khz=(up[0], up[1]) if up else None,
        downlink_khz=(down[0], down[1]) if down else None,
        alone=one["alone"],
        why=one["why"],
        uplink=tuple(Channels(*run) for run in one["uplink"]),
        downlink=tuple(Channels(*run) for run in one["downlink"]),
        verified=one["verified"],
        sources=tuple(one["sources"]),
    )
