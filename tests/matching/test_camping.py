"""
Which band a phone camps on: the documented table, and the plan's masks held against it.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.matching.camping import camping_band
from bandcheck.matching.plan import plan_on
from bandcheck.matching.verdict import match
from bandcheck.model.bands import Band, BandSet, KnownBands, Rat
from bandcheck.model.carrier import Carrier, Deployment
from bandcheck.model.dates import Date, Span
from bandcheck.model.device import Capability
from strategies import TOY_CARRIER, band_sets, bands, toy_spectrum

TABLE = Path(__file__).with_name("mfbi_truth_table.csv")
"""Cases of a cell and a phone, after sqimway.com/lte_mfbi.php and TS 36.331 annex D.1 (itectec.com)."""

ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
TODAY = dt.date(2020, 1, 1)


def lte(number: str) -> Band:
    return Band(Rat.LTE, int(number))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "/".join(row.values()))
def test_the_documented_table(row: dict[str, str]) -> None:
    """
    Every case of the table comes out as it says.
    """
    got = camping_band(
        lte(row["cell_band"]),
        tuple(lte(n) for n in row["cell_mfbi_bands"].split("+") if n),
        BandSet.of(*(lte(n) for n in row["ue_bands"].split("+"))),
        mfbi=row["ue_mfbi_fgi31"] == "yes",
        priority=row["freq_band_indicator_priority"] == "yes",
    )
    expected = lte(row["can_camp_on_band"]) if row["can_camp_on_band"] else None
    assert got == expected


def test_the_table_has_all_its_cases() -> None:
    """
    Thirty cases, with and without an answer.
    """
    assert len(ROWS) == 30
    assert 0 < sum(bool(row["can_camp_on_band"]) for row in ROWS) < 30


LTE_ALONE = toy_spectrum().alone.only(Rat.LTE)


@given(
    cell=bands([Rat.LTE], LTE_ALONE),
    further=band_sets([Rat.LTE], LTE_ALONE),
    phone=band_sets([Rat.LTE], LTE_ALONE),
    mfbi=st.booleans(),
)
def test_masks_of_a_plan_say_the_same_as_the_cell(cell: Band, further: BandSet, phone: BandSet, mfbi: bool) -> None:
    """
    A phone gets service for certain from a carrier with one documented cell exactly if it camps on that cell.
    """
    further -= BandSet.of(cell)
    deployment = Deployment(Rat.LTE, BandSet.of(cell), Span(since=Date.parse("2010")), mfbi=further)
    carrier = Carrier(TOY_CARRIER, "Toy", "network", deployments=(deployment,), recorded=tuple(Rat))
    met = match(Capability(KnownBands.exactly(phone), mfbi=mfbi), plan_on(carrier, TODAY, toy_spectrum().overlaps))
    camps = camping_band(cell, tuple(further), phone, mfbi=mfbi)
    assert bool(met.certain) == (camps is not None)
    assert met.certain == met.possible  # where all is documented nothing is merely possible
