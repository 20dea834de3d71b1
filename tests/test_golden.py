"""
The real database against what third parties documented (golden/outcomes.yaml).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from bandcheck.database.catalog import Catalog
from bandcheck.database.questions import ask
from bandcheck.matching.verdict import Coverage

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden" / "outcomes.yaml").read_text(encoding="utf-8"))
OUTCOMES: dict[str, dict[str, Any]] = GOLDEN["outcomes"]
LIMITS: dict[str, dict[str, Any]] = GOLDEN["limits"]

EVERY = {**OUTCOMES, **LIMITS}

STATED = {key: case for key, case in OUTCOMES.items() if case["directness"] == "stated"}
INFERRED = {key: case for key, case in OUTCOMES.items() if case["directness"] != "stated"}

LABELS = {"5g": "5G", "3g": "3G", "2g": "2G", "wifi": "wifi/none"}


def label(catalog: Catalog, case: dict[str, Any]) -> str:
    """
    Our answer in the words of the golden file; `unknown` and `varies` are no answer.
    """
    on = dt.date.fromisoformat(case["on"])
    report = ask(catalog, case["device"], case["carrier"], on, case.get("model"))
    if report.outcome == "4g":
        return "4G-partial" if report.coverage is Coverage.GAPS else "4G"
    return LABELS.get(report.outcome, report.outcome)


def answers(catalog: Catalog, cases: dict[str, dict[str, Any]]) -> dict[str, str]:
    """
    Our label for every case.
    """
    return {key: label(catalog, case) for key, case in cases.items()}


def expected(cases: dict[str, dict[str, Any]], got: dict[str, str], excuse: str) -> dict[str, str]:
    """
    What each case should give: the answer that its excuse owns up to, else any label that is accepted.
    """
    wanted = {}
    for key, case in cases.items():
        if excuse in case:
            wanted[key] = case[excuse]["gives"]
        else:
            wanted[key] = got[key] if got[key] in case["accept"] else case["accept"][0]
    return wanted


@pytest.mark.parametrize(
    ("cases", "excuse"),
    [(STATED, "misses"), (INFERRED, "differs"), (LIMITS, "misses")],
    ids=["stated", "inferred", "limits"],
)
def test_answers_agree_with_what_was_documented(real_catalog, cases, excuse):
    """
    Every documented outcome is ours too, but for those that say why not; and those still miss as they say.
    """
    got = answers(real_catalog, cases)

    assert got == expected(cases, got, excuse)


@pytest.mark.parametrize("case", [pytest.param(c, id=k) for k, c in EVERY.items()])
def test_an_excuse_is_for_a_miss_alone(case):
    """
    What a case owns up to is not what it accepts: a miss that begins to pass has to lose its excuse.
    """
    excuse = case.get("misses") or case.get("differs")

    assert excuse is None or excuse["gives"] not in case["accept"]


@pytest.mark.parametrize("case", [pytest.param(c, id=k) for k, c in EVERY.items() if "misses" in c])
def test_a_miss_has_a_second_source(case):
    """
    Who contradicts a stated outcome names a source of their own.
    """
    assert case["misses"]["reason"]
    assert case["misses"]["source"]["url"] not in ("", case["source"]["url"])


def test_a_version_is_named_with_a_reason():
    """
    Where a case is about one version, the reason why that one is meant stands beside it.
    """
    unsaid = [key for key, case in EVERY.items() if ("model" in case) is not bool(case.get("model_because"))]

    assert unsaid == []


def test_nineteen_of_twenty_stated_outcomes_are_ours(real_catalog):
    """
    At least 95 % of the stated outcomes agree, and the score in the file is the score.
    """
    scores = {}
    for name, cases in (("stated", STATED), ("inferred", INFERRED)):
        got = answers(real_catalog, cases)
        agree = sum(got[key] in case["accept"] for key, case in cases.items())
        scores[name] = {"agree": agree, "of": len(cases)}
        print(f"{name}: {scores[name]['agree']} of {scores[name]['of']} agree")

    assert scores == GOLDEN["score"]
    assert scores["stated"]["agree"] >= 0.95 * scores["stated"]["of"]
