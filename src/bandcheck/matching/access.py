"""
Beyond bands: calls, emergency calls, and whether the carrier lets the phone in (rule 5 of a verdict).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bandcheck.matching.verdict import Match, Support
from bandcheck.model.bands import FIELD, Rat
from bandcheck.model.carrier import PhoneClass, Policy
from bandcheck.model.device import Capability, Variant

_CIRCUIT_SWITCHED = FIELD[Rat.GSM] | FIELD[Rat.UMTS] | FIELD[Rat.TDSCDMA] | FIELD[Rat.CDMA]
_PACKET_ONLY = FIELD[Rat.LTE] | FIELD[Rat.NR]


class Ruling(NamedTuple):
    """
    What a carrier's policies say of one phone.

    Attributes:
        value: `accepted`, `conditional`, `refused` or `unknown`.

        policies: Those that say so; empty for `unknown`.
    """

    value: str
    policies: tuple[Policy, ...] = ()


NO_RULING = Ruling("unknown")

_YES, _MAYBE, _NO = Support.YES, Support.MAYBE, Support.NO  # a member looked up on its class costs more

_EFFECTS = ("refused", "accepted", "refused", "conditional", "conditional", "accepted")
_STRENGTH = {
    # (effect, whether the policy names the phone): which goes first
    ("refused", True): 0,
    ("accepted", True): 1,
    ("refused", False): 2,
    ("conditional", True): 3,
    ("conditional", False): 4,
    ("accepted", False): 5,
}


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
    if phones.devices and variant.device not in phones.devices:
        return _NO
    if phones.not_devices and variant.device in phones.not_devices:
        return _NO
    if phones.models and phones.models.isdisjoint(variant.models):
        return _NO
    unsure = False
    if phones.volte is not None:
        volte = volte_here(phone, carrier_id)
        if volte is None:
            unsure = True
        elif volte is not phones.volte:
            return _NO
    for rat in phones.without:
        if phone.bands.at_least.mask & FIELD[rat]:
            return _NO
        unsure = unsure or bool(phone.bands.at_most.mask & FIELD[rat])
    if phones.sold_in or phones.not_sold_in:
        sold_in = variant.sold_in
        if not sold_in:
            unsure = True
        elif not phones.not_sold_in.isdisjoint(sold_in) or (phones.sold_in and phones.sold_in.isdisjoint(sold_in)):
            return _NO
    return _MAYBE if unsure else _YES


def ruling(policies: Iterable[tuple[Policy, bool]], variant: Variant, phone: Capability, carrier_id: str) -> Ruling:
    """
    What policies say of a phone, each with whether it is in force for certain.

    What names the phone goes before what is about a class of phones, and there refusal goes first. A refusal that
    may or may not be about this phone makes the answer conditional.
    """
    found: list[Policy] = []
    strongest = len(_STRENGTH)
    for policy, in_force in policies:
        holds = about(policy.phones, variant, phone, carrier_id)
        if holds is _NO:
            continue
        effect, phones = policy.effect, policy.phones
        if holds is _MAYBE or not in_force:
            if effect == "accepted":
                continue
            effect = "conditional"
        strength = _STRENGTH[effect, bool(phones.devices or phones.models)]
        if strength < strongest:
            strongest, found = strength, [policy]
        elif strength == strongest:
            found.append(policy)
    return Ruling(_EFFECTS[strongest], tuple(found)) if found else NO_RULING
