"""
The one form of a data file: key order, flow or block, quotes, sorted band lists. Comments stay with the line that
they stand at.
"""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bandcheck.database.files.fields import RAT_KEYS, band_number
from bandcheck.database.files.yamlfile import Map, Seq, comments_in, read_text
from bandcheck.errors import DataError, Problem
from bandcheck.model.bands import Rat

WIDTH = 160

_ORDER = (
    "id", "rat", "kind", "title", "url", "date", "upstream", "about",
    # spectrum
    "number", "names", "duplex", "uplink_khz", "downlink_khz", "alone", "why", "channels", "downlink", "uplink",
    "first", "last", "start_khz", "step_khz", "every",
    # carriers
    "as_of", "networks", "partial", "carrier", "brand", "band", "any_of", "prefer",
    "since", "by", "after", "until", "announced", "seen", "unlisted",
    "role", "extent", "mfbi", "mfbi_since", "block", "beyond", "name", "effect", "who", "phones", "brands",
    "to", "country", "fcc_ids",
    # devices
    "models", "market", "sold_in", "like", "at_least", "at_most", "claims", "bands",
    "nr_modes", "evdo", "complete", "volte", "volte_on", "devices", "not_devices", "without", "not_sold_in", "changes",
    "says", "trust", "note", "sources",
)  # fmt: skip
_RANK = {key: number for number, key in enumerate((*_ORDER[:-4], *RAT_KEYS, *_ORDER[-4:]))}
_TOP = (
    "id", "rat", "name", "brand", "aliases", "codenames", "released", "kind", "plmns", "sources",
    "raster", "bands", "hosts", "rats", "plan", "standalone", "policies", "emergency", "statements",
    "union", "variants", "devices", "carriers", "conflicts", "notes",
)  # fmt: skip

