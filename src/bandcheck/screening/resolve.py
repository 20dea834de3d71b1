"""
Which phone a listing sells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bandcheck.database.catalog import Catalog
from bandcheck.database.names import name_key
from bandcheck.model.device import Device, Variant
from bandcheck.model.entity import entity
from bandcheck.model.listing import Listing

if TYPE_CHECKING:
    from bandcheck.database.identify.identification import Identification


@entity
class Resolved:
    """
    The phone of a listing, as far as it is settled.

    Attributes:
        identification: How its words were read.

        device: The phone; None if that is not decided.

        variants: The versions that it may be; empty if the phone is not decided.

        brands: First parts of the ids of devices that it may be, `xiaomi`; where none is known, the brand that the
            listing states.
    """

    identification: Identification
    device: Device | None
    variants: tuple[Variant, ...]
    brands: frozenset[str]

    @property
    def phones(self) -> list[tuple[Device | None, Variant]]:
        """
        The versions, each with its device, as a verdict takes them.
        """
        return [(self.device, variant) for variant in self.variants]

    @property
    def models(self) -> tuple[str, ...]:
        """
        Of each version the model number that the listing names, else its first one.
        """
        evidence = self.identification.candidates[0].evidence if self.variants else ()
        named = {name_key(e.means or e.text) for e in evidence if e.what in ("model number", "look-alike")}
        return tuple(
            next((m for m in v.models if name_key(m) in named), v.models[0] if v.models else v.key)
            for v in self.variants
        )


def words_of(listing: Listing) -> str:
    """
    The words of a listing that say which phone it is: title, and what of brand, model and model number is not in it. No
    further text: a description speaks of other phones too.

    >>> words_of(Listing(2, title="Redmi 2 8GB", brand="Xiaomi", model="Redmi 2", model_number="2014811"))
    'Xiaomi Redmi 2 8GB, 2014811'
    """
    words = listing.title
    if listing.model and name_key(listing.model) not in name_key(words):
        words = f"{listing.model} {words}"
    if listing.brand and name_key(listing.brand) not in name_key(words):
        words = f"{listing.brand} {words}"
    if listing.model_number and name_key(listing.model_number) not in name_key(words):
        words = f"{words}, {listing.model_number}"
    return words.strip()


def resolve_words(words: str, brand: str, catalog: Catalog) -> Resolved:
    """
    The phone that words name. Depends on nothing else of a listing, so each distinct pair is read once.

    Args:
        brand: As the listing states it; empty if it does not.
    """
    found = catalog.identifier.identify(words)
    brands = frozenset(candidate.device.partition("/")[0] for candidate in found.candidates)
    stated = frozenset({name_key(brand)}) if brand else frozenset()
    if not found.decided:
        return Resolved(found, None, (), brands or stated)
    device = catalog.device(found.candidates[0].device)
    keys = found.candidates[0].variants
    variants = tuple(v for v in device.variants if v.key in keys) or device.variants
    return Resolved(found, device, variants, brands)
