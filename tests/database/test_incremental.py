"""
One index from another: what a few changed files make of it is what all files would have made.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.database import compile as compiling
from bandcheck.database.building import checking, halves, parts
from bandcheck.database.building.base import Base
from bandcheck.database.building.writing import write
from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import check_folder, compile_folder, fill_index
from bandcheck.errors import DataError, Problem

LTE = """
rat: lte
sources: {table: {kind: standard, title: T}}
bands:
  - {number: 3, duplex: fdd, sources: [table]}
  - {number: 7, duplex: fdd, sources: [table]}
  - {number: 20, duplex: fdd, sources: [table]}
"""
SHARED = "sources:\n  list: {kind: regulator, title: List, url: https://example.com/list}\n"
COPIED = "sources:\n  list: {kind: regulator, title: List, upstream: own}\n"
RENAMED = "sources:\n  list: {kind: regulator, title: The list, url: https://example.com/list}\n"

ONE = """
name: One
brand: Acme
released: "2015"
sources: {own: {kind: news, title: T, upstream: own}}
variants:
  A1:
    bands: {lte: [3, 7]}
    volte_on: {xx/beta: true, xx/alpha: false}
    sources: [own, list]
"""
ALPHA = """
name: Alpha
kind: network
plan: {lte: [{band: 3, since: "2014", sources: [list]}]}
policies:
  - {name: P, since: "2015", effect: refused, phones: {devices: [acme/two]}, says: No., sources: [list]}
