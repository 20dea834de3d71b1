"""
The plans of nine operators against what sources say of four days (golden/plans.yaml).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from bandcheck.cli import main
from bandcheck.database.catalog import Catalog
from bandcheck.matching.plan import BEGAN
from bandcheck.model.bands import RATS, Rat

GOLDEN = yaml.safe_load((Path(__file__).parent / "golden" / "plans.yaml").read_text(encoding="utf-8"))
PLANS: dict[str, dict[str, dict[str, Any]]] = GOLDEN["plans"]

Bands = dict[str, tuple[list[int], list[int]]]

CASES = [pytest.param(carrier, day, id=f"{carrier}-{day}") for carrier, days in PLANS.items() for day in days]


def planned(catalog: Catalog, carrier_id: str, on: dt.date) -> Bands:
    """
    Of each RAT that may be on air: the bands that are for certain, and those that only may be.
    """
    found: Bands = {}
    for rat in (rat for rat in RATS if on >= BEGAN[rat]):
        certain: set[int] = set()
        possible: set[int] = set()
        for deployment in catalog.carrier(carrier_id).deployments:
            if deployment.rat is rat and deployment.live.possible(on):
                bands = deployment.bands.numbers(rat)
                possible.update(bands)
                certain.update(bands if len(bands) == 1 and deployment.live.certain(on) else ())
        if possible:
            found[rat.value] = sorted(certain), sorted(possible - certain)
    return found


def documented(rats: dict[str, Any]) -> Bands:
    """
    The same by the sources.
    """
    return {
        rat: (sorted(said.get("live", {})), said.get("open", [])) for rat, said in rats.items() if "gone" not in said
    }


@pytest.mark.parametrize(("carrier", "day"), CASES)
def test_a_plan_is_what_its_sources_say(real_catalog: Catalog, carrier: str, day: str) -> None:
    """
    A band that a source has on air is certain, one that no source settles is possible, and no other is.
    """
    assert documented(PLANS[carrier][day]) == planned(real_catalog, carrier, dt.date.fromisoformat(day))


@pytest.mark.parametrize("carrier", PLANS)
def test_a_plan_leaves_no_rat_to_guesses(real_catalog: Catalog, carrier: str) -> None:
    """
    These operators are recorded RAT by RAT, those that they never had too.
    """
    assert set(RATS) - {Rat.NR} <= set(real_catalog.carrier(carrier).recorded)


def test_every_band_has_a_source_that_the_file_lists() -> None:
    """
    Each source is listed with a title and used, and most bands do not rest on the tables that the plans came from.
    """
    said = [rat for days in PLANS.values() for rats in days.values() for rat in rats.values()]
    of_bands = [source for rat in said for source in rat.get("live", {}).values()]
    used = {*of_bands, *(rat["gone"] for rat in said if "gone" in rat)}

    assert used == set(GOLDEN["sources"])
    assert [] == [name for name, source in GOLDEN["sources"].items() if not source["title"]]
    assert of_bands.count("wikipedia") < 0.15 * len(of_bands)


def test_nine_operators_on_four_days() -> None:
    """
    Each is held on the same days, from the first LTE to the last one known.
    """
    assert 9 == len(PLANS)
    assert [{"2012-01-01", "2016-02-02", "2020-01-01", "2026-11-22"}] * 9 == [set(days) for days in PLANS.values()]


def test_show_prints_the_plan_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """
    `bandcheck show "EE" --on 2016-02-02` has LTE bands 3 and 7 for certain, 1 and 20 possibly, and no 5G.
    """
    code = main(["show", "EE", "--on", "2016-02-02"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]

    assert 0 == code
    assert "EE · gb/ee · network · as of 2 Feb 2016" == lines[0]
    assert ["LTE 1, not certain", "3 (core)", "7 (capacity, markets)", "20, not certain"] == [
        line.partition(" ·")[0] for line in lines if " · " in line and line.startswith(("LTE", "3", "7", "20"))
    ]
    assert ["NR off or none"] == [" ".join(line.split()) for line in lines if line.startswith("NR")]
