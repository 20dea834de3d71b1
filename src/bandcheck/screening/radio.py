"""
What the phone of a listing gets on a carrier: verdicts, on the day and at the policy's horizon.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from bandcheck.database.catalog import Catalog
from bandcheck.database.questions import networks_for
from bandcheck.matching.report import Network, Report, Result, report
from bandcheck.model.carrier import Carrier
from bandcheck.model.entity import entity
from bandcheck.screening.finding import Answer
from bandcheck.screening.resolve import Resolved

Judge = Callable[[Result], bool | None]
"""Whether one version on one network meets something; None if nobody can say."""


@entity
class Place:
    """
    Where and when a listing is to be sold.

    Attributes:
        carrier: Whose customers buy it.

        on: The day.

        networks: The networks that they are on; empty if nobody recorded them.
    """

    carrier: Carrier
    on: dt.date
    networks: tuple[Network, ...]

    @property
    def hosts(self) -> tuple[Carrier, ...]:
        """
        The operators of the networks, each once.
        """
        return tuple({n.timetable.carrier.id: n.timetable.carrier for n in self.networks}.values())


@entity
class Radio:
    """
    The verdicts on a listing's phone.

    Attributes:
        now: On the day; None if the phone is not decided, or the networks are not recorded.

        later: At the policy's horizon, on the networks of the day; None likewise.
    """

    now: Report | None
    later: Report | None


def place_of(catalog: Catalog, carrier: Carrier, on: dt.date, hosts: str | frozenset[str]) -> Place:
    """
    A carrier on a day.

    Args:
        hosts: As in a policy; networks that it does not ask for are left out.
    """
    networks = networks_for(catalog, carrier, on)
    if not isinstance(hosts, str):
        networks = [n for n in networks if n.timetable.carrier.id in hosts]
    return Place(carrier, on, tuple(networks))


def radio_of(resolved: Resolved, place: Place, horizon: dt.date, catalog: Catalog) -> Radio:
    """
    The verdicts on a phone. Depends on versions, carrier and days alone, so each distinct lot is judged once.
    """
    if not resolved.variants or not place.networks:
        return Radio(None, None)
    query = resolved.device.id if resolved.device else ""

    def on(day: dt.date) -> Report:
        phones, networks = resolved.phones, place.networks
        return report(query, place.carrier.id, day, phones, networks, catalog.sources, catalog.version)

    now = on(place.on)
    return Radio(now, now if horizon == place.on else on(horizon))


def answer(found: Report, hosts: str | frozenset[str], meets: Judge) -> Answer:
    """
    Whether a phone meets something on the networks that a policy asks for: in every version, on all of them or any.

    Networks that a partial statement may leave out turn a pass or a fail that they could undo into unknown.
    """
    each = [said for said, _ in on_networks(found, meets)]
    others = any(r.network.partial for r in found.results)
    if hosts == "any":
        return _best([*each, Answer.UNKNOWN] if others else each)
    return _worst([*each, Answer.UNKNOWN] if others else each)


def on_networks(found: Report, meets: Judge) -> list[tuple[Answer, list[Result]]]:
    """
    What each network answers, with the verdicts there. It fails if no version can meet it, and passes if every version
    does; versions that nobody recorded could do either.
    """
    networks: dict[str, list[Result]] = {}
    for result in found.results:
        networks.setdefault(result.verdict.carrier.id, []).append(result)
    return [(_on_one(results, bool(found.left_out), meets), results) for results in networks.values()]


def _on_one(results: Sequence[Result], others: bool, meets: Judge) -> Answer:
    said = {meets(result) for result in results} | ({None} if others else set())
    if said == {True}:
        return Answer.PASS
    return Answer.FAIL if said == {False} else Answer.UNKNOWN


def _best(answers: Iterable[Answer]) -> Answer:
    order = (Answer.PASS, Answer.UNKNOWN, Answer.FAIL)
    return min(answers, key=order.index)


def _worst(answers: Iterable[Answer]) -> Answer:
    order = (Answer.FAIL, Answer.UNKNOWN, Answer.PASS)
    return min(answers, key=order.index)
