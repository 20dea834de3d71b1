"""
From a data folder to the index: check everything, resolve, write one SQLite file.

The file holds documents (JSON) by id, the keys that lead to them, and the records as read, so that a user's facts
can be laid on top of an index without its YAML. Same data, same `data_version`.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

from bandcheck.database.files.tree import Tree, merge_sources, read_document, read_tree
from bandcheck.database.files.yamlfile import read_file
from bandcheck.database.layers import merge_carriers, merge_devices
from bandcheck.database.names import name_key
from bandcheck.database.resolve import carrier_document, device_document
from bandcheck.database.rules import World, check_records, check_world
from bandcheck.database.schema import APPLICATION_ID, SCHEMA_VERSION
from bandcheck.database.spectrum_records import spectrum_of
from bandcheck.errors import DataError, Problem
from bandcheck.model.device import full_name

Record = dict[str, Any]

_PLACE = re.compile(r'"line":\d+|"file":"(?:[^"\\]|\\.)*"')
"""In a document, where its YAML stood: no fact, and no part of the data version."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spectrum (rat TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE device (id TEXT PRIMARY KEY, brand TEXT NOT NULL, name TEXT NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE carrier (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (layer TEXT, kind TEXT, id TEXT, doc TEXT NOT NULL, PRIMARY KEY (layer, kind, id)) WITHOUT ROWID;
CREATE TABLE name (kind TEXT, key TEXT, id TEXT, variant TEXT, text TEXT NOT NULL, what TEXT NOT NULL,
                   PRIMARY KEY (kind, key, id, variant)) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_search USING fts5(key, kind UNINDEXED, text UNINDEXED, id UNINDEXED, tokenize = 'trigram');
"""


@define(eq=False)
class Checked:
    """
    A data folder, read, merged and checked.

    Attributes:
        trees: Its layers, lowest first.

        devices, carriers: Documents, by id.

        sources: All sources, by id.

        problems: What is wrong; with any, the documents are not to be used.
    """

    trees: list[Tree]
    devices: dict[str, Record] = field(factory=dict)
    carriers: dict[str, Record] = field(factory=dict)
    sources: dict[str, Record] = field(factory=dict)
    problems: list[Problem] = field(factory=list)


def check_folder(root: Path) -> Checked:
    """
    Read and check a data folder; every problem at once.
    """
    problems: list[Problem] = []
    enabled = gc.isenabled()
    gc.disable()  # nothing here is garbage, and the collector would walk it again and again
    try:
        trees = read_tree(root, problems)
        if not any(tree.spectrum for tree in trees) and not problems:
            problems.append(Problem(str(root), 0, "", "not a data folder: it has no spectrum/", "Check the path."))
        return check_trees(trees, problems)
    finally:
        if enabled:
            gc.enable()


def check_trees(trees: list[Tree], problems: list[Problem] | None = None) -> Checked:
    """
    Merge layers, resolve and check them.
    """
    checked = Checked(trees, problems=problems if problems is not None else [])
    shared = merge_sources(trees)
    devices, carriers = merge_devices(trees), merge_carriers(trees)
    world = World(spectrum_of(spectrum_records(trees)), shared, dict(devices), dict(carriers))
    checked.problems.extend(_check_layers(trees, world))
    checked.problems.extend(check_world(world))
    checked.sources.update(shared)
    for record in (*devices.values(), *carriers.values()):
        checked.sources.update(record["sources"])
    for record in spectrum_records(trees).values():
        checked.sources.update({k: v for k, v in record["sources"].items() if k not in checked.sources})
    checked.devices = {i: device_document(devices[i], shared, checked.problems) for i in sorted(devices)}
    checked.carriers = {i: carrier_document(carriers[i], shared) for i in sorted(carriers)}
    checked.problems.sort()
    return checked


def _check_layers(trees: Sequence[Tree], world: World) -> list[Problem]:
    """
    The rules about single records, on each as it is written: merged ones are of several files.
    """
    devices = [record for tree in trees for record in tree.devices.values()]
    carriers = [record for tree in trees for record in tree.carriers.values()]
    return check_records(devices, carriers, world)


def check_some(root: Path, files: Sequence[Path]) -> list[Problem]:
    """
    Check single files of a data folder, reading no others but the shared sources and the spectrum.

    What only shows between files (names that clash) is left to `check_folder`.
    """
    problems: list[Problem] = []
    around = Tree("bands")
    shared = [root / "imported/sources.yaml", root / "sources.yaml", *sorted((root / "spectrum").glob("*.yaml"))]
    for path in shared:
        document = read_file(path, path.relative_to(root).as_posix(), [])
        if document is not None:
            read_document(document, path.relative_to(root).as_posix(), around, [])
    below, mine = Tree("imported"), Tree("bands")
    for path in files:
        name = (
            path.resolve().relative_to(root.resolve()).as_posix()
            if path.resolve().is_relative_to(root.resolve())
            else str(path)
        )
        document = read_file(path, name, problems)
        if document is not None:
            read_document(document, name, below if name.startswith("imported/") else mine, problems)
    world = World(spectrum_of({**around.spectrum, **mine.spectrum}), {**around.sources, **merge_sources([below, mine])})
    for kind, group in (("devices", world.devices), ("carriers", world.carriers)):
        for folder in (root / "imported" / kind, root / kind):
            group.update({p.relative_to(folder).with_suffix("").as_posix(): None for p in folder.rglob("*.yaml")})
    devices = merge_devices([below, mine])
    world.devices.update(devices)
    world.carriers.update(merge_carriers([below, mine]))
    problems += _check_layers([below, mine], world)
    for record in devices.values():
        device_document(record, world.sources, problems)
    return sorted(problems)


def spectrum_records(trees: Sequence[Tree]) -> dict[str, Record]:
    """
    The spectrum tables of several layers, the higher ones winning.
    """
    merged: dict[str, Record] = {}
    for tree in trees:
        merged.update(tree.spectrum)
    return merged


def compile_folder(root: Path, target: Path) -> str:
    """
    Check a data folder and write its index. The file is written beside and renamed: `target` is whole or as it was.

    Returns:
        The data version.

    Raises:
        DataError: The folder has problems; nothing is written.
    """
    checked = check_folder(root)
    if checked.problems:
        raise DataError(tuple(checked.problems))
    return write_index(checked, target)


def write_index(checked: Checked, target: Path) -> str:
    """
    Write the index of checked data; see `compile_folder`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        try:
            version = fill_index(checked, connection)
        finally:
            connection.close()
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return version


