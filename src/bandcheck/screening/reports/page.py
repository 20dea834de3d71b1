"""
One HTML file: nothing is fetched, nothing runs, it prints on A4, reads well in the dark, and says in words what it
shows in colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bandcheck.matching.reasons import Reason
from bandcheck.screening.baseline import Comparison
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.report import NOTICE, Screened, ScreenReport
from bandcheck.screening.reports.cells import escaped as safe
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

STYLE = Path(__file__).with_name("page.css")
"""How the page looks; it stands in the page."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: show it, with the style that stands in it."""


def html_pieces(report: ScreenReport, comparison: Comparison | None = None) -> Iterator[str]:
    """
    The report as one HTML file, line by line.
    """
    yield from (f"{line}\n" for line in _lines(report, comparison))


def _lines(report: ScreenReport, comparison: Comparison | None) -> Iterator[str]:
    heading = f"Screening of {safe(title(report))}"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    style = STYLE.read_text(encoding="utf-8")
    yield f"<title>{heading}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<header>\n<h1>{heading}</h1>\n<dl>"
    for name, text in stamps(report):
        yield f"<div><dt>{name}</dt><dd>{safe(text)}</dd></div>"
    counters = "".join(_counter(word, count) for word, count in report.counts.items())
    yield f'</dl>\n</header>\n<main>\n<ul class="counts">{counters}</ul>'
    yield from _table(report)
    if comparison is not None:
        yield from _changes(comparison)
    numbers = _numbers(report)
    for place, screened in enumerate(report.listings):
        if screened.decision is not Decision.LIST:
            yield from _card(report, screened, place, numbers)
    if report.skipped:
        yield '<section aria-labelledby="skipped"><h2 id="skipped">Skipped rows: not screened, and no pass</h2><ul>'
        yield from (f"<li>Row {skipped.row}: {safe(skipped.why)}</li>" for skipped in report.skipped)
        yield "</ul></section>"
    told = waivers(report)
    yield '<section aria-labelledby="waivers"><h2 id="waivers">Waivers</h2>'
    if told:
        yield "<ul>"
        yield from (f"<li>{state}: {safe(text)}</li>" for state, text in told)
        yield "</ul></section>"
    else:
        yield "<p>None.</p></section>"
    if numbers:
        yield from _sources(report, numbers)
    yield f"</main>\n<footer><p>{safe(NOTICE)}</p></footer>\n</body>\n</html>"


def _numbers(report: ScreenReport) -> dict[str, int]:
    """
    A number for each source of the reasons that are shown, in the order in which they are met.
    """
    shown = (s for s in report.listings if s.decision is not Decision.LIST)
    findings = (f for s in shown for f in s.findings.values() if f.answer is not Answer.PASS)
    ids = dict.fromkeys(i for finding in findings for reason in finding.reasons for i in reason.sources)
    return {i: number for number, i in enumerate(ids, 1)}


def _counter(word: str, count: int) -> str:
    return f'<li class="{word}"><b>{count:,}</b>{DECISIONS[word]}</li>'


def _table(report: ScreenReport) -> Iterator[str]:
    heads = ["Row", "Listing", "Decision", *(TITLES[gate] for gate in Gate)]
    yield '<h2 id="all">All listings</h2>\n<div class="scroll" tabindex="0" role="region" aria-labelledby="all"><table>'
    yield "<caption>Every listing with what each gate says. ✓ pass, ✗ fail, ? unknown, · note.</caption>"
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>"
    for place, screened in enumerate(report.listings):
        word = screened.decision.word
        name = _name(screened)
        if screened.decision is not Decision.LIST:
            name = f'<a href="#listing-{place}">{name}</a>'
        beside = (price(screened), own_place(report, screened))
        more = "".join(f"<br><small>{safe(part)}</small>" for part in beside if part)
        answers = "".join(
            f'<td class="{f.answer.value}">{MARKS[f.answer]} {f.answer.value}</td>' for f in screened.findings.values()
        )
        yield (
            f'<tr><td>{screened.row}</td><th scope="row">{name}{more}</th>'
            f'<td class="{word}">{DECISIONS[word]}</td>{answers}</tr>'
        )
    yield "</tbody></table></div>"


def _name(screened: Screened) -> str:
    """
    What the listing is called, kept from turning the text around it if it is written from the right.
    """
    return f"<bdi>{safe(screened.listing.name)}</bdi>"


def _card(report: ScreenReport, screened: Screened, place: int, numbers: Mapping[str, int]) -> Iterator[str]:
    word, label = screened.decision.word, f"listing-{place}"
    told = "".join(f" · {part}" for part in (_name(screened), safe(own_place(report, screened))) if part)
    decision = f'<span class="{word}">{DECISIONS[word]}</span>'
    yield f'<article id="{label}" aria-labelledby="{label}-is">'
    yield f'<h2 id="{label}-is">Row {screened.row}{told} · {decision}</h2><ul>'
    for gate, finding in screened.findings.items():
        if finding.answer is Answer.PASS:
            continue
        first, *rest = (_reason(reason, numbers) for reason in finding.reasons)
        mark = f'<b class="{finding.answer.value}">{MARKS[finding.answer]} {TITLES[gate]}</b>'
        inner = "".join(f"<li>{text}</li>" for text in rest)
        more = f"<ul>{inner}</ul>" if rest else ""
        yield f"<li>{mark} {first}{more}</li>"
    yield "</ul>"
    if screened.listing.note:
        yield f"<p><b>Note:</b> {safe(screened.listing.note)}</p>"
    if screened.label:
        yield f"<p><b>Label:</b> {safe(screened.label)}</p>"
    if screened.ask_seller:
        yield f'<p><b>Message for the seller</b></p><p class="message">{safe(screened.ask_seller)}</p>'
    yield "</article>"


def _reason(reason: Reason, numbers: Mapping[str, int]) -> str:
    links = ", ".join(f'<a href="#source-{numbers[i]}">{numbers[i]}</a>' for i in reason.sources)
    word = "source" if len(reason.sources) == 1 else "sources"
    evidence = f" <small>({word} {links})</small>" if links else ""
    return f"<code>{reason.code}</code> {safe(reason.text)}{evidence}"


def _sources(report: ScreenReport, numbers: Mapping[str, int]) -> Iterator[str]:
    """
    Every source once, with its address spelled out: paper has no links.
    """
    yield '<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ol>'
    for i, number in numbers.items():
        source = report.sources[i]
        url = web_address(source.url)
        told = " ".join(part for part in (safe(source.title), source.date and f"({safe(source.date)})") if part)
        link = f'<br><a href="{safe(url)}" rel="noreferrer">{safe(url)}</a>' if url else ""
        yield f'<li id="source-{number}">{told}{link}</li>'
    yield "</ol></section>"


def _changes(comparison: Comparison) -> Iterator[str]:
    yield '<section aria-labelledby="changes">'
    yield f'<h2 id="changes">Changed since the screening of {safe(comparison.on)}</h2><ul>'
    for change in comparison.changed:
        told = safe(what_changed(change))
        yield f"<li>{_name(change.screened)}: {told}. {safe(' '.join(change.why))}</li>"
    yield from (f"<li>new: {_name(screened)}</li>" for screened in comparison.added)
    yield from (f"<li>gone: <bdi>{safe(name)}</bdi></li>" for name in comparison.removed)
    yield f"<li>unchanged: {comparison.unchanged}</li></ul></section>"
