from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.cli import main
from bandcheck.database.catalog import Catalog
from bandcheck.database.diff import GROUPS, Change, differences
from bandcheck.model.bands import BandSet, Rat

Document = dict[str, Any]


def by_id(catalog: Catalog, kind: str) -> dict[str, Document]:
    return {document["id"]: document for document in catalog.documents(kind)}


@pytest.fixture
def told(acme_copy: Path, catalog: Catalog) -> Callable[[], list[str]]:
    """
    Gives `group id: text` of each change between the made-up data and what their copy is now.
    """
    before = [by_id(catalog, kind) for kind in ("device", "carrier")]

    def changes() -> list[str]:
        new = Catalog.open(acme_copy)
        after = [by_id(new, kind) for kind in ("device", "carrier")]
        found = differences(before[0], after[0], before[1], after[1])
        return [f"{change.group} {change.id}: {change.text}" for change in found]

    return changes


ONE, TWO, THREE, PHONE = "devices/acme/one", "devices/acme/two", "devices/acme/three", "devices/zeta/phone"
ALPHA, BETA, GAMMA, VIRTUAL = "carriers/xx/alpha", "carriers/xx/beta", "carriers/yy/gamma", "carriers/xx/virtual"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # phones
        (ONE, "name: One\n", "name: Ones\n", ["phones_renamed acme/one: was Acme One"]),
        (ONE, "lte: [2, 4, 12]", "lte: [2, 4, 5, 12]", ["phone_bands acme/one: A1-100: LTE gained 5"]),
        (ONE, "umts: [1, 2, 8]", "umts: [2, 5]", ["phone_bands acme/one: A1-200: UMTS gained 5; lost 1, 8"]),
        (
            ONE,
            "      lte: [2, 4, 12]\n",
            "",
            ["phone_bands acme/one: A1-100: LTE no longer known (was 2, 4, 12)"],
        ),
        (
            ONE,
            "lte: [3, 7, 20]",
            "lte: {at_least: [3, 7]}",
            ["phone_bands acme/one: A1-200: LTE no longer certain 20; now possible any other"],
        ),
        (TWO, "  lte: [3, 7, 20]", "  lte: [3, 4, 7]", ["phone_bands acme/two: LTE now possible 4; ruled out 20"]),
        (
            THREE,
            "      lte: []",
            "      lte: []\n      cdma: {at_least: [BC0]}",
            ["phone_bands acme/three: A3: CDMA gained BC0; now possible any other"],
        ),
        (ONE, '"2017-06-01"', '"2017-07-01"', ["phone_bands acme/one: A1-200: what firmware changes in its bands"]),
        (ONE, "volte: false", "volte: true", ["phone_functions acme/one: VoLTE: yes (was no)"]),
        (
            PHONE,
            "volte_on: {xx/alpha: true}",
            "volte_on: {xx/alpha: false, xx/beta: true}",
            [
                "phone_functions zeta/phone: ZP-5: VoLTE on xx/alpha: no (was yes)",
                "phone_functions zeta/phone: ZP-5: VoLTE on xx/beta: yes (was not recorded)",
            ],
        ),
        (
            TWO,
            '  "20150102":\n    sources: [filings]\n',
            '  "20150109":\n    sources: [filings]\n',
            ["versions acme/two: added: 20150109", "versions acme/two: removed: 20150102"],
        ),
        (THREE, "A3:\n", "X3:\n    models: [A3]\n", ["details acme/three: A3: key"]),
        (
            THREE,
            "umts: [1, 2, 4]",
            "umts: {bands: [1, 2, 4], sources: [filings]}",
            ["details acme/three: A3: sources of bands"],
        ),
        (ONE, "aliases: [Uno, ", "aliases: [Um, ", ["details acme/one: aliases"]),
        # carriers
        (BETA, "name: Beta\n", "name: Betty\n", ["carriers_renamed xx/beta: was Beta"]),
        (
            ALPHA,
            "    - {band: 66,",
            '    - {band: 2, by: "2016", after: "2015", sources: [alpha-map]}\n    - {band: 66,',
            ["carrier_bands xx/alpha: LTE 2 added, by 2016 (not before 2015)"],
        ),
        (
            BETA,
            'band: 17, since: "2011-09-18",',
            'band: 17, since: "2011-09", until: "2030", announced: true,',
            ["carrier_bands xx/beta: LTE 17: since 2011-09 (was since 2011-09-18), announced to end 2030"],
        ),
        (
            BETA,
            'until: "2022-02-22", role: core',
            'until: "2022-03", role: coverage',
            ["carrier_bands xx/beta: UMTS 5: ended 2022-03 (was ended 2022-02-22), role coverage (was core)"],
        ),
        (BETA, ', until: "2017-01-01"', "", ["carrier_bands xx/beta: GSM 850: no end known (was ended 2017-01-01)"]),
        (BETA, "mfbi: [12]", "mfbi: []", ["carrier_bands xx/beta: LTE 17: mfbi none (was 12)"]),
        (
            GAMMA,
            "any_of: [12, 13, 17], prefer: 17,",
            "band: 12,",
            ["carrier_bands yy/gamma: LTE 12: was 12, 13 or 17"],
        ),
        (GAMMA, "  nr: []\n", "", ["carrier_bands yy/gamma: NR is no longer recorded"]),
        (GAMMA, "  nr: []\n", "  nr: []\n  gsm: []\n", ["carrier_bands yy/gamma: GSM is known to be none"]),
        (
            GAMMA,
            '    - {band: 3, by: "2015-11-20", seen: "2024-09-09", sources: [atlas]}\n',
            "",
            ["carrier_bands yy/gamma: LTE 3 removed (by 2015-11-20)"],
        ),
        (
            GAMMA,
            'band: 3, by: "2015-11-20", seen: "2024-09-09"',
            'band: 3, by: "2015-11-20", seen: "2026-01"',
            ["details yy/gamma: LTE 3: seen 2026-01"],
        ),
        (
            ALPHA,
            '{since: "2020-08-04"',
            '{since: "2020-08"',
            ["carrier_bands xx/alpha: SA 5G: since 2020-08 (was since 2020-08-04)"],
        ),
        (
            VIRTUAL,
            "brand: Dark}",
            "brand: Dusk}",
            [
                "hosts xx/virtual: added: xx/alpha as Light, xx/beta as Dusk as of 2026-01-15",
                "hosts xx/virtual: removed: xx/alpha as Light, xx/beta as Dark as of 2026-01-15",
            ],
        ),
        (
            BETA,
            "name: Phones without VoLTE\n    effect: refused",
            "name: Phones without VoLTE\n    effect: conditional",
            [
                "policies xx/beta: added: Phones without VoLTE (conditional, since 2022-02-22): "
                "Phones without VoLTE are not activated.",
                "policies xx/beta: removed: Phones without VoLTE (refused, since 2022-02-22): "
                "Phones without VoLTE are not activated.",
            ],
        ),
        (ALPHA, '"001-01", ', "", ["details xx/alpha: plmns"]),
    ],
)  # fmt: skip
def test_one_change_in_words(
    acme_copy: Path, told: Callable[[], list[str]], file: str, old: str, new: str, expected: list[str]
) -> None:
    """
    Each kind of change is told once, for the phone or carrier that it is about.
    """
    path = acme_copy / f"{file}.yaml"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))

    assert expected == told()


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ((0, 255), (3, 3), "GSM now known: 450, 480"),
        ((0, 255), (0, 0), "GSM now known: none"),
        ((0, 255), (0, 3), "GSM now known: at most 450, 480"),
        ((0, 255), (1, 3), "GSM now known: 450, possibly 480"),
        ((0, 255), (1, 255), "GSM now known: 450, possibly any other"),
        ((1, 3), (0, 255), "GSM no longer known (was 450, possibly 480)"),
        ((1, 3), (3, 3), "GSM gained 480"),
        ((1, 1), (2, 2), "GSM gained 480; lost 450"),
        ((0, 3), (0, 5), "GSM now possible 750; ruled out 480"),
        ((1, 255), (1, 3), "GSM ruled out all others"),
    ],
)
def test_what_is_known_of_bands(before: tuple[int, int], after: tuple[int, int], text: str) -> None:
    """
    A RAT that nobody had recorded gained no band: it is known now. Possible is not certain.
    """
    found = differences({"a/b": _phone(*before)}, {"a/b": _phone(*after)}, {}, {})

    assert [Change("phone_bands", "a/b", "A B", f"B: {text}")] == found


