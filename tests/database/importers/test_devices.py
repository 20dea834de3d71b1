"""
The importer of spec sheets, on sheets made up for it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.database.importers.devices import RULES, read, slug
from bandcheck.database.importers.devices.labels import market
from bandcheck.database.importers.devices.table import LONGEST_CELL, announced
from bandcheck.database.importers.frame import Imported, Known, KnownDevice
from bandcheck.errors import DataError

HEADER = (
    "source_repo",
    "licence",
    "brand",
    "model",
    "variant_or_codes",
    *(f"raw_{n}g" for n in (2, 3, 4, 5)),
    "announced",
)
WHOLE = "eldar-mustafayev/gsmarena-scraper@0000000"
NEWER = "aliakbar5914/phone-recommendation@0000000"
FIRST_LINES = "m28406235/WebScraping_Analysis@0000000"
QUAD = [850, 900, 1800, 1900]


def row(
    model: str,
    g2: str = "",
    g3: str = "",
    g4: str = "",
    g5: str = "",
    *,
    codes: str = "",
    at: str = "2016",
    copy: str = WHOLE,
) -> tuple[str, ...]:
    """
    A row of the table about a phone of the brand Acme.
    """
    return (copy, "", "Acme", model, codes, g2, g3, g4, g5, at)


def table(folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    """
    Rows as the file that the importer reads.
    """
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    path = folder / "devices.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def imported(folder: Path, *rows: tuple[str, ...], known: Known | None = None) -> Imported:
    """
    What the importer makes of rows.
    """
    return read([table(folder, *rows)], known or Known())


def phone(found: Imported, device_id: str = "acme/one") -> dict[str, Any]:
    """
    One record of an import.
    """
    record: dict[str, Any] = found.files["acme.yaml"]["devices"][device_id]
    return record


def bands(record: dict[str, Any]) -> dict[str, Any]:
    """
    What each version of a record states.
    """
    return {key: variant.get("bands", {}) for key, variant in record["variants"].items()}


def test_an_unlabelled_sheet_counts_for_every_number_it_names(tmp_path: Path) -> None:
    """
    One variant with all numbers, and exactly the bands of the sheet.
    """
    found = imported(
        tmp_path,
        row("One", "GSM 850 / 900 / 1800 / 1900", "HSDPA 850 / 900 / 2100", "1, 3, 7, 20", codes="AC-100, AC-101"),
    )
    record = phone(found)
    assert bands(record) == {"AC-100": {"gsm": QUAD, "umts": [1, 5, 8], "lte": [1, 3, 7, 20]}}
    assert record["variants"]["AC-100"]["models"] == ["AC-100", "AC-101"]
    assert "union" not in record


def test_lines_with_model_numbers_are_versions(tmp_path: Path) -> None:
    """
    Each number has the bands of its own line, and the unlabelled lines of other RATs.
    """
    found = imported(
        tmp_path, row("One", "GSM 900 / 1800", "", "1, 3 - AC-100 | 2, 4 - AC-101", codes="AC-100, AC-101")
    )
    assert bands(phone(found)) == {
        "AC-100": {"gsm": [900, 1800], "lte": [1, 3]},
        "AC-101": {"gsm": [900, 1800], "lte": [2, 4]},
    }


UNTOLD: dict[str, Any] = {"at_least": []}


def test_a_number_that_no_line_names_is_not_bounded_by_those_of_others(tmp_path: Path) -> None:
    """
    Of AC-102's LTE the sheet says nothing, and nothing of whether it has CDMA; of the others it says all.
    """
    found = imported(
        tmp_path, row("One", "GSM 900 / 1800", "", "1, 3 - AC-100 | 2, 4 - AC-101", codes="AC-100, AC-101, AC-102")
    )
    record = phone(found)
    assert bands(record) == {
        "AC-100": {"gsm": [900, 1800], "lte": [1, 3]},
        "AC-101": {"gsm": [900, 1800], "lte": [2, 4]},
        "AC-102": {"gsm": [900, 1800], "cdma": UNTOLD, "tdscdma": UNTOLD},
    }
    assert record["union"] == {"gsm": [900, 1800], "lte": UNTOLD, "sources": ["sheets-2022-03"]}
    assert found.rules["passed-over"] == 1


BOUNDS = [
    pytest.param("HSDPA 900", "1, 3 - Europe", UNTOLD, id="one market"),
    pytest.param("HSDPA 900 - Asia | HSDPA 850 - USA", "1, 3 - Europe | 2, 4 - USA", UNTOLD, id="a market is missing"),
    pytest.param("HSDPA 900", "1, 3 - Europe | 2, 4 - USA", [1, 2, 3, 4], id="every market"),
    pytest.param("HSDPA 900 - Europe, USA", "1, 3 - Europe | 2, 4 - USA", [1, 2, 3, 4], id="markets in one label"),
    pytest.param("HSDPA 900", "1, 3 | 2, 4 - USA", [1, 2, 3, 4], id="no label: everywhere else"),
]


@pytest.mark.parametrize(("g3", "g4", "expected"), BOUNDS)
def test_lines_bound_all_numbers_where_they_are_of_all_markets(
    tmp_path: Path, g3: str, g4: str, expected: list[int] | dict[str, Any]
) -> None:
    """
    AC-100 is of one of the markets, and of which nobody says.
    """
    found = imported(tmp_path, row("One", "GSM 900", g3, g4, codes="AC-100"))
    assert phone(found)["union"]["lte"] == expected


def test_a_line_of_cdma_for_one_market_says_that_others_have_none(tmp_path: Path) -> None:
    """
    What most phones lack is bounded by the line that names some: BC0 at most.
    """
    found = imported(tmp_path, row("One", "GSM 900 | CDMA 800 - China", "HSDPA 900", "1, 3", codes="AC-100"))
    assert phone(found)["union"]["cdma"] == ["BC0"]


def test_markets_in_one_label_are_told_apart(tmp_path: Path) -> None:
    """
    Each has the bands of every line that names it; those with the same are one version.
    """
    found = imported(
        tmp_path,
        row(
            "One",
            "GSM 900",
            "HSDPA 850 - USA, Canada, Europe | HSDPA 900 - India",
            "1 - USA, Canada | 3 - Europe, India",
        ),
    )
    assert {v["market"]: v["bands"] for v in phone(found)["variants"].values()} == {
        "USA, Canada": {"gsm": [900], "umts": [5], "lte": [1]},
        "Europe": {"gsm": [900], "umts": [5], "lte": [3]},
        "India": {"gsm": [900], "umts": [8], "lte": [3]},
    }


def test_a_copy_that_kept_first_lines_says_nothing_of_others(tmp_path: Path) -> None:
    """
    Below GSM there may have been CDMA, below EV-DO HSDPA, and another market's LTE below the first.
    """
    found = imported(
        tmp_path,
        row("One", "GSM 900", "CDMA2000 1xEV-DO", "1, 3 - International", codes="AC-100", copy=FIRST_LINES),
    )
    assert bands(phone(found))["AC-100"] == {"gsm": [900], "cdma": UNTOLD, "tdscdma": UNTOLD, "umts": UNTOLD}
    assert phone(found)["union"]["lte"] == UNTOLD
    assert found.rules["first-lines-alone"] == 1


def test_a_copy_that_kept_first_lines_says_that_an_empty_cell_was_empty(tmp_path: Path) -> None:
    """
    Without 3G there was no line of it at all.
    """
    found = imported(tmp_path, row("One", "GSM 900", "", "1, 3", codes="AC-100", copy=FIRST_LINES))
    assert bands(phone(found))["AC-100"] == {"gsm": [900], "cdma": UNTOLD, "tdscdma": UNTOLD, "lte": [1, 3]}


def test_a_label_that_repeats_the_bands_of_all_changes_nothing(tmp_path: Path) -> None:
    """
    `all versions` beside the same bands for one of them is no sign of merged radios.
    """
    found = imported(
        tmp_path, row("One", "GSM 900 - all versions | GSM 900 - SIM 2 - AC-101", "", "1, 3", codes="AC-100, AC-101")
    )
    assert bands(phone(found)) == {"AC-100": {"gsm": [900], "lte": [1, 3]}}
    assert found.rules["merged-labels-on-some-lines"] == 0


def test_numbers_that_another_copy_adds_are_the_phones(tmp_path: Path) -> None:
    """
    AC-102 was not on the sheet of 2022, and is on that of 2025.
    """
    found = imported(
        tmp_path,
        row("One", "GSM 900", "", "1, 3", codes="AC-100, AC-101"),
        row("One", "GSM 900", "", "1, 3", codes="AC-100/DS, AC-102", copy=FIRST_LINES),
    )
    assert phone(found)["variants"]["AC-100"]["models"] == ["AC-100", "AC-101", "AC-100/DS", "AC-102"]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("&, 1050;100, AC-101", ["K100", "AC-101"]),
        ("&#1050;100", ["K100"]),
        ("\u041a100, AC-101", ["K100", "AC-101"]),
        ("15, AC-101", ["AC-101"]),
        ("2014811", ["2014811"]),
    ],
)
def test_model_numbers_are_mended(tmp_path: Path, codes: str, expected: list[str]) -> None:
    """
    What is left of an entity is a letter, Cyrillic ones are Latin; a bare number of two digits is none.
    """
    (variant,) = phone(imported(tmp_path, row("One", "GSM 900", codes=codes)))["variants"].items()
    assert variant[1].get("models", [variant[0]]) == expected


def test_a_market_is_a_version_without_a_number(tmp_path: Path) -> None:
    """
    `International` and `for AT&T` have their own bands; the numbers are left to the union.
    """
    found = imported(
        tmp_path, row("One", "GSM 900 / 1800", "", "1, 3 - Global version | 2, 17 - for AT&T", codes="AC-100")
    )
    record = phone(found)
    assert {key: (v.get("models"), v.get("market")) for key, v in record["variants"].items()} == {
        "AC-100": (None, None),
        "at-t": ([], "AT&T"),
        "international": ([], "International"),
    }
    assert bands(record)["at-t"]["lte"] == [2, 17]
    assert "lte" not in bands(record)["AC-100"]
    assert record["union"]["lte"] == [1, 2, 3, 17]


MERGED = {
    "merged-labels-on-some-lines": [row("One", "GSM 900", "", "1, 3 | 2, 4 - USA", codes="AC-100")],
    "merged-lines-differ": [row("One", "GSM 900", "HSDPA 850 / 1900 | HSDPA 900 / 2100", codes="AC-100")],
    "merged-chinese-bands": [row("One", "GSM 900", "TD-SCDMA", "1, 3, 39, 41", codes="AC-100, AC-101")],
    "merged-cdma-for-all": [row("One", "GSM 900 | CDMA 800", "", "1, 3 - Asia | 2, 4 - USA", codes="AC-100, AC-101")],
    "merged-versions-differ": [
        row("One", "GSM 900", "", "1, 3, 7", codes="AC-100, AC-101"),
        row("One", "", "", "2, 4", codes="ac-101"),
    ],
    "merged-copies-disagree": [
        row("One", "GSM 900", "", "1, 3, 7", codes="AC-100"),
        row("One", "GSM 900", "", "1, 3", codes="AC-100", copy=FIRST_LINES),
    ],
}


@pytest.mark.parametrize("sign", MERGED)
def test_a_sheet_that_merges_radios_only_bounds(tmp_path: Path, sign: str) -> None:
    """
    With any sign of merged radios AC-100 has no band for certain, and the union has them all.
    """
    found = imported(tmp_path, *MERGED[sign])
    assert found.rules[sign] == 1
    assert bands(phone(found))["AC-100"] == {}
    assert "union" in phone(found)


def test_copies_that_disagree_are_both_kept(tmp_path: Path) -> None:
    """
    The union has each side with its source.
    """
    found = imported(tmp_path, *MERGED["merged-copies-disagree"])
    assert phone(found)["union"]["lte"] == {
        "claims": [
            {"bands": [1, 3, 7], "sources": ["sheets-2022-03"]},
            {"bands": [1, 3], "sources": ["sheets-2025-05"]},
        ]
    }


def test_copies_that_agree_are_both_sources(tmp_path: Path) -> None:
    """
    A copy that kept the first line alone agrees where some line of the whole one is the same.
    """
    found = imported(
        tmp_path,
        row("One", "GSM 900", "", "1, 3 - Global | 2, 4 - USA"),
        row("ONE", "GSM 900", "", "1, 3 - International", copy=FIRST_LINES),
        row("One", "GSM 900", "", "1, 3 - International | 2, 4 - USA", copy=NEWER),
    )
    assert phone(found)["variants"]["usa"]["sources"] == ["sheets-2026-06", "sheets-2022-03", "sheets-2025-05"]


def test_a_version_record_inherits_what_it_leaves_empty(tmp_path: Path) -> None:
    """
    The record of ac-101 gives LTE alone; the rest is bounded by its sheet.
    """
    record = phone(imported(tmp_path, *MERGED["merged-versions-differ"]))
    assert bands(record) == {"AC-100": {}, "AC-101": {"lte": [2, 4]}}
    assert record["union"] == {"gsm": [900], "lte": [1, 2, 3, 4, 7], "sources": ["sheets-2022-03"]}


CLEANED = [
    ("nr-before-its-time", row("One", "GSM 900", "", "1, 3", "78", at="2012"), {"gsm": [900], "lte": [1, 3]}),
    ("lte-before-its-time", row("One", "GSM 900", "", "1, 3", at="2005, May"), {"gsm": [900]}),
    ("bands-not-told-umts", row("One", "GSM 900", "HSDPA"), {"gsm": [900], "umts": {"at_least": []}}),
    ("bands-not-told-lte", row("One", "GSM 900", "", "LTE (unspecified)"), {"gsm": [900], "lte": {"at_least": []}}),
    ("wrong-column", row("One", "HSDPA 900 / 2100"), {"umts": [1, 8]}),
    ("no-such-band", row("One", "", "", "1, 3, 299"), {"lte": [1, 3]}),
]


@pytest.mark.parametrize(("rule", "given_row", "expected"), CLEANED, ids=[case[0] for case in CLEANED])
def test_nonsense_is_cleaned_by_rule_and_counted(
    tmp_path: Path, rule: str, given_row: tuple[str, ...], expected: dict[str, Any]
) -> None:
    """
    Each rule takes out its nonsense and keeps the rest.
    """
    found = imported(tmp_path, given_row)
    assert bands(phone(found)) == {"any": expected}
    assert found.rules[rule] == 1


def test_every_rule_that_can_count_has_a_sentence() -> None:
    """
    The names in the table of rules are those that the code counts under.
    """
    folder = Path(read.__code__.co_filename).parent
    code = "".join(path.read_text() for path in folder.glob("*.py"))
    signs = {f"merged-{sign}" for sign in ("labels-on-some-lines", "lines-differ", "chinese-bands", "cdma-for-all")}
    signs |= {"merged-versions-differ", "merged-copies-disagree"}
    for rule in RULES.keys() - signs:
        if not rule.startswith("bands-not-told-"):
            assert code.count(f'"{rule}"') >= 2, rule
    assert signs <= RULES.keys()


def test_two_bands_run_together_are_possible_only(tmp_path: Path) -> None:
    """
    2526 is no band; it may be 25 and 26.
    """
    found = imported(tmp_path, row("One", "", "", "20, 2526, 28"))
    assert bands(phone(found)) == {"any": {"lte": {"at_least": [20, 28], "at_most": [20, 25, 26, 28]}}}


def test_a_name_used_again_is_two_phones(tmp_path: Path) -> None:
    """
    The older one carries its year.
    """
    found = imported(
        tmp_path, row("One", "GSM 900", at="2009, May"), row("One", "GSM 900", "", "1, 3", at="2020", copy=NEWER)
    )
    names = {i: record["name"] for i, record in found.files["acme.yaml"]["devices"].items()}
    assert names == {"acme/one": "One", "acme/one-2009": "One (2009)"}


def described(*models: str, name: str = "One") -> Known:
    """
    A database with one phone that people described.
    """
    return Known(devices={"acme/first": KnownDevice("acme/first", "Acme", name, (), models, ("bands",))})


def test_a_phone_that_people_described_gets_new_numbers_alone(tmp_path: Path) -> None:
    """
    The import adds the number that people lack, to their record, and nothing of what they have.
    """
    found = imported(tmp_path, row("One", "GSM 900", "", "1, 3", codes="AC-100, AC-101"), known=described("AC-100"))
    record = phone(found, "acme/first")
    assert {key: v.get("models", [key]) for key, v in record["variants"].items()} == {"AC-101": ["AC-101"]}


def test_other_spellings_of_a_described_number_are_no_further_ones(tmp_path: Path) -> None:
    """
    Neither `C-100` for `AC-100` nor the stem `AC-1`.
    """
    found = imported(tmp_path, row("One", "GSM 900", codes="C-100, AC-10"), known=described("AC-100"))
    assert "acme.yaml" not in found.files


def test_names_and_identifiers_are_no_model_numbers(tmp_path: Path) -> None:
    """
    `Rocket 2`, the phone's own name, and `aPhone12,1` among the numbers.
    """
    found = imported(tmp_path, row("Rocket 2", "GSM 900", codes="Rocket 2, aPhone12,1, AC-100"))
    assert phone(found, "acme/rocket-2")["variants"].keys() == {"AC-100"}
    assert found.rules["no-model-number"] == 1


def test_a_phone_that_people_described_in_full_is_left_to_them(tmp_path: Path) -> None:
    """
    Nothing of it is imported.
    """
    found = imported(tmp_path, row("One", "GSM 900", codes="AC-100"), known=described("AC-100"))
    assert "acme.yaml" not in found.files


def test_a_number_of_a_phone_that_people_described_stays_there(tmp_path: Path) -> None:
    """
    Another phone's sheet that lists it does not take it.
    """
    found = imported(tmp_path, row("Two", "GSM 900", codes="AC-100, AC-102"), known=described("AC-100"))
    assert phone(found, "acme/two")["variants"].keys() == {"AC-102"}
    assert found.rules["number-of-another-phone"] == 1


def test_a_brand_that_was_split_off_has_its_older_phones(tmp_path: Path) -> None:
    """
    `Huawei Honor 9` on one copy and `Honor 9` on another are one phone of two sources.
    """
    rows = [
        (copy, "", brand, model, "", "GSM 900", "", "", "", "2017")
        for copy, brand, model in ((WHOLE, "Huawei", "Honor 9"), (NEWER, "Honor", "9"))
    ]
    found = imported(tmp_path, *rows)
    assert found.files["honor.yaml"]["devices"].keys() == {"honor/9"}
    assert found.files["honor.yaml"]["devices"]["honor/9"]["variants"]["any"]["sources"] == [
        "sheets-2026-06",
        "sheets-2022-03",
    ]


def test_a_model_number_before_the_name_is_one(tmp_path: Path) -> None:
    """
    `I9100 Rocket S` without a list of numbers is the phone I9100.
    """
    found = imported(tmp_path, row("I9100 Rocket S", "GSM 900"))
    assert phone(found, "acme/i9100-rocket-s")["variants"].keys() == {"I9100"}


BAD = {
    "too few cells": (("x", "", "Acme", "One", "", "GSM 900"), "4 cells too few"),
    "too many cells": ((*row("One", "GSM 900"), "x"), "1 cells too many"),
    "no model": (row("", "GSM 900"), "no brand or no model"),
    "a giant": (row("One", "", "", ", ".join(["1"] * 10_000)), f"no sheet has more than {LONGEST_CELL}"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_named_and_the_others_go_on(tmp_path: Path, case: str) -> None:
    """
    Its number and the reason are reported, the good row after it is taken.
    """
    bad, why = BAD[case]
    found = imported(tmp_path, bad, row("Two", "GSM 900"))
    assert [(r.row, why in r.why) for r in found.refused] == [(2, True)]
    assert (found.read, found.taken) == (2, 1)
    assert found.files["acme.yaml"]["devices"].keys() == {"acme/two"}


def test_a_byte_that_is_not_utf8_spoils_its_row_alone(tmp_path: Path) -> None:
    """
    A cell in Latin-1 among 2 kB of UTF-8.
    """
    path = table(tmp_path, *(row(f"One {n}", "GSM 900") for n in range(100)), row("Café", "GSM 900"))
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9"))
    found = read([path], Known())
    assert [(r.row, r.why) for r in found.refused] == [(102, "bytes that are not UTF-8")]
    assert found.taken == 100


def test_a_truncated_table_loses_its_last_row_alone(tmp_path: Path) -> None:
    """
    It ends within quotes.
    """
    path = table(tmp_path, row("One", "GSM 900"), row("Two", "GSM 900", "", "1, 3"))
    path.write_text(path.read_text().partition('"1, ')[0] + '"1, ')
    found = read([path], Known())
    assert [r.row for r in found.refused] == [3]
    assert found.files["acme.yaml"]["devices"].keys() == {"acme/one"}


def test_an_unknown_column_is_named_and_passed_over(tmp_path: Path) -> None:
    """
    The rows are read all the same.
    """
    path = table(tmp_path, (*row("One", "GSM 900"), "red"), header=(*HEADER, "colour"))
    found = read([path], Known())
    assert [(r.row, r.came) for r in found.refused] == [(1, "colour")]
    assert found.taken == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "brand,model\nx,y\n"])
def test_another_file_altogether_is_one_error(tmp_path: Path, text: str) -> None:
    """
    It says which columns are missing.
    """
    path = tmp_path / "devices.csv"
    path.write_text(text)
    with pytest.raises(DataError, match="no column source_repo"):
        read([path], Known())


SHEETS = [
    *MERGED["merged-versions-differ"],
    row("One", "GSM 900", "", "1, 3", codes="AC-100", copy=FIRST_LINES),
    row("One", "GSM 900", "HSDPA 900", "1, 3, 7 - Global | 2 - USA (AC-101)", codes="AC-100, AC-101", copy=NEWER),
    row("Two", "GSM 900", codes="AC-200", at="2004"),
    row("Two", "GSM 900 / 1800", codes="AC-201", copy=NEWER),
    row("Three", "N/A"),
]


@settings(max_examples=25)
@given(order=st.permutations(range(len(SHEETS))), twice=st.sampled_from(range(len(SHEETS))))
def test_neither_order_nor_repetition_matters(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], twice: int
) -> None:
    """
    Rows in any order, one of them twice, give the same files.
    """
    folder = tmp_path_factory.mktemp("sheets")
    shuffled = imported(folder, *(SHEETS[n] for n in order), SHEETS[twice])
    assert shuffled.files == imported(folder, *SHEETS).files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013, March. Released 2013, April 26", "2013-03"),
        ("2005, Q4", "2005"),
        ("Not announced yet", None),
        ("", None),
    ],
)
def test_the_first_date_is_when_it_was_announced(text: str, expected: str | None) -> None:
    """
    As precise as the sheet is.
    """
    assert announced(text) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("ROW", "International"),
        ("for USA only", "USA"),
        ("EU, India", "Europe, India"),
        ("All versions", ""),
        ("Brazil", "Brazil"),
    ],
)
def test_markets_have_one_spelling(label: str, expected: str) -> None:
    """
    What sheets spell in several ways is one market; unknown ones stay as they are.
    """
    assert market(label) == expected


def test_ids_are_slugs() -> None:
    """
    Small letters, digits and hyphens; a plus is a word.
    """
    assert [slug(text) for text in ("Galaxy S10+", "Mi 4i (LTE)")] == ["galaxy-s10-plus", "mi-4i-lte"]


def test_rules_are_counted_per_sheet_not_per_phone(tmp_path: Path) -> None:
    """
    Two phones with one flaw count two.
    """
    found = imported(tmp_path, row("One", "GSM 900", "HSDPA"), row("Two", "GSM 900", "HSDPA"))
    assert found.rules == Counter({"bands-not-told-umts": 2})


def test_a_brand_with_very_many_phones_has_a_file_a_year(tmp_path: Path) -> None:
    """
    Those without a date stay in the brand's own; nothing is lost.
    """
    rows = [row(f"Rocket {n}", "GSM 900", at=str(2010 + n % 3) if n else "") for n in range(202)]
    found = imported(tmp_path, *rows)
    counts = {name: len(document["devices"]) for name, document in found.files.items() if "devices" in document}
    assert counts == {"acme.yaml": 1, "acme-2010.yaml": 67, "acme-2011.yaml": 67, "acme-2012.yaml": 67}
