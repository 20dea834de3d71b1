from __future__ import annotations

import copy
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database import compile as compiling
from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import check_folder, check_some, check_trees, compile_folder, fill_index
from bandcheck.database.files import tree as reading
from bandcheck.database.files.fmt import formatted
from bandcheck.database.files.tree import Tree, data_files, read_document
from bandcheck.database.files.yamlfile import read_file, read_text
from bandcheck.errors import DataError, Problem


def edit(folder: Path, name: str, before: str, after: str) -> None:
    """
    Replace a text that stands once in a file.
    """
    path = folder / name
    text = path.read_text()
    assert 1 == text.count(before)
    path.write_text(text.replace(before, after))


def version_of(folder: Path) -> str:
    """
    The data version of a folder.
    """
    checked = check_folder(folder)
    assert [] == checked.problems
    connection = sqlite3.connect(":memory:")
    try:
        return fill_index(checked, connection)
    finally:
        connection.close()


def problems_of(folder: Path) -> list[str]:
    """
    `file:line path: what is wrong` of each problem in a folder.
    """
    return [f"{p.file}:{p.line} {p.path}: {p.found}".replace(" : ", ": ") for p in check_folder(folder).problems]


def test_the_real_data_has_no_problem(bands: Path) -> None:
    """
    `bandcheck data check` is clean on what this project ships.
    """
    assert [] == [str(p) for p in check_folder(bands).problems]


