"""
`bands/devices/**.yaml`: YAML -> checked device records.
"""

from __future__ import annotations

from typing import Any

from bandcheck.database.files.fields import RAT_KEYS, Fields, kind_of
from bandcheck.database.files.source import read_sources
from bandcheck.database.files.yamlfile import Map, Seq
from bandcheck.model.bands import FIELD, BandSet, Rat, numbers_in

_FLAGS = ("evdo", "mfbi", "volte")


def read_device(fields: Fields, device_id: str) -> dict[str, Any]:
    """
    One device: a record of plain values. Band sets are masks; `at_most` None means unbounded.
    """
    record: dict[str, Any] = {
        "id": device_id,
        "file": fields.file,
        "line": fields.line(),
        "name": fields.text("name", required=True) or device_id,
        "brand": fields.text("brand", required=True) or "",
        "aliases": list(fields.texts("aliases")),
        "codenames": list(fields.texts("codenames")),
        "released": fields.date("released"),
        "sources": read_sources(fields.map("sources")),
        "union": {},
        "variants": {},
        "conflicts": [read_conflict(one) for one in fields.maps("conflicts")],
    }
    fields.texts("notes")
    union = fields.map("union")
    if union is not None:
        sources = union.sources(required=True)
        record["union"] = read_rats(union, sources)
        union.done()
    variants = fields.map("variants", required=True)
    if variants is not None:
        for key in variants.mapping:
            one = variants.map(key)
            if one is not None:
                record["variants"][key] = _variant(one, key)
        if not variants.mapping:
            fields.problem("variants", "no variant", "Give at least one; its key is the model number.")
    fields.done()
    return record


def _variant(fields: Fields, key: str) -> dict[str, Any]:
    sources = fields.sources()
    variant: dict[str, Any] = {
        "key": key,
        "file": fields.file,
        "line": fields.line(),
        "models": list(fields.texts("models")) if "models" in fields.mapping else [key],
        "market": fields.text("market") or "",
        "sold_in": list(fields.countries("sold_in")),
        "like": fields.text("like"),
        "sources": list(sources),
        "modes": None,
        "volte_on": {},
        "changes": [],
    }
    if fields.mapping.get("sources", []) == [] and variant["like"] is None:
        fields.problem("sources", "no source", "Add `sources: [...]`: where it is known from that this variant exists.")
    for flag in _FLAGS:
        variant[flag] = fields.flag(flag)
    variant["complete"] = bool(fields.flag("complete"))
    modes = fields.texts("nr_modes")
    if "nr_modes" in fields.mapping:
        for mode in modes:
            if mode not in ("nsa", "sa"):
                fields.problem("nr_modes", f"expected nsa or sa, got {mode!r}", "Write [nsa], [sa] or [nsa, sa].")
        variant["modes"] = list(modes)
    volte_on = fields.map("volte_on")
    if volte_on is not None:
        for carrier in sorted(volte_on.mapping):
            flag_value = volte_on.flag(carrier)
            if flag_value is not None:
                variant["volte_on"][carrier] = flag_value
    bands = fields.map("bands")
    variant["bands"] = read_rats(bands, sources) if bands is not None else {}
    if bands is not None:
        bands.done()
    for change in fields.maps("changes"):
        since = change.date("since", required=True)
        changed = change.map("bands", required=True)
        change_sources = change.sources(required=True)
        facts = read_rats(changed, change_sources) if changed is not None else {}
        if changed is not None:
            changed.done()
        change.done()
        if since is not None:
            variant["changes"].append({"since": since, "bands": facts})
    fields.texts("notes")
    fields.done()
    return variant


def read_conflict(fields: Fields) -> dict[str, Any]:
    """
    One entry of `conflicts:`.
    """
    claims = []
    for one in fields.maps("claims"):
        claims.append([one.text("says", required=True) or "", list(one.sources(required=True))])
        one.done()
    about = fields.text("about", required=True) or ""
    if len(claims) < 2:
        fields.problem(
            "claims", f"{len(claims)} claims make no conflict", "Give each side as {says: ..., sources: [...]}."
        )
    fields.done()
    return {"about": about, "claims": claims}


def read_rats(fields: Fields, sources: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """
    The RATs of a `bands:` or `union:` mapping, by RAT: `{"at_least", "at_most", "sources", "claims", "line"}`.
    """
    found = {}
    for key in RAT_KEYS:
        if key in fields.mapping:
            fact = _fact(fields, key, sources)
            if fact is not None:
                found[key] = fact
        else:
            fields.take(key)
    return found


def _fact(fields: Fields, key: str, sources: tuple[str, ...]) -> dict[str, Any] | None:
    rat = Rat(key)
    value = fields.take(key)
    fact: dict[str, Any] = {
        "at_least": 0,
        "at_most": None,
        "sources": list(sources),
        "claims": [],
        "line": fields.line(key),
    }
    if isinstance(value, Seq):
        mask = fields.bands(key, rat) or 0
        fact["at_least"] = fact["at_most"] = mask
        return fact
    if not isinstance(value, Map):
        fields.problem(
            key,
            f"expected a list of {key} bands, got {kind_of(value)}",
            "Write [1, 3, 7]; [] if it is known to have none; leave it out if nobody knows.",
        )
        return None
    inner = fields.map(key)
    assert inner is not None
    own = inner.sources()
    fact["sources"] = list(own or sources)
    if "claims" in inner.mapping:
        sides = []
        for claim in inner.maps("claims"):
            said = claim.bands("bands", rat)
            claim_sources = claim.sources(required=True)
            claim.done()
            if said is None:
                claim.problem("bands", "a claim without bands", "Add `bands: [...]`.")
            else:
                sides.append((said, list(claim_sources)))
        if len(sides) < 2:
            inner.problem(
                "claims",
                f"{len(sides)} claims make no disagreement",
                "Give each side as {bands: [...], sources: [...]}.",
            )
        all_of, any_of = FIELD[rat], 0
        for mask, _ in sides:
            all_of &= mask
            any_of |= mask
        fact["at_least"], fact["at_most"] = all_of if sides else 0, any_of if sides else None
        fact["claims"] = [[str(BandSet(mask)), ids] for mask, ids in sides]
        fact["sources"] = list(dict.fromkeys(i for _, ids in sides for i in ids))
    elif "bands" in inner.mapping:
        mask = inner.bands("bands", rat) or 0
        fact["at_least"] = fact["at_most"] = mask
    elif "at_least" in inner.mapping or "at_most" in inner.mapping:
        fact["at_least"] = inner.bands("at_least", rat) or 0
        fact["at_most"] = inner.bands("at_most", rat)
        if fact["at_most"] is not None and fact["at_least"] & ~fact["at_most"]:
            extra = numbers_in(rat, fact["at_least"] & ~fact["at_most"])
            inner.problem("at_least", f"bands {extra} are not in at_most", "Add them to at_most, or remove them here.")
            fact["at_most"] |= fact["at_least"]
    else:
        inner.problem(None, "no bands", "Write bands:, at_most:, at_least: or claims:.")
    inner.done(ignore=("bands", "at_least", "at_most", "claims"))
    return fact
