"""
The grammar of band texts: which technology holds where, what is a list, a label, an absence.

A machine that walks over the tokens once. `lists` says where a list ends and `meanings` what it says.
"""

from __future__ import annotations

from collections.abc import Callable

from bandcheck.model.bands import Rat
from bandcheck.reading import vocabulary
from bandcheck.reading.labels import read_label
from bandcheck.reading.lines import Said
from bandcheck.reading.lists import BRACKET, MEMBERS, Item, List, read_list
from bandcheck.reading.meanings import Context, Outcome, resolve
from bandcheck.reading.reading import Ambiguous, BandReading, Found, Ignored, Why
from bandcheck.reading.state import State


class Grammar(State):
    """
    One reading of one text. A method of a token takes its place and gives that of the next one to look at.
    """

    def read(self) -> BandReading:
        """
        Walk over the tokens.
        """
        at = 0
        while at < len(self._tokens):
            kind = self._tokens[at][0]
            at = self._list(at) if kind in MEMBERS else _HANDLERS.get(kind, Grammar._word)(self, at)
        self._end_line()
        self._settle_heading()
        self._settle_counts()
        return self._reading()

    # Words

    def _word(self, at: int) -> int:
        """
        Prose: a bare number behind it is no band any more, a `B3` still is.
        """
        if self._heading is not None:
            self._settle_heading()
        self._words.append(self._tokens[at][2:])
        self._fresh, self._worded = False, True
        return at + 1

    def _filler(self, at: int) -> int:
        """
        A word that does not part a technology from its list.
        """
        self._keep(at)
        return at + 1

    def _band_word(self, at: int) -> int:
        """
        `Bands`: the numbers right behind it are of the technology that holds.
        """
        self._banded = True
        after = self._peek(at + 1)
        if self._rat is not None and after is not None and after[0] in ("number", "roman"):
            again = self._rat in self._given and self._says(at - 1) not in vocabulary.BRACELETS
            several = self._goes_on(at + 2)
            self._fresh = self._fresh or again or several or self._says(at).endswith("s")
        return self._filler(at)

    def _unit(self, at: int) -> int:
        """
        A unit with no number: `GSM (MHz): 900/1800`.
        """
        return self._filler(at) if self._tokens[at][1] == "mhz" else self._word(at)

    def _open(self, at: int) -> int:
        self._fresh_outside = self._fresh
        return at + 1

    def _close(self, at: int) -> int:
        """
        A heading in a bracket has its list there or behind a colon: `(4G): 1, 3` against `(4G) 5 inch`.
        """
        after = self._gap(at + 1) if at + 1 < len(self._tokens) else ""
        self._fresh = self._fresh and (self._fresh_outside or ":" in after)
        return at + 1

    # Technologies

    def _head(self, at: int) -> int:
        """
        A technology: the list behind it is its own.
        """
        _, value, start, end = self._tokens[at]
        rat, duplex, character = value
        if character == "weak" and self._means_wifi(at):
            self._ignore(start, end, "generation")
            return at + 1
        if self._is_absent(at):
            self._keep(at)
            self._say_absent(rat)
            self._fresh = False
            return at + 1
        beside = self._fresh and self._character != "column"
        self._settle_heading()
        if beside and character == "weak" and self._character != "weak":
            self._words.append((start, end))  # "TD-SCDMA 3G": the technology says it better
            return at + 1
        tied = at > 0 and self._gap(at).strip() in ("/", "+", "&")
        alike = (character == "weak") is (self._character == "weak")
        self._shared = beside and rat is not self._rat and alike and tied
        if character == "evdo":
            self._evdo = self._line.evdo = True
        if character == "weak":
            self._named.setdefault(rat, False)
            self._line.name_generation(rat)
        else:
            self._named[rat] = True
            self._line.said(rat)
        self._line.reach((start, end))
        self._duplex = duplex or (self._duplex if rat is self._rat and self._fresh else None)
        self._rat, self._character, self._fresh, self._foreign = rat, character, True, None
        self._heading = (start, end)
        self._headed, self._worded = end, False
        self._table.head((rat, self._duplex, character))
        return at + 1

    def _no(self, at: int) -> int:
        """
        `N/A` as all that a cell of a column says.
        """
        before, after = self._peek(at - 1), self._peek(at + 1)
        alone = all(token is None or token[0] == "line" for token in (before, after))
        self._keep(at)
        if self._generation and alone:
            for rat in vocabulary.COLUMNS[self._generation]:
                self._say_absent(rat)
            self._line.reach(self._tokens[at][2:])
        return at + 1

    def _duplexed(self, at: int) -> int:
        """
        `FDD` or `TDD`: beside NR or UMTS a property, else a heading of LTE's.
        """
        _, value, start, end = self._tokens[at]
        named = self._character not in ("column", "weak") and self._fresh
        if self._rat is Rat.NR and self._character != "column" and self._foreign is None:
            return self._filler(at)
        after = self._peek(at + 1)
        if self._rat is Rat.UMTS and value == "fdd" and after is not None and after[:3:2] == ("number", end):
            self._fresh, self._character = True, ""  # HSPA FDD1
            return self._filler(at)
        if self._rat in (Rat.UMTS, Rat.TDSCDMA) and named:
            return self._filler(at)
        heads = after is not None and after[0] == "head"
        ahead = after is not None and (heads or after[0] in ("open", "bands") or after[0] in MEMBERS)
        short = end - start == 2  # TD
        if self._rat is not Rat.LTE and (not ahead or (short and not heads)):
            return self._word(at)
        self._keep(at)
        self._rat, self._duplex, self._character, self._foreign = Rat.LTE, value, "", None
        self._fresh, self._shared = True, False
        self._headed, self._worded = end, False
        self._named[Rat.LTE] = True
        return at + 1

    def _mode(self, at: int) -> int:
        """
        `SA`, `NSA`: modes of NR.
        """
        if self._rat is not Rat.NR:
            return self._word(at)
        mode = self._tokens[at][1]
        self._modes.add(mode)
        self._line.modes.add(mode)
        self._named[Rat.NR] = True
        self._line.said(Rat.NR)
        self._line.reach(self._tokens[at][2:])
        return self._filler(at)

    def _count(self, at: int) -> int:
        """
        `Quad-band`: bands by their count, if no list says which.
        """
        self._settle_heading()
        _, count, start, end = self._tokens[at]
        after = self._peek(at + 1)
        step = 1
        if after is not None and after[0] == "bands" and not self._gap(at + 1).strip(" -"):
            end, step = after[3], 2
        elif self._text[start:end].lower() in ("quad", "quadri", "tri", "dual"):
            return self._word(at)
        after = self._peek(at + step)
        rat = self._rat if self._fresh and self._character != "column" else None
        if after is not None and after[0] == "head" and (rat is None or not self._gap(at + step).strip(" -")):
            rat = after[1][0]
        self._counts.append((count, (start, end), rat))
        return at + step

    # What is no band

    def _cue(self, at: int) -> int:
        """
        `Cat`, `Android`: the number behind it is no band.
        """
        before = self._peek(at - 1)
        if self._rat is Rat.CDMA and self._says(at) == "class" and before is not None and before[0] == "bands":
            self._fresh = True  # 3GPP2's word for a band
            return self._filler(at)
        self._keep(at)
        self._fresh = False
        return self._ignore_numbers(at + 1, self._tokens[at][1])

    def _foreigner(self, at: int) -> int:
        """
        Wi-Fi, GPS: what follows is theirs.
        """
        self._keep(at)
        self._rat, self._fresh, self._foreign = None, False, self._tokens[at][1]
        return self._ignore_numbers(at + 1, self._foreign)

    def _ignore_numbers(self, at: int, why: Why) -> int:
        """
        Ignore the numbers and units that follow directly; the token behind them.
        """
        first = at
        while (token := self._peek(at)) is not None and at - first < BRACKET:
            gap = self._gap(at).strip()
            if at == first and (token[0] not in _NUMBERS or gap not in _TO_NUMBER):
                break
            if at > first and not (token[0] in _NUMBERS and gap in ("/", "-", "+")):
                if token[0] != "unit" or gap:
                    break
                if token[1] not in ("mhz", "ghz"):
                    why = token[1]
            at += 1
        if at > first:
            self._ignore(self._tokens[first][2], self._tokens[at - 1][3], why)
        return at

    def _sim(self, at: int) -> int:
        """
        `SIM 1`: a place for a card.
        """
        self._keep(at)
        self._fresh = False
        after = self._peek(at + 1)
        if after is not None and after[0] == "number" and self._gap(at + 1).strip() in ("", "-", "#"):
            self._ignore(after[2], after[3], "SIM")
            return at + 2
        return at + 1

    def _model(self, at: int) -> int:
        """
        Letters and digits mixed.
        """
        self._ignore(*self._tokens[at][2:], "model number")
        self._fresh = False
        return at + 1

    def _noise(self, at: int) -> int:
        """
        What its own shape betrays: a date, 4x4, 16G.
        """
        self._ignore(*self._tokens[at][2:], self._tokens[at][1])
        self._fresh = False
        return at + 1

    def _money(self, at: int) -> int:
        """
        A currency sign: the number behind it is a price.
        """
        self._fresh = False
        return self._ignore_numbers(at + 1, "price") if self._has_list(at + 1) and not self._gap(at + 1) else at + 1

    # Lists and labels

    def _list(self, at: int) -> int:
        """
        A list of numbers, under the heading that holds.
        """
        found = read_list(self._plain, self._tokens, at)
        if found.end == at:  # 16g with nothing before it
            self._ignore(*self._tokens[at][2:], "size" if self._tokens[at][1][1] else "count")
            self._fresh = False
            return at + 1
        self._words.extend(found.words)
        behind = self._head_behind(found, at) if found.items and not (self._fresh and self._rat) else None
        if found.items:
            self._fresh = self._fresh or (behind is None and self._still_heads(found))
            self._resolve(at, found, behind)
        if found.tail is not None:
            self._ignore(*found.tail)
        self._fresh = False
        if behind is not None:
            end = found.end + (self._tokens[found.end][0] == "open")
            self._keep(end)
            self._named[behind[0]] = True
            return end + 1
        return found.end

    def _resolve(self, at: int, found: List, behind: tuple[Rat, str | None] | None) -> None:
        """
        Settle what a list means, and keep it.
        """
        heading, start = self._heading, found.items[0].start
        direct = heading is not None and self._text[heading[1] : start].strip() in ("", "+")
        rat, duplex, fresh = self._rat, self._duplex, self._fresh
        if behind is not None:
            rat, duplex, fresh = *behind, True
        last = found.tail is None and self._breaks(found.end)
        character, foreign, shared = self._character, self._foreign, self._shared
        context = Context(self._text, rat, duplex, fresh, character, foreign, shared, direct, last, self._region)
        outcomes = resolve(found.items, context)
        if self._may_be_denied(at, found.end):
            self._deny(outcomes, at, found)
        first = outcomes[0]
        if heading is not None:
            if direct and isinstance(first, Found | Ambiguous):
                # LTE 7: the heading and its first band are one token.
                self._heading = None
                span = (heading[0], first.span[1])
                outcomes[0] = first._replace(span=span, text=self._text[slice(*span)])
            self._settle_heading()
        said: Said | None = None
        if isinstance(outcomes[-1], Found | Ambiguous):
            self._headed = -1
            self._table.list()
        for one in outcomes:
            if isinstance(one, Found):
                said = said or self._say(one.rat, found)
                self._found.append(one)
                said.numbers += one.numbers
            elif isinstance(one, Ignored):
                self._ignored.append(one)
            elif isinstance(one, Ambiguous):
                said = said or self._say(one.rat, found)
                self._ambiguous.append(one)
                said.ambiguous.append(one)
            else:
                self._words.append(one)

    def _say(self, rat: Rat, found: List) -> Said:
        """
        The line has bands of a RAT.
        """
        self._given.add(rat)
        self._line.reach((found.items[0].start, found.items[-1].end))
        return self._line.said(rat)

    def _may_be_denied(self, at: int, end: int) -> bool:
        return (at > 0 and self._tokens[at - 1][0] in ("no", "bands", "filler")) or (
            end < len(self._tokens) and self._tokens[end][0] in ("no", "word")
        )

    def _denies(self, at: int) -> bool:
        """
        Whether a `no` stands before a place: `no B71`, `does not support band 71`.
        """
        while at and not self._gap(at).strip(" "):
            at -= 1
            if self._tokens[at][0] not in ("bands", "filler"):
                return self._tokens[at][0] == "no"
        return False

    def _deny(self, outcomes: list[Outcome], at: int, found: List) -> None:
        """
        Take back what the text says is not there: `no B71`, `B71 is not supported`.
        """
        denied = range(0)
        if self._denies(at) and (found.items[0].form == "band" or self._tokens[at - 1][0] == "bands"):
            denied = range(len(outcomes))
        elif self._is_denied(found.end):
            denied = range(_last_run(found.items, self._says(found.end) == "is"), len(outcomes))
        for number in denied:
            one = outcomes[number]
            if isinstance(one, Found | Ambiguous):
                outcomes[number] = Ignored(one.span, one.text, "denied")

    def _dash(self, at: int) -> int:
        """
        A dash behind a list begins a label; one between a heading and its list says nothing.
        """
        if self._column is None and self._fresh and self._headed >= 0 and self._has_list(at + 1):
            return at + 1
        return self._label(at + 1) if self._line.speaks else at + 1

    def _for(self, at: int) -> int:
        """
        `GSM 850 / 900 for Brazil`, in a cell.
        """
        if self._column is not None and self._line.speaks and self._line.label is None:
            return self._label(at)
        return self._word(at)

    def _label(self, at: int) -> int:
        label = read_label(self._text, self._tokens, at, self._column is not None)
        if label is None:
            return at
        self._settle_heading()
        self._words.extend(label.words)
        self._ignored.extend(label.ignored)
        line = self._line
        if label.text is not None:
            line.label = label.text if line.label is None else f"{line.label} - {label.text}"
            line.models.extend(label.models)
            line.reach(label.span)
        self._fresh = False
        if label.lost:
            self._end_line()
            self._start_cell()
        return label.end

    def _break(self, at: int) -> int:
        """
        The end of a line. A heading without its list holds on, and outside of cells a technology does for its `B3`.
        """
        _, _, start, end = self._tokens[at]
        if end - start > 1:  # <br>
            self._keep(at)
        if self._column is not None:
            self._settle_heading()
            self._end_line()
            self._start_cell()
            return at + 1
        if not self._fresh:
            self._end_line()
            self._banded = False
        if self._table.go_on(row=self._says(at) != "|"):
            heading = self._table.heading
            self._rat, self._duplex, self._character = heading or (None, None, "")
            self._fresh, self._shared, self._foreign, self._headed = heading is not None, False, None, -1
        return at + 1


