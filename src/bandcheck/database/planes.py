"""
Every phone of a catalog as planes, read from the documents of the index: without the values of the model, which take
ten times as long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bandcheck.matching.planes import Planes
from bandcheck.matching.radio import Radio

if TYPE_CHECKING:
    from bandcheck.database.catalog import Catalog


class PhonePlanes(Planes):
    """
    The radios of all variants of a catalog, in the order of device ids.

    Attributes:
        number: The place of each variant among them, by device id and key.
    """

    def __init__(self, radios: Mapping[tuple[str, str], Radio]) -> None:
        """
        Args:
            radios: By device id and key of the variant.
        """
        super().__init__(radios.values())
        self.number = {variant: number for number, variant in enumerate(radios)}

    @classmethod
    def of_catalog(cls, catalog: Catalog) -> PhonePlanes:
        """
        Every variant of a catalog.
        """
        found = ((doc["id"], variant) for doc in catalog.documents("device") for variant in doc["variants"])
        return cls({(device, variant["key"]): radio_of(device, variant) for device, variant in found})

    def firmware_days(self) -> set[dt.date]:
        """
        The days on which firmware changed what some radio does.
        """
        return {state[0] for radio in self.radios for state in radio.states[1:]}


def radio_of(device_id: str, doc: dict[str, Any]) -> Radio:
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
