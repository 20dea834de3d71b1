"""
JSON and JSON Lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bandcheck.screening.baseline import Comparison
from bandcheck.screening.report import ScreenReport


def json_pieces(report: ScreenReport, comparison: Comparison | None = None) -> Iterator[str]:
    """
    The report as one JSON document, in pieces: `report.to_dict()`, and what changed since an earlier one under
    `baseline`.
    """
    after = {
        "skipped": [skipped._asdict() for skipped in report.skipped],
        "sources": {
            i: {"kind": s.kind, "title": s.title, "url": s.url, "date": s.date} for i, s in report.used_sources.items()
        },
    }
    if comparison is not None:
        after["baseline"] = comparison.to_dict()
    yield "{"
    yield from _members(report.head())
    yield '  "listings": ['
    mark = "\n    "
    for screened in report.listings:
        yield f"{mark}{_indented(screened.to_dict(), 4)}"
        mark = ",\n    "
    yield "\n  ]," if report.listings else "],"
    yield f"{''.join(_members(after)).rstrip().rstrip(',')}\n}}\n"


def _members(told: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"\n  {json.dumps(key)}: {_indented(value, 2)}," for key, value in told.items())
    yield "\n"


def _indented(value: Any, spaces: int) -> str:
    """
    A value as JSON, so many spaces from the left after its first line. No text in JSON has a line end of its own.
    """
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * spaces)


def jsonl_pieces(report: ScreenReport, comparison: Comparison | None = None) -> Iterator[str]:
    """
    The report as JSON Lines: the head first, then a line for each listing and each skipped row, told apart by `line`.
    """
    head = report.head()
    if comparison is not None:
        head["baseline"] = comparison.to_dict()
    yield _line("report", head)
    yield from (_line("listing", screened.to_dict()) for screened in report.listings)
    yield from (_line("skipped", skipped._asdict()) for skipped in report.skipped)


def _line(what: str, told: Mapping[str, Any]) -> str:
    return json.dumps({"line": what, **told}, ensure_ascii=False) + "\n"
