"""
Screening: listings through the gates.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from os import PathLike, fspath
from typing import Any

from bandcheck.database.catalog import Catalog
from bandcheck.database.front import as_day, default_catalog
from bandcheck.errors import FileUnusableError, UnknownCarrierError
from bandcheck.model.carrier import Carrier
from bandcheck.model.listing import Listing
from bandcheck.model.statement import Statement
from bandcheck.screening.case import Case
from bandcheck.screening.decision import Decision, ask_seller, decide, label
from bandcheck.screening.finding import Answer, Finding, Gate
from bandcheck.screening.gates.claims import claims
from bandcheck.screening.gates.identity import identity
from bandcheck.screening.gates.radio import bands, voice
from bandcheck.screening.gates.seller import seller
from bandcheck.screening.gates.software import software
from bandcheck.screening.gates.standing import authorisation, certification, regulator
from bandcheck.screening.listings.columns import recognise
from bandcheck.screening.listings.read import Skipped, listings_of, listings_of_values
from bandcheck.screening.listings.table import Input, open_table
from bandcheck.screening.policy import Policy, Waiver
from bandcheck.screening.radio import Place, Radio, place_of, radio_of
from bandcheck.screening.report import Screened, ScreenReport
from bandcheck.screening.resolve import Resolved, resolve_words, words_of
from bandcheck.screening.stated import Statements

Listings = str | PathLike[str] | Iterable[Listing | Mapping[str, Any] | str]


def screen(
    listings: Listings,
    carrier: str | None = None,
    *,
    policy: Policy | str | PathLike[str] | None = None,
    on: dt.date | str | None = None,
    catalog: Catalog | None = None,
    columns: Mapping[str, str] | None = None,
    form: str | None = None,
    encoding: str | None = None,
) -> ScreenReport:
    """
    Decide of each listing of a catalogue: list it, list it with a label, hold it and ask, or block it; with the
    reasons.

    Args:
        listings: A file (CSV, TSV, JSON, JSON Lines, Parquet; `-` is stdin); or the listings, each as a mapping with
            keys such as `title`, `brand`, `model_number`, `seller`, or as a mere title.

        carrier: A name, an alias, an id or a PLMN. None: every listing names its own, under `carrier`.

        policy: What is asked of a listing: a policy, or the path of one; None is the default policy.

        on: The day of publication; None is today. A listing may have its own, under `on`.

        catalog: Another database than the one that bandcheck comes with.

        columns: For files: which column holds which field, where the names do not tell: `{"title": "Bezeichnung 2"}`.

        form: For files: `csv`, `tsv`, `json`, `jsonl` or `parquet`; None: by the suffix.

        encoding: For files of text; None: UTF-8, or what a byte order mark says.

    Raises:
        FileUnusableError: The file cannot be read, names no phone in any column, or has no listing that can be read.

        UnknownCarrierError: No carrier of that name.

        DataError: The policy has problems; all of them.

        InvalidDateError: No such day.
    """
    screener = Screener(
        catalog or default_catalog(),
        policy if isinstance(policy, Policy) else Policy.load(policy),
        as_day(on),
        carrier,
    )
    asks = carrier is not None
    if isinstance(listings, str | PathLike):
        path = fspath(listings)
        with open_table(path, form, encoding) as (table, source):
            found = recognise(table.names, columns or {}, path, asks)
            rows = list(listings_of(table, found))
        if not any(isinstance(row, Listing) for row in rows):
            raise FileUnusableError(path, _none_read([row for row in rows if isinstance(row, Skipped)]))
        named = {field: found.names[place] for field, place in found.places.items()}
        return screener.screen(rows, source, named)
    rows = list(listings_of_values(listings, asks))
    return screener.screen(rows, Input("", _digest(rows)), {})


def _none_read(skipped: list[Skipped]) -> str:
    if not skipped:
        return "there is no listing below the header."
    first = skipped[0]
    count = "its only row" if len(skipped) == 1 else f"any of its {len(skipped):,} rows"
    return f"{count} cannot be read. Row {first.row}: {first.why}."


def _digest(rows: list[Listing | Skipped]) -> str:
    """
    A hash of listings that came as values.
    """
    told = [dict(r.original) or {"title": r.title} if isinstance(r, Listing) else r._asdict() for r in rows]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode(errors="replace")).hexdigest()


class Screener:
    """
    Screens listings by one policy on one database. What many listings share is worked out once: the phone of the same
    words, the verdicts on the same phone, carrier and day.
    """

    def __init__(
        self, catalog: Catalog, policy: Policy, on: dt.date, carrier: str | None = None, *, brief: bool = False
    ) -> None:
        """
        Args:
            brief: Gates give their own reasons alone, without the facts that they rest on.

        Raises:
            UnknownCarrierError: No carrier of that name, or none of the id of a host that the policy names.
        """
        for host in () if isinstance(policy.hosts, str) else sorted(policy.hosts):
            catalog.carrier(host)
        self.catalog = catalog
        self.policy = policy
        self.on = on
        self.carrier = catalog.find_carrier(carrier) if carrier is not None else None
        self._brief = brief
        self._statements = Statements(catalog.statements)
        self._carriers: dict[str, Carrier | None] = {}
        self._phones: dict[tuple[str, str], Resolved] = {}
        self._places: dict[tuple[str, dt.date], Place] = {}
        self._radios: dict[tuple[object, ...], Radio] = {}
        self._stated: dict[tuple[object, ...], tuple[Statement, ...]] = {}
        self._shared: dict[tuple[object, ...], dict[Gate, Finding]] = {}

    def screen(self, rows: Iterable[Listing | Skipped], source: Input, columns: Mapping[str, str]) -> ScreenReport:
        """
        The report on the rows of a catalogue.
        """
        done: list[Screened] = []
        skipped: list[Skipped] = []
        for row in rows:
            one = row if isinstance(row, Skipped) else self.one(row)
            if isinstance(one, Skipped):
                skipped.append(one)
            else:
                done.append(one)
        waivers = self.policy.waivers_by_use({waiver for one in done for waiver in one.waived}, self.on)
        return ScreenReport(
            on=self.on,
            carrier=self.carrier,
            policy=self.policy,
            data_version=self.catalog.version,
            listings=tuple(done),
            skipped=tuple(skipped),
            input=source,
            columns=columns,
            waivers_expired=waivers.expired,
            waivers_unused=waivers.unused,
            sources=self.catalog.sources,
        )

    def one(self, listing: Listing) -> Screened | Skipped:
        """
        One listing. Skipped if its own carrier is not known, or if nobody says which carrier is meant.
        """
        carrier = self.carrier
        if listing.carrier:
            carrier = self._carrier(listing.carrier)
            if carrier is None:
                return Skipped(listing.row, f"no carrier answers to {listing.carrier!r}")
        if carrier is None:
            return Skipped(listing.row, "no carrier is named, in the row or for all (-c)")
        phone = self._phone(listing)
        place = self._place(carrier, listing.on or self.on)
        meant = phone.device and phone.device.id, tuple(v.key for v in phone.variants), phone.brands
        if meant not in self._stated:
            self._stated[meant] = self._statements.of(phone)
        key = *meant, place.carrier.id, place.on
        if key not in self._radios:
            self._radios[key] = radio_of(phone, place, self.policy.horizon(place.on), self.catalog)
        case = Case(listing, phone, place, self._radios[key], self.policy, self._stated[meant], self._brief)
        shared = self._shared.get(key)
        if shared is None:
            shared = self._shared[key] = shared_gates(case)
        findings = gates(case, shared)
        waived = tuple(w for w in self.policy.waivers if _waives(w, case, findings))
        return judged(case, findings, waived)

    def _carrier(self, name: str) -> Carrier | None:
        if name not in self._carriers:
            try:
                self._carriers[name] = self.catalog.find_carrier(name)
            except UnknownCarrierError:
                self._carriers[name] = None
        return self._carriers[name]

    def _phone(self, listing: Listing) -> Resolved:
        key = words_of(listing), listing.brand
        if key not in self._phones:
            self._phones[key] = resolve_words(*key, self.catalog)
        return self._phones[key]

    def _place(self, carrier: Carrier, on: dt.date) -> Place:
        key = carrier.id, on
        if key not in self._places:
            self._places[key] = place_of(self.catalog, carrier, on, self.policy.hosts)
        return self._places[key]


def shared_gates(case: Case) -> dict[Gate, Finding]:
    """
    What the gates say that ask nothing of a listing but which phone it is: the same for all listings of it.
    """
    return {Gate.BANDS: bands(case), Gate.VOICE: voice(case), Gate.CERTIFICATION: certification(case)}


def gates(case: Case, shared: Mapping[Gate, Finding] | None = None) -> dict[Gate, Finding]:
    """
    What each gate says of a case, in their order.

    Args:
        shared: What `shared_gates` says of this phone, carrier and day; None: ask them.
    """
    known = shared_gates(case) if shared is None else shared
    authorised = authorisation(case)
    return {
        Gate.IDENTITY: identity(case),
        Gate.BANDS: known[Gate.BANDS],
        Gate.VOICE: known[Gate.VOICE],
        Gate.CERTIFICATION: known[Gate.CERTIFICATION],
        Gate.AUTHORISATION: authorised,
        Gate.REGULATOR: regulator(case),
        Gate.CLAIMS: claims(case, known[Gate.CERTIFICATION], authorised),
        Gate.SOFTWARE: software(case),
        Gate.SELLER: seller(case),
    }


def judged(case: Case, findings: Mapping[Gate, Finding], waived: tuple[Waiver, ...] = ()) -> Screened:
    """
    The decision that follows from findings.

    Args:
        waived: Waivers that lift a gate's answer from this listing. The answer stays in the report.
    """
    lifted = {waiver.gate for waiver in waived}
    count = {gate: finding for gate, finding in findings.items() if gate not in lifted}
    weights = case.policy.gates
    decision = decide({gate: finding.answer for gate, finding in count.items()}, weights)
    return Screened(
        listing=case.listing,
        phone=case.phone,
        place=case.place,
        decision=decision,
        findings=findings,
        waived=waived,
        label=label(count, weights) if decision is Decision.LABEL else "",
        ask_seller=ask_seller(case.listing.name, count, weights) if decision >= Decision.HOLD else "",
        radio=case.radio.now,
    )


def _waives(waiver: Waiver, case: Case, findings: Mapping[Gate, Finding]) -> bool:
    """
    Whether a waiver is about a listing, in force, and of any use.
    """
    if waiver.expires < case.place.on or findings[waiver.gate].answer not in (Answer.FAIL, Answer.UNKNOWN):
        return False
    device = case.phone.device.id if case.phone.device else ""
    if waiver.device and waiver.device != device:
        return False
    return not waiver.listing or waiver.listing in (case.listing.sku, case.listing.title)
