from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.database.files.fmt import written
from bandcheck.database.importers.aosp import IMPORTER, RULES, read
from bandcheck.database.importers.aosp.identities import plmn_sets
from bandcheck.database.importers.frame import Imported, Known, KnownCarrier
from bandcheck.errors import DataError


def carrier(
    carrier_id: str, name: str, *plmns: str, kind: str = "network", aliases: tuple[str, ...] = ()
) -> KnownCarrier:
    return KnownCarrier(carrier_id, name, kind, aliases, plmns, carrier_id[:2], ("imported/networks",))


WORLD = [
    carrier("yy/alpha", "Alpha Wireless", "999-01", aliases=("Alpha",)),
    carrier("yy/beta", "Beta Yland", "999-02"),
    carrier("zz/beta", "Beta Zland", "998-01"),
    carrier("yy/old-seller", "Old Seller", kind="mvno"),
]


def identity(number: int, name: str, *attributes: str, more: str = "") -> str:
    """
    An entry of the list; an attribute is `99901` or `99901 gid1=01`.
    """
    written_out = []
    for attribute in attributes:
        lines = []
        for word in attribute.split():
            key, _, value = word.partition("=") if "=" in word else ("mccmnc_tuple", "", word)
            lines.append(f'    {key}: "{value}"')
        written_out.append("  carrier_attribute {\n" + "\n".join(lines) + "\n  }")
    body = "\n".join(
        [f"  canonical_id: {number}", f'  carrier_name: "{name}"', *written_out, *([more] if more else [])]
    )
    return f"carrier_id {{\n{body}\n}}\n"


ALPHA = identity(1, "Alpha", "99901", "99901 gid1=01")


def imported(folder: Path, *entries: str, world: list[KnownCarrier] | None = None) -> Imported:
    path = folder / "list.textpb"
    path.write_text("".join(entries) + "version: 7\n", encoding="utf-8")
    return read([path], Known({c.id: c for c in WORLD if world is None} | {c.id: c for c in world or ()}))


def carriers(found: Imported) -> dict[str, Any]:
    return {i: record for file in found.files.values() for i, record in file.get("carriers", {}).items()}


class TestNetworks:
    def test_plmns_of_one_identity_go_to_the_network_that_owns_the_others(self, tmp_path: Path) -> None:
        """
        One that is another network's, of another length than its country's, or told by more than the PLMN does not.
        """
        found = imported(tmp_path, identity(1, "Alpha", "99901 99903 99902 999011", "99904 gid1=01"))

        assert {"yy/alpha": ["999-03"]} == {i: record["plmns"] for i, record in carriers(found).items()}

    def test_another_way_to_write_a_name_is_an_alias(self, tmp_path: Path) -> None:
        """
        Without its legal form; the name of the PLMN's former owner is none.
        """
        found = imported(tmp_path, identity(1, "Alpha Phones Ltd.", "99901"), identity(2, "Former Owner", "99902"))

        assert {"yy/alpha": ["Alpha Phones"]} == {i: record["aliases"] for i, record in carriers(found).items()}
        assert ["rule nothing-new"] == [refused.why for refused in found.refused]

    def test_a_brand_of_several_networks_is_nobodys_alias(self, tmp_path: Path) -> None:
        """
        `Beta` is in two countries: neither may answer to it.
        """
        found = imported(tmp_path, identity(1, "Beta", "99902"))

        assert {} == carriers(found)
        assert 1 == found.rules["name-taken"]

    def test_no_network_is_invented(self, tmp_path: Path) -> None:
        """
        An identity whose PLMNs nobody owns has no bands.
        """
        found = imported(tmp_path, identity(1, "Unheard", "99907"))

        assert ({}, 1) == (carriers(found), found.rules["no-network"])


class TestSellers:
    def test_an_identity_on_anothers_plmn_is_a_virtual_operator(self, tmp_path: Path) -> None:
        """
        Where the network has an identity of its own; the statement may leave out hosts, and there is no PLMN.
        """
        found = imported(tmp_path, ALPHA, identity(2, "Thrifty", "99901 spn=Thrifty"))
        hosts = [{"as_of": "2025-03-14", "partial": True, "networks": ["yy/alpha"], "sources": ["aosp-carriers"]}]

        assert {"yy/thrifty": {"name": "Thrifty", "kind": "mvno", "hosts": hosts}} == carriers(found)

    @pytest.mark.parametrize(
        ("rule", "entry"),
        [
            ("not-told-apart", identity(2, "Thrifty", "99902 spn=Thrifty")),
            ("not-told-apart", identity(2, "Alpha Prepaid", "99901 gid1=02")),
            ("known-virtual", identity(2, "Old Seller", "99901 gid1=02")),
            ("several-countries", identity(2, "Rover", "99901 gid1=02", "99801 gid1=02")),
            ("part", identity(2, "Thrifty", "99901 gid1=02", more="  parent_canonical_id: 1")),
            ("not-for-phones", identity(2, "Thrifty IoT", "99901 gid1=02")),
            ("name-taken", identity(2, "Beta", "99901 gid1=02")),
        ],
    )
    def test_what_is_not_certainly_one_is_left_out(self, tmp_path: Path, rule: str, entry: str) -> None:
        """
        Each under its rule: a network that is not told from the seller, a part of it, a SIM for machines.
        """
        found = imported(tmp_path, ALPHA, entry)

        assert {} == carriers(found)
        assert f"rule {rule}" in [refused.why for refused in found.refused if refused.row == 2]
        assert 1 == found.rules[rule]


