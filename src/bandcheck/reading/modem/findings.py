"""
What a dump's reader collects on its way.

Nothing of a dump reaches a reading but band names that were recognised, names of masks and sentences of our own, so
that no IMEI, IMSI, ICCID, phone number or name of a person's network can slip through.
"""

from __future__ import annotations

from collections.abc import Iterable

from bandcheck.model.bands import NO_BANDS, RATS, TITLES, BandSet, Rat
from bandcheck.reading.modem.masks import DEFINED, LTE, LTE_FROM_65, Mask, decode, number_of, ranges
from bandcheck.reading.reading import Ambiguous, BandReading, Bound, Found, Ignored, Span, Why

_LTE_ABOVE_64 = BandSet.from_numbers(Rat.LTE, (n for n in DEFINED[Rat.LTE] if n > 64))


class Findings:
    """
    Bands, oddities and notes of one dump, in the order in which they were met.
    """

    def __init__(self) -> None:
        self._allowed: set[Rat] = set()
        self._seen: set[Rat] = set()
        self._found: list[Found] = []
        self._ambiguous: list[Ambiguous] = []
        self._ignored: list[Ignored] = []
        self._notes: dict[str, None] = {}
        self._low_lte = self._high_lte = False

    def band(self, rat: Rat, number: int, span: Span, text: str, *, seen: bool = False) -> None:
        """
        One band by its number, allowed by the firmware or seen in use. A number that was never given to a band is
        ignored with a note.
        """
        if number not in DEFINED[rat]:
            self.ignore(span, text, "no such band")
            self.note("A band number that 3GPP never gave to a band is ignored.")
            return
        (self._seen if seen else self._allowed).add(rat)
        self._found.append(Found(rat, (number,), span, text))

    def mask(self, mask: Mask, digits: str, base: int, span: Span, *, asked: bool = False) -> bool:
        """
        A mask's bands.

        Args:
            mask: What the bits mean.

            digits: The mask as it stands in the dump.

            base: 16 or 10.

            span: Its place.

            asked: Somebody said that these digits are this mask: even one with every bit set is then decoded.

        Returns:
            Whether they are a number of that base with no more bits than masks have.
        """
        value = number_of(digits, base)
        if value is None:
            self.ignore(span, mask.title, "unknown")
            self.note(f"What stands in place of the {mask.title} is no such number and is ignored.")
            return False
        decoded = decode(mask, value)
        if decoded.everything:
            self.note(f"Every bit of the {mask.title} is set: that asks for 'all bands' and shows no capability.")
            if not asked:
                self.ignore(span, mask.title, "all bands")
                return True
        if decoded.undefined:
            self.ignore(span, mask.title, "unknown bits")
            self.note(f"Bits of the {mask.title} that stand for no band are ignored: {ranges(decoded.undefined)}.")
        for rat in decoded.bands.rats:
            self._allowed.add(rat)
            self._found.append(Found(rat, tuple(decoded.bands.numbers(rat)), span, mask.title))
        self._low_lte |= mask is LTE and bool(value)
        self._high_lte |= mask is LTE_FROM_65 or (mask is LTE and value.bit_length() > 64)
        return True

    def plain_lte_list(self, *, extended: bool) -> None:
        """
        A list of LTE bands was read; only an extended one tells of bands above 64.
        """
        self._low_lte = True
        self._high_lte |= extended

    def one_of(self, rat: Rat, candidates: Iterable[int], span: Span, text: str) -> None:
        """
        A figure that may mean any of these bands, or none of this RAT.
        """
        self._allowed.add(rat)
        self._ambiguous.append(
            Ambiguous(rat=rat, candidates=tuple(sorted(candidates)), prefer=None, span=span, text=text)
        )

    def ignore(self, span: Span, text: str, why: Why) -> None:
        """
        Something that is not believed; `text` says what it is, in a word of ours or of a band's.
        """
        self._ignored.append(Ignored(span, text, why))

    def note(self, sentence: str) -> None:
        """
        A sentence for people, once.
        """
        self._notes.setdefault(sentence)

    def reading(self, kind: str, bound: Bound | None = None) -> BandReading:
        """
        All of it as a value.

        Args:
            kind: The dump's format.

            bound: How the bands bound the phone; None: "at_most" if something told what the firmware allows, else
                "at_least" (bands seen; or nothing at all, which bounds nothing).
        """
        blind = _LTE_ABOVE_64 if self._low_lte and not self._high_lte else NO_BANDS
        if blind:
            self.note("Nothing here tells of LTE bands above 64.")
        settled = bool(self._found or self._ambiguous)
        if not settled:
            self.note("No band could be read from this.")
        usual: Bound = "at_most" if self._allowed else "at_least"
        # Where other RATs are bounded from above, one of which a single band was met must not be.
        only_seen = self._seen - self._allowed if self._allowed else set()
        if only_seen:
            self.note(f"Of {', '.join(sorted(TITLES[rat] for rat in only_seen))} only a band in use was seen.")
        return BandReading(
            found=tuple(self._found),
            ambiguous=tuple(self._ambiguous),
            ignored=tuple(self._ignored),
            rats=tuple(rat for rat in RATS if rat in only_seen),
            notes=tuple(self._notes),
            kind=kind,
            bound=bound or usual if settled else "at_least",
            blind=blind,
        )
