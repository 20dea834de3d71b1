"""
From the index's documents to the model's values. Trusts what it is given: the compiler checked it.
"""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Any

from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.model.carrier import Block, Carrier, Deployment, Hosting, PhoneClass, Policy
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability, Device, RatFact, Variant
from bandcheck.model.overlaps import Overlaps
from bandcheck.model.sources import Conflict, Source, Trust

if TYPE_CHECKING:
    from bandcheck.model.statement import Statement

Document = dict[str, Any]

# By what documents write: to call the class takes ten times as long.
_RAT = {rat.value: rat for rat in Rat}
_TRUST = {trust.value: trust for trust in Trust}


def device_of(doc: Document) -> Device:
    """
    A device from its document.
    """
    return Device(
        id=doc["id"],
        brand=doc["brand"],
        name=doc["name"],
        aliases=tuple(doc["aliases"]),
        codenames=tuple(doc["codenames"]),
        released=_date(doc["released"]),
        variants=tuple(_variant(doc["id"], v) for v in doc["variants"]),
        conflicts=tuple(_conflict(c) for c in _all_conflicts(doc)),
    )


def _all_conflicts(doc: Document) -> list[Document]:
    """
    What the file says, and what a higher layer overruled.
    """
    overruled = [
        {
            "about": f"{o['rat']} of {o['variant']}" if o["variant"] else o["rat"],
            "claims": [[f"overruled, {o['layer']}: {o['says']}", o["sources"]]],
        }
        for o in doc["overruled"]
    ]
    return [*doc["conflicts"], *overruled]


def _conflict(doc: Document) -> Conflict:
    return Conflict(doc["about"], tuple((says, tuple(sources)) for says, sources in doc["claims"]))


def _variant(device_id: str, doc: Document) -> Variant:
    states = []
    for since, low, high in doc["states"]:
        bands = KnownBands(_bands(low), _bands(high))
        capability = Capability(bands, doc["nsa"], doc["sa"], doc["evdo"], doc["mfbi"], doc["volte"], doc["volte_on"])
        states.append((dt.date.min if since is None else dt.date.fromisoformat(since), capability))
    return Variant(
        device=device_id,
        key=doc["key"],
        models=tuple(doc["models"]),
        market=doc["market"],
        sold_in=tuple(doc["sold_in"]),
        states=tuple(states),
        facts=facts_of(doc["facts"]),
        sources=tuple(doc["sources"]),
    )


def facts_of(doc: Document) -> dict[Rat, RatFact]:
    """
    By RAT, where the bands of a variant come from.
    """
    return {
        _RAT[key]: _fact(
            tuple(fact["sources"]),
            fact["trust"],
            tuple([(says, tuple(ids)) for says, ids in fact["claims"]]) if fact["claims"] else (),
            fact["bound"],
            fact["layer"],
        )
        for key, fact in doc.items()
    }


@functools.lru_cache(maxsize=4096)
def _fact(
    sources: tuple[str, ...], trust: str, claims: tuple[tuple[str, tuple[str, ...]], ...], bound: bool, layer: str
) -> RatFact:
    """
    A fact of a variant. Kept: those of thousands of variants rest on the same sources.
    """
    return RatFact(sources, _TRUST[trust], claims, bound, layer)


def carrier_of(doc: Document) -> Carrier:
    """
    A carrier from its document.
    """
    standalone = doc["standalone"]
    return Carrier(
        id=doc["id"],
        name=doc["name"],
        kind=doc["kind"],
        aliases=tuple(doc["aliases"]),
        plmns=tuple(doc["plmns"]),
        deployments=tuple(_deployment(_RAT[key], d) for key, plan in doc["plan"].items() for d in plan),
        recorded=tuple(_RAT[key] for key in doc["plan"]),
        standalone=None if standalone is None else tuple((_span(s["live"]), tuple(s["sources"])) for s in standalone),
        policies=tuple(_policy(p) for p in doc["policies"]),
        emergency=tuple(_policy(p) for p in doc["emergency"]),
        hostings=tuple(
            Hosting(
                Date.parse(h["as_of"]),
                tuple((n, brand) for n, brand in h["networks"]),
                tuple(h["sources"]),
                h["partial"],
            )
            for h in doc["hosts"]
        ),
        conflicts=tuple(_conflict(c) for c in _all_conflicts(doc)),
        notes=tuple(doc["notes"]),
    )


