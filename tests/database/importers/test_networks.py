from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.database.files.fmt import written
from bandcheck.database.importers.frame import Imported, Known, KnownCarrier
from bandcheck.database.importers.networks import IMPORTER, RULES, read
from bandcheck.errors import DataError
from bandcheck.model.bands import RATS
from network_rows import ALWAYS, CLOCK, FIRST, LAST, SECOND, THIRD, history, network

HELD = KnownCarrier("yy/alpha", "Alpha", "network", ("Aleph",), ("999-01",), "yy", ("bands",))
SELLER = KnownCarrier("yy/seller", "Seller", "mvno", (), (), "yy", ("bands",))


def imported(folder: Path, *rows: dict[str, Any] | str, known: Known | None = None) -> Imported:
    return read([history(folder, *rows, CLOCK)], known or Known())


def carriers(found: Imported) -> dict[str, Any]:
    """
    Every carrier that was found but the clock.
    """
    every = [file.get("carriers", {}) for file in found.files.values()]
    return {i: record for some in every for i, record in some.items() if i != "yy/clock"}


def plan_of(folder: Path, **row: Any) -> dict[str, list[dict[str, Any]]]:
    """
    The plan of the only carrier of a row, without its sources.
    """
    (record,) = carriers(imported(folder, network(**row))).values()
    return {rat: [{k: v for k, v in d.items() if k != "sources"} for d in plan] for rat, plan in record["plan"].items()}


def known(*some: KnownCarrier) -> Known:
    return Known({carrier.id: carrier for carrier in some})


