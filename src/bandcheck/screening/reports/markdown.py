"""
Markdown, for tickets and chats.
"""

from __future__ import annotations

from collections.abc import Iterator

from bandcheck.screening.baseline import Comparison
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.report import NOTICE, Screened, ScreenReport
from bandcheck.screening.reports.cells import markdown as safe
from bandcheck.screening.reports.cells import web_address
from bandcheck.screening.reports.said import (
    DECISIONS,
    MARKS,
    TITLES,
    own_place,
    price,
    stamps,
    title,
    waivers,
    what_changed,
)


def markdown_pieces(report: ScreenReport, comparison: Comparison | None = None) -> Iterator[str]:
    """
    The report as Markdown, line by line.
    """
    yield from (f"{line}\n" for line in _lines(report, comparison))


def _lines(report: ScreenReport, comparison: Comparison | None) -> Iterator[str]:
    yield f"# Screening of {safe(title(report))}"
    yield ""
    for label, text in stamps(report):
        yield f"- {label}: {safe(text)}"
    yield f"- Decisions: {', '.join(f'{n} {word}' for word, n in report.counts.items())}"
    yield ""
    heads = ["Row", "Listing", "Price", "Decision", *(TITLES[gate] for gate in Gate)]
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for screened in report.listings:
        marks = [f"{MARKS[f.answer]} {f.answer.value}" for f in screened.findings.values()]
        cells = [
            str(screened.row),
            safe(", ".join(part for part in (screened.listing.name, own_place(report, screened)) if part)),
            safe(price(screened)),
            DECISIONS[screened.decision.word],
        ]
        yield f"| {' | '.join([*cells, *marks])} |"
    if comparison is not None:
        yield from _changes(comparison)
    for screened in report.listings:
        if screened.decision is not Decision.LIST:
            yield from _card(report, screened)
    if report.skipped:
        yield from ("", "## Skipped", "")
        yield from (f"- Row {skipped.row}: {safe(skipped.why)}" for skipped in report.skipped)
    told = waivers(report)
    if told:
        yield from ("", "## Waivers", "")
        yield from (f"- {state}: {safe(text)}" for state, text in told)
    yield from ("", NOTICE)


def _card(report: ScreenReport, screened: Screened) -> Iterator[str]:
    where = own_place(report, screened)
    name = f"{screened.listing.name} ({where})" if where else screened.listing.name
    yield from ("", f"## Row {screened.row}: {safe(name)}: {DECISIONS[screened.decision.word]}", "")
    for gate, finding in screened.findings.items():
        if finding.answer is Answer.PASS:
            continue
        for number, reason in enumerate(finding.reasons):
            mark = f"- {MARKS[finding.answer]} **{TITLES[gate]}**" if number == 0 else "  -"
            yield f"{mark} {reason.code} {safe(reason.text)}{_sources(report, reason.sources)}"
    if screened.listing.note:
        yield from ("", f"Note: {safe(screened.listing.note)}")
    if screened.label:
        yield from ("", f"Label: {safe(screened.label)}")
    if screened.ask_seller:
        yield from ("", f"> {safe(screened.ask_seller)}")


def _sources(report: ScreenReport, ids: tuple[str, ...]) -> str:
    links = []
    for source in (report.sources[i] for i in ids):
        url = _link(source.url)
        links.append(f"[{safe(source.title)}]({url})" if url else safe(source.title))
    return f" ({', '.join(links)})" if links else ""


def _link(url: str | None) -> str | None:
    found = web_address(url)
    return found.replace("(", "%28").replace(")", "%29").replace(" ", "%20") if found else None


def _changes(comparison: Comparison) -> Iterator[str]:
    yield from ("", f"## Changed since the screening of {safe(comparison.on)}", "")
    for change in comparison.changed:
        yield f"- {safe(change.screened.listing.name)}: {what_changed(change)}. {safe(' '.join(change.why))}"
    yield from (f"- new: {safe(screened.listing.name)}" for screened in comparison.added)
    yield from (f"- gone: {safe(name)}" for name in comparison.removed)
    yield f"- unchanged: {comparison.unchanged}"
