"""
What the words of a row come to: which phone, and what else of them a gate looks at.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bandcheck.database.catalog import Catalog
from bandcheck.database.names import name_key
from bandcheck.database.planes import PhonePlanes
from bandcheck.matching.report import is_recorded
from bandcheck.model.listing import Listing
from bandcheck.screening.gates import words
from bandcheck.screening.gates.standing import names_of
from bandcheck.screening.policy import Waiver
from bandcheck.screening.resolve import Resolved
from bandcheck.screening.stated import Statements

_CERTIFYING = re.compile(words.CERTIFYING, re.I)

_ANOTHER = "another"
"""A name that no statement names."""

PLAIN, STATED, PARTICULAR = range(3)
"""
How much of a place the answer about a phone hangs on, beyond its verdicts: nothing; what was stated of it and which
waivers hold; everything.
"""


WORDS = ("title", "brand", "model", "model_number", "description", "bands", "market")
"""The fields of a listing that an answer always hangs on, beside carrier and day."""


class Heard(NamedTuple):
    """
    What a listing claims, as far as the answer hangs on it.

    Attributes:
        generations: The generations that it names.

        official, every_carrier, no_google: Whether it says so.

        alone: Its own words, if it claims what has to be held against that very phone and carrier: a version, bands, a
            certificate. Else None.
    """

    generations: frozenset[tuple[str | None, bool]]
    official: bool
    every_carrier: bool
    no_google: bool
    alone: tuple[str, ...] | None


class About(NamedTuple):
    """
    What was said of a phone: numbers of statements about any of its versions, and of waivers.
    """

    statements: frozenset[int]
    waivers: frozenset[int]


class Phone(NamedTuple):
    """
    Rows that have the same answer wherever their verdicts are the same.

    Attributes:
        listing: One of them.

        radios: Numbers of the versions that a verdict is about, among all of the catalogue; empty if there is none.

        device: Its id; empty if it is not decided.

        models: First model numbers of the versions it may be.

        kind: All that the answer hangs on but radios and place.

        hangs_on: PLAIN, STATED or PARTICULAR.

        about: What was said of it.
    """

    listing: Listing
    radios: tuple[int, ...]
    device: str
    models: tuple[str, ...]
    kind: tuple[object, ...]
    hangs_on: int
    about: About


def heard(listing: Listing) -> Heard:
    """
    What the words of a listing claim.
    """
    text = " \n ".join((listing.title, listing.description))
    said = f"{text} \n {listing.bands}"
    market = listing.market.strip()
    alone = bool(
        market
        or words.VERSION_OF.search(text)
        or words.GLOBAL.search(text)
        or words.CERTIFIED.search(text)
        or _CERTIFYING.search(text)
        or _bands_in(listing)
    )
    return Heard(
        frozenset((match["level"], bool(match["lte"])) for match in words.GENERATION.finditer(said)),
        bool(words.OFFICIAL.search(text)),
        bool(words.EVERY_CARRIER.search(text)),
        bool(words.NO_GOOGLE.search(f"{text} \n {market}")),
        (listing.title, listing.description, listing.bands, market) if alone else None,
    )


def _bands_in(listing: Listing) -> bool:
    """
    Whether the words name bands.
    """
    if not listing.bands and not listing.description:
        return False
    from bandcheck.reading.text import read_bands

    return bool(read_bands(f"{listing.bands} \n {listing.description}").bands)


class Stated:
    """
    Which statements and waivers are about a phone.
    """

    def __init__(self, catalog: Catalog, waivers: tuple[Waiver, ...], carrier: str | None = None) -> None:
        """
        Args:
            carrier: Id of the carrier that all listings are for; None: each may be for another.
        """
        self._statements = Statements(catalog.statements)
        self._waivers = waivers
        said, carriers = self._statements.all, catalog.carrier_ids
        granted = {s.to for s in said if s.effect == "granted" and s.to in (carriers if carrier is None else {carrier})}
        self._hands = {name_key(s.to) for s in said if s.to and s.to not in carriers}
        self._sellers = self._hands.union(*(names_of(catalog.carrier(carrier)) for carrier in granted))
        self._grants = {name_key(i) for s in said for i in s.fcc_ids}

    def matters(self, field: str, text: str) -> str:
        """
        What of a field beside `WORDS` the answer can hang on: all texts for which this is the same are alike to it.
        """
        key = name_key(text)
        if field == "sku":
            return text if any(waiver.listing == text for waiver in self._waivers) else ""
        if field == "fulfiller":
            return key if key in self._hands else ""
        known = self._grants if field == "fcc_id" else self._sellers
        return key if key in known else _ANOTHER if known and key else ""

    @property
    def fields(self) -> tuple[str, ...]:
        """
        Fields of a listing that an answer can hang on because of them, beside `WORDS`.
        """
        asked = {
            "sku": any(waiver.listing for waiver in self._waivers),
            "seller": self._sellers,
            "fulfiller": self._hands,
            "fcc_id": self._grants,
        }
        return tuple(field for field, some in asked.items() if some)

    def about(self, listing: Listing, phone: Resolved) -> tuple[About, tuple[object, ...]]:
        """
        What is said of a phone, and what else of that its answer hangs on.
        """
        device = phone.device.id if phone.device else ""
        names = (listing.sku, listing.title)
        waived = frozenset(
            number
            for number, waiver in enumerate(self._waivers)
            if waiver.device in ("", device) and (not waiver.listing or waiver.listing in names)
        )
        if phone.variants:
            meant = frozenset(map(self._statements.about, phone.variants))
        else:
            meant = frozenset({self._statements.of_brands(phone.brands)})
        about = About(frozenset().union(*meant), waived)
        if not about.statements:
            return about, ()
        words = [self.matters(field, getattr(listing, field)) for field in ("seller", "fulfiller", "fcc_id")]
        return about, (meant, *words)


def phone_of(listing: Listing, found: Resolved, stated: Stated, planes: PhonePlanes) -> Phone:
    """
    The phone of a listing.
    """
    recorded = tuple(v for v in found.variants if is_recorded(v))
    device = found.device.id if found.device else ""
    claims, (about, said) = heard(listing), stated.about(listing, found)
    words_left = found.identification
    kind: tuple[object, ...] = (
        bool(words_left.contradictions),
        device == "",
        words_left.kind == "accessory",
        bool(words_left.candidates),
        len(found.variants) == 1,
        bool(recorded) and len(recorded) < len(found.variants),
        claims,
        said,
        about.waivers,
    )
    hangs_on = PARTICULAR if claims.alone is not None else STATED if any(about) else PLAIN
    if hangs_on is PARTICULAR:
        kind = (*kind, device, tuple(v.key for v in found.variants), found.brands)
    radios = tuple(planes.number[device, v.key] for v in recorded or found.variants)
    return Phone(listing, radios, device, found.models, kind, hangs_on, about)
