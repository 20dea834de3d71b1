"""
The four listings of February 2016, as they were reported: what a screening would have said, the day before and after.
Through the command line, on the real database.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bandcheck.cli import main

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "us-mobile-2016.csv"
REDMI_2, MI_3, M2_NOTE, MI_4 = "Xiaomi Redmi 2", "Xiaomi Mi 3", "Meizu Note 2", "Xiaomi Mi 4"


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """
    The JSON of a screening on a day, `""` for today; made once.
    """
    folder = tmp_path_factory.mktemp("screened")
    made: dict[str, Path] = {}

    def on(day: str, *more: str) -> tuple[Path, dict[str, Any]]:
        key = " ".join((day, *more))
        if key not in made:
            made[key] = folder / f"{len(made)}.json"
            when = ["--on", day] if day else []
            assert 1 == main(["screen", str(EXAMPLE), "-c", "US Mobile", *when, "-o", str(made[key]), *more])
        return made[key], json.loads(made[key].read_text())

    return on


def by_title(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """
    The listings by their titles.
    """
    return {listing["title"]: listing for listing in answer["listings"]}


def test_the_day_before(screened: Any) -> None:
    """
    On 1 February three phones are blocked, for no version of them reaches T-Mobile's 4G; the Mi 4 is held, for nobody
    recorded the bands of some of its versions. Of authorisation nothing is known yet.
    """
    listings = by_title(screened("2016-02-01")[1])

    assert {REDMI_2: "block", MI_3: "block", M2_NOTE: "block", MI_4: "hold"} == {
        title: listing["decision"] for title, listing in listings.items()
    }
    assert {REDMI_2: "fail", MI_3: "fail", M2_NOTE: "fail", MI_4: "unknown"} == {
        title: listing["gates"]["bands"] for title, listing in listings.items()
    }
    assert {"unknown"} == {listing["gates"]["authorisation"] for listing in listings.values()}
    assert {"unknown"} == {listing["gates"]["certification"] for listing in listings.values()}


def test_the_mi_4_is_asked_for_its_number(screened: Any) -> None:
    """
    The question names the numbers that would settle it.
    """
    asked = by_title(screened("2016-02-01")[1])[MI_4]["ask_seller"]

    assert ["2014215", "2014216", "2014218", "2014716", "2014719", "2014726"] == sorted(re.findall(r"\b\d{7}\b", asked))


def test_the_day_of_xiaomis_statement(screened: Any) -> None:
    """
    On 2 February Xiaomi denies it: its three phones are blocked. Meizu said nothing, and nothing is not a denial.
    """
    listings = by_title(screened("2016-02-02")[1])

    assert {"block"} == {listing["decision"] for listing in listings.values()}
    assert {REDMI_2: "fail", MI_3: "fail", M2_NOTE: "unknown", MI_4: "fail"} == {
        title: listing["gates"]["authorisation"] for title, listing in listings.items()
    }
    (denial,) = [r for r in listings[MI_4]["reasons"] if r["code"] == "BC503"]
    assert len(denial["sources"]) >= 2


def test_t_mobile_had_not_tested_them(screened: Any) -> None:
    """
    Not tested is no refusal: certification stays unknown, with the statement as the reason.
    """
    listings = by_title(screened("2016-02-02")[1])
    codes = {title: {r["code"] for r in listing["reasons"]} & {"BC412", "BC413"} for title, listing in listings.items()}

    assert {REDMI_2: {"BC412"}, MI_3: {"BC412"}, MI_4: {"BC412"}, M2_NOTE: {"BC413"}} == codes


def test_what_changed(screened: Any) -> None:
    """
    `--baseline` shows just that: authorisation of the three Xiaomi phones.
    """
    before, _ = screened("2016-02-01")
    _, after = screened("2016-02-02", "--baseline", str(before))
    told = after["baseline"]

    assert {REDMI_2, MI_3, MI_4} == {change["title"] for change in told["changed"]}
    assert all({"authorisation": ["unknown", "fail"]} == change["gates"] for change in told["changed"])
    assert {REDMI_2: ["block", "block"], MI_3: ["block", "block"], MI_4: ["hold", "block"]} == {
        change["title"]: change["decision"] for change in told["changed"]
    }
    assert ([], [], 1) == (told["added"], told["removed"], told["unchanged"])


def test_today(screened: Any) -> None:
    """
    They would not be let through today either.
    """
    _, answer = screened("")

    assert {"block"} == {listing["decision"] for listing in answer["listings"]}


def test_the_walk_through_is_what_is_printed(screened: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """
    The pictures of docs/screening.md are what the commands print.
    """
    pages = re.findall(r"```text\n(.*?)```", (ROOT / "docs" / "screening.md").read_text(encoding="utf-8"), re.S)
    before, _ = screened("2016-02-01")
    asked = ["screen", str(EXAMPLE), "-c", "US Mobile", "--on"]
    main([*asked, "2016-02-01"])
    main([*asked, "2016-02-02", "--baseline", str(before)])
    printed = capsys.readouterr().out

    assert 2 == len(pages)
    assert all(part in printed for page in pages for part in page.split("...\n"))


def test_the_listings_are_as_reported(screened: Any) -> None:
    """
    Prices and seller of the reports; the one report that names another phone is kept as a note.
    """
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()

    assert ["119", "135", "149", "219"] == [line.split(",")[2] for line in lines[1:]]
    assert all("Omni Electronics HK" in line for line in lines[1:])
    assert "Mi 4i" in lines[4]
    assert [2, 3, 4, 5] == [listing["row"] for listing in screened("2016-02-01")[1]["listings"]]
