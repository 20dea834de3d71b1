"""
What there is in the database, and how sure it is.

Counted over documents: to make the model's values of thousands of phones would take ten times as long.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bandcheck.database.catalog import Catalog
from bandcheck.model.bands import FIELD, RATS
from bandcheck.model.dates import Date
from bandcheck.model.sources import Trust

AGED_DAYS = 730
"""A carrier whose newest fact is older than this is listed as aged."""

Document = dict[str, Any]


def statistics(catalog: Catalog, today: dt.date) -> dict[str, Any]:
    """
    Counts by kind, layer, trust and age; the JSON of `bandcheck data stats`.

    `aged_carriers`: by id the day of the newest fact, None if there is no dated one. A network all of whose bands have
    ended is history and has no age.
    """
    layers: dict[str, Counter[str]] = {}
    devices = _devices(catalog.documents("device"), layers)
    carriers = _carriers(catalog.documents("carrier"), layers, today)
    trust = {"devices": devices.pop("trust"), "carriers": carriers.pop("trust")}
    conflicts = devices.pop("conflicts") + carriers.pop("conflicts")
    return {
        "schema": "bandcheck.stats/1",
        "data_version": catalog.version,
        **devices,
        **carriers,
        "sources": catalog.count("source"),
        "conflicts": conflicts,
        "trust": trust,
        "layers": {
            layer: {kind: found[kind] for kind in ("devices", "carriers", "facts", "deployments")}
            for layer, found in sorted(layers.items())
        },
        "imports": [_import(summary) for _, summary in sorted(catalog.imports.items())],
    }


def _import(summary: Document) -> Document:
    """
    What an importer reported, each of its cleaning rules with its meaning; empty for a rule that this program's
    importer does not know.
    """
    from bandcheck.database.importers.frame import ORDER, importer

    name = summary["importer"]
    meanings = importer(name).rules if name in ORDER else {}
    told = {rule: {"count": count, "meaning": meanings.get(rule, "")} for rule, count in summary["rules"].items()}
    return {**summary, "rules": told}


def _devices(documents: Iterable[Document], layers: dict[str, Counter[str]]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    trust: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    brands: set[str] = set()
    models: set[str] = set()
    disputed = []
    for document in documents:
        seen: set[str] = set()
        brands.add(document["brand"])
        counts["devices"] += 1
        counts["conflicts"] += len(document["conflicts"]) + len(document["overruled"])
        for variant in document["variants"]:
            counts["variants"] += 1
            models.update(variant["models"])
            _, low, high = variant["states"][0]
            for rat in _unknown_rats(low, high):
                unknown[rat] += 1
            for rat, fact in variant["facts"].items():
                trust[fact["trust"]] += 1
                if fact["trust"] == Trust.DISPUTED.value:
                    disputed.append(f"{document['id']} {variant['key']} {rat}")
                if fact["trust"] != Trust.INFERRED.value:  # what is certain by rule alone nobody stated
                    seen.add(fact["layer"])
                    layers.setdefault(fact["layer"], Counter())["facts"] += 1
        counts["devices_with_bands"] += bool(seen)
        for layer in seen:
            layers[layer]["devices"] += 1
    return {
        "devices": counts["devices"],
        "devices_with_bands": counts["devices_with_bands"],
        "variants": counts["variants"],
        "models": len(models),
        "brands": len(brands),
        "conflicts": counts["conflicts"],
        "trust": _by_trust(trust),
        "disputed": disputed,
        "unknown_rats": {rat.value: unknown[rat.value] for rat in RATS},
    }


def _carriers(documents: Iterable[Document], layers: dict[str, Counter[str]], today: dt.date) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    trust: Counter[str] = Counter()
    countries: set[str] = set()
    aged: dict[str, str | None] = {}
    for document in documents:
        seen: set[str] = set()
        counts["carriers"] += 1
        counts[document["kind"]] += 1
        countries.add(document["id"].split("/")[0])
        counts["conflicts"] += len(document["conflicts"]) + len(document["overruled"])
        counts["policies"] += len(document["policies"]) + len(document["emergency"])
        deployments = [d for plan in document["plan"].values() for d in plan]
        counts["deployments"] += len(deployments)
        counts["with_bands"] += bool(deployments)
        for deployment in deployments:
            trust[deployment["trust"]] += 1
            seen.add(deployment["layer"])
            layers.setdefault(deployment["layer"], Counter())["deployments"] += 1
        for layer in seen:
            layers[layer]["carriers"] += 1
        if deployments and all(_ended(d["live"], today) for d in deployments):
            continue
        newest = newest_fact(document, today)
        if newest is None or (today - newest).days > AGED_DAYS:
            aged[document["id"]] = newest.isoformat() if newest else None
    return {
        "carriers": counts["carriers"],
        "networks": counts["network"],
        "networks_with_bands": counts["with_bands"],
        "mvnos": counts["mvno"],
        "countries": len(countries),
        "deployments": counts["deployments"],
        "policies": counts["policies"],
        "conflicts": counts["conflicts"],
        "trust": _by_trust(trust),
        "aged_carriers": aged,
    }


def _by_trust(counted: Counter[str]) -> dict[str, int]:
    return {trust.value: counted[trust.value] for trust in Trust}


@functools.lru_cache(maxsize=4096)
def _unknown_rats(low: str, high: str) -> tuple[str, ...]:
    """
    The RATs of which two masks, as documents write them, say nothing.
    """
    at_least, at_most = int(low, 16), int(high, 16)
    return tuple(rat.value for rat in RATS if not at_least & FIELD[rat] and at_most & FIELD[rat] == FIELD[rat])


def newest_fact(document: Document, today: dt.date) -> dt.date | None:
    """
    The last day, up to today, about which a source says something of a carrier: that a band was live, or ended; that a
    policy began; whose network an MVNO sold. None if nothing is dated.
    """
    return max((day for day in _days_of(document) if day <= today), default=None)


def _days_of(document: Document) -> Iterator[dt.date]:
    for plan in document["plan"].values():
        for deployment in plan:
            yield from _known_days(deployment["live"])
    for one in (*(document["standalone"] or ()), *document["policies"], *document["emergency"]):
        yield from _known_days(one["live"])
    for hosting in document["hosts"]:
        yield _last(hosting["as_of"])


def _known_days(live: Document) -> Iterator[dt.date]:
    """
    The days of a span that somebody saw; an announced end nobody did.
    """
    for key in ("since", "by", "seen", *(() if live.get("announced") else ("until",))):
        if live.get(key):
            yield _last(live[key])


def _ended(live: Document, today: dt.date) -> bool:
    return bool(live.get("until")) and _last(live["until"]) <= today


@functools.lru_cache(maxsize=4096)
def _last(date: str) -> dt.date:
    return Date.parse(date).last
