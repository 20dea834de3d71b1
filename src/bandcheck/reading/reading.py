"""
What a reader made of a text or a dump: the bands, what is open, what was left aside, and where each of them stands.

One type for `read_bands` and `read_modem`, so that whoever uses a reading need not ask where it came from.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from bandcheck.model.bands import NO_BANDS, RATS, Band, BandSet, KnownBands, Rat
from bandcheck.model.entity import entity

Span = tuple[int, int]
"""Where something stands in the text: first character, and the one after the last."""

Bound = Literal["exact", "at_most", "at_least"]
"""How a reading bounds the phone: it has these bands, no others than these, or these and perhaps more."""

NrMode = Literal["sa", "nsa"]

Why = Literal[
    "all bands",  # a mask with every bit set
    "antenna",  # 4x4 MIMO
    "bandwidth",  # 20 MHz of a carrier, B41 (100M)
    "camera",  # 13 MP
    "category",  # LTE Cat 6, GPRS class 12
    "chipset",  # Snapdragon 855
    "count",  # 5 bands
    "date",  # 2016-02-02
    "decimal",  # 4.1, and nothing says of what
    "denied",  # B71 is not supported
    "frequency range",  # Tx: 880-915 MHz
    "generation",  # 5G where Wi-Fi is meant
    "label",  # Version 2
    "modulation",  # 64QAM
    "model number",  # SM-G900F
    "no such band",  # LTE 2526
    "number without a technology",  # 1, 3, 7 and nothing says of what
    "power",  # 23 dBm, 1300 mAh
    "price",  # $119
    "release",  # 3GPP Release 8, Android 4.4
    "satellite",  # GPS L1, BeiDou B1
    "setting",  # what a modem is told to use now
    "short range",  # Wi-Fi, Bluetooth
    "SIM",  # SIM 1 & SIM 2
    "size",  # 5.5 inch, 8 GB
    "speed",  # 42.2/5.76 Mbps
    "unknown bits",  # bits of a mask that no band has
    "unknown",  # nothing of the above: this reader does not know what it is
]
"""Why something with a number in it is no band."""


class Found(NamedTuple):
    """
    Bands that one token settles.

    Attributes:
        numbers: Usually one; several for a range (`38-41`) or `Quad-band`. GSM's are names in MHz, CDMA's classes.

        span: Where the token stands. A heading right before it (`LTE 7`) and a bracket behind it (`1(2100)`) are
            part of it.

        text: The token as written.
    """

    rat: Rat
    numbers: tuple[int, ...]
    span: Span
    text: str


class Ambiguous(NamedTuple):
    """
    A token that means a band and leaves open which.

    Attributes:
        candidates: Ascending; one or more of them are meant. A single one: it may be this or none at all.

        prefer: The conventional one, for the region that was asked about; None if there is none.
    """

    rat: Rat
    candidates: tuple[int, ...]
    prefer: int | None
    span: Span
    text: str


class Ignored(NamedTuple):
    """
    A token with a number in it that is no band, and why.
    """

    span: Span
    text: str
    why: Why


class Statement(NamedTuple):
    """
    What a list says of one RAT. No numbers, nothing ambiguous, not absent: the RAT is named and no band is.

    Attributes:
        numbers: The settled bands, ascending.

        ambiguous: Tokens that leave open which band they mean.

        absent: The text says that the phone has not got this RAT.
    """

    rat: Rat
    numbers: tuple[int, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    absent: bool = False

    @property
    def known(self) -> KnownBands:
        """
        Settled bands at least, with the candidates at most; everything if only the RAT is named, none if it is absent.
        """
        if not (self.numbers or self.ambiguous or self.absent):
            return KnownBands.unknown(self.rat)
        settled = BandSet.from_numbers(self.rat, self.numbers)
        maybe = (BandSet.from_numbers(self.rat, one.candidates) for one in self.ambiguous)
        return KnownBands(settled, functools.reduce(BandSet.__or__, maybe, settled))


@entity
class Group:
    """
    One list of the text with its label: what one variant, or all of them, is said to have.

    Attributes:
        label: The words that say which variant is meant (`USA (A1429)`); None: there are none.

        models: Model numbers in the label, as written.

        statements: One for each RAT that the list speaks of.

        span: From the first band to the end of the label.

        evdo: Whether CDMA comes with EV-DO; None: not said.

        nr_modes: Modes of NR; None: not said.
    """

    label: str | None
    models: tuple[str, ...]
    statements: tuple[Statement, ...]
    span: Span
    evdo: bool | None = None
    nr_modes: frozenset[NrMode] | None = None

    def bounds(self, rat: Rat) -> bool:
        """
        Whether it says something of a RAT: bands, that there are none, or under a label of its own that there are some.
        """
        one = next((one for one in self.statements if one.rat is rat), None)
        return one is not None and bool(one.numbers or one.ambiguous or one.absent or self.label)

    @property
    def known(self) -> dict[Rat, KnownBands]:
        """
        What the list says of each RAT that it speaks of.
        """
        return {one.rat: one.known for one in self.statements}


@entity
class BandReading:
    """
    What a text or dump says of bands. Nothing of a text is dropped: all but space and punctuation lies in exactly one
    of `found`, `ambiguous`, `ignored` and `words`.

    Attributes:
        kind: What was read: `text`, or the name of a dump's format.

        found: Every token that settles bands, in the order of the text.

        ambiguous: Every token that leaves open which band is meant.

        ignored: Every token with a number that is no band.

        words: Where everything else stands: headings, labels, prose.

        rats: RATs that are named with no band at all: unknown, not none.

        absent: RATs of which the text says that the phone has not got them.

        make_groups: What `groups` asks when it is first wanted.

        evdo: Whether CDMA comes with EV-DO; None: not said.

        nr_modes: Modes of NR; None: not said.

        bound: How the reading bounds the phone.

        blind: Bands that a description of its kind cannot show (a mask of 64 bits ends at LTE band 64): it says nothing
            of them.

        notes: What else a reader should know, in plain sentences.
    """

    kind: str
    found: tuple[Found, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    words: tuple[Span, ...] = ()
    rats: tuple[Rat, ...] = ()
    absent: tuple[Rat, ...] = ()
    make_groups: Callable[[], tuple[Group, ...]] = tuple
    evdo: bool | None = None
    nr_modes: frozenset[NrMode] | None = None
    bound: Bound = "exact"
    blind: BandSet = NO_BANDS
    notes: tuple[str, ...] = ()

    @functools.cached_property
    def groups(self) -> tuple[Group, ...]:
        """
        The lists of the text with their labels, in its order.
        """
        return self.make_groups()

    @functools.cached_property
    def bands(self) -> BandSet:
        """
        All settled bands.
        """
        return BandSet.of(*(Band(one.rat, number) for one in self.found for number in one.numbers))

    @functools.cached_property
    def known(self) -> Mapping[Rat, KnownBands]:
        """
        What follows for the phone, per RAT that the text speaks of.

        Where several labelled lists speak of one RAT and nobody says which is the phone's, it has at least what all of
        them have and at most what any has.
        """
        told = {rat: self._known_of(rat) for rat in RATS if self._speaks_of(rat)}
        if len(self.groups) > 1:
            for rat in told:
                lists = [group.known[rat] for group in self.groups if group.bounds(rat)]
                if lists:
                    told[rat] = _any_of(lists)
        return told

    def _speaks_of(self, rat: Rat) -> bool:
        given = {one.rat for one in self.found} | {one.rat for one in self.ambiguous}
        return rat in given or rat in self.rats or rat in self.absent

    def _known_of(self, rat: Rat) -> KnownBands:
        if rat in self.rats:
            return KnownBands.unknown(rat)
        settled = self.bands.only(rat)
        open_ = (BandSet.from_numbers(rat, one.candidates) for one in self.ambiguous if one.rat is rat)
        at_least = NO_BANDS if self.bound == "at_most" else settled
        at_most = (
            BandSet.everything(rat) if self.bound == "at_least" else functools.reduce(BandSet.__or__, open_, settled)
        )
        return KnownBands(at_least, at_most | self.blind.only(rat))

    def to_dict(self) -> dict[str, Any]:
        """
        As JSON: all six RATs under `bands`, spans as pairs.
        """
        return {
            "kind": self.kind,
            "bound": self.bound,
            "bands": {rat.value: _numbers(rat, self.bands.numbers(rat)) for rat in RATS},
            "ambiguous": [_ambiguous_dict(one) for one in self.ambiguous],
            "ignored": [{"text": one.text, "why": one.why, "span": list(one.span)} for one in self.ignored],
            "named": [rat.value for rat in self.rats],
            "absent": [rat.value for rat in self.absent],
            "evdo": self.evdo,
            "nr_modes": _modes(self.nr_modes),
            "groups": [_group_dict(one) for one in self.groups],
            "words": [list(span) for span in self.words],
            "notes": list(self.notes),
        }


def _any_of(lists: list[KnownBands]) -> KnownBands:
    at_least, at_most = lists[0].at_least, lists[0].at_most
    for one in lists[1:]:
        at_least, at_most = at_least & one.at_least, at_most | one.at_most
    return KnownBands(at_least, at_most)


def _numbers(rat: Rat, numbers: list[int] | tuple[int, ...]) -> list[int] | list[str]:
    """
    Band numbers as people write them: CDMA's are BC0.
    """
    return [f"BC{n}" for n in numbers] if rat is Rat.CDMA else list(numbers)


def _ambiguous_dict(one: Ambiguous) -> dict[str, Any]:
    return {
        "text": one.text,
        "rat": one.rat.value,
        "candidates": _numbers(one.rat, one.candidates),
        "prefer": None if one.prefer is None else _numbers(one.rat, (one.prefer,))[0],
        "span": list(one.span),
    }


def _group_dict(group: Group) -> dict[str, Any]:
    return {
        "label": group.label,
        "models": list(group.models),
        "bands": {one.rat.value: _numbers(one.rat, one.numbers) for one in group.statements if one.numbers},
        "ambiguous": [_ambiguous_dict(one) for said in group.statements for one in said.ambiguous],
        "named": [s.rat.value for s in group.statements if not (s.numbers or s.ambiguous or s.absent)],
        "absent": [one.rat.value for one in group.statements if one.absent],
        "evdo": group.evdo,
        "nr_modes": _modes(group.nr_modes),
        "span": list(group.span),
    }


def _modes(modes: frozenset[NrMode] | None) -> list[str] | None:
    return None if modes is None else sorted(modes)
