"""
What was stated of phones and sellers, in the real database, against what a screening says (golden/statements.yaml).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bandcheck import screen
from bandcheck.database.catalog import Catalog

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden" / "statements.yaml").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = GOLDEN["cases"]

GATES = {"certification": "BC4", "authorisation": "BC5", "regulator": "BC6", "software": "BC8"}


@pytest.mark.parametrize("case", [pytest.param(c, id=k) for k, c in CASES.items()])
def test_a_statement_does_what_it_says(real_catalog: Catalog, case: dict[str, Any]) -> None:
    """
    The gate gives that answer for that reason, and names the source.
    """
    listing = {"title": case["title"], "model_number": case.get("model", ""), "fcc_id": case.get("fcc_id", "")}

    told = screen([listing], case["carrier"], on=case["on"], catalog=real_catalog).to_dict()["listings"][0]
    reasons = {r["code"]: r["sources"] for r in told["reasons"] if r["code"].startswith(GATES[case["gate"]])}
    named = {source.rpartition("#")[2] for sources in reasons.values() for source in sources}

    assert (case["answer"], case["code"]) == (told["gates"][case["gate"]], next(iter(reasons), ""))
    assert case.get("source") in {*named, None}


def test_every_kind_and_effect_has_a_case(real_catalog: Catalog) -> None:
    """
    Whatever the database states, there is a case that shows its effect.
    """
    shown = {tuple(case["states"]) for case in CASES.values() if "states" in case}

    assert {(s.kind, s.effect) for s in real_catalog.statements} == shown


def test_the_fcc_is_meant_where_its_numbers_are(real_catalog: Catalog) -> None:
    """
    A number of a grant stands in a statement about the United States.
    """
    assert {"US"} == {s.country for s in real_catalog.statements if s.fcc_ids}
