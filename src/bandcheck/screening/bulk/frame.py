"""
Screening of a Polars frame.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from bandcheck.errors import FileUnusableError
from bandcheck.matching.planes import COVERAGES
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.listing import Listing
from bandcheck.screening.bulk import USUAL
from bandcheck.screening.bulk.phones import WORDS, Phone, Stated
from bandcheck.screening.bulk.table import GATES, Decided, Ids, Pairs, Table
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Answer
from bandcheck.screening.listings.columns import recognise
from bandcheck.screening.policy import Policy, Waiver

if TYPE_CHECKING:
    from bandcheck.database.catalog import Catalog

Codes = Sequence[Sequence[Ids]]
"""Of the columns that tell a phone, of those that tell a carrier, and a day: the number of each row's text."""

_ANSWERS = pl.Enum([answer.value for answer in Answer])
_LEVELS = pl.Enum(OUTCOMES)

OUTPUTS: Mapping[str, pl.DataType] = {
    "decision": pl.Enum([*(decision.word for decision in Decision), "skipped"]),
    "outcome": pl.Enum([*OUTCOMES, "unknown", "varies"]),
    "worst": _LEVELS,
    "best": _LEVELS,
    "coverage": pl.Enum([name for name in COVERAGES if name]),
    "reason_codes": pl.Categorical(),
    "device": pl.Categorical(),
    "models": pl.Categorical(),
    "skipped": pl.Categorical(),
    **{gate.value: _ANSWERS for gate in GATES},
}
"""The columns that can be added, named as in the report of `bandcheck screen`."""

_MOST_TEXTS = 1 << 19  # distinct texts of rows that are kept in mind
_PIECE = 1 << 17  # rows that a thread screens at once; of less than twice as many it takes all
_REPEATED = 16  # times that a text comes up, on the average, if it is worth a category
_NEW = (1 << 32) - 1  # what a number comes to before it is looked up


class TooManyTextsError(Exception):
    """
    Columns that were to be categories have too many distinct texts.
    """


