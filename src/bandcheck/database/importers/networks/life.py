"""
From what snapshots listed to when a band was live: nothing is certain on a day that no snapshot vouches for.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bandcheck.database.importers.networks.notes import End
from bandcheck.database.importers.networks.rows import Row
from bandcheck.database.importers.networks.tokens import Token, is_for_phones, read_token
from bandcheck.model.dates import Date

LIVE = frozenset({"operational", "temporary operational"})
DEAD = frozenset({"not operational", "discontinued", "inactive", "returned spare"})
UNSURE = frozenset(
    {"unknown", "?", "", "upcoming", "ongoing", "planned", "planning", "building network", "implement / design"}
)
"""Not said to run: bands listed under such a word may be live, the more so as lists lag behind openings. `Reserved` and
`Allocated` are about the number alone."""


class Sighting(NamedTuple):
    """
    One token of one row.

    Attributes:
        token: What was listed.

        first, last: The first and last snapshot that listed it on a network called operational; both None where the
            list never called it so.

        gone: The first snapshot that no longer did, and says no more; None while it is listed.

        dead: The first snapshot that called the network off; None if none did.

        listed: The first snapshot that listed it, whatever the network was called.
    """

    token: Token
    first: str | None
    last: str | None
    gone: str | None
    dead: str | None
    listed: str


def sightings(row: Row, snapshots: Sequence[str], rules: Counter[str]) -> list[Sighting]:
    """
    What a row says about bands.

    Args:
        snapshots: Every day of a snapshot, in order.

        rules: Counts the rules that touched the row.
    """
    touched = set()
    found = []
    periods = _periods(row)
    dead = dead_since(row)
    for text, (first, last) in row.tokens.items():
        if not is_for_phones(text):
            touched.add("not-for-phones")
            continue
        if first == last != snapshots[-1]:
            touched.add("seen-once")
            continue
        tokens, tidied = read_token(text)
        if not tokens:
            touched.add("no-rat")
        if tidied:
            touched.add("spelling")
        for token in tokens:
            sighting = _sighting(token, first, last, periods, dead, snapshots)
            if sighting is not None:
                found.append(sighting)
    rules.update(touched)
    return _without_bare(found, rules)


def dead_since(row: Row) -> str | None:
    """
    The first snapshot from which on the list called a row off; None if its last word is another.
    """
    since = None
    for day, word in reversed(_periods(row)):
        if word not in DEAD:
            break
        since = day
    return since


def _periods(row: Row) -> list[tuple[str, str]]:
    """
    From which snapshot on the row was called what, in small letters.
    """
    return [(day, word.strip().lower()) for day, word in sorted(row.status)] or [(row.first, "unknown")]


def _sighting(
    token: Token, first: str, last: str, periods: list[tuple[str, str]], dead: str | None, snapshots: Sequence[str]
) -> Sighting | None:
    alive = unsure = False
    seen_from = seen_to = None
    for number, (day, word) in enumerate(periods):
        start = first if number == 0 else max(day, first)
        following = periods[number + 1][0] if number + 1 < len(periods) else None
        end = last if following is None else min(last, _before(following, snapshots))
        if start > end:
            continue
        unsure = unsure or word in UNSURE
        if word in LIVE:
            alive = True
            seen_from, seen_to = seen_from or start, end
    if not alive and not unsure and dead is None:
        return None  # reserved, planned, a test
    gone = None
    if seen_to is not None and seen_to < snapshots[-1]:
        gone = _after(seen_to, snapshots)
    return Sighting(token, seen_from, seen_to, gone, dead, first)


def _before(day: str, snapshots: Sequence[str]) -> str:
    return snapshots[max(bisect.bisect_left(snapshots, day) - 1, 0)]


def _after(day: str, snapshots: Sequence[str]) -> str:
    return snapshots[min(bisect.bisect_right(snapshots, day), len(snapshots) - 1)]


def _without_bare(found: list[Sighting], rules: Counter[str]) -> list[Sighting]:
    """
    Without the tokens that name no frequency, where others of their RAT do: these say it better.
    """
    named = {s.token.rat for s in found if s.token.mhz}
    kept = [s for s in found if s.token.mhz or s.token.rat not in named]
    rules["bare-beside-bands"] += len(kept) < len(found)
    return kept


def span_of(seen: Sighting, end: End | None, rules: Counter[str]) -> dict[str, Any]:
    """
    The dates of one sighting, as a deployment's keys.

    Args:
        end: Its shutdown by a remark; None if none tells of one.
    """
    span: dict[str, Any]
    if seen.first is not None and seen.last is not None:
        span = {"by": seen.first, "seen": seen.last}
        if seen.gone is not None:
            span["unlisted"] = seen.gone
        if seen.dead is not None:
            span["until"] = max(seen.dead, seen.gone or seen.dead)
    elif seen.dead is not None:
        span = {"by": seen.dead, "until": seen.dead}  # off before any snapshot saw it: when it was live, nobody says
        rules["off-before-the-list"] += 1
    else:
        span = {"by": seen.listed, "unlisted": seen.listed}
        rules["status-unknown"] += 1
    return span if end is None else _ended(span, end, rules)


def _ended(span: dict[str, Any], end: End, rules: Counter[str]) -> dict[str, Any]:
    """
    A span with the end that a remark gives. It beats the lists, which are slow to forget.
    """
    until = Date.parse(end.until)
    if Date.parse(span["by"]).first > until.last:
        rules["listed-after-its-end"] += 1
        return {"by": end.until, "until": end.until}
    outlived = "seen" in span and Date.parse(span["seen"]).first >= until.last
    rules["listed-after-its-end"] += outlived
    if outlived and end.planned:
        return {"by": span["by"], "unlisted": end.until}  # late, or listed still: who knows
    span = {**span, "until": end.until, **({"announced": True} if end.planned else {})}
    if outlived:
        span.pop("seen")
    if "unlisted" in span and Date.parse(span["unlisted"]).first >= until.first:
        span.pop("unlisted")
    return span


def joined(spans: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """
    The dates of one band by all rows of a carrier: live while it is on any of them.
    """
    vouched = [span for span in spans if "seen" in span] or [s for s in spans if "unlisted" in s] or list(spans)
    found: dict[str, Any] = {"by": min(span["by"] for span in vouched)}
    if "seen" in vouched[0]:
        found["seen"] = max(span["seen"] for span in vouched)
        vouched = [span for span in vouched if span["seen"] == found["seen"]]  # these say how it went on
    if all("until" in span for span in vouched):
        last = max(vouched, key=lambda span: (Date.parse(span["until"]).last, span["until"]))
        return {**found, **{key: last[key] for key in ("until", "announced", "unlisted") if key in last}}
    lasting = [span for span in vouched if "until" not in span]
    if all("unlisted" in span for span in lasting):
        found["unlisted"] = max(span["unlisted"] for span in lasting)
    return found


def end_of(ends: Iterable[End], token: Token) -> End | None:
    """
    Of some shutdowns the latest that is about a token: its frequency's if there is one, else its RAT's, else the
    whole network's.
    """
    ends = sorted(ends, key=lambda end: (Date.parse(end.until).last, end.until, end.planned))
    for about in (
        [e for e in ends if e.rat is token.rat and e.mhz == token.mhz != 0],
        [e for e in ends if e.rat is token.rat and not e.mhz],
        [e for e in ends if e.rat is None],
    ):
        if about:
            return about[-1]
    return None


def days_of(rows: Iterable[Row]) -> Iterator[str]:
    """
    Every day of a snapshot that rows mention.
    """
    for row in rows:
        yield from (row.first, row.last)
        for pair in row.tokens.values():
            yield from pair
        yield from (day for day, _ in row.status)
