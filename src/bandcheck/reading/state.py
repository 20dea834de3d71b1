"""
What holds at a place of a text, what was read up to there, and the questions that the grammar asks of both.
"""

from __future__ import annotations

import functools
import re

from bandcheck.model.bands import RATS, Rat
from bandcheck.reading import vocabulary
from bandcheck.reading.frequencies import DEFINED, meaning_of_mhz
from bandcheck.reading.lexer import Token, fold, tokens
from bandcheck.reading.lines import OF_GENERATION, Line, groups_of
from bandcheck.reading.lists import LOWEST_MHZ, MEMBERS, SEPARATORS, Item, List
from bandcheck.reading.reading import Ambiguous, BandReading, Found, Ignored, NrMode, Span, Why
from bandcheck.reading.table import Table

_OF_MHZ = (None, "mhz")
_SENTENCE = re.compile(r"[\n;|]|\.\s")
_CLAUSE = re.compile(r"[\n;,|]|\.\s")


class State:
    """
    The reading of one text under way.

    Args:
        text: What is read.

        region: Where the phone is sold; None: anywhere.

        generation: Whose column of a spec sheet the text is a cell of (`4g`); None: no cell.
    """

    def __init__(self, text: str, region: str | None, generation: str | None) -> None:
        self._text = text
        self._region = region
        self._generation = generation
        self._column = vocabulary.GENERATIONS[generation] if generation else None
        self._plain = fold(text)
        self._tokens = tokens(self._plain)
        self._found: list[Found] = []
        self._ambiguous: list[Ambiguous] = []
        self._ignored: list[Ignored] = []
        self._words: list[Span] = []
        self._given: set[Rat] = set()
        self._absent: set[Rat] = set()
        self._named: dict[Rat, bool] = {}  # RAT -> by more than its generation
        self._evdo: bool | None = None
        self._modes: set[NrMode] = set()
        self._counts: list[tuple[int, Span, Rat | None]] = []
        self._lines: list[Line] = []
        self._line = Line()
        self._table = Table()
        self._start_cell()

    def _start_cell(self) -> None:
        """
        No heading holds but the column.
        """
        self._rat: Rat | None = self._column
        self._duplex: str | None = None
        self._character = "column" if self._column else ""
        self._fresh = self._column is not None  # nothing but fillers since the heading: bare numbers are its list
        self._fresh_outside = False  # that heading stands before the bracket
        self._heading: Span | None = None  # its place, as long as the first band may still take it in
        self._foreign: Why | None = None  # another field holds, whose numbers are no bands
        self._shared = False  # several technologies have one list
        self._headed = -1  # where the last heading ends that has no list yet; -1: it has one
        self._worded = False  # there was prose since
        self._banded = False  # the line has a word for bands

    def _settle_heading(self) -> None:
        """
        The heading is a word of its own.
        """
        if self._heading is not None:
            self._words.append(self._heading)
            self._heading = None

    def _keep(self, at: int) -> None:
        """
        The token is a word.
        """
        self._settle_heading()
        self._words.append(self._tokens[at][2:])

    def _ignore(self, start: int, end: int, why: Why) -> None:
        self._settle_heading()
        self._ignored.append(Ignored((start, end), self._text[start:end], why))

    def _peek(self, at: int) -> Token | None:
        return self._tokens[at] if 0 <= at < len(self._tokens) else None

    def _gap(self, at: int) -> str:
        """
        What lies between a token and the one before.
        """
        return self._plain[self._tokens[at - 1][3] if at else 0 : self._tokens[at][2]]

    def _has_list(self, at: int) -> bool:
        after = self._peek(at)
        return after is not None and after[0] in MEMBERS

    def _goes_on(self, at: int) -> bool:
        """
        Whether a separator stands before a place, and one more number or `band` there.
        """
        after = self._peek(at)
        return (
            after is not None and (after[0] == "bands" or after[0] in MEMBERS) and self._gap(at).strip() in SEPARATORS
        )

    def _breaks(self, at: int) -> bool:
        """
        Whether no word follows directly.
        """
        after = self._peek(at)
        return after is None or after[0] in ("line", "close", "dash", "open") or self._gap(at).strip(" ") != ""

    def _still_heads(self, found: List) -> bool:
        """
        Whether a list is its heading's although more than fillers is between: frequencies in the same sentence
        (`HSPA+ 42 Mbps 850/900`), or numbers behind a colon (`LTE bands in Spain: 3, 7, 20`).
        """
        items, rat = found.items, self._rat
        if rat is None or self._headed < 0 or self._column is not None or not items:
            return False
        start = items[0].start
        if start - self._headed > vocabulary.LONGEST_ASIDE or not all(one.form == "number" for one in items):
            return False
        between = self._plain[self._headed : start]
        if all(one.number >= LOWEST_MHZ and one.unit in _OF_MHZ for one in items):
            if self._says_more(found.end) and items[-1].unit is None:
                return False  # 600/900 nits
            near = len(items) > 1 or (items[0].unit == "mhz" and not self._worded)
            return near and not _SENTENCE.search(between) and self._all_mean(items, rat)
        colon = between.rstrip(" (").endswith(":") and not _CLAUSE.search(between)
        return (
            colon
            and self._banded
            and len(items) > 1
            and all(one.unit is None and one.number in DEFINED[rat] for one in items)
        )

    def _says_more(self, at: int) -> bool:
        """
        Whether a word follows right behind.
        """
        after = self._peek(at)
        return after is not None and after[0] == "word" and not self._gap(at).strip(" ")

    def _all_mean(self, items: list[Item], rat: Rat) -> bool:
        return all(one.band or one.name or meaning_of_mhz(rat, one.number, self._duplex) for one in items)

    def _means_wifi(self, at: int) -> bool:
        """
        Whether a 5G is a frequency of Wi-Fi's: `Wi-Fi 2.4G/5G`, `5G WLAN`.
        """
        if self._tokens[at][1][0] is not Rat.NR:
            return False
        before, after = self._peek(at - 1), self._peek(at + 1)
        if self._foreign == "short range" and before is not None:
            if before[0] in ("noise", "decimal", "unit"):
                return True
            if before[0] == "foreign":
                return "," not in self._gap(at)
        return after is not None and after[:2] == ("foreign", "short range") and "," not in self._gap(at + 1)

    def _is_absent(self, at: int) -> bool:
        """
        Whether the text says here that the phone lacks a technology: `No LTE`, `4G: N/A`.
        """
        before, after = self._peek(at - 1), self._peek(at + 1)
        if before is not None and before[0] in ("filler", "word") and self._supports(at - 1):
            before = self._peek(at - 2)
        if before is not None and before[0] == "no" and not self._gap(at).strip(" "):
            return not self._has_list(at + 1)
        if after is not None and after[0] in ("dash", "open"):
            at += 1
            after = self._peek(at + 1)
        if after is None or after[0] != "no":
            return False
        beyond = self._peek(at + 2)
        if beyond is None or beyond[0] in ("line", "close", "dash") or self._supports(at + 2):
            return True
        return beyond[0] != "head" and self._gap(at + 2).strip() != ""

    def _supports(self, at: int) -> bool:
        """
        Whether a token is `support`, `supported`, `available` or the like.
        """
        _, _, start, end = self._tokens[at]
        return self._plain[start:end].startswith(vocabulary.SUPPORTED)

    def _head_behind(self, found: List, at: int) -> tuple[Rat, str | None] | None:
        """
        The technology behind its list: `900/2100MHz@UMTS`, `bands 1, 3, 7 LTE`.
        """
        end = found.end
        after = self._peek(end)
        if after is not None and after[0] == "open":  # 900/1800 MHz (GSM)
            close = self._peek(end + 2)
            if close is None or close[0] != "close":
                return None
            end += 1
            after = self._peek(end)
        if after is None or after[0] != "head" or self._gap(end).strip() not in ("@", "", "-", "("):
            return None
        following = self._peek(end + 1)
        if following is not None:
            gap = self._gap(end + 1).strip(" ")
            if ":" in gap or (not gap and (following[0] in MEMBERS or following[0] in ("bands", "open"))):
                return None
        rat, duplex, _ = after[1]
        before = self._peek(at - 1)
        banded = before is not None and before[0] == "bands"
        if self._rat is None and found.items[0].form == "band" and len(found.items) > 1:
            banded = found.items[0].prefix == "b"
        if banded and len(found.items) == 1 and at > 1 and self._tokens[at - 2][0] == "word":
            banded = self._gap(at - 1) != " "  # Mi Band 4
        meant = len(found.items) > 1 and all(
            one.number >= LOWEST_MHZ and meaning_of_mhz(rat, one.number) for one in found.items
        )
        return (rat, duplex) if banded or meant or found.items[-1].unit == "mhz" else None

    def _says(self, at: int) -> str:
        """
        A token's word, folded; empty before the first and behind the last.
        """
        return self._plain[self._tokens[at][2] : self._tokens[at][3]] if 0 <= at < len(self._tokens) else ""

    def _is_denied(self, at: int) -> bool:
        """
        Whether `is not` or `not supported` stands at a place.
        """
        if at >= len(self._tokens) or self._gap(at) != " ":
            return False
        after = self._peek(at + 1)
        if self._says(at) in ("is", "are"):
            return after is not None and after[0] == "no"
        return self._tokens[at][0] == "no" and after is not None and self._supports(at + 1)

    def _say_absent(self, rat: Rat) -> None:
        self._line.said(rat).absent = True
        self._absent.add(rat)

    def _settle_counts(self) -> None:
        """
        `Quad-band GSM` without a list is the four; three or two of the four leave open which.
        """
        listed = Rat.GSM in self._given
        for count, span, rat in self._counts:
            text = self._text[slice(*span)]
            if rat is not Rat.GSM or listed:
                self._words.append(span)
                continue
            self._given.add(Rat.GSM)
            if count == len(vocabulary.QUAD):
                self._found.append(Found(Rat.GSM, vocabulary.QUAD, span, text))
            else:
                self._ambiguous.append(Ambiguous(Rat.GSM, vocabulary.QUAD, None, span, text))

    def _end_line(self) -> None:
        """
        What the line said is a list of its own; lines without labels are one.
        """
        line = self._line
        if not line.close() and line.label is None:
            return
        if self._lines and self._lines[-1].label is None and line.label is None:
            self._lines[-1].join(line)
        else:
            self._lines.append(line)
        self._line = Line()

    def _reading(self) -> BandReading:
        given, absent = self._given, self._absent - self._given
        precise = {rat for rat, by_name in self._named.items() if by_name} | given
        vague = {rat for rat in self._named if not OF_GENERATION.get(rat, {rat}).isdisjoint(precise)} - precise
        named = self._named.keys() - given - absent - vague
        return BandReading(
            kind="text",
            found=tuple(self._found),
            ambiguous=tuple(self._ambiguous),
            ignored=tuple(self._ignored),
            words=tuple(self._words),
            rats=tuple(rat for rat in RATS if rat in named),
            absent=tuple(rat for rat in RATS if rat in absent),
            make_groups=functools.partial(groups_of, tuple(self._lines), vague),
            evdo=self._evdo,
            nr_modes=frozenset(self._modes) or None,
        )
