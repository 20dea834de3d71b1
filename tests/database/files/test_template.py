from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bandcheck.cli import main
from bandcheck.database.compile import check_folder, check_some
from bandcheck.database.files.fmt import formatted
from bandcheck.database.files.template import KINDS, begin, template
from bandcheck.database.files.yamlfile import PLACEHOLDER, read_text
from bandcheck.errors import DataError, Problem

_EXAMPLE = re.compile(r"#.*for example: (.+)")
_PLACEHOLDERS = re.compile(r"\[TODO\]|TODO(?:-[a-z]+)?")
_ITEM = re.compile(r"""(?:\[[^]]*\]|"[^"]*"|[^,\["]+)""")

IDS = {"phone": "acme/template", "carrier": "us/template", "mvno": "us/template"}


def filled(text: str) -> Iterator[str]:
    """
    The lines of a template with the example beside or above each placeholder in its place.
    """
    example = ""
    for line in text.splitlines(keepends=True):
        code, mark, comment = line.partition("#")
        told = _EXAMPLE.search(mark + comment)
        example = told[1].strip() if told else example
        places = _PLACEHOLDERS.findall(code)
        values = iter(
            [example] if len(places) == 1 else [item.strip() for item in _ITEM.findall(example) if item.strip()]
        )
        yield _PLACEHOLDERS.sub(lambda _: next(values), code).rstrip() + "\n"  # noqa: B023 - used at once


@pytest.mark.parametrize("kind", KINDS)
def test_no_placeholder_passes_for_a_fact(bands: Path, kind: str) -> None:
    """
    A template that nobody edited is refused: every placeholder by its line, and nothing else.
    """
    text = template(bands, kind)
    lines = [n for n, line in enumerate(text.splitlines(), 1) for _ in _PLACEHOLDERS.findall(line.split("#")[0])]
    problems: list[Problem] = []

    assert read_text(text.encode(), "x.yaml", problems) is None
    assert sorted(lines) == sorted(problem.line for problem in problems)
    assert {"still a placeholder of the template"} == {problem.found for problem in problems}


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_with_its_examples_is_good_data(bands: Path, tmp_path: Path, kind: str) -> None:
    """
    The example beside each placeholder is a value that it can have, so that a template is checked like real data.
    """
    folder = Path(shutil.copytree(bands, tmp_path / "bands", ignore=shutil.ignore_patterns("imported", "devices")))
    path = begin(folder, kind, IDS[kind], "".join(filled(template(bands, kind))))

    assert [] == check_some(folder, [path])
    assert PLACEHOLDER not in formatted(path.read_bytes(), "x.yaml")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name: TODO\n", ["1 name"]),
        ("a: [x, TODO]\nTODO-first: {b: [{c: TODO-sheet}]}\n", ["1 a[1]", "2 TODO-first", "2 TODO-first.b[0].c"]),
        ("name: TODO list\nother: [TODOS, todo, a TODO]\n", []),
    ],
)
def test_what_a_placeholder_is(text: str, found: list[str]) -> None:
    """
    The word alone, or with another behind a hyphen; as a value or as a key; not in the middle of a text.
    """
    problems: list[Problem] = []
    document = read_text(text.encode(), "x.yaml", problems)

    assert found == [f"{problem.line} {problem.path}" for problem in problems]
    assert (document is None) is bool(found)


@pytest.mark.parametrize("kind", KINDS)
def test_data_new_writes_to_where_the_id_says(
    bands: Path, acme_copy: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    It writes the template to its place and says what to do next; `data check` then refuses it as unedited.
    """
    shutil.copytree(bands / "templates", acme_copy / "templates")
    path = acme_copy / ("devices" if kind == "phone" else "carriers") / f"{IDS[kind]}.yaml"

    assert main(["data", "new", kind, IDS[kind], "--folder", str(acme_copy)]) == 0
    said = capsys.readouterr()
    assert path.read_text() == template(bands, kind)
    assert said.out == f"{path}\n"
    assert f"bandcheck data check {path}" in said.err
    assert main(["data", "check", str(path), "--folder", str(acme_copy)]) == 1
    assert "still a placeholder of the template. Write the fact in its place" in capsys.readouterr().out
    assert {str(path.relative_to(acme_copy))} == {problem.file for problem in check_folder(acme_copy).problems}


@pytest.mark.parametrize(
    ("kind", "record_id", "found"),
    [
        ("phone", "one", "not the id of a phone"),
        ("phone", "Acme/One", "not the id of a phone"),
        ("phone", "acme/../one", "not the id of a phone"),
        ("phone", "acme/one", "is there already"),
        ("carrier", "acme/one", "not the id of a carrier"),
        ("mvno", "xx/virtual", "is there already"),
    ],
)
def test_what_cannot_be_begun(acme_copy: Path, kind: str, record_id: str, found: str) -> None:
    """
    What is no id of its kind is refused, and nothing is overwritten.
    """
    before = {path: path.read_bytes() for path in acme_copy.rglob("*.yaml")}

    with pytest.raises(DataError) as refused:
        begin(acme_copy, kind, record_id, "name: x\n")
    assert [found] == [problem.found for problem in refused.value.problems]
    assert before == {path: path.read_bytes() for path in acme_copy.rglob("*.yaml")}


def test_a_folder_without_templates(acme_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    One clear message, and exit 2.
    """
    assert main(["data", "new", "phone", "acme/four", "--folder", str(acme_copy)]) == 2
    assert "there is no such template" in capsys.readouterr().err