def _deployment(rat: Rat, doc: Document) -> Deployment:
    block = doc.get("block")
    mfbi = doc.get("mfbi")
    return Deployment(
        rat=rat,
        bands=_bands(doc["bands"]),
        live=_span(doc["live"]),
        prefer=doc.get("prefer"),
        role=doc.get("role"),
        extent=doc.get("extent"),
        mfbi=None if mfbi is None else _bands(mfbi),
        mfbi_since=_date(doc.get("mfbi_since")),
        block=None if block is None else Block(_edges(block.get("uplink_khz")), _edges(block.get("downlink_khz"))),
        evdo=doc.get("evdo"),
        beyond=tuple(_RAT[key] for key in doc.get("beyond", ())),
        sources=tuple(doc["sources"]),
        trust=_TRUST[doc["trust"]],
        layer=doc["layer"],
    )


def _policy(doc: Document) -> Policy:
    phones = doc["phones"]
    return Policy(
        name=doc["name"],
        effect=doc["effect"],
        live=_span(doc["live"]),
        phones=PhoneClass(
            volte=phones.get("volte"),
            devices=frozenset(phones.get("devices", ())),
            models=frozenset(phones.get("models", ())),
            not_devices=frozenset(phones.get("not_devices", ())),
            without=tuple(_RAT[key] for key in phones.get("without", ())),
            sold_in=frozenset(phones.get("sold_in", ())),
            not_sold_in=frozenset(phones.get("not_sold_in", ())),
        ),
        says=doc["says"],
        sources=tuple(doc["sources"]),
    )


def statements_of(doc: Document) -> list[Statement]:
    """
    The statements of one record.
    """
    from bandcheck.model.statement import Statement

    return [
        Statement(
            id=doc["id"],
            kind=one["kind"],
            effect=one["effect"],
            who=one["who"],
            live=_span(one["live"]),
            says=one["says"],
            brands=frozenset(one["phones"]["brands"]),
            devices=frozenset(one["phones"]["devices"]),
            models=frozenset(one["phones"]["models"]),
            carrier=one["carrier"],
            to=one["to"],
            country=one["country"],
            fcc_ids=tuple(one["fcc_ids"]),
            sources=tuple(one["sources"]),
        )
        for one in doc["statements"]
    ]


def overlaps_of(doc: Document) -> Overlaps:
    """
    The overlaps of the operating bands from their document.
    """
    alone, low, mmwave = (int(doc[key], 16) for key in ("alone", "low", "mmwave"))
    near = {int(bit, 16): int(mask, 16) for bit, mask in doc["near"].items()}
    edges = {int(bit, 16): (_edges(up), _edges(down)) for bit, (up, down) in doc["edges"].items()}
    return Overlaps(alone, low, mmwave, near, edges)


def source_of(source_id: str, doc: Document) -> Source:
    """
    A source from its document.
    """
    return Source(source_id, doc["kind"], doc["title"], doc["url"], doc["date"], doc["upstream"])


def _date(text: str | None) -> Date | None:
    return None if text is None else Date.parse(text)


def _span(doc: Document) -> Span:
    return _span_of(tuple(doc.items()))


@functools.lru_cache(maxsize=4096)
def _span_of(items: tuple[tuple[str, Any], ...]) -> Span:
    """
    A span from what its document says. Kept: thousands of bands were first and last seen in the same snapshots.
    """
    get = dict(items).get
    return Span(
        since=_date(get("since")),
        by=_date(get("by")),
        after=_date(get("after")),
        until=_date(get("until")),
        announced=get("announced", False),
        seen=_date(get("seen")),
        unlisted=_date(get("unlisted")),
    )


@functools.lru_cache(maxsize=4096)
def _bands(mask: str) -> BandSet:
    """
    A set of bands from its mask. Kept: a thousand carriers have the same hundred.
    """
    return BandSet(int(mask, 16))


def _edges(pair: list[int] | None) -> tuple[int, int] | None:
    return None if pair is None else (pair[0], pair[1])
