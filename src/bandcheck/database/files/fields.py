"""
Taking fields out of a YAML mapping: each with its type, every problem noted with its line, and on with the rest.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from bandcheck.database.files.yamlfile import Map, Seq
from bandcheck.errors import InvalidBandError, InvalidDateError, Problem
from bandcheck.model.bands import RATS, Rat, bit
from bandcheck.model.dates import Date

RAT_KEYS = tuple(rat.value for rat in RATS)

_EMPTY = Seq(0)  # of a field that is missing; nobody adds to it
_NUMBERS = {int, str}  # and no bool, which is equal to an int
_CDMA = re.compile(r"BC(\d{1,2})")


def kind_of(value: object) -> str:
    """
    What a value is, for people.
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Map):
        return "a mapping"
    if isinstance(value, Seq):
        return "a list"
    return f"{value!r}" if isinstance(value, str) else f"the number {value}"


class Fields:
    """
    The fields of one mapping, taken one by one.

    A getter returns None, or an empty tuple, for a field that is missing or wrong; if wrong, a problem is noted.
    `done()` notes the fields that nobody took.
    """

    def __init__(self, mapping: Map, file: str, path: str, problems: list[Problem]) -> None:
        self.mapping = mapping
        self.file = file
        self.path = path
        self.problems = problems
        self._taken: set[str] = set()

    def line(self, key: str | None = None) -> int:
        """
        The line of a field, or of the mapping.
        """
        return self.mapping.lines.get(key, self.mapping.line) if key is not None else self.mapping.line

    def problem(self, key: str | None, found: str, cure: str, line: int | None = None) -> None:
        """
        Note a problem with a field, or with the mapping as a whole.
        """
        path = ".".join(part for part in (self.path, key) if part)
        self.problems.append(Problem(self.file, line or self.line(key), path, found, cure))

    def expected(self, key: str, what: str, cure: str = "") -> None:
        """
        Note that a field is not what it should be.
        """
        self.problem(key, f"expected {what}, got {kind_of(self.mapping.get(key))}", cure or f"Write {what}.")

    def take(self, key: str, required: bool = False) -> Any:
        """
        A field as it is; None if it is missing.
        """
        self._taken.add(key)
        if required and key not in self.mapping:
            self.problem(None, f"`{key}` is missing", f"Add `{key}:`; see bands/README.md.")
        return self.mapping.get(key)

    def text(self, key: str, required: bool = False) -> str | None:
        """
        A field of text, not empty.
        """
        value = self.take(key, required)
        if value is None and key not in self.mapping:
            return None
        if isinstance(value, str) and (stripped := value.strip()):
            return stripped
        if isinstance(value, int) and not isinstance(value, bool):
            self.expected(key, "text", f'Put it in quotes: "{value}".')
        else:
            self.expected(key, "text")
        return None

    def flag(self, key: str) -> bool | None:
        """
        true or false.
        """
        value = self.take(key)
        if value is None and key not in self.mapping:
            return None
        if isinstance(value, bool):
            return value
        self.expected(key, "true or false", "Write true or false, or leave it out if nobody knows.")
        return None

    def count(self, key: str) -> int:
        """
        A number from 0 on; 0 if it is missing.
        """
        value = self.take(key)
        if type(value) is int and value >= 0:
            return value
        if key in self.mapping:
            self.expected(key, "a number from 0 on")
        return 0

    def choice(self, key: str, options: Sequence[str], required: bool = False) -> str | None:
        """
        One of a few words.
        """
        value = self.text(key, required)
        if value is None or value in options:
            return value
        near = difflib.get_close_matches(value, options, 1)
        self.problem(
            key,
            f"expected one of {', '.join(options)}, got {value!r}",
            f"Write {near[0]}." if near else "Choose one of these.",
        )
        return None

    def date(self, key: str, required: bool = False) -> str | None:
        """
        A date of any precision, as text.
        """
        value = self.take(key, required)
        if value is None and key not in self.mapping:
            return None
        if isinstance(value, str):
            try:
                return Date.parse(value).text
            except InvalidDateError:
                self.problem(key, f"{value!r} is not a date that exists", 'Write "2015", "2015-10" or "2015-10-05".')
                return None
        if isinstance(value, int) and not isinstance(value, bool):
            self.expected(key, "a date as text", f'Put it in quotes: "{value}".')
        else:
            self.expected(key, "a date", 'Write "2015", "2015-10" or "2015-10-05".')
        return None

    def seq(self, key: str, required: bool = False) -> Seq:
        """
        A list; empty if missing.
        """
        value = self.take(key, required)
        if isinstance(value, Seq):
            return value
        if value is not None or key in self.mapping:
            self.expected(key, "a list", "Write [a, b] or one `- ` item a line.")
        return _EMPTY

    def texts(self, key: str, required: bool = False, unique: bool = True) -> tuple[str, ...]:
        """
        A list of texts.
        """
        items = self.seq(key, required)
        found: list[str] = []
        for number, item in enumerate(items):
            if isinstance(item, str) and item.strip():
                if unique and item.strip() in found:
                    self.problem(f"{key}[{number}]", f"{item!r} is listed twice", "Remove one.", items.lines[number])
                found.append(item.strip())
            else:
                cure = (
                    f'Put it in quotes: "{item}".'
                    if isinstance(item, int) and not isinstance(item, bool)
                    else "Write text."
                )
                self.problem(f"{key}[{number}]", f"expected text, got {kind_of(item)}", cure, items.lines[number])
        return tuple(found)

    def countries(self, key: str) -> tuple[str, ...]:
        """
        A list of ISO 3166 codes, two capitals each.
        """
        found = self.texts(key)
        for code in found:
            if not re.fullmatch("[A-Z]{2}", code):
                self.problem(key, f"{code!r} is not a country code", "Write two capitals, as in ISO 3166: US, CN, GB.")
        return tuple(code for code in found if re.fullmatch("[A-Z]{2}", code))

    def map(self, key: str, required: bool = False) -> Fields | None:
        """
        A mapping.
        """
        value = self.take(key, required)
        if isinstance(value, Map):
            return Fields(value, self.file, ".".join(p for p in (self.path, key) if p), self.problems)
        if key in self.mapping:
            self.expected(key, "a mapping", "Write `key: value` lines below it, or {key: value}.")
        return None

    def maps(self, key: str) -> list[Fields]:
        """
        A list of mappings.
        """
        found = []
        items = self.seq(key)
        for number, item in enumerate(items):
            path = ".".join(p for p in (self.path, f"{key}[{number}]") if p)
            if isinstance(item, Map):
                found.append(Fields(item, self.file, path, self.problems))
            else:
                self.problem(
                    f"{key}[{number}]",
                    f"expected a mapping, got {kind_of(item)}",
                    "Write {key: value}.",
                    items.lines[number],
                )
        return found

    def bands(self, key: str, rat: Rat) -> int | None:
        """
        A list of one RAT's band numbers, as a mask. Ascending and without repeats, so that adding one is a one-line
        diff.
        """
        if key not in self.mapping:
            self._taken.add(key)
            return None
        items = self.seq(key)
        known = _ascending(rat, tuple(items)) if {*map(type, items)} <= _NUMBERS else None
        if known is not None:
            return known
        mask, before = 0, -1
        for number, item in enumerate(items):
            line, where = items.lines[number], f"{key}[{number}]"
            one = self._band(where, rat, item, line)
            if one is None:
                continue
            mask |= one
            value = band_number(rat, item) or 0
            if value <= before:
                self.problem(where, f"band {item} is repeated or out of order", "Run: bandcheck data fmt.", line)
            before = value
        return mask

    def band(self, key: str, rat: Rat) -> int | None:
        """
        One band number of a RAT, as a mask.
        """
        self._taken.add(key)
        return self._band(key, rat, self.mapping[key], self.line(key)) if key in self.mapping else None

    def _band(self, where: str, rat: Rat, item: object, line: int) -> int | None:
        value = band_number(rat, item)
        if value is None:
            what = "BC0, BC1 ..." if rat is Rat.CDMA else "a band number"
            self.problem(
                where,
                f"expected {what}, got {kind_of(item)}",
                f"Write {rat.value} bands by number, without a letter." if rat is not Rat.CDMA else "Write BC0.",
                line,
            )
            return None
        try:
            return bit(rat, value)
        except InvalidBandError as error:
            self.problem(where, f"{error.text} does not exist", f"Expected {error.expected}.", line)
            return None

    def sources(self, key: str = "sources", required: bool = False) -> tuple[str, ...]:
        """
        A list of source ids; at least one if required. Whether they exist is a rule's business.
        """
        found = self.texts(key, required)
        if required and self.mapping.get(key) == []:
            self.problem(key, "no source", "Name at least one: where the fact is known from.")
        return found

    def done(self, ignore: Iterable[str] = ()) -> None:
        """
        Note the fields that nobody took.
        """
        known = sorted(self._taken)
        for key in self.mapping:
            if key not in self._taken and key not in ignore:
                near = difflib.get_close_matches(key, known, 1)
                cure = f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(known)}."
                self.problem(key, f"unknown field `{key}`", cure)


@functools.lru_cache(maxsize=4096)
def _ascending(rat: Rat, items: tuple[int | str, ...]) -> int | None:
    """
    The mask of a list of bands as it should be; None if something is wrong with it. Kept: thousands of phones have the
    same few hundred lists.
    """
    mask, before = 0, -1
    for item in items:
        value = band_number(rat, item)
        if value is None or value <= before:
            return None
        try:
            mask |= bit(rat, value)
        except InvalidBandError:
            return None
        before = value
    return mask


def band_number(rat: Rat, item: object) -> int | None:
    """
    The number in a band list's item: 7, or BC0 for CDMA; None if it is something else.
    """
    if rat is Rat.CDMA:
        match = _CDMA.fullmatch(item) if isinstance(item, str) else None
        return int(match[1]) if match else None
    return item if isinstance(item, int) and not isinstance(item, bool) else None
