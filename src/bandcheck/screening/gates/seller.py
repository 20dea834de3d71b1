"""
BC9: notes on seller, price and condition. Nothing here is a pass: who sells it and whether it is genuine is not
    checked.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from bandcheck.database.names import name_key
from bandcheck.matching.reasons import Reason
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Answer, Finding
from bandcheck.screening.gates import words

GENUINENESS = "bandcheck does not check whether a unit is genuine, nor who sells it."
"""On every report."""

_LEAST_PRICE = Decimal(5)  # of anything that has a radio; 0, 0.01 and 1 are placeholders


def seller(case: Case) -> Finding:
    """
    What a person should look at.
    """
    listing = case.listing
    others = dict.fromkeys(name for name in (listing.seller, listing.fulfiller) if name)
    shop = name_key(case.place.carrier.name)
    notes = [Reason("BC901", f"Sold or shipped by {name}.") for name in others if name_key(name) != shop]
    if listing.ships_from:
        notes.append(Reason("BC901", f"Ships from {listing.ships_from}."))
    text = " \n ".join((listing.title, listing.description, listing.condition))
    for code, pattern in (("BC902", words.NO_WARRANTY), ("BC904", words.GENUINE), ("BC905", words.USED)):
        if match := pattern.search(text):
            notes.append(Reason(code, f"The listing says “{match[0]}”."))
    if listing.price:
        price = price_of(listing.price)
        if price is None:
            notes.append(Reason("BC903", f"“{listing.price}” is not a price that can be read."))
        elif price < _LEAST_PRICE:
            notes.append(Reason("BC903", f"The price is {listing.price}."))
    if not notes:
        return Finding(Answer.UNKNOWN, (Reason("BC900", GENUINENESS),))
    return Finding(Answer.NOTE, tuple(notes))


def price_of(text: str) -> Decimal | None:
    """
    The number of a price: `$1,299.00`, `1.299,00 €`, `1 299`; None if there is not exactly one.

    >>> price_of("US$ 1,299.00"), price_of("119,00 €"), price_of("1.299"), price_of("call us")
    (Decimal('1299.00'), Decimal('119.00'), Decimal('1299'), None)
    """
    found = re.findall(r"-?\d[\d.,'\s\u00a0\u202f]*", text.strip())
    if len(found) != 1 or len(text) > 40:
        return None
    digits = re.sub(r"['\s]", "", found[0]).rstrip(".,")
    cents = re.search(r"[.,](\d{1,2})$", digits)
    whole = re.sub(r"[.,]", "", digits[: cents.start()] if cents else digits)
    try:
        return Decimal(f"{whole}.{cents[1]}" if cents else whole)
    except InvalidOperation:
        return None
