"""
BC1: exactly which radio is sold?
"""

from __future__ import annotations

from bandcheck.matching.report import Report
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Finding, fails, passes, unknown

_MOST = 12  # model numbers or names in one sentence


def identity(case: Case) -> Finding:
    """
    Pass: one version, or versions that all have the same known answer. Fail: the listing contradicts itself. Unknown:
    the name leaves open which version it is, or the phone is not known.
    """
    phone, found = case.phone, case.phone.identification
    if found.contradictions:
        return fails("BC114", f"{_sentence(found.contradictions[0])}")
    if phone.device is None:
        return _undecided(case)
    name = phone.device.full_name
    if len(phone.variants) == 1:
        return passes("BC110", f"{name}, {phone.models[0]}.")
    if case.radio.now is not None and _agree(case.radio.now):
        return passes("BC110", f"All {len(phone.variants)} versions of {name} have the same answer here.")
    listed = say_models(case)
    text = f"{name} stands for {len(phone.variants)} versions: {listed}."
    return unknown("BC111", text, asks=(f"the model number on the box, one of {listed}",))


def say_models(case: Case) -> str:
    """
    The model numbers that are possible.
    """
    models = case.phone.models
    return ", ".join(models[:_MOST]) + (f" and {len(models) - _MOST} more" if len(models) > _MOST else "")


def _undecided(case: Case) -> Finding:
    found = case.phone.identification
    ask = ("the model number on the box",)
    if found.kind == "accessory":
        return unknown("BC113", f"Reads like an accessory or part ({_reason(found.why)}).", asks=ask)
    if found.candidates:
        names = list(dict.fromkeys(c.name for c in found.candidates))[:5]
        text = f"Fits several phones: {', '.join(names)} ({_reason(found.why)})."
        return unknown("BC115", text, asks=ask)
    text = f"No phone in the data answers to “{case.listing.name}” ({_reason(found.why)})."
    return unknown("BC112", text, asks=(*ask, "its spec sheet with the band list"))


def _agree(report: Report) -> bool:
    """
    Whether every recorded version has one known answer on each network, and none is left out.
    """
    if report.left_out:
        return False
    answers: dict[str, set[tuple[object, ...]]] = {}
    for result in report.results:
        verdict = result.verdict
        told = (verdict.outcome, verdict.best, verdict.coverage, verdict.voice)
        answers.setdefault(verdict.carrier.id, set()).add(told)
    return all(len(told) == 1 and told.isdisjoint({t for t in told if t[0] == "unknown"}) for told in answers.values())


def _reason(why: str) -> str:
    return why or "not decided"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
