"""
Where a list of numbers begins and ends: its members with their brackets and units.

What the members mean is said by `meanings`, once the technology is known.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from bandcheck.reading.lexer import Token
from bandcheck.reading.reading import Span, Why

LOWEST_MHZ = 400
"""A bare number from here on is a frequency, below it a band's number."""

MEMBERS = frozenset(("number", "band", "range", "roman", "name", "decimal", "dotted", "glued"))
"""Kinds of token that a list is made of."""

SEPARATORS = frozenset(",/&+")

_JOINS = frozenset(("", ",", "/", "&", "+", ".", "-", ", ,", ",,", ";", "*", "\\", "\\/", "//", "/ /", "△", "**"))
_MARKS = " *△†‡®™"  # of footnotes
_USUAL = {",": ",", ", ": ",", "/": "/", " / ": "/"}
_AGAIN = frozenset(("", ":", "="))
_SPREADING = frozenset(("speed", "size", "camera", "power", "price", "chipset", "modulation"))

BRACKET = 30
"""Tokens that a bracket behind a band can have: a limit, so that a text of brackets takes no longer than another."""

_REMARK = 12
"""Letters of a word in a bracket that a list goes on behind: `1900 (F), 2000 (A)`, `B14 (FirstNet)`."""


class Item:
    """
    One member of a list.

    Attributes:
        form: The kind of its token.

        value: The token's value.

        tie: What parts it from the member before, without spaces; empty if that is more than punctuation.

        unit: Of its own: `mhz`, `ghz`, or why it is no band; None: no unit.

        band: Its number by a bracket behind it, `700 (B28)`; None: no bracket says it.

        name: A name by a bracket behind it, `1700(AWS)`.

        called: It is a band by what is written: `B3`, `band 3`.
    """

    unit: Any = None  # a Why, mhz or ghz
    band: int | None = None
    name: str | None = None
    called = False

    def __init__(self, form: str, value: Any, start: int, end: int, tie: str) -> None:
        self.form = form
        self.value = value
        self.start = start
        self.end = end
        self.tie = tie

    @property
    def bare(self) -> bool:
        """
        A number and nothing else: it needs a heading to be a band.
        """
        return self.form in ("number", "decimal", "dotted")

    @property
    def number(self) -> int:
        """
        Of a plain number, a numeral or a `B3`; 0 for all else.
        """
        found: int = self.value[1] if self.form == "band" else self.value if self.form in ("number", "roman") else 0
        return found

    def takes(self, number: int) -> bool:
        """
        Whether a number right behind it is the frequency of this band, said again.
        """
        return self.called and self.unit is None and 0 < self.number < LOWEST_MHZ <= number

    @property
    def prefix(self) -> str:
        """
        The letter of `B3` or `n78`; empty if there is none.
        """
        found: str = self.value[0] if self.form == "band" else ""
        return found


class List(NamedTuple):
    """
    A list as it stands in the text.

    Attributes:
        items: Its members.

        words: Words within it: `1, 3 and 7`.

        tail: Members at its end that have a unit together and are no bands (`42/5.76 Mbps`), with the reason.

        end: The token behind it.
    """

    items: list[Item]
    words: list[Span]
    tail: tuple[int, int, Why] | None
    end: int


