"""
The one form of a data file: key order, flow or block, quotes, sorted band lists. Comments stay with the line that
they stand at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bandcheck.database.fields import RAT_KEYS, band_number
from bandcheck.database.yamlfile import Map, Seq, read_text
from bandcheck.errors import DataError, Problem
from bandcheck.model.bands import Rat

WIDTH = 160

_ORDER = (
    "id", "rat", "kind", "title", "url", "date", "upstream", "about",
    # spectrum
    "number", "names", "duplex", "uplink_khz", "downlink_khz", "alone", "why", "channels", "downlink", "uplink",
    "first", "last", "start_khz", "step_khz", "every",
    # carriers
    "as_of", "networks", "carrier", "brand", "band", "any_of", "prefer",
    "since", "by", "after", "until", "announced", "seen",
    "role", "extent", "mfbi", "mfbi_since", "block", "beyond", "name", "effect", "phones",
    # devices
    "models", "market", "sold_in", "like", "at_least", "at_most", "claims", "bands",
    "nr_modes", "evdo", "volte", "volte_on", "devices", "not_devices", "without", "not_sold_in", "changes",
    "says", "trust", "note", "sources",
)  # fmt: skip
_RANK = {key: number for number, key in enumerate((*_ORDER[:-4], *RAT_KEYS, *_ORDER[-4:]))}
_TOP = (
    "id", "rat", "name", "brand", "aliases", "codenames", "released", "kind", "plmns", "sources",
    "raster", "bands", "hosts", "plan", "standalone", "policies", "emergency",
    "union", "variants", "devices", "carriers", "conflicts", "notes",
)  # fmt: skip

_BLOCK = frozenset({"sources", "union", "variants", "bands", "plan", "devices", "carriers", "channels"})
_INDICATORS = frozenset("`\n\t")
_FLOW_INDICATORS = frozenset(",[]{}`\n\t")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"})


def formatted(data: bytes, name: str) -> str:
    """
    A data file in its one form.

    Raises:
        DataError: The file cannot be read.
    """
    problems: list[Problem] = []
    document = read_text(data, name, problems)
    if document is None:
        raise DataError(tuple(problems))
    text = data.decode("utf-8-sig")
    writer = _Writer(_Comments(text))
    return writer.file(document)


class _Comments:
    """
    The comments of a text: those before a line, and those at its end.
    """

    def __init__(self, text: str) -> None:
        self.before: dict[int, list[str]] = {}
        self.beside: dict[int, str] = {}
        waiting: list[str] = []
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("#"):
                waiting.append(bare)
                continue
            if waiting and bare:
                self.before[number] = waiting
                waiting = []
            comment = _trailing_comment(line)
            if comment:
                self.beside[number] = comment
        self.after = waiting

    def take_before(self, line: int) -> list[str]:
        """
        The comments above a line, once.
        """
        return self.before.pop(line, [])

    def take_beside(self, first: int, last: int) -> str:
        """
        The comments at the ends of these lines, once.
        """
        found = [self.beside.pop(n) for n in range(first, last + 1) if n in self.beside]
        return "  " + " ".join(found) if found else ""

    def inside(self, first: int, last: int) -> bool:
        """
        Whether a comment stands below line `first`, down to `last`.
        """
        lines = range(first + 1, last + 1)
        return any(n in self.before for n in lines) or any(n in self.beside for n in lines)


def _trailing_comment(line: str) -> str:
    quote = ""
    for position, char in enumerate(line):
        if quote:
            if char == quote:
                quote = ""
        elif char in "\"'" and (position == 0 or line[position - 1] in " [{,:"):
            quote = char
        elif char == "#" and position and line[position - 1] == " ":
            return line[position:].strip()
    return ""


def _last_line(value: Any, line: int) -> int:
    """
    The last line on which a part of a value begins.
    """
    if isinstance(value, Map):
        return max([line, *(_last_line(v, value.lines[k]) for k, v in value.items())])
    if isinstance(value, Seq):
        return max([line, *(_last_line(v, n) for v, n in zip(value, value.lines, strict=True))])
    return line


class _Writer:
    def __init__(self, comments: _Comments) -> None:
        self.comments = comments

    def file(self, document: Map) -> str:
        lines = [*self._map(document, 0, top=True), *self.comments.after]
        return "\n".join(lines) + "\n"

    def _map(self, mapping: Map, indent: int, top: bool = False, own_keys: bool = False) -> Iterator[str]:
        """
        A mapping in block form; `own_keys` are names such as model numbers, and keep their order.
        """
        pad = " " * indent
        for key in list(mapping) if own_keys else _ordered(mapping, top):
            value, line = mapping[key], mapping.lines[key]
            for comment in self.comments.take_before(line):
                yield pad + comment
            value = _sorted_bands(key, value)
            head = f"{pad}{_scalar(key)}:"
            last = _last_line(value, line)
            if not isinstance(value, Map | Seq):
                yield f"{head} {_scalar(value)}{self.comments.take_beside(line, last)}"
            elif self._is_flow(key, value, len(head), own_keys) and not self.comments.inside(line, last):
                yield f"{head} {_flow(value)}{self.comments.take_beside(line, last)}"
            elif isinstance(value, Map):
                yield head + self.comments.take_beside(line, line)
                yield from self._map(value, indent + 2, own_keys=key in ("sources", "variants", "devices", "carriers"))
            elif any(isinstance(item, Map | Seq) for item in value) or self.comments.inside(line, last):
                yield head + self.comments.take_beside(line, line)
                yield from self._seq(value, indent + 2)
            else:
                yield from _folded(head, value, indent + 2)

    @staticmethod
    def _is_flow(key: str, value: Map | Seq, room: int, own_keys: bool) -> bool:
        """
        Whether a value goes on the line of its key.
        """
        if _holds_mappings(value) or room + 1 + len(_flow(value)) > WIDTH:
            return False
        return not (isinstance(value, Map) and value and (key in _BLOCK or own_keys or len(value) > 6))

    def _seq(self, items: Seq, indent: int) -> Iterator[str]:
        pad = " " * indent
        for item, line in zip(items, items.lines, strict=True):
            for comment in self.comments.take_before(line):
                yield pad + comment
            last = _last_line(item, line)
            flow = _flow(item)
            held = isinstance(item, Map | Seq) and _holds_mappings(item)
            if not held and len(pad) + 2 + len(flow) <= WIDTH and not self.comments.inside(line, last):
                text = flow if isinstance(item, Map | Seq) else _scalar(item)
                yield f"{pad}- {text}{self.comments.take_beside(line, last)}"
            elif isinstance(item, Map):
                first = True
                for written in self._map(item, indent + 2):
                    yield f"{pad}- {written.strip()}" if first and not written.strip().startswith("#") else written
                    first = first and written.strip().startswith("#")
            else:
                yield f"{pad}- {flow}{self.comments.take_beside(line, last)}"


def _ordered(mapping: Map, top: bool) -> list[str]:
    def rank(key: str) -> tuple[int, int]:
        if top and key in _TOP:
            return (0, _TOP.index(key))
        return (1, _RANK.get(key, len(_RANK)))

    return sorted(mapping, key=rank)


def _holds_mappings(value: Map | Seq) -> bool:
    """
    Whether a list of mappings is in it, or it is one: those stand one item a line.
    """
    if isinstance(value, Seq):
        return any(isinstance(item, Map) for item in value)
    return any(isinstance(inner, Map | Seq) and _holds_mappings(inner) for inner in value.values())


def _folded(head: str, items: Seq, indent: int) -> Iterator[str]:
    """
    A list of texts that is too long for one line.
    """
    line = f"{head} ["
    for number, item in enumerate(items):
        text = _scalar(item, flow=True) + ("]" if number + 1 == len(items) else ",")
        if len(line) + 1 + len(text) > WIDTH:
            yield line
            line = " " * indent + text
        else:
            line += text if line.endswith("[") else f" {text}"
    yield line


def _sorted_bands(key: str, value: Any) -> Any:
    """
    A list that stands where bands stand, ascending and without repeats.
    """
    if not isinstance(value, Seq) or not (key in RAT_KEYS or key in ("bands", "at_least", "at_most", "any_of", "mfbi")):
        return value
    if not value or not all(isinstance(i, int) or band_number(Rat.CDMA, i) is not None for i in value):
        return value
    order = Seq(value.line)
    order.extend(sorted(set(value), key=lambda b: b if isinstance(b, int) else band_number(Rat.CDMA, b) or 0))
    order.lines = [value.line] * len(order)
    return order


def _flow(value: Any) -> str:
    if isinstance(value, Map):
        pairs = (f"{_scalar(k, flow=True)}: {_flow(_sorted_bands(k, value[k]))}" for k in _ordered(value, top=False))
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, Seq):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value, flow=True)


def _scalar(value: Any, flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _plain(text, flow) else json.dumps(text, ensure_ascii=False)


def _plain(text: str, flow: bool) -> bool:
    """
    Whether a text reads as itself without quotes. It begins with a letter: whatever begins with a digit (dates,
    model numbers) is quoted.
    """
    return (
        text[:1].isalpha()
        and text == text.strip()
        and text.lower() not in _RESERVED
        and (_FLOW_INDICATORS if flow else _INDICATORS).isdisjoint(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
    )
