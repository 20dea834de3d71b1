"""
Carriers: what an operator runs from when to when, whom an MVNO rents from, whom either lets in.
"""

from __future__ import annotations

import datetime as dt

from bandcheck.model.bands import BandSet, Rat
from bandcheck.model.dates import Date, Span
from bandcheck.model.entity import entity
from bandcheck.model.sources import Conflict, Trust


@entity
class Block:
    """
    A carrier's spectrum within a band, in kHz.

    Attributes:
        uplink_khz: Lower and upper edge; None if there is none or nobody recorded it.

        downlink_khz: Likewise.
    """

    uplink_khz: tuple[int, int] | None
    downlink_khz: tuple[int, int] | None


@entity
class Deployment:
    """
    One band on one carrier.

    Attributes:
        rat: Its technology.

        bands: One band; several where a source is ambiguous and means one of them; every band of the RAT if nobody
            recorded which.

        live: From when to when.

        prefer: Of several bands the conventional one; None if there is none.

        role: `core`, `coverage` or `capacity`; None if nobody says.

        extent: `nationwide`, `markets` or `sites`; None if nobody says.

        mfbi: Other bands that its cells broadcast; empty: known to broadcast none; None: unknown.

        mfbi_since: From when they do; None: as long as the band is live.

        block: The carrier's spectrum; None if unknown.

        evdo: CDMA only: with EV-DO (3G); False: 1X only (2G); None: unknown.

        beyond: Other RATs of this carrier that this one reaches further than.

        sources, trust, layer: Where the fact comes from.
    """

    rat: Rat
    bands: BandSet
    live: Span
    prefer: int | None = None
    role: str | None = None
    extent: str | None = None
    mfbi: BandSet | None = None
    mfbi_since: Date | None = None
    block: Block | None = None
    evdo: bool | None = None
    beyond: tuple[Rat, ...] = ()
    sources: tuple[str, ...] = ()
    trust: Trust = Trust.SINGLE
    layer: str = "bands"

    def turns(self) -> set[dt.date]:
        """
        The days on which what it offers may change.
        """
        days = self.live.turns()
        if self.mfbi_since is not None:
            days |= {self.mfbi_since.first, self.mfbi_since.last}
        return days


@entity
class PhoneClass:
    """
    Whom a policy is about. Several conditions: all must hold. None at all: every phone.

    Attributes:
        volte: False: phones known to have no VoLTE on this carrier; True: those known to have it; None: no matter.

        devices: Device ids; empty: no matter.

        models: Model numbers; empty: no matter.

        not_devices: Device ids that it is not about.

        without: RATs that the phone must be known to lack.

        sold_in: The variant must be known to be sold in one of these; empty: no matter.

        not_sold_in: The variant must be known to be sold, and in none of these; empty: no matter.
    """

    volte: bool | None = None
    devices: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    not_devices: frozenset[str] = frozenset()
    without: tuple[Rat, ...] = ()
    sold_in: frozenset[str] = frozenset()
    not_sold_in: frozenset[str] = frozenset()


@entity
class Policy:
    """
    A dated rule of a carrier about which phones it lets in.

    Attributes:
        name: A few words.

        effect: `accepted`, `conditional` or `refused`.

        live: From when to when.

        phones: Whom it is about.

        says: One sentence in our words.

        sources: Ids.
    """

    name: str
    effect: str
    live: Span
    phones: PhoneClass
    says: str
    sources: tuple[str, ...] = ()


@entity
class Hosting:
    """
    A statement of whose networks an MVNO sells.

    Attributes:
        as_of: The day on which it was so.

        networks: Carrier ids with the MVNO's own name for each (`Warp`), empty if it has none.

        sources: Ids.

        partial: The source may leave out other networks (it tells which SIMs are the MVNO's, or of one network alone).
    """

    as_of: Date
    networks: tuple[tuple[str, str], ...]
    sources: tuple[str, ...] = ()
    partial: bool = False


@entity
class Carrier:
    """
    The operator of a network, or an MVNO.

    Attributes:
        id: `country/name`, also the path of its file.

        name: As people write it.

        kind: `network` or `mvno`.

        aliases: Other names.

        plmns: `310-260`; text, as MNC 26 and 026 differ.

        deployments: The dated plan; empty for an MVNO.

        recorded: RATs of which the plan is complete. Any other RAT is unknown.

        standalone: When NR ran without LTE. None: unknown. Empty: never.

        policies, emergency: Dated rules about phones, and about emergency calls alone.

        hostings: An MVNO's hosts, in time order.

        conflicts: What sources disagree about.

        notes: For people.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    plmns: tuple[str, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    recorded: tuple[Rat, ...] = ()
    standalone: tuple[tuple[Span, tuple[str, ...]], ...] | None = None
    policies: tuple[Policy, ...] = ()
    emergency: tuple[Policy, ...] = ()
    hostings: tuple[Hosting, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def country(self) -> str:
        """
        ISO 3166 code, upper case.
        """
        return self.id.split("/")[0].upper()

    def hosting(self, on: dt.date) -> tuple[Hosting | None, bool]:
        """
        Whose networks an MVNO sold on a day, and whether the statement is from that day or before.

        Before the first statement the first one is given, with False. None if there is no statement. What was stated
        earlier goes on beside a partial statement.
        """
        if not self.hostings:
            return None, False
        said = [h for h in self.hostings if h.as_of.first <= on]
        if not said:
            return self.hostings[0], False
        holds = said.pop()
        while holds.partial and said:
            before = said.pop()
            known = dict(holds.networks)
            earlier = tuple((n, brand) for n, brand in before.networks if n not in known)
            sources = (*holds.sources, *before.sources)
            holds = Hosting(holds.as_of, (*holds.networks, *earlier), sources, holds.partial)
            if not before.partial:
                break
        return holds, True

    def turns(self) -> set[dt.date]:
        """
        The days on which an answer about this carrier may change.
        """
        days: set[dt.date] = set()
        for deployment in self.deployments:
            days |= deployment.turns()
        for span, _ in self.standalone or ():
            days |= span.turns()
        for policy in (*self.policies, *self.emergency):
            days |= policy.live.turns()
        return days | {h.as_of.first for h in self.hostings}
