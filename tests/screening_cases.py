"""
Listings before the gates, on the made-up database.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import evolve

from bandcheck.database.catalog import Catalog
from bandcheck.model.dates import Date, Span
from bandcheck.model.listing import Listing
from bandcheck.model.statement import Statement
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Finding, Gate
from bandcheck.screening.policy import Policy
from bandcheck.screening.radio import radio_of
from bandcheck.screening.screen import Screener, gates

ALPHA, VIRTUAL = "xx/alpha", "xx/virtual"
DAY = "2016-02-01"
POLICY = Policy.load()


def a_policy(**changes: Any) -> Policy:
    """
    The default policy with other values.
    """
    return evolve(POLICY, **changes)


def a_statement(kind: str, effect: str, since: str = "2015", **more: Any) -> Statement:
    """
    A statement; of the brand Acme, unless it says whom it means.
    """
    until = more.pop("until", None)
    live = Span(since=Date.parse(since), until=Date.parse(until) if until else None)
    meant = {key: frozenset(more.pop(key, ())) for key in ("brands", "devices", "models")}
    if not any(meant.values()):
        meant["brands"] = frozenset({"acme"})
    says = more.pop("says", f"{kind}: {effect}")
    sources = more.pop("sources", ("xx-times",))
    return Statement(
        id="statements/xx/acme",
        kind=kind,
        effect=effect,
        who=more.pop("who", "Somebody"),
        live=live,
        says=says,
        sources=sources,
        **meant,
        **more,
    )


def a_case(
    catalog: Catalog,
    title: str,
    *statements: Statement,
    carrier: str = ALPHA,
    on: str = DAY,
    policy: Policy = POLICY,
    **fields: Any,
) -> Case:
    """
    A listing with this title, before the gates.

    Args:
        fields: Further fields of the listing.
    """
    screener = Screener(catalog, policy, dt.date.fromisoformat(on), carrier)
    assert screener.carrier is not None
    listing = Listing(row=2, title=title, **fields)
    phone = screener._phone(listing)
    place = screener._place(screener.carrier, screener.on)
    radio = radio_of(phone, place, policy.horizon(place.on), catalog)
    return Case(listing, phone, place, radio, policy, statements)


def found(case: Case, gate: Gate) -> Finding:
    """
    What one gate says.
    """
    return gates(case)[gate]


def said(case: Case, gate: Gate) -> tuple[str, str]:
    """
    A gate's answer, and the code of its own reason.
    """
    finding = found(case, gate)
    return finding.answer.value, finding.reasons[0].code
