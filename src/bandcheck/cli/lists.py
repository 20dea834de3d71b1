"""
`where`, `phones`, `timeline`: many answers side by side.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from typing import TypeVar

from bandcheck.cli import ANSWERED, CANNOT_SAY, MISSES, USAGE
from bandcheck.cli.answers import carrier_title, catalog_of, day_of, phone_of, phone_title, short_headline
from bandcheck.cli.rows import print_rows
from bandcheck.cli.text import Screen
from bandcheck.database.questions import everywhere, phones_on, through_time
from bandcheck.matching.report import Report
from bandcheck.matching.summary import Summary
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.dates import say_day

T = TypeVar("T")


def where(options: argparse.Namespace) -> int:
    """
    `bandcheck where`.
    """
    catalog = catalog_of(options)
    day = day_of(options)
    if options.country is not None and not any(True for _ in catalog.carriers(options.country)):
        print(
            f"bandcheck: no carrier of country {options.country!r} is recorded: expected ISO 3166, such as US or GB.",
            file=sys.stderr,
        )
        return USAGE
    reports = list(everywhere(catalog, phone_of(options), day, options.country, options.model))
    on_air = [(c, a.summary) for c, a in reports if not _switched_off(a)]
    off = len(reports) - len(on_air)
    answers, left = _that_meet(on_air, options.need)
    if options.format == "text":
        screen = Screen(options)
        if answers:
            screen.line(phone_title(reports[0][1]))
        screen.line(f"{len(answers)} carriers · as of {say_day(day)}")
        screen.line()
        screen.table(
            ["COUNTRY", "CARRIER", "VERDICT", "CALLS", "HOW SURE"],
            [
                [c.country, c.name if a.stated else f"{c.name} *", short_headline(a.headline), a.voice, a.grade]
                for c, a in answers
            ],
        )
        if any(not a.stated for _, a in answers):
            screen.line()
            screen.line(f"* {_LATE}", indent=2, hang=4)
        if off:
            screen.line()
            networks = "1 network" if off == 1 else f"{off} networks"
            screen.line(f"Left out: {networks} switched off by then.", indent=2, hang=4)
        return _list_code(answers, left, options.need)
    print_rows(
        [{"carrier": c.id, "name": c.name, "country": c.country, **_short(a)} for c, a in answers],
        options.format,
        {"schema": "bandcheck.where/1", "device": options.device or options.bands, "on": day.isoformat()},
    )
    return _list_code(answers, left, options.need)


def phones(options: argparse.Namespace) -> int:
    """
    `bandcheck phones`.
    """
    catalog = catalog_of(options)
    day = day_of(options)
    answers = list(phones_on(catalog, options.carrier, day, options.brand))
    if not answers and options.brand is not None:
        print(f"bandcheck: no phone of brand {options.brand!r} is recorded.", file=sys.stderr)
        return USAGE
    answers, left = _that_meet(answers, options.need)
    if options.format == "text":
        screen = Screen(options)
        screen.line(f"{catalog.find_carrier(options.carrier).name}: {len(answers)} phones · as of {say_day(day)}")
        if any(not a.stated for _, a in answers):
            screen.line(_LATE)
        screen.line()
        screen.table(
            ["PHONE", "VERSIONS", "VERDICT", "CALLS", "HOW SURE"],
            [[p.full_name, str(len(p.radios)), short_headline(a.headline), a.voice, a.grade] for p, a in answers],
        )
        return _list_code(answers, left, options.need)
    rows = [{"device": p.id, "name": p.full_name, **_short(a)} for p, a in answers]
    print_rows(
        rows, options.format, {"schema": "bandcheck.phones/1", "carrier": options.carrier, "on": day.isoformat()}
    )
    return _list_code(answers, left, options.need)


def _that_meet(answers: list[tuple[T, Summary]], need: str | None) -> tuple[list[tuple[T, Summary]], int]:
    """
    The answers that meet a need for certain, and how many more nobody can settle.
    """
    if need is None:
        return answers, 0
    level = OUTCOMES.index(need)
    left = sum(a.meets(level) is None for _, a in answers)
    return [(thing, a) for thing, a in answers if a.meets(level)], left


def _list_code(answers: Sequence[object], left: int, need: str | None) -> int:
    """
    The exit code of a list: found, none, or none for certain.
    """
    if left:
        print(
            f"bandcheck: {left} more may get {need}: versions differ, or facts are missing. Leave out --need.",
            file=sys.stderr,
        )
    return ANSWERED if answers else CANNOT_SAY if left else MISSES


def _short(answer: Summary) -> dict[str, object]:
    return {
        "outcome": answer.outcome,
        "worst": OUTCOMES[answer.worst],
        "best": OUTCOMES[answer.best],
        "headline": answer.headline,
        "coverage": answer.coverage.value if answer.coverage else None,
        "voice": answer.voice,
        "confidence": answer.grade,
        "host_stated": answer.stated,
    }


_LATE = "Whose network it sold on that day is not recorded; the next known statement is used (BC102)."


def _switched_off(answer: Report) -> bool:
    """
    Whether every network of the answer is known to run nothing any more.
    """
    return bool(answer.results) and all(r.verdict.match.plan.off for r in answer.results)


def timeline(options: argparse.Namespace) -> int:
    """
    `bandcheck timeline`.
    """
    catalog = catalog_of(options)
    stretches = through_time(catalog, phone_of(options), options.carrier, options.model)
    if options.format != "text":
        rows = [
            {
                "since": s.since.isoformat() if s.since else None,
                "outcome": s.report.outcome,
                "worst": OUTCOMES[s.report.worst],
                "best": OUTCOMES[s.report.best],
                "coverage": s.report.coverage.value if s.report.coverage else None,
                "headline": s.report.headline,
            }
            for s in stretches
        ]
        head = {
            "schema": "bandcheck.timeline/1",
            "query": {"device": stretches[0].report.device_query, "carrier": options.carrier},
            "data_version": catalog.version,
        }
        print_rows(rows, options.format, head, "stretches")
        return ANSWERED
    screen = Screen(options)
    last = stretches[-1].report
    screen.line(phone_title(last))
    screen.line(carrier_title(last, catalog))
    screen.line()
    today = dt.date.today()
    lines = []
    for number, stretch in enumerate(stretches):
        ends = stretches[number + 1].since if number + 1 < len(stretches) else None
        now = (stretch.since is None or stretch.since <= today) and (ends is None or today < ends)
        when = "before" if stretch.since is None else f"from {say_day(stretch.since)}"
        sure, best = OUTCOMES[stretch.report.worst], OUTCOMES[stretch.report.best]
        lines.append([when, stretch.report.headline, sure, best, "today" if now else ""])
    screen.table(["WHEN", "VERDICT", "CERTAIN", "AT BEST", ""], lines)
    return ANSWERED
