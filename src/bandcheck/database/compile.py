"""
From a data folder to the index: check everything, resolve, write one SQLite file. Same data, same `data_version`.

See `building` for how, and for how one index follows from another when a few files changed.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bandcheck.database.building.base import Base
from bandcheck.database.building.checking import Checked, check_parts
from bandcheck.database.building.parts import Folder, Part, open_folder, part_of, read_parts
from bandcheck.database.building.writing import create, write
from bandcheck.database.files.tree import (
    Tree,
    height,
    imported_ids,
    layer_of,
    merge_sources,
    read_document,
)
from bandcheck.database.files.yamlfile import read_file
from bandcheck.database.layers import merge_carriers, merge_devices
from bandcheck.database.resolve import device_document
from bandcheck.database.rulebook import World
from bandcheck.database.rules import check_records, check_statements
from bandcheck.database.spectrum_records import spectrum_of
from bandcheck.errors import DataError, Problem

__all__ = ["Checked", "check_folder", "check_some", "check_trees", "compile_folder", "fill_index", "write_index"]

Record = dict[str, Any]

_PACKAGE = Path(__file__).parents[1]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """
    Without the garbage collector: nothing that is read here is garbage, and it would walk all of it again and again.
    A function that lets go of what it read is wholly inside: else it is walked once more in the end.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def check_folder(root: Path, base: Base | None = None) -> Checked:
    """
    Read and check a data folder; every problem at once.

    Args:
        base: What is known of the folder as it was before: only what differs is read. Of a file with a problem all is
            read, so that the line can be told.
    """
    base = base or Base()
    folder = open_folder(root)
    with _uncollected():
        read: dict[str, Part] = {}
        wanted = {name for name, digest in folder.digests.items() if base.files.get(name) != digest}
        while True:
            read |= read_parts({name: folder.files[name] for name in sorted(wanted)})
            checked = _check(folder, [read[name] for name in sorted(read)], base)
            wanted = {p.file for p in checked.problems} & folder.files.keys() - read.keys()
            if not wanted:
                return checked


def _check(folder: Folder, parts: Sequence[Part], base: Base) -> Checked:
    """
    Check the files of a folder that were read as part of the whole.
    """
    problems = [*folder.problems, *(problem for part in parts for problem in part.problems)]
    layers = sorted({"bands", *base.layers, *(part.tree.layer for part in parts)}, key=height)
    checked = check_parts(parts, layers, problems, base, base.files.keys() - folder.files.keys())
    checked.files, checked.program = folder.digests, program_digest()
    if not checked.facts.spectrum and not problems:
        problems.append(Problem(str(folder.root), 0, "", "not a data folder: it has no spectrum/", "Check the path."))
    return checked


def check_trees(trees: Sequence[Tree], problems: list[Problem] | None = None) -> Checked:
    """
    Merge layers, lowest first, resolve and check them.
    """
    layers = list(dict.fromkeys(tree.layer for tree in reversed(trees)))[::-1]
    return check_parts([part_of(tree) for tree in trees], layers, problems if problems is not None else [])


