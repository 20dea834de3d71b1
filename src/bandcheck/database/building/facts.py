"""
The records that there are: what was just read, over what a base knows.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bandcheck.database.building.base import Base, Row
from bandcheck.database.building.parts import Key, Part
from bandcheck.database.files.tree import Tree
from bandcheck.database.layers import merge_carriers, merge_devices
from bandcheck.errors import Problem

Record = dict[str, Any]


class Id(NamedTuple):
    """
    A `device` or `carrier`, whatever layers have it.
    """

    kind: str
    id: str


class Facts:
    """
    Records by key.

    Attributes:
        base: What is known of files that were not read.

        layers: Lowest first.

        rows: Every record that there is.

        blobs: Those just read, as the index keeps them.

        changed: Where `rows` differ from the base's; also what is gone.
    """

    def __init__(
        self, parts: Iterable[Part], layers: Sequence[str], base: Base, stale: set[str], problems: list[Problem]
    ) -> None:
        """
        Args:
            stale: Files of which the base's records hold no longer.

            problems: Where those go that show when files come together: two that have one record.
        """
        self.base = base
        self.layers = list(layers)
        self.rows = {key: row for key, row in base.rows.items() if row.file not in stale}
        self.blobs: dict[Key, bytes] = {}
        self._read: dict[Key, Record] = {}
        for part in parts:
            for key, record in part.records():
                self._take(key, record, part, problems)
        every = base.rows.keys() | self.rows.keys()
        self.changed = {key for key in every if base.rows.get(key) != self.rows.get(key)}
        place = {layer: number for number, layer in enumerate(self.layers)}
        self._layers_of: dict[Id, list[str]] = {}
        for key in self.rows:
            self._layers_of.setdefault(Id(key.kind, key.id), []).append(key.layer)
        for found in self._layers_of.values():
            if len(found) > 1:
                found.sort(key=place.__getitem__)

    def _take(self, key: Key, record: Record, part: Part, problems: list[Problem]) -> None:
        file = part.name or record.get("file", "")
        held = self.rows.get(key)
        if held is not None:
            first, second = sorted([held.file, file])
            line = record.get("line", 0) if second == file else 0
            problems.append(Problem(second, line, *_twice(key, first)))
            if second == file:
                return
        digest, self.blobs[key] = part.packed[key]
        self.rows[key] = Row(file, digest)
        self._read[key] = record

    def __getitem__(self, key: Key) -> Record:
        """
        A record. With its lines if its file was read.
        """
        found = self._read.get(key)
        return self.base.record(key) if found is None else found

    def __contains__(self, one: tuple[str, str]) -> bool:
        return one in self._layers_of

    @property
    def spectrum_changed(self) -> bool:
        """
        Whether the operating bands differ, on which everything stands.
        """
        return any(key.kind == "spectrum" for key in self.changed)

    @functools.cached_property
    def spectrum(self) -> dict[str, Record]:
        """
        The records of the operating bands, by RAT.
        """
        return self.every_top("spectrum")

    def ids(self) -> set[Id]:
        """
        Every device and carrier.
        """
        return {one for one in self._layers_of if one.kind in ("device", "carrier")}

    def keys_of(self, one: tuple[str, str]) -> list[Key]:
        """
        The records of one id, lowest layer first.
        """
        return [Key(*one, layer) for layer in self._layers_of.get(Id(*one), ())]

    def top(self, kind: str, record_id: str) -> Record | None:
        """
        The record of the highest layer that has it.
        """
        keys = self.keys_of((kind, record_id))
        return self[keys[-1]] if keys else None

    def every_top(self, kind: str) -> dict[str, Record]:
        """
        All of a kind, those of higher layers over lower ones.
        """
        return {one.id: self[Key(*one, found[-1])] for one, found in self._layers_of.items() if one.kind == kind}

    def merged(self, ids: Iterable[Id]) -> dict[Id, Record]:
        """
        Devices and carriers with all their layers; those of lower layers first, then by id. What is gone is missing.
        """
        trees = {layer: Tree(layer) for layer in self.layers}
        for one in sorted(ids):
            for key in self.keys_of(one):
                tree = trees[key.layer]
                (tree.devices if one.kind == "device" else tree.carriers)[one.id] = self[key]
        layered = list(trees.values())
        found = {Id("device", i): record for i, record in merge_devices(layered).items()}
        return found | {Id("carrier", i): record for i, record in merge_carriers(layered).items()}


def _twice(key: Key, first: str) -> tuple[str, str, str]:
    """
    Path, what is wrong and cure, where two files have one record.
    """
    if key.kind == "spectrum":
        return "rat", f"{first} has the bands of {key.id} already", "One file, one RAT."
    if key.kind == "source":
        return f"sources.{key.id}", f"{first} has a source of that id already", "Define it once, in sources.yaml."
    return "", f"{first} has {key.id} already", "Keep one of the two."
