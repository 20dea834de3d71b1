"""
What an importer is: a pure function from a source's files, and from what the database holds without them, to the files
of one folder.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from attrs import define, field, frozen

from bandcheck.database.files.tree import Tree
from bandcheck.database.layers import merge_carriers, merge_devices
from bandcheck.errors import DataError, Problem

ORDER = ("networks", "carriers_facts", "aosp", "devices")
"""
The order in which importers are run. Each sees what people wrote and what those before it found, nothing else: run
again in this order they find the same. (Which of their layers wins is another order: see `tree.IMPORTERS`.)
"""


@frozen
class KnownCarrier:
    """
    A carrier that the database has already.

    Attributes:
        id, name, kind: As in its file; `kind` is `network` or `mvno`.

        aliases: Other names, in the order of the file.

        plmns: `310-260`, with every digit that it is written with.

        country: ISO 3166 code in small letters, the first part of the id.

        layers: The layers that have a record of it, lowest first.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    plmns: tuple[str, ...]
    country: str
    layers: tuple[str, ...]


@frozen
class KnownDevice:
    """
    A device that the database has already.

    Attributes:
        id, brand, name: As in its file.

        aliases, models: Other names; every variant's model numbers.

        layers: The layers that have a record of it, lowest first.
    """

    id: str
    brand: str
    name: str
    aliases: tuple[str, ...]
    models: tuple[str, ...]
    layers: tuple[str, ...]


@frozen
class Known:
    """
    What the database has without the importer at work.

    Attributes:
        carriers, devices: By id: those that people wrote and those of importers before this one in `ORDER`.

        before: The carriers that the importer itself wrote the last time, by id; empty at the first. For carriers that
            stay as they are, with their ids, and for nothing else.
    """

    carriers: Mapping[str, KnownCarrier] = field(factory=dict)
    devices: Mapping[str, KnownDevice] = field(factory=dict)
    before: Mapping[str, KnownCarrier] = field(factory=dict)


class Refused(NamedTuple):
    """
    A row that was not taken.

    Attributes:
        row: Its number in the source, from 1; 0 where a source has no rows.

        came: What came, cut to a readable length.

        why: What was expected, or which rule leaves it out.
    """

    row: int
    came: str
    why: str


@define(eq=False)
class Imported:
    """
    What an importer found.

    Attributes:
        snapshot: The day that the source is of: `2024-09-09`.

        files: Every file of its folder but `summary.yaml`, as plain values: `{"us.yaml": {"carriers": {...}},
            "sources.yaml": {"sources": {...}}}`. Its sources' ids are no other file's.

        read, taken: Rows read, and those of which something was taken.

        refused: Rows that were not, with their reasons.

        rules: How many rows each cleaning rule touched; a key of `Importer.rules`.
    """

    snapshot: str
    files: dict[str, dict[str, Any]] = field(factory=dict)
    read: int = 0
    taken: int = 0
    refused: list[Refused] = field(factory=list)
    rules: Counter[str] = field(factory=Counter)

    def refuse(self, row: int, came: object, why: str) -> None:
        """
        Note a row that is not taken.
        """
        text = came if isinstance(came, str) else repr(came)
        self.refused.append(Refused(row, text if len(text) <= 80 else f"{text[:79]}…", why))


@frozen
class Importer:
    """
    One importer. Its module is called as it is, and has it as `IMPORTER`.

    Attributes:
        name: Also its folder's.

        about: What it reads, for help texts.

        files: What its source files are, in order; those after the first may be left out.

        rules: Its cleaning rules, each with one sentence.

        read: The files and what is known, to what they say. Raises `DataError` (see `wrong_file`) only where a file
            is another thing altogether; a bad row is refused and the others go on.
    """

    name: str
    about: str
    files: tuple[str, ...]
    rules: Mapping[str, str]
    read: Callable[[Sequence[Path], Known], Imported]


def importer(name: str) -> Importer:
    """
    The importer of a name out of `ORDER`.
    """
    found: Importer = importlib.import_module(f"bandcheck.database.importers.{name}").IMPORTER
    return found


def wrong_file(path: Path, found: str, expected: str) -> DataError:
    """
    The error about a file that is not what an importer reads.
    """
    return DataError((Problem(str(path), 0, "", found, f"Give {expected}."),))


def source_text(path: Path, expected: str) -> str:
    """
    A source file's text.

    Raises:
        DataError: It cannot be read, or is not UTF-8 from its first kilobyte on. A wrong byte further on reads as
            U+FFFD, so that it spoils its row alone.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise wrong_file(path, f"cannot be read: {error.strerror}", expected) from None
    head = data[:1024].decode("utf-8-sig", errors="ignore")
    if b"\0" in data[:1024] or len(head.encode()) < len(data[:1024]) - 8:
        raise wrong_file(path, "not text in UTF-8", expected)
    return data.decode("utf-8-sig", errors="replace")


def known_of(trees: Iterable[Tree], name: str) -> Known:
    """
    What an importer gets to know of a data folder.

    Args:
        trees: Its layers, lowest first.

        name: The importer's.
    """
    trees = list(trees)
    later = {f"imported/{other}" for other in ORDER[ORDER.index(name) :]}
    seen = [tree for tree in trees if tree.layer not in later]
    own = [tree for tree in trees if tree.layer == f"imported/{name}"]
    devices = {
        i: KnownDevice(
            i,
            record["brand"],
            record["name"],
            tuple(record["aliases"]),
            tuple(model for variant in record["variants"].values() for model in variant["models"]),
            tuple(tree.layer for tree in seen if i in tree.devices),
        )
        for i, record in merge_devices(seen).items()
    }
    return Known(_carriers(seen), devices, _carriers(own))


def _carriers(trees: Sequence[Tree]) -> dict[str, KnownCarrier]:
    return {
        i: KnownCarrier(
            i,
            record["name"],
            record["kind"],
            tuple(record["aliases"]),
            tuple(record["plmns"]),
            i.partition("/")[0],
            tuple(tree.layer for tree in trees if i in tree.carriers),
        )
        for i, record in merge_carriers(trees).items()
    }
