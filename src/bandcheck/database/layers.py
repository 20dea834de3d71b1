"""
Layers on top of each other: imported facts, hand-made ones, the user's own. The higher one wins, fact by fact, and
what it overrules stays visible.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from bandcheck.database import rat_dates
from bandcheck.database.files.tree import Tree, is_imported
from bandcheck.database.files.walk import changes_beside
from bandcheck.model.bands import FIELD, BandSet, Rat

Record = dict[str, Any]


def merge_devices(trees: Sequence[Tree]) -> dict[str, Record]:
    """
    Devices of all layers by id, lowest layer first in `trees`. Facts carry their layer; `overruled` lists what lost.
    """
    merged: dict[str, Record] = {}
    for tree in trees:
        for device_id, record in tree.devices.items():
            upper = _mark(record, tree.layer)
            below = merged.get(device_id)
            merged[device_id] = upper if below is None else _device_over(upper, below)
    return merged


def merge_carriers(trees: Sequence[Tree]) -> dict[str, Record]:
    """
    Carriers of all layers by id. A RAT of the plan is one fact: its list is complete, so the higher one replaces
    the lower. Only importers' lists are not: between two of them each band is a fact of its own.
    """
    merged: dict[str, Record] = {}
    for tree in trees:
        for carrier_id, record in tree.carriers.items():
            plan = {rat: [{**d, "layer": tree.layer} for d in ds] for rat, ds in record["plan"].items()}
            rats = {rat: {**whole, "layer": tree.layer} for rat, whole in record["rats"].items()}
            upper: Record = {**record, "overruled": [], "plan": rat_dates.held(plan, rats), "rats": rats}
            below = merged.get(carrier_id)
            if below is not None:
                over = _import_over(upper, below) if is_imported(tree.layer) else upper
                upper = _carrier_over(over, below)
            merged[carrier_id] = upper
    return merged


def _mark(record: Record, layer: str) -> Record:
    """
    The record with its layer on every variant and on every fact of them.
    """
    variants = {}
    for key, variant in record["variants"].items():
        bands = {rat: {**fact, "layer": layer} for rat, fact in variant["bands"].items()}
        variants[key] = {**variant, "layer": layer, "bands": bands}
    union = {rat: {**fact, "layer": layer} for rat, fact in record["union"].items()}
    return {**record, "variants": variants, "union": union, "overruled": []}


def _device_over(upper: Record, below: Record) -> Record:
    """
    One device over another of the same id.
    """
    overruled = [*below["overruled"]]
    for rat, fact in below["union"].items():
        if rat in upper["union"] and _differ(upper["union"][rat], fact):
            overruled.append(_overruled("", rat, fact))
    variants = dict(upper["variants"])
    renamed = {}
    for key, lower in below["variants"].items():
        numbers = set(lower["models"])
        twin = next((k for k, v in variants.items() if k == key or numbers & set(v["models"])), None)
        if twin is None:
            variants[key] = lower
            continue
        renamed[key] = twin
        winner = variants[twin]
        lower = {**lower, "changes": changes_beside(winner["bands"], lower["changes"])}
        bands = dict(winner["bands"])
        for rat, fact in lower["bands"].items():
            if rat not in bands:
                bands[rat] = fact
            elif _differ(bands[rat], fact):
                overruled.append(_overruled(twin, rat, fact))
        overruled += _words_overruled(twin, winner, lower)
        stated = {k: v for k, v in winner.items() if v not in (None, [], "", {})}
        volte_on = {**lower["volte_on"], **winner["volte_on"]}
        variants[twin] = {**lower, **stated, "bands": bands, "volte_on": volte_on}
    for key, variant in variants.items():
        target = variant["like"]
        if target not in variants and target in renamed:
            variants[key] = {**variant, "like": renamed[target] if renamed[target] != key else None}
    return {
        **below,
        **upper,
        "aliases": _joined(upper["aliases"], below["aliases"]),
        "codenames": _joined(upper["codenames"], below["codenames"]),
        "released": upper["released"] or below["released"],
        "sources": {**below["sources"], **upper["sources"]},
        "union": {**below["union"], **upper["union"]},
        "variants": variants,
        "conflicts": [*upper["conflicts"], *below["conflicts"]],
        "overruled": overruled,
    }


_WORDS = {"market": "market", "modes": "nr_modes", "evdo": "evdo", "mfbi": "mfbi", "volte": "volte"}
"""What a variant states beside bands, as records have it and as files do."""


def _words_overruled(variant: str, upper: Record, below: Record) -> Iterator[Record]:
    """
    What a lower layer states of a variant beside its bands, where the upper one states something else.
    """
    pairs = [(name, upper[key], below[key]) for key, name in _WORDS.items()]
    pairs += [(f"volte_on {i}", upper["volte_on"].get(i), says) for i, says in below["volte_on"].items()]
    for name, wins, loses in pairs:
        if wins in (None, "", []) or loses in (None, "", []) or _word(wins) == _word(loses):
            continue
        yield {
            "variant": variant,
            "rat": name,
            "layer": below["layer"],
            "says": _word(loses),
            "sources": below["sources"],
        }


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(sorted(value)) if isinstance(value, list) else str(value)


def _differ(fact: Record, other: Record) -> bool:
    return (fact["at_least"], fact["at_most"]) != (other["at_least"], other["at_most"])


def _overruled(variant: str, rat: str, fact: Record) -> Record:
    says = str(BandSet(fact["at_least"] if fact["at_most"] is None else fact["at_most"]))
    if fact["at_most"] is None:
        says = f"at least {says}" if fact["at_least"] else "unknown"
    return {"variant": variant, "rat": rat, "layer": fact["layer"], "says": says, "sources": fact["sources"]}


def _carrier_over(upper: Record, below: Record) -> Record:
    """
    One carrier over another of the same id.
    """
    overruled = [*below["overruled"], *rat_dates.overruled(upper, below)]
    below = {**below, "plan": rat_dates.held(below["plan"], upper["rats"])}
    overruled += _bands_overruled(upper["plan"], below["plan"])
    return {
        **below,
        **upper,
        "aliases": _joined(upper["aliases"], below["aliases"]),
        "plmns": _joined(upper["plmns"], below["plmns"]),
        "sources": {**below["sources"], **upper["sources"]},
        "plan": {**below["plan"], **upper["plan"]},
        "rats": rat_dates.joined(upper, below),
        "standalone": below["standalone"] if upper["standalone"] is None else upper["standalone"],
        "policies": [*below["policies"], *upper["policies"]],
        "emergency": [*below["emergency"], *upper["emergency"]],
        "hosts": upper["hosts"] or below["hosts"],
        "notes": [*upper["notes"], *below["notes"]],
        "conflicts": [*upper["conflicts"], *below["conflicts"]],
        "overruled": overruled,
    }


def _import_over(upper: Record, below: Record) -> Record:
    """
    An importer's carrier with the bands and the RATs' dates that only a lower one knows.

    A lower entry is known above if one of the bands that it may mean is listed there; so is that of an unknown band
    if any is.
    """
    plan = {}
    for rat, deployments in upper["plan"].items():
        listed = _union(deployments)
        kept = [d for d in below["plan"].get(rat, ()) if not d["bands"] & listed] if deployments else []
        plan[rat] = [*deployments, *kept]
    rats = rat_dates.joined({**upper, "plan": {}}, below)
    return {**upper, "plan": rat_dates.held(plan, rats), "rats": rats}


def _bands_overruled(upper: dict[str, list[Record]], below: dict[str, list[Record]]) -> Iterator[Record]:
    """
    Bands of a lower layer's plan that the upper one denies: it lists none that the lower entry may mean. One entry for
    each RAT and layer; what was never certain is no disagreement.
    """
    for rat, deployments in upper.items():
        denied: dict[str, Record] = {}
        listed = _union(deployments)
        for lower in below.get(rat, ()):
            live = lower["live"]
            vouched = (
                live["seen"] or live["since"] or (live["by"] and not live["unlisted"] and live["by"] != live["until"])
            )
            if lower["bands"] & listed or not vouched or (lower["bands"] == FIELD[Rat(rat)] and deployments):
                continue
            one = denied.setdefault(lower["layer"], {"bands": 0, "sources": []})
            one["bands"] |= lower["bands"]
            one["sources"] = _joined(one["sources"], lower["sources"])
        for layer, one in denied.items():
            says = rat if one["bands"] == FIELD[Rat(rat)] else str(BandSet(one["bands"]))
            yield {"variant": "", "rat": rat, "layer": layer, "says": says, "sources": one["sources"]}


def _union(deployments: list[Record]) -> int:
    return functools.reduce(int.__or__, (d["bands"] for d in deployments), 0)


def _joined(first: list[str], second: list[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))
