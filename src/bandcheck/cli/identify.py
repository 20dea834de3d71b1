"""
`identify`: which phone a listing title, a model number or an IMEI is about.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from bandcheck.cli import ANSWERED, CANNOT_SAY
from bandcheck.cli.text import Screen, to_ascii
from bandcheck.database.catalog import Catalog
from bandcheck.database.identify.identification import Candidate, Identification

SCHEMA = "bandcheck.identification/1"

_MOST_MODELS = 6  # model numbers on a line


def identify(options: argparse.Namespace) -> int:
    """
    `bandcheck identify`.
    """
    catalog = Catalog.open(options.data, options.overlay)
    text = " ".join(options.text)
    if text == "-":
        return _each_line(options, catalog)
    answer = catalog.identifier.identify(text)
    if options.format == "json":
        print(json.dumps({"schema": SCHEMA, **answer.to_dict()}, ensure_ascii=False, indent=2))
    elif options.format == "jsonl":
        print(json.dumps(answer.to_dict(), ensure_ascii=False))
    else:
        _screen(answer, Screen(options))
    return ANSWERED if answer.decided else CANNOT_SAY


def _each_line(options: argparse.Namespace, catalog: Catalog) -> int:
    """
    One answer a line of stdin, as they come; an empty line is a text too, so that the lines go side by side.
    """
    undecided = False
    answers = catalog.identifier.identify_many(_lines())
    if options.format == "json":
        print(f'{{"schema": "{SCHEMA}", "results": [', end="")
    for number, answer in enumerate(answers):
        undecided = undecided or not answer.decided
        if options.format == "text":
            line = _line(answer)
            print(to_ascii(line) if options.ascii else line)
        elif options.format == "jsonl":
            print(json.dumps(answer.to_dict(), ensure_ascii=False))
        else:
            print(",\n" if number else "\n", json.dumps(answer.to_dict(), ensure_ascii=False), sep="", end="")
    if options.format == "json":
        print("\n]}")
    return CANNOT_SAY if undecided else ANSWERED


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8-sig", errors="replace").rstrip("\r\n")


def _line(answer: Identification) -> str:
    """
    Device, name and model numbers, tabs between; undecided: `?`, the candidates and why.
    """
    if answer.decided:
        return "\t".join((str(answer.device), str(answer.name), " ".join(answer.models)))
    return "\t".join(("?", " ".join(c.device for c in answer.candidates), answer.why))


def _screen(answer: Identification, screen: Screen) -> None:
    if answer.decided:
        best = answer.candidates[0]
        screen.line(best.name)
        screen.line()
        screen.field("Id", best.device)
        screen.field("Models", _models(best))
        _evidence(best, screen)
        return
    screen.line(f"CAN'T SAY — {answer.why}.")
    for contradiction in answer.contradictions:
        if contradiction != answer.why:
            screen.line(contradiction, indent=2)
    for candidate in answer.candidates:
        screen.line()
        screen.line(f"{candidate.name} ({candidate.device}) {candidate.score:.2f}", indent=2)
        screen.field("Models", _models(candidate))
        _evidence(candidate, screen)


def _evidence(candidate: Candidate, screen: Screen) -> None:
    for number, evidence in enumerate(candidate.evidence):
        means = f" = {evidence.means}" if evidence.means else ""
        screen.field("Evidence" if number == 0 else "", f"{evidence.what}: {evidence.text}{means}")


def _models(candidate: Candidate) -> str:
    shown = ", ".join(candidate.models[:_MOST_MODELS]) or "none recorded"
    more = len(candidate.models) - _MOST_MODELS
    return f"{shown} and {more} more" if more > 0 else shown
