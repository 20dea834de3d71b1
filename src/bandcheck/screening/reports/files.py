"""
Reports into files: the format by the suffix, written beside and renamed, so that a file is whole or as it was.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bandcheck.errors import FileUnusableError
from bandcheck.screening.baseline import Comparison
from bandcheck.screening.decision import Decision
from bandcheck.screening.report import ScreenReport

FORMATS = ("json", "jsonl", "csv", "markdown", "html")

_SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}


def format_of(path: str) -> str:
    """
    The format of a report by the suffix of its file.

    Raises:
        FileUnusableError: A suffix that says nothing.
    """
    found = _SUFFIXES.get(Path(path).suffix.lower())
    if found is None:
        why = f"its suffix names no format. Use one of {', '.join(sorted(_SUFFIXES))}, or say which with -f."
        raise FileUnusableError(path, why)
    return found


def text_as(form: str, report: ScreenReport, comparison: Comparison | None = None, keep_input: bool = False) -> str:
    """
    A report in one of `FORMATS`.

    Args:
        keep_input: CSV: the catalogue's own columns stand on the left.
    """
    if form == "json":
        from bandcheck.screening.reports.objects import json_text

        return json_text(report, comparison)
    if form == "jsonl":
        from bandcheck.screening.reports.objects import jsonl_text

        return jsonl_text(report, comparison)
    if form == "csv":
        from bandcheck.screening.reports.tables import csv_text

        return csv_text(report, keep_input)
    if form == "markdown":
        from bandcheck.screening.reports.markdown import markdown_text

        return markdown_text(report, comparison)
    from bandcheck.screening.reports.page import html_text

    return html_text(report, comparison)


def split_texts(report: ScreenReport) -> dict[str, str]:
    """
    Files by name: a CSV for each decision with the catalogue's columns on the left, and one for skipped rows. All of
    them, also where there is none of a kind, so that no file of an earlier run is taken for this one's.
    """
    from bandcheck.screening.reports.tables import csv_of

    found = {}
    for decision in Decision:
        some = [screened for screened in report.listings if screened.decision is decision]
        found[f"{decision.word}.csv"] = csv_of(report, some, (), keep_input=True)
    found["skipped.csv"] = csv_of(report, (), report.skipped, keep_input=True)
    return found


def write(files: Mapping[str, str]) -> None:
    """
    Write files. All are written beside their places first, and then renamed: if one cannot be written, none is there.

    Raises:
        FileUnusableError: One cannot be written.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for name, text in files.items():
            target = Path(name)
            try:
                if target.is_dir():
                    raise IsADirectoryError(21, "this is a folder")
                handle, part = tempfile.mkstemp(prefix=f".{target.name}", suffix=".part", dir=target.parent)
                parts.append((Path(part), target))
                with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
                    file.write(text)
                Path(part).chmod(_mode(target))
            except OSError as error:
                raise FileUnusableError(str(target), f"cannot be written: {error.strerror}.") from None
        for part_path, target in parts:
            part_path.replace(target)
    finally:
        for part_path, _ in parts:
            part_path.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """
    The permissions of the file that is replaced, else those that a new file gets.
    """
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
