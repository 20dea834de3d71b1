"""
The lines of a text while they are read, and the labelled groups that come of them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bandcheck.model.bands import RATS, Rat
from bandcheck.reading.reading import Ambiguous, Group, NrMode, Span, Statement

OF_GENERATION = {
    Rat.GSM: {Rat.GSM, Rat.CDMA},
    Rat.UMTS: {Rat.UMTS, Rat.TDSCDMA, Rat.CDMA},
    Rat.LTE: {Rat.LTE},
    Rat.NR: {Rat.NR},
}
"""Technologies that a generation may be; `2G` alone is read as the first."""


def groups_of(lines: Sequence[Line], hidden: Set[Rat]) -> tuple[Group, ...]:
    """
    The lines as groups; `hidden` as for `Line.group`.
    """
    found = (line.group(hidden) for line in lines)
    return tuple(group for group in found if group.statements)


class Said:
    """
    What a line says of one RAT.
    """

    __slots__ = ("absent", "ambiguous", "numbers")

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.ambiguous: list[Ambiguous] = []
        self.absent = False


class Line:
    """
    What one line of the text says.
    """

    __slots__ = ("_generations", "end", "evdo", "label", "models", "modes", "of", "start")

    def __init__(self) -> None:
        self.of: dict[Rat, Said] = {}
        self._generations: list[Rat] = []
        self.label: str | None = None
        self.models: list[str] = []
        self.evdo: bool | None = None
        self.modes: set[NrMode] = set()
        self.start = -1
        self.end = 0

    @property
    def speaks(self) -> bool:
        """
        Whether it has named a technology yet.
        """
        return bool(self.of or self._generations)

    def said(self, rat: Rat) -> Said:
        """
        What it says of a RAT; from now on it speaks of it.
        """
        found = self.of.get(rat)
        if found is None:
            found = self.of[rat] = Said()
        return found

    def name_generation(self, rat: Rat) -> None:
        """
        `4G`: names LTE, unless the line names a technology of that generation.
        """
        self._generations.append(rat)

    def reach(self, span: Span) -> None:
        """
        The line's group covers this place too.
        """
        if self.start < 0 or span[0] < self.start:
            self.start = span[0]
        if span[1] > self.end:
            self.end = span[1]

    def close(self) -> bool:
        """
        The line is over; whether it has said anything.
        """
        for rat in self._generations:
            if OF_GENERATION[rat].isdisjoint(self.of):
                self.said(rat)
        self._generations = []
        return bool(self.of)

    def join(self, other: Line) -> None:
        """
        Take over what the next line says.
        """
        for rat, said in other.of.items():
            own = self.said(rat)
            own.numbers += said.numbers
            own.ambiguous += said.ambiguous
            own.absent = own.absent or said.absent
        self.evdo = self.evdo if other.evdo is None else other.evdo
        self.modes |= other.modes
        self.reach((other.start, other.end))

    def group(self, hidden: Set[Rat]) -> Group:
        """
        The line as a group.

        Args:
            hidden: RATs that were named by their generation only, which the rest of the text makes precise.
        """
        statements = []
        for rat in RATS:
            said = self.of.get(rat)
            if said is None:
                continue
            bands = bool(said.numbers or said.ambiguous)
            if bands or said.absent or rat not in hidden:
                numbers = tuple(sorted(set(said.numbers)))
                statements.append(Statement(rat, numbers, tuple(said.ambiguous), said.absent and not bands))
        return Group(
            label=self.label,
            models=tuple(self.models),
            statements=tuple(statements),
            span=(max(self.start, 0), self.end),
            evdo=self.evdo,
            nr_modes=frozenset(self.modes) or None,
        )