def fill_index(checked: Checked, connection: sqlite3.Connection) -> str:
    """
    Write checked data into an empty database; returns the data version.
    """
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; {_SCHEMA}"
    )
    tables = list(_tables(checked))
    digest = hashlib.sha256()
    for table, rows in tables:
        digest.update(table.encode())
        for row in rows:
            digest.update(_PLACE.sub("", "\x1f".join(row)).encode())
    version = digest.hexdigest()[:12]
    for table, rows in tables:
        if rows:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.execute(
        "INSERT INTO name_search (key, kind, text, id) SELECT key, kind, text, id FROM name WHERE what != 'plmn'"
    )
    meta = {"data_version": version, "overlaps": _overlaps(checked)}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    connection.commit()
    connection.execute("VACUUM")
    return version


def _tables(checked: Checked) -> Iterator[tuple[str, Sequence[tuple[str, ...]]]]:
    """
    Every table's rows, sorted.
    """
    yield (
        "source",
        sorted(
            (i, _json({k: s[k] for k in ("kind", "title", "url", "date", "upstream")}))
            for i, s in checked.sources.items()
        ),
    )
    spectrum = spectrum_records(checked.trees)
    yield "spectrum", sorted((rat, _json(r)) for rat, r in spectrum.items())
    yield "device", [(i, d["brand"], full_name(d["brand"], d["name"]), _json(d)) for i, d in checked.devices.items()]
    yield "carrier", [(i, d["kind"], d["name"], _json(d)) for i, d in checked.carriers.items()]
    rows = []
    for tree in checked.trees:
        rows += [(tree.layer, "device", i, _json(r)) for i, r in sorted(tree.devices.items())]
        rows += [(tree.layer, "carrier", i, _json(r)) for i, r in sorted(tree.carriers.items())]
        rows += [(tree.layer, "source", i, _json(r)) for i, r in sorted(tree.sources.items())]
    yield "record", rows
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in _names(checked):
        names.setdefault(row[:4], row)  # a name that is a code name too is a name
    yield "name", sorted(names.values())


def _names(checked: Checked) -> Iterator[tuple[str, ...]]:
    """
    `(kind, key, id, variant, text, what)` of every name.
    """
    for device in checked.devices.values():
        full = full_name(device["brand"], device["name"])
        for text, what in [(full, "name"), (device["name"], "name"), *((a, "alias") for a in device["aliases"])]:
            yield "device", name_key(text), device["id"], "", text, what
        for text in device["aliases"]:
            yield "device", name_key(full_name(device["brand"], text)), device["id"], "", text, "alias"
        for codename in device["codenames"]:
            yield "device", name_key(codename), device["id"], "", codename, "codename"
        for variant in device["variants"]:
            for model in variant["models"]:
                yield "device", name_key(model), device["id"], variant["key"], model, "model"
    for carrier in checked.carriers.values():
        for text, what in [(carrier["name"], "name"), *((a, "alias") for a in carrier["aliases"])]:
            yield "carrier", name_key(text), carrier["id"], "", text, what
        for plmn in carrier["plmns"]:
            yield "carrier", f"plmn:{plmn}", carrier["id"], "", plmn, "plmn"


def _overlaps(checked: Checked) -> str:
    """
    `Spectrum.overlaps` as JSON: keys and masks are hexadecimal.
    """
    found = spectrum_of(spectrum_records(checked.trees)).overlaps
    masks = {k: f"{getattr(found, k):x}" for k in ("alone", "low", "mmwave")}
    near = {f"{bit:x}": f"{mask:x}" for bit, mask in found.near.items()}
    return _json({**masks, "near": near, "edges": {f"{bit:x}": edges for bit, edges in found.edges.items()}})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
