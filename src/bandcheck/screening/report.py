"""
The outcome of a screening: every listing with its decision and reasons, and what was left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from attrs import field

from bandcheck.matching.reasons import Reason
from bandcheck.matching.report import Report
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.carrier import Carrier
from bandcheck.model.entity import entity
from bandcheck.model.listing import Listing
from bandcheck.model.sources import Source
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Finding, Gate
from bandcheck.screening.gates.seller import GENUINENESS
from bandcheck.screening.listings.read import Skipped
from bandcheck.screening.listings.table import Input
from bandcheck.screening.policy import Policy, Waiver, Waivers
from bandcheck.screening.radio import Place
from bandcheck.screening.resolve import Resolved

SCHEMA = "bandcheck.screen/1"
SUMMARY = "bandcheck.screen-summary/1"
"""Of what stands before the listings, where these are in a file of their own."""

NOTICE = f"? means that there is no evidence: neither a pass nor a fail. {GENUINENESS} This is no legal advice."
"""On every report that people read."""


@entity
class Screened:
    """
    One listing, screened.

    Attributes:
        listing: The seller's words.

        phone: Which phone they name.

        place: Where and when it was to be sold.

        decision: What to do with it.

        findings: What each gate says, in their order.

        waived: Waivers that were used on it.

        label: What buyers have to be told; empty unless it is to be listed with a label.

        ask_seller: A message that would settle what is open; empty if nothing is, or if it is to be listed.

        radio: The verdicts on the day; None if there are none.
    """

    listing: Listing
    phone: Resolved
    place: Place
    decision: Decision
    findings: Mapping[Gate, Finding]
    waived: tuple[Waiver, ...] = ()
    label: str = ""
    ask_seller: str = ""
    radio: Report | None = None

    @property
    def row(self) -> int:
        """
        Its place in the catalogue.
        """
        return self.listing.row

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """
        Every reason, in the order of the gates.
        """
        return tuple(reason for finding in self.findings.values() for reason in finding.reasons)

    @property
    def outcome(self) -> str:
        """
        As of a verdict; `unknown` without one.
        """
        return self.radio.outcome if self.radio else "unknown"

    @property
    def worst(self) -> str | None:
        """
        The lowest certain level; None without a verdict.
        """
        return OUTCOMES[self.radio.worst] if self.radio else None

    @property
    def best(self) -> str | None:
        """
        The highest possible level; None without a verdict.
        """
        return OUTCOMES[self.radio.best] if self.radio else None

    def to_dict(self) -> dict[str, Any]:
        """
        As under `listings` in the JSON of a screening.
        """
        listing, device = self.listing, self.phone.device
        return {
            "row": self.row,
            "sku": listing.sku or None,
            "title": listing.name,
            "decision": self.decision.word,
            "gates": {gate.value: finding.answer.value for gate, finding in self.findings.items()},
            "outcome": self.outcome,
            "worst": self.worst,
            "best": self.best,
            "device": device.id if device else None,
            "models": list(self.phone.models),
            "carrier": self.place.carrier.id,
            "on": self.place.on.isoformat(),
            "reasons": [{"code": r.code, "text": r.text, "sources": list(r.sources)} for r in self.reasons],
            "label": self.label,
            "ask_seller": self.ask_seller,
            "waived": [_waiver(waiver) for waiver in self.waived],
            "note": listing.note,
        }


@entity
class ScreenReport:
    """
    A catalogue, screened.

    Attributes:
        on: The day that was asked about.

        carrier: The carrier that was asked about; None if every listing names its own.

        policy: What was asked of the listings.

        data_version: Of the facts.

        listings: In the order of the catalogue.

        skipped: Rows that could not be screened, with why. They passed nothing.

        input: The file, and a hash that ties the report to it.

        columns: Which column was taken for which field; empty where listings came as values.

        waivers_expired, waivers_unused: Waivers of the policy that are over, and that met no listing.

        sources: Of the facts, by id.
    """

    on: dt.date
    carrier: Carrier | None
    policy: Policy
    data_version: str
    listings: tuple[Screened, ...]
    skipped: tuple[Skipped, ...]
    input: Input
    columns: Mapping[str, str] = field(factory=dict)
    waivers_expired: tuple[Waiver, ...] = ()
    waivers_unused: tuple[Waiver, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict)

    @property
    def rows_read(self) -> int:
        """
        Listings and skipped rows together.
        """
        return len(self.listings) + len(self.skipped)

    @property
    def counts(self) -> dict[str, int]:
        """
        How many listings got each decision, the hardest first.
        """
        return {d.word: sum(s.decision is d for s in self.listings) for d in reversed(Decision)}

    @property
    def used_sources(self) -> dict[str, Source]:
        """
        The sources that reasons rest on, by id.
        """
        used = {i for screened in self.listings for reason in screened.reasons for i in reason.sources}
        return {i: self.sources[i] for i in sorted(used) if i in self.sources}

    def to_dict(self) -> dict[str, Any]:
        """
        The JSON of `bandcheck screen -f json`; its keys are a promise.
        """
        return {
            **self.head(),
            "listings": [screened.to_dict() for screened in self.listings],
            "skipped": [skipped._asdict() for skipped in self.skipped],
            "sources": {
                i: {"kind": s.kind, "title": s.title, "url": s.url, "date": s.date}
                for i, s in self.used_sources.items()
            },
        }

    def head(self) -> dict[str, Any]:
        """
        What stands before the listings: every report has it in some form.
        """
        return head_of(
            Asked(self.on, self.carrier, self.policy, self.data_version, self.columns),
            self.input,
            self.rows_read,
            len(self.skipped),
            self.counts,
            Waivers(
                tuple(dict.fromkeys(w for s in self.listings for w in s.waived)),
                self.waivers_expired,
                self.waivers_unused,
            ),
        )


class Asked(NamedTuple):
    """
    What a screening was asked; as of `ScreenReport`.
    """

    on: dt.date
    carrier: Carrier | None
    policy: Policy
    data_version: str
    columns: Mapping[str, str]


def head_of(
    asked: Asked, source: Input, rows: int, skipped: int, counts: Mapping[str, int], waivers: Waivers
) -> dict[str, Any]:
    """
    What every report of a screening has in some form.

    Args:
        source: What was screened.

        rows, skipped: How many rows it has, and how many of them could not be screened.

        counts: How many got each decision, the hardest first.

        waivers: What came of the policy's waivers.
    """
    return {
        "schema": SCHEMA,
        "on": asked.on.isoformat(),
        "carrier": asked.carrier.id if asked.carrier else None,
        "policy": asked.policy.name,
        "data_version": asked.data_version,
        "input": {
            "name": source.name,
            "sha256": source.sha256,
            "rows": rows,
            "skipped": skipped,
            "columns": dict(asked.columns),
        },
        "counts": dict(counts),
        "waivers": {state: [_waiver(w) for w in found] for state, found in waivers._asdict().items()},
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    told = {
        "gate": waiver.gate.value,
        "listing": waiver.listing,
        "device": waiver.device,
        "owner": waiver.owner,
        "reason": waiver.reason,
        "expires": waiver.expires.isoformat(),
        "evidence": waiver.evidence,
    }
    return {key: value for key, value in told.items() if value}
