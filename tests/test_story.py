"""
What bandcheck would have said on 2 February 2016, the day before the listings were pulled, and what it must always say:
through the command line, on the real database.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from bandcheck.cli import main

REDMI_2 = ("2014811", "2014812", "2014813", "2014112", "2014817", "2014818", "2014819", "2014821")
UNICOM_LIKE = "gsm 850 900 1800 1900 / umts 1 2 5 / lte 3 7 38 39 40 41"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Any:
    """
    Runs a command with `-f json`; gives the exit code and what it said.
    """

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = main([*arguments, "-f", "json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def check(ask: Any, phone: str, carrier: str, on: str) -> tuple[str, str | None]:
    """
    Outcome and coverage of a phone; what holds a space and a digit after a RAT is a band list.
    """
    bands = phone.split()[0] in ("gsm", "umts", "lte", "nr")
    _, answer = ask("check", *(["--bands", phone] if bands else [phone]), "-c", carrier, "--on", on)
    return answer["outcome"], answer["coverage"]


@pytest.mark.parametrize(
    ("phone", "carrier", "on", "outcome", "coverage"),
    [
        (UNICOM_LIKE, "T-Mobile US", "2016-02-02", "3g", "gaps"),
        (UNICOM_LIKE, "T-Mobile US", "2022-06-30", "3g", "gaps"),
        ("gsm 900 1800 / umts 1 8 / lte 3 40", "T-Mobile US", "2016-02-02", "wifi", None),
        ("gsm 850 900 1800 1900 / umts 1 2 5 8 / lte 2 4 7", "T-Mobile US", "2016-02-02", "4g", "gaps"),
        ("Redmi 2 Prime", "US Mobile", "2016-02-02", "wifi", None),
        ("Redmi 2 Pro", "US Mobile", "2016-02-02", "4g", "gaps"),
    ],
)
def test_what_the_day_before_would_have_said(
    ask: Any, phone: str, carrier: str, on: str, outcome: str, coverage: str | None
) -> None:
    """
    The radios of the story on T-Mobile's network.
    """
    assert check(ask, phone, carrier, on) == (outcome, coverage)


def test_3g_is_over_on_the_first_of_july(ask: Any) -> None:
    """
    T-Mobile's UMTS ended on 2022-07-01: from that day the phone has no 3G, and the timeline shows it.
    """
    assert check(ask, UNICOM_LIKE, "T-Mobile US", "2022-07-01")[0] != "3g"
    _, answer = ask("timeline", "--bands", UNICOM_LIKE, "-c", "T-Mobile US")
    assert "2022-07-01" in [stretch["since"] for stretch in answer["stretches"]]


def test_band_17_and_band_12(ask: Any) -> None:
    """
    B17 phones get nothing from T-Mobile's A block; B12 phones get AT&T's 700 MHz once it broadcasts their number.
    """
    assert check(ask, "lte 17", "T-Mobile US", "2016-02-02")[0] != "4g"
    assert check(ask, "lte 17", "AT&T", "2015-08-01")[0] == "4g"
    assert check(ask, "lte 17", "AT&T", "2016-02-02")[0] == "4g"
    assert check(ask, "lte 12", "AT&T", "2015-08-01")[0] == "unknown"
    assert check(ask, "lte 12", "AT&T", "2015-09-01")[0] == "4g"


@pytest.mark.parametrize("on", ["2016-02-02", "2020-01-01", "2024-01-01"])
def test_downlink_only_gives_nobody_4g(ask: Any, on: str) -> None:
    """
    Band 29 alone is no service on any carrier that is recorded.
    """
    code, answer = ask("where", "--bands", "lte 29", "--on", on)
    assert code == 0
    certain = {row["worst"] for row in answer["results"]}
    assert certain == {"wifi"}


def test_nr_alone_where_the_carrier_is_not_standalone(ask: Any) -> None:
    """
    T-Mobile's 5G was non-standalone until August 2020: without LTE there is no way in.
    """
    assert check(ask, "nr 71", "T-Mobile US", "2020-01-01") == ("wifi", None)


def test_the_redmi_2_number_by_number(ask: Any) -> None:
    """
    No source gives bands per number: 4G is a certain no, 3G is possible, and the text says what would settle it.
    """
    _, answer = ask("check", "Redmi 2", "-c", "US Mobile", "--on", "2016-02-02")
    assert sorted(row["models"][0] for row in answer["results"]) == sorted(REDMI_2)
    assert {(row["carrier"], row["via"]) for row in answer["results"]} == {("us/t-mobile", "us/us-mobile")}
    assert {row["rats"]["lte"]["support"] for row in answer["results"]} == {"no"}
    assert {row["rats"]["lte"]["missing"] == [2, 4, 12] for row in answer["results"]} == {True}
    assert (answer["best"], answer["headline"]) == ("3g", "NO 4G — 3G AT BEST")
    codes = {reason["code"] for row in answer["results"] for reason in row["reasons"]}
    assert {"BC101", "BC201"} <= codes


def test_what_would_settle_it(capsys: pytest.CaptureFixture[str]) -> None:
    """
    The screen names the fact that is missing.
    """
    main(["check", "Redmi 2", "-c", "US Mobile", "--on", "2016-02-02"])
    assert "Settled by a source that gives the bands of 2014811 alone" in capsys.readouterr().out


def test_one_source_is_low_confidence(ask: Any) -> None:
    """
    The Redmi 2 Pro's bands rest on one sheet.
    """
    _, answer = ask("check", "Redmi 2 Pro", "-c", "US Mobile", "--on", "2016-02-02")
    assert answer["confidence"] == "low"


@pytest.mark.parametrize(
    ("name", "numbers"), [("2014819", ["2014819"]), ("HM 2LTE-CU", ["2014811"]), ("红米2", list(REDMI_2))]
)
def test_every_name_finds_its_phone(ask: Any, name: str, numbers: list[str]) -> None:
    """
    A model number, Google Play's name for it, and the name in China.
    """
    _, answer = ask("check", name, "-c", "US Mobile", "--on", "2016-02-02")
    assert sorted(row["models"][0] for row in answer["results"]) == sorted(numbers)


def test_us_mobile_is_not_uscellular(ask: Any) -> None:
    """
    Exact beats fuzzy: each name answers for itself, and a near miss for nobody.
    """
    _, mine = ask("show", "US Mobile")
    _, other = ask("show", "UScellular")
    code, error = ask("check", "Redmi 2", "-c", "US Mobil")
    assert (mine["id"], other["id"]) == ("us/us-mobile", "us/uscellular")
    assert (code, error["error"]) == (2, "UnknownCarrier")
    assert "US Mobile" in error["suggestions"]


def test_an_unknown_phone_is_not_a_no(capsys: pytest.CaptureFixture[str]) -> None:
    """
    Exit 3, said in words, with suggestions.
    """
    assert main(["check", "Redmi 2 Ultra", "-c", "T-Mobile US"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert 'This is not a "no"' in said.err
    assert "Xiaomi Redmi 2" in said.err


@pytest.mark.parametrize("spec", ["lte 99", "4", "lte 1800", "lte b", ""])
def test_an_unknown_band_spelling(capsys: pytest.CaptureFixture[str], spec: str) -> None:
    """
    Exit 2 and one line that says what was expected.
    """
    assert main(["check", "--bands", spec, "-c", "T-Mobile US"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "is not a band: expected" in said
