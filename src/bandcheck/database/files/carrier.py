"""
`bands/carriers/**.yaml`: YAML -> checked carrier records.
"""

from __future__ import annotations

import re
from typing import Any

from bandcheck.database.files.device import read_conflict
from bandcheck.database.files.fields import RAT_KEYS, Fields, band_number, kind_of
from bandcheck.database.files.source import read_sources
from bandcheck.database.files.yamlfile import Map, Seq
from bandcheck.model.bands import FIELD, Rat, numbers_in
from bandcheck.model.dates import Date

KINDS = ("network", "mvno")
_ROLES = ("core", "coverage", "capacity")
_EXTENTS = ("nationwide", "markets", "sites")
_EFFECTS = ("accepted", "conditional", "refused")
_WORKS_OR_NOT = ("accepted", "refused")
_PLMN = re.compile(r"\d{3}-\d{2,3}")


def read_carrier(fields: Fields, carrier_id: str) -> dict[str, Any]:
    """
    One carrier: a record of plain values.
    """
    kind = fields.choice("kind", KINDS, required=True) or "network"
    record: dict[str, Any] = {
        "id": carrier_id,
        "file": fields.file,
        "line": fields.line(),
        "name": fields.text("name", required=True) or carrier_id,
        "kind": kind,
        "aliases": list(fields.texts("aliases")),
        "plmns": list(fields.texts("plmns")),
        "sources": read_sources(fields.map("sources")),
        "plan": {},
        "rats": _rats(fields.map("rats")),
        "standalone": None,
        "policies": [_policy(one) for one in fields.maps("policies")],
        "emergency": [_policy(one, _WORKS_OR_NOT) for one in fields.maps("emergency")],
        "hosts": [_hosting(one) for one in fields.maps("hosts")],
        "notes": list(fields.texts("notes")),
        "conflicts": [read_conflict(one) for one in fields.maps("conflicts")],
    }
    for plmn in record["plmns"]:
        if not _PLMN.fullmatch(plmn):
            fields.problem("plmns", f"{plmn!r} is not a PLMN", 'Write MCC-MNC with every digit: "310-260", "208-01".')
    if kind == "mvno" and record["rats"]:
        fields.problem("rats", "an MVNO has no network of its own", "Give `hosts:`, or make it `kind: network`.")
    plan = fields.map("plan", required=kind == "network" and not record["rats"])
    if plan is not None:
        if kind == "mvno":
            fields.problem("plan", "an MVNO has no network of its own", "Give `hosts:`, or make it `kind: network`.")
        for key in RAT_KEYS:
            if key in plan.mapping:
                record["plan"][key] = [d for one in plan.maps(key) if (d := _deployment(one, Rat(key)))]
            else:
                plan.take(key)
        plan.done()
    if "standalone" in fields.mapping:
        record["standalone"] = []
        for one in fields.maps("standalone"):
            live = _span(one, required=True)
            record["standalone"].append({"live": live, "sources": list(one.sources(required=True))})
            one.done()
    else:
        fields.take("standalone")
    if kind == "mvno" and not record["hosts"]:
        fields.problem("hosts", "an MVNO without a host", "Add `hosts:`: whose network it sells, and as of when.")
    if kind == "network" and record["hosts"]:
        fields.problem("hosts", "a network operator with hosts", "Remove them, or make it `kind: mvno`.")
    days = [h["as_of"] for h in record["hosts"]]
    if days != sorted(days):
        fields.problem("hosts", "the statements are not in time order", "Sort them by `as_of`.")
    fields.done()
    return record


def _rats(fields: Fields | None) -> dict[str, Any]:
    """
    The dates of RATs as a whole, by RAT.
    """
    found: dict[str, Any] = {}
    if fields is None:
        return found
    for key in RAT_KEYS:
        one = fields.map(key)
        if one is None:
            continue
        live = _span(one)
        if not any(live.values()):
            one.problem(None, "no date", "Add `since:`, `by:` or `until:`, or remove the RAT.")
        found[key] = {"live": live, "sources": list(one.sources(required=True)), "line": fields.line(key)}
        one.done()
    fields.done()
    return found


def _deployment(fields: Fields, rat: Rat) -> dict[str, Any] | None:
    mask = _bands(fields, rat)
    record: dict[str, Any] = {
        "bands": mask or 0,
        "prefer": None,
        "live": _span(fields, required=True),
        "role": fields.choice("role", _ROLES),
        "extent": fields.choice("extent", _EXTENTS),
        "mfbi": fields.bands("mfbi", rat),
        "mfbi_since": fields.date("mfbi_since"),
        "block": _block(fields),
        "evdo": fields.flag("evdo"),
        "beyond": [],
        "sources": list(fields.sources(required=True)),
        "line": fields.line(),
    }
    prefer = fields.take("prefer")
    if "prefer" in fields.mapping:
        number = band_number(rat, prefer)
        if "any_of" in fields.mapping and number in numbers_in(rat, mask or 0):
            record["prefer"] = number
        else:
            fields.problem(
                "prefer",
                f"expected one of `any_of`, got {kind_of(prefer)}",
                "Name the conventional band, or remove it.",
            )
    for word in fields.texts("beyond"):
        if word in RAT_KEYS:
            record["beyond"].append(word)
        else:
            fields.problem("beyond", f"{word!r} is not a RAT", f"Write one of {', '.join(RAT_KEYS)}.")
    if record["evdo"] is not None and rat is not Rat.CDMA:
        fields.problem("evdo", f"EV-DO belongs to CDMA, not to {rat.value}", "Remove it.")
    if record["mfbi_since"] is not None and record["mfbi"] is None:
        fields.problem("mfbi_since", "a date without `mfbi`", "Say what the cells broadcast since then: mfbi: [12].")
    fields.text("note")
    fields.done()
    return record if mask is not None else None


