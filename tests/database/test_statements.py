"""
Statements from their files to the catalog: layers, sources, the data version, and what is checked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import check_folder, check_some, compile_folder
from bandcheck.errors import DataError

TEXT = """
sources: {page: {kind: manufacturer, title: Acme on its sellers, url: https://example.com/acme/sellers}}
statements:
  - kind: authorisation
    effect: EFFECT
    who: Acme
    since: "2016-02-02"
    phones: {brands: [acme]}
    to: xx/alpha
    says: Acme says so.
    sources: [page, xx-times]
"""


def put(folder: Path, effect: str = "denied", name: str = "statements/xx/acme.yaml", text: str = TEXT) -> Path:
    """
    Write a file of statements into a data folder or an overlay.
    """
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("EFFECT", effect))
    return path


def test_from_file_to_catalog(acme_copy: Path) -> None:
    """
    A statement comes back as it was written, and its sources can be looked up.
    """
    put(acme_copy)
    catalog = Catalog.open(acme_copy)
    (statement,) = catalog.statements
    own, shared = statement.sources

    assert ("authorisation", "denied", "Acme", "xx/alpha") == (
        statement.kind,
        statement.effect,
        statement.who,
        statement.to,
    )
    assert ("2016-02-02", {"acme"}) == (str(statement.live.since and statement.live.since.text), statement.brands)
    assert "Acme on its sellers" == catalog.sources[own].title
    assert "XX Times: who runs what where" == catalog.sources[shared].title


def test_without_any(catalog: Catalog) -> None:
    """
    The made-up data have none.
    """
    assert () == catalog.statements


@pytest.mark.parametrize("name", ["statements/xx/acme.yaml", "ours.yaml"])
def test_an_overlay_adds(acme_index: Path, tmp_path: Path, name: str) -> None:
    """
    A user's statements stand beside those of the database, from a folder or a lone file.
    """
    path = put(tmp_path, name=name)
    lone = Catalog.open(acme_index, [path if name == "ours.yaml" else tmp_path])

    assert ["denied"] == [statement.effect for statement in lone.statements]
    assert "Acme on its sellers" == lone.sources[lone.statements[0].sources[0]].title


def test_an_overlay_of_one_name_adds_too(acme_copy: Path, tmp_path: Path) -> None:
    """
    A file of the same name replaces nothing: both statements are there, each with its own sources.
    """
    put(acme_copy)
    put(tmp_path / "ours", "granted", text=TEXT.replace("Acme on its sellers", "A letter"))
    catalog = Catalog.open(acme_copy, [tmp_path / "ours"])
    titles = {s.effect: catalog.sources[s.sources[0]].title for s in catalog.statements}

    assert {"denied": "Acme on its sellers", "granted": "A letter"} == titles


def test_they_are_facts(acme_copy: Path, tmp_path: Path) -> None:
    """
    With another statement the data have another version; an index that is carried on equals one that is made anew.
    """
    before = tmp_path / "before.sqlite"
    bare = compile_folder(acme_copy, before)
    path = put(acme_copy)
    denied = compile_folder(acme_copy, tmp_path / "carried.sqlite", [before])
    put(acme_copy, "granted", text=TEXT.replace("page", "leaf"))
    granted = compile_folder(acme_copy, tmp_path / "again.sqlite", [tmp_path / "carried.sqlite"])
    anew = compile_folder(acme_copy, tmp_path / "anew.sqlite")
    carried, fresh = (Catalog.open(tmp_path / name) for name in ("again.sqlite", "anew.sqlite"))

    assert 3 == len({bare, denied, granted})
    assert granted == anew
    assert ["granted"] == [s.effect for s in carried.statements] == [s.effect for s in fresh.statements]
    assert fresh.count("source") == carried.count("source")
    path.unlink()
    assert bare == compile_folder(acme_copy, tmp_path / "gone.sqlite", [tmp_path / "again.sqlite"])
    assert () == Catalog.open(tmp_path / "gone.sqlite").statements


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TEXT.replace("xx/alpha", "xx/nobody"), "there is no carrier xx/nobody"),
        (TEXT.replace("brands: [acme]", "devices: [acme/nine]"), "there is no device acme/nine"),
        (TEXT.replace("xx-times", "yy-times"), "the source 'yy-times' is not defined"),
        (TEXT.replace("[page, xx-times]", "[xx-times]"), "no fact points at this source"),
    ],
)
def test_what_is_checked(acme_copy: Path, text: str, found: str) -> None:
    """
    On the whole folder and on the file alone, with its line.
    """
    path = put(acme_copy, text=text)
    (problem,) = check_folder(acme_copy).problems
    (alone,) = check_some(acme_copy, [path])

    assert found == problem.found == alone.found
    assert ("statements/xx/acme.yaml", True) == (problem.file, problem.line > 1)
    with pytest.raises(DataError, match=found.split("'")[0]):
        Catalog.open(acme_copy)


def test_a_device_that_goes(acme_copy: Path, tmp_path: Path) -> None:
    """
    A statement about a device that is removed later is a problem, also where the statement's file did not change.
    """
    put(acme_copy, text=TEXT.replace("brands: [acme]", "devices: [acme/two]"))
    compile_folder(acme_copy, tmp_path / "before.sqlite")
    (acme_copy / "devices/acme/two.yaml").unlink()

    with pytest.raises(DataError, match="there is no device acme/two"):
        compile_folder(acme_copy, tmp_path / "after.sqlite", [tmp_path / "before.sqlite"])
