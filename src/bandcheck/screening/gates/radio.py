"""
BC2 and BC3: does the phone reach the minimum, and can it call, on the day and for as long as the policy asks?
"""

from __future__ import annotations

from collections.abc import Callable

from bandcheck.matching.reasons import GENERATION, Reason
from bandcheck.matching.report import Report, Result
from bandcheck.matching.verdict import G2, G3, G4, G5
from bandcheck.model.bands import Rat
from bandcheck.model.dates import say_day
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Answer, Finding, fails, passes, unknown
from bandcheck.screening.gates.identity import say_models
from bandcheck.screening.radio import answer

SAY_LEVEL = ("Wi-Fi only", "2G", "3G", "4G", "5G")
"""The levels, for people."""

_RATS = {
    G5: (Rat.NR,),
    G4: (Rat.LTE,),
    G3: (Rat.UMTS, Rat.TDSCDMA, Rat.CDMA),
    G2: (Rat.GSM, Rat.CDMA),
}
_MOST_EVIDENCE = 4


def bands(case: Case) -> Finding:
    """
    Whether every version reaches the policy's minimum on the networks that it asks for, until its horizon.
    """
    if case.radio.now is None or case.radio.later is None:
        return _nothing(case, "whether it reaches the minimum")
    need = case.policy.min_data
    wanted = SAY_LEVEL[need]

    def reaches(result: Result) -> bool | None:
        verdict = result.verdict
        return True if verdict.worst >= need else False if verdict.best < need else None

    where = _say_networks(case)
    today = answer(case.radio.now, case.policy.hosts, reaches)
    evidence = _evidence(case.radio.now, need)
    label = f"On {case.place.carrier.name} this phone gets {_short(case.radio.now)}, not {wanted}."
    if today is Answer.FAIL:
        text = f"No version reaches {wanted} on {where}: {say_range(case.radio.now)}."
        return fails("BC241", text, *evidence, label=label)
    then = answer(case.radio.later, case.policy.hosts, reaches)
    if then is Answer.FAIL:
        text = (
            f"{wanted} on {where} ends by {say_day(case.radio.later.on)}: {say_range(case.radio.later)} from then on."
        )
        label = f"{wanted} for this phone on {case.place.carrier.name} ends by {say_day(case.radio.later.on)}."
        return fails("BC242", text, *_evidence(case.radio.later, need), label=label)
    if today is Answer.PASS and then is Answer.PASS:
        return passes("BC240", f"At least {wanted} on {where}, to {say_day(case.radio.later.on)}.", *evidence)
    text = f"Whether it reaches {wanted} on {where} is open: {say_range(case.radio.now)}."
    return unknown("BC243", text, *evidence, asks=_ask_for_bands(case, f"{GENERATION[_RATS[need][0]]} bands"))


def voice(case: Case) -> Finding:
    """
    Whether every version can call on the networks that the policy asks for, until its horizon; and what is recorded of
    emergency calls.
    """
    if case.radio.now is None or case.radio.later is None:
        return _nothing(case, "whether it can call")
    help_ = answer(case.radio.now, case.policy.hosts, _emergency)
    told = _emergency_sources(case.radio.now)
    if help_ is Answer.FAIL:
        text = "Emergency calls of this phone do not work here, by a documented rule."
        label = "Do not rely on this phone for emergency calls."
        return fails("BC324", text, sources=told, label=label)
    where = _say_networks(case)
    today = answer(case.radio.now, case.policy.hosts, _calls)
    then = answer(case.radio.later, case.policy.hosts, _calls)
    evidence = _evidence_of(case.radio.now, lambda reason: reason.code.startswith("BC3"))
    label = f"No calls on {case.place.carrier.name} with this phone."
    if today is Answer.FAIL:
        return fails("BC321", f"No version can call on {where}.", *evidence, label=label)
    if then is Answer.FAIL:
        day = say_day(case.radio.later.on)
        later = _evidence_of(case.radio.later, lambda reason: reason.code.startswith("BC3"))
        return fails("BC322", f"Calls on {where} end by {day}.", *later, label=f"{label[:-1]} after {day}.")
    if today is not Answer.PASS or then is not Answer.PASS:
        text = f"Whether it can call on {where} is open."
        return unknown(
            "BC323", text, *evidence, asks=_ask_for_bands(case, "3G and 2G bands, and whether it does VoLTE")
        )
    if help_ is not Answer.PASS:
        some = any(_emergency(result) is False for result in case.radio.now.results)
        what = "do not work with every version or network" if some else "are not recorded"
        gap = Reason("BC325", f"Emergency calls {what}.", told)
        if case.policy.emergency or some:
            ask = ("what the carrier says about emergency calls of this model",)
            return unknown(gap.code, gap.text, *evidence, sources=told, asks=ask)
        evidence = (*evidence, gap)
    return passes("BC320", f"Calls work on {where}, to {say_day(case.radio.later.on)}.", *evidence, sources=told)


