"""
`bands/spectrum/*.yaml`: YAML -> checked records of operating bands.
"""

from __future__ import annotations

from typing import Any

from bandcheck.database.files.fields import RAT_KEYS, Fields
from bandcheck.database.files.source import read_sources
from bandcheck.errors import InvalidBandError
from bandcheck.model.bands import Rat, bit

_DUPLEX = ("fdd", "tdd", "sdl", "sul")


def read_spectrum(fields: Fields) -> dict[str, Any]:
    """
    One file: `{"rat", "sources", "bands", "raster"}`.
    """
    rat = Rat(fields.choice("rat", RAT_KEYS, required=True) or "lte")
    record: dict[str, Any] = {"rat": rat.value, "sources": read_sources(fields.map("sources")), "bands": []}
    record["raster"] = [run for one in fields.maps("raster") if (run := _channels(one))]
    seen: set[int] = set()
    for one in fields.maps("bands"):
        band = _band(one, rat)
        if band is None:
            continue
        if band["number"] in seen:
            one.problem("number", f"band {band['number']} is already in this file", "Remove one of the two.")
        seen.add(band["number"])
        record["bands"].append(band)
    fields.text("note")
    fields.done()
    return record


def _integer(fields: Fields, key: str, required: bool = False) -> int | None:
    value = fields.take(key, required)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if key in fields.mapping:
        fields.expected(key, "a whole number")
    return None


def _band(fields: Fields, rat: Rat) -> dict[str, Any] | None:
    number = _integer(fields, "number", required=True)
    if number is None:
        return None
    try:
        bit(rat, number)
    except InvalidBandError as error:
        fields.problem("number", f"{error.text} cannot be", f"Expected {error.expected}.")
        return None
    alone = fields.flag("alone")
    duplex = fields.choice("duplex", _DUPLEX, required=True) or "fdd"
    band: dict[str, Any] = {
        "number": number,
        "names": list(fields.texts("names")),
        "duplex": duplex,
        "uplink_khz": _edges(fields, "uplink_khz"),
        "downlink_khz": _edges(fields, "downlink_khz"),
        "alone": alone is not False,
        "why": fields.text("why") or "",
        "uplink": [],
        "downlink": [],
        "verified": fields.choice("trust", ("unverified",)) is None,
        "sources": list(fields.sources(required=True)),
        "line": fields.line(),
    }
    fields.text("note")
    if alone is False and not band["why"]:
        fields.problem("alone", "it says that the band cannot carry service alone, and not why", "Add `why:`.")
    if duplex == "tdd" and band["uplink_khz"] != band["downlink_khz"]:
        fields.problem(
            "uplink_khz",
            "a TDD band sends and hears in one run of spectrum; here the two differ",
            "Make uplink and downlink equal.",
        )
    lacks = {"sdl": "uplink", "sul": "downlink"}.get(duplex)
    if lacks is not None and band[f"{lacks}_khz"]:
        fields.problem(f"{lacks}_khz", f"a band of {duplex} has no {lacks}", "Remove it, or mend `duplex`.")
    runs = fields.map("channels")
    if runs is not None:
        for direction in ("uplink", "downlink"):
            band[direction] = [run for one in runs.maps(direction) if (run := _channels(one))]
        runs.done()
    fields.done()
    return band


def _edges(fields: Fields, key: str) -> list[int] | None:
    items = fields.seq(key)
    if not items:
        return None
    if len(items) == 2 and all(type(i) is int for i in items) and 0 < items[0] < items[1]:
        return [int(items[0]), int(items[1])]
    fields.problem(key, f"expected two rising numbers of kHz, got {list(items)!r}", "Write [lower, upper] in kHz.")
    return None


def _channels(fields: Fields) -> list[int] | None:
    """
    `[first, last, start_khz, step_khz, every]`.
    """
    numbers = [_integer(fields, key, required=True) for key in ("first", "last", "start_khz", "step_khz")]
    every = _integer(fields, "every")
    fields.text("note")
    fields.done()
    whole = [n for n in numbers if n is not None]
    if every is not None and every < 1:
        fields.expected("every", "a whole number from 1")
        return None
    if len(whole) < 4:
        return None
    if whole[0] > whole[1]:
        fields.problem("first", f"the run goes down, from {whole[0]} to {whole[1]}", "Swap them.")
        return None
    return [*whole, every or 1]
