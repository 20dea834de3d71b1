"""
Screening of a Polars frame.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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
_PIECE = 1 << 17  # rows that are screened at once


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
        self._of_phone = {name: output for name, output in self.outputs.items() if output in _OF_PHONE}
        self._of_answer = {name: output for name, output in self.outputs.items() if output not in _OF_PHONE}
        alone = None if carrier is None or "carrier" in self.columns else catalog.find_carrier(carrier).id
        self._stated = Stated(catalog, policy.waivers, alone)
        fields = (*WORDS, *self._stated.fields)
        self._words = [(field, self.columns[field]) for field in fields if field in self.columns]
        self.waived: set[Waiver] = set()
        self.policy, self.on, self.carrier, self.catalog = policy, on, carrier, catalog
        self._lock = threading.Lock()
        self._begin()

    def schema(self, schema: Mapping[str, pl.DataType]) -> dict[str, pl.DataType]:
        """
        The columns of an answer to a frame with these.
        """
        return {**schema, **{name: OUTPUTS[output] for name, output in self.outputs.items()}}

    def lazily(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """
        A lazy frame with its answers.
        """
        schema = self.schema(frame.collect_schema())
        # Whoever takes some columns or rows of the answer gets no less of the question.
        pushdown = dict.fromkeys(("predicate_pushdown", "projection_pushdown", "slice_pushdown"), False)
        return frame.map_batches(self, schema=schema, streamable=True, **pushdown)

    def __call__(self, frame: pl.DataFrame) -> pl.DataFrame:
        """
        A frame with its answers.
        """
        if frame.height > _PIECE:
            return pl.concat([self(piece) for piece in frame.iter_slices(_PIECE)])
        with self._lock:  # engines call it from several threads
            if self._table.full or self._phones.known > _MOST_TEXTS:
                self._begin()
            phones = self._phones(frame)
            carriers, days = self._carriers(frame), self._days(frame)
            answers = pl.Series(self._table.decide(phones, carriers, days), dtype=pl.UInt32)
            numbers = pl.Series(np.broadcast_to(phones, len(answers)), dtype=pl.UInt32)
            added = [
                self._told(things, outputs)[which]
                for things, outputs, which in (
                    (self._table.answers, self._of_answer, answers),
                    (self._table.phones, self._of_phone, numbers),
                )
                if outputs
            ]
        told = pl.concat([frame, *added], how="horizontal")
        return told.select(*frame.columns, *self.outputs)

    def _begin(self) -> None:
        """
        Know nothing yet, or forget it all: memory stays bounded however many distinct titles there are.
        """
        self._table = Table(self.catalog, self.policy, self.on, self.carrier, self.waived)
        self._kept: dict[tuple[str, ...], pl.DataFrame] = {}
        matters = [None if f in WORDS else functools.partial(self._stated.matters, f) for f, _ in self._words]
        self._phones = _Several([name for _, name in self._words], self._phone, matters)
        self._carriers = _Several([self.columns[f] for f in ("carrier",) if f in self.columns], self._table.carrier)
        self._days = _Several([self.columns[f] for f in ("on",) if f in self.columns], self._table.day)

    def _phone(self, *texts: str) -> int:
        said: dict[str, Any] = {field: text for (field, _), text in zip(self._words, texts, strict=True)}
        return self._table.phone(Listing(0, **said))

    def _told(self, things: Sequence[Any], outputs: Mapping[str, str]) -> pl.DataFrame:
        """
        What some outputs say of each answer or phone, a row each, in the order of their numbers.
        """
        key = tuple(outputs)
        kept = self._kept.get(key)
        if kept is None or kept.height < len(things):
            more = things[0 if kept is None else kept.height :]
            columns = {
                name: pl.Series([_told(thing, output) for thing in more], dtype=pl.String).cast(OUTPUTS[output])
                for name, output in outputs.items()
            }
            fresh = pl.DataFrame(columns)
            kept = self._kept[key] = fresh if kept is None else kept.vstack(fresh)
        return kept


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
        self._texts = [_Texts(name, matter) for name, matter in itertools.zip_longest(names, matters[: len(names)])]
        self._folds = [Pairs() for _ in names[1:]]
        self._numbers = np.asarray([] if names else [learn("")], dtype=np.int64)

    @property
    def known(self) -> int:
        """
        How many distinct lots of texts were looked up.
        """
        return len(self._numbers)

    def __call__(self, frame: pl.DataFrame) -> Ids:
        """
        The number of each row; one alone if all rows have the same.
        """
        if not self._texts:
            return self._numbers
        codes = [texts.codes(frame) for texts in self._texts]
        lots = codes[0]
        for fold, more in zip(self._folds, codes[1:], strict=True):
            lots = fold.of_all(lots, more)
        if (top := int(lots.max(initial=0))) >= len(self._numbers):
            self._learn_up_to(top, lots, codes)
        return self._numbers[lots]

    def _learn_up_to(self, top: int, lots: Ids, codes: Sequence[Ids]) -> None:
        """
        Look up the lots with numbers beyond those that are known.
        """
        known = len(self._numbers)
        if len(codes) == 1:
            (texts,) = self._texts
            learned = [self._learn(texts.text(code)) for code in range(known, top + 1)]
        else:
            fresh, rows = np.unique(lots, return_index=True)
            learned = [
                self._learn(*(texts.text(int(code[row])) for texts, code in zip(self._texts, codes, strict=True)))
                for row in rows[fresh >= known].tolist()
            ]
        self._numbers = np.append(self._numbers, np.asarray(learned, dtype=np.int64))


class _Texts:
    """
    The distinct texts of a column, by numbers. No text has the number 0.
    """

    def __init__(self, name: str, matters: Callable[[str], str] | None = None) -> None:
        self._name = name
        self._matters = matters
        self._categories = pl.Categories.random()
        self._type = pl.Categorical(self._categories)
        self._first = pl.Series([""]).cast(self._type)  # Polars forgets categories of which there is no series
        self._alike = {"": 0}
        self._seen = np.zeros(1, dtype=np.int64)

    def text(self, code: int) -> str:
        """
        The text of a number.
        """
        return str(self._categories[code]).strip()

    def codes(self, frame: pl.DataFrame) -> Ids:
        """
        The number of each row's text, or of the first that matters alike; of one that does not matter 0.
        """
        series = frame[self._name]
        text = series if series.dtype == pl.String else series.cast(pl.String)
        numbers = text.cast(self._type).to_physical()
        codes: Ids = (numbers.fill_null(0) if numbers.null_count() else numbers).to_numpy()
        if self._matters is None:
            return codes
        known, top = len(self._seen), int(codes.max(initial=0))
        if top >= known:
            seen = [self._alike.setdefault(self._matters(self.text(code)), code) for code in range(known, top + 1)]
            self._seen = np.append(self._seen, np.asarray(seen, dtype=np.int64))
        return self._seen[codes]
