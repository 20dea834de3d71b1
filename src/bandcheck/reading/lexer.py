"""
Text to tokens: numbers, technologies, units and words, each with its place.

One regular expression cuts the text into chunks, `_classify` says what a chunk is (a chunk may hold several tokens:
`GSM850`, `4g-lte-unlocked`), and remembers it, for sheets repeat themselves. Both take time linear in the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

from bandcheck.reading import vocabulary as words
from bandcheck.reading.vocabulary import Kind

Token = tuple[Kind, Any, int, int]
"""Kind, value (see `vocabulary.Kind`), first character, the one after the last."""

_CHUNK = re.compile(
    r"([2-5](?<![\w.,-].) ?[gг](?![\w-]| ?(?:ram|rom|ddr|memory))"  # 3 G, 4г
    r"|(?:ca|dc)_(?=n?[0-9])"  # CA_1A-3A
    r"|[a-z0-9]+(?:-[a-z0-9]+|(?<=[0-9])\.[0-9][a-z0-9]*)*"
    r"|[^\W_a-z0-9]+"
    r"|[\n|()\[\]{}$€£¥₹]"
    r"|(?<=[0-9])[\"″”]"
    r"|&(?:#x?[0-9a-f]{2,6}|[a-z]{2,6});"
    r"|\\[nrt]|<br */?>"  # what a dump or a page left
    r"|(?<=[\s)])-+)"
)

_STRUCTURE: dict[str, Kind] = {
    "\n": "line",
    "|": "line",
    "(": "open",
    "[": "open",
    "{": "open",
    ")": "close",
    "]": "close",
    "}": "close",
    **dict.fromkeys("$€£¥₹", "money"),
    **dict.fromkeys('"″”', "unit"),
}

LONGEST_REMEMBERED = 40
"""Chunks up to this length are remembered; longer ones are hardly met twice."""

LONGEST_NUMBER = 5
"""Digits of the longest number that could be a frequency in MHz or a band."""


def tokens(plain: str) -> list[Token]:
    """
    The tokens of a folded text in its order. Between them lie spaces and punctuation alone.
    """
    found: list[Token] = []
    add = found.append
    start = 0
    # Split is what the expression does fastest: gaps and chunks in turn.
    pieces = iter(_CHUNK.split(plain))
    for gap, chunk in zip(pieces, pieces, strict=False):
        start += len(gap)
        length = len(chunk)
        for kind, value, first, end in _remembered(chunk) if length <= LONGEST_REMEMBERED else _classify(chunk):
            add((kind, value, start + first, start + end))
        start += length
    return found


_FOOTNOTES = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class _Letters(dict[int, int]):
    """
    How a character is folded: to small letters, without accents, wide forms and typographic dashes to ASCII.
    """

    def __missing__(self, code: int) -> int:
        char = chr(code)
        plain = unicodedata.normalize("NFKD", char).lower()
        base = plain[0] if plain and (len(plain) == 1 or unicodedata.combining(plain[1])) else char
        low = base.lower()
        self[code] = result = ord(low) if len(low) == 1 and low.isalnum() == char.isalnum() else code
        return result


_FOLDED = _Letters(
    {
        **{code: code + 32 for code in range(ord("A"), ord("Z") + 1)},
        **{ord(c): ord("-") for c in "‐‑‒–—―−－"},
        **{ord(c): ord(",") for c in "、·・•，،"},
        **{ord(c): ord("\n") for c in "\r\x0b\x0c\x85\u2028\u2029"},
        **{ord(c): ord("/") for c in "／∕⁄"},
        **{ord(c): ord("(") for c in "（［【"},
        **{ord(c): ord(")") for c in "）］】"},
        **{ord(c): ord(c) for c in _FOOTNOTES},
        ord("～"): ord("-"),
        ord("~"): ord("-"),
        ord("ł"): ord("l"),
        ord("Ł"): ord("l"),
        ord("×"): ord("x"),
        ord("й"): ord("й"),
        ord("Й"): ord("й"),
        ord("ё"): ord("е"),
    }
)

_LOOKALIKES = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_CYRILLIC = re.compile("[АВСЕНКМОРТХ]")
_CYRILLIC_LOOKALIKE = re.compile(r"(?<![а-яё])[АВСЕНКМОРТХ]+(?=[0-9A-Z-])|(?<=[A-Z])[АВСЕНКМОРТХ]+(?![а-яё])")
_NOT_AVAILABLE = re.compile(r"(?<![a-z0-9])n/a(?![a-z0-9])")
_PER_SECOND = re.compile(r"(?<=b)/s(?![a-z])|(?<=it)/s(?![a-z])")


def fold(text: str) -> str:
    """
    A text made plain without moving a character: small letters, no accents, ASCII digits, dashes and brackets.
    """
    if not text.isascii():
        if _CYRILLIC.search(text):
            text = _CYRILLIC_LOOKALIKE.sub(lambda m: m.group().translate(_LOOKALIKES), text)
        text = text.translate(_FOLDED)
    else:
        text = text.lower()
        if "\r" in text:
            text = text.replace("\r", "\n")
        if "~" in text:
            text = text.replace("~", "-")
    if "n/a" in text:
        text = _NOT_AVAILABLE.sub("n-a", text)
    if "/s" in text:
        text = _PER_SECOND.sub("ps", text)
    return text


Part = tuple[Kind, Any, int, int]


@functools.lru_cache(maxsize=8192)
def _remembered(chunk: str) -> tuple[Part, ...]:
    return tuple(_classify(chunk))


def _classify(chunk: str) -> list[Part]:
    """
    The tokens of a chunk, with their places in it.
    """
    known = _word(chunk)
    if known is not None:
        return [(*known, 0, len(chunk))]
    if chunk.isascii():
        if chunk.isdigit():
            return [_number(chunk, 0)]
        if chunk[0] == "-":
            return [("dash", None, 0, len(chunk))]
        if chunk[0] in "\\<":
            return [("filler" if chunk == "\\t" else "line", None, 0, len(chunk))]
        if chunk[0] == "&":  # a character as HTML writes it
            return [("filler", None, 0, len(chunk))]
        if "." in chunk and (dotted := _dotted(chunk)):
            return dotted
        if "-" in chunk:
            return _hyphened(chunk)
        return _mixed(chunk)
    return _other_script(chunk)


def _word(chunk: str) -> tuple[Kind, Any] | None:
    return _WORDS.get(chunk)


def _table() -> dict[str, tuple[Kind, Any]]:
    """
    What every known word is; where two lists have it, the later one here wins.
    """
    table: dict[str, tuple[Kind, Any]] = {}
    table.update((word, ("unit", why)) for word, why in words.UNITS.items())
    table.update((word, ("roman", number)) for word, number in words.ROMAN.items())
    table.update((word, ("filler", None)) for word in words.FILLERS)
    table.update((word, ("and", None)) for word in words.AND)
    table.update((word, ("cue", why)) for word, why in words.CUES.items())
    table.update((word, ("no", None)) for word in words.NO)
    table.update((word, ("bands", None)) for word in words.BANDS)
    table.update((word, ("foreign", why)) for word, why in words.FOREIGN.items())
    table.update((word, ("many", count)) for word, count in words.MANY.items())
    table.update((word, ("mode", mode)) for word, mode in words.MODES.items())
    table.update((word, ("duplex", duplex)) for word, duplex in words.DUPLEX.items())
    table.update((word, ("name", name)) for word, name in words.NAMES.items())
    table.update((word, ("head", head)) for word, head in words.HEADS.items())
    table.update((char, (kind, "size" if kind == "unit" else char)) for char, kind in _STRUCTURE.items())
    table.update((mark, ("and", None)) for mark in _FOOTNOTES)  # B1¹, B3²: a list goes on behind it
    table.update({"bco": ("band", ("bc", 0)), "sim": ("sim", None), "sims": ("sim", None), "for": ("for", None)})
    return {word if word.isascii() else fold(word): meaning for word, meaning in table.items()}


_WORDS = _table()


def _number(digits: str, start: int) -> Part:
    end = start + len(digits)
    if len(digits) > LONGEST_NUMBER:
        return ("model", None, start, end)
    return ("number", int(digits), start, end)


_DECIMAL = re.compile(r"(?P<number>[0-9]+\.[0-9]+)(?P<rest>[a-z]*)$")
_THOUSANDS = re.compile(r"([12])\.([0-9]00)(?=$|[a-z])")
_VERSION_AND_GENERATION = re.compile(r"(?P<number>[0-9]\.[0-9])(?P<rest>[2-5]g)$")
_WIFI = re.compile(r"802\.11[a-z0-9]*$")


def _dotted(chunk: str) -> list[Part] | None:
    """
    A chunk with a full stop in it: a decimal with its unit, a version, or frequencies parted by stops.
    """
    if "-" in chunk:
        return None
    thousands = _THOUSANDS.match(chunk)
    if thousands is not None:
        return [("number", int(thousands[1] + thousands[2]), 0, thousands.end()), *_parts_of(chunk, thousands.end())]
    parts = chunk.split(".")
    if all(part.isdigit() and 3 <= len(part) <= 4 for part in parts):
        if len(parts) > 2:
            return _joined(parts, 1)
        return [("dotted", tuple(map(int, parts)), 0, len(chunk))]
    if _WIFI.match(chunk):
        return [("foreign", "short range", 0, len(chunk))]
    match = _VERSION_AND_GENERATION.match(chunk) or _DECIMAL.match(chunk)
    if match is None:
        return [("noise", "release", 0, len(chunk))]
    cut = match.end("number")
    rest = match["rest"]
    found: list[Part] = [("decimal", None, 0, cut)]
    if rest == "g":
        return [("noise", "short range", 0, len(chunk))]
    if rest:
        found.append((*(_word(rest) or ("word", None)), cut, len(chunk)))
    return found


def _joined(parts: list[str], between: int) -> list[Part]:
    found: list[Part] = []
    start = 0
    for part in parts:
        found.extend((kind, value, start + first, start + end) for kind, value, first, end in _classify(part))
        start += len(part) + between
    return found


_RANGE = re.compile(r"(?P<prefix>b|n|band)?(?P<first>[0-9]{1,5})-(?:b|n|band)?(?P<last>[0-9]{1,5})(?P<unit>[a-z]*)$")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{1,2}(?:-[0-9]{1,2})?$|[0-9]{1,2}-[0-9]{1,2}-(?:19|20)?[0-9]{2}$")
_COMBINATION = re.compile(r"n?[0-9]{1,3}[a-e](?:-n?[0-9]{1,3}[a-e])+$")
_ROMAN_UMTS = re.compile(r"(?P<head>w|u|wcdma|umts|utra|lte|fdd)-(?P<roman>[ivx]{1,7})$")


def _hyphened(chunk: str) -> list[Part]:
    """
    A chunk with hyphens: a range, a date, a model number, or words of which at least one is known.
    """
    if _DATE.match(chunk):
        return [("noise", "date", 0, len(chunk))]
    match = _RANGE.match(chunk)
    if match is not None:
        unit = match["unit"]
        if not unit or unit in words.UNITS:
            cut = match.end("last")
            value = (match["prefix"] or "", int(match["first"]), int(match["last"]))
            found: list[Part] = [("range", value, 0, cut)]
            if unit:
                found.append(("unit", words.UNITS[unit], cut, len(chunk)))
            return found
    match = _ROMAN_UMTS.match(chunk)
    if match is not None and match["roman"] in words.ROMAN:
        cut = match.end("head")
        head = words.HEADS.get(match["head"], words.UMTS)
        return [("head", head, 0, cut), ("roman", words.ROMAN[match["roman"]], cut + 1, len(chunk))]
    match = _GSM_NAME.match(chunk)
    if match is not None:
        return [("band", ("gsm", int(match["number"])), 0, len(chunk))]
    pieces = chunk.split("-")
    if _COMBINATION.match(chunk):
        return _joined(pieces, 1)
    if all(piece.isdigit() for piece in pieces):
        if all(len(piece) <= LONGEST_NUMBER for piece in pieces) and len(pieces) > 2:
            return _joined(pieces, 1)
        return [("model", None, 0, len(chunk))]
    merged = _merged(pieces)
    if any(_tells(piece) for piece in merged):
        return _joined(merged, 1)
    glued = _glued_head(chunk)
    if glued is not None:
        return glued
    if any(c.isdigit() for c in chunk):
        return [("model", None, 0, len(chunk))]
    return [("word", None, 0, len(chunk))]


def _merged(pieces: list[str]) -> list[str]:
    """
    Neighbours that are one known word put together again: `td-lte` out of `xt-td-lte-b38`.
    """
    merged: list[str] = []
    at = 0
    while at < len(pieces):
        for length in (3, 2):
            whole = "-".join(pieces[at : at + length])
            if at + length <= len(pieces) and whole in _WORDS:
                merged.append(whole)
                at += length
                break
        else:
            merged.append(pieces[at])
            at += 1
    return merged


_TELLING = frozenset({"head", "foreign", "many", "name", "bands", "sim"})
_GSM_NAME = re.compile(r"(?:e-?gsm|dcs|pcs)-?(?P<number>900|1800|1900)$")
_BAND = re.compile(r"(?P<prefix>bands?|bc|b|n|w)(?P<number>[0-9]{1,3})(?P<part>[a-e]?|ab)$")
_HEAD_NUMBER = re.compile(
    r"(?P<head>p?gsm|(?:w|td-?s)?cdma|umts|utran?|hsp?d?pa|eutran?|(?:tdd?|fdd)?-?lte|lte-?[tf]dd|fdd|tdd|nr|aws"
    r"|cat|catm|catnb|rel|v|ver|sim|android|mimo|class|bt|gps)(?P<rest>b?[0-9]{1,5})$"
)


def _tells(piece: str) -> bool:
    known = _WORDS.get(piece)
    if known is not None:
        return known[0] in _TELLING
    return bool(_BAND.match(piece)) and piece[0] == "b"


_LEADING_DIGITS = re.compile(r"(?P<number>[0-9]+)(?P<rest>[a-z][a-z0-9]*)$")
_TIMES = re.compile(r"(?P<a>[0-9]+)x(?P<b>[0-9]+)")
_PARTIAL = re.compile(r"(?P<number>[0-9]{1,3})(?:[a-e]|ab)$|(?P<block>700|1700|1900)[a-f]$")
_UNIT_GENERATION = re.compile(r"mhz(?P<generation>[2-5]g)$")
_GLUED_HEAD = re.compile(r".*[a-z0-9](?P<head>cdma2000|tdscdma|hsdpa|wcdma|cdma|umts|gsm|lte)$")


def _mixed(chunk: str) -> list[Part]:
    """
    A chunk of letters and digits without hyphen or stop.
    """
    end = len(chunk)
    if end > LONGEST_REMEMBERED:
        return [("model" if any(c.isdigit() for c in chunk) else "word", None, 0, end)]
    if chunk.isalpha():
        return _glued_head(chunk) or [("word", None, 0, end)]
    match = _GSM_NAME.match(chunk)
    if match is not None:
        return [("band", ("gsm", int(match["number"])), 0, end)]
    match = _BAND.match(chunk)
    if match is not None:
        prefix, number, part = match["prefix"], int(match["number"]), match["part"]
        if prefix.startswith("band"):
            cut = len(prefix)
            return [("bands", None, 0, cut), ("number", number, cut, end)]
        # A small number with a letter is a signal of BeiDou's (B1I, B2a).
        if not part or number >= 7 or prefix == "n":
            return [("band", (prefix, number), 0, end)]
        return [("model", None, 0, end)]
    match = _HEAD_NUMBER.match(chunk)
    if match is not None:
        cut = match.end("head")
        return [*_parts(match["head"], 0), *_parts(match["rest"], cut)]
    match = _LEADING_DIGITS.match(chunk)
    if match is not None:
        return _after_digits(chunk, match["number"], match["rest"])
    match = _UNIT_GENERATION.match(chunk)
    if match is not None:
        return [("unit", "mhz", 0, 3), ("head", words.HEADS[match["generation"]], 3, end)]
    return _glued_head(chunk) or [("model", None, 0, end)]


def _parts_of(chunk: str, start: int) -> list[Part]:
    return _parts(chunk[start:], start) if start < len(chunk) else []


def _parts(chunk: str, start: int) -> list[Part]:
    return [(kind, value, start + first, start + end) for kind, value, first, end in _classify(chunk)]


def _after_digits(chunk: str, digits: str, rest: str) -> list[Part]:
    """
    A number with letters behind it: a unit, a part of a band (28a), or a line break that got lost (784g: 78 and 4G).
    """
    end, cut = len(chunk), len(digits)
    times = _TIMES.match(chunk)
    if times is not None:
        small = len(times["a"]) < 3 and len(times["b"]) < 3
        return [("noise", "antenna" if small else "size", 0, end)]
    if len(digits) > LONGEST_NUMBER:
        return [("model", None, 0, end)]
    if rest == "g":
        if cut > 1 and digits[-1] in "2345":
            return [("glued", (int(digits[:-1]), words.HEADS[digits[-1] + "g"], cut - 1), 0, end)]
        return [("noise", "size", 0, end)]
    unit = words.UNITS.get(rest)
    if unit is not None:
        return [("number", int(digits), 0, cut), ("unit", unit, cut, end)]
    if rest in words.NAMES:
        return [("number", int(digits), 0, cut), ("name", words.NAMES[rest], cut, end)]
    if _PARTIAL.match(chunk):  # 28a, 700c
        return [("number", int(digits), 0, end)]
    match = _UNIT_GENERATION.match(rest)
    if match is not None:
        generation = words.HEADS[match["generation"]]
        return [("number", int(digits), 0, cut), ("unit", "mhz", cut, end - 2), ("head", generation, end - 2, end)]
    if cut < 5 and rest.isalpha() and len(rest) > 3:
        return [("glued", (int(digits), None, cut), 0, end)]
    return _glued_head(chunk) or [("model", None, 0, end)]


def _glued_head(chunk: str) -> list[Part] | None:
    """
    A label and a technology with the line break between them lost: `D800LTE`, `ChinaCDMA`.
    """
    match = _GLUED_HEAD.match(chunk) if len(chunk) <= LONGEST_REMEMBERED else None
    if match is None:
        return None
    cut = match.start("head")
    before = chunk[:cut]
    kind: Kind = "model" if any(c.isdigit() for c in before) else "word"
    if kind == "word" and len(before) < 4:
        return None
    return [(kind, None, 0, cut), ("head", words.HEADS[match["head"]], cut, len(chunk))]


_IDEOGRAPHIC = re.compile(
    "|".join(sorted((w for w in _WORDS if not w.isascii() and ord(w[0]) >= 0x3000), key=len, reverse=True))
)


def _other_script(chunk: str) -> list[Part]:
    """
    A word of another script. Scripts that write no spaces are searched for known words.
    """
    if ord(chunk[0]) < 0x3000:
        return [("word", None, 0, len(chunk))]
    found: list[Part] = []
    done = 0
    for match in _IDEOGRAPHIC.finditer(chunk):
        if match.start() > done:
            found.append(("word", None, done, match.start()))
        found.append((*_WORDS[match.group()], match.start(), match.end()))
        done = match.end()
    if done < len(chunk):
        found.append(("word", None, done, len(chunk)))
    return found