def test_versions_that_changed_alike_are_told_together(acme_copy: Path, told: Callable[[], list[str]]) -> None:
    """
    One line for all of them, without their numbers where it is every version.
    """
    path = acme_copy / "devices/acme/two.yaml"
    path.write_text(path.read_text().replace("gsm: [900, 1800, 1900]", "gsm: [900, 1800]"))

    assert ["phone_bands acme/two: 20150101, 20150102: GSM ruled out 1900"] == told()
    path.write_text(path.read_text().replace("umts: [1, 2, 8]", "umts: [1, 8]"))
    assert "phone_bands acme/two: UMTS ruled out 2" in told()


def test_what_firmware_changes_is_told_apart(acme_copy: Path, told: Callable[[], list[str]]) -> None:
    """
    A base that changed in one RAT, below a firmware that changes another, is no change of firmware.
    """
    path = acme_copy / "devices/acme/one.yaml"
    path.write_text(path.read_text().replace("bands: {lte: [3, 4, 7, 20]}", "bands: {lte: [3, 4, 20]}"))

    assert ["phone_bands acme/one: A1-200: what firmware changes in its bands"] == told()


def test_phones_and_carriers_come_and_go(acme_copy: Path, told: Callable[[], list[str]]) -> None:
    """
    A phone that has another id, by its model numbers, was renamed; others came or went.
    """
    devices, carriers = acme_copy / "devices", acme_copy / "carriers"
    (devices / "acme/one.yaml").rename(devices / "acme/uno.yaml")
    (devices / "acme/three.yaml").rename(devices / "acme/drei.yaml")
    (devices / "acme/drei.yaml").write_text("name: Drei\nbrand: Acme\nvariants: {D3: {sources: [filings]}}\n")
    (carriers / "yy/gamma.yaml").rename(carriers / "yy/delta.yaml")

    assert [
        "phones_added acme/drei: 1 version",
        "phones_removed acme/three: 1 version",
        "phones_renamed acme/uno: was acme/one",
        "carriers_added yy/delta: UMTS 8; LTE 3, 12, 13, 17",
        "carriers_removed yy/gamma: UMTS 8; LTE 3, 12, 13, 17",
    ] == [text for text in told() if not text.startswith("details")]


