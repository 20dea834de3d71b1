"""
Keys to devices: a few asked of the index file, many from memory.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from bandcheck.database.identify.title import HEAD, key_of, tokens
from bandcheck.database.identify.words import BRAND_NAMES, LINES
from bandcheck.model.bands import Rat
from bandcheck.model.device import Device

_PATIENCE = 1000
"""After so many questions everything is read into memory: someone has a list."""

_AT_ONCE = 500
"""Keys in one question; SQLite before 3.32 takes 999 parameters."""

_ROWS = "SELECT key, id, variant, what FROM spelling {} ORDER BY what, id, variant"

_SHORT = 3  # letters of a word in which a mistake makes another word

_MANY = 4000
"""Keys that are fewer than all, but not by enough."""


class Row(NamedTuple):
    """
    A device that answers to a key.

    Attributes:
        device: Its id.

        variant: Key of the variant; empty where all are meant.

        what: What the key is of it, see `spellings`.
    """

    device: str
    variant: str
    what: int


class Known(NamedTuple):
    """
    What an answer says of a device.

    Attributes:
        name: Brand and name.

        models: Model numbers by variant, in the order of the file.

        variants: The keys of all variants.

        numbers: All of its model numbers, each once.

        markets: Keys of labels by variant, without "version"; empty ones left out.
    """

    name: str
    models: Mapping[str, tuple[str, ...]]
    variants: tuple[str, ...]
    numbers: tuple[str, ...]
    markets: Mapping[str, str]


Found = Mapping[str, tuple[Row, ...]]


class SpellingIndex:
    """
    The table of spellings of one database.

    Attributes:
        brands: By key, the first part of device ids.

        heads: The first letters of all keys and brands, once they have been read; None before.
    """

    def __init__(self, connection: sqlite3.Connection, device: Callable[[str], Device]) -> None:
        self._connection = connection
        self._device = device
        self._asked = 0
        self._all: dict[str, tuple[Row, ...]] | None = None
        self._known: dict[str, Known] = {}
        self._words: dict[str, frozenset[str]] = {}
        self.heads: frozenset[str] | None = None
        self.brands = {**BRAND_NAMES, **{key_of(slug): slug for slug in self._slugs()}}

    def find(self, keys: Collection[str]) -> Found:
        """
        The devices of some keys, those that a key names best first. The answer may hold more keys than were asked for.
        """
        if self._all is None:
            self._asked += 1
            if self._asked > _PATIENCE or len(keys) > _MANY:
                self._all = _grouped(self._connection.execute(_ROWS.format("")))
                keys_and_brands = (*self._all, *self.brands)
                self.heads = frozenset(key[:n] for key in keys_and_brands for n in range(1, HEAD + 1))
        if self._all is not None:
            return self._all
        found: dict[str, tuple[Row, ...]] = {}
        asked = list(keys)
        for start in range(0, len(asked), _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found.update(_grouped(self._connection.execute(_ROWS.format(f"WHERE key IN ({marks})"), some)))
        return found

    def known(self, device: str) -> Known:
        """
        What answers say of a device.
        """
        found = self._known.get(device)
        if found is None:
            value = self._device(device)
            found = self._known[device] = Known(
                value.full_name,
                {v.key: v.models for v in value.variants},
                tuple(v.key for v in value.variants),
                tuple(dict.fromkeys(m for v in value.variants for m in v.models)),
                {v.key: key for v in value.variants if (key := key_of(v.market).removesuffix("version"))},
            )
        return found

    def may_have_nr(self, device: str) -> bool:
        """
        Whether some variant of a device has NR, or may have.
        """
        variants = self._device(device).variants
        return any(bool(c.bands.at_most.only(Rat.NR)) for v in variants for _, c in v.states)

    @functools.cached_property
    def makers(self) -> frozenset[str]:
        """
        Brands, and the lines that stand for them, as words long enough to be misspelt.
        """
        return frozenset(name for name in (*self.brands, *LINES) if len(name) > _SHORT and name.isalpha())

    def words_of(self, brand: str) -> frozenset[str]:
        """
        The words of a brand's names that are long enough to be misspelt.
        """
        found = self._words.get(brand)
        if found is None:
            words = {token.text for name in self.names(brand) for token in tokens(name)}
            found = self._words[brand] = frozenset(w for w in words if len(w) > _SHORT and w.isalpha())
        return found

    def names(self, brand: str) -> list[str]:
        """
        The names of a brand's devices.
        """
        query = "SELECT name FROM device WHERE id >= ? AND id < ?"  # `0` comes after `/`
        return [name for (name,) in self._connection.execute(query, (f"{brand}/", f"{brand}0"))]

    def _slugs(self) -> list[str]:
        """
        The first parts of all device ids, without reading all of them.
        """
        slugs = []
        query = "SELECT id FROM device WHERE id > ? ORDER BY id LIMIT 1"
        row = self._connection.execute(query, ("",)).fetchone()
        while row is not None:
            slugs.append(row[0].partition("/")[0])
            row = self._connection.execute(query, (f"{slugs[-1]}0",)).fetchone()
        return slugs


def _grouped(rows: sqlite3.Cursor) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for key, device, variant, what in rows:
        row = Row(device, variant, what)
        found[key] = (*found[key], row) if key in found else (row,)
    return found
