"""
What makers, hosts and regulators said about selling a phone: dated, with sources.

Four things that are easily taken for one: a host's certification of a phone for sale, a brand's authorisation of a
seller, a regulator's authorisation of the equipment, and a carrier's acceptance of a customer's own phone. The last is
a `Policy` of the carrier; the others are statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bandcheck.model.dates import Span
from bandcheck.model.device import Variant
from bandcheck.model.entity import entity

EFFECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "certification": ("certified", "refused", "not_tested"),
        "authorisation": ("granted", "denied"),
        "equipment": ("granted", "refused"),
        "software": ("google", "no_google"),
    }
)
"""
The effects that a statement of each kind can have, the good one first. Certification is a host's, for sale on its
network; authorisation a brand's, of a seller; equipment a regulator's; software tells whether Google's services come
with the phone.
"""


@entity
class Statement:
    """
    What somebody with a say stated of phones.

    Attributes:
        id: Of the record that it stands in, `us/xiaomi`.

        kind: A key of `EFFECTS`.

        effect: One of that key's words. `not_tested` is an answer that settles nothing.

        who: Who says so.

        live: From when to when it holds.

        says: One sentence in our words.

        brands: First parts of device ids, `xiaomi`; all of these brands' phones are meant.

        devices: Ids of devices that are meant.

        models: Model numbers that are meant.

        carrier: Certification: id of the host. Empty for others.

        to: Authorisation: the id of the carrier, or the name of the seller, whom it is about; empty: every seller.

        country: Where it holds, ISO 3166; empty: everywhere.

        fcc_ids: Equipment: the numbers of the grants.

        sources: Ids.
    """

    id: str
    kind: str
    effect: str
    who: str
    live: Span
    says: str
    brands: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    carrier: str = ""
    to: str = ""
    country: str = ""
    fcc_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def means(self, variant: Variant) -> bool:
        """
        Whether a variant is among the phones that it is about.
        """
        return (
            variant.device.partition("/")[0] in self.brands
            or variant.device in self.devices
            or not self.models.isdisjoint(variant.models)
        )