BAD = {
    "cut off": 'carrier_id {\n  canonical_id: 2\n  carrier_name: "Cut\n',
    "not closed": 'carrier_id {\n  canonical_id: 2\n  carrier_name: "Open"\n',
    "closed twice": 'carrier_id {\n  canonical_id: 2\n  carrier_name: "Twice"\n}}\n',
    "no number": 'carrier_id {\n  carrier_name: "None"\n}\n',
    "no name": "carrier_id {\n  canonical_id: 2\n}\n",
    "unknown key": 'carrier_id {\n  canonical_id: 2\n  carrier_name: "Blue"\n  colour: "blue"\n}\n',
    "unknown attribute": identity(2, "Blue", "99901 colour=blue"),
    "letters": identity(2, "Letters", "9990a"),
    "10,000 PLMNs": identity(2, "Many", " ".join(str(n) for n in range(10_000, 20_000))),
    "same number": identity(1, "Again", "99902"),
    "garbled": 'carrier_id {\n  canonical_id: 2\n  carrier_name: "Gar\ufffdbled"\n}\n',
    "deep": "carrier_id {" * 50 + "}" * 50 + "\n",
}


class TestBadInput:
    @pytest.mark.parametrize("entry", BAD.values(), ids=BAD)
    def test_a_bad_entry_is_named_and_the_others_go_on(self, tmp_path: Path, entry: str) -> None:
        """
        With its number.
        """
        good = identity(9, "Thrifty", "99901 spn=Thrifty")
        found = imported(tmp_path, ALPHA, entry, good)

        assert ["yy/thrifty"] == list(carriers(found))
        bad = [refused for refused in found.refused if "rule" not in refused.why]
        assert {2} == {refused.row for refused in bad}
        assert found.read == found.taken + len(found.refused)

    @pytest.mark.parametrize("content", [b"", b"carriers: 3\n", b'{"a": 1}', b"\x00" * 2000])
    def test_another_file_altogether_is_one_clear_error(self, tmp_path: Path, content: bytes) -> None:
        """
        With the file and what it should be.
        """
        path = tmp_path / "other"
        path.write_bytes(content)

        with pytest.raises(DataError, match="Android's list") as caught:
            read([path], Known())
        assert [str(path)] == [problem.file for problem in caught.value.problems]


def test_sets_of_plmns_are_what_needs_nothing_else(tmp_path: Path) -> None:
    """
    As evidence of one operator.
    """
    path = tmp_path / "list.textpb"
    path.write_text(identity(1, "Alpha", "99901 99902", "99903 gid1=01") + identity(2, "Beta", "99904"))

    assert [frozenset({"999-01", "999-02"})] == plmn_sets(path)


def test_every_rule_has_its_sentence() -> None:
    """
    `data stats` prints it.
    """
    assert dict(IMPORTER.rules) == RULES
    assert all(sentence.endswith(".") for sentence in RULES.values())


_ATTRIBUTES = st.lists(
    st.sampled_from(["99901", "99902 99903", "99801", "99901 gid1=02", "99902 spn=Thrifty", "99905"]),
    min_size=1,
    max_size=3,
)
_NAMES = st.sampled_from(["Alpha", "Beta", "Thrifty", "Alpha Phones", "Rover", "Beta - Yland"])


@settings(max_examples=50)
@given(
    some=st.lists(st.tuples(st.integers(1, 99), _NAMES, _ATTRIBUTES), max_size=7, unique_by=lambda entry: entry[0]),
    seed=st.randoms(use_true_random=False),
)
def test_the_order_of_entries_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, some: list[tuple[int, str, list[str]]], seed: random.Random
) -> None:
    """
    Re-ordered input gives the same files, byte for byte.
    """
    folder = tmp_path_factory.mktemp("order")
    entries = [ALPHA.replace("canonical_id: 1", "canonical_id: 100"), *(identity(n, name, *a) for n, name, a in some)]
    first = imported(folder, *entries)
    seed.shuffle(entries)
    again = imported(folder, *entries)

    assert [written(d) for d in first.files.values()] == [written(d) for d in again.files.values()]
    assert first.rules == again.rules
