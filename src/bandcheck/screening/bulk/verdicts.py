"""
The verdicts on every phone under many plans, as codes: arrays of small integers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bandcheck.matching.plan import BandPlan, Timetable
from bandcheck.matching.planes import COVERAGES, RULINGS, VOICES, Planes, numbers_in_code
from bandcheck.matching.verdict import OUTCOMES, WIFI

Codes = npt.NDArray[np.uint16]
Places = npt.NDArray[np.int32]

UNKNOWN = len(OUTCOMES)
NAMES = (*OUTCOMES, "unknown")
"""The outcomes by their numbers."""

_CODES = 1 << 14
_CHUNK = 1 << 16  # rows of a gather whose indices stay in the cache


def codes_of(planes: Sequence[int], count: int) -> Codes:
    """
    The code of each radio: the planes of an answer, unpacked.

    Args:
        planes: Of each bit of the code one, the lowest first.

        count: How many radios.
    """
    codes = np.zeros(count, dtype=np.uint16)
    size = (count + 7) // 8
    for place, plane in enumerate(planes):
        if plane:
            raw = np.frombuffer(plane.to_bytes(size, "little"), dtype=np.uint8)
            bits = np.unpackbits(raw, bitorder="little", count=count).astype(np.uint16)
            bits <<= place
            codes |= bits
    return codes


def _fields() -> dict[str, npt.NDArray[np.uint32]]:
    """
    By attribute of a verdict the place of its value, of every code: `outcome` and `radio` in `NAMES`, levels in
    `OUTCOMES`, the others in the tables of `matching.planes`. A code that no answer has counts as one that any could
    have.
    """
    codes = np.arange(_CODES, dtype=np.uint32)
    worst, best, *_ = numbers_in_code(codes)
    valid = (worst < len(OUTCOMES)) & (best < len(OUTCOMES))
    worst, best, coverage, voice, acceptance, emergency = numbers_in_code(np.where(valid, codes, 0))
    refused = acceptance == RULINGS.index("refused")
    radio = np.where((worst > 0) | (best == 0), worst, UNKNOWN)
    return {
        "outcome": np.where(refused, WIFI, radio),
        "worst": np.where(refused, WIFI, worst),
        "best": np.where(refused, WIFI, best),
        "radio": radio,
        "coverage": coverage,
        "voice": voice,
        "acceptance": acceptance,
        "emergency": emergency,
    }


FIELDS = _fields()
"""What each code says."""

OUTCOME = FIELDS["outcome"].astype(np.uint8)
"""By code, the number of the outcome."""


Joining = Callable[[int, int], int]
"""What a report says of a field of several answers: of the bits of their values, and of all bits of the field."""


def _lowest(bits: int, _: int) -> int:
    return bits & -bits


def _highest(bits: int, _: int) -> int:
    return 1 << bits.bit_length() - 1


def _alike(bits: int, field: int) -> int:
    return bits if _is_one(bits) else field


def _each(bits: int, _: int) -> int:
    return bits


def _none(_: int, __: int) -> int:
    return 0


def _is_one(bits: int) -> bool:
    return not bits & bits - 1


class Words:
    """
    Some fields of an answer, a bit for each value. Those of several versions are joined by OR: what they have in common
    and where they differ is a report without its reasons.

    Attributes:
        of_code: The word of each code.
    """

    def __init__(self, agreeing: Sequence[str] = (), **fields: tuple[npt.NDArray[np.integer[Any]], Joining]) -> None:
        """
        Args:
            agreeing: Fields of which somebody asks whether all answers are the same in all of them.

            fields: The number of the value, by code; and what a report says of several.
        """
        self.of_code = np.zeros(_CODES, dtype=np.uint32)
        self._agreeing: list[int] = []
        self._joinings: list[tuple[int, Joining]] = []
        start = 0
        for name, (numbers, joining) in fields.items():
            self.of_code |= np.left_shift(np.uint32(1), numbers.astype(np.uint32) + np.uint32(start))
            end = start + int(numbers.max()) + 1
            field = (1 << end) - (1 << start)
            self._joinings.append((field, joining))
            self._agreeing += [field] if name in agreeing else []
            start = end
        assert start <= 32, "words are too short"

    def settled(self, word: int) -> tuple[int, bool]:
        """
        One and the same of all joined words of which a report says the same: it, and whether the answers agree.
        """
        joined = sum(joining(word & field, field) for field, joining in self._joinings)
        return joined, all(_is_one(word & field) for field in self._agreeing)


_REACH = np.asarray([("gaps", "unknown", "full", None).index(reach) for reach in COVERAGES])  # the worst first
_CALLS = np.asarray([("none", "unknown", "cs", "volte").index(voice) for voice in VOICES]).clip(max=2)

NOW = Words(
    agreeing=("outcome", "best", "coverage", "voice"),
    outcome=(FIELDS["outcome"], _alike),
    worst=(FIELDS["worst"], _lowest),
    best=(FIELDS["best"], _highest),
    coverage=(_REACH[FIELDS["coverage"]], _lowest),
    calls=(_CALLS[FIELDS["voice"]], _alike),
    voice=(FIELDS["voice"], _none),
    emergency=(FIELDS["emergency"], _each),
)
"""What is asked on the day; as `Report` joins it, and the gates."""


def later(need: int) -> Words:
    """
    What is asked at a horizon: whether a level is reached, and whether there are calls.
    """
    reached = np.where(FIELDS["worst"] >= need, 2, np.where(FIELDS["best"] >= need, 1, 0))
    return Words(reached=(reached, _alike), calls=(_CALLS[FIELDS["voice"]], _alike))


class Verdicts:
    """
    The codes of all radios under every plan that was asked for: a row for each plan, one row for plans that come to the
    same.

    Attributes:
        planes: The radios.
    """

    def __init__(self, planes: Planes) -> None:
        self.planes = planes
        self._table: Codes = np.empty((0, planes.count), dtype=np.uint16)
        self._rows = 0
        self._row_of_plan: dict[int, tuple[BandPlan, int]] = {}
        self._row_of_planes: dict[tuple[int, ...], int] = {}

    @property
    def table(self) -> Codes:
        """
        A row of codes for each row number that was given out.
        """
        return self._table[: self._rows]

    def row(self, plan: BandPlan) -> int:
        """
        The row of a plan.
        """
        found = self._row_of_plan.get(id(plan))  # kept beside the number, so that no other plan gets the same id
        if found is None:
            met = self.planes.meet(plan).planes
            found = self._row_of_plan[id(plan)] = plan, self._row_of_planes.setdefault(met, self._rows)
            if found[1] == self._rows:
                self._append(codes_of(met, self.planes.count))
        return found[1]

    def _append(self, codes: Codes) -> None:
        if self._rows == len(self._table):
            more = np.empty((max(16, 2 * self._rows), self.planes.count), dtype=np.uint16)
            more[: self._rows] = self._table
            self._table = more
        self._table[self._rows] = codes
        self._rows += 1


def matrix(planes: Planes, timetables: Sequence[Timetable], on: dt.date) -> npt.NDArray[np.uint8]:
    """
    The outcome of every phone on every carrier on a day, as numbers of `NAMES`: a row a carrier, a column a radio.
    """
    rows: dict[tuple[int, int, int], int] = {}
    row_of = [rows.setdefault(planes.outcomes(timetable.plan(on)), len(rows)) for timetable in timetables]
    places = planes.places(on)
    told = np.empty((len(rows), planes.count), dtype=np.uint8)
    for outcomes, row in rows.items():
        told[row] = codes_of(outcomes, planes.count)
    if places != list(range(planes.count)):
        told = told[:, places]
    return told[row_of]


def gathered(table: npt.NDArray[np.uint8], rows: Places, columns: Places) -> npt.NDArray[np.uint8]:
    """
    The cells of a table at (row, column), one for each pair; in pieces that stay in the cache.
    """
    flat = table.ravel()
    out = np.empty(len(rows), dtype=table.dtype)
    place: npt.NDArray[Any] = np.empty(_CHUNK, dtype=np.int32 if table.size < 1 << 31 else np.int64)
    width = place.dtype.type(table.shape[1])
    for start in range(0, len(rows), _CHUNK):
        end = min(start + _CHUNK, len(rows))
        here = place[: end - start]
        np.multiply(rows[start:end], width, out=here)
        here += columns[start:end]
        # All are in it; "raise" and "clip" take half as long again.
        np.take(flat, here, out=out[start:end], mode="wrap")
    return out
