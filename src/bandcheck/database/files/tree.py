"""
A data folder as checked records: every file read, its structure checked, nothing yet related to anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import define, field

from bandcheck.database.files.carrier import read_carrier
from bandcheck.database.files.device import read_device
from bandcheck.database.files.fields import Fields
from bandcheck.database.files.source import read_sources
from bandcheck.database.files.spectrum import read_spectrum
from bandcheck.database.files.walk import scope_sources
from bandcheck.database.files.yamlfile import Map, read_file
from bandcheck.errors import Problem

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
_SKIPPED = frozenset({"templates"})


@define(eq=False)
class Tree:
    """
    The records of one layer.

    Attributes:
        layer: `bands`, `imported`, or what an overlay is called.

        sources: Shared sources, by id.

        spectrum: By RAT.

        devices, carriers: By id. A record is a dict of plain values; see `device` and `carrier`.

        files: What each file is: `device`, `carrier`, `spectrum`, `sources`.
    """

    layer: str
    sources: dict[str, dict[str, Any]] = field(factory=dict)
    spectrum: dict[str, dict[str, Any]] = field(factory=dict)
    devices: dict[str, dict[str, Any]] = field(factory=dict)
    carriers: dict[str, dict[str, Any]] = field(factory=dict)
    files: dict[str, str] = field(factory=dict)


def data_files(root: Path) -> list[Path]:
    """
    The YAML files of a data folder, in order; templates and what begins with a dot are not data.
    """
    return sorted(
        path
        for path in root.rglob("*.yaml")
        if not any(part in _SKIPPED or part.startswith(".") for part in path.relative_to(root).parts)
    )


def read_tree(root: Path, problems: list[Problem]) -> list[Tree]:
    """
    Read a data folder.

    Returns:
        Its layers, lowest first: `imported`, then `bands`.
    """
    layers = {"imported": Tree("imported"), "bands": Tree("bands")}
    for path in sorted(root.rglob("*.yml")):
        name = path.relative_to(root).as_posix()
        problems.append(Problem(name, 0, "", "the file ends in .yml, and is not read", "Call it .yaml."))
    for path in data_files(root):
        name = path.relative_to(root).as_posix()
        tree = layers["imported" if name.startswith("imported/") else "bands"]
        document = read_file(path, name, problems)
        if document is not None:
            read_document(document, name, tree, problems)
    return list(layers.values())


def read_overlay(path: Path, layer: str, problems: list[Problem]) -> Tree:
    """
    Read a user's own facts: a folder laid out like `bands/`, or one file that says what it is by its keys.

    Args:
        layer: What the layer is called; no other may be called so.
    """
    tree = Tree(layer)
    root = path if path.is_dir() else path.parent
    for file in data_files(path) if path.is_dir() else [path]:
        document = read_file(file, str(file), problems)
        if document is None:
            continue
        read_document(document, file.relative_to(root).as_posix(), tree, problems, str(file))
    return tree


def read_document(document: Map, name: str, tree: Tree, problems: list[Problem], shown: str | None = None) -> None:
    """
    Put what a file holds into a tree. What it is follows from its place; alone, from its keys.

    Args:
        name: Its place in the data folder.

        shown: What problems call the file; None: by its place.
    """
    fields = Fields(document, shown or name, "", problems)
    parts = name.removeprefix("imported/").removesuffix(".yaml").split("/")
    if parts == ["sources"]:
        tree.files[name] = "sources"
        tree.sources.update(read_sources(fields.map("sources", required=True)))
        fields.done()
    elif parts[0] == "spectrum":
        tree.files[name] = "spectrum"
        record = read_spectrum(fields)
        if record["rat"] in tree.spectrum:
            held = tree.spectrum[record["rat"]]["file"]
            fields.problem("rat", f"{held} has the bands of {record['rat']} already", "One file, one RAT.")
        tree.spectrum[record["rat"]] = {**record, "file": name}
    elif "devices" in document or "carriers" in document:
        _many(fields, name, tree)
    elif parts[0] == "devices" or (parts[0] != "carriers" and "brand" in document):
        for record_id in _id(fields, parts, "devices"):
            tree.files[name] = "device"
            tree.devices[record_id] = _scoped(read_device(fields, record_id), tree)
    elif parts[0] == "carriers" or "kind" in document:
        for record_id in _id(fields, parts, "carriers"):
            tree.files[name] = "carrier"
            tree.carriers[record_id] = _scoped(read_carrier(fields, record_id), tree)
    else:
        fields.problem(
            None,
            "a file that is neither a device, a carrier, spectrum nor sources",
            "Put it where its kind belongs; see bands/README.md.",
        )


def _many(fields: Fields, name: str, tree: Tree) -> None:
    """
    A file of several records: `devices:` and `carriers:` by id, with `sources:` for all of them.
    """
    tree.files[name] = "many"
    shared = read_sources(fields.map("sources"))
    devices, carriers = fields.map("devices"), fields.map("carriers")
    fields.done()
    for group, reader, into in ((devices, read_device, tree.devices), (carriers, read_carrier, tree.carriers)):
        for record_id in group.mapping if group is not None else ():
            one = group.map(record_id) if group is not None else None
            if group is not None and not _ID.fullmatch(record_id):
                cure = "Write brand/name or country/name in small letters, digits and hyphens."
                group.problem(record_id, f"{record_id!r} is not an id", cure)
            elif one is not None:
                record = reader(one, record_id)
                tree.sources.update(shared)
                into[record_id] = _scoped(record, tree)


def _scoped(record: dict[str, Any], tree: Tree) -> dict[str, Any]:
    scope_sources(record, tree.layer)
    return record


def _id(fields: Fields, parts: list[str], folder: str) -> Iterator[str]:
    """
    The id that a file's place gives: the last two parts of the path; a lone overlay file may say `id:`.
    """
    what = "brand/name" if folder == "devices" else "country/name"
    said = fields.text("id")
    placed = parts[0] == folder
    parts = parts[1:] if placed else parts
    if said is not None:
        if placed and said != "/".join(parts):
            fields.problem("id", f"it says {said}, and its path {'/'.join(parts)}", "Remove it: the path is the id.")
        elif not _ID.fullmatch(said):
            fields.problem("id", f"{said!r} is not an id", f"Write {what} in small letters, digits and hyphens.")
        else:
            yield said
        return
    if not _ID.fullmatch("/".join(parts)):
        fields.problem(
            None,
            f"the path gives no id: {'/'.join(parts)}",
            f"Put it at {folder}/{what}.yaml in small letters, digits and hyphens, or say `id: {what}`.",
        )
        return
    yield "/".join(parts)


def merge_sources(trees: Iterable[Tree]) -> dict[str, dict[str, Any]]:
    """
    Every shared source of several layers, the higher ones winning.
    """
    merged: dict[str, dict[str, Any]] = {}
    for tree in trees:
        merged.update(tree.sources)
    return merged
