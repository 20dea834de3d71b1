"""
`bandcheck screen`: a catalogue before it is published.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bandcheck.cli import ANSWERED, MISSES, USAGE, bulk
from bandcheck.cli.answers import catalog_of
from bandcheck.cli.text import Screen
from bandcheck.errors import FileUnusableError
from bandcheck.screening.baseline import Comparison, compare, load
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.policy import DEFAULT, Policy
from bandcheck.screening.report import NOTICE, Screened, ScreenReport
from bandcheck.screening.reports.cells import plain
from bandcheck.screening.reports.files import format_of, pieces_as, split, write
from bandcheck.screening.reports.said import MARKS, TITLES, as_of, often, own_place, price, title, waivers, what_changed
from bandcheck.screening.screen import screen as screen_listings

_HEADS = {
    Gate.IDENTITY: "ID",
    Gate.BANDS: "BA",
    Gate.VOICE: "CA",
    Gate.CERTIFICATION: "CE",
    Gate.AUTHORISATION: "AU",
    Gate.REGULATOR: "RE",
    Gate.CLAIMS: "CL",
    Gate.SOFTWARE: "SW",
    Gate.SELLER: "SE",
}
_BESIDE = 19  # columns of a reason's code, mark and gate
_MOST_SHOWN = 20  # listings with their reasons; --all shows every one


def screen(options: argparse.Namespace) -> int:
    """
    `bandcheck screen`: exit 0 if nothing is at or above `--fail-on`, 1 if something is, 2 for a file that cannot be
    used.
    """
    if options.show_policy:
        path = Path(options.policy) if options.policy else DEFAULT
        Policy.load(options.policy)  # one with problems is not shown as if it held
        print(path.read_text(encoding="utf-8"), end="")
        return ANSWERED
    if options.file is None:
        print("bandcheck screen: name a file of listings, or - for stdin.", file=sys.stderr)
        return USAGE
    if bulk.wanted(options):
        return bulk.screen_bulk(options)
    form = options.format or (format_of(options.output) if options.output else "text")
    policy = Policy.load(options.policy)
    before = load(options.baseline) if options.baseline else None
    report = screen_listings(
        options.file,
        options.carrier,
        policy=policy,
        on=options.on,
        catalog=catalog_of(options),
        columns=dict(options.map),
        form=options.input_format,
        encoding=options.encoding,
    )
    comparison = compare(before, report) if before is not None else None
    _talk(report)
    _write(report, comparison, form, options)
    return ANSWERED if options.exit_zero or not _fails(report, options.fail_on) else MISSES


def _fails(report: ScreenReport, level: str) -> bool:
    """
    Whether anything is at or above a decision. A skipped row weighs as one that is held: nobody checked it.
    """
    if level == "never":
        return False
    least = Decision[level.upper()]
    worst = max((screened.decision for screened in report.listings), default=Decision.LIST)
    return worst >= least or (bool(report.skipped) and least <= Decision.HOLD)


def _talk(report: ScreenReport) -> None:
    """
    On stderr: how the columns were read, and which rows were not.
    """
    if report.columns:
        read = ", ".join(f if f == name else f"{f} = {plain(name)}" for f, name in report.columns.items())
        print(f"columns: {read}", file=sys.stderr)
        taken = set(report.columns.values())
        first = report.listings[0].listing.original if report.listings else {}
        if unused := [plain(name) for name in first if name not in taken]:
            print(f"not used: {', '.join(unused)} (--map FIELD=COLUMN)", file=sys.stderr)
    for skipped in report.skipped[:_MOST_SHOWN]:
        print(f"row {skipped.row} skipped: {plain(skipped.why)}", file=sys.stderr)
    if len(report.skipped) > _MOST_SHOWN:
        print(f"and {len(report.skipped) - _MOST_SHOWN} more rows skipped", file=sys.stderr)


def _write(report: ScreenReport, comparison: Comparison | None, form: str, options: argparse.Namespace) -> None:
    """
    Everything that was asked for, files first: if one cannot be written, nothing is.
    """
    files: dict[str, Iterator[str]] = {}
    if options.output and form != "text":
        files[options.output] = pieces_as(form, report, comparison, options.keep_input)
    elif options.output:
        raise FileUnusableError(options.output, "the table is for terminals. Write json, jsonl, csv, markdown or html.")
    new: list[Path] = []
    if options.split:
        folder = Path(options.split)
        parts = {str(folder / name): pieces for name, pieces in split(report).items()}
        if options.output in parts:
            raise FileUnusableError(options.output, "--split writes a file of this name. Name another.")
        files |= parts
        new = _make_folder(folder)
    try:
        write(files, [options.file])
    except FileUnusableError:
        for made in new:
            made.rmdir()
        raise
    if options.output:
        print(f"{options.output}: {_say_counts(report)}", file=sys.stderr)
    elif form == "text":
        _print(report, comparison, options)
    else:
        sys.stdout.writelines(pieces_as(form, report, comparison, options.keep_input))


def _make_folder(folder: Path) -> list[Path]:
    """
    Make a folder, and those above it; those that were not there, the innermost first.
    """
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnusableError(str(folder), f"cannot be made a folder: {error.strerror}.") from None
    return new


def _say_counts(report: ScreenReport) -> str:
    return " · ".join(f"{count} {word}" for word, count in report.counts.items())


def _print(report: ScreenReport, comparison: Comparison | None, options: argparse.Namespace) -> None:
    """
    The screen of a screening.
    """
    screen = Screen(options)
    skipped = len(report.skipped)
    screen.line(f"Screened {title(report)} · as of {as_of(report)}")
    screen.line(
        f"Policy {report.policy.name} · data {report.data_version} · {skipped} row{'' if skipped == 1 else 's'} skipped"
    )
    screen.line()
    rows = [_row(screened) for screened in report.listings]
    screen.table(["DECISION", "ROW", "LISTING", " ".join(_HEADS.values())], rows, indent=0)
    legend = " · ".join(f"{head} {TITLES[gate].lower()}" for gate, head in _HEADS.items())
    screen.line(f"{legend}. ✓ pass, ✗ fail, ? unknown, · note.")
    told = [s for s in report.listings if s.decision is not Decision.LIST]
    shown = told if options.all else told[:_MOST_SHOWN]
    if comparison is not None:
        _print_changes(comparison, screen)
        shown = [] if not options.all else shown
    for screened in shown:
        _print_reasons(report, screened, screen)
    if len(shown) < len(told):
        screen.line()
        screen.line(f"… {len(told) - len(shown)} more with reasons (--all)")
    for state, text in waivers(report):
        screen.line(f"waiver {state}: {plain(text)}", hang=2)
    screen.line()
    screen.line(_say_counts(report))
    if top := often(report):
        screen.line(f"Most often: {top}", hang=12)
    screen.line(NOTICE)


def _row(screened: Screened) -> list[str]:
    name = plain(" ".join(part for part in (screened.listing.sku, screened.listing.name, price(screened)) if part))
    marks = "  ".join(MARKS[finding.answer] for finding in screened.findings.values())
    return [screened.decision.name, str(screened.row), name, f"{marks} "]


def _print_reasons(report: ScreenReport, screened: Screened, screen: Screen) -> None:
    where = own_place(report, screened)
    screen.line()
    screen.line(
        f"Row {screened.row}: {plain(screened.listing.name)}{f' ({where})' if where else ''}: {screened.decision.name}"
    )
    for gate, finding in screened.findings.items():
        if finding.answer is Answer.PASS:
            continue
        first, *more = finding.reasons
        screen.field(f"{first.code} {MARKS[finding.answer]} {TITLES[gate]}", plain(first.text), _BESIDE)
        for reason in more:
            screen.field("", f"{reason.code} {plain(reason.text)}", _BESIDE)
    if screened.listing.note:
        screen.line(f"Note: {plain(screened.listing.note)}", indent=2, hang=8)
    if screened.label:
        screen.line(f"Label: {plain(screened.label)}", indent=2, hang=9)
    if screened.ask_seller:
        word = "Tell" if screened.decision is Decision.BLOCK else "Ask"
        screen.line(f"{word} the seller: {plain(screened.ask_seller)}", indent=2, hang=len(word) + 15)


def _print_changes(comparison: Comparison, screen: Screen) -> None:
    screen.line()
    count = len(comparison.changed)
    screen.line(f"Changed since the screening of {comparison.on}: {count} of {count + comparison.unchanged}")
    for change in comparison.changed:
        name = plain(change.screened.listing.sku or change.screened.listing.name)
        screen.line(f"{name}: {what_changed(change, str.upper)}", indent=2, hang=4)
        for text in change.why:
            screen.line(plain(text), indent=4, hang=4)
    for screened in comparison.added:
        screen.line(f"new: {plain(screened.listing.name)}", indent=2, hang=4)
    for name in comparison.removed:
        screen.line(f"gone: {plain(name)}", indent=2, hang=4)
