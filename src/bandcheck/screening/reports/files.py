"""
Reports into files: the format by the suffix, written beside and renamed, so that a file is whole or as it was.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
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


def pieces_as(
    form: str, report: ScreenReport, comparison: Comparison | None = None, keep_input: bool = False
) -> Iterator[str]:
    """
    A report in one of `FORMATS`, in pieces that are made as they are taken: the text of a long one is never held.

    Args:
        keep_input: CSV: the catalogue's own columns stand on the left.
    """
    if form == "json":
        from bandcheck.screening.reports.objects import json_pieces

        return json_pieces(report, comparison)
    if form == "jsonl":
        from bandcheck.screening.reports.objects import jsonl_pieces

        return jsonl_pieces(report, comparison)
    if form == "csv":
        from bandcheck.screening.reports.tables import csv_pieces

        return csv_pieces(report, keep_input)
    if form == "markdown":
        from bandcheck.screening.reports.markdown import markdown_pieces

        return markdown_pieces(report, comparison)
    from bandcheck.screening.reports.page import html_pieces

    return html_pieces(report, comparison)


def text_as(form: str, report: ScreenReport, comparison: Comparison | None = None, keep_input: bool = False) -> str:
    """
    A report in one of `FORMATS`, whole; see `pieces_as`.
    """
    return "".join(pieces_as(form, report, comparison, keep_input))


def split(report: ScreenReport) -> dict[str, Iterator[str]]:
    """
    Files by name, each in pieces: a CSV for each decision with the catalogue's columns on the left, and one for skipped
    rows. All of them, also where there is none of a kind, so that no file of an earlier run is taken for this one's.
    """
    from bandcheck.screening.reports.tables import csv_of

    found = {}
    for decision in Decision:
        some = [screened for screened in report.listings if screened.decision is decision]
        found[f"{decision.word}.csv"] = csv_of(report, some, (), keep_input=True)
    found["skipped.csv"] = csv_of(report, (), report.skipped, keep_input=True)
    return found


def write(files: Mapping[str, str | Iterable[str]], inputs: Iterable[str] = ()) -> None:
    """
    Write files, each a text or the pieces of one. All are written beside their places first, and then renamed: if one
    cannot be written, none is there. Where a link stands, the file that it leads to is written.

    Args:
        inputs: Files that were read, and stay as they are.

    Raises:
        FileUnusableError: One cannot be written, is an input or no file, or two are the same.
    """
    read = tuple(inputs)
    parts: dict[Path, Path] = {}
    try:
        for name, text in files.items():
            try:
                target = target_of(name, read)
                if target in parts.values():
                    raise FileUnusableError(name, "two reports would be written into this file. Name another.")
                handle, part = tempfile.mkstemp(prefix=f".{target.name[:40]}", suffix=".part", dir=target.parent)
                parts[Path(part)] = target
                with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
                    file.writelines([text] if isinstance(text, str) else text)
                Path(part).chmod(_mode(target))
            except FileUnusableError:
                raise
            except OSError as error:
                raise FileUnusableError(name, f"cannot be written: {error.strerror}.") from None
        for part_path, target in parts.items():
            part_path.replace(target)
    finally:
        for part_path in parts:
            part_path.unlink(missing_ok=True)


def target_of(name: str, inputs: Iterable[str] = ()) -> Path:
    """
    Where a report goes; where a link stands, the file that it leads to.

    Args:
        inputs: Files that stay as they are.

    Raises:
        FileUnusableError: Not there: a file would be lost, or a device or a pipe replaced by one.
    """
    try:
        target = Path(os.path.realpath(name))
        status = os.stat(name)
    except FileNotFoundError:
        return target
    except ValueError as error:
        raise FileUnusableError(name, f"cannot be written: {error}.") from None
    if stat.S_ISDIR(status.st_mode):
        raise FileUnusableError(name, "cannot be written: this is a folder. Name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise FileUnusableError(name, "this is no file but a device or a pipe. Leave out -o, and send stdout there.")
    if any(os.path.samestat(status, os.stat(read)) for read in inputs if os.path.isfile(read)):
        raise FileUnusableError(name, "this is the catalogue itself. Name another file.")
    return target


def _mode(target: Path) -> int:
    """
    The permissions of the file that is replaced, else those that a new file gets.
    """
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
