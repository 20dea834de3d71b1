"""
BC2 and BC3: does the phone reach the minimum, and can it call, on the day and for as long as the policy asks?
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bandcheck.matching.reasons import GENERATION, Reason
from bandcheck.matching.report import Report, Result
from bandcheck.matching.verdict import G2, G3, G4, G5
from bandcheck.model.bands import Rat
from bandcheck.model.dates import say_day
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Answer, Finding, fails, passes, unknown
from bandcheck.screening.gates.identity import ask_for_model
from bandcheck.screening.radio import Judge, answer, on_networks

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

    hosts, carrier = case.policy.hosts, case.place.carrier.name
    until = say_day(case.radio.later.on)
    today, then = (answer(report, hosts, reaches) for report in (case.radio.now, case.radio.later))
    if today is Answer.FAIL:
        short = _failing(case.radio.now, reaches)
        text = f"No version reaches {wanted} on {_say_networks(short)}: {say_range(short)}."
        label = f"On {carrier} this phone gets {say_range(short)}, not {wanted}."
        return fails("BC241", text, *_evidence(case, short), label=label)
    if then is Answer.FAIL:
        short = _failing(case.radio.later, reaches)
        text = f"By {until} no version reaches {wanted} on {_say_networks(short)}: {say_range(short)}."
        return fails("BC242", text, *_evidence(case, short), label=f"{wanted} ends on {carrier} by {until}.")
    results = case.radio.now.results
    where, evidence = _say_networks(results, hosts), _evidence(case, results)
    if {today, then} == {Answer.PASS}:
        return passes("BC240", f"At least {wanted} on {where}, to {until}.", *evidence)
    if today is Answer.PASS:
        text = f"{wanted} on {where} today; whether still on {until} is open."
    else:
        text = f"Whether it reaches {wanted} on {where} is open: {say_report(case.radio.now)}."
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
    hosts, carrier = case.policy.hosts, case.place.carrier.name
    until = say_day(case.radio.later.on)
    today, then = (answer(report, hosts, _calls) for report in (case.radio.now, case.radio.later))
    if today is Answer.FAIL:
        short = _failing(case.radio.now, _calls)
        text = f"No version can call on {_say_networks(short)}."
        return fails(
            "BC321", text, *_evidence_of(case, short, _of_calls), label=f"No calls on {carrier} with this phone."
        )
    if then is Answer.FAIL:
        short = _failing(case.radio.later, _calls)
        text = f"By {until} no version can call on {_say_networks(short)}."
        label = f"Calls with this phone end on {carrier} by {until}."
        return fails("BC322", text, *_evidence_of(case, short, _of_calls), label=label)
    results = case.radio.now.results
    where, evidence = _say_networks(results, hosts), _evidence_of(case, results, _of_calls)
    if {today, then} != {Answer.PASS}:
        still = today is Answer.PASS
        text = f"Whether it can {'still ' if still else ''}call on {where}{f' on {until}' if still else ''} is open."
        ask = _ask_for_bands(case, "3G and 2G bands, and whether it does VoLTE")
        return unknown("BC323", text, *evidence, asks=ask)
    if help_ is not Answer.PASS:
        some = any(_emergency(result) is False for result in results)
        what = "do not work with every version or network" if some else "are not recorded"
        gap = Reason("BC325", f"Emergency calls {what}.", told)
        if case.policy.emergency or some:
            ask = ("what the carrier says about emergency calls of this model",)
            return unknown(gap.code, gap.text, *evidence, sources=told, asks=ask)
        evidence = (*evidence, gap)
    return passes("BC320", f"Calls work on {where}, to {until}.", *evidence, sources=told)


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
        return unknown("BC243" if "minimum" in what else "BC323", f"It is open which phone this is, and so {what}.")
    name = case.place.carrier.name
    return unknown("BC244", f"On whose network {name}'s customers are that day is not recorded, or not in the policy.")


def _ask_for_bands(case: Case, what: str) -> tuple[str, ...]:
    """
    What the seller could send: the model number where the versions differ, else the sheet of the one version.
    """
    if len(case.phone.variants) > 1:
        return (ask_for_model(case),)
    return (f"the maker's spec sheet of this model with its {what}",)


def say_range(results: Sequence[Result]) -> str:
    """
    What a phone gets, for people: `3G at best`, `Wi-Fi only`, `2G … 4G, by version`.
    """
    worst, best = min(r.verdict.worst for r in results), max(r.verdict.best for r in results)
    if worst == best:
        return SAY_LEVEL[worst]
    if worst == 0 and all(r.verdict.outcome == "unknown" for r in results):
        return f"{SAY_LEVEL[best]} at best"
    versions = len({r.verdict.variant.key for r in results}) > 1
    networks = len({r.verdict.carrier.id for r in results}) > 1
    by = " and ".join(what for what, several in (("version", versions), ("network", networks)) if several)
    return f"{SAY_LEVEL[worst]} … {SAY_LEVEL[best]}{f', by {by}' if by else ''}"


def say_report(report: Report) -> str:
    """
    What a phone gets, for people, and of what nobody knows it: `4G; of 2 more versions nothing is recorded`.
    """
    told, others = say_range(report.results), len(report.left_out)
    return f"{told}; of {others} more version{'s' if others > 1 else ''} nothing is recorded" if others else told


def _say_networks(results: Sequence[Result], hosts: str | frozenset[str] = "all") -> str:
    names = list(dict.fromkeys(result.verdict.carrier.name for result in results))
    joint = " or " if hosts == "any" else " and "
    return joint.join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _failing(report: Report, meets: Judge) -> list[Result]:
    """
    The verdicts on the networks that fail.
    """
    return [result for said, results in on_networks(report, meets) if said is Answer.FAIL for result in results]


def _evidence(case: Case, results: Sequence[Result]) -> tuple[Reason, ...]:
    """
    The facts that decide about the policy's minimum.
    """
    wanted = _RATS[case.policy.min_data]
    return _evidence_of(case, results, lambda reason: reason.rat in wanted or reason.code == "BC401")


def _of_calls(reason: Reason) -> bool:
    return reason.code.startswith("BC3")


def _evidence_of(case: Case, results: Sequence[Result], belongs: Callable[[Reason], bool]) -> tuple[Reason, ...]:
    """
    The facts that verdicts rest on, as far as they belong; none if nobody asks for them.
    """
    found: dict[tuple[str, str], Reason] = {}
    for result in () if case.brief else results:
        for reason in result.reasons:
            if belongs(reason):
                found.setdefault((reason.code, reason.text), reason)
    return tuple(found.values())[:_MOST_EVIDENCE]