class TestPlan:
    def test_a_band_is_live_by_its_first_sighting_and_seen_until_its_last(self, tmp_path: Path) -> None:
        """
        The first snapshot that lists it is no launch date.
        """
        plan = plan_of(tmp_path, tokens={"LTE 1800": [SECOND, LAST]})

        assert {"lte": [{"band": 3, "by": SECOND, "seen": LAST}]} == plan

    def test_a_band_that_vanishes_from_a_row_is_no_longer_listed(self, tmp_path: Path) -> None:
        """
        The snapshot that lacks it says so; nobody says that it is off.
        """
        plan = plan_of(tmp_path, tokens={"LTE 1800": [FIRST, SECOND], "GSM 900": ALWAYS})

        assert [{"band": 3, "by": FIRST, "seen": SECOND, "unlisted": THIRD}] == plan["lte"]

    def test_an_ambiguous_token_stays_so(self, tmp_path: Path) -> None:
        """
        With the conventional band where there is one; a remark that lists the bands narrows it.
        """
        tokens = {"LTE 450": ALWAYS, "TD-LTE 2600": ALWAYS}
        open_ = plan_of(tmp_path, tokens=tokens)
        narrowed = plan_of(tmp_path, tokens=tokens, notes="LTE bands 31 / 72, 41")

        assert [([38, 41], None), ([31, 72, 73], 31)] == [(d["any_of"], d.get("prefer")) for d in open_["lte"]]
        assert [(41, None), (None, [31, 72])] == [(d.get("band"), d.get("any_of")) for d in narrowed["lte"]]

    def test_a_token_without_a_frequency_counts_where_no_other_of_its_rat_does(self, tmp_path: Path) -> None:
        """
        `LTE` says that some band is live; beside `LTE 800` it says nothing.
        """
        plan = plan_of(tmp_path, tokens={"LTE": ALWAYS, "LTE 800": [SECOND, LAST], "5G": ALWAYS})

        assert [20] == [d["band"] for d in plan["lte"]]
        assert ["unknown"] == [d["band"] for d in plan["nr"]]

    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ([[FIRST, "Operational"]], {"by": FIRST, "seen": LAST}),
            ([[FIRST, "Unknown"]], {"by": FIRST, "unlisted": FIRST}),
            ([[FIRST, "Not operational"]], {"by": FIRST, "until": FIRST}),
            (
                [[FIRST, "Operational"], [THIRD, "Not operational"]],
                {"by": FIRST, "seen": SECOND, "unlisted": THIRD},  # the end is all RATs'
            ),
            ([[FIRST, "Unknown"], [SECOND, "Operational"]], {"by": SECOND, "seen": LAST}),
            ([[FIRST, "Operational"], [SECOND, "Not operational"], [LAST, "Operational"]], {"by": FIRST, "seen": LAST}),
        ],
    )
    def test_what_the_list_called_the_network_counts(
        self, tmp_path: Path, status: list[list[str]], expected: dict[str, str]
    ) -> None:
        """
        Certain only while it was called operational; off from the snapshot that says so.
        """
        assert {"gsm": [{"band": 900, **expected}]} == plan_of(tmp_path, status=status)

    @pytest.mark.parametrize(
        ("row", "until"),
        [
            ({"status": [[FIRST, "Operational"], [THIRD, "Not operational"]]}, THIRD),
            ({"status": [[FIRST, "Not operational"]], "notes": "Shut down in 2012"}, "2012"),
            ({"notes": "Former Beta; network shut down 5 Mar 2019"}, "2019-03-05"),
        ],
    )
    def test_a_network_that_is_off_runs_nothing(self, tmp_path: Path, row: dict[str, Any], until: str) -> None:
        """
        RATs that nobody listed are off as well; unless another row of its brand goes on, with bands or without.
        """
        off = network(**row)
        alone = carriers(imported(tmp_path, off))["yy/brand-01"]
        beside = network("999-02", brand="Brand 01", tokens={"Unknown": ALWAYS})
        going_on = carriers(imported(tmp_path, off, beside))["yy/brand-01"]

        assert {rat.value: {"until": until, "sources": ["wp-mnc"]} for rat in RATS} == alone["rats"]
        assert "rats" not in going_on
        assert [until] == [d["until"] for d in going_on["plan"]["gsm"]]

    @pytest.mark.parametrize("word", ["Reserved", "Allocated", "Test Network"])
    def test_a_number_that_is_not_used_is_no_network(self, tmp_path: Path, word: str) -> None:
        """
        What is listed under a spare number is somebody's plan or another number's network.
        """
        assert {} == carriers(imported(tmp_path, network(status=[[FIRST, word]])))

    def test_a_dated_shutdown_is_the_rats_end(self, tmp_path: Path) -> None:
        """
        The remark beats the list, which is slow to forget; the band's own last sighting before it stays.
        """
        tokens = {"UMTS 2100": ALWAYS, "UMTS 900": [FIRST, SECOND], "GSM 900": ALWAYS}
        found = imported(tmp_path, network(tokens=tokens, notes="Former Beta; UMTS shut down Jun 2021"))
        (record,) = carriers(found).values()

        assert {"umts": {"until": "2021-06", "sources": ["wp-mnc"]}} == record["rats"]
        assert [
            {"band": 1, "by": FIRST, "sources": ["wp-mnc"]},
            {"band": 8, "by": FIRST, "seen": SECOND, "unlisted": THIRD, "sources": ["wp-mnc"]},
        ] == record["plan"]["umts"]
        assert (1, 1) == (found.rules["end-from-remark"], found.rules["listed-after-its-end"])

    def test_one_bands_shutdown_is_its_own(self, tmp_path: Path) -> None:
        """
        The other bands of its RAT go on.
        """
        plan = plan_of(
            tmp_path, tokens={"UMTS 2100": [FIRST, SECOND], "UMTS 900": ALWAYS}, notes="UMTS 2100 closed 2019"
        )

        assert [(1, "2019"), (8, None)] == [(d["band"], d.get("until")) for d in plan["umts"]]

    def test_a_planned_shutdown_is_announced(self, tmp_path: Path) -> None:
        """
        One after the last snapshot is to come; one that the list outlived leaves the band possible.
        """
        (later,) = carriers(imported(tmp_path, network(notes="GSM to shut down 2030"))).values()
        (past,) = carriers(imported(tmp_path, network(notes="GSM to shut down 2020"))).values()

        assert {"gsm": {"until": "2030", "announced": True, "sources": ["wp-mnc"]}} == later["rats"]
        assert "rats" not in past
        assert [{"band": 900, "by": FIRST, "unlisted": "2020", "sources": ["wp-mnc"]}] == past["plan"]["gsm"]