@given(low=st.integers(0, 255), high=st.integers(0, 255), new_low=st.integers(0, 255), new_high=st.integers(0, 255))
def test_something_is_said_if_and_only_if_something_changed(low: int, high: int, new_low: int, new_high: int) -> None:
    """
    Of a phone's GSM bands: equal knowledge gives no word, other knowledge at least one.
    """
    before, after = _phone(low & high, high), _phone(new_low & new_high, new_high)
    found = differences({"a/b": before}, {"a/b": after}, {}, {})

    assert (before != after) is bool(found)
    assert {"phone_bands"} >= {change.group for change in found}


def _phone(low: int, high: int) -> Document:
    variant = {
        "key": "B", "models": ["B"], "market": "", "states": [[None, f"{low:x}", f"{high:x}"]], "facts": {},
        "volte_on": {}, "volte": None, "nsa": None, "sa": None, "evdo": None, "mfbi": None,
    }  # fmt: skip
    return {"id": "a/b", "brand": "A", "name": "B", "variants": [variant]}


def test_the_order_is_that_of_the_groups(catalog: Catalog) -> None:
    """
    From nothing to something all is added, in the order of groups and ids.
    """
    found = differences({}, by_id(catalog, "device"), {}, by_id(catalog, "carrier"))

    assert found == sorted(found, key=lambda change: (list(GROUPS).index(change.group), change.id))
    assert 4 + 4 == len(found)
    assert Change("phones_added", "acme/one", "Acme One", "2 versions") == found[0]


