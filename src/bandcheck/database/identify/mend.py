"""
Second looks at what was not found as it stands: letters that look like digits, and typing errors.
"""

from __future__ import annotations

import itertools

from bandcheck.database.identify import words as vocabulary
from bandcheck.database.identify.index import SpellingIndex
from bandcheck.database.identify.matches import Match, Title
from bandcheck.database.identify.spellings import MODEL, PART

_ALIKE = {"o": "0", "0": "o", "i": "1l", "l": "1i", "1": "il"}
_MOST_ALIKE = 5  # letters with a double: 3 ** 5 spellings at most
_MOST_TOKENS = 12
_LONGEST = 12
_LONGEST_PREFIX = 3
_SHORTEST = 5
_FEW = 2  # words of a text in which one without digits may be a model number
_MEASURES = ("gb", "mb", "tb", "mah", "inch", "mhz", "ghz")
_MOST_BRANDS = 3
_MOST_WORDS = 24
_LONG = 9  # letters of a word that may have two mistakes

_KNOWN_WORDS = (
    vocabulary.ACCESSORIES
    | vocabulary.PARTS
    | vocabulary.PHONE_SIGNS
    | vocabulary.FILLERS
    | vocabulary.EXTRAS
    | vocabulary.AIMED
    | vocabulary.OTHER_THINGS
    | vocabulary.NOISE
)


def look_alikes(title: Title, index: SpellingIndex) -> list[Match]:
    """
    Model numbers that are there but for O in the place of 0, I or l in the place of 1, or the other way round.
    """
    wanted: dict[str, tuple[int, str]] = {}
    tried = 0
    few = len(title.words) <= _FEW
    for place, word in enumerate(title.words):
        if (word.isalpha() and not few) or len(word) < _SHORTEST:
            continue
        if tried >= _MOST_TOKENS:
            break
        before = title.words[place - 1] if place and len(title.words[place - 1]) <= _LONGEST_PREFIX else ""
        if not _may_be_number(word, before) or word in title.found:
            continue
        tried += 1
        for letters in itertools.product(*(c + _ALIKE.get(c, "") for c in word)):
            spelled = "".join(letters)
            if spelled != word:
                wanted.setdefault(spelled, (place, ""))
                wanted.setdefault(before + spelled, (place, before))
    found = index.find(wanted.keys()) if wanted else {}
    result = []
    for key, (place, before) in wanted.items():
        rows = [r for r in found.get(key, ()) if r.what in (MODEL, PART)]
        if rows and any(map(str.isdigit, key)):
            first = place - 1 if before else place
            result.append(Match(key, first, place + 1, rows, True, None, key))
    prefixed = {m.after for m in result if m.after - m.first > 1}
    return [m for m in result if m.after - m.first > 1 or m.after not in prefixed]


def _may_be_number(word: str, before: str) -> bool:
    """
    Whether a word of a title may be a model number with a letter or two mistaken.
    """
    if len(word) > _LONGEST or not word.isascii() or word.endswith(_MEASURES):
        return False
    if word.isdigit() and not before.isalpha():
        return False
    return 1 <= sum(c in _ALIKE for c in word) <= _MOST_ALIKE


def available() -> bool:
    """
    Whether typing errors can be mended: rapidfuzz is there.
    """
    try:
        import rapidfuzz  # noqa: F401
    except ImportError:
        return False
    return True


def respelled(title: Title, index: SpellingIndex) -> tuple[str, dict[str, str]] | None:
    """
    A title with its typing errors mended: unknown words become the one word of a brand's names that they nearly are.
    Digits never change.

    Returns:
        The mended title, and what became of which word; None if nothing was mended.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    mended: dict[str, str] = {}
    makers = index.makers
    brands = {b.slug for b in title.brands}
    for names in (makers, None):
        if names is None:  # the brands that are named by now
            names = frozenset().union(*(index.words_of(slug) for slug in sorted(brands)[:_MOST_BRANDS]))
        for word in title.words[:_MOST_WORDS]:
            if len(word) < _SHORTEST or not word.isalpha() or word in _KNOWN_WORDS or word in mended:
                continue
            if word in names or word in vocabulary.SUFFIXES:
                continue
            mistakes = 2 if len(word) >= _LONG else 1
            near = process.extract(word, names, scorer=OSA.distance, score_cutoff=mistakes, limit=2)
            if near and (len(near) == 1 or near[0][1] < near[1][1]):
                mended[word] = near[0][0]
                if names is makers:
                    brands.add(index.brands.get(near[0][0]) or vocabulary.LINES.get(near[0][0]) or "")
        brands.discard("")
    if not mended:
        return None
    pieces = []
    end = 0
    for word, start, after in zip(title.words, title.edges[::2], title.edges[1::2], strict=True):
        if word in mended:
            pieces += [title.text[end:start], mended[word]]
            end = after
    return "".join([*pieces, title.text[end:]]), mended