class TestCarriers:
    def test_rows_of_one_brand_and_operator_are_one_carrier(self, tmp_path: Path) -> None:
        """
        Live while it is on any of them; in another country it is another carrier.
        """
        same = {"brand": "Gamma", "operator": "Gamma Ltd."}
        found = imported(
            tmp_path,
            network("999-01", **same, tokens={"LTE 800": [FIRST, SECOND], "GSM 900": ALWAYS}),
            network("999-02", **{**same, "operator": "Gamma Limited"}, tokens={"LTE 800": [SECOND, LAST]}),
            network("998-01", **same, cc="ZZ", country="Zland"),
        )

        assert {"yy/gamma": ["999-01", "999-02"], "zz/gamma": ["998-01"]} == {
            i: record["plmns"] for i, record in carriers(found).items()
        }
        assert [{"band": 20, "by": FIRST, "seen": LAST, "sources": ["wp-mnc"]}] == carriers(found)["yy/gamma"]["plan"][
            "lte"
        ]
        assert {"Gamma Yland", "Gamma Zland"} == {record["name"] for record in carriers(found).values()}
        assert 1 == found.rules["one-operator"]

    def test_two_operators_of_one_brand_are_told_apart(self, tmp_path: Path) -> None:
        """
        By id and by name.
        """
        found = imported(
            tmp_path,
            network("999-01", brand="Gamma", operator="Northern Aerials"),
            network("999-02", brand="Gamma", operator="Southern Cables"),
        )

        assert {"yy/gamma": "Gamma", "yy/gamma-southern-cables": "Gamma (Southern Cables)"} == {
            i: record["name"] for i, record in carriers(found).items()
        }

    @pytest.mark.parametrize(
        "lesser",
        [
            pytest.param({}, id="less"),
            pytest.param({"tokens": {f"LTE {mhz}": [FIRST, THIRD] for mhz in (800, 900, 1800)}}, id="past"),
            pytest.param(
                {
                    "tokens": {f"LTE {mhz}": ALWAYS for mhz in (800, 900, 1800)},
                    "status": [[FIRST, "Operational"], [THIRD, "Not operational"]],
                },
                id="off",
            ),
        ],
    )
    def test_a_brand_means_the_carrier_of_it_that_runs_most(self, tmp_path: Path, lesser: dict[str, Any]) -> None:
        """
        Whichever has the lower PLMN: not the one with less on the air, nor one that is switched off. With the country,
        where another country has the brand too.
        """
        found = imported(
            tmp_path,
            network("999-01", brand="Gamma", operator="Northern Aerials", **lesser),
            network("999-02", brand="Gamma", operator="Southern (Cables)", tokens={"GSM 900": ALWAYS, "LTE": ALWAYS}),
            network("998-01", brand="Gamma", cc="ZZ", country="Zland"),
        )

        assert {
            "yy/gamma": ("Gamma Yland", ["Southern (Cables)", "Southern"]),
            "yy/gamma-northern-aerials": ("Gamma (Northern Aerials)", ["Northern Aerials"]),
            "zz/gamma": ("Gamma Zland", ["Operator 01"]),
        } == {i: (record["name"], record["aliases"]) for i, record in carriers(found).items()}

    def test_a_further_source_may_join_them(self, tmp_path: Path) -> None:
        """
        Android's list takes both PLMNs for one carrier, and the brand is one.
        """
        rows = [
            network("999-01", brand="Gamma", operator="Northern Aerials"),
            network("999-02", brand="Gamma", operator="Southern Cables"),
            network("999-03", brand="Delta"),
        ]
        tuples = "".join(f'mccmnc_tuple: "9990{n}" ' for n in (1, 2, 3))
        android = tmp_path / "list.textpb"
        android.write_text(f'carrier_id {{ canonical_id: 1 carrier_name: "Gamma" carrier_attribute {{ {tuples} }} }}\n')
        found = read([history(tmp_path, *rows, CLOCK), android], Known())

        assert {"yy/delta": ["999-03"], "yy/gamma": ["999-01", "999-02"]} == {
            i: record["plmns"] for i, record in carriers(found).items()
        }

    def test_what_was_one_carrier_stays_one(self, tmp_path: Path) -> None:
        """
        A second import of the same rows does not need the further source again.
        """
        before = KnownCarrier("yy/gamma", "Gamma", "network", (), ("999-01", "999-02"), "yy", ("imported/networks",))
        found = imported(
            tmp_path,
            network("999-01", brand="Gamma", operator="Northern Aerials"),
            network("999-02", brand="Gamma", operator="Southern Cables"),
            known=Known(before={"yy/gamma": before}),
        )

        assert {"yy/gamma": ["999-01", "999-02"]} == {i: record["plmns"] for i, record in carriers(found).items()}

    @pytest.mark.parametrize(
        "row",
        [
            pytest.param({"brand": "Other"}, id="PLMN"),
            pytest.param({"plmn": "999-07", "brand": "Aleph"}, id="alias"),
            pytest.param({"plmn": "999-07", "brand": None, "operator": "ALPHA"}, id="operator"),
        ],
    )
    def test_a_carrier_that_people_wrote_keeps_its_id_and_name(self, tmp_path: Path, row: dict[str, Any]) -> None:
        """
        Met by PLMN, or by name in its country.
        """
        (found,) = carriers(imported(tmp_path, network(**row), known=known(HELD))).items()

        assert ("yy/alpha", "Alpha") == (found[0], found[1]["name"])

    def test_a_name_of_another_carrier_is_not_taken(self, tmp_path: Path) -> None:
        """
        The brand of a network abroad gets its country; an operator's name that is known elsewhere is no alias.
        """
        row = network("998-01", cc="ZZ", country="Zland", brand="Alpha", operator="Aleph")
        (found,) = carriers(imported(tmp_path, row, known=known(HELD))).items()

        assert ("zz/alpha", "Alpha Zland", None) == (found[0], found[1]["name"], found[1].get("aliases"))

    def test_an_id_stays_when_the_brand_changes(self, tmp_path: Path) -> None:
        """
        The carrier that had the PLMN at the last import has it still.
        """
        before = KnownCarrier("yy/old", "Old", "network", (), ("999-01",), "yy", ("imported/networks",))
        found = imported(tmp_path, network(brand="New"), known=Known(before={"yy/old": before}))

        assert {"yy/old": "New"} == {i: record["name"] for i, record in carriers(found).items()}

    def test_a_network_of_several_territories_has_its_plmn_in_one(self, tmp_path: Path) -> None:
        """
        A look-up of the number has one answer; a remark that names a territory leaves out the others.
        """
        found = carriers(
            imported(
                tmp_path,
                network("362-01", cc="BQ/CW/SX", country="Isles", brand="Isle"),
                network("362-02", cc="BQ/CW/SX", country="Isles", brand="Point", notes="Sint Maarten"),
            )
        )

        assert {"bq/isle": None, "cw/isle": ["362-01"], "sx/isle": None, "sx/point": ["362-02"]} == {
            i: record.get("plmns") for i, record in found.items()
        }

    def test_regional_licences_stay_apart(self, tmp_path: Path) -> None:
        """
        Where the list writes the region for the operator, each has bands of its own.
        """
        rows = [network(f"404-0{n}", cc="IN", brand="Gamma", operator=circle) for n, circle in ((1, "Up"), (2, "Down"))]

        assert {"in/gamma-down": "Gamma Down", "in/gamma-up": "Gamma Up"} == {
            i: record["name"] for i, record in carriers(imported(tmp_path, *rows)).items()
        }


