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
from bandcheck.database.files.statement import read_statements
from bandcheck.database.files.walk import scope_sources
from bandcheck.database.files.yamlfile import Map, read_file
from bandcheck.errors import Problem

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
"""The id of a device (`brand/name`) or carrier (`country/name`)."""

_RECORD = re.compile(rf"^  ({ID.pattern}):$", re.M)
_SKIPPED = frozenset({"templates"})

IMPORTERS = ("devices", "aosp", "networks", "carriers_facts")
"""The folders of `imported/`, each a layer of its own; the lowest first. Others that somebody puts there lie below."""


@define(eq=False)
class Tree:
    """
    The records of one layer.

    Attributes:
        layer: `bands`, `imported/networks` (a folder of imported facts; `imported` for what lies in none), or what an
            overlay is called.

        sources: Shared sources, by id.

        spectrum: By RAT.

        devices, carriers: By id. A record is a dict of plain values; see `device` and `carrier`.

        statements: By id, `statements/us/xiaomi`: the place of their file.

        files: What each file is: `device`, `carrier`, `spectrum`, `sources`, `statements`, `summary`.

        imports: What an importer reported when it wrote this layer, by its name; see `read_summary`.
    """

    layer: str
    sources: dict[str, dict[str, Any]] = field(factory=dict)
    spectrum: dict[str, dict[str, Any]] = field(factory=dict)
    devices: dict[str, dict[str, Any]] = field(factory=dict)
    carriers: dict[str, dict[str, Any]] = field(factory=dict)
    statements: dict[str, dict[str, Any]] = field(factory=dict)
    files: dict[str, str] = field(factory=dict)
    imports: dict[str, dict[str, Any]] = field(factory=dict)


def is_imported(layer: str) -> bool:
    """
    Whether a layer is one that importers wrote.
    """
    return layer == "imported" or layer.startswith("imported/")


def layer_of(name: str) -> str:
    """
    The layer of a file, by its place in the data folder.

    >>> layer_of("imported/networks/us.yaml"), layer_of("carriers/us/t-mobile.yaml")
    ('imported/networks', 'bands')
    """
    parts = name.split("/")
    if parts[0] != "imported":
        return "bands"
    return "imported" if len(parts) == 2 else f"imported/{parts[1]}"


def height(layer: str) -> tuple[int, int, str]:
    """
    Sorts the layers of a data folder, the lowest first.
    """
    folder = layer.removeprefix("imported").removeprefix("/")
    rank = IMPORTERS.index(folder) + 1 if folder in IMPORTERS else 0
    return (0, rank, folder) if is_imported(layer) else (1, 0, layer)


def data_files(root: Path) -> list[Path]:
    """
    The YAML files of a data folder, in order; templates and what begins with a dot are not data.
    """
    return sorted(
        path
        for path in root.rglob("*.yaml")
        if not any(part in _SKIPPED or part.startswith(".") for part in path.relative_to(root).parts)
    )


def imported_ids(root: Path, kind: str) -> Iterator[str]:
    """
    The ids of the `devices` or `carriers` that imported files of several records hold, without reading the files:
    importers write one record's key a line.
    """
    for path in sorted((root / "imported").glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        _, _, group = text.partition(f"\n{kind}:\n") if not text.startswith(f"{kind}:\n") else ("", "", text)
        yield from _RECORD.findall(group)


def read_tree(root: Path, problems: list[Problem]) -> list[Tree]:
    """
    Read a data folder.

    Returns:
        Its layers, lowest first: those of `imported/`, then `bands`.
    """
    layers = {"bands": Tree("bands")}
    for path in sorted(root.rglob("*.yml")):
        name = path.relative_to(root).as_posix()
        problems.append(Problem(name, 0, "", "the file ends in .yml, and is not read", "Call it .yaml."))
    for path in data_files(root):
        name = path.relative_to(root).as_posix()
        tree = layers.setdefault(layer_of(name), Tree(layer_of(name)))
        document = read_file(path, name, problems)
        if document is not None:
            read_document(document, name, tree, problems)
    return sorted(layers.values(), key=lambda tree: height(tree.layer))


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
    within = parts[1:] if name.startswith("imported/") else []
    if parts == ["sources"] or within == ["sources"]:
        tree.files[name] = "sources"
        tree.sources.update(read_sources(fields.map("sources", required=True)))
        fields.done()
    elif within == ["summary"]:
        tree.files[name] = "summary"
        tree.imports[parts[0]] = read_summary(fields)
    elif parts[0] == "spectrum":
        tree.files[name] = "spectrum"
        record = read_spectrum(fields)
        if record["rat"] in tree.spectrum:
            held = tree.spectrum[record["rat"]]["file"]
            fields.problem("rat", f"{held} has the bands of {record['rat']} already", "One file, one RAT.")
        tree.spectrum[record["rat"]] = {**record, "file": name}
    elif parts[0] == "statements" or "statements" in document:
        tree.files[name] = "statements"
        record_id = f"statements/{'/'.join(parts).removeprefix('statements/')}"
        tree.statements[record_id] = _scoped(read_statements(fields, record_id), tree)
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
            "a file that is neither a device, a carrier, spectrum, sources nor statements",
            "Put it where its kind belongs; see bands/README.md.",
        )


def read_summary(fields: Fields) -> dict[str, Any]:
    """
    What an importer reported: `{"importer", "snapshot", "read", "taken", "refused", "rules"}`. Rows that it read,
    took and refused; `rules` counts the rows that each cleaning rule touched.
    """
    rules = fields.map("rules")
    counts = {}
    for rule in rules.mapping if rules is not None else ():
        counts[rule] = rules.count(rule) if rules is not None else 0
    summary = {
        "importer": fields.text("importer", required=True) or "",
        "snapshot": fields.date("snapshot", required=True),
        **{key: fields.count(key) for key in ("read", "taken", "refused")},
        "rules": counts,
    }
    fields.done()
    return summary


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
            if group is not None and not ID.fullmatch(record_id):
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
        elif not ID.fullmatch(said):
            fields.problem("id", f"{said!r} is not an id", f"Write {what} in small letters, digits and hyphens.")
        else:
            yield said
        return
    if not ID.fullmatch("/".join(parts)):
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