def _bands(fields: Fields, rat: Rat) -> int | None:
    """
    The mask of `band`, `any_of` or `band: unknown`.
    """
    band = fields.take("band")
    if "any_of" in fields.mapping:
        if "band" in fields.mapping:
            fields.problem("band", "both `band` and `any_of`", "Keep one of the two.")
        if isinstance(fields.mapping["any_of"], Seq) and len(fields.mapping["any_of"]) < 2:
            fields.problem("any_of", "fewer than two bands to choose from", "Name them all, or write band: 12.")
        return fields.bands("any_of", rat)
    fields.take("any_of")
    if band == "unknown":
        return FIELD[rat]
    if "band" not in fields.mapping:
        fields.problem(None, "no `band`", "Add band: 4, any_of: [4, 66] or band: unknown.")
        return None
    return fields.band("band", rat)


def _span(fields: Fields, required: bool = False) -> dict[str, Any]:
    """
    The dates of a fact, as texts.
    """
    span: dict[str, Any] = {key: fields.date(key) for key in ("since", "by", "after", "until", "seen", "unlisted")}
    span["announced"] = bool(fields.flag("announced"))
    if span["since"] and span["by"]:
        fields.problem("by", "both `since` and `by`", "Keep `since` if a source gives the start, else `by`.")
    if required and "since" not in fields.mapping and "by" not in fields.mapping:
        fields.problem(
            None, "no start", "Add `since:` if a source gives it; else `by:`, the first day a source saw it."
        )
    if span["after"] and not span["by"]:
        fields.problem(
            "after", "`after` without `by`", "It says when the thing was not there yet; `by` says when it was."
        )
    if span["announced"] and not span["until"]:
        fields.problem("announced", "an announced end without `until`", "Add `until:`, or remove `announced`.")
    start = span["since"] or span["by"]
    for key in ("since", "by", "seen"):
        if span["unlisted"] and span[key] and Date.parse(span["unlisted"]).last < Date.parse(span[key]).first:
            fields.problem(
                "unlisted", f"no longer listed on {span['unlisted']}, yet {key} {span[key]}", "One of the two is wrong."
            )
    if start and span["until"] and Date.parse(span["until"]).last < Date.parse(start).first:
        fields.problem(
            "until", f"it ends on {span['until']}, before it begins ({start})", "One of the two dates is wrong."
        )
    if span["after"] and span["by"] and Date.parse(span["by"]).last < Date.parse(span["after"]).first:
        fields.problem(
            "after", f"not before {span['after']}, yet live by {span['by']}", "One of the two dates is wrong."
        )
    return span


def _block(fields: Fields) -> dict[str, Any] | None:
    one = fields.map("block")
    if one is None:
        return None
    block: dict[str, Any] = {}
    for key in ("uplink_khz", "downlink_khz"):
        items = one.seq(key)
        if not items:
            block[key] = None
        elif len(items) == 2 and all(type(i) is int for i in items) and items[0] < items[1]:
            block[key] = list(items)
        else:
            one.problem(key, f"expected two rising numbers of kHz, got {list(items)!r}", "Write [lower, upper] in kHz.")
            block[key] = None
    one.done()
    return block


def _policy(fields: Fields, effects: tuple[str, ...] = _EFFECTS) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": fields.text("name", required=True) or "",
        "effect": fields.choice("effect", effects, required=True) or "conditional",
        "live": _span(fields, required=True),
        "says": fields.text("says", required=True) or "",
        "sources": list(fields.sources(required=True)),
        "phones": {},
        "line": fields.line(),
    }
    phones = fields.map("phones")
    if phones is not None:
        without = phones.texts("without")
        for word in without:
            if word not in RAT_KEYS:
                phones.problem("without", f"{word!r} is not a RAT", f"Write some of {', '.join(RAT_KEYS)}.")
        record["phones"] = {
            "volte": phones.flag("volte"),
            "devices": list(phones.texts("devices")),
            "models": list(phones.texts("models")),
            "not_devices": list(phones.texts("not_devices")),
            "without": [w for w in without if w in RAT_KEYS],
            "sold_in": list(phones.countries("sold_in")),
            "not_sold_in": list(phones.countries("not_sold_in")),
        }
        phones.done()
    fields.text("note")
    fields.done()
    return record


def _hosting(fields: Fields) -> dict[str, Any]:
    as_of = fields.date("as_of", required=True) or "1970"
    networks = []
    items = fields.seq("networks", required=True)
    if fields.mapping.get("networks") == []:
        fields.problem("networks", "no network", "Name whose networks it sells: [us/t-mobile].")
    for number, item in enumerate(items):
        if isinstance(item, str):
            networks.append([item, ""])
        elif isinstance(item, Map):
            one = Fields(item, fields.file, f"{fields.path}.networks[{number}]", fields.problems)
            networks.append([one.text("carrier", required=True) or "", one.text("brand") or ""])
            one.done()
        else:
            fields.problem(
                f"networks[{number}]",
                f"expected a carrier id, got {kind_of(item)}",
                "Write us/t-mobile.",
                items.lines[number],
            )
    record = {
        "partial": bool(fields.flag("partial")),
        "as_of": as_of,
        "networks": networks,
        "sources": list(fields.sources(required=True)),
        "line": fields.line(),
    }
    fields.text("note")
    fields.done()
    return record