class TestVersion:
    def test_same_data_same_index(self, acme: Path, tmp_path: Path) -> None:
        """
        Compiled twice, the same bytes.
        """
        targets = [tmp_path / "a.sqlite", tmp_path / "b.sqlite"]
        versions = {compile_folder(acme, target) for target in targets}

        assert 1 == len(versions)
        assert targets[0].read_bytes() == targets[1].read_bytes()

    def test_the_index_carries_the_version(self, acme: Path, tmp_path: Path) -> None:
        """
        What compiling returns is what the catalog says.
        """
        version = compile_folder(acme, tmp_path / "a.sqlite")

        assert version == Catalog.open(tmp_path / "a.sqlite").version

    def test_where_the_folder_lies_does_not_matter(self, acme: Path, acme_copy: Path) -> None:
        """
        A copy has the same version.
        """
        assert version_of(acme) == version_of(acme_copy)

    def test_the_order_of_files_does_not_matter(self, acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        Read in the reverse order, the same data have the same version.
        """
        expected = version_of(acme)
        monkeypatch.setattr(reading, "data_files", lambda root: data_files(root)[::-1])

        assert expected == version_of(acme)

    def test_how_a_file_is_written_does_not_matter(self, acme: Path, acme_copy: Path) -> None:
        """
        Comments, empty lines and the order of keys are no facts.
        """
        for path in data_files(acme_copy):
            lines = path.read_text().splitlines()
            path.write_text("\n\n".join(["# A comment.", *lines]) + "\n")
        edit(acme_copy, "devices/acme/two.yaml", "name: Two\n\nbrand: Acme\n", "brand: Acme  # no fact\nname: Two\n")

        assert version_of(acme) == version_of(acme_copy)

    def test_the_one_form_of_a_file_has_the_same_facts(self, acme: Path, acme_copy: Path) -> None:
        """
        `bandcheck data fmt` changes no version.
        """
        for path in data_files(acme_copy):
            loose = json.dumps(read_file(path, path.name, []), indent=1, ensure_ascii=False)
            assert loose != path.read_text()
            path.write_text(loose)
        loose_version = version_of(acme_copy)
        for path in data_files(acme_copy):
            path.write_text(formatted(path.read_bytes(), path.name))

        assert [version_of(acme)] * 2 == [loose_version, version_of(acme_copy)]

    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("devices/acme/one.yaml", "lte: [2, 4, 12]", "lte: [2, 4]"),
            ("devices/acme/one.yaml", "lte: [3, 4, 7, 20]", "lte: [3, 7, 20]"),
            ("devices/acme/one.yaml", 'since: "2017-06-01"', 'since: "2017-06-02"'),
            ("devices/acme/one.yaml", "aliases: [Uno,", "aliases: [Unus,"),
            ("devices/acme/one.yaml", "volte: false", "volte: true"),
            ("devices/acme/one.yaml", "sources: [acme-one-manual, filings]", "sources: [acme-one-manual]"),
            ("devices/acme/two.yaml", 'released: "2015-01"', 'released: "2015"'),
            ("devices/acme/two.yaml", "lte: [3, 7, 20]", "lte: {at_least: [3, 7, 20]}"),
            ("devices/acme/three.yaml", "says: XX alone", "says: YY alone"),
            ("carriers/xx/alpha.yaml", "band: 1900, by", "band: 850, by"),
            ("carriers/xx/alpha.yaml", 'by: "2010"', 'since: "2010"'),
            ("carriers/xx/alpha.yaml", "[699000, 704000]", "[699000, 705000]"),
            ("carriers/xx/alpha.yaml", '"001-26"', '"001-026"'),
            ("carriers/xx/beta.yaml", "effect: refused", "effect: conditional"),
            ("carriers/xx/virtual.yaml", "brand: Light", "brand: Lite"),
            ("carriers/yy/gamma.yaml", "prefer: 17", "prefer: 12"),
            ("carriers/yy/gamma.yaml", "  nr: []\n", ""),
            ("sources.yaml", "https://example.com/filings", "https://example.com/filing"),
            ("spectrum/lte.yaml", "downlink_khz: [717000, 728000]", "downlink_khz: [717000, 729000]"),
        ],
    )
    def test_one_changed_fact_is_another_version(
        self, acme: Path, acme_copy: Path, name: str, before: str, after: str
    ) -> None:
        """
        Whatever the fact: a band, a date, a name, a source, an edge.
        """
        edit(acme_copy, name, before, after)

        assert version_of(acme) != version_of(acme_copy)


class TestProblems:
    def test_all_problems_of_all_files_are_found_at_once(self, acme_copy: Path) -> None:
        """
        Broken YAML, bad structure, broken rules, clashes between files and loose ends, in the order of files and lines.
        """
        edit(acme_copy, "carriers/xx/alpha.yaml", 'since: "2008"', "since: 2008")
        edit(acme_copy, "carriers/xx/beta.yaml", "devices: [zeta/phone]", "devices: [zeta/fone]")
        edit(acme_copy, "carriers/xx/virtual.yaml", "name: XX Mobile", "name: alpha")
        edit(acme_copy, "devices/acme/one.yaml", "like: A1-100", "like: A1-1000")
        edit(acme_copy, "devices/acme/two.yaml", "lte: [3, 7, 20]", "lte: [3, 7, 150]")
        edit(acme_copy, "devices/zeta/phone.yaml", "lte: [1,", "lte: [")
        edit(acme_copy, "devices/zeta/phone.yaml", "nr: [41, 71, 78]", "nr: [41, 71, 78")
        (acme_copy / "devices/four.yaml").write_text("name: Four\n")
        expected = [
            "carriers/xx/alpha.yaml:18 plan.umts[1].since: expected a date as text, got the number 2008",
            "carriers/xx/beta.yaml:28 policies.phones: no device 'zeta/fone'",
            "carriers/xx/virtual.yaml:1: the name 'alpha' is also xx/alpha's",
            "devices/acme/one.yaml:24 variants.A1-200.like: no variant 'A1-1000' in this file",
            "devices/acme/two.yaml:7 union.lte: B150 is not a band that is defined (lte)",
            "devices/four.yaml:1: the path gives no id: four",
            "devices/zeta/phone.yaml:12",
        ]

        assert expected == [line.partition(": not YAML: ")[0] for line in problems_of(acme_copy)]

    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("devices/four.yaml", "1: the path gives no id: four"),
            ("devices/acme/x/four.yaml", "1: the path gives no id: acme/x/four"),
            ("devices/acme/Four.yaml", "1: the path gives no id: acme/Four"),
            ("devices/acme/four_5.yaml", "1: the path gives no id: acme/four_5"),
            ("devices/acme/-four.yaml", "1: the path gives no id: acme/-four"),
            ("devices/acme inc/four.yaml", "1: the path gives no id: acme inc/four"),
        ],
    )
    def test_the_path_is_the_id(self, acme_copy: Path, name: str, found: str) -> None:
        """
        A file whose place gives no id is a problem.
        """
        (acme_copy / name).parent.mkdir(exist_ok=True)
        (acme_copy / name).write_text("name: Four\nbrand: Acme\nvariants: {A4: {sources: [filings]}}\n")

        assert [f"{name}:{found}"] == problems_of(acme_copy)

    def test_an_id_that_is_not_the_paths_is_a_problem(self, acme_copy: Path) -> None:
        """
        In a data folder the place says what a file is called; `id:` is for lone overlays.
        """
        text = "id: acme/five\nname: Four\nbrand: Acme\nvariants: {A4: {sources: [filings]}}\n"
        (acme_copy / "devices/acme/four.yaml").write_text(text)

        assert ["devices/acme/four.yaml:1 id: it says acme/five, and its path acme/four"] == problems_of(acme_copy)

    def test_a_file_of_no_kind_is_a_problem(self, acme_copy: Path) -> None:
        """
        YAML that lies about is not passed over in silence.
        """
        (acme_copy / "notes.yaml").write_text("text: Hello.\n")
        expected = "notes.yaml:1: a file that is neither a device, a carrier, spectrum, sources nor statements"

        assert [expected] == problems_of(acme_copy)

    def test_templates_and_hidden_files_are_no_data(self, acme_copy: Path) -> None:
        """
        What lies in templates/ or begins with a dot is not read.
        """
        expected = data_files(acme_copy)
        for name in ("templates/device.yaml", "devices/acme/.four.yaml", ".git/x.yaml", "devices/readme.md"):
            (acme_copy / name).parent.mkdir(exist_ok=True)
            (acme_copy / name).write_text("broken: [\n")

        assert expected == data_files(acme_copy)
        assert [] == problems_of(acme_copy)

    def test_a_folder_without_data_is_a_problem(self, tmp_path: Path) -> None:
        """
        A mistyped path does not become an empty database.
        """
        with pytest.raises(DataError) as caught:
            compile_folder(tmp_path / "nothing", tmp_path / "index.sqlite")

        assert ["not a data folder: it has no spectrum/"] == [p.found for p in caught.value.problems]
        assert [] == list(tmp_path.iterdir())

    def test_imported_files_lie_below(self, acme_copy: Path) -> None:
        """
        A file under imported/ has the id of its place there, and a layer of its own.
        """
        target = acme_copy / "imported/devices/acme/four.yaml"
        target.parent.mkdir(parents=True)
        target.write_text("name: Four\nbrand: Acme\nvariants: {A4: {bands: {lte: [3]}, sources: [filings]}}\n")
        checked = check_folder(acme_copy)

        assert [] == checked.problems
        (variant,) = checked.devices["acme/four"]["variants"]
        assert ("imported/devices", "imported") == (variant["facts"]["lte"]["layer"], variant["facts"]["lte"]["trust"])


class TestSome:
    def test_one_file_is_checked_without_reading_the_others(self, acme_copy: Path) -> None:
        """
        Of a folder full of problems only those of the named file are found, by the same name and line.
        """
        edit(acme_copy, "devices/acme/one.yaml", "lte: [2, 4, 12]", "lte: [2, 4, 150]")
        edit(acme_copy, "devices/acme/one.yaml", "like: A1-100", "like: A1-1000")
        edit(acme_copy, "devices/acme/two.yaml", "lte: [3, 7, 20]", "lte: [3, 7, 151]")
        of_one = [p for p in check_folder(acme_copy).problems if p.file == "devices/acme/one.yaml"]

        assert 2 == len(of_one)
        assert of_one == check_some(acme_copy, [acme_copy / "devices/acme/one.yaml"])

    def test_references_to_other_files_are_good_if_these_exist(self, acme: Path) -> None:
        """
        Hosts, policies and `volte_on` may name what is not read.
        """
        files = [acme / "carriers/xx/beta.yaml", acme / "carriers/xx/virtual.yaml", acme / "devices/zeta/phone.yaml"]

        assert [[], [], []] == [check_some(acme, [file]) for file in files]

    def test_what_is_imported_exists_too(self, acme_copy: Path) -> None:
        """
        A policy may be about an imported phone, an imported phone may stand on imported sources.
        """
        four = acme_copy / "imported/devices/acme/four.yaml"
        four.parent.mkdir(parents=True)
        four.write_text("name: Four\nbrand: Acme\nvariants: {A4: {sources: [dump]}}\n")
        dump = acme_copy / "imported/sources.yaml"
        dump.write_text("sources: {dump: {kind: database, title: T}}\n")
        edit(acme_copy, "carriers/xx/beta.yaml", "devices: [zeta/phone]", "devices: [acme/four]")
        files = [four, dump, acme_copy / "carriers/xx/beta.yaml"]

        assert [[], [], []] == [check_some(acme_copy, [file]) for file in files]
        assert [] == check_folder(acme_copy).problems

    def test_a_problem_is_of_the_file_that_has_it(self, acme_copy: Path) -> None:
        """
        Of an imported and a hand-made file of one device the one with the mistake is named, with its own line.
        """
        below = acme_copy / "imported/devices/acme/one.yaml"
        below.parent.mkdir(parents=True)
        below.write_text(
            "name: One\nbrand: Acme\nvariants:\n"
            "  A1-300: {like: A1-000, bands: {lte: [4, 150], nr: [78]}, volte_on: {xx/z: true}, sources: [filings]}\n"
        )
        expected = [
            "variants.A1-300.bands.lte: B150 is not a band that is defined (lte)",
            "variants.A1-300.bands.nr: nr in a phone of 2015-03",
            "variants.A1-300.like: no variant 'A1-000' in this file",
            "variants.A1-300.volte_on: no carrier 'xx/z'",
        ]
        problems = check_folder(acme_copy).problems

        assert {("imported/devices/acme/one.yaml", 4)} == {(p.file, p.line) for p in problems}
        assert expected == [f"{p.path}: {p.found}" for p in problems]
        assert problems == check_some(acme_copy, [below, acme_copy / "devices/acme/one.yaml"])

    def test_a_shared_source_and_a_table_are_checked_alike(self, acme_copy: Path) -> None:
        """
        sources.yaml and spectrum/ can be named too; their own problems show.
        """
        edit(acme_copy, "sources.yaml", "kind: regulator", "kind: regulater")
        edit(acme_copy, "spectrum/gsm.yaml", "rat: gsm", "rat: gsm\nsource: []")
        files = [acme_copy / "sources.yaml", acme_copy / "spectrum/gsm.yaml"]

        assert ["sources.yaml", "spectrum/gsm.yaml"] == [p.file for p in check_some(acme_copy, files)]

    def test_a_file_outside_the_folder_keeps_its_path(self, acme: Path, tmp_path: Path) -> None:
        """
        A draft elsewhere is checked against the folder, and called as it was given.
        """
        draft = tmp_path / "draft.yaml"
        draft.write_text("id: acme/four\nname: Four\nbrand: Acme\nvariants: {A4: {sources: [hearsay]}}\n")

        (problem,) = check_some(acme, [draft])
        assert (str(draft), "the source 'hearsay' is not defined") == (problem.file, problem.found)


class TestWriting:
    def test_bad_data_writes_nothing(self, acme_copy: Path, tmp_path: Path) -> None:
        """
        Every problem is in the error; no index appears, nor a part of one.
        """
        edit(acme_copy, "devices/acme/one.yaml", "lte: [2, 4, 12]", "lte: [2, 4, B12]")
        target = tmp_path / "new" / "index.sqlite"

        with pytest.raises(DataError) as caught:
            compile_folder(acme_copy, target)

        assert check_folder(acme_copy).problems == list(caught.value.problems)
        assert not target.exists()
        assert not target.parent.exists() or [] == list(target.parent.iterdir())

    def test_bad_data_leaves_the_index_as_it_was(self, acme: Path, acme_copy: Path, tmp_path: Path) -> None:
        """
        The index of yesterday's good data still answers.
        """
        target = tmp_path / "index.sqlite"
        compile_folder(acme, target)
        before = target.read_bytes()
        edit(acme_copy, "devices/acme/one.yaml", "name: One", "nam: One")

        with pytest.raises(DataError):
            compile_folder(acme_copy, target)

        assert before == target.read_bytes()
        assert ["acme", "index.sqlite"] == sorted(p.name for p in tmp_path.iterdir())

    def test_an_index_is_replaced_whole(self, acme: Path, tmp_path: Path) -> None:
        """
        Whatever the target was before, afterwards it is the index, readable by all, and nothing else is left.
        """
        target = tmp_path / "deep" / "index.sqlite"
        target.parent.mkdir()
        target.write_bytes(b"garbage")
        version = compile_folder(acme, target)

        assert version == Catalog.open(target).version
        assert [target] == list(target.parent.iterdir())
        assert 0o644 == target.stat().st_mode & 0o777

    def test_who_has_the_old_index_open_keeps_it(self, acme: Path, acme_copy: Path, tmp_path: Path) -> None:
        """
        The new one is put in its place; the old one is not written over.
        """
        target = tmp_path / "index.sqlite"
        compile_folder(acme, target)
        before = target.read_bytes()
        edit(acme_copy, "devices/acme/one.yaml", "lte: [2, 4, 12]", "lte: [2, 4]")

        with target.open("rb") as old:
            compile_folder(acme_copy, target)
            assert before == old.read()
        assert before != target.read_bytes()

    def test_a_failure_half_way_leaves_no_trace(
        self, acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        If writing fails, the target is as it was and the part is gone.
        """
        target = tmp_path / "index.sqlite"
        target.write_bytes(b"before")

        def fail(checked: object, connection: sqlite3.Connection) -> str:
            connection.execute("CREATE TABLE half (way)")
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(compiling, "fill_index", fail)
        with pytest.raises(OSError, match="No space left"):
            compile_folder(acme, target)

        assert [(target, b"before")] == [(p, p.read_bytes()) for p in tmp_path.iterdir()]

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
    def test_killed_half_way_the_index_is_as_it_was(self, acme: Path, tmp_path: Path) -> None:
        """
        A process that dies while it writes leaves the old index, and the next one is written as if nothing had been.
        """
        target = tmp_path / "index.sqlite"
        version = compile_folder(acme, target)
        before = target.read_bytes()
        script = """
import os, signal, sys
from pathlib import Path
from bandcheck.database import compile as compiling

def die(checked, connection):
    connection.execute("CREATE TABLE half (way)")
    connection.commit()
    os.kill(os.getpid(), signal.SIGKILL)

compiling.fill_index = die
compiling.compile_folder(Path(sys.argv[1]), Path(sys.argv[2]))
"""
        done = subprocess.run([sys.executable, "-c", script, str(acme), str(target)], check=False, timeout=60)

        assert -signal.SIGKILL == done.returncode
        assert before == target.read_bytes()
        assert version == compile_folder(acme, target)


ACME = Path(__file__).parent.parent / "acme"
DOCUMENTS = {path.relative_to(ACME).as_posix(): read_file(path, path.name, []) for path in data_files(ACME)}
RECORDS = [name for name in DOCUMENTS if not name.startswith("spectrum/")]
JUNK: list[Any] = [
    None, True, False, 0, -1, 4, 10**17, "", "x", "2015", "2015-13", "B4", "unknown", "xx/alpha", "A1-100",
    [], {}, [[]], [{}], [None], [4, 2], [1, 1], ["a", "a"], {"x": 1}, {"at_most": [4]}, {"claims": [{}]},
    [{"band": 4}], [{"since": "2015"}], [{"as_of": "2015"}],
]  # fmt: skip


def places(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """
    The way to every value inside a value.
    """
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield (*before, key)
            yield from places(value[key], (*before, key))


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, Any]:
    """
    One file of the made-up data with one to three things removed, repeated, renamed or replaced.
    """
    name = draw(st.sampled_from(RECORDS) | st.sampled_from(list(DOCUMENTS)))
    document = json.loads(json.dumps(DOCUMENTS[name]))
    for _ in range(draw(st.integers(1, 3))):
        ways = list(places(document))
        if not ways:
            break
        *way, last = draw(st.sampled_from(ways))
        inside = document
        for key in way:
            inside = inside[key]
        match draw(st.sampled_from(["replace", "replace", "remove", "repeat", "rename"])):
            case "remove":
                del inside[last]
            case "repeat" if isinstance(inside, list):
                inside.insert(last, copy.deepcopy(inside[last]))
            case "rename" if isinstance(inside, dict):
                inside[f"{last}x"] = inside.pop(last)
            case _:
                inside[last] = copy.deepcopy(draw(st.sampled_from(JUNK)))
    return name, document


def tree_of(name: str, document: Any, problems: list[Problem]) -> Tree:
    """
    One file, written as JSON.
    """
    tree = Tree("bands")
    read = read_text(json.dumps(document).encode(), name, problems)
    if read is not None:
        read_document(read, name, tree, problems)
    return tree


TREES = {name: tree_of(name, document, []) for name, document in DOCUMENTS.items()}


def all_with(name: str, document: Any) -> tuple[list[Tree], list[Problem]]:
    """
    The made-up data with one file replaced.
    """
    problems: list[Problem] = []
    whole = Tree("bands")
    for one in ({**TREES, name: tree_of(name, document, problems)}).values():
        for kind in ("sources", "spectrum", "devices", "carriers"):
            getattr(whole, kind).update(getattr(one, kind))
    return [whole], problems


@given(damage=damaged())
def test_whatever_is_wrong_is_a_problem_and_never_a_crash(damage: tuple[str, Any]) -> None:
    """
    However a file is damaged, checking ends with problems, each with file, line and cure; or the data can be compiled.
    """
    checked = check_trees(*all_with(*damage))

    assert [] == [p for p in checked.problems if not (p.file in DOCUMENTS and p.line > 0 and p.found and p.cure)]
    if not checked.problems:
        connection = sqlite3.connect(":memory:")
        fill_index(checked, connection)
        catalog = Catalog(connection)
        assert list(checked.devices) == [device.id for device in catalog.devices()]
        assert list(checked.carriers) == [carrier.id for carrier in catalog.carriers()]
        connection.close()


def test_a_file_that_would_not_be_read_is_a_problem(acme_copy: Path) -> None:
    """
    `.yml` is not passed over in silence, and two files do not fight over one RAT.
    """
    (acme_copy / "devices" / "acme" / "lost.yml").write_text("name: Lost\n")
    shutil.copy(acme_copy / "spectrum" / "lte.yaml", acme_copy / "spectrum" / "more.yaml")
    found = {(p.file, p.found) for p in check_folder(acme_copy).problems}
    assert ("devices/acme/lost.yml", "the file ends in .yml, and is not read") in found
    assert ("spectrum/more.yaml", "spectrum/lte.yaml has the bands of lte already") in found
