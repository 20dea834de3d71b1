"""
One question over all days: how the answer changes with time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from bandcheck.matching.report import Report
from bandcheck.model.entity import entity


@entity
class Stretch:
    """
    A stretch of days with one answer.

    Attributes:
        since: Its first day; None for the time before the first known change.

        report: The answer, on a day in it.
    """

    since: dt.date | None
    report: Report


def timeline(ask: Callable[[dt.date], Report], days: Iterable[dt.date]) -> tuple[Stretch, ...]:
    """
    The answer over all days on which anything changes, oldest first; equal answers in a row are one stretch.

    Args:
        ask: The question, for any day.

        days: Every day on which the answer may change.
    """
    turns = sorted(set(days))
    before = [turns[0] - dt.timedelta(days=1)] if turns else [dt.date.min]
    stretches: list[Stretch] = []
    key = None
    for day in [*before, *turns]:
        then = ask(day)
        answer = (then.headline, then.outcome, then.worst, then.best)
        if answer != key:
            stretches.append(Stretch(day if stretches else None, then))
            key = answer
    return tuple(stretches)
