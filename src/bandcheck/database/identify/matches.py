"""
Where a title names phones: runs of tokens that are a name or a model number of some device, and brands.
"""

from __future__ import annotations

from typing import NamedTuple

from bandcheck.database.identify.index import Row, SpellingIndex
from bandcheck.database.identify.spellings import CODENAME, DATED, ELIDED_CORE, ELIDED_NAME, MODEL, NAME, PART, STEM
from bandcheck.database.identify.title import runs, words_and_edges
from bandcheck.database.identify.words import CARRIER_BRANDS, FILLERS, KIN, LINES, ORDINARY_BRANDS, UNITS

_LONGEST_BRAND = 3
_STRONG = 5  # letters and digits of a model number that is one even apart from its brand
_UNMISTAKABLE = 7  # and of one that needs no brand: 2014813, SM-G900F
_SIZES = ("gb", "go", "tb", "гб")
_NEAR = 64  # words in which a line is looked for
_FEW = 2  # words of a text that can hardly be about something else


class Brand(NamedTuple):
    """
    A brand that stands in a title.

    Attributes:
        slug: First part of its devices' ids.

        first, after: Its tokens.
    """

    slug: str
    first: int
    after: int


class Match:
    """
    A run of tokens that names devices.

    Attributes:
        key: What was looked up.

        first, after: Its tokens.

        rows: The devices, those that the key names best first.

        number: It is a model number and nobody's name.

        brand: The brand before it; None if there is none.

        brand_first: Where that begins; `first` if there is none.

        means: What it was mended to; empty if it was found as it stands.

        devices: All devices that the key names in any way.

        best: Those of them that it names best.
    """

    def __init__(
        self, key: str, first: int, after: int, rows: list[Row], number: bool, brand: Brand | None, means: str = ""
    ) -> None:
        self.key = key
        self.first = first
        self.after = after
        self.rows = rows
        self.number = number
        self.brand = brand
        self.brand_first = brand.first if brand else first
        self.means = means
        self.devices = self.best = frozenset([row.device for row in rows])
        if len(rows) > 1:
            self.best = frozenset([row.device for row in rows if row.what == rows[0].what])


class Title:
    """
    A title, its tokens, and what was found in it.

    Attributes:
        text: As it came, IMEIs taken out.

        words: Its words and numbers, see `title.tokens`.

        edges: Where they stand, see `title.words_and_edges`.

        brands: Brands in it, in order.

        places: Where each brand begins, by its slug.

        found: Rows by key, for the runs of its tokens (and possibly more).

        runs: Its runs of tokens that are in `found`, as `(key, first, after the last)`.
    """

    def __init__(self, text: str, index: SpellingIndex) -> None:
        self.text = text
        self.words, self.edges = words_and_edges(text)
        possible = runs(self.words, index.heads)
        found = self.found = index.find([key for key, _, _ in possible])
        self.runs = [run for run in possible if run[0] in found]
        brands = index.brands
        longest = {
            first: Brand(brands[key], first, after)
            for key, first, after in possible
            if key in brands and after - first <= _LONGEST_BRAND
        }
        self.brands = list(longest.values())
        self._ending = {brand.after: brand for brand in self.brands}
        self.places: dict[str, list[int]] = {}
        for brand in self.brands:
            self.places.setdefault(brand.slug, []).append(brand.first)

    def gap(self, i: int) -> str:
        """
        What stands between the token before and the i-th one; all that follows the last.
        """
        start = self.edges[2 * i - 1] if i else 0
        return self.text[start : self.edges[2 * i]] if i < len(self.words) else self.text[start:]

    def said(self, first: int, after: int) -> str:
        """
        A run of tokens as it stands in the title, with the bracket that closes one of it.
        """
        end = self.edges[2 * after - 1]
        run = self.text[self.edges[2 * first] : end]
        return f"{run})" if self.text[end : end + 1] == ")" and "(" in run.rpartition(")")[2] else run

    def brand_before(self, i: int, key: str) -> Brand | None:
        """
        The brand that stands before a key at the i-th token, nothing but fillers between; before a key with a number
        also article numbers.
        """
        if i in self._ending:
            return self._ending[i]
        numbered = any(map(str.isdigit, key))
        place = i
        while place > 0 and i - place < 4 and _between(self.words[place - 1], numbered):
            place -= 1
        return next((self._ending[end] for end in range(i - 1, place - 1, -1) if end in self._ending), None)

    def after_brand(self, i: int) -> bool:
        """
        Whether a brand may stand before the i-th token, see `brand_before`.
        """
        return i in self._ending or (i > 0 and bool(self.brands) and _between(self.words[i - 1], True))

    def has_brand(self, slug: str, i: int, j: int) -> bool:
        """
        Whether a brand or one of its kin stands outside of a run of tokens.
        """
        places = self.places
        if not places:
            return False
        if slug in places and (places[slug][0] < i or places[slug][-1] >= j):
            return True
        slugs = KIN.get(slug, frozenset()).intersection(places)
        return any(p < i or p >= j for s in slugs for p in (places[s][0], places[s][-1]))


def _between(word: str, numbered: bool) -> bool:
    """
    Whether a word may stand between a brand and a name: one that says "phone", an article number.
    """
    return word in FILLERS or (numbered and len(word) >= _STRONG and any(map(str.isdigit, word)))


def line_of(word: str) -> str | None:
    """
    The maker of the product line that a word names or begins with (`redmi`, `redmi2`); None if it names none.
    """
    return LINES.get(word) if word in LINES or word.isalpha() else LINES.get(word.rstrip("0123456789"))


def kin(one: str, other: str) -> bool:
    """
    Whether two brands stand together on a phone.
    """
    return one == other or other in KIN.get(one, ())


