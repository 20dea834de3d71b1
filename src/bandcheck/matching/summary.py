"""
What several verdicts have in common (rule 7): the line that a list has of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from bandcheck.matching.confidence import GRADES
from bandcheck.matching.verdict import G2, G3, G4, G5, WIFI, Coverage

if TYPE_CHECKING:
    from bandcheck.matching.judge import Verdict
    from bandcheck.matching.said import Said

Told: TypeAlias = "Verdict | Said"
"""What one verdict says, or what planes say of one radio."""

_SAY_LEVEL = ("Wi-Fi", "2G", "3G", "4G", "5G")


class Summary:
    """
    An answer in one line of a list.

    Attributes:
        told: What each verdict says; never empty.

        several_versions: It is about more than one variant.

        open: Versions are left out, or networks may be.

        stated: What is known of an MVNO's hosts is of that day or before; of a network it always is.
    """

    def __init__(
        self,
        told: Sequence[Told],
        several_versions: bool,
        open: bool,
        stated: bool,
        graded: Callable[[], Iterable[str]],
    ) -> None:
        """
        Args:
            graded: Finds the grades of all results.
        """
        self.told = told
        self.several_versions = several_versions
        self.open = open
        self.stated = stated
        self._graded = graded

    @property
    def grade(self) -> str:
        """
        How sure it is: the lowest grade of any result. Found when asked for, and no further than one that is `low`.
        """
        lowest = GRADES[-1]
        for grade in self._graded():
            lowest = min(lowest, grade, key=GRADES.index)
            if lowest == GRADES[0]:
                break
        return lowest

    @property
    def worst(self) -> int:
        """
        The lowest certain level of any result.
        """
        return min(t.worst for t in self.told)

    @property
    def best(self) -> int:
        """
        The highest possible level of any result.
        """
        return max(t.best for t in self.told)

    @property
    def outcome(self) -> str:
        """
        What all results agree on, else `varies`.
        """
        return _common(t.outcome for t in self.told)

    @property
    def voice(self) -> str:
        """
        How calls go, by all results; else `varies`.
        """
        return _common(t.voice for t in self.told)

    @property
    def coverage(self) -> Coverage | None:
        """
        The worst coverage of any result that has the common outcome.
        """
        found = {t.coverage for t in self.told}
        return next((c for c in (Coverage.GAPS, Coverage.UNKNOWN, Coverage.FULL) if c in found), None)

    @property
    def refused(self) -> bool:
        """
        Every result is refused by the carrier.
        """
        return all(t.refused for t in self.told)

    @property
    def headline(self) -> str:
        """
        The answer in a few words; one of a fixed set.
        """
        return words(self.told, self.several_versions)

    def meets(self, need: int) -> bool | None:
        """
        Whether the phone gets at least a level: for certain, not at all (False), or nobody can say (None). A version
        that nobody recorded leaves it open, and so does a network that may have been left out.
        """
        if not self.open:
            if self.worst >= need:
                return True
            if self.best < need:
                return False
        return None


def words(told: Sequence[Told], several_versions: bool) -> str:
    """
    The headline of one or several verdicts.
    """
    if all(t.refused for t in told):
        return "REFUSED BY CARRIER"
    worst, best = min(t.worst for t in told), max(t.best for t in told)
    if len({t.outcome for t in told}) > 1:
        what = "VERSION" if several_versions else "NETWORK"
        from_ = "unknown" if worst == WIFI and not any(t.outcome == "wifi" for t in told) else _SAY_LEVEL[worst]
        return f"DEPENDS ON THE {what}: {from_} … {_SAY_LEVEL[best]}"
    if best == WIFI:
        return "WI-FI ONLY"
    gaps = any(t.coverage is Coverage.GAPS for t in told)
    if worst == G5:
        return "GETS 5G"
    if worst == G4:
        return "MAYBE 5G (4G at least)" if best == G5 else "4G WITH GAPS" if gaps else "GETS 4G"
    if best == G5 and not any(t.lte_possible for t in told):
        return "MAYBE 5G"
    if best >= G4:
        nothing = worst == WIFI and all(t.lte_unrecorded for t in told)
        return "CAN'T SAY" if nothing else "MAYBE 4G"
    if worst == G3:
        return "NO 4G — 3G IN PLACES" if gaps else "NO 4G — 3G ONLY"
    if best == G3:
        return "NO 4G — 3G AT BEST"
    return "2G ONLY" if worst == G2 else "NO 4G — 2G AT BEST"


def _common(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else "varies"
