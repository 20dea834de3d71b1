"""
Questions to the catalog: what will this phone get here, everywhere, through time; which phones get it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bandcheck.database.catalog import Catalog
from bandcheck.matching.report import Network, Report, report
from bandcheck.model.bands import BandSet, KnownBands
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Capability, Device, Variant

if TYPE_CHECKING:
    from bandcheck.database.phones import Phone
    from bandcheck.matching.summary import Summary
    from bandcheck.matching.timeline import Stretch

Phones = list[tuple[Device | None, Variant]]


def phones_for(catalog: Catalog, device: str | BandSet | Capability, model: str | None = None) -> Phones:
    """
    The variants that a question is about.

    Args:
        device: A name, model number or id; or a full statement of a phone's bands; or its capability.

    Raises:
        UnknownDeviceError: No phone of that name.

        InvalidBandError: A band that does not exist.
    """
    if isinstance(device, str):
        return [(d, v) for d, v in catalog.find_device(device, model)]
    if isinstance(device, BandSet):
        device = Capability(KnownBands.exactly(catalog.spectrum.require(device)))
    return [(None, Variant.of_bands(device))]


def networks_for(catalog: Catalog, carrier: Carrier, on: dt.date) -> list[Network]:
    """
    The networks on which a carrier's customers are on a day: its own, or an MVNO's hosts.
    """
    if carrier.kind == "network":
        return [Network(catalog.timetable(carrier.id))]
    hosting, stated = carrier.hosting(on)
    if hosting is None:
        return []
    as_of = hosting.as_of.last
    return [
        Network(catalog.timetable(n), carrier, brand, stated, hosting.partial, as_of) for n, brand in hosting.networks
    ]


def ask(
    catalog: Catalog,
    device: str | BandSet | Capability,
    carrier: str,
    on: dt.date,
    model: str | None = None,
) -> Report:
    """
    What a phone gets on a carrier on a day.

    Raises:
        UnknownDeviceError, UnknownCarrierError: Nothing of that name.

        InvalidBandError: A band that does not exist.
    """
    phones = phones_for(catalog, device, model)
    operator = catalog.find_carrier(carrier)
    return _report(catalog, device, carrier, on, phones, operator)


def _report(catalog: Catalog, device: object, carrier: str, on: dt.date, phones: Phones, operator: Carrier) -> Report:
    networks = networks_for(catalog, operator, on)
    return report(
        str(device) if not isinstance(device, Capability) else "given bands",
        carrier,
        on,
        phones,
        networks,
        catalog.sources,
        catalog.version,
    )


def everywhere(
    catalog: Catalog,
    device: str | BandSet | Capability,
    on: dt.date,
    country: str | None = None,
    model: str | None = None,
) -> Iterator[tuple[Carrier, Report]]:
    """
    What a phone gets on every carrier, in the order of ids; of one country (ISO 3166) if given.

    Raises:
        UnknownDeviceError: No phone of that name.
    """
    phones = phones_for(catalog, device, model)
    for operator in catalog.carriers(country):
        yield operator, _report(catalog, device, operator.id, on, phones, operator)


def phones_on(
    catalog: Catalog,
    carrier: str,
    on: dt.date,
    brand: str | None = None,
) -> Iterator[tuple[Phone, Summary]]:
    """
    What every phone that was out by then gets on a carrier, in the order of ids; of one brand if given.

    Raises:
        UnknownCarrierError: No carrier of that name.
    """
    from bandcheck.database.phones import Phones

    operator = catalog.find_carrier(carrier)
    phones = catalog.phones if brand is None else Phones.of_catalog(catalog, brand)
    return phones.answers(networks_for(catalog, operator, on), on, catalog.sources)


def through_time(
    catalog: Catalog, device: str | BandSet | Capability, carrier: str, model: str | None = None
) -> tuple[Stretch, ...]:
    """
    How the answer changes: over all days on which the plan of any network that the carrier ever used, its hosts,
    its policies or the phone's firmware change.

    Raises:
        UnknownDeviceError, UnknownCarrierError: Nothing of that name.
    """
    from bandcheck.matching.timeline import timeline

    phones = phones_for(catalog, device, model)
    operator = catalog.find_carrier(carrier)
    days = operator.turns()
    for hosting in operator.hostings:
        for network, _ in hosting.networks:
            days |= catalog.carrier(network).turns()
    days |= _firmware_days(variant for _, variant in phones)
    return timeline(lambda day: _report(catalog, device, carrier, day, phones, operator), days)


def _firmware_days(variants: Iterable[Variant]) -> set[dt.date]:
    return {start for variant in variants for start, _ in variant.states if start > dt.date.min}