class FrameScreener:
    """
    Screens one frame after the other, all with the same columns; what it learns of one serves the next.

    Attributes:
        columns: Which column holds which field of a listing.

        outputs: By the name of a column that is added, what it holds.

        waived: Waivers that were used so far.

        policy, on, carrier, catalog: What is asked.
    """

    def __init__(
        self,
        names: Sequence[str],
        carrier: str | None,
        *,
        policy: Policy,
        on: dt.date,
        catalog: Catalog,
        columns: Mapping[str, str] | None = None,
        outputs: Sequence[str] = USUAL,
        prefix: str = "",
    ) -> None:
        """
        Args:
            names: Of the frames' columns; for the rest see `screen_frame`.
        """
        found = recognise(tuple(names), columns or {}, "frame", carrier is not None)
        self.columns = {field: names[place] for field, place in found.places.items()}
        self.outputs = {f"{prefix}{output}": output for output in outputs}
        _check(names, self.outputs)
        alone = None if carrier is None or "carrier" in self.columns else catalog.find_carrier(carrier).id
        self._stated = Stated(catalog, policy.waivers, alone)
        fields = (*WORDS, *self._stated.fields)
        self._words = [(field, self.columns[field]) for field in fields if field in self.columns]
        self.waived: set[Waiver] = set()
        self.policy, self.on, self.carrier, self.catalog = policy, on, carrier, catalog
        self._learned = self._begin()

    def schema(self, schema: Mapping[str, pl.DataType]) -> dict[str, pl.DataType]:
        """
        The columns of an answer to a frame with these.
        """
        return {**schema, **{name: OUTPUTS[output] for name, output in self.outputs.items()}}

    def categories(self, frame: pl.DataFrame) -> dict[str, pl.DataType]:
        """
        The columns of texts that it could give back as categories, with the types that they would have: those that it
        numbers anyway and whose texts repeat.
        """
        texts = {name: dtype for name, dtype in self._learned.types.items() if frame.schema[name] == pl.String}
        return {name: dtype for name, dtype in texts.items() if frame[name].n_unique() * _REPEATED <= frame.height}

    def lazily(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """
        A lazy frame with its answers.
        """
        schema = self.schema(frame.collect_schema())
        # Whoever takes some columns or rows of the answer gets no less of the question.
        pushdown = dict.fromkeys(("predicate_pushdown", "projection_pushdown", "slice_pushdown"), False)
        return frame.map_batches(self, schema=schema, streamable=True, **pushdown)

    def __call__(self, frame: pl.DataFrame, categories: Mapping[str, pl.DataType] = {}) -> pl.DataFrame:
        """
        A frame with its answers. Engines may call it from several threads; it takes some itself for a long one.

        Args:
            categories: Columns that are to be categories, as `categories` tells.

        Raises:
            TooManyTextsError: There were so many distinct texts that some are forgotten, and these categories with
                them.
        """
        if frame.height >= 2 * _PIECE:
            with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
                screened = functools.partial(self, categories=categories)
                return pl.concat(threads.map(screened, frame.iter_slices(_PIECE)))
        return self.answer(self.number(frame, categories))

    def number(self, frame: pl.DataFrame, categories: Mapping[str, pl.DataType] = {}) -> Numbered:
        """
        The first half of a call: number the texts of a frame. It needs no answers to frames before it.

        Raises:
            TooManyTextsError: See there.
        """
        learned = self._learned
        if learned.full:
            learned = self._learned = self._begin()
        if any(learned.types[name] != dtype for name, dtype in categories.items()):
            raise TooManyTextsError
        texts, codes = learned.number(frame)
        kept = [texts[column.name] if column.name in categories else column for column in frame]
        return Numbered(pl.DataFrame(kept), learned, codes)

    def answer(self, numbered: Numbered) -> pl.DataFrame:
        """
        The second half: a frame with its answers.
        """
        answers = numbered.learned.answers(numbered.codes)
        return numbered.frame.hstack([answers[name] for name in self.outputs])

    def _begin(self) -> _Learned:
        """
        Know nothing yet, or forget it all: memory stays bounded however many distinct titles there are.
        """
        table = Table(self.catalog, self.policy, self.on, self.carrier, self.waived)
        fields = [field for field, _ in self._words]
        matters = [None if f in WORDS else functools.partial(self._stated.matters, f) for f in fields]

        def phone(*texts: str) -> int:
            said: dict[str, Any] = dict(zip(fields, texts, strict=True))
            return table.phone(Listing(0, **said))

        return _Learned(
            table,
            _Several([name for _, name in self._words], phone, matters),
            _Several([self.columns[f] for f in ("carrier",) if f in self.columns], table.carrier),
            _Several([self.columns[f] for f in ("on",) if f in self.columns], table.day),
            self.outputs,
        )


class _Learned:
    """
    What a screener knows of the texts of frames, and of the answers.

    Attributes:
        types: By column whose texts are numbered, its categories.
    """

    def __init__(
        self, table: Table, phones: _Several, carriers: _Several, days: _Several, outputs: Mapping[str, str]
    ) -> None:
        self._table = table
        self._texts = phones, carriers, days
        self._of_answers = _Told({name: output for name, output in outputs.items() if output not in _OF_PHONE})
        self._of_phones = _Told({name: output for name, output in outputs.items() if output in _OF_PHONE})
        self._lock = threading.Lock()
        self.types = {name: dtype for several in self._texts for name, dtype in several.types.items()}

    @property
    def full(self) -> bool:
        """
        Whether it is time to begin anew.
        """
        return self._table.full or max(several.known for several in self._texts) > _MOST_TEXTS

    def number(self, frame: pl.DataFrame) -> tuple[dict[str, pl.Series], Codes]:
        """
        The texts of a frame as categories, by the name of their column; and their numbers.
        """
        asked = [texts for several in self._texts for texts in several.texts]
        categories = frame.select_seq(texts.numbered.alias(str(place)) for place, texts in enumerate(asked))
        codes = iter(categories.select_seq(pl.all().to_physical().fill_null(0)))
        named = {texts.name: series.alias(texts.name) for texts, series in zip(asked, categories, strict=True)}
        return named, [[next(codes).to_numpy() for _ in several.texts] for several in self._texts]

    def answers(self, codes: Codes) -> dict[str, pl.Series]:
        """
        The columns that are added, by name. To hand out answers is most of the work, and is done beside other threads.
        """
        with self._lock:
            phones, carriers, days = (s.numbers(some) for s, some in zip(self._texts, codes, strict=True))
            answers = self._table.decide(phones, carriers, days)
            told = (
                (self._of_answers.of(self._table.answers), answers),
                (self._of_phones.of(self._table.phones), np.broadcast_to(phones, len(answers))),
            )
        rows = [(columns, pl.Series(which, dtype=pl.UInt32)) for columns, which in told]
        return {column.name: column[which] for columns, which in rows for column in columns}


class Numbered(NamedTuple):
    """
    A frame whose texts are numbered.

    Attributes:
        frame: It, with categories for texts where that was asked for.

        learned: What gave the numbers.

        codes: The numbers.
    """

    frame: pl.DataFrame
    learned: _Learned
    codes: Codes


class _Told:
    """
    What some outputs say of each answer or phone, a row each, in the order of their numbers.
    """

    def __init__(self, outputs: Mapping[str, str]) -> None:
        """
        Args:
            outputs: By the name of a column what it holds.
        """
        self._outputs = outputs
        self._kept = self._columns(())

    def of(self, things: Sequence[Any]) -> pl.DataFrame:
        """
        The rows of things, of which there are more and more.
        """
        if self._kept.height < len(things):
            self._kept = self._kept.vstack(self._columns(things[self._kept.height :]))
        return self._kept

    def _columns(self, things: Sequence[Any]) -> pl.DataFrame:
        texts = {name: [_told(thing, output) for thing in things] for name, output in self._outputs.items()}
        types = {name: OUTPUTS[output] for name, output in self._outputs.items()}
        return pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String)).cast(types)  # type: ignore[arg-type]


