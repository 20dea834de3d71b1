"""
Labels behind a list: which variant it is of (`- USA (A1429)`), or which card's place (`- SIM 1 & SIM 2`).
"""

from __future__ import annotations

from typing import NamedTuple

from bandcheck.reading.lexer import Token
from bandcheck.reading.lists import LOWEST_MHZ, MEMBERS, SEPARATORS
from bandcheck.reading.reading import Ignored, Span
from bandcheck.reading.vocabulary import GENERATIONS

_SHORTEST_MODEL = 4
_SHORTEST_NUMBER_MODEL = 5
_SHORTEST_LIST = 3


class Label(NamedTuple):
    """
    A label as it stands in the text.

    Attributes:
        text: Its words; None if it is about places for cards, which says nothing of variants.

        models: Model numbers in it.

        words: Where its words stand.

        ignored: What in it has a number.

        span: From its first to its last token, with a closing bracket.

        end: The token behind it.

        lost: The next list begins in it, with the line break lost.
    """

    text: str | None
    models: list[str]
    words: list[Span]
    ignored: list[Ignored]
    span: Span
    end: int
    lost: bool


def read_label(text: str, tokens: list[Token], at: int, column: bool) -> Label | None:
    """
    The label that begins at a token and goes on to the end of the line, a dash or the next list; None if there is none.

    Args:
        column: The text is a cell of a spec sheet, where a list without a heading may follow.
    """
    first = at
    count = len(tokens)
    lost = False
    while at < count and tokens[at][0] not in ("line", "dash"):
        lost = _begins_list(text, tokens, at, column, at == first)
        if lost:
            break
        at += 1
    if at == first:
        return None
    of_cards = tokens[first][0] == "sim"
    models: list[str] = []
    words: list[Span] = []
    ignored: list[Ignored] = []
    for place in range(first, at):
        kind, _, start, end = tokens[place]
        if kind in ("open", "close", "money"):
            continue
        piece = text[start:end]
        if kind in ("head", "filler") or not any(c.isdigit() for c in piece):
            words.append((start, end))
        elif kind == "model" or end - start >= (_SHORTEST_NUMBER_MODEL if kind == "number" else _SHORTEST_MODEL):
            models.append(_whole_model(text, start, end))
            ignored.append(Ignored((start, end), piece, "model number"))
        else:
            card = of_cards or tokens[place - 1][0] == "sim"
            ignored.append(Ignored((start, end), piece, "SIM" if card else "label"))
    start, end = tokens[first][2], tokens[at - 1][3]
    said = None if of_cards else text[start:end].strip(" -,;")
    return Label(said, models, words, ignored, (start, end), at, lost)


def _whole_model(text: str, start: int, end: int) -> str:
    """
    A model number with what is tied to it: `A310F/DS`.
    """
    return text[start : end + 3] if text[end : end + 3].upper() == "/DS" else text[start:end]


def _begins_list(text: str, tokens: list[Token], at: int, column: bool, first: bool) -> bool:
    """
    Whether the next list begins here, with the line break lost: `D800LTE band 25`, `G935P2,4,5,8`.
    """
    kind, value, start, end = tokens[at]
    if kind == "number":
        return column and not first and _is_list(text, tokens, at)
    if kind != "head":
        return False
    if text[start:end].lower() in GENERATIONS:
        # "4G model" and "4G 5 inch" are labels, "4G: 1, 3" and "3G 900/2100" lists.
        if at + 1 == len(tokens) or tokens[at + 1][0] not in MEMBERS:
            return False
        after, value, following, _ = tokens[at + 1]
        frequency = not column and after == "number" and value >= LOWEST_MHZ
        return ":" in text[end:following] or frequency
    if tokens[at - 1][3] == start and tokens[at - 1][0] in ("word", "model"):
        return True
    if at + 1 == len(tokens):
        return False
    after, value, following, _ = tokens[at + 1]
    gap = text[end:following]
    if after in ("bands", "head"):
        return not gap.strip(" -")
    if gap.strip(" :"):
        return False
    if not column and after in MEMBERS:
        return True
    frequency = value[1] if after == "range" else value if after == "number" else 0
    return after == "band" or bool(frequency >= LOWEST_MHZ)


def _is_list(text: str, tokens: list[Token], at: int) -> bool:
    """
    Whether so many numbers stand here that they are no label, the first one tied to what is before.
    """
    if text[tokens[at - 1][3] : tokens[at][2]].strip() not in SEPARATORS:
        return False
    last = at + _SHORTEST_LIST - 1
    return last < len(tokens) and all(
        tokens[n][0] == "number" and text[tokens[n - 1][3] : tokens[n][2]].strip() in SEPARATORS
        for n in range(at + 1, last + 1)
    )
