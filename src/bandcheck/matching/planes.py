"""
Many phones met with one plan at once: the rules of `verdict`, `access` and `judge` in another layout.

A phone's bands are turned round: for every band one integer, a plane, whose bit i tells whether radio i has it. What
all radios get of a carrier's bands is then an OR of a few planes, and a rule about one phone becomes the same rule
about planes. A property test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bandcheck.matching.plan import BandPlan, InForce, RatPlan, Rules
from bandcheck.matching.radio import Radio
from bandcheck.model.bands import FIELD, RATS, Rat
from bandcheck.model.carrier import PhoneClass
from bandcheck.model.device import Variant


class Met(NamedTuple):
    """
    What every radio gets under one plan: planes, of each field of an answer one for each bit, the lowest first. What
    the numbers mean is said by `VOICES`, `COVERAGES` and `RULINGS`.

    Attributes:
        worst, best: Levels that the bands alone give, for certain and possibly.

        coverage: Of the certain level; nothing for a refused phone.

        voice: How calls go.

        acceptance: Whether the carrier lets the phone in.

        emergency: What is documented about emergency calls.

        lte_possible: The bands may give 4G; one plane.

        lte_unrecorded: Nobody recorded the phone's 4G, or the carrier's; one plane.
    """

    worst: tuple[int, int, int]
    best: tuple[int, int, int]
    coverage: tuple[int, int]
    voice: tuple[int, int]
    acceptance: tuple[int, int]
    emergency: tuple[int, int]
    lte_possible: int
    lte_unrecorded: int

    @property
    def planes(self) -> tuple[int, ...]:
        """
        Those of the answer, in the order of the bits of a code.
        """
        return (*self.worst, *self.best, *self.coverage, *self.voice, *self.acceptance, *self.emergency)


def numbers_in_code(code: Any) -> tuple[Any, ...]:
    """
    Worst and best level, coverage, voice, acceptance and emergency, of the bits of `Met.planes`.

    Args:
        code: One number, or a numpy array of them; then each is an array.
    """
    return code & 7, code >> 3 & 7, code >> 6 & 3, code >> 8 & 3, code >> 10 & 3, code >> 12 & 3


COVERAGES = (None, "full", "gaps", "unknown")
VOICES = ("none", "volte", "cs", "unknown")
RULINGS = ("unknown", "accepted", "conditional", "refused")

_ACCEPTED, _CONDITIONAL, _REFUSED = 1, 2, 3
_EFFECTS = {"accepted": _ACCEPTED, "conditional": _CONDITIONAL, "refused": _REFUSED}
_STRENGTH = (
    # (effect, whether the policy names the phone), the strongest first
    (_REFUSED, True),
    (_ACCEPTED, True),
    (_REFUSED, False),
    (_CONDITIONAL, True),
    (_CONDITIONAL, False),
    (_ACCEPTED, False),
)
_KEPT = 4096  # plans whose outcomes are kept: many carriers run the same bands
_CIRCUIT_SWITCHED = (Rat.GSM, Rat.UMTS, Rat.TDSCDMA, Rat.CDMA)


class Planes:
    """
    The radios of many phones, turned round.

    Attributes:
        radios: The phones, in the order that was given.

        count: How many bits a plane has: one for each state of each radio.
    """

    def __init__(self, radios: Iterable[Radio]) -> None:
        self.radios: tuple[Radio, ...] = tuple(radios)
        self._place: list[int] = []  # of each radio, the bit of its first state
        owners: list[int] = []
        for number, radio in enumerate(self.radios):
            self._place.append(len(owners))
            owners += [number] * len(radio.states)
        self.count = len(owners)
        self._owners = owners
        self._all = (1 << self.count) - 1
        self._several = tuple(n for n, radio in enumerate(self.radios) if len(radio.states) > 1)
        states = [state for radio in self.radios for state in radio.states]
        self._certain = _Bands([low for _, low, _ in states])
        self._possible = _Bands([high for _, _, high in states])
        self._reads_mfbi = ~self._where([radio.mfbi is False for radio in self.radios])
        self._nsa_possible = ~self._where([radio.nsa is False for radio in self.radios])
        self._sa = self._where([radio.sa is True for radio in self.radios])
        self._sa_possible = ~self._where([radio.sa is False for radio in self.radios])
        self._evdo = self._where([radio.evdo is True for radio in self.radios])
        self._evdo_possible = ~self._where([radio.evdo is False for radio in self.radios])
        volte = [radio.volte for radio in self.radios]
        self._volte = self._where([does is True for does in volte]), self._where([does is False for does in volte])
        self._packet = self._possible.having(FIELD[Rat.LTE]) | self._possible.having(FIELD[Rat.NR])
        self._lte_unrecorded = self._possible.any[Rat.LTE] & ~self._certain.having(FIELD[Rat.LTE])
        self._volte_on = self._stated_volte()
        self._classes: dict[tuple[str, frozenset[str]], int] = {}
        self._outcomes: dict[tuple[object, ...], tuple[int, int, int]] = {}

    @classmethod
    def of(cls, variants: Iterable[Variant]) -> Planes:
        """
        The radios of variants.
        """
        return cls(map(Radio.of, variants))

    def places(self, on: dt.date) -> list[int]:
        """
        Of each radio, the bit that is about it on a day.
        """
        found = self._place.copy()
        for number in self._several:
            states = self.radios[number].states
            found[number] += max((i for i, state in enumerate(states) if state[0] <= on), default=0)
        return found

    def meet(self, plan: BandPlan) -> Met:
        """
        What every radio gets on the day of a plan.
        """
        acceptance = self._ruling(plan.policies, plan.carrier.id)
        refused = acceptance[0] & acceptance[1]
        certain = {rat: self._usable(plan, FIELD[rat]) for rat in RATS}
        possible = {rat: self._hoped(plan, FIELD[rat]) for rat in RATS}
        winners, worst = self._worst(plan, certain)
        coverage = self._coverage(plan, winners)
        voice = self._voice(plan, certain, possible)
        return Met(
            worst,
            self._best(plan, possible),
            (coverage[0] & ~refused, coverage[1] & ~refused),
            (voice[0] & ~refused, voice[1] & ~refused),
            acceptance,
            self._ruling(plan.emergency, plan.carrier.id),
            possible[Rat.LTE],
            self._lte_unrecorded if Rat.LTE in plan.carrier.recorded else self._all,
        )

    def outcomes(self, plan: BandPlan) -> tuple[int, int, int]:
        """
        The outcome of every radio alone, as the bits of its number: the certain level; 5 is unknown.
        """
        key = (plan.certain, plan.possible, plan.own_certain, plan.own_possible, plan.standalone, plan.evdo)
        found = self._outcomes.get(key)
        if found is None:
            certain = {rat: self._usable(plan, FIELD[rat]) for rat in RATS}
            possible = {rat: self._hoped(plan, FIELD[rat]) for rat in RATS}
            one, two, four = self._worst(plan, certain)[1]
            any_level = self._best(plan, possible)
            unknown = (any_level[0] | any_level[1] | any_level[2]) & ~(one | two | four)
            if len(self._outcomes) == _KEPT:
                self._outcomes.clear()
            found = self._outcomes[key] = one | unknown, two, four | unknown
        yes, perhaps = self._ruling(plan.policies, plan.carrier.id)
        refused = yes & perhaps
        return (found[0] & ~refused, found[1] & ~refused, found[2] & ~refused) if refused else found

    def _where(self, told: Sequence[bool]) -> int:
        """
        The plane of the radios of which something holds.
        """
        return _plane([told[owner] for owner in self._owners]) if True in told else 0

    def _stated_volte(self) -> dict[str, tuple[int, int]]:
        """
        By carrier, the planes of the radios of which it is stated that they do VoLTE there, and that they do not.
        """
        stated: dict[str, tuple[list[bool], list[bool]]] = {}
        for place, owner in enumerate(self._owners):
            for carrier, does in self.radios[owner].volte_on.items():
                told = stated.setdefault(carrier, ([False] * self.count, [False] * self.count))
                told[not does][place] = True
        return {carrier: (_plane(yes), _plane(no)) for carrier, (yes, no) in stated.items()}

    def _usable(self, plan: BandPlan, mask: int) -> int:
        """
        Radios that can use some of these bands for certain, on that plan.
        """
        return self._by_mfbi(self._certain, mask & plan.certain, mask & plan.own_certain)

    def _hoped(self, plan: BandPlan, mask: int) -> int:
        """
        Radios that may be able to use some of these bands, on that plan.
        """
        return self._by_mfbi(self._possible, mask & plan.possible, mask & plan.own_possible)

    def _by_mfbi(self, bands: _Bands, read: int, own: int) -> int:
        """
        Radios that have one of these bands: those that read a cell's further band indications one of the first, the
        others one of the second.
        """
        if read == own:
            return bands.having(read)
        return (bands.having(read) & self._reads_mfbi) | (bands.having(own) & ~self._reads_mfbi)

    def _worst(self, plan: BandPlan, certain: Mapping[Rat, int]) -> tuple[list[tuple[Rat, int]], tuple[int, int, int]]:
        """
        The RATs that win for some radios, best first, with those radios; and the level that each gets.
        """
        way_in = certain[Rat.LTE] & self._nsa_possible | (self._sa if plan.standalone[0] else 0)
        evdo = self._evdo if plan.evdo[0] else 0
        claims = (
            (Rat.NR, 4, certain[Rat.NR] & way_in),
            (Rat.LTE, 3, certain[Rat.LTE]),
            (Rat.UMTS, 2, certain[Rat.UMTS]),
            (Rat.TDSCDMA, 2, certain[Rat.TDSCDMA]),
            (Rat.CDMA, 2, certain[Rat.CDMA] & evdo),
            (Rat.GSM, 1, certain[Rat.GSM]),
            (Rat.CDMA, 1, certain[Rat.CDMA]),
        )
        levels = [0] * 5
        winners: list[tuple[Rat, int]] = []
        left = self._all
        for rat, level, plane in claims:
            won = plane & left
            if won:
                left ^= won
                levels[level] |= won
                winners.append((rat, won))
        return winners, _numbered(levels)

    def _best(self, plan: BandPlan, possible: Mapping[Rat, int]) -> tuple[int, int, int]:
        way_in = possible[Rat.LTE] & self._nsa_possible | (self._sa_possible if plan.standalone[1] else 0)
        evdo = self._evdo_possible if plan.evdo[1] else 0
        third = possible[Rat.UMTS] | possible[Rat.TDSCDMA] | (possible[Rat.CDMA] & evdo)
        second = possible[Rat.GSM] | possible[Rat.CDMA]
        levels = [0] * 5
        left = self._all
        for level, plane in ((4, possible[Rat.NR] & way_in), (3, possible[Rat.LTE]), (2, third), (1, second)):
            levels[level] = won = plane & left
            left ^= won
        return _numbered(levels)

    def _coverage(self, plan: BandPlan, winners: Sequence[tuple[Rat, int]]) -> tuple[int, int]:
        """
        How far the RAT that wins reaches.
        """
        full = gaps = unknown = 0
        for rat, won in winners:
            holes, whole = self._reach(plan, plan.rats[rat], won)
            gaps |= won & holes
            full |= won & whole & ~holes
            unknown |= won & ~holes & ~whole
        return full | unknown, gaps | unknown

    def _reach(self, plan: BandPlan, mine: RatPlan, won: int) -> tuple[int, int]:
        """
        Radios for which one RAT has gaps; and those for which it has none, if not among the first. For the rest nobody
        can say.
        """
        holes = ~self._usable(plan, mine.wide)
        for offer in mine.further:
            holes |= ~self._usable(plan, offer.certain)
        if mine.rat is Rat.NR:
            holes |= ~self._usable(plan, FIELD[Rat.NR] & ~plan.mmwave)
        if not won & ~holes:
            return holes, 0
        if mine.named:
            for mask in mine.core:
                holes |= ~self._usable(plan, mask)
            if mine.far:
                holes |= ~self._any(plan, mine.far)
            return holes, self._all
        whole = self._usable(plan, mine.low)
        every = self._all
        for offer in mine.offers:
            every &= self._usable(plan, offer.certain)
        whole |= every
        if mine.low:
            holes |= ~whole & ~self._hoped(plan, mine.low_possible)
        return holes, whole

    def _any(self, plan: BandPlan, masks: Iterable[int]) -> int:
        found = 0
        for mask in masks:
            found |= self._usable(plan, mask)
        return found

    def _voice(self, plan: BandPlan, certain: Mapping[Rat, int], possible: Mapping[Rat, int]) -> tuple[int, int]:
        volte, no_volte = self._volte_here(plan.carrier.id)
        here = volte & certain[Rat.LTE]
        switched = switched_perhaps = 0
        for rat in _CIRCUIT_SWITCHED:
            switched |= certain[rat]
            switched_perhaps |= possible[rat]
        rest = self._all & ~here & ~switched
        packet = possible[Rat.LTE] | possible[Rat.NR]
        unknown = rest & (switched_perhaps | (packet & ~no_volte))
        return here | unknown, (switched & ~here) | unknown

    def _volte_here(self, carrier_id: str) -> tuple[int, int]:
        """
        Radios that do VoLTE on a carrier, and those that do not.
        """
        does, does_not = self._volte
        stated = self._volte_on.get(carrier_id)
        if stated is not None:
            yes, no = stated
            does, does_not = (does & ~no) | yes, (does_not & ~yes) | no
        return does & self._packet, does_not | (self._all & ~self._packet)

    def _ruling(self, rules: Rules, carrier_id: str) -> tuple[int, int]:
        """
        What policies say of each radio: the strongest of those that are about it.
        """
        policies: dict[int, InForce] = {id(f[0]): f for fs in (rules.others, *rules.named.values()) for f in fs}
        if not policies:
            return 0, 0
        said = dict.fromkeys(_STRENGTH, 0)
        for policy, in_force in policies.values():
            effect, names = _EFFECTS[policy.effect], bool(policy.phones.devices or policy.phones.models)
            yes, maybe = self._about(policy.phones, carrier_id)
            if not in_force:
                yes, maybe = 0, yes | maybe
            said[effect, names] |= yes
            if effect != _ACCEPTED:
                said[_CONDITIONAL, names] |= maybe
        values = [0] * 4
        left = self._all
        for strength in _STRENGTH:
            values[strength[0]] |= said[strength] & left
            left &= ~said[strength]
        return values[1] | values[3], values[2] | values[3]

    def _about(self, phones: PhoneClass, carrier_id: str) -> tuple[int, int]:
        """
        Radios that are of a class of phones for certain, and those that may be.
        """
        held, unsure = self._all, 0
        if phones.devices:
            held &= self._class("device", phones.devices)
        if phones.not_devices:
            held &= ~self._class("device", phones.not_devices)
        if phones.models:
            held &= self._class("models", phones.models)
        if phones.volte is not None:
            does, does_not = self._volte_here(carrier_id)
            held &= ~(does_not if phones.volte else does)
            unsure |= ~(does | does_not)
        for rat in phones.without:
            held &= ~self._certain.having(FIELD[rat])
            unsure |= self._possible.having(FIELD[rat])
        if phones.sold_in or phones.not_sold_in:
            nowhere = self._class("nowhere", frozenset())
            unsure |= nowhere
            held &= nowhere | ~self._class("sold_in", phones.not_sold_in)
            if phones.sold_in:
                held &= nowhere | self._class("sold_in", phones.sold_in)
        return held & ~unsure, held & unsure

    def _class(self, kind: str, among: frozenset[str]) -> int:
        """
        Radios of these devices; of these model numbers; sold in one of these countries, or in none that is known.
        """
        found = self._classes.get((kind, among))
        if found is None:
            holds: dict[str, Callable[[Radio], bool]] = {
                "device": lambda radio: radio.device in among,
                "models": lambda radio: not among.isdisjoint(radio.models),
                "sold_in": lambda radio: not among.isdisjoint(radio.sold_in),
                "nowhere": lambda radio: not radio.sold_in,
            }
            found = self._classes[kind, among] = self._where(list(map(holds[kind], self.radios)))
        return found


class _Bands:
    """
    By band, the plane of the radios that have it.

    Attributes:
        any: By RAT, the plane of the radios that may have any band of it: nobody recorded it.
    """

    def __init__(self, masks: Sequence[int]) -> None:
        self._planes: dict[int, int] = {}
        self.any = dict.fromkeys(RATS, 0)
        self._kept: dict[int, int] = {}
        having: dict[int, int] = {}  # by all that a radio has: far fewer than there are radios
        for place, mask in enumerate(masks):
            having[mask] = having.get(mask, 0) | 1 << place
        for rat in RATS:
            parts: dict[int, int] = {}  # likewise by what it has of one RAT
            for mask, plane in having.items():
                if part := mask & FIELD[rat]:
                    parts[part] = parts.get(part, 0) | plane
            self.any[rat] = parts.pop(FIELD[rat], 0)
            for part, plane in parts.items():
                left = part
                while left:
                    band = left & -left
                    left ^= band
                    self._planes[band] = self._planes.get(band, 0) | plane

    def having(self, mask: int) -> int:
        """
        The radios that have one of these bands. Kept: carriers that nobody recorded have the same bands, all of them.
        """
        found = self._kept.get(mask)
        if found is None:
            found = 0
            for rat in RATS:
                if mask & FIELD[rat]:
                    found |= self.any[rat]
            left = mask
            while left:
                band = left & -left
                left ^= band
                found |= self._planes.get(band, 0)
            self._kept[mask] = found
        return found


def _plane(told: Sequence[bool]) -> int:
    return int("".join("1" if one else "0" for one in reversed(told)), 2)


def _numbered(levels: Sequence[int]) -> tuple[int, int, int]:
    """
    The planes of levels 0 to 4, as the bits of the level's number.
    """
    return levels[1] | levels[3], levels[2] | levels[3], levels[4]
