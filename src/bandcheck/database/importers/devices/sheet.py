"""
One spec sheet, read: its lines per RAT with what each is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bandcheck.database.importers.devices.labels import CANONICAL, market
from bandcheck.database.importers.devices.table import Row
from bandcheck.database.names import name_key
from bandcheck.model.bands import FIELD, Rat
from bandcheck.reading.reading import Group
from bandcheck.reading.text import Generation, read_bands

_RUN_TOGETHER = re.compile(r"[0-9]+, [0-9]+, [0-9]+")
"""In a label: the next list, with the line break between them lost. Whom either is about cannot be told."""

_CODE = re.compile(r"(?=.*[0-9])[a-z]{0,4}[-_ ]?[a-z]{0,3}[0-9]{3,}[a-z0-9/_-]*", re.IGNORECASE)

GENERATIONS: tuple[Generation, ...] = ("2g", "3g", "4g", "5g")


_OF_COLUMN = ((Rat.GSM, Rat.CDMA, Rat.TDSCDMA), (Rat.CDMA, Rat.TDSCDMA, Rat.UMTS))
"""The RATs that share the cells of 2G and 3G, a line each."""


class Line(NamedTuple):
    """
    What a sheet states of one RAT, for some of its versions or for all.

    Attributes:
        low, high: The bands that it has for certain, and those that it may have, as masks; `high` None: no bound.

        models: The numbers that it is about, as written; with no market either it is about every version.

        market: The market or carrier that it is about.

        evdo: Whether CDMA comes with EV-DO; None: not said.

        modes: Modes of NR, sorted; None: not said.
    """

    rat: Rat
    low: int
    high: int | None
    models: tuple[str, ...] = ()
    market: str = ""
    evdo: bool | None = None
    modes: tuple[str, ...] | None = None

    @property
    def labelled(self) -> bool:
        """
        Whether it is about some versions only.
        """
        return bool(self.models or self.market)

    @property
    def markets(self) -> tuple[str, ...]:
        """
        The markets and carriers that it is about, one by one.
        """
        return tuple(self.market.split(", ")) if self.market else ()

    @property
    def bounds(self) -> tuple[int, int | None]:
        """
        What it says of bands, and nothing else.
        """
        return self.low, self.high

    def beside(self, other: Line) -> Line:
        """
        Both said of one version: certain is what both have, possible what either has.
        """
        high = None if self.high is None or other.high is None else self.high | other.high
        return self._replace(low=self.low & other.low, high=high, evdo=self.evdo or other.evdo)


class Sheet(NamedTuple):
    """
    A sheet of one phone, or the record that it has of one version.

    Attributes:
        row: Where it stands.

        lines: By RAT, in the order of the sheet; a RAT that it does not name is missing.

        models: The model numbers that it lists.
    """

    row: Row
    lines: dict[Rat, list[Line]]
    models: tuple[str, ...]

    @property
    def copy(self) -> str:
        """
        The id of its source.
        """
        return self.row.copy.id

    @property
    def unkept(self) -> tuple[Rat, ...]:
        """
        The RATs that it does not name and that a line may, which its copy did not keep: CDMA below GSM.
        """
        if self.row.copy.whole:
            return ()
        sharing = [rats for column, rats in enumerate(_OF_COLUMN) if self.row.says(column)]
        return tuple(dict.fromkeys(rat for rats in sharing for rat in rats if rat not in self.lines))

    @property
    def rank(self) -> tuple[bool, str]:
        """
        Sheets to rather follow have a higher one: those with every line, then the newest.
        """
        return self.row.copy.whole, self.row.copy.date or ""

    def version(self, models: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
        """
        The model numbers or the market of which this is the record; `models` are those of its sheet.
        """
        key = self.row.codes[0] if self.row.codes else ""
        known = tuple(model for model in models if same_number(model, key))
        if known:
            return known, ""
        if name_key(key) in CANONICAL:
            return (), CANONICAL[name_key(key)]
        return ((key.upper(),), "") if _CODE.fullmatch(key) else ((), key)


def read_sheet(row: Row, rules: Counter[str]) -> Sheet:
    """
    Read the four cells of a row.

    Args:
        rules: Counts what was cleaned.
    """
    lines: dict[Rat, list[Line]] = {}
    models = tuple(code for code in row.codes if is_number(code, row.model))
    if len(models) < len(row.codes):
        rules["no-model-number"] += 1
    cleaned = set()
    for column, cell in zip(GENERATIONS, row.cells, strict=True):
        for printed in cell.split(" | "):
            reading = read_bands(printed, generation=column)
            cleaned |= {"no-such-band" for one in reading.ignored if one.why == "no such band"}
            for line in (line for group in reading.groups for line in _lines(group, models)):
                lines.setdefault(line.rat, []).append(line)
                if line.high and column == "2g" and line.rat in (Rat.UMTS, Rat.LTE):
                    cleaned.add("wrong-column")
    rules.update(cleaned)
    _clean(row, lines, rules)
    return Sheet(row, {rat: _told(said) for rat, said in lines.items()}, models)


def _lines(group: Group, models: tuple[str, ...]) -> Iterator[Line]:
    named = tuple(next((m for m in models if same_number(m, one)), one) for one in group.models)
    words = "" if group.label is None else market(_without(group.label, group.models))
    if _RUN_TOGETHER.search(words):
        named, words = (), ""
    modes = None if group.nr_modes is None else tuple(sorted(group.nr_modes))
    for rat, known in group.known.items():
        high = None if known.at_most.mask & FIELD[rat] == FIELD[rat] else known.at_most.mask & FIELD[rat]
        yield Line(
            rat,
            known.at_least.mask & FIELD[rat],
            high,
            named,
            words,
            group.evdo if rat is Rat.CDMA else None,
            modes if rat is Rat.NR else None,
        )


def _without(label: str, models: tuple[str, ...]) -> str:
    """
    A label without the model numbers in it.
    """
    for model in models:
        label = label.replace(model, " ")
    return label


def _told(lines: list[Line]) -> list[Line]:
    """
    The lines of one RAT, without those that merely name it where another of the same label gives bands.
    """
    told = [line for line in lines if line.high is not None]
    for line in lines:
        if line.high is None:
            same = [n for n, other in enumerate(told) if (other.models, other.market) == (line.models, line.market)]
            if not same and not (told and not line.labelled):
                told.append(line)
            for n in same:
                told[n] = told[n]._replace(evdo=told[n].evdo or line.evdo)
    if len(lines) > len(told) and any(line.evdo and not line.labelled for line in lines):
        told = [line._replace(evdo=True) if not line.labelled else line for line in told]
    return list(dict.fromkeys(told))


def _clean(row: Row, lines: dict[Rat, list[Line]], rules: Counter[str]) -> None:
    """
    Take out what cannot be, and count it.
    """
    year = None if row.announced is None else int(row.announced[:4])
    for rat, began, rule in ((Rat.NR, 2018, "nr-before-its-time"), (Rat.LTE, 2009, "lte-before-its-time")):
        if year is not None and year < began and any(line.high != 0 for line in lines.get(rat, ())):
            del lines[rat]
            rules[rule] += 1
    for rat, said in lines.items():
        if any(line.high is None for line in said):
            rules[f"bands-not-told-{rat.value}"] += 1


def is_number(code: str, name: str = "") -> bool:
    """
    Whether something in a sheet's list of models may be a model number: short, with a digit, neither two or
    three digits alone, nor the phone's own name, nor an identifier of Apple's such as `iPhone12,1`.
    """
    return (
        len(code) <= 32
        and any(c.isdigit() for c in code)
        and not (code.isdigit() and len(code) < 4)
        and "," not in code
        and not name_key(name).endswith(name_key(code))
    )


def same_number(one: str, other: str) -> bool:
    """
    Whether two spellings may be one model number: `g950f` on a version's record, `SM-G950F` on its sheet.
    """
    a, b = name_key(one), name_key(other)
    return a == b or (min(len(a), len(b)) >= 4 and (a.endswith(b) or b.endswith(a)))