def test_every_group_has_a_title(catalog: Catalog) -> None:
    """
    What is told has a head to stand under.
    """
    assert all(title[0].isupper() for title in GROUPS.values())


@pytest.fixture
def changed(acme_copy: Path) -> Path:
    """
    A copy of the made-up data with a band more in two places.
    """
    for file, old, new in ((ONE, "lte: [2, 4, 12]", "lte: [2, 4, 5, 12]"), (PHONE, "lte: [1, 2, 3,", "lte: [1, 3,")):
        path = acme_copy / f"{file}.yaml"
        path.write_text(path.read_text().replace(old, new))
    return acme_copy


def test_data_diff_as_text(acme: Path, changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Grouped, counted, cut where somebody says; a folder and an index compare.
    """
    assert main(["data", "diff", str(acme), str(changed), "--limit", "1"]) == 0
    assert (
        "Bands of phones (2)\n  Acme One (acme/one): A1-100: LTE gained 5\n  and 1 more (--limit 2 shows all)\n"
        == capsys.readouterr().out
    )


def test_data_diff_as_markdown(acme_index: Path, changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Release notes: a heading for each group, an item for each change.
    """
    assert main(["data", "diff", str(acme_index), str(changed), "-f", "markdown"]) == 0
    assert (
        "## Bands of phones (2)\n\n- **Acme One** (`acme/one`): A1-100: LTE gained 5\n"
        "- **Zeta Phone** (`zeta/phone`): ZP-5: LTE lost 2\n" == capsys.readouterr().out
    )


def test_data_diff_as_json(acme: Path, changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Counts of all, and the changes up to the limit.
    """
    assert main(["data", "diff", str(acme), str(changed), "-f", "json", "--limit", "1"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"phone_bands": 2} == answer["counts"]
    assert {"phone_bands": [{"id": "acme/one", "name": "Acme One", "text": "A1-100: LTE gained 5"}]} == answer[
        "changes"
    ]
    assert ("bandcheck.diff/1", str(acme)) == (answer["schema"], answer["old"]["path"])
    assert answer["old"]["data_version"] != answer["new"]["data_version"]


def test_the_same_data_has_no_change(acme: Path, acme_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A folder and the index made of it are the same; exit 0.
    """
    assert main(["data", "diff", str(acme), str(acme_index)]) == 0
    assert "no change (the same data)\n" == capsys.readouterr().out
    assert main(["data", "diff", str(acme), str(acme_index), "-f", "json"]) == 0
    assert {} == json.loads(capsys.readouterr().out)["counts"]


def test_a_source_that_reads_otherwise_is_no_change(
    acme: Path, acme_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    No fact about a phone or a carrier is another, and it says so.
    """
    path = acme_copy / "sources.yaml"
    path.write_text(path.read_text().replace("Register of radio equipment", "Register of equipment"))
    assert main(["data", "diff", str(acme), str(acme_copy)]) == 0
    assert "no change (only sources or the spectrum tables differ)\n" == capsys.readouterr().out


@pytest.mark.parametrize("bad", ["missing.sqlite", "folder", "garbage.sqlite"])
def test_what_cannot_be_compared(acme: Path, tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A path that is no index and no data folder: one clear message, exit 2.
    """
    (tmp_path / "folder").mkdir()
    (tmp_path / "garbage.sqlite").write_text("x")
    for pair in ([str(acme), str(tmp_path / bad)], [str(tmp_path / bad), str(acme)]):
        assert main(["data", "diff", *pair]) == 2
        said = capsys.readouterr()
        assert (said.out, said.err.startswith("bandcheck: ")) == ("", True)


def test_bands_of_one_rat_alone() -> None:
    """
    A change in LTE is none in UMTS.
    """
    low = BandSet.from_numbers(Rat.UMTS, [1]).mask
    more = low | BandSet.from_numbers(Rat.LTE, [1]).mask
    found = differences({"a/b": _phone(low, low)}, {"a/b": _phone(more, more)}, {}, {})

    assert ["B: LTE gained 1"] == [change.text for change in found]
