"""
What an index knows of the records that it was made from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from bandcheck.database.building.parts import Key
from bandcheck.database.files.tree import height
from bandcheck.database.packing import unpacked

Record = dict[str, Any]


class Row(NamedTuple):
    """
    Where a record stands, and the digest of what it says.
    """

    file: str
    digest: bytes


class Base:
    """
    The records of an index; of none, an empty one. Records come from it without their lines: those are in the files.

    Attributes:
        files: The digest of each file that it was made from.

        rows: Every record.

        layers: Lowest first.
    """

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self._connection = connection
        self.files = {name: bytes(digest) for name, digest in self._all("SELECT name, digest FROM file")}
        self.rows = {
            Key(kind, record_id, layer): Row(file, bytes(digest))
            for kind, record_id, layer, file, digest in self._all("SELECT kind, id, layer, file, digest FROM record")
        }
        self.layers = sorted({key.layer for key in self.rows}, key=height)

    def record(self, key: Key) -> Record:
        """
        A record as it was read.
        """
        ((blob,),) = self._all("SELECT doc FROM record WHERE kind = ? AND id = ? AND layer = ?", key)
        record: Record = unpacked(blob)
        if "file" in record:
            record["file"] = self.rows[key].file
            for variant in record.get("variants", {}).values():
                variant["file"] = record["file"]
        return record

    def keys_of(self, one: tuple[str, str]) -> list[Key]:
        """
        The records of one id, lowest layer first.
        """
        return [key for layer in self.layers if (key := Key(*one, layer)) in self.rows]

    def top(self, kind: str, record_id: str) -> Record | None:
        """
        The record of the highest layer that has it.
        """
        keys = self.keys_of((kind, record_id))
        return self.record(keys[-1]) if keys else None

    def every_top(self, kind: str) -> dict[str, Record]:
        """
        All of a kind, those of higher layers over lower ones.
        """
        order = {layer: number for number, layer in enumerate(self.layers)}
        keys = sorted((key for key in self.rows if key.kind == kind), key=lambda key: order[key.layer])
        return {record_id: self.record(key) for record_id, key in {key.id: key for key in keys}.items()}

    def standing(self, one: tuple[str, str]) -> str | None:
        """
        What others depend on of a device or carrier: that it is there (else None), and what kind of carrier it is.
        """
        top = self.top(*one)
        return None if top is None else top.get("kind", "")

    def document(self, kind: str, record_id: str) -> Record | None:
        """
        A device or carrier as it is looked up; None if there is none.
        """
        found = self._all(f"SELECT doc FROM {kind} WHERE id = ?", (record_id,))
        return unpacked(found[0][0]) if found else None

    def referrers(self, targets: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """
        The devices and carriers that name one of these `(kind, id)`, as such pairs.
        """
        query = "SELECT kind, id FROM refers WHERE target_kind = ? AND target = ?"
        return {(kind, record_id) for target in targets for kind, record_id in self._all(query, target)}

    def namesakes(self, kind: str, names: Iterable[str]) -> set[str]:
        """
        The devices or carriers with one of these names, given as keys.
        """
        query = "SELECT id FROM name WHERE kind = ? AND key = ?"
        return {record_id for name in names for (record_id,) in self._all(query, (kind, name))}

    def _all(self, query: str, arguments: Iterable[object] = ()) -> list[Any]:
        return [] if self._connection is None else self._connection.execute(query, tuple(arguments)).fetchall()
