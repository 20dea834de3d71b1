"""
Every phone of a catalog as planes, read from a table of the index that has just what they need: documents take five
times as long, values of the model ten times more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bandcheck.matching.planes import Planes
from bandcheck.matching.radio import Radio, State

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
        return cls(
            {(device, key): radio_of(device, *fields) for device, rows in catalog.radios() for key, *fields in rows}
        )

    def firmware_days(self) -> set[dt.date]:
        """
        The days on which firmware changed what some radio does.
        """
        return {state[0] for radio in self.radios for state in radio.states[1:]}


_FIELDS = ("models", "sold_in", "states", "nsa", "sa", "evdo", "mfbi", "volte", "volte_on")


def radio_fields(variant: Mapping[str, Any]) -> list[Any]:
    """
    What a radio is made of, from the document of a variant.
    """
    return [variant[field] for field in _FIELDS]


def radio_of(
    device_id: str, models: Sequence[str], sold_in: Sequence[str], states: Sequence[Sequence[Any]], *more: Any
) -> Radio:
    """
    As `Radio.of` the variant with these `radio_fields`.
    """
    return Radio(device_id, tuple(models), tuple(sold_in), tuple([_state(*state) for state in states]), *more)


def _state(since: str | None, low: str, high: str) -> State:
    return dt.date.min if since is None else dt.date.fromisoformat(since), int(low, 16), int(high, 16)
