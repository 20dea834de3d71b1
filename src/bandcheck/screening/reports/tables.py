"""
CSV: a row for each listing, in columns that stay; rows that could not be screened come last, with the decision
    `skipped`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.listings.read import Skipped
from bandcheck.screening.report import Screened, ScreenReport
from bandcheck.screening.reports.cells import plain, safe_cell

COLUMNS = (
    "row",
    "sku",
    "title",
    "decision",
    "label",
    "device",
    "models",
    "carrier",
    "on",
    "outcome",
    "worst",
    "best",
    *(gate.value for gate in Gate),
    "reason_codes",
    "reason_text",
    "ask_seller",
    "evidence",
    "waived",
    "policy",
    "data_version",
    "input_sha256",
    "rows_read",
    "rows_skipped",
)
"""The columns; new ones come at the end."""


def csv_pieces(report: ScreenReport, keep_input: bool = False) -> Iterator[str]:
    """
    The report as CSV, row by row.

    Args:
        keep_input: The catalogue's own columns stand on the left, as `input.NAME`.
    """
    return csv_of(report, report.listings, report.skipped, keep_input)


def csv_of(
    report: ScreenReport, listings: Iterable[Screened], skipped: Iterable[Skipped], keep_input: bool = False
) -> Iterator[str]:
    """
    Some listings and skipped rows of a report, as `csv_pieces` has them.
    """
    extra: dict[str, None] = {}
    for screened in report.listings if keep_input else ():
        extra.update(dict.fromkeys(screened.listing.original))
    yield _row([*(f"input.{name}" for name in extra), *COLUMNS])
    tail = [
        report.policy.name,
        report.data_version,
        report.input.sha256,
        str(report.rows_read),
        str(len(report.skipped)),
    ]
    for screened in listings:
        original = screened.listing.original
        yield _row([*(original.get(name, "") for name in extra), *_cells(report, screened), *tail])
    for row in skipped:
        told = {"row": str(row.row), "decision": "skipped", "reason_text": row.why}
        yield _row([*("" for _ in extra), *(told.get(name, "") for name in COLUMNS[: -len(tail)]), *tail])


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([safe_cell(plain(cell)) for cell in cells])
    return out.getvalue()


def _cells(report: ScreenReport, screened: Screened) -> Sequence[str]:
    told = screened.to_dict()
    counts = [r for f in screened.findings.values() if f.answer is not Answer.PASS for r in f.reasons[:1]]
    ids = dict.fromkeys(i for r in screened.reasons for i in r.sources)
    urls = [report.sources[i].url or i for i in ids if i in report.sources]
    return [
        str(told["row"]),
        told["sku"] or "",
        told["title"],
        told["decision"],
        told["label"],
        told["device"] or "",
        ";".join(told["models"]),
        told["carrier"],
        told["on"],
        told["outcome"],
        told["worst"] or "",
        told["best"] or "",
        *told["gates"].values(),
        ";".join(dict.fromkeys(r.code for r in screened.reasons)),
        " ".join(r.text for r in counts),
        told["ask_seller"],
        " ".join(dict.fromkeys(urls)),
        "; ".join(f"{w.gate.value} until {w.expires} by {w.owner}: {w.reason}" for w in screened.waived),
    ]