def matches(title: Title) -> list[Match]:
    """
    The names and model numbers in a title, in order: of those that share tokens the longest. A known name blocks the
    shorter ones that it begins with, meant or not.
    """
    reach: dict[int, int] = {}
    free = [True] * len(title.words)
    kept = []
    for key, i, j in sorted(title.runs, key=_longest_first):
        if j < reach.get(i, 0) or not all(free[i:j]) or not _stands_alone(title, i, j):
            continue
        rows = title.found[key]
        if rows[0].what <= ELIDED_CORE:
            reach[i] = j
        match = _accepted(title, key, i, j, rows)
        if match is not None:
            free[i:j] = [False] * (j - i)
            if key not in LINES or j == len(title.words):  # the first iPhone; else it is just the line
                kept.append(match)
    return sorted(kept, key=lambda m: m.first)


def _longest_first(run: tuple[str, int, int]) -> int:
    return run[1] - run[2]


def _stands_alone(title: Title, i: int, j: int) -> bool:
    """
    Whether a run begins and ends where words do: not within a decimal number, not before a unit.
    """
    if title.words[j - 1].isdigit() and j < len(title.words):
        if title.words[j] in UNITS:
            return False
        if title.words[j][0].isdigit():
            gap = title.gap(j)
            if gap in (".", ",") or (gap in ("/", "+") and title.words[j].endswith(_SIZES)):
                return False
    return not (i and title.words[i][0].isdigit() and title.gap(i) in (".", ",") and title.words[i - 1][-1].isdigit())


def _accepted(title: Title, key: str, i: int, j: int, rows: tuple[Row, ...]) -> Match | None:
    """
    What a run of tokens is meant as; None if as nothing.
    """
    whole = i == 0 and j == len(title.words)
    if len(key) < _STRONG and not whole and line_of(title.words[i]) is None and not title.after_brand(i):
        return None  # most of what is found: single words and numbers
    before = title.brand_before(i, key) if title.brands else None
    kept: list[Row] = []
    meant = numbered = named = False
    last = None
    for row in reversed(rows):  # numbers before names
        if last is None or row.what != last.what or row.device != last.device:
            slug = row.device.partition("/")[0]
            adjacent = before is not None and kin(before.slug, slug)
            place = _Place(title, key, i, j, slug, whole, adjacent, adjacent or title.has_brand(slug, i, j))
            if row.what in (MODEL, PART, STEM):
                meant = _is_number(place, row)
                numbered = numbered or meant
            else:
                meant = (row.what == NAME and numbered and place.anywhere) or _is_name(place, row)
                named = named or meant
        if meant:
            kept.append(row)
        last = row
    return Match(key, i, j, kept[::-1], not named, before) if kept else None


class _Place(NamedTuple):
    """
    A run of tokens as one device's.

    Attributes:
        slug: The device's brand.

        whole: It is all of the title.

        adjacent: The brand stands before it.

        anywhere: The brand stands somewhere in the title.
    """

    title: Title
    key: str
    first: int
    after: int
    slug: str
    whole: bool
    adjacent: bool
    anywhere: bool


def _is_name(at: _Place, row: Row) -> bool:
    """
    Whether a run of tokens is meant as that name: "G3" is LG's phone after "LG", and nothing by itself.
    """
    key = at.key
    if row.what == CODENAME:
        return at.whole or (at.anywhere and len(key) >= _STRONG and any(c.isdigit() for c in key))
    if at.adjacent:
        return not key.replace(" ", "").isdigit() or at.slug in at.title.places
    digits = sum(map(str.isdigit, key))
    letters = len(key) - digits - key.count(" ")
    if row.what in (ELIDED_NAME, ELIDED_CORE):
        return at.whole and letters >= _STRONG and digits > 0
    line = line_of(at.title.words[at.first])
    if line is not None and key not in LINES:
        return line == "" or kin(line, at.slug)
    if at.whole and row.what != DATED:
        return True
    return at.anywhere and len(key) >= _STRONG and letters >= 3 and (at.after - at.first > 1 or digits > 0)


def _is_number(at: _Place, row: Row) -> bool:
    """
    Whether a run of tokens is meant as that model number.
    """
    key = at.key
    digits = sum(map(str.isdigit, key))
    if row.what == STEM:
        return digits >= 3 and (at.anywhere or at.whole or key.startswith(("sm", "gt")))
    lined = any(LINES.get(word) == at.slug for word in at.title.words[:_NEAR])
    if digits == len(key) - key.count(" "):
        told = digits >= _UNMISTAKABLE and bool(at.title.brands)  # of another brand than the one that is named
        return at.whole or at.adjacent or told or (digits >= 6 and (at.anywhere or lined))
    if digits == 0:
        return at.whole or (at.adjacent and len(key) >= _STRONG)
    if at.adjacent or at.whole or at.anywhere or lined:
        return at.adjacent or at.whole or len(key) >= _STRONG
    if len(key) >= _STRONG and (at.title.brands or len(at.title.words) <= _FEW):
        return True  # here too
    return len(key) >= _UNMISTAKABLE


def mentioned(title: Title, used: list[Match]) -> set[str]:
    """
    Brands that a title names outside of the matches; not those that are ordinary words or carriers there.
    """
    inside = {place for m in used for place in range(m.first, m.after)}
    makers = {LINES[w] for i, w in enumerate(title.words) if w in LINES and i not in inside and len(w) > 3}
    makers.discard("")
    for brand in title.brands:
        if brand.first in inside or brand.slug in CARRIER_BRANDS:
            continue
        if brand.slug not in ORDINARY_BRANDS or any(brand.first == m.brand_first for m in used):
            makers.add(brand.slug)
    return makers
