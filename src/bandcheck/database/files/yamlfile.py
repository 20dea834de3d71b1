"""
The strict YAML of `bands/`: text, true, false, null, decimal integers, lists and mappings. Nothing else.

Driven by libyaml's events: faster than `yaml.load`, line numbers at hand, and no way in for what stock YAML reads
behind one's back (`NO` is False, `012` is 10, the last of two equal keys wins, aliases that grow to gigabytes).
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from bandcheck.errors import Problem

MAX_BYTES = 16 * 1024 * 1024
"""A data file is read by people; one beyond this is a mistake or an attack."""

MAX_DEPTH = 24

PLACEHOLDER = "TODO"
"""What templates have in place of a fact, alone or with a word: `TODO`, `TODO-sheet`. No fact is called so."""

_PLACEHOLDER = re.compile(rf"{PLACEHOLDER}(-[a-z0-9-]+)?")

Value: TypeAlias = "str | int | bool | Seq | Map | None"

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_Parser: Any = getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader  # both give events; neither loads anything here


class Map(dict[str, Any]):
    """
    A mapping that knows its lines: `line` of its own, `lines` of its keys.
    """

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Seq(list[Any]):
    """
    A list that knows its lines: `line` of its own, `lines` of its items.
    """

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_file(path: Path, name: str, problems: list[Problem]) -> Map | None:
    """
    Read one data file.

    Args:
        name: What problems call the file.

        problems: Where they go. A file with a problem of this kind has no value.

    Returns:
        The document, a mapping; None if it cannot be read.
    """
    data = file_bytes(path, name, problems)
    return None if data is None else read_text(data, name, problems)


def file_bytes(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    """
    The bytes of one data file; None if it cannot be read. See `read_file`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size // 1024 // 1024
            problems.append(
                Problem(
                    name,
                    0,
                    "",
                    f"the file is {size} MiB, at most {MAX_BYTES // 1024 // 1024} MiB are read",
                    "Split it, or remove what does not belong here.",
                )
            )
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(
            Problem(name, 0, "", f"cannot be read: {error.strerror}", "Check the path and its permissions.")
        )
        return None


