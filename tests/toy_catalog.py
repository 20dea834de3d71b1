"""
A made-up database in memory, for laws of screening: phones, carriers and statements are drawn, names are read to the
letter.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from bandcheck.database.identify.identification import Candidate, Identification
from bandcheck.database.planes import PhonePlanes
from bandcheck.errors import UnknownCarrierError
from bandcheck.matching.plan import Timetable
from bandcheck.matching.planes import Radio
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Device
from bandcheck.model.statement import Statement
from strategies import toy_spectrum


class ToyCatalog:
    """
    What screening asks of a `Catalog`.
    """

    version = "toy"

    def __init__(
        self, devices: Sequence[Device], carriers: Sequence[Carrier], statements: Sequence[Statement] = ()
    ) -> None:
        self.sources = {}
        self.statements = tuple(statements)
        self.carrier_ids = frozenset(carrier.id for carrier in carriers)
        self._devices = {device.id: device for device in devices}
        self._timetables = {carrier.id: Timetable(carrier, toy_spectrum().overlaps) for carrier in carriers}

    @functools.cached_property
    def planes(self) -> PhonePlanes:
        return PhonePlanes({(d.id, v.key): Radio.of(v) for d in self._devices.values() for v in d.variants})

    @property
    def identifier(self) -> ToyCatalog:
        return self

    def identify(self, text: str) -> Identification:
        """
        A title is the id of a phone, or of several; then the key of a version, or nothing; then whatever is claimed.
        """
        words = text.split()
        named = [word for word in words if word in self._devices]
        found = tuple(self._candidate(device, words) for device in dict.fromkeys(named))
        if "case" in words:
            return Identification(found, kind="accessory", why="a case")
        against = ("two numbers",) if "contradiction" in words else ()
        return Identification(found, len(found) == 1 and not against, "phone" if found else "unknown", "", against)

    def _candidate(self, device_id: str, words: Sequence[str]) -> Candidate:
        device = self._devices[device_id]
        keys = tuple(v.key for v in device.variants if v.key in words) or tuple(v.key for v in device.variants)
        return Candidate(device_id, device.full_name, keys, keys, 1.0, ())

    def device(self, device_id: str) -> Device:
        return self._devices[device_id]

    def timetable(self, carrier_id: str) -> Timetable:
        return self._timetables[carrier_id]

    def carrier(self, carrier_id: str) -> Carrier:
        return self._timetables[carrier_id].carrier

    def find_carrier(self, text: str) -> Carrier:
        if text not in self._timetables:
            raise UnknownCarrierError(text, ())
        return self.carrier(text)
