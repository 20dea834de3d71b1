"""
`bandcheck data`: for those who keep the database.
"""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import json
import os
import sys
import tempfile
from pathlib import Path

from bandcheck.cli import ANSWERED, MISSES, USAGE
from bandcheck.cli.answers import catalog_of
from bandcheck.cli.text import Screen
from bandcheck.database import index
from bandcheck.database.compile import check_folder, check_some, compile_folder
from bandcheck.database.files.fmt import formatted
from bandcheck.database.files.tree import data_files
from bandcheck.database.overlay import check_overlays
from bandcheck.database.rules import all_rules
from bandcheck.database.stats import statistics
from bandcheck.errors import DataError, IndexUnusableError, Problem


def _folder(options: argparse.Namespace) -> Path:
    """
    The data folder that the options name, else `bands/` here, else the checkout's.
    """
    for folder in (options.folder, "bands", index.CHECKOUT):
        if folder is not None and (Path(folder) / "spectrum").is_dir():
            return Path(folder)
        if folder == options.folder and folder is not None:
            raise IndexUnusableError(folder, "not a data folder: it has no spectrum/.")
    raise IndexUnusableError("bands/", "no data folder here. Run this in a checkout, or give --folder.")


def _files(options: argparse.Namespace, folder: Path) -> list[Path]:
    """
    The files that the options name, folders taken apart; all data files if none is named.

    Raises:
        DataError: A path that does not exist.
    """
    found = []
    for name in options.files or [str(folder)]:
        path = Path(name)
        if path.is_dir():
            found += data_files(path)
        elif path.exists():
            found.append(path)
        else:
            raise DataError((Problem(name, 0, "", "no such file or folder", "Check the path."),))
    return found


def check(options: argparse.Namespace) -> int:
    """
    `bandcheck data check`: exit 0 if all is well, 1 if there are problems.
    """
    if options.files:
        problems = _problems_of(options)
        what = f"{len(options.files)} file{'' if len(options.files) == 1 else 's'}"
    else:
        checked = check_folder(_folder(options))
        problems = checked.problems
        what = f"{len(checked.devices)} devices, {len(checked.carriers)} carriers"
    if options.format == "json":
        print(
            json.dumps(
                {"schema": "bandcheck.problems/1", "problems": [p._asdict() for p in problems]},
                ensure_ascii=False,
                indent=2,
            )
        )
        return MISSES if problems else ANSWERED
    for problem in problems:
        print(problem)
    count = len(problems)
    print(f"{what}: {'no problem' if not count else f'{count} problem' + ('s' if count > 1 else '')}", file=sys.stderr)
    return MISSES if problems else ANSWERED


def _problems_of(options: argparse.Namespace) -> list[Problem]:
    """
    What is wrong with the files that are named: as part of the data folder, or as overlays if they lie elsewhere.
    """
    try:
        folder = _folder(options)
    except IndexUnusableError:
        if options.folder is not None:
            raise
        folder = None
    files = _files(options, Path())
    inside = [f for f in files if folder is not None and f.resolve().is_relative_to(folder.resolve())]
    found = check_some(folder, inside) if folder is not None and inside else []
    outside = [name for name in options.files if not _holds(name, inside)]
    if outside:
        base = index.open_folder(str(folder)) if folder is not None else index.open_default()
        found = [*found, *check_overlays(base, outside)]
    return sorted(found)


def _holds(name: str, inside: list[Path]) -> bool:
    """
    Whether a file or folder that was named is among those of the data folder.
    """
    path = Path(name).resolve()
    return any(f.resolve() == path or f.resolve().is_relative_to(path) for f in inside)


def fmt(options: argparse.Namespace) -> int:
    """
    `bandcheck data fmt`: exit 0; with --check, 1 if something would change.
    """
    changed, unread = [], 0
    for path in _files(options, _folder(options) if not options.files else Path()):
        try:
            before = path.read_bytes()
            after = formatted(before, str(path))
        except (DataError, OSError) as error:
            print(error, file=sys.stderr)
            unread += 1
            continue
        if after.encode() == before:
            continue
        changed.append(str(path))
        if options.diff:
            old = before.decode("utf-8-sig").splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(old, after.splitlines(keepends=True), str(path), str(path)))
        elif not options.check:
            _replace(path, after)
    if options.format == "json":
        print(json.dumps({"schema": "bandcheck.fmt/1", "changed": changed}, ensure_ascii=False, indent=2))
    elif not options.diff:
        verb = "would change" if options.check else "changed"
        for name in changed:
            print(f"{verb} {name}")
    if unread:
        return USAGE
    return MISSES if options.check and changed else ANSWERED


def _replace(path: Path, text: str) -> None:
    """
    Write a file beside and rename it, with the permissions that it had.
    """
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as part:
            part.write(text)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def build(options: argparse.Namespace) -> int:
    """
    `bandcheck data build`.
    """
    target = Path(options.output)
    try:
        version = compile_folder(_folder(options), target)
    except OSError as error:
        if isinstance(error, IndexUnusableError):
            raise
        raise IndexUnusableError(str(target), f"cannot be written: {error.strerror}.") from None
    if options.format == "json":
        print(json.dumps({"schema": "bandcheck.build/1", "output": str(target), "data_version": version}, indent=2))
    else:
        print(f"{target}: data version {version}")
    return ANSWERED


def stats(options: argparse.Namespace) -> int:
    """
    `bandcheck data stats`.
    """
    found = statistics(catalog_of(options), dt.date.today())
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return ANSWERED
    screen = Screen(options)
    for key, value in found.items():
        if isinstance(value, int | str) and key != "schema":
            screen.line(f"{key.replace('_', ' '):<22}{value}")
    for kind, split in found["trust"].items():
        screen.line(f"{'trust, ' + kind:<22}" + ", ".join(f"{n} {t}" for t, n in split.items() if n), hang=22)
    screen.line(f"{'unknown':<22}" + ", ".join(f"{n} {rat}" for rat, n in found["unknown_rats"].items()), hang=22)
    screen.line(f"{'disputed':<22}{len(found['disputed'])}")
    screen.line(f"{'aged carriers':<22}{', '.join(found['aged_carriers']) or 'none'}", hang=22)
    return ANSWERED


def rules(options: argparse.Namespace) -> int:
    """
    `bandcheck data rules`.
    """
    found = all_rules()
    if options.format == "json":
        rows = [{"rule": name, "reason": reason} for name, reason in found]
        print(json.dumps({"schema": "bandcheck.data-rules/1", "rules": rows}, ensure_ascii=False, indent=2))
        return ANSWERED
    screen = Screen(options)
    for name, reason in found:
        screen.line(name)
        screen.line(reason, indent=2)
    return ANSWERED