class TestCleaning:
    @pytest.mark.parametrize(
        ("rule", "row"),
        [
            ("test", {"notes": "Test network"}),
            ("test", {"operator": "private networks"}),
            ("test", {"notes": "Private LTE networks"}),
            ("test", {"operator": "Y Rail Limited"}),
            ("resale", {"tokens": {"MVNO": ALWAYS}}),
            ("resale", {"brand": "Seller"}),
            ("seen-once", {"first_listed": SECOND, "last_listed": SECOND, "tokens": {"GSM 900": [SECOND, SECOND]}}),
        ],
    )
    def test_a_row_that_is_no_phones_network_is_left_out(self, tmp_path: Path, rule: str, row: dict[str, Any]) -> None:
        """
        Counted under its rule, and named with its number.
        """
        found = imported(tmp_path, network("999-02"), network(**row), known=known(SELLER))

        assert ["yy/brand-02"] == list(carriers(found))
        assert [(2, f"rule {rule}")] == [(refused.row, refused.why) for refused in found.refused]
        assert 1 == found.rules[rule]

    @pytest.mark.parametrize(
        ("rule", "token"),
        [("not-for-phones", "GSM-R 900"), ("not-for-phones", "WiMAX 2600"), ("no-rat", "1800"), ("no-rat", "Unknown")],
    )
    def test_a_token_that_says_nothing_is_left_out(self, tmp_path: Path, rule: str, token: str) -> None:
        """
        The row's others are taken.
        """
        found = imported(tmp_path, network(tokens={token: ALWAYS, "GSM 900": ALWAYS}))

        assert [900] == [d["band"] for plan in carriers(found)["yy/brand-01"]["plan"].values() for d in plan]
        assert 1 == found.rules[rule]

    def test_a_token_that_one_snapshot_listed_is_a_slip(self, tmp_path: Path) -> None:
        """
        Unless it is the newest.
        """
        plan = plan_of(tmp_path, tokens={"LTE 800": [THIRD, THIRD], "LTE 700": [LAST, LAST]})

        assert [28] == [d["band"] for d in plan["lte"]]

    def test_every_rule_has_its_sentence(self) -> None:
        """
        `data stats` prints it.
        """
        assert dict(IMPORTER.rules) == RULES
        assert all(sentence.endswith(".") for sentence in RULES.values())


