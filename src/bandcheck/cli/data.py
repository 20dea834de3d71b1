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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bandcheck.cli import ANSWERED, MISSES, USAGE
from bandcheck.cli.answers import catalog_of
from bandcheck.cli.parser import DIFF_LIMIT
from bandcheck.cli.text import Screen
from bandcheck.database import index
from bandcheck.database.catalog import Catalog
from bandcheck.database.compile import check_some, compile_folder
from bandcheck.database.diff import GROUPS, differences
from bandcheck.database.files.fmt import formatted
from bandcheck.database.files.template import begin, template
from bandcheck.database.files.tree import data_files
from bandcheck.database.files.yamlfile import PLACEHOLDER
from bandcheck.database.overlay import check_overlays
from bandcheck.database.rules import all_rules
from bandcheck.database.stats import statistics
from bandcheck.errors import DataError, IndexUnusableError, Problem


def data_folder(options: argparse.Namespace) -> Path:
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
        problems, what = _problems_of_all(data_folder(options))
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


def _problems_of_all(folder: Path) -> tuple[list[Problem], str]:
    """
    What is wrong with a data folder, and what it holds. Only what changed since it was last good is read.
    """
    try:
        catalog = Catalog(index.open_folder(str(folder)))
    except DataError as error:
        return list(error.problems), str(folder)
    return [], f"{catalog.count('device')} devices, {catalog.count('carrier')} carriers"


def _problems_of(options: argparse.Namespace) -> list[Problem]:
    """
    What is wrong with the files that are named: as part of the data folder, or as overlays if they lie elsewhere.
    """
    try:
        folder = data_folder(options)
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
    for path in _files(options, data_folder(options) if not options.files else Path()):
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
        version = compile_folder(data_folder(options), target)
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
    _print_stats(found, Screen(options))
    return ANSWERED


_MOST_LISTED = 60  # of aged carriers, on a screen; JSON has them all


def _print_stats(found: dict[str, Any], screen: Screen) -> None:
    """
    The screen of `bandcheck data stats`.
    """

    def tell(label: str, text: object) -> None:
        screen.field(label, str(text), 31)

    for key, value in found.items():
        if isinstance(value, int | str) and key != "schema":
            tell(key.replace("_", " "), value)
    for kind, split in found["trust"].items():
        tell(f"trust, {kind}", ", ".join(f"{n} {t}" for t, n in split.items() if n) or "none")
    for layer, split in found["layers"].items():
        tell(f"layer {layer}", ", ".join(f"{n} {what}" for what, n in split.items() if n))
    tell("unknown", ", ".join(f"{n} {rat}" for rat, n in found["unknown_rats"].items()))
    tell("disputed", len(found["disputed"]))
    aged = [f"{i} ({day or 'no date'})" for i, day in found["aged_carriers"].items()]
    more = f" and {len(aged) - _MOST_LISTED} more (-f json has all)" if len(aged) > _MOST_LISTED else ""
    tell("aged carriers", len(aged))
    if aged:
        screen.line(f"{', '.join(aged[:_MOST_LISTED])}{more}", indent=4)
    for one in found["imports"]:
        counts = ", ".join(f"{one[what]} {what}" for what in ("read", "taken", "refused"))
        screen.line()
        screen.line(f"import {one['importer']}, snapshot {one['snapshot']}: {counts}", hang=2)
        for rule, told in one["rules"].items():
            screen.line(f"{told['count']:>7}  {rule}: {told['meaning']}", indent=2, hang=11)


def diff(options: argparse.Namespace) -> int:
    """
    `bandcheck data diff`: exit 0, whether or not something changed.
    """
    old, new = (Catalog.open(path) for path in (options.old, options.new))
    found = [] if old.version == new.version else differences(*_documents(old, new))
    limit = options.limit or (DIFF_LIMIT if options.format == "text" else len(found))
    groups = {group: [change for change in found if change.group == group] for group in GROUPS}
    groups = {group: told for group, told in groups.items() if told}
    if options.format == "json":
        answer = {
            "schema": "bandcheck.diff/1",
            "old": {"path": options.old, "data_version": old.version},
            "new": {"path": options.new, "data_version": new.version},
            "counts": {group: len(told) for group, told in groups.items()},
            "changes": {
                group: [{"id": c.id, "name": c.name, "text": c.text} for c in told[:limit]]
                for group, told in groups.items()
            },
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return ANSWERED
    if not found:
        same = "the same data" if old.version == new.version else "only sources or the spectrum tables differ"
        print(f"no change ({same})")
        return ANSWERED
    screen, marked = Screen(options), options.format == "markdown"
    for number, (group, told) in enumerate(groups.items()):
        title = f"{GROUPS[group]} ({len(told)})"
        head = [f"## {title}", ""] if marked else [title]
        for line in ["", *head] if number else head:
            print(line)
        for change in told[:limit]:
            if marked:
                print(f"- **{change.name}** (`{change.id}`): {change.text}")
            else:
                screen.line(f"{change.name} ({change.id}): {change.text}", indent=2, hang=4)
        if len(told) > limit:
            more = f"and {len(told) - limit} more"
            print(f"- {more}" if marked else f"  {more} (--limit {len(told)} shows all)")
    return ANSWERED


def _documents(old: Catalog, new: Catalog) -> Iterator[dict[str, dict[str, Any]]]:
    """
    The old and new documents of devices, then of carriers, each by id.
    """
    for kind in ("device", "carrier"):
        for catalog in (old, new):
            yield {document["id"]: document for document in catalog.documents(kind)}


def new(options: argparse.Namespace) -> int:
    """
    `bandcheck data new`: write a template to where its facts belong, or print it.
    """
    folder = data_folder(options)
    text = template(folder, options.kind)
    if options.id is None:
        print(text, end="")
        return ANSWERED
    path = begin(folder, options.kind, options.id, text)
    if options.format == "json":
        print(json.dumps({"schema": "bandcheck.new/1", "file": str(path)}, ensure_ascii=False, indent=2))
        return ANSWERED
    print(path)
    print(
        f"Put a fact in place of every {PLACEHOLDER}, or remove its line: what nobody says is left out. Then:\n"
        f"  bandcheck data check {path}\n  bandcheck data fmt {path}",
        file=sys.stderr,
    )
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
