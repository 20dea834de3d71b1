"""
What a seller offers, in the seller's words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from attrs import field

from bandcheck.model.entity import entity


@entity
class Listing:
    """
    One listing of a catalogue. Everything in it is a seller's word; a text that was not given is empty.

    Attributes:
        row: Its place in the catalogue; the header of a table is row 1.

        title: As a buyer sees it.

        brand, model, model_number: Where the catalogue has them apart from the title.

        sku: The shop's own number for it.

        price: As written, `$119` or `119,00`.

        currency: ISO 4217, where it is not in the price.

        seller, fulfiller: Who sells it, and who ships it.

        ships_from: Country or place.

        condition: `new`, `refurbished`.

        description: Any further text.

        fcc_id: The FCC ID that the seller names.

        market: Which version the seller says it is: `US`, `Global`, `China`.

        bands: The bands that the seller says it has, as text.

        note: What the catalogue's keeper wrote beside it. No seller's word, and no gate reads it.

        carrier: Of a catalogue for several carriers, the name of this listing's; empty: the question's.

        on: Likewise the day; None: the question's.

        original: Every cell by its column, as it came.
    """

    row: int
    title: str = ""
    brand: str = ""
    model: str = ""
    model_number: str = ""
    sku: str = ""
    price: str = ""
    currency: str = ""
    seller: str = ""
    fulfiller: str = ""
    ships_from: str = ""
    condition: str = ""
    description: str = ""
    fcc_id: str = ""
    market: str = ""
    bands: str = ""
    note: str = ""
    carrier: str = ""
    on: dt.date | None = None
    original: Mapping[str, str] = field(factory=dict)

    @property
    def name(self) -> str:
        """
        What to call it: the title, else what identifies it.
        """
        return self.title or " ".join(part for part in (self.brand, self.model, self.model_number) if part)