def read_list(text: str, tokens: list[Token], at: int) -> List:
    """
    The list that begins at a token, one of `MEMBERS`.

    A token that two lost lines share (`784G: LTE`) is cut, and its second half put back for what comes next.
    """
    items: list[Item] = []
    words: list[Span] = []
    count = len(tokens)
    before = tokens[at][2]
    while at < count:
        kind, value, start, end = tokens[at]
        gap = text[before:start] if items else ""
        if kind not in MEMBERS or (kind == "roman" and items and _is_and(text, tokens, at)):
            step = _goes_on(text, tokens, at, items[-1].form)
            if not step:
                break
            if kind in ("and", "bands", "roman") or (kind == "line" and end - start > 1):
                words.append((start, end))
            if kind != "line":
                before = end
            at += step
            continue
        last = items[-1] if items else None
        if last is not None:
            tie = _USUAL.get(gap)
            if tie is None:
                tie = gap.strip().strip(_MARKS)
                if last.end == before and tie in _AGAIN and kind == "number" and last.takes(value):
                    at = _with_mhz(text, tokens, at, last)  # B1 2100, B1: 2100, Band 1 2100 MHz
                    before = tokens[at - 1][3]
                    continue
                if tie not in _JOINS or (tie == ";" and kind == "number" and last.takes(value)):
                    break
            if (kind == "roman") is not (last.form == "roman"):
                break  # 4 x 4
            if last.end != before:
                tie = ""
        else:
            tie = ""
        if kind == "glued":
            if tie not in SEPARATORS:
                break
            number, head, cut = value
            items.append(Item("number", number, start, start + cut, tie))
            tokens[at] = ("head", head, start + cut, end) if head else ("word", None, start + cut, end)
            break
        item = Item(kind, value, start, end, tie)
        item.called = kind == "band" or (at > 0 and _calls(text, tokens[at - 1], start))
        items.append(item)
        at += 1
        if item.called and at < count and tokens[at][0] == "dash" and _measures(tokens, at + 1, item):
            at = _with_mhz(text, tokens, at + 1, item)  # Band 1 - 2100 MHz
        if at < count and tokens[at][0] in _BEHIND:
            at = _with_unit(text, tokens, at, item)
            at = _with_bracket(text, tokens, at, item, words)
        before = tokens[at - 1][3]
        if item.unit in _SPREADING:
            break
    return List(items, words, _tail(text, items), at)


def _calls(text: str, word: Token, start: int) -> bool:
    """
    Whether a token is `band`, about the one number that follows: what stands behind a space is no second band then.
    """
    return word[0] == "bands" and text[word[3] : start].strip() in _AGAIN and text[word[3] - 1] != "s"


