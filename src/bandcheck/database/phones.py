"""
Every phone of a catalog, for lists: what they get comes from planes, how sure that is from where their bands come from.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bandcheck.database.planes import PhonePlanes, radio_fields, radio_of
from bandcheck.database.records import facts_of
from bandcheck.matching.confidence import grade
from bandcheck.matching.judge import judge
from bandcheck.matching.radio import Radio
from bandcheck.matching.report import Network, any_recorded
from bandcheck.matching.said import say
from bandcheck.matching.summary import Summary
from bandcheck.model.bands import Rat
from bandcheck.model.dates import Date
from bandcheck.model.device import Device, RatFact, full_name
from bandcheck.model.sources import Source

if TYPE_CHECKING:
    from bandcheck.database.catalog import Catalog

Facts = Mapping[Rat, RatFact]
"""As of a variant."""


class Phone(NamedTuple):
    """
    A device, as lists show it.

    Attributes:
        id, full_name, released: As of a device.

        radios: The places of its variants among all radios.

        asked: The places of those that an answer is about: recorded ones, else all.
    """

    id: str
    full_name: str
    released: Date | None
    radios: range
    asked: tuple[int, ...]


class Phones:
    """
    Phones in the order of their ids.

    Attributes:
        planes: The radios of all their variants.

        facts: Of each radio, where its bands come from.
    """

    def __init__(self, found: Iterable[tuple[str, str, Date | None, Mapping[str, tuple[Radio, Facts]]]]) -> None:
        """
        Args:
            found: Of each phone the id, full name, release, and its variants by key.
        """
        radios: dict[tuple[str, str], Radio] = {}
        self.facts: list[Facts] = []
        self._phones: list[Phone] = []
        for device_id, name, released, variants in found:
            places = range(len(radios), len(radios) + len(variants))
            for key, (radio, facts) in variants.items():
                radios[device_id, key] = radio
                self.facts.append(facts)
            recorded = tuple(place for place in places if any_recorded(self.facts[place]))
            self._phones.append(Phone(device_id, name, released, places, recorded or tuple(places)))
        self.planes = PhonePlanes(radios)

    def __iter__(self) -> Iterator[Phone]:
        return iter(self._phones)

    @classmethod
    def of_catalog(cls, catalog: Catalog, brand: str | None = None) -> Phones:
        """
        Every phone of a catalog; of one brand if given.
        """
        return cls(
            (
                doc["id"],
                full_name(doc["brand"], doc["name"]),
                None if doc["released"] is None else Date.parse(doc["released"]),
                {v["key"]: (radio_of(doc["id"], *radio_fields(v)), facts_of(v["facts"])) for v in doc["variants"]},
            )
            for doc in catalog.documents("device", brand)
        )

    @classmethod
    def of_devices(cls, devices: Iterable[Device]) -> Phones:
        """
        These devices.
        """
        return cls(
            (d.id, d.full_name, d.released, {v.key: (Radio.of(v), v.facts) for v in d.variants}) for d in devices
        )

    def answers(
        self, networks: Sequence[Network], on: dt.date, sources: Mapping[str, Source]
    ) -> Iterator[tuple[Phone, Summary]]:
        """
        What every phone that was out by a day gets on networks: as the summary of a `report` on it. How sure that is,
        planes do not tell: its verdicts are made when it is asked for.
        """
        said = [say(self.planes, network.timetable.plan(on), on) for network in networks]
        partial, stated = any(n.partial for n in networks), all(n.stated for n in networks)
        for phone in self:
            if phone.released is not None and phone.released.first > on:
                continue
            told = [there[place] for place in phone.asked for there in said]
            left_out = len(phone.asked) < len(phone.radios)
            graded = functools.partial(self._grades, phone, networks, on, sources)
            yield phone, Summary(told, len(phone.asked) > 1, partial or left_out, stated, graded)

    def _grades(
        self, phone: Phone, networks: Sequence[Network], on: dt.date, sources: Mapping[str, Source]
    ) -> Iterator[str]:
        for place in phone.asked:
            variant = self.planes.radios[place].variant(self.facts[place])
            for network in networks:
                yield grade(judge(variant, network.timetable, on), sources)
