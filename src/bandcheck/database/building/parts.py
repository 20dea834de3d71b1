"""
Data files as checked records, each file for itself: what a file says depends on its bytes and on nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from attrs import define, field

from bandcheck.database.building.halves import in_halves
from bandcheck.database.files.tree import Tree, data_files, layer_of, read_document
from bandcheck.database.files.yamlfile import file_bytes, read_text
from bandcheck.database.packing import as_read, packed
from bandcheck.errors import Problem

Record = dict[str, Any]

SHARED_FROM = 1_000_000
"""From so many bytes on a second process helps to read them."""

_LINE = re.compile(r'"line":[0-9]+')
"""In a record, where its YAML stands: no fact."""


class Key(NamedTuple):
    """
    Which record: a `device`, `carrier`, `source`, `spectrum`, `statement` or `import` of one layer.
    """

    kind: str
    id: str
    layer: str


class Packed(NamedTuple):
    """
    A record as the index keeps it, without its place in a file, and the digest of that.
    """

    digest: bytes
    blob: bytes


@define(eq=False)
class Part:
    """
    The records of one file, or of several of one layer.

    Attributes:
        tree: The records, with their lines.

        name: The file; empty for several.

        packed: The records as the index keeps them.

        problems: What is wrong with the file.
    """

    tree: Tree
    name: str = ""
    packed: dict[Key, Packed] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    def records(self) -> Iterator[tuple[Key, Record]]:
        """
        Every record.
        """
        tree = self.tree
        groups = {
            "device": tree.devices,
            "carrier": tree.carriers,
            "source": tree.sources,
            "spectrum": tree.spectrum,
            "statement": tree.statements,
            "import": tree.imports,
        }
        for kind, group in groups.items():
            for record_id, record in group.items():
                yield Key(kind, record_id, tree.layer), record


@define(eq=False)
class Folder:
    """
    The files of a data folder, as bytes.

    Attributes:
        root: The folder.

        files: By name. One that cannot be read is missing.

        digests: Of their bytes, likewise.

        problems: With files as such: not to be read, or of another ending.
    """

    root: Path
    files: dict[str, bytes] = field(factory=dict)
    digests: dict[str, bytes] = field(factory=dict)
    problems: list[Problem] = field(factory=list)


def open_folder(root: Path) -> Folder:
    """
    Every data file of a folder, in order.
    """
    folder = Folder(root)
    for path in sorted(root.rglob("*.yml")):
        name = path.relative_to(root).as_posix()
        folder.problems.append(Problem(name, 0, "", "the file ends in .yml, and is not read", "Call it .yaml."))
    for path in data_files(root):
        name = path.relative_to(root).as_posix()
        data = file_bytes(path, name, folder.problems)
        if data is not None:
            folder.files[name] = data
            folder.digests[name] = _digest(data)
    return folder


def read_parts(files: Mapping[str, bytes]) -> dict[str, Part]:
    """
    The records of some files of a data folder, by name. A file that is not YAML has none.
    """
    by_size = sorted(files, key=lambda name: len(files[name]))
    worth = sum(map(len, files.values())) >= SHARED_FROM
    found: dict[str, Part] = {}
    for half in in_halves(by_size, lambda names: {name: _read(name, files[name]) for name in names}, worth):
        found |= half
    return found


def part_of(tree: Tree, name: str = "", problems: list[Problem] | None = None) -> Part:
    """
    The part that records make.
    """
    part = Part(tree, name, problems=problems if problems is not None else [])
    for key, record in part.records():
        text = _placeless(record)
        part.packed[key] = Packed(_digest(text.encode()), packed(text))
    return part


def _read(name: str, data: bytes) -> Part:
    tree, problems = Tree(layer_of(name)), list[Problem]()
    document = read_text(data, name, problems)
    if document is not None:
        read_document(document, name, tree, problems)
    return part_of(tree, name, problems)


def _placeless(record: Record) -> str:
    """
    The JSON of a record: in the order in which it was read, as that is the order of what follows from it; but sources,
    whose order means nothing, by id.
    """
    if len(record.get("sources", ())) > 1 and isinstance(record["sources"], dict):
        record = {**record, "sources": dict(sorted(record["sources"].items()))}
    text = _LINE.sub('"line":0', as_read(record))
    return text.replace(f'"file":{as_read(record["file"])}', '"file":""') if "file" in record else text


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
