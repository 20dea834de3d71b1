"""
Rules about dates: nothing is on air, or in a phone, before its time or after its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from bandcheck.database.files.walk import device_facts
from bandcheck.database.rat_dates import contradictions
from bandcheck.database.rulebook import Record, World, carrier_rule, device_rule
from bandcheck.errors import Problem
from bandcheck.model.bands import BandSet
from bandcheck.model.dates import Date


@device_rule
def no_rat_before_its_time(record: Record, world: World) -> Iterator[Problem]:
    """
    No phone announced before 2018 has NR, none before 2009 has LTE and none before 2001 has UMTS: such a line is a
    mix-up with a later phone.
    """
    date = record["released"] or (world.devices.get(record["id"]) or {}).get("released")  # another layer may know it
    if date is None:
        return
    released = Date.parse(date)
    for path, rat, fact in device_facts(record):
        first = {"nr": 2018, "lte": 2009, "umts": 2001}.get(rat)
        if first is not None and released.last.year < first and (fact["at_least"] or fact["at_most"]):
            yield Problem(
                record["file"],
                fact["line"],
                path,
                f"{rat} in a phone of {date}",
                "Check the date and the line; [] if it is another phone's.",
            )


_FIRST_NETWORKS = {"gsm": 1991, "cdma": 1995, "umts": 2001, "tdscdma": 2008, "lte": 2009, "nr": 2018}
"""The years in which the first network of each RAT opened to customers."""


@carrier_rule
def no_network_before_its_time(record: Record, world: World) -> Iterator[Problem]:
    """
    No band is on air before the first network of its RAT opened anywhere, such as LTE before 2009: the date is another
    network's, or a licence's.
    """
    for key, plan in record["plan"].items():
        for deployment in plan:
            start = deployment["live"]["since"] or deployment["live"]["by"]
            if start and Date.parse(start).last.year < _FIRST_NETWORKS[key]:
                yield Problem(
                    record["file"],
                    deployment["line"],
                    f"plan.{key}",
                    f"{key} on air in {start}, and the first network opened in {_FIRST_NETWORKS[key]}",
                    "Check the date; a licence is not a launch.",
                )


@carrier_rule
def nothing_outlives_its_end(record: Record, world: World) -> Iterator[Problem]:
    """
    No band is seen, or begins, after the day on which it or its RAT ended: a list that was not kept up tells nothing
    about a network that is off. (An end that was only announced may not have come.)
    """
    for key, plan in record["plan"].items():
        whole = record["rats"].get(key)
        for deployment in plan:
            for whose, one in (("it", deployment), ("the RAT", whole)):
                late = _after_its_end(deployment["live"], one["live"]) if one is not None else None
                if late is not None:
                    yield Problem(
                        record["file"],
                        deployment["line"],
                        f"plan.{key}",
                        f"{late}, and {whose} ended in {one['live']['until']}",
                        "Remove what an old list says, or mend the end.",
                    )
                    break


def _after_its_end(live: Record, bound: Record) -> str | None:
    """
    The first date of a span that lies after the end of another, in all that the two can mean; None if none does.
    """
    if bound["until"] is None or bound["announced"]:
        return None
    end = Date.parse(bound["until"]).last
    late = (key for key in ("since", "by", "seen") if live[key] and Date.parse(live[key]).first > end)
    return next((f"{key} {live[key]}" for key in late), None)


@carrier_rule
def one_band_one_time(record: Record, world: World) -> Iterator[Problem]:
    """
    One band is not listed twice for the same days: the second line would hide the first one's end.
    """
    for key, plan in record["plan"].items():
        for one, other in combinations(plan, 2):
            if one["bands"] == other["bands"] and _together(one["live"], other["live"]):
                yield Problem(
                    record["file"],
                    other["line"],
                    f"plan.{key}",
                    f"{BandSet(other['bands'])} is also in line {one['line']} for the same days",
                    "Merge the two, or give the first an `until`.",
                )


@carrier_rule
def deployments_lie_within_their_rat(record: Record, world: World) -> Iterator[Problem]:
    """
    In one file no band is live before or after its RAT as a whole, and a RAT that has dates is not one that the carrier
    never had.
    """
    for key, whole in record["rats"].items():
        if record["plan"].get(key) == []:
            yield Problem(
                record["file"],
                whole["line"],
                f"rats.{key}",
                "`plan` says that the carrier never had it",
                "Remove the one or the other.",
            )
        for deployment in record["plan"].get(key, ()):
            for words in contradictions(deployment, whole):
                yield Problem(
                    record["file"],
                    deployment["line"],
                    f"plan.{key}",
                    f"{words}, outside the dates of the RAT in line {whole['line']}",
                    "One of the dates is wrong.",
                )


def _together(a: Record, b: Record) -> bool:
    if not all(span["since"] or span["by"] for span in (a, b)):
        return False  # no start: a problem of its own

    def start(span: Record) -> Any:
        return Date.parse(span["since"] or span["by"]).first

    def ends_by(span: Record, day: Any) -> bool:
        return span["until"] is not None and Date.parse(span["until"]).first <= day

    first, second = sorted((a, b), key=start)
    return not ends_by(first, Date.parse(second["since"] or second["by"]).last)
