"""
Every phone of a catalog as planes, read from the documents of the index: without the values of the model, which take
ten times as long.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from bandcheck.matching.planes import Planes, Radio

if TYPE_CHECKING:
    from bandcheck.database.catalog import Catalog


class PhonePlanes(Planes):
    """
    The radios of all variants of a catalog, in the order of device ids.

    Attributes:
        number: The place of each variant among them, by device id and key.
    """

    def __init__(self, catalog: Catalog) -> None:
        radios: list[Radio] = []
        self.number: dict[tuple[str, str], int] = {}
        for doc in catalog.documents("device"):
            for variant in doc["variants"]:
                self.number[doc["id"], variant["key"]] = len(radios)
                radios.append(_radio(doc["id"], variant))
        super().__init__(radios)

    def firmware_days(self) -> set[dt.date]:
        """
        The days on which firmware changed what some radio does.
        """
        return {state[0] for radio in self.radios for state in radio.states[1:]}


def _radio(device_id: str, doc: dict[str, Any]) -> Radio:
    """
    As `Radio.of` the variant of this document.
    """
    return Radio(
        device_id,
        tuple(doc["models"]),
        tuple(doc["sold_in"]),
        tuple(
            (dt.date.min if since is None else dt.date.fromisoformat(since), int(low, 16), int(high, 16))
            for since, low, high in doc["states"]
        ),
        doc["nsa"],
        doc["sa"],
        doc["evdo"],
        doc["mfbi"],
        doc["volte"],
        doc["volte_on"],
    )
