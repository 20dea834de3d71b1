"""
The table of answers: a row for each situation, a column for each phone, filled as pairs come up.

Nothing here decides. Pairs whose verdicts are the same and of which the gates see the same share an answer; one listing
of each such class goes through `Screener.one`, as it would alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import evolve

from bandcheck.database.catalog import Catalog
from bandcheck.database.planes import PhonePlanes
from bandcheck.errors import UnknownCarrierError
from bandcheck.model.carrier import Carrier
from bandcheck.model.listing import Listing
from bandcheck.screening.bulk.phones import STATED, About, Phone, Stated, phone_of
from bandcheck.screening.bulk.places import Said, Situation, Situations
from bandcheck.screening.bulk.verdicts import NOW, Verdicts, Words, later
from bandcheck.screening.finding import Gate
from bandcheck.screening.listings.columns import NAMING
from bandcheck.screening.listings.read import Skipped, parse_day_as_written
from bandcheck.screening.policy import Policy, Waiver
from bandcheck.screening.report import Screened
from bandcheck.screening.resolve import resolve_words, words_of
from bandcheck.screening.screen import Screener

Ids = npt.NDArray[np.integer[Any]]
Thing = TypeVar("Thing", bound=Hashable)

GATES = tuple(gate for gate in Gate if gate is not Gate.SELLER)
"""The gates that bulk tells of; the last one takes notes of each listing and decides nothing."""

_TO_BE_SAID = -1  # a context that hangs on the phone too
_NOTHING = 3  # what a row without a phone hangs on
_MOST_CELLS = 1 << 26  # a quarter of a gigabyte
_MOST_PAIRS = 1 << 22


class Decided(NamedTuple):
    """
    An answer that rows share.

    Attributes:
        decision: As of `Decision.word`; `skipped` for a row that could not be screened.

        outcome, worst, best, coverage: As of a screened listing and its verdict; None where there is none.

        gates: What each of `GATES` says.

        reason_codes: The gates' own reasons, in their order.

        skipped: Why the row could not be screened; None if it could.
    """

    decision: str
    outcome: str | None = None
    worst: str | None = None
    best: str | None = None
    coverage: str | None = None
    gates: tuple[str | None, ...] = (None,) * len(GATES)
    reason_codes: str | None = None
    skipped: str | None = None

    @classmethod
    def of(cls, screened: Screened | Skipped) -> Decided:
        """
        What bulk keeps of a listing that was screened alone.
        """
        if isinstance(screened, Skipped):
            return cls("skipped", skipped=screened.why)
        findings = [screened.findings[gate] for gate in GATES]
        reach = screened.radio.coverage if screened.radio else None
        return cls(
            screened.decision.word,
            screened.outcome,
            screened.worst,
            screened.best,
            reach.value if reach else None,
            tuple(finding.answer.value for finding in findings),
            ";".join(finding.reasons[0].code for finding in findings),
        )


class Table:
    """
    Answers by phone, carrier and day, all three as numbers that it gives out.

    Attributes:
        answers: Those that were given so far; the number of an answer is its place.

        phones: Likewise.
    """

    def __init__(
        self, catalog: Catalog, policy: Policy, on: dt.date, carrier: str | None, waived: set[Waiver] | None = None
    ) -> None:
        """
        Args:
            waived: Where to put the waivers that are used.

        Raises:
            UnknownCarrierError: No carrier of that name.
        """
        self.answers: list[Decided] = []
        self.phones: list[Phone | str] = []
        self._catalog = catalog
        self._on = on
        self._waived = set() if waived is None else waived
        self._screener = Screener(catalog, policy, on, carrier, brief=True)
        self._planes: PhonePlanes = catalog.planes
        self._verdicts = Verdicts(self._planes)
        self._later = later(policy.min_data)
        self._stated = Stated(catalog, policy.waivers)
        self._situations = Situations(catalog, policy, self._verdicts, self._planes.firmware_days())
        self._phone_numbers: dict[Hashable, int] = {}
        self._carriers: list[Carrier | str] = []
        self._days: list[dt.date | str] = []
        self._ordinals: list[tuple[int, int]] = []  # of each day itself and its horizon
        self._places: list[Situation | str] = []
        self._place_numbers: dict[Hashable, int] = {}
        self._place_of = _Grid()
        self._cells = _Grid()
        self._answer_numbers: dict[Decided, int] = {}
        self._classes, self._folds, self._met = (Numbers[int]() for _ in range(3))
        self._kinds, self._context_numbers, self._words = (Numbers[Hashable]() for _ in range(3))
        self._said, self._abouts = Numbers[str | tuple[Hashable, Said]](), Numbers[About]()
        self._answer_of_class: list[int] = []
        # Of each phone: its kind, what it hangs on, and the radios of all phones in a row with where each one's end.
        self._kind_of: list[int] = []
        self._hangs_on: list[int] = []
        self._about_of: list[int] = []
        self._radios: list[int] = []
        self._ends: list[int] = []
        # Of each place: its context for phones that hang on nothing, on what is stated, on everything; for no phone.
        self._contexts: list[tuple[int, int, int, int]] = []
        self._said_of: list[int] = []
        self._plans_of: list[tuple[tuple[int, int], ...]] = []
        self._firmware_of: list[tuple[int, int]] = []
        self._firmware: dict[dt.date, int] = {}
        self._states = np.empty((0, len(self._planes.radios)), dtype=np.int32)

    def phone(self, listing: Listing) -> int:
        """
        The number of the phone of some words.
        """
        if not any(getattr(listing, field) for field in NAMING):
            return self._numbered_phone("no title, model or model number")
        found = resolve_words(words_of(listing), listing.brand, self._catalog)
        return self._numbered_phone(phone_of(listing, found, self._stated, self._planes))

    def carrier(self, name: str) -> int:
        """
        The number of the carrier of a name; an empty one is the question's.
        """
        self._carriers.append(self._carrier(name))
        return len(self._carriers) - 1

    def day(self, text: str) -> int:
        """
        The number of a day as it is written; an empty one is the question's.
        """
        try:
            day = parse_day_as_written(text) if text else self._on
        except ValueError as error:
            self._days.append(str(error))
            self._ordinals.append((0, 0))
        else:
            self._days.append(day)
            self._ordinals.append((day.toordinal(), self._screener.policy.horizon(day).toordinal()))
        return len(self._days) - 1

    def decide(self, phones: Ids, carriers: Ids, days: Ids) -> Ids:
        """
        The number of the answer to each row.

        Args:
            phones, carriers, days: Numbers, one for each row; or one alone where all rows have the same.
        """
        places = self._place_of.get(carriers, days)
        if places.min(initial=0) < 0:
            self._find_places(*self._place_of.missing(carriers, days, places))
            places = self._place_of.get(carriers, days)
        found = self._cells.get(places, phones)
        if found.min(initial=0) < 0:
            self._fill(*self._cells.missing(places, phones, found))
            found = self._cells.get(places, phones)
        return found

    @property
    def full(self) -> bool:
        """
        Whether so much is known that it is time to forget it and begin anew.
        """
        return len(self._places) * len(self.phones) > _MOST_CELLS or len(self.phones) > 1 << 20

    def _numbered_phone(self, phone: Phone | str) -> int:
        key = phone if isinstance(phone, str) else (phone.radios, phone.device, phone.models, phone.kind)
        number = self._phone_numbers.setdefault(key, len(self.phones))
        if number == len(self.phones):
            self.phones.append(phone)
            if isinstance(phone, str):
                kind, hangs_on, about = self._kinds.of(phone), _NOTHING, 0
            else:
                kind, hangs_on, about = self._kinds.of(phone.kind), phone.hangs_on, self._abouts.of(phone.about)
                self._radios += phone.radios
            self._kind_of.append(kind)
            self._hangs_on.append(hangs_on)
            self._about_of.append(about)
            self._ends.append(len(self._radios))
        return number

    def _carrier(self, name: str) -> Carrier | str:
        if not name:
            return self._screener.carrier or "no carrier is named, in the row or for all (-c)"
        try:
            return self._catalog.find_carrier(name)
        except UnknownCarrierError:
            return f"no carrier answers to {name!r}"

    def _find_places(self, carriers: Ids, days: Ids) -> None:
        """
        Give pairs of carrier and day their places.
        """
        ordinals = np.asarray(self._ordinals)
        for number in np.unique(carriers).tolist():
            carrier, here = self._carriers[number], days[carriers == number]
            good = ordinals[here, 0] > 0
            for day in here[~good].tolist():
                self._place_of.set(number, day, self._place(self._days[day], None, 0))
            if isinstance(carrier, str):
                self._place_of.set(number, here[good], self._place(carrier, None, 0))
                continue
            stretches, first, which = np.unique(
                self._situations.stretches(carrier, *ordinals[here[good]].T), return_index=True, return_inverse=True
            )
            found = [
                self._place((carrier.id, stretch), carrier, here[good][one])
                for stretch, one in zip(stretches.tolist(), first.tolist(), strict=True)
            ]
            self._place_of.set(number, here[good], np.asarray(found, dtype=np.int64)[which])

    def _place(self, key: Hashable, carrier: Carrier | None, day: int) -> int:
        """
        The number of a place. Without a carrier it is none, and the key says why.
        """
        number = self._place_numbers.setdefault(key, len(self._places))
        if number == len(self._places):
            on = self._days[day]
            situated = carrier is not None and isinstance(on, dt.date)
            self._add_place(self._situations.at(carrier, on) if situated else key)  # type: ignore[arg-type]
        return number

    def _add_place(self, place: Situation | Hashable) -> None:
        number = len(self._places)
        of = self._context_numbers.of
        if isinstance(place, Situation):
            self._places.append(place)
            self._contexts.append((of(place.kind), _TO_BE_SAID, of(number), 0))
            self._said_of.append(self._said.of((place.kind, place.said)))
            self._plans_of.append(place.plans)
            now, later = (self._firmware_row(day) for day in place.firmware)
            self._firmware_of.append((now, later))
        else:
            self._places.append(str(place))
            self._contexts.append((of(place), _TO_BE_SAID, of(place), 0))
            self._said_of.append(self._said.of(str(place)))
            self._plans_of.append(())
            self._firmware_of.append((0, 0))

    def _firmware_row(self, day: dt.date) -> int:
        row = self._firmware.setdefault(day, len(self._states))
        if row == len(self._states):
            self._states = np.vstack((self._states, np.asarray(self._planes.places(day), dtype=np.int32)))
        return row

    def _fill(self, places: Ids, phones: Ids) -> None:
        """
        Answer pairs that came up for the first time: one of each class that is new is screened, the others share.
        """
        context = self._context(places, phones)
        folds = self._folded(places, phones)
        pairs = self._folds.of_all(folds << 32 | np.asarray(self._kind_of)[phones])
        classes = self._classes.of_all(pairs << 32 | context)
        fresh, first = np.unique(classes, return_index=True)
        for number, pair in zip(fresh.tolist(), first.tolist(), strict=True):
            if number == len(self._answer_of_class):
                self._answer_of_class.append(self._alone(int(places[pair]), int(phones[pair])))
        self._cells.set(places, phones, np.asarray(self._answer_of_class)[classes])

    def _context(self, places: Ids, phones: Ids) -> Ids:
        """
        For each pair a number for what its answer hangs on beside the phone's own kind and the verdicts.
        """
        hangs_on = np.asarray(self._hangs_on)[phones]
        context: Ids = np.asarray(self._contexts)[places, hangs_on]
        some = np.flatnonzero(hangs_on == STATED)
        both = np.asarray(self._said_of)[places[some]] << 32 | np.asarray(self._about_of)[phones[some]]
        distinct, which = np.unique(both, return_inverse=True)
        saids, abouts = tuple(self._said), tuple(self._abouts)
        numbers = []
        for pair in distinct.tolist():
            said, about = saids[pair >> 32], abouts[pair & 0xFFFFFFFF]
            numbers.append(self._context_numbers.of(said if isinstance(said, str) else (said[0], said[1].of(about))))
        context[some] = np.asarray(numbers, dtype=np.int64)[which]
        return context

    def _folded(self, places: Ids, phones: Ids) -> Ids:
        """
        For each pair a number for what its versions get on all networks of the place, now and later. Zero if no verdict
        is asked: the phone is not decided, or there is no network.
        """
        some = np.asarray(self._ends)[phones] > np.asarray([0, *self._ends])[phones]
        firmware = np.asarray(self._firmware_of)[places]
        folds = np.zeros(len(phones), dtype=np.int64)
        for turn in range(max(map(len, self._plans_of))):
            rows = np.asarray([plans[turn] if turn < len(plans) else (-1, -1) for plans in self._plans_of])[places]
            asked = np.flatnonzero(some & (rows[:, 0] >= 0))
            if len(asked):
                now = self._joined(NOW, rows[asked, 0], firmware[asked, 0], phones[asked])
                then = self._joined(self._later, rows[asked, 1], firmware[asked, 1], phones[asked])
                both = self._words.of_all(now, NOW.settled) << 20 | self._words.of_all(then, self._later.settled)
                folds[asked] = self._met.of_all(folds[asked] << 40 | both) + 1
        return folds

    def _joined(self, words: Words, rows: Ids, firmware: Ids, phones: Ids) -> npt.NDArray[np.uint32]:
        """
        For each phone the words of all its versions under a plan, joined.
        """
        ends = np.asarray([0, *self._ends])
        counts = ends[phones + 1] - ends[phones]
        begin = np.cumsum(counts) - counts
        owner = np.repeat(np.arange(len(phones)), counts)
        radios = np.asarray(self._radios)[np.arange(len(owner)) + (ends[phones] - begin)[owner]]
        states = self._states[firmware[owner], radios]
        codes = self._verdicts.table[rows[owner], states]
        joined: npt.NDArray[np.uint32] = np.bitwise_or.reduceat(words.of_code[codes], begin)
        return joined

    def _alone(self, place_number: int, phone_number: int) -> int:
        """
        The number of the answer to one pair, screened as a listing of its own.
        """
        phone, place = self.phones[phone_number], self._places[place_number]
        if isinstance(phone, str) or isinstance(place, str):
            answer = Decided("skipped", skipped=phone if isinstance(phone, str) else str(place))
        else:
            listing = evolve(phone.listing, carrier=place.place.carrier.id, on=place.place.on)  # type: ignore[misc]
            screened = self._screener.one(listing)
            self._waived.update(() if isinstance(screened, Skipped) else screened.waived)
            answer = Decided.of(screened)
        number = self._answer_numbers.setdefault(answer, len(self.answers))
        if number == len(self.answers):
            self.answers.append(answer)
        return number


class Numbers(Generic[Thing]):
    """
    Numbers for things, from 0, in the order in which they come.
    """

    def __init__(self) -> None:
        self._numbers: dict[Thing, int] = {}

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._numbers)

    def of(self, thing: Thing) -> int:
        """
        The number of a thing.
        """
        return self._numbers.setdefault(thing, len(self._numbers))

    def of_all(self, things: npt.NDArray[Any], settled: Callable[[int], Any] = int) -> Ids:
        """
        The number of each of many integers.

        Args:
            settled: What of an integer makes it another.
        """
        distinct, places = np.unique(things, return_inverse=True)
        return np.asarray([self.of(settled(thing)) for thing in distinct.tolist()], dtype=np.int64)[places]


class Pairs:
    """
    Numbers for pairs of numbers, from 0, in the order in which they come.
    """

    def __init__(self) -> None:
        self._numbers = Numbers[int]()
        self._grid = _Grid()

    def of_all(self, rows: Ids, columns: Ids) -> Ids:
        """
        The number of each of many pairs. Looked up in a grid, unless it were too large: that takes a tenth of the time.
        """
        if (int(rows.max(initial=0)) + 1) * (int(columns.max(initial=0)) + 1) > _MOST_PAIRS:
            return self._numbers.of_all(rows.astype(np.int64) << 32 | columns)
        found = self._grid.get(rows, columns)
        if found.min(initial=0) < 0:
            some = self._grid.missing(rows, columns, found)
            self._grid.set(*some, self._numbers.of_all(some[0] << 32 | some[1]))
            found = self._grid.get(rows, columns)
        return found


class _Grid:
    """
    A table of numbers that grows with what is put in; -1 where nothing is.
    """

    def __init__(self) -> None:
        self._cells = np.full((16, 16), -1, dtype=np.int32)

    def get(self, rows: Ids, columns: Ids) -> npt.NDArray[np.int32]:
        """
        The number of each pair.
        """
        self._make_room(int(rows.max(initial=0)), int(columns.max(initial=0)))
        return np.take(self._cells.ravel(), rows * self._cells.shape[1] + columns, mode="wrap")  # all are in it

    def missing(self, rows: Ids, columns: Ids, found: Ids) -> tuple[Ids, Ids]:
        """
        The pairs without a number, each once, in the order in which they come. Each is told from its like by the last
        row that was put at its place: sorting takes ten times as long.

        Args:
            found: What `get` gives for them.
        """
        rows, columns = np.broadcast_arrays(rows, columns)
        none = np.flatnonzero(found < 0)
        cells = self._cells.ravel()
        places = rows[none].astype(np.int64) * self._cells.shape[1] + columns[none]
        turns = np.arange(len(none), dtype=cells.dtype)
        cells[places] = turns
        last = none[cells[places] == turns]
        cells[places] = -1
        return rows[last].astype(np.int64), columns[last].astype(np.int64)

    def set(self, rows: Ids | int, columns: Ids | int, numbers: Ids | int) -> None:
        """
        Put a number at each pair.
        """
        self._cells[rows, columns] = numbers

    def _make_room(self, row: int, column: int) -> None:
        height, width = self._cells.shape
        if row < height and column < width:
            return
        size = (max(height, 1 << row.bit_length()), max(width, 1 << column.bit_length()))
        cells = np.full(size, -1, dtype=np.int32)
        cells[:height, :width] = self._cells
        self._cells = cells
