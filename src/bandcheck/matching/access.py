"""
Beyond bands: calls, emergency calls, and whether the carrier lets the phone in (rule 5 of a verdict).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bandcheck.matching.verdict import Match, Support
from bandcheck.model.bands import FIELD, Rat
from bandcheck.model.carrier import PhoneClass, Policy
from bandcheck.model.device import Capability, Variant
from bandcheck.model.entity import entity

_CIRCUIT_SWITCHED = FIELD[Rat.GSM] | FIELD[Rat.UMTS] | FIELD[Rat.TDSCDMA] | FIELD[Rat.CDMA]
_PACKET_ONLY = FIELD[Rat.LTE] | FIELD[Rat.NR]


@entity
class Ruling:
    """
    What a carrier's policies say of one phone.

    Attributes:
        value: `accepted`, `conditional`, `refused` or `unknown`.

        policies: Those that say so; empty for `unknown`.
    """

    value: str
    policies: tuple[Policy, ...] = ()


NO_RULING = Ruling("unknown")


def volte_here(phone: Capability, carrier_id: str) -> bool | None:
    """
    Whether a phone does VoLTE on a carrier; None if unknown. A phone known to have neither LTE nor NR does not.
    """
    if not phone.bands.at_most.mask & _PACKET_ONLY:
        return False
    return phone.volte_on.get(carrier_id, phone.volte)


def voice(met: Match) -> str:
    """
    How calls go: `volte`, `cs` (circuit switched, over 2G or 3G), `none` or `unknown`.
    """
    volte = volte_here(met.phone, met.plan.carrier.id)
    if volte and met.support(Rat.LTE) is Support.YES:
        return "volte"
    if met.certain & _CIRCUIT_SWITCHED:
        return "cs"
    if met.possible & _CIRCUIT_SWITCHED:
        return "unknown"
    return "none" if volte is False or not met.possible & _PACKET_ONLY else "unknown"


def about(phones: PhoneClass, variant: Variant, phone: Capability, carrier_id: str) -> Support:
    """
    Whether a class of phones holds this one: every condition must.
    """
    answers: list[bool | None] = []
    if phones.volte is not None:
        volte = volte_here(phone, carrier_id)
        answers.append(None if volte is None else volte is phones.volte)
    if phones.devices:
        answers.append(variant.device in phones.devices)
    if phones.models:
        answers.append(not phones.models.isdisjoint(variant.models))
    if phones.not_devices:
        answers.append(variant.device not in phones.not_devices)
    for rat in phones.without:
        has, may_have = phone.bands.at_least.mask & FIELD[rat], phone.bands.at_most.mask & FIELD[rat]
        answers.append(False if has else None if may_have else True)
    if phones.sold_in:
        answers.append(not phones.sold_in.isdisjoint(variant.sold_in) if variant.sold_in else None)
    if phones.not_sold_in:
        answers.append(phones.not_sold_in.isdisjoint(variant.sold_in) if variant.sold_in else None)
    if False in answers:
        return Support.NO
    return Support.MAYBE if None in answers else Support.YES


def ruling(policies: Iterable[Policy], variant: Variant, phone: Capability, carrier_id: str, on: dt.date) -> Ruling:
    """
    What dated policies say of a phone on a day.

    What names the phone goes before what is about a class of phones, and there refusal goes first. A refusal that
    may or may not be about this phone makes the answer conditional.
    """
    found: dict[str, list[Policy]] = {}
    for policy in policies:
        if not policy.live.possible(on):
            continue
        holds = about(policy.phones, variant, phone, carrier_id)
        if holds is Support.NO:
            continue
        sure = holds is Support.YES and policy.live.certain(on)
        effect = policy.effect if sure else "conditional"
        named = bool(policy.phones.devices or policy.phones.models)
        if not sure and policy.effect == "accepted":
            continue
        found.setdefault(f"{effect} by name" if named and sure else effect, []).append(policy)
    for effect in ("refused by name", "accepted by name", "refused", "conditional by name", "conditional", "accepted"):
        if effect in found:
            return Ruling(effect.split()[0], tuple(found[effect]))
    return NO_RULING
