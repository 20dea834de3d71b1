"""
`bandcheck data import`: what a source has to say, into the folder of its importer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bandcheck.cli import ANSWERED, USAGE
from bandcheck.cli.data import data_folder
from bandcheck.cli.text import Screen
from bandcheck.database.importers.frame import importer
from bandcheck.database.importers.store import Import, work_out, write

_SHOWN = 20  # of records and of refused rows each, on a screen; JSON has them all


def import_source(options: argparse.Namespace) -> int:
    """
    `bandcheck data import`: exit 0, whether or not something changed; 2 if the source or the result is not in order.
    """
    one = importer(options.name)
    paths = [Path(path) for path in options.paths]
    if len(paths) > len(one.files):
        print(f"bandcheck: {one.name} reads {' and '.join(one.files)}, got {len(paths)} files.", file=sys.stderr)
        return USAGE
    result = work_out(one, paths, data_folder(options))
    if not options.dry_run:
        try:
            write(result)
        except OSError as error:
            print(f"bandcheck: {result.folder}: cannot be written: {error.strerror}.", file=sys.stderr)
            return USAGE
    if options.format == "json":
        print(json.dumps(_report(result, options.dry_run), ensure_ascii=False, indent=2))
        return ANSWERED
    if options.dry_run:
        sys.stdout.writelines(result.diff())
    _print(result, Screen(options))
    return ANSWERED


def _report(result: Import, dry_run: bool) -> dict[str, object]:
    found = result.found
    return {
        "schema": "bandcheck.import/1",
        "importer": result.importer.name,
        "snapshot": found.snapshot,
        "read": found.read,
        "taken": found.taken,
        "added": result.added,
        "changed": result.changed,
        "removed": result.removed,
        "refused": [row._asdict() for row in sorted(found.refused)],
        "rules": {
            rule: {"rows": found.rules[rule], "meaning": meaning}
            for rule, meaning in result.importer.rules.items()
            if found.rules[rule]
        },
        "overruled": [{"id": i, "rat": rat, "says": says} for i, rat, says in result.overruled],
        "written": result.differs and not dry_run,
    }


def _print(result: Import, screen: Screen) -> None:
    """
    The report as text: counts first, then the heads of the lists.
    """
    found = result.found
    screen.line(
        f"{result.importer.name}, snapshot {found.snapshot}: {found.read} rows read, {found.taken} taken, "
        f"{len(found.refused)} refused"
    )
    for rule, meaning in result.importer.rules.items():
        if found.rules[rule]:
            screen.line(f"{found.rules[rule]} {rule}: {meaning}", indent=2, hang=4)
    _list("refused", [f"row {row.row}: {row.came}: {row.why}" for row in sorted(found.refused)], screen)
    overruled = [f"{i}: {rat}: {says}" for i, rat, says in result.overruled]
    _list("overruled by hand-made facts", overruled, screen)
    for what in ("added", "changed", "removed"):
        _list(what, getattr(result, what), screen)
    if not result.differs:
        screen.line("no change")


def _list(title: str, items: Sequence[str], screen: Screen) -> None:
    if not items:
        return
    screen.line(f"{title} ({len(items)})")
    for item in items[:_SHOWN]:
        screen.line(item, indent=2, hang=4)
    if len(items) > _SHOWN:
        screen.line(f"and {len(items) - _SHOWN} more (-f json has all)", indent=2)
