"""
The verdicts on every phone under many plans, as codes: arrays of small integers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bandcheck.matching.plan import BandPlan, Timetable
from bandcheck.matching.planes import COVERAGES, RULINGS, VOICES, Planes
from bandcheck.matching.verdict import OUTCOMES, WIFI

Codes = npt.NDArray[np.uint16]
Words = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int32]

UNKNOWN = len(OUTCOMES)
NAMES = (*OUTCOMES, "unknown")
"""The outcomes by their numbers."""

_CODES = 1 << 14
_CHUNK = 1 << 16  # rows of a gather whose indices stay in the cache


class Answer(NamedTuple):
    """
    A code, spelled out; as the attributes of a `Verdict`.

    Attributes:
        outcome, worst, best, radio, coverage, voice, acceptance, emergency: As there; levels by their names.
    """

    outcome: str
    worst: str
    best: str
    radio: str
    coverage: str | None
    voice: str
    acceptance: str
    emergency: str


def answer_of(code: int) -> Answer:
    """
    What a code says.
    """
    worst, best = code & 7, code >> 3 & 7
    acceptance = RULINGS[code >> 10 & 3]
    radio = OUTCOMES[worst] if worst or not best else "unknown"
    refused = acceptance == "refused"
    return Answer(
        outcome=OUTCOMES[WIFI] if refused else radio,
        worst=OUTCOMES[WIFI if refused else worst],
        best=OUTCOMES[WIFI if refused else best],
        radio=radio,
        coverage=COVERAGES[code >> 6 & 3],
        voice=VOICES[code >> 8 & 3],
        acceptance=acceptance,
        emergency=RULINGS[code >> 12 & 3],
    )


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


def _outcomes() -> npt.NDArray[np.uint8]:
    """
    By code, the number of the outcome.
    """
    return np.array([NAMES.index(answer_of(code).outcome) for code in _valid()], dtype=np.uint8)


def _valid() -> list[int]:
    """
    Every code; one that no answer has is replaced by one that any could have.
    """
    return [code if code & 7 < 5 and code >> 3 & 7 < 5 else 0 for code in range(_CODES)]


OUTCOME = _outcomes()


def _spread() -> Words:
    """
    By code, its answer as one bit for each value of each field, so that the answers of several are joined by OR.
    """
    words = np.zeros(_CODES, dtype=np.uint32)
    for code, valid in enumerate(_valid()):
        answer = answer_of(valid)
        places = (
            NAMES.index(answer.outcome),
            6 + OUTCOMES.index(answer.worst),
            11 + OUTCOMES.index(answer.best),
            16 + COVERAGES.index(answer.coverage),
            20 + VOICES.index(answer.voice),
            24 + RULINGS.index(answer.acceptance),
            28 + RULINGS.index(answer.emergency),
        )
        words[code] = sum(1 << place for place in places)
    return words


SPREAD = _spread()
"""What several versions have in common and where they differ: the OR of their words is a report without its reasons."""


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
    flat, width = table.ravel(), table.shape[1]
    out = np.empty(len(rows), dtype=table.dtype)
    place = np.empty(_CHUNK, dtype=np.intp)
    for start in range(0, len(rows), _CHUNK):
        end = min(start + _CHUNK, len(rows))
        here = place[: end - start]
        np.multiply(rows[start:end], width, out=here)
        here += columns[start:end]
        np.take(flat, here, out=out[start:end], mode="clip")
    return out