BAD_ROWS = {
    "cut off": '{"mcc": "999", "mnc"',
    "no object": "[1, 2]",
    "no text": "\udcff\ufffd",
    "unknown key": network() | {"colour": "red"},
    "missing key": {"mcc": "999", "mnc": "01"},
    "mcc": network("99-01"),
    "mnc of several": network("999-01, 02"),
    "arabic digits": network("٩٩٩-٠١"),
    "tokens": network(tokens=["GSM 900"]),
    "10,000 tokens": network(tokens={f"LTE {n}": ALWAYS for n in range(10_000)}),
    "token's days": network(tokens={"GSM 900": [FIRST]}),
    "no such day": network(tokens={"GSM 900": ["2016-02-30", LAST]}),
    "ends before it begins": network(tokens={"GSM 900": [LAST, FIRST]}),
    "status": network(status=[["2016", "Operational"]]),
    "brand": network(brand=5),
    "cc": network(cc="4Y"),
}


class TestBadInput:
    @pytest.mark.parametrize("row", BAD_ROWS.values(), ids=BAD_ROWS)
    def test_a_bad_row_is_named_and_the_others_go_on(self, tmp_path: Path, row: dict[str, Any] | str) -> None:
        """
        With its number and what was expected.
        """
        path = tmp_path / "history.jsonl"
        history(tmp_path, network("999-02"), "BAD", CLOCK)
        text = path.read_text(encoding="utf-8").encode()
        bad = (
            history(tmp_path, row, name="bad.jsonl").read_bytes()
            if isinstance(row, dict)
            else row.encode("utf-8", "replace")
        )
        path.write_bytes(text.replace(b"BAD", bad.strip() or b"{"))
        found = read([path], Known())

        assert ["yy/brand-02"] == list(carriers(found))
        assert [2] == [refused.row for refused in found.refused]
        assert all(len(refused.came) <= 80 and refused.why for refused in found.refused)
        assert (3, 2) == (found.read, found.taken)

    @pytest.mark.parametrize(
        "content",
        [b"", b"{}\n", b"name,bands\nOne,3\n", b"\x00\x01" * 600, "mcc".encode("utf-16"), b"\xff\xfe\xfd" * 400],
    )
    def test_another_file_altogether_is_one_clear_error(self, tmp_path: Path, content: bytes) -> None:
        """
        With the file and what it should be.
        """
        path = tmp_path / "other"
        path.write_bytes(content)

        with pytest.raises(DataError) as caught:
            read([path], Known())
        assert [str(path)] == [problem.file for problem in caught.value.problems]
        assert "JSON object a line" in str(caught.value)

    def test_a_missing_file_is_one_clear_error(self, tmp_path: Path) -> None:
        """
        As any file that cannot be read.
        """
        with pytest.raises(DataError, match="cannot be read: No such file"):
            read([tmp_path / "none"], Known())


