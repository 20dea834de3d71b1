"""
Networks of the world from a history of Wikipedia's tables of mobile network codes: one row a PLMN, every band token
with the first and last snapshot that listed it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bandcheck.database.importers.frame import Imported, Importer, Known, wrong_file
from bandcheck.database.importers.networks.identity import Group, groups_of, name_all, own_plmns
from bandcheck.database.importers.networks.life import Sighting, days_of, dead_since, end_of, joined, sightings, span_of
from bandcheck.database.importers.networks.notes import End, bands_in, ends_in, speaks_of_an_end
from bandcheck.database.importers.networks.rows import EXPECTED, Row, read_rows
from bandcheck.database.importers.networks.tokens import Bands, bands_of, mask_of
from bandcheck.database.names import name_key
from bandcheck.model.bands import RATS, Rat
from bandcheck.model.dates import Date

RULES = {
    "at-sea": "A row of no country, on ships and in aircraft: filed under xz, UN/LOCODE's for international waters.",
    "territories": "A row about several territories: a network in each that it may be about, the PLMN in the first.",
    "test": "A row about a test, an event or a private network: left out, as nobody's phone is meant to use it.",
    "resale": "A row of a virtual operator, by its latest snapshot or by a file of ours: left out, as it has no radio.",
    "seen-once": "A token or row that one snapshot alone listed: a slip of whoever copied the page.",
    "not-for-phones": "Railway, satellite, trunked and fixed radio: left out, as no phone has it.",
    "no-rat": "A token without a RAT, `1800` or `Unknown`: says nothing.",
    "spelling": "A token in another spelling, `UTMS 2100` or `GSM900`: read as what it means.",
    "bare-beside-bands": "A token without a frequency beside others of its RAT that have one: these say it better.",
    "bands-from-remark": "An ambiguous token beside a remark that lists the network's bands: narrowed to these.",
    "no-band": "A frequency that is no band of its RAT there: the RAT counts, its band is unknown.",
    "status-unknown": "A band of a network that no snapshot called operational or off: possible, never certain.",
    "off-before-the-list": "A band of a network that was off in the first snapshot: possible before, none since.",
    "listed-after-its-end": "A band still listed after its shutdown: off all the same; after a planned one, possible.",
    "network-off": "A network each of whose rows is called off, or dated so by a remark: all its RATs ended by then.",
    "end-from-remark": "A shutdown that a remark dates, by RAT, frequency or network.",
    "end-undated": "A remark of a shutdown that cannot be dated: not taken; the lists alone say how long it was seen.",
    "one-operator": "A PLMN beside others of one brand and operator in one country: they are one carrier.",
    "same-plmn": "A second row of a PLMN: the two are read together.",
}

AT_SEA = "xz"

_SOURCE = "wp-mnc"
_SOURCES = {
    _SOURCE: {
        "kind": "wiki",
        "title": "Wikipedia: mobile network codes by country, 94 snapshots from July 2016 on",
        "url": "https://en.wikipedia.org/wiki/Mobile_country_code",
        "upstream": "wikipedia",
    }
}
_TEST = re.compile(
    r"\btest(?:s|ing| network)?\b|private (?:network|lte|5g)|non-public|\bevents\b|temporarily assigned|m2m only|"
    r"\biot network|fixed wireless only|\brail(?:way|corp|track)|\brail (?:track|limited)",
    re.I,
)


def read(paths: Sequence[Path], known: Known) -> Imported:
    """
    The networks in a history of band tokens.

    Args:
        paths: The history; then, if there is one, Android's list of carriers, as evidence which PLMNs are one's. What
            was one carrier the last time stays one.
    """
    found = Imported("")
    rows = read_rows(paths[0], found)
    together = [frozenset(carrier.plmns) for carrier in known.before.values()]
    if len(paths) > 1:
        from bandcheck.database.importers.aosp.identities import plmn_sets

        together += plmn_sets(paths[1])
    snapshots = sorted(set(days_of(rows)))
    found.snapshot = snapshots[-1]
    rows = _placed(rows, found.rules)
    seen: dict[tuple[int, str], list[Sighting]] = {}
    kept = []
    sellers = _sellers(known)
    for row in rows:
        why = "resale" if sellers & _names_of(row) else _left_out(row, snapshots)
        if why is not None:
            found.rules[why] += 1
            found.refuse(row.number, f"{row.plmn} {row.brand or row.operator}".strip(), f"rule {why}")
            continue
        sighted = sightings(row, snapshots, found.rules)
        if sighted:
            seen[row.key] = sighted
            kept.append(row)
        else:
            found.refuse(row.number, f"{row.plmn} {row.brand or row.operator}".strip(), "no band of a phone's RAT")
    if not kept:
        raise wrong_file(paths[0], "no row of it has a band", EXPECTED)
    found.taken = len({row.number for row in kept})
    found.rules["territories"] = len(kept) - found.taken
    found.rules["same-plmn"] = sum(n - 1 for n in Counter((row.plmn, row.country) for row in kept).values())
    groups = groups_of(kept, known, together)
    found.rules["one-operator"] = sum(len({row.plmn for row in group.rows}) - 1 for group in groups)
    running = {name for row in rows if _off([row]) is None for name in _names_of(row)}
    for group in groups:
        group.runs = any(running & _names_of(row) for row in group.rows if row.brand)
    name_all(groups, known, _country_names(rows))
    own_plmns(groups, known)
    files: dict[str, dict[str, Any]] = defaultdict(dict)
    for group in sorted(groups, key=lambda group: group.id):
        files[f"{group.country}.yaml"][group.id] = _carrier(group, seen, found)
    found.files = {name: {"carriers": carriers} for name, carriers in sorted(files.items())}
    found.files["sources.yaml"] = {"sources": {key: {**s, "date": found.snapshot} for key, s in _SOURCES.items()}}
    found.rules = +found.rules
    return found


def _placed(rows: Sequence[Row], rules: Counter[str]) -> list[Row]:
    """
    Rows of no country with the one that another row of their PLMN has; without one they are at sea.
    """
    known = {row.plmn: row for row in rows if row.country}
    placed = []
    for row in rows:
        if not row.country and row.kind != "Test":
            rules["at-sea"] += row.plmn not in known
            other = known.get(row.plmn)
            row = row._replace(
                country=other.country if other else AT_SEA, country_name=other.country_name if other else "at sea"
            )
        placed.append(row)
    return placed


def _left_out(row: Row, snapshots: Sequence[str]) -> str | None:
    """
    The rule by which a whole row is left out; None if it is read.
    """
    if row.kind == "Test" or _TEST.search(f"{row.brand} ; {row.operator} ; {row.note}"):
        return "test"
    if row.first == row.last != snapshots[-1]:
        return "seen-once"
    last = [token.lower() for token, (_, until) in row.tokens.items() if until == row.last]
    if last and all("mvn" in token or token.startswith("unk") for token in last) and any("mvn" in t for t in last):
        return "resale"
    return None


def _sellers(known: Known) -> set[tuple[str, str]]:
    """
    Country and PLMN or name of every virtual operator that is known.
    """
    return {
        (carrier.country, word)
        for carrier in known.carriers.values()
        if carrier.kind == "mvno"
        for word in (*carrier.plmns, *map(name_key, (carrier.name, *carrier.aliases)))
    }


def _names_of(row: Row) -> set[tuple[str, str]]:
    return {(row.country, word) for word in (row.plmn, name_key(row.brand))}


def _country_names(rows: Sequence[Row]) -> dict[str, str]:
    """
    The name that most rows give a country.
    """
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.country and row.country_name:
            counted[row.country][re.sub(r" *\(.*", "", row.country_name)] += 1
    return {code: min(names, key=lambda n: (-names[n], n)) for code, names in counted.items()}


def _carrier(group: Group, seen: dict[tuple[int, str], list[Sighting]], found: Imported) -> dict[str, Any]:
    """
    One carrier as its file has it.
    """
    rules = found.rules
    spans: dict[tuple[Rat, int], list[dict[str, Any]]] = defaultdict(list)
    meant: dict[tuple[Rat, int], dict[str, Any]] = {}
    told = {row.key: ends_in(row.note) for row in group.rows}
    whole = _ends_of_rats(row for row in group.rows if dead_since(row) is None)
    for row in group.rows:
        rules["end-from-remark"] += bool(told[row.key])
        rules["end-undated"] += not told[row.key] and speaks_of_an_end(row.note)
        for sighting in seen[row.key]:
            token = sighting.token
            bands = bands_of(token, int(row.plmn[:3]), group.id)
            if len(bands.numbers) > 1 and (said := bands_in(row.note, token.rat)) & set(bands.numbers):
                bands = Bands(tuple(n for n in bands.numbers if n in said))
                rules["bands-from-remark"] += 1
            rules["no-band"] += bool(token.mhz and not bands.numbers)
            key = token.rat, mask_of(token.rat, bands)
            end = _earlier(end_of(told[row.key], token), whole.get(token.rat))
            spans[key].append(span_of(sighting, end, rules))
            meant[key] = _band(token.rat, bands.numbers, bands.prefer)
    newest = Date.parse(found.snapshot).last
    whole = {rat: end for rat, end in whole.items() if not end.planned or Date.parse(end.until).last > newest}
    off = _off(group.rows) if not group.runs else None
    if off is not None:
        rules["network-off"] += 1
        whole = {rat: whole.get(rat, End(rat, 0, off, planned=False)) for rat in RATS}
    plan: dict[str, list[dict[str, Any]]] = {}
    for rat in RATS:
        keys = sorted((key for key in spans if key[0] is rat), key=lambda key: key[1])
        if keys:
            dates = [_beside(joined(spans[key]), whole.get(rat)) for key in keys]
            plan[rat.value] = [{**meant[k], **d, "sources": [_SOURCE]} for k, d in zip(keys, dates, strict=True)]
    record: dict[str, Any] = {"name": group.name, "kind": "network"}
    if group.aliases:
        record["aliases"] = group.aliases
    if group.plmns:
        record["plmns"] = sorted(group.plmns)
    rats = {end.rat.value: _dates(end) for rat in RATS if (end := whole.get(rat)) and end.rat is not None}
    if rats:
        record["rats"] = rats
    record["plan"] = plan
    return record


def _off(rows: Sequence[Row]) -> str | None:
    """
    When a network ended as a whole: by then each of its rows was called off, or a remark says so; None if not all were.
    """
    ends = []
    for row in rows:
        told = [end.until for end in ends_in(row.note) if end.rat is None and not end.planned]
        dead = dead_since(row)
        if not told and dead is None:
            return None
        ends.append(max(told, key=lambda text: Date.parse(text).last) if told else str(dead))
    return max(ends, key=lambda text: (Date.parse(text).last, text))


def _ends_of_rats(rows: Iterable[Row]) -> dict[Rat, End]:
    """
    The shutdowns of RATs as a whole that remarks tell of, the latest of each.
    """
    found: dict[Rat, End] = {}
    for end in sorted((end for row in rows for end in ends_in(row.note)), key=lambda e: (e.until, e.planned)):
        if end.rat is not None and not end.mhz:
            found[end.rat] = end
    return found


def _earlier(own: End | None, whole: End | None) -> End | None:
    """
    Of a row's end and its carrier's for the same RAT the one that comes first: a band does not outlive its RAT.
    """
    if own is None or whole is None:
        return own or whole
    return min(own, whole, key=lambda end: Date.parse(end.until).last)


def _beside(span: dict[str, Any], whole: End | None) -> dict[str, Any]:
    """
    A band's dates without the end that its RAT's dates give.
    """
    if whole is None or span.get("until") != whole.until or span["by"] == whole.until:
        return span
    return {key: value for key, value in span.items() if key not in ("until", "announced")}


def _dates(end: End) -> dict[str, Any]:
    return {"until": end.until, **({"announced": True} if end.planned else {}), "sources": [_SOURCE]}


def _band(rat: Rat, numbers: tuple[int, ...], prefer: int | None) -> dict[str, Any]:
    written = [f"BC{n}" for n in numbers] if rat is Rat.CDMA else list(numbers)
    if not written:
        return {"band": "unknown"}
    if len(written) == 1:
        return {"band": written[0]}
    return {"any_of": written, **({"prefer": prefer} if prefer is not None else {})}


IMPORTER = Importer(
    name="networks",
    about="networks by PLMN with their bands over time, from Wikipedia's tables of mobile network codes",
    files=("networks_history.jsonl", "carrier_list.textpb"),
    rules=RULES,
    read=read,
)