_OF_PHONE: Mapping[str, Callable[[Phone], str | None]] = {
    "device": lambda phone: phone.device or None,
    "models": lambda phone: ";".join(phone.models) or None,
}


def _told(thing: Decided | Phone | str, output: str) -> str | None:
    """
    What an answer or a phone says under the name of an output; a phone that is none says nothing.
    """
    if not isinstance(thing, Decided):
        return None if isinstance(thing, str) else _OF_PHONE[output](thing)
    for gate, answer in zip(GATES, thing.gates, strict=True):
        if gate.value == output:
            return answer
    told: str | None = getattr(thing, output)
    return told


def _check(names: Sequence[str], outputs: Mapping[str, str]) -> None:
    for name, output in outputs.items():
        if output not in OUTPUTS:
            raise FileUnusableError("frame", f"{output!r} is no answer. Take some of: {', '.join(OUTPUTS)}.")
        if name in names:
            raise FileUnusableError("frame", f"it has a column {name!r} already. Rename it, or give a prefix.")


class _Several:
    """
    The texts of some columns of a row, together, as the number that stands for them. Each distinct lot is looked up
    once.

    Attributes:
        texts: Those of each column.
    """

    def __init__(
        self,
        names: Sequence[str],
        learn: Callable[..., int],
        matters: Sequence[Callable[[str], str] | None] = (),
    ) -> None:
        """
        Args:
            names: The columns; none: every row has the number of an empty text.

            learn: The number of some texts.

            matters: For each column what of a text is looked at, where that is not all of it.
        """
        self._learn = learn
        self.texts = [_Texts(name, matter) for name, matter in itertools.zip_longest(names, matters[: len(names)])]
        self._folds = [Pairs() for _ in names[1:]]
        self._known = _Known()
        self._empty = np.asarray([] if names else [learn("")], dtype=np.uint32)

    @property
    def known(self) -> int:
        """
        How many distinct lots of texts, or texts of a column, were looked up.
        """
        return max([self._known.count, *(texts.known for texts in self.texts)])

    @property
    def types(self) -> dict[str, pl.DataType]:
        """
        By column, its categories.
        """
        return {texts.name: texts.type for texts in self.texts}

    def numbers(self, codes: Sequence[Ids]) -> Ids:
        """
        The number of each row; one alone if all rows have the same. No work for two threads at once.

        Args:
            codes: Of each column, the number of each row's text.
        """
        if not self.texts:
            return self._empty
        alike = [texts.alike(code) for texts, code in zip(self.texts, codes, strict=True)]
        lots = alike[0]
        for fold, more in zip(self._folds, alike[1:], strict=True):
            lots = fold.of_all(lots, more)

        def learn(row: int) -> int:
            return self._learn(*(texts.text(code[row]) for texts, code in zip(self.texts, alike, strict=True)))

        return self._known.of(lots, learn)


class _Known:
    """
    What numbers come to, each looked up once.

    Attributes:
        count: How many were looked up.
    """

    def __init__(self) -> None:
        self.count = 0
        self._found = np.full(64, _NEW, dtype=np.uint32)

    def of(self, numbers: Ids, learn: Callable[[int], int]) -> Ids:
        """
        What each row's number comes to.

        Args:
            learn: Looks that up, given the place of a row that has the number.
        """
        top = int(numbers.max(initial=0))
        if top >= len(self._found):
            more = np.full((1 << top.bit_length()) - len(self._found), _NEW, dtype=np.uint32)
            self._found = np.append(self._found, more)
        found = np.take(self._found, numbers, mode="wrap")
        if found.max(initial=0) == _NEW:
            rows = np.flatnonzero(found == _NEW)
            fresh, first = np.unique(numbers[rows], return_index=True)
            self._found[fresh] = [learn(row) for row in rows[first].tolist()]
            self.count += len(fresh)
            found = np.take(self._found, numbers, mode="wrap")
        return found


class _Texts:
    """
    The distinct texts of a column, by numbers. No text has the number 0.

    Attributes:
        name: The column.

        type: Its categories.
    """

    def __init__(self, name: str, matters: Callable[[str], str] | None = None) -> None:
        self.name = name
        self._matters = matters
        self._categories = pl.Categories.random()
        self.type = pl.Categorical(self._categories)
        self._first = pl.Series([""]).cast(self.type)  # Polars forgets categories of which there is no series
        self._alike = {"": 0}
        self._known = _Known()

    @property
    def known(self) -> int:
        """
        How many distinct texts were looked up because of what matters of them.
        """
        return self._known.count

    def text(self, code: np.integer[Any]) -> str:
        """
        The text of a number.
        """
        return str(self._categories[int(code)]).strip()

    @property
    def numbered(self) -> pl.Expr:
        """
        The column as categories.
        """
        return pl.col(self.name).cast(pl.String).cast(self.type)

    def alike(self, codes: Ids) -> Ids:
        """
        For each text the first that matters alike; for one that does not matter none.
        """
        if self._matters is None:
            return codes
        matters = self._matters

        def learn(row: int) -> int:
            return self._alike.setdefault(matters(self.text(codes[row])), int(codes[row]))

        return self._known.of(codes, learn)