_TOKENS = st.sampled_from(
    ["GSM 900", "GSM", "UMTS 2100", "UTMS 2100", "LTE 700", "LTE", "5G 2600", "MVNO", "1800", "CDMA 850"]
)
_DAYS = st.sampled_from([FIRST, SECOND, THIRD, LAST])
_WORDS = st.sampled_from(["Operational", "Not operational", "Unknown", "Reserved"])
_NOTES = st.sampled_from([None, "UMTS shut down Jun 2021", "Shut down in 2019", "GSM to shut down 2020", "LTE band 28"])


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """
    Rows of few brands, so that they meet.
    """
    tokens = {
        t: sorted([draw(_DAYS), draw(_DAYS)]) for t in draw(st.lists(_TOKENS, min_size=1, max_size=5, unique=True))
    }
    return network(
        f"{draw(st.sampled_from(['998', '999', '310', '404']))}-0{draw(st.integers(1, 4))}",
        cc=draw(st.sampled_from(["YY", "ZZ", "IN", "BQ/CW/SX", None])),
        brand=draw(st.sampled_from(["Gamma", "Delta", "Alpha", None])),
        operator=draw(st.sampled_from(["Gamma Ltd.", "North", "South", None])),
        tokens=tokens,
        status=[[day, draw(_WORDS)] for day in sorted(draw(st.sets(_DAYS, min_size=1, max_size=3)))],
        notes=draw(_NOTES),
    )


@settings(max_examples=40)
@given(some=st.lists(rows(), max_size=8), seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, some: list[dict[str, Any]], seed: random.Random
) -> None:
    """
    Re-ordered input gives the same files, byte for byte; and once more with what it gave before.
    """
    folder = tmp_path_factory.mktemp("order")
    world = known(HELD, SELLER)
    first = imported(folder, *some, known=world)
    shuffled = [*some]
    seed.shuffle(shuffled)
    again = imported(folder, *shuffled, known=world)
    before = {
        i: KnownCarrier(i, r["name"], "network", (), tuple(r.get("plmns", ())), i[:2], ("imported/networks",))
        for file in first.files.values()
        for i, r in file.get("carriers", {}).items()
    }
    third = imported(folder, *shuffled, known=Known(world.carriers, before=before))

    texts = [{name: written(document) for name, document in one.files.items()} for one in (first, again, third)]
    assert texts[0] == texts[1] == texts[2]
    assert first.rules == again.rules