def _calls(result: Result) -> bool | None:
    return {"volte": True, "cs": True, "none": False}.get(result.verdict.voice)


def _emergency(result: Result) -> bool | None:
    return {"accepted": True, "refused": False}.get(result.verdict.emergency.value)


def _emergency_sources(report: Report) -> tuple[str, ...]:
    policies = (policy for result in report.results for policy in result.verdict.emergency.policies)
    return tuple(dict.fromkeys(source for policy in policies for source in policy.sources))


def _nothing(case: Case, what: str) -> Finding:
    """
    Why there is no verdict.
    """
    if not case.phone.variants:
        return unknown("BC243" if "minimum" in what else "BC323", f"Nobody can say {what}: which phone it is is open.")
    name = case.place.carrier.name
    return unknown("BC244", f"On whose network {name}'s customers are that day is not recorded, or not in the policy.")


def _ask_for_bands(case: Case, what: str) -> tuple[str, ...]:
    """
    What the seller could send: the model number where the versions differ, else the sheet of the one version.
    """
    if len(case.phone.variants) > 1:
        return (f"the model number on the box, one of {say_models(case)}",)
    return (f"the spec sheet of {case.phone.models[0]} with its {what}",)


def say_range(report: Report) -> str:
    """
    What a phone gets, for people: `3G at best`, `Wi-Fi only`, `2G … 4G`.
    """
    worst, best = report.worst, report.best
    if worst == best:
        return SAY_LEVEL[worst]
    if worst == 0 and all(r.verdict.outcome == "unknown" for r in report.results):
        return f"{SAY_LEVEL[best]} at best"
    versions = len({r.verdict.variant.key for r in report.results}) > 1
    networks = len({r.verdict.carrier.id for r in report.results}) > 1
    by = " and ".join(what for what, several in (("version", versions), ("network", networks)) if several)
    return f"{SAY_LEVEL[worst]} … {SAY_LEVEL[best]}{f', by {by}' if by else ''}"


def _short(report: Report) -> str:
    return f"{SAY_LEVEL[report.best]}{'' if report.worst == report.best or not report.best else ' at best'}"


def _say_networks(case: Case) -> str:
    names = [host.name for host in case.place.hosts]
    joint = " or " if case.policy.hosts == "any" else " and "
    return joint.join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _evidence(report: Report, need: int) -> tuple[Reason, ...]:
    """
    The facts that decide about a level.
    """
    wanted = _RATS[need]
    return _evidence_of(report, lambda reason: reason.rat in wanted or reason.code == "BC401")


def _evidence_of(report: Report, belongs: Callable[[Reason], bool]) -> tuple[Reason, ...]:
    found: dict[tuple[str, str], Reason] = {}
    for result in report.results:
        for reason in result.reasons:
            if belongs(reason):
                found.setdefault((reason.code, reason.text), reason)
    return tuple(found.values())[:_MOST_EVIDENCE]