def _measured(tokens: list[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1][:2] == ("unit", "mhz")


def _measures(tokens: list[Token], at: int, item: Item) -> bool:
    """
    Whether a number behind a dash is the frequency of a band.
    """
    if at >= len(tokens) or tokens[at][0] != "number" or not item.takes(tokens[at][1]):
        return False
    return item.form == "band" or _measured(tokens, at)


def _with_mhz(text: str, tokens: list[Token], at: int, item: Item) -> int:
    """
    Take in the frequency of a band, said again behind it; the token behind that.
    """
    at += 2 if _measured(tokens, at) and not text[tokens[at][3] : tokens[at + 1][2]].strip() else 1
    item.end = tokens[at - 1][3]
    return at


_BEHIND = frozenset(("unit", "money", "open"))


def _is_and(text: str, tokens: list[Token], at: int) -> bool:
    """
    Whether an `i` is Polish for `and`: it stands between two numbers that are no numerals.
    """
    _, value, start, end = tokens[at]
    if value != 1 or at + 1 == len(tokens) or tokens[at - 1][0] == "roman":
        return False
    after = tokens[at + 1]
    return after[0] in ("number", "band", "bands") and text[start - 1] == text[end] == " "


def _follows(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at][0] in MEMBERS


def _goes_on(text: str, tokens: list[Token], at: int, form: str) -> int:
    """
    How many tokens that are no members may stand between two members; 0: the list is over.
    """
    kind, _, start, end = tokens[at]
    if kind == "and" and at + 1 < len(tokens) and tokens[at + 1][0] == "bands":
        return int(_follows(tokens, at + 2))
    if kind in ("and", "bands", "roman"):
        return int(_follows(tokens, at + 1))
    if kind == "dash":
        return int(at + 1 < len(tokens) and tokens[at + 1][0] == form == "band")
    if kind != "line" or not _follows(tokens, at + 1) or text[start] == "|":
        return 0
    # A list goes on behind the end of its line where a separator says so.
    before = text[tokens[at - 1][3] : start].strip()[-1:]
    after = text[end : tokens[at + 1][2]].strip()
    return int((before != "" and before in SEPARATORS) or (after != "" and after in SEPARATORS))


def _with_unit(text: str, tokens: list[Token], at: int, item: Item) -> int:
    """
    Take in the unit behind an item; the token behind it.
    """
    kind, value, start, end = tokens[at]
    gap = text[tokens[at - 1][3] : start]
    # A letter apart ("7 G", "20 x") says too little.
    near = not gap.strip(" -") and (end - start > 1 or not gap)
    if kind == "unit" and near and (item.form in _MEASURED or value == "mhz"):
        item.unit = value
        item.end = end
        return at + 1
    # A sign right before the next number is that one's.
    ahead = at + 1 < len(tokens) and tokens[at + 1][0] == "number" and not text[end : tokens[at + 1][2]]
    if kind == "money" and not ahead and not gap.strip(" ") and item.form in _MEASURED:
        item.unit = "price"
        return at + 1
    return at


_MEASURED = frozenset(("number", "decimal", "dotted", "range"))


def _with_bracket(text: str, tokens: list[Token], at: int, item: Item, words: list[Span]) -> int:
    """
    Take in the bracket behind an item if it says the same band in another way, `1(2100)`, or has a remark.
    """
    if at == len(tokens) or tokens[at][0] != "open" or item.unit not in (None, "mhz", "ghz"):
        return at
    if text[tokens[at - 1][3] : tokens[at][2]].strip():
        return at
    end = at + 1
    limit = min(len(tokens), at + BRACKET)
    while end < limit and tokens[end][0] not in ("open", "close", "line"):
        end += 1
    if end == limit or tokens[end][0] != "close" or end == at + 1:
        return at
    inside = tokens[at + 1 : end]
    if _describes(item, inside):
        item.end = inside[-1][3]
        return end + 1
    if len(inside) <= 3 and all(one[0] == "word" and one[3] - one[2] <= _REMARK for one in inside):
        words.extend((one[2], one[3]) for one in inside)
        return end + 1
    return at


_DESCRIBING = frozenset(
    ("number", "band", "roman", "name", "bands", "range", "unit", "dotted", "filler", "cue", "duplex")
)


def _describes(item: Item, inside: list[Token]) -> bool:
    """
    Whether a bracket says the same band in another way; if so, the item learns it.
    """
    small = []
    name = None
    for kind, value, start, end in inside:
        if kind == "word" and end - start == 1 and item.form == "number" and item.number < LOWEST_MHZ:
            continue  # 12 (700 a), 17 (700 b/c)
        if kind not in _DESCRIBING or (kind == "unit" and value != "mhz"):
            return False
        if kind == "band":
            small.append(value[1])
        elif kind == "roman" or (kind == "number" and value < LOWEST_MHZ):
            small.append(value)
        elif kind == "name":
            name = name or value
    if (item.form == "number" and item.value >= LOWEST_MHZ) or (item.form == "decimal" and item.unit == "ghz"):
        if len(small) == 1:
            item.band = small[0]
        elif name is not None and not small:
            item.name = name
        return item.band is not None or item.name is not None
    if item.form == "name" and len(small) == 1:
        item.band = small[0]
        return True
    return not small


def _bandwidths(items: list[Item]) -> tuple[int, int, Why] | None:
    """
    Take the bandwidths of a band off the end of its list: `B3 5/10/15/20 MHz`.
    """
    first = len(items) - 1
    while first and items[first].tie == "/" and items[first - 1].bare and items[first - 1].unit is None:
        first -= 1
    if not first or items[first].tie or items[first - 1].bare:
        return None
    start, end = items[first].start, items[-1].end
    del items[first:]
    return start, end, "bandwidth"


def _tail(text: str, items: list[Item]) -> tuple[int, int, Why] | None:
    """
    Take what is a speed, size or price off the end of a list: `42.2/5.76 Mbps`, `4/64GB`.
    """
    if items and items[-1].unit == "mhz" and 0 < items[-1].number < LOWEST_MHZ:
        return _bandwidths(items)
    if not items or items[-1].unit not in _SPREADING:
        return None
    last = items.pop()
    start = last.start
    while items and items[-1].bare and items[-1].unit is None:
        gap = text[items[-1].end : start]
        if gap.strip() not in ("/", "+", "-") or (gap.strip() != "/" and last.unit != "speed" and len(gap) > 1):
            break
        start = items.pop().start
    return start, last.end, last.unit
