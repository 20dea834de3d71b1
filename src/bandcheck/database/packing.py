"""
Documents and records as the index holds them: JSON, squeezed with a dictionary of what nearly all of them say.
"""

from __future__ import annotations

import functools
import json
import zlib
from typing import Any

_COMMON = (
    b'"conflicts":[],"notes":[],"policies":[],"emergency":[],"hosts":[],"standalone":null,"kind":"network","mfbi":null,'
    b'"mfbi_since":null,"block":null,"prefer":null,"role":null,"extent":null,"beyond":[],"since":null,"after":null,'
    b'"until":null,"announced":false,"live":{"by":"2016-07-11","seen":"2024-09-09"},"trust":"verified","trust":"single",'
    b'"layer":"imported/networks","layer":"bands","plan":{"gsm":[{"bands":{"umts":[{"rats":{"like":null,"modes":null,'
    b'"changes":[],"complete":false,"file":"","line":0,"bands":{"gsm":{"at_least":144,"at_most":144,"sources":[],'
    b'"claims":[],"line":0},"union":{},"released":null,"codenames":[],"aliases":[],"overruled":[],"variants":[{'
    b'"evdo":null,"facts":{"cdma":{"bound":false,"claims":[],"layer":"rule","sources":[],"trust":"inferred"},'
    b'"gsm":{"bound":true,"claims":[],"layer":"imported/devices","sources":["],"trust":"imported"},'
    b'"lte":{"bound":false,"claims":[],"layer":"imported/devices","sources":["],"trust":"imported"},'
    b'"nr":{"bound":false,"claims":[],"layer":"rule","sources":[],"trust":"inferred"},'
    b'"tdscdma":{"bound":false,"claims":[],"layer":"rule","sources":[],"trust":"inferred"},'
    b'"umts":{"bound":false,"claims":[],"layer":"imported/devices","sources":["],"trust":"imported"}},"key":"",'
    b'"market":"","mfbi":null,"models":["],"nsa":null,"sa":null,"sold_in":[],"sources":["],"states":[[null,"'
    b'000000000000000000","0000"]],"volte":null,"volte_on":{}}'
)
"""The schema version covers it: packed with one dictionary, a text is unpacked with the same."""


_FORM = {"ensure_ascii": False, "separators": (",", ":"), "check_circular": False}

as_json = json.JSONEncoder(**_FORM, sort_keys=True).encode  # type: ignore[arg-type]
"""The one JSON text of a value: keys sorted, nothing between."""

as_read = json.JSONEncoder(**_FORM).encode  # type: ignore[arg-type]
"""Likewise, with keys in the order in which they are."""


def packed(text: str) -> bytes:
    """
    A text, squeezed.
    """
    squeezer = _squeezer().copy()  # a twentieth of the time of a new one
    return squeezer.compress(text.encode()) + squeezer.flush()


@functools.cache
def _squeezer() -> zlib._Compress:
    return zlib.compressobj(3, zlib.DEFLATED, 13, 5, zdict=_COMMON)  # 8 KiB of window: documents are short


def unpacked(blob: bytes) -> Any:
    """
    The value of a JSON text that was packed.
    """
    opener = zlib.decompressobj(zdict=_COMMON)
    return json.loads(opener.decompress(blob))
