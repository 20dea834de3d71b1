"""
BC4 to BC6: what the host, the brand and the regulator said. Four things are kept apart: certification for sale, a
brand's authorisation of a seller, a regulator's authorisation of the equipment, and whether a carrier lets in a
customer's own phone, which is part of the verdict.

A seller's word is none of them: it never turns unknown into a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bandcheck.database.names import name_key
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Variant
from bandcheck.model.statement import EFFECTS, Statement
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Answer, Finding, fails, passes, unknown
from bandcheck.screening.gates.countries import FCC, proof_in, say_country

Holds = Callable[[Statement], bool]


def certification(case: Case) -> Finding:
    """
    Whether the host certified the phone for sale; with several hosts, those that the policy asks for.
    """
    ask = (f"{_names(case.place.hosts)}'s certificate for this model",) if case.place.hosts else ()
    found = [_said(case, "certification", _by(host)) for host in case.place.hosts]
    answers = [answer for answer, _ in found]
    statements = [s for _, said in found for s in said]
    wanted = any if case.policy.hosts == "any" else all
    against = all if case.policy.hosts == "any" else any
    if answers and wanted(a is Answer.PASS for a in answers):
        return passes("BC410", say(statements), sources=_sources(statements))
    if answers and against(a is Answer.FAIL for a in answers):
        label = f"Not certified for sale by {_names(case.place.hosts)}."
        return fails("BC411", say(statements), sources=_sources(statements), label=label)
    if untested := [s for s in statements if s.effect == "not_tested"]:
        return unknown("BC412", say(untested), sources=_sources(untested), asks=ask)
    hosts = _names(case.place.hosts) or "any host"
    return unknown("BC413", f"No record that {hosts} tested or certified this phone for sale.", asks=ask)


def authorisation(case: Case) -> Finding:
    """
    Whether the brand authorises this seller.
    """
    carrier = case.place.carrier
    seller, fulfiller = name_key(case.listing.seller), name_key(case.listing.fulfiller)
    itself = not seller or seller in names_of(carrier)

    def about_us(statement: Statement) -> bool:
        """
        A denial holds for all who have a hand in the sale, a grant for the one who sells.
        """
        granted = statement.effect == "granted"
        if statement.to in ("", carrier.id):
            return not statement.to or itself or not granted
        return name_key(statement.to) in ({seller} if granted else {seller, fulfiller})

    answer, statements = _said(case, "authorisation", about_us)
    if answer is Answer.PASS:
        return passes("BC501", say(statements), sources=_sources(statements))
    if answer is Answer.FAIL:
        label = f"Not an authorised sale: {statements[0].who} has not authorised {carrier.name}."
        return fails("BC503", say(statements), sources=_sources(statements), label=label)
    brand = case.phone.device.brand if case.phone.device else case.listing.brand or "the brand"
    where = say_country(carrier.country)
    text = f"No record that {brand} authorises {carrier.name} or this seller in {where}, or that it does not."
    return unknown("BC502", text, asks=(f"a letter from {brand} that authorises this sale in {where}",))


def regulator(case: Case) -> Finding:
    """
    Whether the regulator of the carrier's country authorised the equipment. An FCC ID in the listing is asked for where
    it counts, and compared; it proves nothing.
    """
    country, where = case.place.carrier.country, say_country(case.place.carrier.country)
    answer, statements = _said(case, "equipment", lambda s: s.country == country)
    given = name_key(case.listing.fcc_id) if country in FCC or statements else ""
    granted = {name_key(i): i for s in statements for i in s.fcc_ids}
    if answer is Answer.FAIL:
        label = f"No equipment authorisation in {where}."
        return fails("BC603", say(statements), sources=_sources(statements), label=label)
    if given and granted and given not in granted:
        text = f"The listing names FCC ID {case.listing.fcc_id}, the record {', '.join(granted.values())}."
        return unknown("BC604", text, sources=_sources(statements), asks=("a photo of the label with the FCC ID",))
    if answer is Answer.PASS:
        return passes("BC602", say(statements), sources=_sources(statements))
    text = f"No record of an equipment authorisation of this model in {where}"
    if given:
        text += f"; the listing's {case.listing.fcc_id} is the seller's word"
    return unknown("BC601", f"{text}.", asks=() if given else (proof_in(country),))


def names_of(carrier: Carrier) -> frozenset[str]:
    """
    What a carrier calls itself as a seller, as `name_key`s.
    """
    return frozenset(map(name_key, (carrier.name, *carrier.aliases)))


def _by(host: Carrier) -> Holds:
    return lambda statement: statement.carrier == host.id


def _said(case: Case, kind: str, holds: Holds) -> tuple[Answer, list[Statement]]:
    """
    What the latest statements about the versions come to: pass if every version has a good one, fail if every one has a
    bad one, else unknown. Where no version is known, what is said of its brand can fail it and never pass it: which
    phone it is would be the seller's word alone.
    """
    good = EFFECTS[kind][0]
    variants: tuple[Variant | None, ...] = case.phone.variants or (None,)
    latest = [next(filter(holds, case.stated(kind, variant)), None) for variant in variants]
    said = {None if s is None or s.effect == "not_tested" else s.effect == good for s in latest}
    found = list({id(s): s for s in latest if s is not None}.values())
    if said == {True} and case.phone.variants:
        return Answer.PASS, found
    return Answer.FAIL if said == {False} else Answer.UNKNOWN, found


def say(statements: Iterable[Statement]) -> str:
    """
    What was stated, by whom and when; what several say alike, once.
    """
    told = {s.says: s for s in statements}
    return " ".join(f"{s.says} ({s.who}, {s.live.since}.)" for s in told.values())


def _sources(statements: list[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for s in statements for i in s.sources))


def _names(hosts: tuple[Carrier, ...]) -> str:
    names = [host.name for host in hosts]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