"""
BETA = """
name: Beta
kind: network
plmns: ["001-01"]
sources: {own: {kind: news, title: T}}
plan: {lte: [{band: 20, by: "2014", sources: [own]}]}
"""
VIRTUAL = """
name: Virtual
kind: mvno
hosts: [{as_of: "2015", networks: [xx/beta], sources: [list]}]
"""


def device(name: str, *, model: str = "", alias: str = "", band: int = 7, of: str = "Acme") -> str:
    """
    A record of an imported file.
    """
    key = f"{of.lower()}/{name.lower()}"
    alias = f"    aliases: [{alias}]\n" if alias else ""
    lines = f"  {key}:\n    name: {name}\n    brand: {of}\n{alias}    variants:\n"
    return f"{lines}      {model or name[0] + '9'}: {{bands: {{lte: [{band}]}}, sources: [dump]}}\n"


def many(*records: str) -> str:
    """
    An imported file.
    """
    return "devices:\n" + "".join(records)


SLOTS: dict[str, list[str | None]] = {
    "spectrum/lte.yaml": [LTE, LTE, LTE, LTE.replace("- {number: 20, duplex: fdd, sources: [table]}", "")],
    "sources.yaml": [SHARED, SHARED, COPIED, RENAMED, "sources: {}\n", SHARED.replace("list:", "own:")],
    "imported/devices/sources.yaml": ["sources: {dump: {kind: database, title: D}}\n"],
    "devices/acme/one.yaml": [
        ONE,
        "# A comment.\n\n" + ONE,
        ONE.replace("[3, 7]", "[3, 20]"),
        ONE.replace("name: One", "name: Uno\naliases: [Two]"),
        ONE.replace("brand: Acme", "brand: ["),
        ONE.replace("xx/beta: true, xx/alpha: false", "xx/alpha: false, xx/beta: true"),
        None,
    ],
    "carriers/xx/alpha.yaml": [ALPHA, ALPHA.replace("band: 3", "band: 7"), ALPHA.replace("[acme/two]", "[]"), None],
    "carriers/xx/beta.yaml": [BETA, BETA.replace("Beta", "Alpha"), VIRTUAL.replace("xx/beta", "xx/alpha"), None],
    "carriers/xx/virtual.yaml": [VIRTUAL, VIRTUAL.replace("Virtual", "Beta"), None],
    "imported/devices/acme.yaml": [
        many(device("Two"), device("Three")),
        many(device("Zero"), device("Two"), device("Three")),
        many(device("Two", band=3), device("Three", model="A1")),
        many(device("One", model="A1", band=20), device("Two")),
        many(device("Two"), device("Three", alias="Zwei"), device("Four", alias="Zwei")),
        None,
    ],
    "imported/devices/zeta.yaml": [
        many(device("Phone", of="Zeta")),
        many(device("Phone", of="Zeta", alias="Acme Two")),
        many(device("Phone", of="Zeta"), device("Two")),
        "devices: 1\n",
        None,
    ],
    "devices/lost.yml": [None, None, None, "name: Lost\n"],
}
"""Every file of a made-up data folder, as it may be; None is not there. The first of each are good together."""

states = st.fixed_dictionaries({name: st.sampled_from(range(len(texts))) for name, texts in SLOTS.items()})
edits = st.lists(
    st.sampled_from(sorted(SLOTS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(range(len(SLOTS[name]))))
    ),
    min_size=1,
    max_size=3,
)
FIRST = dict.fromkeys(SLOTS, 0)


def put(root: Path, state: dict[str, int]) -> None:
    """
    Make a folder what a state says.
    """
    shutil.rmtree(root, ignore_errors=True)
    for name, number in state.items():
        text = SLOTS[name][number]
        if text is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)


def rows_of(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """
    What an index holds, table by table; without the numbers of rows, which nobody sees.
    """
    connection.execute("INSERT INTO name_search (name_search) VALUES ('integrity-check')")
    tables = ["meta", "file", "record", "refers", "source", "spectrum", "device", "carrier", "spelling"]
    found = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    found["name"] = connection.execute("SELECT kind, key, id, variant, text, what FROM name").fetchall()
    found["searched"] = [
        connection.execute(
            "SELECT id FROM name_search JOIN name ON row = name_search.rowid WHERE name_search MATCH ? ORDER BY id",
            (word,),
        ).fetchall()
        for word in ("acm", "two", "bet")
    ]
    return {table: sorted(rows) for table, rows in found.items()}


def from_nothing(root: Path) -> tuple[list[Problem], dict[str, list[Any]]]:
    """
    The problems of a folder, or the index of all of it.
    """
    checked = check_folder(root)
    connection = sqlite3.connect(":memory:")
    if not checked.problems:
        fill_index(checked, connection)
    found = checked.problems, {} if checked.problems else rows_of(connection)
    connection.close()
    return found


@settings(max_examples=25)
@given(start=st.just(FIRST) | states, steps=st.lists(edits, min_size=1, max_size=4))
def test_what_changed_is_enough(start: dict[str, int], steps: list[list[tuple[str, int]]]) -> None:
    """
    However files come, go and change: carried on from the last good index, the problems and the index are those of a
    build from nothing, line for line and row for row.
    """
    with tempfile.TemporaryDirectory() as folder:
        root, state = Path(folder) / "data", dict(start)
        put(root, state)
        held = sqlite3.connect(":memory:")
        checked = check_folder(root)
        if checked.problems:
            put(root, state := dict(FIRST))
            checked = check_folder(root)
        fill_index(checked, held)
        for step in steps:
            state |= dict(step)
            put(root, state)
            problems, rows = from_nothing(root)
            checked = check_folder(root, Base(held))
            assert problems == checked.problems
            if not problems:
                write(checked, held)
                assert rows == rows_of(held)
        held.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """
    The made-up folder, as it is good.
    """
    put(tmp_path / "data", FIRST)
    return tmp_path / "data"


def change(root: Path, name: str, number: int) -> None:
    """
    Make one file another one of `SLOTS`.
    """
    text = SLOTS[name][number]
    assert text is not None
    (root / name).write_text(text)


def read_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """
    The files that are read from now on.
    """
    seen: list[str] = []
    read = parts._read

    def watched(name: str, text: bytes) -> parts.Part:
        seen.append(name)
        return read(name, text)

    monkeypatch.setattr(parts, "_read", watched)
    return seen


class TestCarriedOn:
    def test_only_the_changed_file_is_read_and_only_its_changed_records_are_written(
        self, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The other records of an imported file may move to other lines.
        """
        compile_folder(data, tmp_path / "a.sqlite")
        change(data, "imported/devices/acme.yaml", 1)
        seen = read_by(monkeypatch)
        connection = sqlite3.connect(tmp_path / "a.sqlite")
        checked = check_folder(data, Base(connection))
        connection.close()

        assert ["imported/devices/acme.yaml"] == seen
        assert [("device", "acme/zero")] == sorted(checked.touched)

    def test_the_nearest_index_is_carried_on(self, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Of several the one that knows most files; the result is the one of a full build.
        """
        compile_folder(data, tmp_path / "near.sqlite")
        put(tmp_path / "far", {**FIRST, "sources.yaml": 3, "devices/acme/one.yaml": 1, "carriers/xx/alpha.yaml": 1})
        compile_folder(tmp_path / "far", tmp_path / "far.sqlite")
        change(data, "carriers/xx/beta.yaml", 0)
        change(data, "imported/devices/acme.yaml", 1)
        seen = read_by(monkeypatch)
        before = [tmp_path / "far.sqlite", tmp_path / "near.sqlite"]
        version = compile_folder(data, tmp_path / "b.sqlite", before)

        assert ["imported/devices/acme.yaml"] == seen
        assert version == compile_folder(data, tmp_path / "c.sqlite")

    def test_a_problem_is_told_with_its_line_though_its_file_did_not_change(self, data: Path, tmp_path: Path) -> None:
        """
        A carrier is gone that other files name.
        """
        compile_folder(data, tmp_path / "a.sqlite")
        (data / "carriers/xx/beta.yaml").unlink()
        with pytest.raises(DataError) as caught:
            compile_folder(data, tmp_path / "b.sqlite", [tmp_path / "a.sqlite"])

        places = [(p.file, p.line) for p in caught.value.problems]
        assert [("carriers/xx/virtual.yaml", 4), ("devices/acme/one.yaml", 8)] == places
        assert not (tmp_path / "b.sqlite").exists()

    def test_two_files_with_one_record_are_a_problem(self, data: Path) -> None:
        """
        Which of them would win is not left to their names.
        """
        change(data, "imported/devices/zeta.yaml", 2)
        problems = check_folder(data).problems

        assert [("imported/devices/zeta.yaml", "imported/devices/acme.yaml has acme/two already")] == [
            (p.file, p.found) for p in problems
        ]

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda data: b"", id="empty"),
            pytest.param(lambda data: b"garbage" * 1000, id="garbage"),
            pytest.param(lambda data: data[: len(data) // 2], id="half"),
            pytest.param(lambda data: data[:-4096] + bytes(4096), id="last page"),
            pytest.param(lambda data: data[:8192] + bytes(8192) + data[16384:], id="early pages"),
        ],
    )
    def test_a_damaged_index_is_not_carried_on(self, data: Path, tmp_path: Path, damage: Any) -> None:
        """
        Everything is compiled instead.
        """
        before = tmp_path / "a.sqlite"
        compile_folder(data, before)
        before.write_bytes(damage(before.read_bytes()))
        change(data, "imported/devices/acme.yaml", 1)
        version = compile_folder(data, tmp_path / "b.sqlite", [before, tmp_path / "none.sqlite"])

        assert version == compile_folder(data, tmp_path / "c.sqlite")
        assert (tmp_path / "b.sqlite").read_bytes() == (tmp_path / "c.sqlite").read_bytes()

    def test_an_index_with_a_lost_record_is_not_carried_on(self, data: Path, tmp_path: Path) -> None:
        """
        Nor one whose tables do not fit each other.
        """
        before = tmp_path / "a.sqlite"
        compile_folder(data, before)
        with sqlite3.connect(before) as connection:
            connection.execute("UPDATE record SET doc = x'00' WHERE id = 'xx/beta'")
        connection.close()
        change(data, "carriers/xx/beta.yaml", 1)
        change(data, "carriers/xx/alpha.yaml", 1)
        (data / "carriers/xx/beta.yaml").write_text(BETA.replace("band: 20", "band: 7"))

        version = compile_folder(data, tmp_path / "b.sqlite", [before])
        assert version == compile_folder(data, tmp_path / "c.sqlite")

    def test_what_another_program_compiled_is_not_carried_on(
        self, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Its records may mean something else.
        """
        monkeypatch.setattr(compiling, "program_digest", lambda: "yesterday's")
        compile_folder(data, tmp_path / "a.sqlite")
        monkeypatch.undo()
        seen = read_by(monkeypatch)
        compile_folder(data, tmp_path / "b.sqlite", [tmp_path / "a.sqlite"])

        assert sorted(name for name in SLOTS if name != "devices/lost.yml") == sorted(seen)


class TestHalves:
    def test_two_processes_find_what_one_finds(
        self, acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The same bytes.
        """
        compile_folder(acme, tmp_path / "one.sqlite")
        for module in (parts, checking):
            monkeypatch.setattr(module, "SHARED_FROM", 0)
        monkeypatch.setattr(halves, "_may_fork", lambda: True)
        compile_folder(acme, tmp_path / "two.sqlite")

        assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()

    def test_what_a_dead_child_leaves_is_done_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Nothing is lost.
        """
        import os

        monkeypatch.setattr(halves, "_may_fork", lambda: True)
        here = os.getpid()

        def work(items: Any) -> list[int]:
            if os.getpid() != here:
                os._exit(3)
            return [2 * item for item in items]

        assert [[0, 4, 8], [2, 6]] == halves.in_halves(range(5), work, True)

    def test_small_work_is_not_shared(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        One result, of all items.
        """
        monkeypatch.setattr(halves, "_may_fork", lambda: pytest.fail("it forks"))

        assert [[0, 1, 2]] == halves.in_halves(range(3), list, False)


def test_an_overlay_stands_on_what_it_changes_alone(acme_index: Path, tmp_path: Path) -> None:
    """
    Of the database below only what the overlay is about is merged again.
    """
    overlay = tmp_path / "mine.yaml"
    overlay.write_text(
        "id: acme/one\nname: One\nbrand: Acme\nvariants:\n  A1-100: {bands: {lte: [2]}, sources: [filings]}\n"
    )
    catalog = Catalog.open(acme_index, [overlay])

    assert ["acme/one", "acme/three", "acme/two", "zeta/phone"] == [d.id for d in catalog.devices()]
    assert {"acme/one"} == {d.id for d, _ in catalog.find_device("Uno")}
