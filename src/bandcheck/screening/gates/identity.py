"""
BC1: exactly which radio is sold?
"""

from __future__ import annotations

from collections.abc import Sequence

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
        label = "The listing names more than one phone: make sure which one is sold."
        return fails("BC114", f"{_sentence(found.contradictions[0])}", label=label)
    if phone.device is None:
        return _undecided(case)
    name = phone.device.full_name
    if len(phone.variants) == 1:
        return passes("BC110", f"{name}, {_named(case) or phone.models[0]}.")
    if case.radio.now is not None and _agree(case.radio.now):
        return passes("BC110", f"All {len(phone.variants)} versions of {name} have the same answer here.")
    versions = [v.models[0] if v.models else f"“{v.market or v.key}”" for v in phone.variants]
    text = f"{name} stands for {len(versions)} versions: {_listed(versions)}."
    return unknown("BC111", text, asks=(ask_for_model(case),))


def ask_for_model(case: Case) -> str:
    """
    The question for the model number, with the numbers that are recorded; of some versions nobody recorded any.
    """
    models = [v.models[0] for v in case.phone.variants if v.models]
    if not models:
        return "the model number on the box"
    known = "one of" if len(models) == len(case.phone.variants) else "such as"
    return f"the model number on the box, {known} {_listed(models)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")


def _named(case: Case) -> str:
    """
    The model number that the listing names; empty if it names none.
    """
    evidence = case.phone.identification.candidates[0].evidence
    return next((e.means or e.text for e in evidence if e.what == "model number"), "")


def _undecided(case: Case) -> Finding:
    found = case.phone.identification
    ask = ("the model number on the box",)
    if found.kind == "accessory":
        text = f"Reads like an accessory or part ({_reason(found.why)})."
        return unknown("BC113", text, asks=("if this is a phone, the model number on its box",))
    if found.candidates:
        names = list(dict.fromkeys(c.name for c in found.candidates))[:5]
        what = "Fits several phones" if len(names) > 1 else "Reads like another phone than the one that is known"
        text = f"{what}: {', '.join(names)} ({_reason(found.why)})."
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
