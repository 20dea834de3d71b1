from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.database.compile import check_folder
from bandcheck.database.files.fmt import formatted, written
from bandcheck.database.files.tree import read_tree
from bandcheck.database.files.yamlfile import read_text
from bandcheck.database.importers import frame, store
from bandcheck.database.importers.frame import ORDER, Imported, Importer, Known, importer
from bandcheck.database.importers.store import work_out
from bandcheck.errors import DataError, Problem
from toy_importer import carrier, digest, done, toy


class TestImport:
    def test_it_writes_its_folder_and_nothing_else(self, acme_copy: Path) -> None:
        """
        One file a country, the sources, and a summary; hand-made files are as they were.
        """
        others = {p: p.read_bytes() for p in acme_copy.rglob("*.yaml")}
        result = done(work_out(toy({"xx/delta": carrier(), "yy/eps": carrier("Eps")}), [], acme_copy))
        folder = acme_copy / "imported/networks"

        assert (["xx/delta", "yy/eps"], [], []) == (result.added, result.changed, result.removed)
        assert ["sources.yaml", "summary.yaml", "xx.yaml", "yy.yaml"] == sorted(p.name for p in folder.iterdir())
        assert others == {p: p.read_bytes() for p in acme_copy.rglob("*.yaml") if folder not in p.parents}
        assert ["networks"] == [p.name for p in folder.parent.iterdir()]
        assert [] == check_folder(acme_copy).problems

    def test_its_files_are_in_their_one_form(self, acme_copy: Path) -> None:
        """
        `data fmt` would change nothing.
        """
        done(work_out(toy({"xx/delta": carrier(aliases=["A: b", "yes", "1"])}), [], acme_copy))

        for path in (acme_copy / "imported").rglob("*.yaml"):
            assert path.read_text() == formatted(path.read_bytes(), path.name)

    def test_repeating_it_changes_nothing(self, acme_copy: Path) -> None:
        """
        No diff, no record, no file touched.
        """
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))
        times = {p: p.stat().st_mtime_ns for p in acme_copy.rglob("*")}
        again = done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))

        assert ([], [], [], False, "") == (
            again.added,
            again.changed,
            again.removed,
            again.differs,
            "".join(again.diff()),
        )
        assert times == {p: p.stat().st_mtime_ns for p in acme_copy.rglob("*")}

    def test_a_newer_source_adds_changes_and_removes(self, acme_copy: Path) -> None:
        """
        By record; a record that only moved to another line is as it was.
        """
        old = {"xx/a": carrier("Aa"), "xx/d": carrier(), "yy/e": carrier("Ee")}
        new = {"xx/aa": carrier("New"), "xx/d": carrier(), "xx/a": carrier("Aa", 7)}
        done(work_out(toy(old), [], acme_copy))
        result = work_out(toy(new), [], acme_copy)

        assert (["xx/aa"], ["xx/a"], ["yy/e"]) == (result.added, result.changed, result.removed)
        lines = "".join(result.diff())
        assert "--- imported/networks/yy.yaml\n+++ /dev/null\n" in lines
        assert '+        - {band: 7, by: "2016", sources: [list]}\n' in lines
        done(result)
        assert not (acme_copy / "imported/networks/yy.yaml").exists()

    def test_working_it_out_writes_nothing(self, acme_copy: Path) -> None:
        """
        What a dry run prints is what would be written.
        """
        before = digest(acme_copy)
        result = work_out(toy({"xx/delta": carrier()}), [], acme_copy)

        assert before == digest(acme_copy)
        assert "+++ imported/networks/xx.yaml\n" in list(result.diff())

    def test_a_result_that_does_not_pass_the_checks_is_not_written(self, acme_copy: Path) -> None:
        """
        As part of the whole: here a name is a hand-made carrier's.
        """
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))
        before = digest(acme_copy)

        with pytest.raises(DataError, match=r"the name 'Alpha' is also"):
            work_out(toy({"xx/delta": carrier("Alpha")}), [], acme_copy)
        assert before == digest(acme_copy)

    def test_a_broken_folder_is_replaced(self, acme_copy: Path) -> None:
        """
        What is wrong with the files that are about to go is no reason against it.
        """
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))
        (acme_copy / "imported/networks/xx.yaml").write_text("carriers: [\n")
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))

        assert [] == check_folder(acme_copy).problems

    def test_a_later_folder_in_the_way_is_named(self, acme_copy: Path) -> None:
        """
        It was made from what this importer found before; the cure says how to get out.
        """
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))
        done(work_out(toy({"xx/delta": carrier()} | {"xx/seller": carrier("Seller")}, "aosp"), [], acme_copy))

        with pytest.raises(DataError, match=r"imported/aosp: .* remove the folder, import networks, then aosp again"):
            work_out(toy({"xx/omega": carrier("Seller")}), [], acme_copy)

    def test_where_people_say_otherwise_is_reported(self, acme_copy: Path) -> None:
        """
        Bands that a hand-made plan denies; those that it has, and ambiguous ones that may be, are no disagreement.
        """
        lte = [
            {"band": 4, "by": "2016", "sources": ["list"]},
            {"any_of": [12, 17], "by": "2016", "sources": ["list"]},
            {"band": 7, "by": "2016", "sources": ["list"]},
            {"band": 20, "by": "2016", "sources": ["list"]},
            {"band": 3, "by": "2016", "unlisted": "2016", "sources": ["list"]},
        ]
        result = work_out(toy({"xx/alpha": {"name": "Alpha", "kind": "network", "plan": {"lte": lte}}}), [], acme_copy)

        assert [("xx/alpha", "lte", "lte 7 20")] == result.overruled

    def test_the_summary_is_read_with_the_layer(self, acme_copy: Path) -> None:
        """
        Rows read, taken and refused, and the rules with their counts.
        """
        done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))

        assert {
            "importer": "networks",
            "snapshot": "2024-09-09",
            "read": 2,
            "taken": 1,
            "refused": 1,
            "rules": {"toy": 1},
        } == {name: one for tree in read_tree(acme_copy, []) for name, one in tree.imports.items()}["networks"]


