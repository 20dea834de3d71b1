"""
What Android tells: `dumpsys telephony.registry`, with bands of cells that the phone met, and `getprop`, with none.
"""

from __future__ import annotations

import re

from bandcheck.model.bands import Rat
from bandcheck.reading.modem.findings import Findings

_TOKEN = re.compile(
    r"\bCellIdentity(?P<cell>Lte|Nr|Gsm|Wcdma|Tdscdma|Cdma)\b"
    r"|\bm(?P<key>ConnectionStatus|NetworkType|Band|Bands|Earfcn|NrArfcn|Uarfcn|Arfcn)\s?=\s?"
    r"(?P<value>\[[0-9, ]{0,200}\]|[0-9A-Za-z_+-]{1,20})"
)
_NUMBER = re.compile(r"[0-9]+")

_CELLS = {
    "Lte": Rat.LTE,
    "Nr": Rat.NR,
    "Gsm": Rat.GSM,
    "Wcdma": Rat.UMTS,
    "Tdscdma": Rat.TDSCDMA,
    "Cdma": Rat.CDMA,
}

# TelephonyManager's names of network types. The bands of UMTS and GSM are AccessNetworkConstants' numbers.
_NETWORKS = {
    **dict.fromkeys(("LTE", "LTE_CA"), Rat.LTE),
    **dict.fromkeys(("NR", "NR_NSA", "NR_SA"), Rat.NR),
    **dict.fromkeys(("UMTS", "HSDPA", "HSUPA", "HSPA", "HSPA+", "HSPAP"), Rat.UMTS),
    **dict.fromkeys(("GSM", "GPRS", "EDGE"), Rat.GSM),
}
_GERAN = {3: 450, 4: 480, 6: 750, 7: 810, 8: 850, 9: 900, 10: 900, 11: 900, 12: 1800, 13: 1900}

_DUMPSYS = re.compile(
    r"\bm(?:PhysicalChannelConfigs|CellIdentity|CellInfo|ServiceState|SignalStrength)\b|\bCellIdentity[A-Z]"
)
_PROPERTY = re.compile(r"^\[[A-Za-z][\w.-]{1,90}\]: \[", re.MULTILINE)


def is_dumpsys(text: str) -> bool:
    """
    Whether a text is of the telephony registry.
    """
    return _DUMPSYS.search(text) is not None


def is_getprop(text: str) -> bool:
    """
    Whether a text lists Android's properties.
    """
    return _PROPERTY.search(text) is not None


def read_dumpsys(text: str, findings: Findings) -> None:
    """
    The bands of cells that were met. A cell on channel 0 is a default of Android's, not a cell.
    """
    rat: Rat | None = None
    channel: int | None = None
    without_band = 0
    for token in _TOKEN.finditer(text):
        if token["cell"]:
            rat, channel = _CELLS[token["cell"]], None
            continue
        key, value = token["key"], token["value"]
        if key == "ConnectionStatus":
            rat, channel = None, None
        elif key == "NetworkType":
            rat = _NETWORKS.get(value)
        elif key.lower().endswith("arfcn"):
            channel = int(value) if value.isdecimal() and len(value) < 8 else None
            without_band += 1
        elif rat is not None:
            without_band -= key == "Bands"
            _read_bands(token, rat, channel, findings)
    findings.note("Only bands of cells that the phone met are known; it may have more.")
    if without_band > 0:
        findings.note("Some cells give a channel number (mEarfcn) and no band: `bandcheck show 'earfcn N'` names it.")


def _read_bands(token: re.Match[str], rat: Rat, channel: int | None, findings: Findings) -> None:
    """
    The numbers of `mBands=[4, 66]` or `mBand=13`.
    """
    for number in _NUMBER.finditer(token["value"]):
        start = token.start("value")
        span = (start + number.start(), start + number.end())
        band = int(number[0]) if len(number[0]) < 4 else 0
        if token["key"] == "Bands" and channel == 0:
            findings.ignore(span, "band of channel 0", "unknown")
            findings.note("A cell on channel 0 is a default of Android's and no cell: its band is ignored.")
            continue
        if token["key"] == "Band" and rat is Rat.GSM:
            band = _GERAN.get(band, 0)
        if band:
            findings.band(rat, band, span, f"band {band}", seen=True)


def read_getprop(text: str, findings: Findings) -> None:
    """
    Nothing: properties name the phone, not its bands.
    """
    findings.note("getprop names no bands. Look the phone up by its model number (ro.product.model).")
