"""
The words that reports for people share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from bandcheck.model.dates import say_day
from bandcheck.screening.baseline import Change
from bandcheck.screening.codes import SCREEN_CODES
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.policy import Hardness, Waiver
from bandcheck.screening.report import Screened, ScreenReport

MARKS = {Answer.PASS: "✓", Answer.FAIL: "✗", Answer.UNKNOWN: "?", Answer.NOTE: "·"}
"""A mark for each answer; a word stands beside it wherever there is room."""

TITLES = {
    Gate.IDENTITY: "Identity",
    Gate.BANDS: "Bands",
    Gate.VOICE: "Calls",
    Gate.CERTIFICATION: "Certified",
    Gate.AUTHORISATION: "Authorised",
    Gate.REGULATOR: "Regulator",
    Gate.CLAIMS: "Claims",
    Gate.SOFTWARE: "Software",
    Gate.SELLER: "Seller",
}

_TOP = 4

DECISIONS = {"block": "Block", "hold": "Hold", "label": "List with label", "list": "List"}


def title(report: ScreenReport) -> str:
    """
    What was screened: `4 listings for US Mobile (network: T-Mobile US)`.
    """
    count = len(report.listings)
    return f"{count:,} listing{'' if count == 1 else 's'}{f' for {where(report)}' if report.carrier else ''}"


def where(report: ScreenReport) -> str:
    """
    The carrier and its networks that day.
    """
    if report.carrier is None:
        return "the carrier of each row"
    hosts = next((s.place.hosts for s in report.listings if s.place.carrier.id == report.carrier.id), ())
    names = [host.name for host in hosts if host.id != report.carrier.id]
    return report.carrier.name + (f" (network: {', '.join(names)})" if names else "")


def as_of(report: ScreenReport) -> str:
    """
    The day; where listings have days of their own, that too.
    """
    own = any(screened.place.on != report.on for screened in report.listings)
    return f"{say_day(report.on)}, or the day of the row" if own else say_day(report.on)


def own_place(report: ScreenReport, screened: Screened) -> str:
    """
    The carrier and the day of a listing, `T-Mobile US, 1 Mar 2014`, as far as they are its own; else empty.
    """
    carrier = "" if report.carrier else screened.place.carrier.name
    day = say_day(screened.place.on) if screened.place.on != report.on else ""
    return ", ".join(part for part in (carrier, day) if part)


def stamps(report: ScreenReport) -> list[tuple[str, str]]:
    """
    What ties a report to its day, policy, facts and input.
    """
    count = len(report.skipped)
    top = often(report)
    return [
        ("As of", as_of(report)),
        ("Policy", report.policy.name),
        ("Data", report.data_version),
        ("Input", f"{report.input.name or 'values'}, sha256 {report.input.sha256[:16]}…"),
        ("Rows", f"{report.rows_read:,} read, {count:,} skipped"),
        *([("Most often", top)] if top else []),
    ]


def often(report: ScreenReport) -> str:
    """
    What most often blocks or holds, `12 No record of certification (BC413)`; empty if nothing does.
    """
    counts: Counter[str] = Counter()
    for screened in report.listings:
        waived = {waiver.gate for waiver in screened.waived}
        counts.update(
            finding.reasons[0].code
            for gate, finding in screened.findings.items()
            if report.policy.gates[gate] is Hardness.HARD
            and finding.answer in (Answer.FAIL, Answer.UNKNOWN)
            and gate not in waived
        )
    return " · ".join(f"{count:,} {SCREEN_CODES[code].title} ({code})" for code, count in counts.most_common(_TOP))


def price(screened: Screened) -> str:
    """
    The price with its currency; empty if none is given.
    """
    listing = screened.listing
    return " ".join(part for part in (listing.price, listing.currency) if part)


def say_waiver(waiver: Waiver) -> str:
    """
    A waiver in a line.
    """
    about = " of ".join(part for part in (waiver.gate.value, waiver.listing or waiver.device) if part)
    more = f" ({waiver.evidence})" if waiver.evidence else ""
    return f"{about}, until {say_day(waiver.expires)}, by {waiver.owner}: {waiver.reason}{more}"


def waivers(report: ScreenReport) -> list[tuple[str, str]]:
    """
    Every waiver of the policy, as (`used`, `expired` or `unused`, the waiver in a line).
    """
    used = dict.fromkeys(waiver for screened in report.listings for waiver in screened.waived)
    return [
        *(("used", say_waiver(waiver)) for waiver in used),
        *(("expired", say_waiver(waiver)) for waiver in report.waivers_expired),
        *(("unused", say_waiver(waiver)) for waiver in report.waivers_unused),
    ]


def what_changed(change: Change, decision: Callable[[str], str] = str) -> str:
    """
    The decision and the gates that have another answer than before: `hold → block; Authorisation unknown → fail`.

    Args:
        decision: How decisions are written.
    """
    told = [f"{TITLES[gate]} {before} → {now}" for gate, (before, now) in change.gates.items()]
    before, now = map(decision, change.decision)
    return "; ".join([f"{before} → {now}", *told] if before != now else told)
