"""
A title as a row of tokens, and the keys that runs of tokens make.

Names in the data go through the same mill, so that "Galaxy SIII", "galaxy s 3" and "Galaxy S3" are one key.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Container, Sequence
from typing import NamedTuple

LONGEST_NAME = 8
"""Tokens in the longest run that is looked up."""

LONGEST_KEY = 60
"""Letters in the longest run that is looked up."""

YEAR = re.compile(r"20[0-3]\d")
"""A year that a phone came out in, as a word."""

HEAD = 12
"""Letters of a key that are looked at to see whether any longer one begins so."""

_WORD = re.compile(r"[a-z0-9]+|\+")
_ALONE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"  # Chinese, Japanese and Korean
_ANY_WORD = re.compile(rf"[{_ALONE}]|(?:(?![{_ALONE}])[^\W_])+|\+")
_PLAIN = re.compile(r"([a-z0-9]+)")
_ANY_PLAIN = re.compile(rf"([{_ALONE}]|(?:(?![{_ALONE}])[^\W_])+)")
_PECULIAR = re.compile(r"(?<![gt]b)\+|ii|gen|(?<![a-z0-9])iv(?![a-z0-9])|plus\W+plus")  # what `tokens` changes
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_ATTACHED_ROMAN = re.compile(r"([a-z])(iii|ii)")
_GENERATION = re.compile(r"(1st|2nd|3rd|4th|5th|6th)gen(?:eration)?")
_GEN_NUMBER = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "5": "5th", "6": "6th"}
_GEN_WORDS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}


class Token(NamedTuple):
    """
    A word or number of a title.

    Attributes:
        text: In the one form: no case, no accents, `plus` for an attached `+`, `2` for `II`.

        start, end: Where it stands in the title.
    """

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """
    The words and numbers of a text, in order. Letters of Chinese, Japanese and Korean stand alone, having no spaces
    between words.

    >>> [t.text for t in tokens("Galaxy S III (2nd Generation) S10+")]
    ['galaxy', 's', '3', '2nd', 'gen', 's10', 'plus']
    """
    found: list[Token] = []
    plain = text.isascii()
    # Lower case has the length of the text but for a letter or two; those are left as they are.
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    pattern = _WORD if plain else _ANY_WORD
    last_end = -1
    for match in pattern.finditer(low):
        word, (start, end) = match.group(), match.span()
        if not word.isascii():
            word = fold(word)
        if word == "+":
            if start == last_end and not found[-1].text.endswith(("gb", "tb")):
                found.append(Token("plus", start, end))
            continue
        if word == "plus" and found and found[-1].text == "plus":
            continue  # S10+ Plus
        last_end = end
        found.append(Token(word, start, end))
    return _one_form(found)


def words_and_edges(text: str) -> tuple[list[str], list[int]]:
    """
    The texts of `tokens`, and where they stand: start and end of the first, of the second, and so on.
    """
    low = text.lower()
    peculiar = "+" in low or "plus" in low or "ii" in low or "iv" in low or "gen" in low
    if low.isascii():
        peculiar = peculiar and _PECULIAR.search(low) is not None
    elif not peculiar:
        low = low.translate(_LETTERS)
        peculiar = not (unicodedata.is_normalized("NFKD", low) and low.casefold() == low and len(low) == len(text))
    if not peculiar:
        pieces = (_PLAIN if low.isascii() else _ANY_PLAIN).split(low)[:-1]  # a gap, a word, a gap, a word
        return pieces[1::2], list(itertools.accumulate(map(len, pieces)))
    found = tokens(text)
    return [token.text for token in found], [edge for token in found for edge in (token.start, token.end)]


def fold(word: str) -> str:
    """
    A word without accents and case, full-width letters made plain.
    """
    if word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word)
    return "".join(c for c in split if not unicodedata.combining(c)).casefold() or word


_LETTERS = {
    **{letter: plain for letter in (*range(0xC0, 0x180), *range(0x400, 0x460)) if len(plain := fold(chr(letter))) == 1},
    **dict.fromkeys(map(ord, "\xa0–—‘’“”„«»·•…"), " "),
}
"""Latin and Cyrillic letters without their accents; marks that are no word."""


def _one_form(found: list[Token]) -> list[Token]:
    """
    Roman numerals and generations in one spelling.
    """
    result: list[Token] = []
    for token in found:
        word = token.text
        if word in _ROMAN:
            token = token._replace(text=_ROMAN[word])
        elif word.startswith("gen") and word in ("gen", "generation", "generacion", "generazione"):
            before = result[-1].text if result else ""
            if before in _GEN_WORDS:
                result[-1] = result[-1]._replace(text=_GEN_WORDS[before])
            token = token._replace(text="gen")
        elif word.endswith("ii") and (match := _ATTACHED_ROMAN.fullmatch(word)):
            token = token._replace(text=match[1] + _ROMAN[match[2]])
        elif "gen" in word and (match := _GENERATION.fullmatch(word)):
            result.append(token._replace(text=match[1]))
            token = token._replace(text="gen")
        elif result and word in _GEN_NUMBER and result[-1].text == "gen":
            gen = result.pop()
            if not (result and result[-1].text in _GEN_NUMBER.values()):
                result.append(gen._replace(text=_GEN_NUMBER[word]))
                token = token._replace(text="gen")
            else:
                result.append(gen)
        result.append(token)
    return result


def join(words: Sequence[str]) -> str:
    """
    The key of a run of words: one text without spaces, but for those between two digits.

    >>> join(["galaxy", "s", "7"]), join(["tab", "3", "7", "0"])
    ('galaxys7', 'tab3 7 0')
    """
    key = ""
    for word in words:
        key += " " + word if key and key[-1].isdigit() and word[0].isdigit() else word
    return key


def key_of(text: str) -> str:
    """
    The key of a whole text.
    """
    return join([t.text for t in tokens(text)])


def runs(words: Sequence[str], heads: Container[str] | None = None) -> list[tuple[str, int, int]]:
    """
    Every run of up to `LONGEST_NAME` words, as `(key, first, after the last)`.

    Args:
        heads: The first letters of all keys, up to `HEAD` of them: runs that cannot be a key are left out. None for all
            runs.
    """
    found = []
    for first, key in enumerate(words):
        if heads is not None and key[:HEAD] not in heads:
            continue
        after = first + 1
        found.append((key, first, after))
        for word in words[after : first + LONGEST_NAME]:
            key += " " + word if word[0].isdigit() and key[-1].isdigit() else word
            if (heads is not None and key[:HEAD] not in heads) or len(key) > LONGEST_KEY:
                break
            after += 1
            found.append((key, first, after))
    return found
