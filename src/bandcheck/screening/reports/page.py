"""
One HTML file: nothing is fetched, nothing runs, it prints on A4, reads well in the dark, and says in words what it
shows in colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bandcheck.screening.baseline import Comparison
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.report import NOTICE, Screened, ScreenReport
from bandcheck.screening.reports.cells import escaped as safe
from bandcheck.screening.reports.cells import web_address
from bandcheck.screening.reports.said import DECISIONS, MARKS, TITLES, price, stamps, title, waivers, what_changed

STYLE = Path(__file__).with_name("page.css")
"""How the page looks; it stands in the page."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: show it, with the style that stands in it."""


def html_text(report: ScreenReport, comparison: Comparison | None = None) -> str:
    """
    The report as one HTML file.
    """
    return "\n".join(_lines(report, comparison)) + "\n"


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
    for screened in report.listings:
        if screened.decision is not Decision.LIST:
            yield from _card(report, screened)
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
    yield f"</main>\n<footer><p>{safe(NOTICE)}</p></footer>\n</body>\n</html>"


def _counter(word: str, count: int) -> str:
    return f'<li class="{word}"><b>{count:,}</b>{DECISIONS[word]}</li>'


def _table(report: ScreenReport) -> Iterator[str]:
    heads = ["Row", "Listing", "Decision", *(TITLES[gate] for gate in Gate)]
    yield '<div class="scroll" tabindex="0" role="region" aria-label="All listings"><table>'
    yield "<caption>Every listing with what each gate says. ✓ pass, ✗ fail, ? unknown, · note.</caption>"
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>"
    for screened in report.listings:
        word = screened.decision.word
        cost = price(screened)
        name = safe(screened.listing.name) + (f"<br><small>{safe(cost)}</small>" if cost else "")
        answers = "".join(
            f'<td class="{f.answer.value}">{MARKS[f.answer]} {f.answer.value}</td>' for f in screened.findings.values()
        )
        yield (
            f'<tr><td>{screened.row}</td><th scope="row">{name}</th>'
            f'<td class="{word}">{DECISIONS[word]}</td>{answers}</tr>'
        )
    yield "</tbody></table></div>"


def _card(report: ScreenReport, screened: Screened) -> Iterator[str]:
    word, name = screened.decision.word, safe(screened.listing.name)
    yield f'<article><h2>Row {screened.row} · {name} · <span class="{word}">{DECISIONS[word]}</span></h2><ul>'
    for gate, finding in screened.findings.items():
        if finding.answer is Answer.PASS:
            continue
        first, *rest = (_reason(report, r.code, r.text, r.sources) for r in finding.reasons)
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
        yield f"<p><b>Message for the seller</b></p><pre>{safe(screened.ask_seller)}</pre>"
    yield "</article>"


def _reason(report: ScreenReport, code: str, text: str, ids: tuple[str, ...]) -> str:
    links = []
    for source in (report.sources[i] for i in ids):
        url = web_address(source.url)
        name = safe(source.title)
        links.append(f'<a href="{safe(url)}" rel="noreferrer">{name}</a>' if url else name)
    evidence = f" <small>({', '.join(links)})</small>" if links else ""
    return f"<code>{code}</code> {safe(text)}{evidence}"


def _changes(comparison: Comparison) -> Iterator[str]:
    yield '<section aria-labelledby="changes">'
    yield f'<h2 id="changes">Changed since the screening of {safe(comparison.on)}</h2><ul>'
    for change in comparison.changed:
        told = safe(what_changed(change))
        yield f"<li>{safe(change.screened.listing.name)}: {told}. {safe(' '.join(change.why))}</li>"
    yield from (f"<li>new: {safe(screened.listing.name)}</li>" for screened in comparison.added)
    yield from (f"<li>gone: {safe(name)}</li>" for name in comparison.removed)
    yield f"<li>unchanged: {comparison.unchanged}</li></ul></section>"