def _last_run(items: list[Item], single: bool) -> int:
    """
    Where the part of a list begins that `not supported` behind it is about: `B1/B3, B20 not supported`.

    Args:
        single: Of its last member alone.
    """
    if single:
        return len(items) - 1
    ties = [one.tie for one in items]
    if len(set(ties[1:])) > 1:
        mark = next((mark for mark in (";", ",") if mark in ties), "")
        return max((place for place, tie in enumerate(ties) if tie == mark), default=0) if mark else 0
    return 0


_NUMBERS = frozenset(("number", "decimal", "dotted", "range", "model", "roman", "noise"))
_TO_NUMBER = frozenset(("", ":", ".", "-", "#", "=", "."))

_HANDLERS: dict[str, Callable[[Grammar, int], int]] = {
    "and": Grammar._filler,
    "bands": Grammar._band_word,
    "close": Grammar._close,
    "cue": Grammar._cue,
    "dash": Grammar._dash,
    "duplex": Grammar._duplexed,
    "filler": Grammar._filler,
    "for": Grammar._for,
    "foreign": Grammar._foreigner,
    "head": Grammar._head,
    "line": Grammar._break,
    "many": Grammar._count,
    "mode": Grammar._mode,
    "model": Grammar._model,
    "money": Grammar._money,
    "no": Grammar._no,
    "noise": Grammar._noise,
    "open": Grammar._open,
    "sim": Grammar._sim,
    "unit": Grammar._unit,
}
