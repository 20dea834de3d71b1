"""
What there is in the database, and how sure it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from bandcheck.database.catalog import Catalog
from bandcheck.model.bands import RATS
from bandcheck.model.device import Variant
from bandcheck.model.sources import Trust

AGED_DAYS = 730
"""A carrier whose newest fact is older than this is listed as aged."""


def statistics(catalog: Catalog, today: dt.date) -> dict[str, Any]:
    """
    Counts by kind, trust and age; the JSON of `bandcheck data stats`.
    """
    devices, carriers = list(catalog.devices()), list(catalog.carriers())
    variants = [v for d in devices for v in d.variants]
    networks = [c for c in carriers if c.kind == "network"]
    trust: Counter[str] = Counter(f.trust.value for v in variants for f in v.facts.values())
    plan_trust: Counter[str] = Counter(d.trust.value for c in carriers for d in c.deployments)
    aged = {}
    for carrier in networks:
        newest = max((d for p in carrier.deployments if (d := p.live.newest())), default=None)
        if newest is None or (today - newest).days > AGED_DAYS:
            aged[carrier.id] = newest.isoformat() if newest else None
    return {
        "schema": "bandcheck.stats/1",
        "data_version": catalog.version,
        "devices": len(devices),
        "devices_with_bands": sum(any(_stated(v) for v in d.variants) for d in devices),
        "variants": len(variants),
        "models": len({m for v in variants for m in v.models}),
        "brands": len({d.brand for d in devices}),
        "carriers": len(carriers),
        "networks": len(networks),
        "networks_with_bands": sum(bool(c.deployments) for c in networks),
        "mvnos": len(carriers) - len(networks),
        "countries": len({c.country for c in carriers}),
        "deployments": sum(len(c.deployments) for c in carriers),
        "policies": sum(len(c.policies) + len(c.emergency) for c in carriers),
        "sources": catalog.count("source"),
        "trust": {
            "devices": {t.value: trust.get(t.value, 0) for t in Trust},
            "carriers": {t.value: plan_trust.get(t.value, 0) for t in Trust},
        },
        "disputed": [
            f"{v.device} {v.key} {rat.value}"
            for v in variants
            for rat, f in v.facts.items()
            if f.trust is Trust.DISPUTED
        ],
        "conflicts": sum(len(d.conflicts) for d in devices) + sum(len(c.conflicts) for c in carriers),
        "unknown_rats": {rat.value: sum(v.states[0][1].bands.is_unknown(rat) for v in variants) for rat in RATS},
        "aged_carriers": aged,
    }


def _stated(variant: Variant) -> bool:
    """
    Whether somebody stated bands of a variant; what is certain by rule alone does not count.
    """
    return any(fact.trust is not Trust.INFERRED for fact in variant.facts.values())