def read_text(data: bytes, name: str, problems: list[Problem]) -> Map | None:
    """
    Read one document; see `read_file`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(name, line, "", f"byte 0x{data[error.start]:02x} is not UTF-8", "Save the file as UTF-8.")
        )
        return None
    try:
        document = _Builder(name, problems).build(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        line = mark.line + 1 if mark is not None else _line_of_character(text, error)
        problems.append(Problem(name, line, "", f"not YAML: {what}", "Mend the syntax; compare with bands/templates/."))
        return None
    left = list(_placeholders(document)) if document is not None and PLACEHOLDER in text else []
    cure = "Write the fact in its place, or remove the line: what nobody says is left out."
    problems.extend(Problem(name, line, path, "still a placeholder of the template", cure) for line, path in left)
    return None if left else document


def _placeholders(value: Value, line: int = 0, path: str = "") -> Iterator[tuple[int, str]]:
    """
    The lines and paths of keys and texts that a template left to be filled in.
    """
    if isinstance(value, Map):
        for key, inner in value.items():
            at = f"{path}.{key}" if path else key
            if _PLACEHOLDER.fullmatch(key):
                yield value.lines[key], at
            yield from _placeholders(inner, value.lines[key], at)
    elif isinstance(value, Seq):
        for number, (inner, where) in enumerate(zip(value, value.lines, strict=True)):
            yield from _placeholders(inner, where, f"{path}[{number}]")
    elif isinstance(value, str) and _PLACEHOLDER.fullmatch(value):
        yield line, path


def _line_of_character(text: str, error: Exception) -> int:
    """
    The line of a character that YAML allows nowhere. Found by the character: libyaml counts its position in bytes,
    PyYAML in characters.
    """
    character = getattr(error, "character", None)
    return text.count("\n", 0, max(text.find(chr(character)), 0)) + 1 if isinstance(character, int) else 0


def comments_in(text: str) -> Iterator[tuple[int, str, bool]]:
    """
    The comments of a document that can be read: (line, comment, whether it stands alone in its line).

    What lies between two tokens is blanks and comments; a `#` in a text is none.
    """
    starts = list(itertools.accumulate(map(len, text.splitlines(keepends=True)), initial=0))
    parser = _Parser(text)
    end = 0
    gaps = []
    while parser.check_token():
        token = parser.get_token()
        gaps.append((end, token.start_mark.index))
        end = max(end, token.end_mark.index)
        if getattr(token, "style", None) in ("|", ">"):  # its token begins with the rest of the indicator's line
            gaps.append((token.start_mark.index, starts[token.start_mark.line + 1]))
    parser.dispose()
    for first, last in [*gaps, (end, len(text))]:
        for match in _COMMENT.finditer(text, first, last):
            line = bisect.bisect_right(starts, match.start())
            yield line, match[0].rstrip(), not text[starts[line - 1] : match.start()].strip()


def _plain(raw: str) -> str | int | bool | None:
    """
    The value of a scalar without quotes.
    """
    if raw in _WORDS:
        return _WORDS[raw]
    return int(raw) if raw[0] in "-0123456789" and _INTEGER.fullmatch(raw) else raw


class _Refused(Exception):
    """
    The document uses something that cannot be skipped; the problem is recorded.
    """


class _Builder:
    """
    Builds one document from parser events, without recursion.
    """

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name = name
        self.problems = problems

    def problem(self, line: int, found: str, cure: str) -> None:
        self.problems.append(Problem(self.name, line, "", found, cure))

    def build(self, text: str) -> Map | None:
        parser = _Parser(text)
        before = len(self.problems)
        try:
            root = self._document(parser)
        except _Refused:
            return None
        finally:
            parser.dispose()
        if len(self.problems) > before:
            return None
        if not isinstance(root, Map):
            self.problem(
                1,
                "the file is empty" if root is None else "the file is not a mapping",
                "Start with `name: ...`; compare with bands/templates/.",
            )
            return None
        return root

    def _document(self, parser: Any) -> Value:
        root: Value = None
        around: list[Map | Seq | None] = []  # what holds `top`, outermost first
        top: Map | Seq | None = None
        key: str | None = None  # of `top`, if it is a mapping: the one that waits for its value
        documents = 0
        get_event = parser.get_event
        scalar, map_start, seq_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        map_end, seq_end, alias = yaml.MappingEndEvent, yaml.SequenceEndEvent, yaml.AliasEvent
        value: Value
        while True:
            event = get_event()
            kind = type(event)
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    self._decorated(event)
                value = event.value
                if type(top) is Map and key is None:
                    key = event.value
                    self._key(key, event, top)
                    continue
                if not event.style:  # plain
                    value = _plain(event.value)
            elif kind is map_end or kind is seq_end:
                top = around.pop()
                continue
            elif kind is map_start or kind is seq_start:
                if event.anchor is not None or event.tag is not None:
                    self._decorated(event)
                line = event.start_mark.line + 1
                if len(around) >= MAX_DEPTH:
                    self.problem(line, f"nested deeper than {MAX_DEPTH} levels", "Flatten it.")
                    raise _Refused
                value = Map(line) if kind is map_start else Seq(line)
                if type(top) is Map and key is None:
                    self.problem(line, "a key that is not text", "Write keys as plain words.")
                    raise _Refused
            elif kind is alias:
                self.problem(
                    event.start_mark.line + 1,
                    f"an alias, *{event.anchor}",
                    "Write the value out; aliases are not read.",
                )
                raise _Refused
            elif kind is yaml.StreamEndEvent:
                return root
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents > 1:
                    self.problem(
                        event.start_mark.line + 1,
                        "a second document in one file",
                        "One file, one document: remove the `---`.",
                    )
                    raise _Refused
                continue
            if key is not None:
                top[key] = value  # type: ignore[call-overload, index]
                key = None
            elif top is None:
                root = value
            else:
                top.append(value)  # type: ignore[union-attr]
                top.lines.append(event.start_mark.line + 1)  # type: ignore[union-attr]
            if kind is not scalar:
                around.append(top)
                top = value  # type: ignore[assignment]

    def _key(self, key: str, event: Any, top: Map) -> None:
        line = event.start_mark.line + 1
        if key in top.lines:
            self.problem(line, f"the key {key!r} is already in line {top.lines[key]}", "Remove one of the two.")
        top.lines[key] = line

    def _decorated(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None:
            self.problem(line, f"an anchor, &{event.anchor}", "Remove it; anchors and aliases are not read.")
        if event.tag is not None:
            self.problem(line, f"a tag, {event.tag}", "Remove it; quote the value if it is text.")