def check_some(root: Path, files: Sequence[Path]) -> list[Problem]:
    """
    Check single files of a data folder, reading no others but the shared sources and the spectrum.

    What only shows between files (names that clash) is left to `check_folder`.
    """
    problems: list[Problem] = []
    around = Tree("bands")
    imported = [root / "imported/sources.yaml", *sorted((root / "imported").glob("*/sources.yaml"))]
    shared = [*imported, root / "sources.yaml", *sorted((root / "spectrum").glob("*.yaml"))]
    for path in shared:
        document = read_file(path, path.relative_to(root).as_posix(), [])
        if document is not None:
            read_document(document, path.relative_to(root).as_posix(), around, [])
    layers = {"bands": Tree("bands")}
    for path in files:
        name = (
            path.resolve().relative_to(root.resolve()).as_posix()
            if path.resolve().is_relative_to(root.resolve())
            else str(path)
        )
        document = read_file(path, name, problems)
        if document is not None:
            read_document(document, name, layers.setdefault(layer_of(name), Tree(layer_of(name))), problems)
    trees = sorted(layers.values(), key=lambda tree: height(tree.layer))
    world = World(
        spectrum_of({**around.spectrum, **{rat: r for tree in trees for rat, r in tree.spectrum.items()}}),
        {**around.sources, **merge_sources(trees)},
    )
    for kind, group in (("devices", world.devices), ("carriers", world.carriers)):
        for folder in (root / "imported" / kind, root / kind):
            group.update({p.relative_to(folder).with_suffix("").as_posix(): None for p in folder.rglob("*.yaml")})
        group.update(dict.fromkeys(imported_ids(root, kind)))
    devices = merge_devices(trees)
    world.devices.update(devices)
    world.carriers.update(merge_carriers(trees))
    problems += check_records(
        [record for tree in trees for record in tree.devices.values()],
        [record for tree in trees for record in tree.carriers.values()],
        world,
    )
    problems += check_statements([record for tree in trees for record in tree.statements.values()], world)
    for record in devices.values():
        device_document(record, world.sources, problems)
    return sorted(problems)


@_uncollected()
def compile_folder(root: Path, target: Path, before: Sequence[Path] = ()) -> str:
    """
    Check a data folder and write its index. The file is written beside and renamed: `target` is whole or as it was.

    Args:
        before: Indexes of this folder, or of others, that may be carried on: of those that this very program wrote the
            one that knows most of the files. Whatever is wrong with it, everything is compiled instead.

    Returns:
        The data version.

    Raises:
        DataError: The folder has problems; nothing is written.
    """
    nearest = _nearest(root, before)
    if nearest is not None:
        try:
            return _carry_on(root, nearest, target)
        except (sqlite3.Error, zlib.error, LookupError, TypeError, AttributeError, OSError):
            pass  # half a disk's worth of trouble, or swept away: compile everything
        except ValueError as error:
            if isinstance(error, DataError):
                raise
    checked = check_folder(root)
    if checked.problems:
        raise DataError(tuple(checked.problems))
    return write_index(checked, target)


def _carry_on(root: Path, before: Path, target: Path) -> str:
    """
    Write the index of a folder from another one.
    """
    with _beside(target) as part:
        shutil.copyfile(before, part)
        with contextlib.closing(sqlite3.connect(part)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
            checked = check_folder(root, Base(connection))
            if checked.problems:
                raise DataError(tuple(checked.problems))
            version = _filled(checked, connection)
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
            if free > pages // 4:
                connection.execute("VACUUM")
    return version


def _nearest(root: Path, before: Sequence[Path]) -> Path | None:
    """
    The index that knows most files of a folder as they are, if it knows half of them.
    """
    if not before:
        return None
    digests, program = open_folder(root).digests, program_digest()
    best, most = None, len(digests) // 2
    for path in before:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
                (wrote,) = connection.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
                files = dict(connection.execute("SELECT name, digest FROM file")) if wrote == program else {}
        except (sqlite3.Error, TypeError):
            continue
        known = sum(files.get(name) == digest for name, digest in digests.items())
        if known > most:
            best, most = path, known
    return best


@functools.cache
def program_digest() -> str:
    """
    Which program reads and compiles: a digest of its source. What another one compiled is not carried on.
    """
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(path for room in ("database", "model") for path in (_PACKAGE / room).rglob("*.py")):
        found.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def write_index(checked: Checked, target: Path) -> str:
    """
    Write the index of checked data; see `compile_folder`.
    """
    with _beside(target) as part, contextlib.closing(sqlite3.connect(part)) as connection:
        return fill_index(checked, connection)


def fill_index(checked: Checked, connection: sqlite3.Connection) -> str:
    """
    Write checked data into an empty database; returns the data version.
    """
    create(connection)
    return _filled(checked, connection)


def _filled(checked: Checked, connection: sqlite3.Connection) -> str:
    connection.execute("PRAGMA synchronous = OFF")  # it is whole when it is renamed, or it is not there
    return write(checked, connection)


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """
    A file to write, which takes the place of `target` in the end; on an error it is gone.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
