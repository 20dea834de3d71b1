"""
From what an importer found to its folder: compared with what is there, checked as part of the whole, written beside and
swapped in.
"""

from __future__ import annotations

import ctypes
import difflib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from bandcheck.database.compile import check_trees
from bandcheck.database.files.fmt import written
from bandcheck.database.files.tree import Tree, height, read_document, read_tree
from bandcheck.database.files.yamlfile import MAX_BYTES, read_text
from bandcheck.database.importers.frame import ORDER, Imported, Importer, known_of
from bandcheck.errors import DataError, Problem


@define(eq=False)
class Import:
    """
    An import, worked out and not yet written.

    Attributes:
        importer: Which one.

        folder: The one that it owns.

        found: What the importer found.

        files: Every file of the folder, by name, as it is to be.

        old: Likewise, as it is; empty if there is none.

        added, changed, removed: Ids of records; of changed ones only those whose facts differ, not their place.

        overruled: Where a hand-made fact wins over one of this import and differs: `(id, RAT, what lost)`.
    """

    importer: Importer
    folder: Path
    found: Imported
    files: dict[str, str]
    old: dict[str, str] = field(factory=dict)
    added: list[str] = field(factory=list)
    changed: list[str] = field(factory=list)
    removed: list[str] = field(factory=list)
    overruled: list[tuple[str, str, str]] = field(factory=list)

    @property
    def differs(self) -> bool:
        """
        Whether there is anything to write.
        """
        return self.files != self.old

    def diff(self) -> Iterator[str]:
        """
        A unified diff from the folder as it is to the folder as it is to be.
        """
        for name in sorted({*self.old, *self.files}):
            before, after = (files.get(name, "").splitlines(keepends=True) for files in (self.old, self.files))
            shown = f"imported/{self.importer.name}/{name}"
            yield from difflib.unified_diff(
                before,
                after,
                shown if name in self.old else "/dev/null",
                shown if name in self.files else "/dev/null",
            )


def work_out(importer: Importer, paths: Sequence[Path], root: Path) -> Import:
    """
    Read a source and say what its import into a data folder would do. Writes nothing.

    Raises:
        DataError: A file is not what the importer reads; or the data folder with the result in it would not pass
            the checks.
    """
    problems: list[Problem] = []
    trees = read_tree(root, problems)
    layer = f"imported/{importer.name}"
    problems = [p for p in problems if not p.file.startswith(f"{layer}/")]  # these files are about to be replaced
    found = importer.read(paths, known_of(trees, importer.name))
    folder = root / layer
    files = {name: written(document) for name, document in found.files.items()}
    files["summary.yaml"] = written(_summary(importer, found))
    old = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    before = next((tree for tree in trees if tree.layer == layer), Tree(layer))
    after = _read(files, layer, problems)
    others = [tree for tree in trees if tree.layer != layer]
    checked = check_trees(sorted([*others, after], key=lambda tree: height(tree.layer)), problems)
    if checked.problems:
        raise DataError((*checked.problems, *_outdated(importer, trees)))
    result = Import(importer, folder, found, files, old)
    for was, now in ((before.carriers, after.carriers), (before.devices, after.devices)):
        result.added += sorted(now.keys() - was.keys())
        result.removed += sorted(was.keys() - now.keys())
        result.changed += sorted(i for i in now.keys() & was.keys() if _facts(now[i]) != _facts(was[i]))
    for record_id, document in sorted({**checked.carriers, **checked.devices}.items()):
        result.overruled += [(record_id, o["rat"], o["says"]) for o in document["overruled"] if o["layer"] == layer]
    return result


def _outdated(importer: Importer, trees: Sequence[Tree]) -> Iterator[Problem]:
    """
    Folders that may stand in the way: those of later importers, made from what this one found before.
    """
    for name in ORDER[ORDER.index(importer.name) + 1 :]:
        if any(tree.layer == f"imported/{name}" for tree in trees):
            found = f"it was made from what {importer.name} found before"
            cure = f"If the problems are about it: remove the folder, import {importer.name}, then {name} again."
            yield Problem(f"imported/{name}", 0, "", found, cure)


def _summary(importer: Importer, found: Imported) -> dict[str, Any]:
    unknown = sorted(found.rules.keys() - importer.rules.keys())
    assert not unknown, f"cleaning rules without a sentence: {unknown}"
    return {
        "importer": importer.name,
        "snapshot": found.snapshot,
        "read": found.read,
        "taken": found.taken,
        "refused": len(found.refused),
        "rules": {rule: found.rules[rule] for rule in importer.rules if found.rules[rule]},
    }


def _read(files: dict[str, str], layer: str, problems: list[Problem]) -> Tree:
    """
    The layer that files make, read as they will be.
    """
    tree = Tree(layer)
    for name, text in sorted(files.items()):
        data, place = text.encode(), f"{layer}/{name}"
        if len(data) > MAX_BYTES:
            problems.append(Problem(place, 0, "", f"{len(data)} bytes, more than are read", "Split it."))
        elif (document := read_text(data, place, problems)) is not None:
            read_document(document, place, tree, problems)
    return tree


def _facts(value: Any) -> Any:
    """
    A record without the places where it stands.
    """
    if isinstance(value, dict):
        return {key: _facts(inner) for key, inner in value.items() if key not in ("line", "file")}
    return [_facts(item) for item in value] if isinstance(value, list | tuple) else value


def write(result: Import) -> None:
    """
    Put an import into its place. The folder is written beside and swapped in by one rename: whoever reads, or kills
    this, finds the old one or the new one.

    Raises:
        OSError: The data folder cannot be written; it is as it was.
    """
    part = result.folder.with_name(f".{result.folder.name}.part")
    _remove(part)
    if not result.differs:
        return
    part.mkdir(parents=True)
    try:
        for name, text in result.files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        _swap(part, result.folder)
    finally:
        _remove(part)


def _swap(part: Path, folder: Path) -> None:
    """
    Put `part` where `folder` is, and `folder`, if there is one, where `part` was.
    """
    if not folder.exists():
        part.rename(folder)
    elif not _exchanged(part, folder):
        # Two renames where the system cannot exchange; between them the folder is missing, and nothing is mixed.
        aside = part.with_suffix(".old")
        _remove(aside)
        folder.rename(aside)
        part.rename(folder)
        aside.rename(part)


def _exchanged(one: Path, other: Path) -> bool:
    """
    Exchange two names in one step, where the system can: Linux since 3.15.
    """
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of linux/fcntl.h and linux/fs.h
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
