"""
From records as written to documents as looked up: `like:` followed, unions applied, what is certain by rule
inferred, trust computed.

A document is JSON: masks are hexadecimal text. `records` turns it into the model's values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bandcheck.database.files.tree import is_imported
from bandcheck.database.files.walk import changes_beside
from bandcheck.database.rat_dates import with_bands_unknown
from bandcheck.errors import Problem
from bandcheck.model.bands import FIELD, GENERATION_OF, RATS, Rat
from bandcheck.model.dates import Date
from bandcheck.model.sources import Trust

Record = dict[str, Any]

NR_BEGAN, LTE_BEGAN = 2019, 2009
"""Years before which no phone had the RAT: the first NR phones were sold in April 2019, LTE began in December 2009."""

_INHERITED = ("models", "market", "sold_in", "modes", "evdo", "mfbi", "volte")


def device_document(record: Record, sources: Mapping[str, Record], problems: list[Problem]) -> Record:
    """
    One device ready for the index.
    """
    released = Date.parse(record["released"]) if record["released"] else None
    known = {**sources, **record["sources"]}
    variants = [_follow_like(record, key, problems) for key in record["variants"]]
    siblings_have = {rat: _any_has(record, variants, rat) for rat in ("cdma", "tdscdma")}
    return {
        "id": record["id"],
        "brand": record["brand"],
        "name": record["name"],
        "aliases": record["aliases"],
        "codenames": record["codenames"],
        "released": record["released"],
        "conflicts": record["conflicts"],
        "overruled": record["overruled"],
        "variants": [_variant_document(v, record["union"], released, siblings_have, known) for v in variants],
    }


def _follow_like(record: Record, key: str, problems: list[Problem]) -> Record:
    """
    A variant with what it takes over from the one that it is `like`.
    """
    variant = record["variants"][key]
    seen = [key]
    while variant["like"] is not None:
        target = variant["like"]
        where = f"variants.{key}.like"
        if target not in record["variants"]:
            problems.append(
                Problem(
                    variant["file"],
                    variant["line"],
                    where,
                    f"no variant {target!r} in this file",
                    f"Variants here: {', '.join(record['variants'])}.",
                )
            )
            break
        if target in seen:
            problems.append(
                Problem(
                    variant["file"],
                    variant["line"],
                    where,
                    f"a circle: {' → '.join([*seen, target])}",
                    "Let one of them state its own bands.",
                )
            )
            break
        seen.append(target)
        base = record["variants"][target]
        taken = {k: base[k] for k in _INHERITED if k not in ("models",) and variant[k] in (None, "", [])}
        sources = variant["sources"] or base["sources"]
        variant = {
            **variant,
            **taken,
            "like": base["like"],
            "bands": {**base["bands"], **variant["bands"]},
            "volte_on": {**base["volte_on"], **variant["volte_on"]},
            "changes": variant["changes"] or changes_beside(variant["bands"], base["changes"]),
            "sources": sources,
        }
    return dict(variant)


def _any_has(record: Record, variants: list[Record], rat: str) -> bool:
    """
    Whether some variant of the device, or its union, has or may have a RAT by what is written.
    """
    stated = [facts[rat] for facts in (record["union"], *(v["bands"] for v in variants)) if rat in facts]
    hinted = rat == "cdma" and any(v["evdo"] is not None for v in variants)
    return hinted or any(fact["at_most"] is None or fact["at_most"] for fact in stated)


def _variant_document(
    variant: Record, union: Record, released: Date | None, siblings_have: dict[str, bool], sources: Mapping[str, Record]
) -> Record:
    facts: dict[str, Record] = {}
    low = high = 0
    for rat in RATS:
        key, field = rat.value, FIELD[rat]
        fact = variant["bands"].get(key)
        if fact is not None:
            at_least, at_most = fact["at_least"], field if fact["at_most"] is None else fact["at_most"]
            facts[key] = _fact_document(fact, sources)
        elif key in union:
            fact = union[key]
            at_least, at_most = 0, field if fact["at_most"] is None else fact["at_most"]
            facts[key] = {**_fact_document(fact, sources), "bound": True}
            if at_most == 0:
                facts[key]["bound"] = False  # a merged sheet without the RAT settles it for every version
        elif _known_none(rat, variant, union, released, siblings_have):
            at_least = at_most = 0
            facts[key] = {"sources": [], "trust": Trust.INFERRED.value, "claims": [], "bound": False, "layer": "rule"}
        else:
            at_least, at_most = 0, field
        low, high = low | at_least, high | at_most
    states: list[list[Any]] = [[None, f"{low:x}", f"{high:x}"]]
    for change in sorted(variant["changes"], key=lambda c: Date.parse(c["since"]).first):
        for key, fact in change["bands"].items():
            field = FIELD[Rat(key)]
            low = (low & ~field) | fact["at_least"]
            high = (high & ~field) | (field if fact["at_most"] is None else fact["at_most"])
        states.append([Date.parse(change["since"]).first.isoformat(), f"{low:x}", f"{high:x}"])
    modes = variant["modes"]
    return {
        "key": variant["key"],
        "models": variant["models"],
        "market": variant["market"],
        "sold_in": variant["sold_in"],
        "sources": variant["sources"],
        "nsa": None if modes is None else "nsa" in modes,
        "sa": None if modes is None else "sa" in modes,
        "evdo": variant["evdo"],
        "mfbi": variant["mfbi"],
        "volte": variant["volte"],
        "volte_on": variant["volte_on"],
        "states": states,
        "facts": facts,
    }


def _known_none(
    rat: Rat, variant: Record, union: Record, released: Date | None, siblings_have: dict[str, bool]
) -> bool:
    """
    Whether a RAT that nobody mentions is none by rule.
    """
    if rat is Rat.NR and released is not None and released.last.year < NR_BEGAN:
        return True
    if rat is Rat.LTE and released is not None and released.last.year < LTE_BEGAN:
        return True
    if rat is Rat.CDMA and variant["evdo"] is not None:
        return False
    own = variant["bands"]
    if variant["complete"] and not siblings_have.get(rat.value, False) and _passed_over(rat, variant, union):
        return True
    if rat not in (Rat.CDMA, Rat.TDSCDMA):
        return False
    if "gsm" in own and "umts" in own:
        return True
    return "gsm" in {**union, **own} and "umts" in {**union, **own} and not siblings_have[rat.value]


def _passed_over(rat: Rat, variant: Record, union: Record) -> bool:
    """
    Whether a sheet that names every RAT is silent on this one: it lists another of the same generation, or none as
    new. An older generation that it leaves out beside a newer one is a gap, which says nothing.
    """
    named = {GENERATION_OF[Rat(key)] for key, fact in {**union, **variant["bands"]}.items() if fact["at_most"] != 0}
    if variant["evdo"]:
        named.add(GENERATION_OF[Rat.UMTS])
    mine = GENERATION_OF[rat]
    return bool(named) and (mine in named or mine > max(named))


def _fact_document(fact: Record, sources: Mapping[str, Record]) -> Record:
    return {
        "sources": fact["sources"],
        "trust": fact_trust(fact, sources).value,
        "claims": fact["claims"],
        "bound": False,
        "layer": fact.get("layer", "bands"),
    }


def fact_trust(fact: Record, sources: Mapping[str, Record]) -> Trust:
    """
    How sure a fact is, by its sources.
    """
    if fact.get("claims"):
        return Trust.DISPUTED
    if is_imported(fact.get("layer", "bands")):
        return Trust.IMPORTED
    known = [sources.get(i) or {} for i in fact["sources"]]
    origins = {s.get("upstream") or s.get("url") or i for i, s in zip(fact["sources"], known, strict=True)}
    return Trust.VERIFIED if len(origins) >= 2 else Trust.SINGLE


def carrier_document(record: Record, sources: Mapping[str, Record]) -> Record:
    """
    One carrier ready for the index.
    """
    known = {**sources, **record["sources"]}
    plan = {}
    for rat, deployments in with_bands_unknown(record["plan"], record["rats"]).items():
        plan[rat] = [
            {
                **{k: v for k, v in d.items() if k not in ("line", "dated_by") and v not in (None, [], "")},
                "bands": f"{d['bands']:x}",
                **({"mfbi": f"{d['mfbi']:x}"} if d["mfbi"] is not None else {}),
                "live": _span_document(d["live"]),
                "sources": list(dict.fromkeys([*d["sources"], *d.get("dated_by", ())])),
                "trust": fact_trust(d, known).value,
            }
            for d in deployments
        ]
    return {
        **{k: record[k] for k in ("id", "name", "kind", "aliases", "plmns", "notes", "conflicts", "overruled")},
        "plan": plan,
        "standalone": None
        if record["standalone"] is None
        else [{"live": _span_document(s["live"]), "sources": s["sources"]} for s in record["standalone"]],
        "policies": [_policy_document(p) for p in record["policies"]],
        "emergency": [_policy_document(p) for p in record["emergency"]],
        "hosts": [{k: h[k] for k in ("as_of", "networks", "sources", "partial")} for h in record["hosts"]],
    }


def _policy_document(policy: Record) -> Record:
    return {
        **{k: policy[k] for k in ("name", "effect", "says", "sources")},
        "live": _span_document(policy["live"]),
        "phones": {k: v for k, v in policy["phones"].items() if v not in (None, [])},
    }


def _span_document(span: Record) -> Record:
    return {k: v for k, v in span.items() if v}