_BLOCK = frozenset({"sources", "union", "variants", "bands", "rats", "plan", "devices", "carriers", "channels"})
_FLOW_INDICATORS = frozenset(",[]{}")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML holds in no file, or takes for the end of a line."""

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
    comments = _Comments(data.decode("utf-8-sig"), document)
    _follow_repeats(document, comments)
    return _Writer(comments).file(document)


class _Comments:
    """
    The comments of a document, by the lines on which its keys and items stand: those above one, and those at its end.
    """

    def __init__(self, text: str, document: Map) -> None:
        self.before: dict[int, list[str]] = {}
        self.beside: dict[int, list[str]] = {}
        self.after: list[str] = []
        lines = sorted(set(_lines(document)))
        for line, comment, alone in comments_in(text):
            place = bisect.bisect_right(lines, line)
            if not alone and place:
                self.beside.setdefault(lines[place - 1], []).append(comment)
            elif place < len(lines):
                self.before.setdefault(lines[place], []).append(comment)
            else:
                self.after.append(comment)

    def take_before(self, first: int, last: int | None = None) -> list[str]:
        """
        The comments above a line, or above each of several, once.
        """
        return [c for n in range(first, (last or first) + 1) for c in self.before.pop(n, ())]

    def take_beside(self, first: int, last: int) -> str:
        """
        The comments at the ends of these lines, once.
        """
        found = [c for n in range(first, last + 1) for c in self.beside.pop(n, ())]
        return "  " + " ".join(found) if found else ""

    def follow(self, gone: int, kept: int) -> None:
        """
        Move the comments of a line that is not written to one that is.
        """
        for found in (self.before, self.beside):
            if gone in found:
                found.setdefault(kept, []).extend(found.pop(gone))

    def take_rest(self) -> list[str]:
        """
        Every comment that nobody took.
        """
        left = [*self.before.items(), *self.beside.items()]
        return [c for _, found in sorted(left) for c in found] + self.after

    def among(self, lines: Iterable[int]) -> bool:
        """
        Whether a comment stands at one of these lines.
        """
        return any(n in self.before or n in self.beside for n in lines)


def _lines(value: Any) -> Iterator[int]:
    """
    The lines on which keys and items stand.
    """
    if isinstance(value, Map | Seq):
        yield from value.lines.values() if isinstance(value, Map) else value.lines
        for inner in value.values() if isinstance(value, Map) else value:
            yield from _lines(inner)


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
        lines = list(self._map(document, 0, top=True))
        return "\n".join([*lines, *self.comments.take_rest()]) + "\n"

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
            elif self._is_flow(key, value, len(head), own_keys) and not self.comments.among(range(line + 1, last + 1)):
                yield f"{head} {_flow(value)}{self.comments.take_beside(line, last)}"
            elif isinstance(value, Map):
                yield head + self.comments.take_beside(line, line)
                yield from self._map(value, indent + 2, own_keys=key in ("sources", "variants", "devices", "carriers"))
            elif any(isinstance(item, Map | Seq) for item in value) or self.comments.among(range(line + 1, last + 1)):
                yield head + self.comments.take_beside(line, line)
                yield from self._seq(value, indent + 2)
            else:
                yield from _folded(head, value, indent + 2, self.comments.take_beside(line, last))

    @staticmethod
    def _is_flow(key: str, value: Map | Seq, room: int, own_keys: bool) -> bool:
        """
        Whether a value goes on the line of its key.
        """
        if not value:
            return True
        if _holds_mappings(value) or room + 1 + len(_flow(value)) > WIDTH:
            return False
        return not (isinstance(value, Map) and (key in _BLOCK or own_keys or len(value) > 6))

    def _seq(self, items: Seq, indent: int) -> Iterator[str]:
        pad = " " * indent
        for item, line in zip(items, items.lines, strict=True):
            last = _last_line(item, line)
            above = self.comments.take_before(line)
            first = line
            if isinstance(item, Map) and item:
                first = item.lines[_ordered(item, top=False)[0]]
                if line not in item.lines.values():
                    above += self.comments.take_beside(line, line).split("  ", 1)[1:]
                above += self.comments.take_before(first)
            yield from (pad + comment for comment in above)
            flow = _flow(item)
            held = isinstance(item, Map | Seq) and _holds_mappings(item)
            fits = not held and len(pad) + 2 + len(flow) <= WIDTH
            if fits and not self.comments.among(n for n in range(line, last + 1) if n != first):
                text = flow if isinstance(item, Map | Seq) else _scalar(item)
                yield f"{pad}- {text}{self.comments.take_beside(line, last)}"
            elif isinstance(item, Map):
                head = f"{pad}- "
                for written in self._map(item, indent + 2):
                    yield head + written[indent + 2 :]
                    head = " " * (indent + 2)
            else:
                yield from (pad + comment for comment in self.comments.take_before(line, last))
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


def _folded(head: str, items: Seq, indent: int, comment: str) -> Iterator[str]:
    """
    A list of texts that is too long for one line; a comment stands at the end of the first.
    """
    line = f"{head} ["
    for number, item in enumerate(items):
        text = _scalar(item, flow=True) + ("]" if number + 1 == len(items) else ",")
        if len(line) + 1 + len(text) > WIDTH:
            yield line + comment
            line, comment = " " * indent + text, ""
        else:
            line += text if line.endswith("[") else f" {text}"
    yield line + comment


def _sorted_bands(key: str, value: Any) -> Any:
    """
    A list that stands where bands stand, ascending and without repeats.
    """
    if not isinstance(value, Seq) or not (key in RAT_KEYS or key in ("bands", "at_least", "at_most", "any_of", "mfbi")):
        return value
    if not value or not all(type(i) is int or band_number(Rat.CDMA, i) is not None for i in value):
        return value
    lines = dict(zip(reversed(value), reversed(value.lines), strict=True))
    order = Seq(value.line)
    order.extend(sorted(lines, key=lambda b: b if isinstance(b, int) else band_number(Rat.CDMA, b) or 0))
    order.lines = [lines[band] for band in order]
    return order


def _follow_repeats(value: Any, comments: _Comments) -> None:
    """
    Put the comments of bands that are listed twice to the line that stays.
    """
    for key, inner in value.items() if isinstance(value, Map) else (("", item) for item in value):
        order = _sorted_bands(key, inner)
        if order is not inner:
            stay = dict(zip(order, order.lines, strict=True))
            for band, line in zip(inner, inner.lines, strict=True):
                if line not in order.lines:
                    comments.follow(line, stay[band])
        if isinstance(inner, Map | Seq):
            _follow_repeats(inner, comments)


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
    if _plain(text, flow):
        return text
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _plain(text: str, flow: bool) -> bool:
    """
    Whether a text reads as itself without quotes. It begins with a letter: whatever begins with a digit (dates,
    model numbers) is quoted.
    """
    return (
        text[:1].isalpha()
        and text == text.strip()
        and text.lower() not in _RESERVED
        and not (flow and not _FLOW_INDICATORS.isdisjoint(text))
        and "`" not in text
        and not _UNPRINTED.search(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
    )


def written(document: Mapping[str, Any]) -> str:
    """
    A document of plain values as a data file, in its one form.
    """
    return _Writer(_Comments("", Map(0))).file(_placed(document))


def _placed(value: Any) -> Any:
    """
    A plain value as if it was read: a writer asks for lines. All stand on one, as no comment does.
    """
    if isinstance(value, Mapping):
        mapping = Map(0)
        mapping.update({key: _placed(inner) for key, inner in value.items()})
        mapping.lines = dict.fromkeys(mapping, 0)
        return mapping
    if isinstance(value, list | tuple):
        items = Seq(0)
        items.extend(_placed(item) for item in value)
        items.lines = [0] * len(items)
        return items
    return value