class TestKnown:
    def test_an_importer_sees_what_comes_before_it(self, acme_copy: Path) -> None:
        """
        What people wrote and what earlier importers found; of its own folder the carriers as they were.
        """
        seen: dict[str, Known] = {}
        for name in ORDER:
            one = toy({f"xx/{name.replace('_', '-')}": carrier(f"Carrier {name}", plmns=[])}, name)

            def read(paths: Any, known: Known, one: Importer = one) -> Imported:
                seen[one.name] = known
                return one.read(paths, known)

            spy = Importer(name, one.about, one.files, one.rules, read)
            for _ in range(2):
                done(work_out(spy, [], acme_copy))

        by_hand = {"xx/alpha", "xx/beta", "xx/virtual", "yy/gamma"}
        ids = [f"xx/{name.replace('_', '-')}" for name in ORDER]
        for number, name in enumerate(ORDER):
            assert {*by_hand, *ids[:number]} == set(seen[name].carriers)
            assert {ids[number]} == set(seen[name].before)
        alpha = seen["aosp"].carriers["xx/alpha"]
        assert ("Alpha", "network", "xx", ("bands",)) == (alpha.name, alpha.kind, alpha.country, alpha.layers)
        assert [("Acme", "One")] == [(d.brand, d.name) for i, d in seen["aosp"].devices.items() if i == "acme/one"]

    def test_every_importer_is_there_under_its_name(self) -> None:
        """
        With a sentence for each of its rules.
        """
        for name in ORDER:
            one = importer(name)
            assert name == one.name
            assert one.files
            assert all(sentence.endswith(".") for sentence in one.rules.values())


def test_a_long_row_is_cut() -> None:
    """
    A refused row is shown in 80 letters.
    """
    found = Imported("2024")
    found.refuse(3, "x" * 10_000, "too long")

    assert [frame.Refused(3, "x" * 79 + "…", "too long")] == found.refused


def test_without_an_exchange_two_renames_do(acme_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where the system cannot swap two names in one step the result is the same.
    """
    done(work_out(toy({"xx/delta": carrier()}), [], acme_copy))
    monkeypatch.setattr(store, "_exchanged", lambda one, other: False)
    result = done(work_out(toy({"xx/delta": carrier("Delta", 7)}), [], acme_copy))

    assert ["xx/delta"] == result.changed
    assert ["networks"] == [p.name for p in (acme_copy / "imported").iterdir()]
    assert {name: (acme_copy / "imported/networks" / name).read_text() for name in result.files} == result.files


_TEXTS = st.text(max_size=12).filter(lambda text: text.isprintable() and text.strip())
_VALUES = st.recursive(
    st.one_of(_TEXTS, st.booleans(), st.integers(-(10**9), 10**9)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXTS, inner, max_size=4)),
    max_leaves=15,
)


@settings(max_examples=60)
@given(st.dictionaries(_TEXTS, _VALUES, min_size=1, max_size=5))
def test_a_written_document_is_in_its_one_form(document: dict[str, Any]) -> None:
    """
    What importers write is read as it was given, and `data fmt` changes nothing.
    """
    text = written(document)

    assert text == formatted(text.encode(), "file.yaml")
    problems: list[Problem] = []
    read = read_text(text.encode(), "file.yaml", problems)
    assert ([], sorted(document)) == (problems, sorted(read or ()))
