"""
JSON and JSON Lines.
"""

from __future__ import annotations

import json

from bandcheck.screening.baseline import Comparison
from bandcheck.screening.report import ScreenReport


def json_text(report: ScreenReport, comparison: Comparison | None = None) -> str:
    """
    The report as one JSON document; what changed since an earlier one under `baseline`.
    """
    told = report.to_dict()
    if comparison is not None:
        told["baseline"] = comparison.to_dict()
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def jsonl_text(report: ScreenReport, comparison: Comparison | None = None) -> str:
    """
    The report as JSON Lines: the head first, then a line for each listing and each skipped row, told apart by `line`.
    """
    head = report.head()
    if comparison is not None:
        head["baseline"] = comparison.to_dict()
    lines = [
        {"line": "report", **head},
        *({"line": "listing", **screened.to_dict()} for screened in report.listings),
        *({"line": "skipped", **skipped._asdict()} for skipped in report.skipped),
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
