"""
What the members of one list mean under the heading that holds for it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from bandcheck.model.bands import Rat
from bandcheck.reading.frequencies import (
    AMERICAN,
    DEFINED,
    GSM_BY_NUMBER,
    LTE_IN_COMPANY,
    TDD,
    Meaning,
    frequencies,
    meaning_of_mhz,
    meaning_of_name,
    preferred,
)
from bandcheck.reading.lists import LOWEST_MHZ, Item
from bandcheck.reading.reading import Ambiguous, Found, Ignored, Span, Why
from bandcheck.reading.vocabulary import GSM_NAMES

_FEWEST = 3
"""Small numbers right behind HSPA, EDGE and the like that are taken for bands and no speed."""


class Context(NamedTuple):
    """
    Where a list stands.

    Attributes:
        text: All of it, for quoting.

        rat: The technology that holds; None: none does.

        duplex: `fdd` or `tdd` where said.

        fresh: The list stands right behind its heading: bare numbers are its own.

        character: Of the heading, see `vocabulary.HEADS`; `column`: a column's.

        foreign: Why the numbers are of another field; None: they are not.

        shared: Several technologies have this one list.

        spaced: Only a space is between heading and list.

        last: Nothing but a break follows the list.

        region: Where the phone is sold.
    """

    text: str
    rat: Rat | None
    duplex: str | None
    fresh: bool
    character: str
    foreign: Why | None
    shared: bool
    spaced: bool
    last: bool
    region: str | None


Outcome = Found | Ambiguous | Ignored | Span
"""What came of one member; a span alone is a word."""


def resolve(items: Sequence[Item], context: Context) -> list[Outcome]:
    """
    What each member of a list means.
    """
    prefix = ""
    for item in items:
        if item.form == "band":
            prefix = item.value[0]
            break
    rat = _rat(items, prefix, context)
    if rat is None or (not context.fresh and items[0].form != "band" and context.rat is not None):
        return [_outside(item, context) for item in items]
    refused = None if prefix or context.character == "column" else _refused(items, rat, context)
    if refused is not None:
        return [_ignored(item, refused, context) for item in items]
    if not prefix and 1700 in [item.value for item in items]:
        items = _aws_pairs(items)
    outcomes: list[Outcome] = []
    plain = _plain(rat, context.duplex, prefix)
    members: _Members | None = None
    for place, item in enumerate(items):
        numbers = plain.get(item.value)
        if numbers is not None and item.unit is None and item.band is None and item.name is None:
            start, end = item.start, item.end
            outcomes.append(Found(rat, numbers, (start, end), context.text[start:end]))
        else:
            members = members or _Members(items, rat, context, bool(prefix))
            outcomes.append(members.meaning(item, place))
    if context.shared and not prefix:
        return [_unsettled(one) for one in outcomes]
    return outcomes


@functools.cache
def _plain(rat: Rat, duplex: str | None, prefix: str) -> dict[object, tuple[int, ...]]:
    """
    The members whose meaning needs no second look: value of a number or band -> the bands it settles.

    Most members of most lists are such, and this is what makes reading fast.
    """
    found: dict[object, tuple[int, ...]] = {}
    if rat is not Rat.GSM:
        for number in DEFINED[rat]:
            found[number] = found["b", number] = (number,)
            if prefix == "n":
                found["n", number] = (number,)
    if not prefix:
        doubtful = (2300, 2600) if rat is Rat.LTE and duplex is None else (2100,) if rat is Rat.UMTS else ()
        for mhz, meaning in frequencies(rat, duplex).items():
            if meaning.numbers and mhz not in doubtful:
                found[mhz] = meaning.numbers
    return found


def _rat(items: Sequence[Item], prefix: str, context: Context) -> Rat | None:
    """
    The technology of a list: the heading's, or what the letters before its numbers say.
    """
    if prefix == "bc":
        return Rat.CDMA
    if prefix == "gsm" or (context.rat is None and _is_gsm(items)):
        return Rat.GSM
    if not prefix or (prefix == "b" and context.rat is not None):
        return context.rat
    if prefix == "w":
        return Rat.UMTS if context.rat is Rat.UMTS else None
    numbers = {item.number for item in items if item.form == "band"}
    if prefix == "n" and context.foreign is None:
        # N78 alone may be a phone's name.
        sure = context.rat is Rat.NR or context.character == "combination"
        sure = sure or (len(numbers) > 1 and numbers <= DEFINED[Rat.NR])
        return Rat.NR if sure else context.rat
    if context.rat is None and prefix == "b" and context.foreign is None and len(numbers) > 1:
        # B1/B28/B41 can be LTE's alone.
        return Rat.LTE if numbers <= DEFINED[Rat.LTE] and not numbers <= DEFINED[Rat.UMTS] else None
    return context.rat


def _is_gsm(items: Sequence[Item]) -> bool:
    """
    Whether a list begins with the name of a GSM band and its frequency: `DCS 1800`.
    """
    named = items[0].form == "name" and items[0].value in GSM_NAMES
    return named and len(items) > 1 and items[1].number in DEFINED[Rat.GSM]


def _ignored(item: Item, why: Why, context: Context) -> Ignored:
    return Ignored((item.start, item.end), context.text[item.start : item.end], why)


def _outside(item: Item, context: Context) -> Outcome:
    """
    A member of a list that no technology claims.
    """
    if item.unit is not None and item.unit not in ("mhz", "ghz"):
        return _ignored(item, item.unit, context)
    if item.form in ("name", "roman"):
        return (item.start, item.end)
    if context.foreign is not None:
        return _ignored(item, context.foreign, context)
    if item.unit == "mhz" and item.form == "number" and item.number < LOWEST_MHZ:
        return _ignored(item, "bandwidth", context)
    if item.unit == "ghz" or (item.form == "range" and item.unit == "mhz"):
        return _ignored(item, "frequency range", context)
    return _ignored(item, "number without a technology", context)


def _refused(items: Sequence[Item], rat: Rat, context: Context) -> Why | None:
    """
    Why small numbers right behind a heading are not its list after all.
    """
    if len(items) == 1 and items[0].form == "roman" and context.spaced:
        return "number without a technology"
    numbers = [item.value for item in items if item.form == "number"]
    if not numbers or min(numbers) >= LOWEST_MHZ:
        return None
    if not all(item.bare and item.unit is None and item.band is None for item in items):
        return None
    if context.character == "speed":
        few = len(items) < (_FEWEST if context.spaced else 2)  # HSPA 21/11
        if few or not DEFINED[rat].issuperset(number for number in numbers if number < LOWEST_MHZ):
            return "speed"
    if context.spaced and len(items) > len(numbers):
        return "speed"
    if context.spaced and len(items) == 1 and not context.last:
        return "number without a technology"
    return None


def _aws_pairs(items: Sequence[Item]) -> Sequence[Item]:
    """
    A list with `1700/2100` as one of its members: AWS by both its directions (850, 1700/2100, 1900).

    Where all members are parted by slashes, nothing says that these two are one.
    """
    slashes = sum(one.tie == "/" for one in items)
    paired: list[Item] = []
    for item in items:
        before = paired[-1] if paired else None
        if before is not None and (before.value, item.value) == (1700, 2100) and item.tie == "/":
            named = len(paired) > 1 and paired[-2].form == "name" and paired[-2].value == "aws"
            if named or (slashes == 1 and len(items) > 2):
                paired.pop()
                first = paired.pop() if named else before
                item = _aws(first, item.end)
        paired.append(item)
    return paired


def _aws(first: Item, end: int) -> Item:
    return Item("name", "aws", first.start, end, first.tie)


def _unsettled(one: Outcome) -> Outcome:
    """
    A band of one of several technologies that have a list together.
    """
    if isinstance(one, Found):
        prefer = one.numbers[0] if len(one.numbers) == 1 else None
        return Ambiguous(one.rat, one.numbers, prefer, one.span, one.text)
    return one


class _Members:
    """
    The members of one list that need a second look.
    """

    def __init__(self, items: Sequence[Item], rat: Rat, context: Context, prefixed: bool) -> None:
        self.items = items
        self.rat = rat
        self.context = context
        self.prefixed = prefixed

    @functools.cached_property
    def company(self) -> set[int]:
        """
        All plain numbers of the list.
        """
        return {one.value for one in self.items if one.form == "number"}

    @functools.cached_property
    def gsm_by_number(self) -> bool:
        """
        Whether `2/3/5/8` is meant as GSM's bands by number.
        """
        if self.context.character in ("column", "speed"):
            return False
        return self.prefixed or (len(self.items) > 1 and all(one.number in GSM_BY_NUMBER for one in self.items))

    def _place(self, item: Item) -> tuple[Span, str]:
        return (item.start, item.end), self.context.text[item.start : item.end]

    def _ignored(self, item: Item, why: Why) -> Ignored:
        return _ignored(item, why, self.context)

    def meaning(self, item: Item, place: int) -> Outcome:
        """
        What one member means.
        """
        unit = item.unit
        if unit is not None and unit not in ("mhz", "ghz"):
            return self._ignored(item, unit)
        if item.band is not None:
            return self._by_number(item, item.band)
        if item.name is not None:
            return self._by_meaning(item, meaning_of_name(self.rat, item.name))
        match item.form:
            case "name":
                meaning = meaning_of_name(self.rat, item.value)
                return self._by_meaning(item, meaning) if meaning else (item.start, item.end)
            case "roman":
                return self._by_number(item, item.number)
            case "band":
                if item.prefix == "n" and self.rat is not Rat.NR:
                    return self._ignored(item, "model number")
                if item.prefix == "bc" and self.rat is not Rat.CDMA:
                    return self._ignored(item, "no such band")
                return self._by_number(item, item.number)
            case "range":
                return self._range(item)
            case "dotted":
                return self._dotted(item)
            case "decimal":
                return self._ignored(item, "frequency range" if unit else "decimal")
        number = item.number
        if unit == "ghz":
            return self._by_meaning(item, meaning_of_mhz(self.rat, number * 1000, self.context.duplex))
        if number < LOWEST_MHZ and unit == "mhz":
            return self._ignored(item, "bandwidth")
        if self.rat is Rat.GSM and number in GSM_BY_NUMBER:
            if self.gsm_by_number:
                return self._by_number(item, number)
            return self._ignored(item, "no such band")
        if number < LOWEST_MHZ:
            return self._by_number(item, number)
        return self._frequency(item, place)

    def _frequency(self, item: Item, place: int) -> Outcome:
        """
        A frequency in MHz. Where no duplex is named, the company it keeps may say more.
        """
        number = item.number
        meaning = meaning_of_mhz(self.rat, number, self.context.duplex)
        if self.rat is Rat.LTE and self.context.duplex is None:
            if (number == 2600 and self.company & TDD) or (number == 2300 and self.company & AMERICAN):
                meaning = LTE_IN_COMPANY[number]
        elif self.rat is Rat.UMTS and number == 2100 and self.company == {1700, 2100}:
            # AWS is 1710-1755 up and 2110-2155 down: the pair may be one band.
            return Ambiguous(self.rat, (1, 4), None, *self._place(item))
        if meaning:
            return self._by_meaning(item, meaning)
        # Two bands with the comma between them lost: 20, 2526, 28.
        first, second = divmod(number, 100)
        before = self.items[place - 1].number if place else LOWEST_MHZ
        after = self.items[place + 1].number if place + 1 < len(self.items) else LOWEST_MHZ
        if self.rat in (Rat.LTE, Rat.NR) and {first, second} <= DEFINED[self.rat] and before < first < second < after:
            return Ambiguous(self.rat, (first, second), None, *self._place(item))
        return self._ignored(item, "no such band")

    def _by_number(self, item: Item, number: int) -> Outcome:
        """
        A band by its number in the RAT's table.
        """
        if self.rat is Rat.GSM:
            number = GSM_BY_NUMBER.get(number, number)
        if number in DEFINED[self.rat]:
            return Found(self.rat, (number,), *self._place(item))
        return self._ignored(item, "no such band")

    def _by_meaning(self, item: Item, meaning: Meaning) -> Outcome:
        start, end = item.start, item.end
        if meaning.numbers:
            return Found(self.rat, meaning.numbers, (start, end), self.context.text[start:end])
        if meaning.candidates:
            prefer = preferred(meaning, self.context.region)
            return Ambiguous(self.rat, meaning.candidates, prefer, (start, end), self.context.text[start:end])
        return self._ignored(item, "no such band")

    def _dotted(self, item: Item) -> Outcome:
        """
        `850.900`: a decimal, or two frequencies with the wrong mark between them.
        """
        meanings = [meaning_of_mhz(self.rat, mhz) for mhz in item.value]
        if all(meaning.numbers for meaning in meanings):
            numbers = tuple(sorted({number for meaning in meanings for number in meaning.numbers}))
            return Ambiguous(self.rat, numbers, None, *self._place(item))
        return self._ignored(item, "no such band")

    def _range(self, item: Item) -> Outcome:
        """
        `38-41` is four bands, `900-1800` of GSM two, `2300-2400 MHz` the edges of one.
        """
        _, first, last = item.value
        span, text = (item.start, item.end), self.context.text[item.start : item.end]
        defined = DEFINED[self.rat]
        if last < LOWEST_MHZ and item.unit is None and self.rat is not Rat.GSM:
            if first < last and first in defined and last in defined:
                return Found(self.rat, tuple(n for n in range(first, last + 1) if n in defined), span, text)
            return self._ignored(item, "no such band")
        low, high = (meaning_of_mhz(self.rat, mhz, self.context.duplex).numbers for mhz in (first, last))
        if self.rat is Rat.TDSCDMA and low and low == high:
            return Found(self.rat, low, span, text)
        if first < LOWEST_MHZ <= last and first in defined:  # 3-2100: a band and its frequency
            meaning = meaning_of_mhz(self.rat, last, self.context.duplex)
            if first in (*meaning.numbers, *meaning.candidates):
                return Found(self.rat, (first,), span, text)
        if self.rat is Rat.GSM and low and high and low != high:
            return Found(self.rat, tuple(sorted((*low, *high))), span, text)
        return self._ignored(item, "frequency range")
