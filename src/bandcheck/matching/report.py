"""
One answer to one question: every variant and every host that it may be about, and what they have in common (rule 7).
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import field

from bandcheck.matching.confidence import GRADES, confidence, grade
from bandcheck.matching.judge import Verdict, judge
from bandcheck.matching.plan import Timetable
from bandcheck.matching.reasons import Reason, missing, newest_sighting, reasons
from bandcheck.matching.summary import Summary, words
from bandcheck.matching.verdict import OUTCOMES, Coverage
from bandcheck.model.bands import FIELD, RATS, Rat, numbers_in
from bandcheck.model.carrier import Carrier
from bandcheck.model.dates import say_day
from bandcheck.model.device import Device, RatFact, Variant
from bandcheck.model.entity import entity
from bandcheck.model.sources import Source, Trust

SCHEMA = "bandcheck.report/1"


class Network(NamedTuple):
    """
    A network that a question is about.

    Attributes:
        timetable: Its plans.

        via: The MVNO that sells it; None if the network was asked for itself.

        brand: The MVNO's own name for it (`Warp`); empty if it has none.

        stated: That the MVNO sells it is stated for that day or before; False: the earliest statement after it is used.

        partial: The statement may leave out other networks.

        as_of: The day of the statement; None without one.
    """

    timetable: Timetable
    via: Carrier | None = None
    brand: str = ""
    stated: bool = True
    partial: bool = False
    as_of: dt.date | None = None


OLD_HOST_DAYS = 730
"""From this age on a statement of an MVNO's host is called old."""


class Result:
    """
    The verdict on one variant on one network, as part of a report.

    Attributes:
        device: The phone; None for bands given by hand.

        verdict: The answer.

        network: Where; with the MVNO that sells it, if one was asked for.
    """

    def __init__(self, device: Device | None, verdict: Verdict, network: Network) -> None:
        self.device = device
        self.verdict = verdict
        self.network = network

    @property
    def via(self) -> Carrier | None:
        """
        The MVNO that sells the network; None if the network was asked for itself.
        """
        return self.network.via

    @property
    def brand(self) -> str:
        """
        The MVNO's own name for the network; empty if it has none.
        """
        return self.network.brand

    @property
    def models(self) -> tuple[str, ...]:
        """
        Model numbers of the variant.
        """
        return self.verdict.variant.models

    @functools.cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """
        Why.
        """
        found = reasons(self.verdict)
        if self.verdict.runs_out is not None:
            day, outcome = self.verdict.runs_out
            found += (Reason("BC231", f"From {say_day(day)} on the answer is worse: {outcome}."),)
        released = self.device.released if self.device else None
        if released is not None and released.first > self.verdict.on:
            found += (Reason("BC104", f"This phone came out later ({released})."),)
        if self.via is not None and self.network.partial:
            text = f"What is recorded of {self.via.name}'s networks on that day may leave out others."
            found += (Reason("BC103", text),)
        if self.via is not None and not self.network.stated:
            text = f"Nobody recorded whose network {self.via.name} used on that day; the next known statement is used."
            found += (Reason("BC102", text),)
        as_of = self.network.as_of
        if self.via is not None and as_of is not None and (days := (self.verdict.on - as_of).days) > OLD_HOST_DAYS:
            age = f"{days // 30} months old ({say_day(as_of)})"
            found += (Reason("BC105", f"The newest statement of whose network {self.via.name} uses is {age}."),)
        return found


@entity
class Report:
    """
    The answer to: what will this phone get on this carrier on that day?

    Attributes:
        device_query, carrier_query: The question, verbatim.

        on: The day.

        data_version: Of the index that answered.

        results: One per variant and network; never empty.

        left_out: Versions of which nobody recorded any bands, beside others that somebody did. The answer is not about
            them; asked for alone, each is an answer of its own.

        sources: Every source, by id.
    """

    device_query: str
    carrier_query: str
    on: dt.date
    data_version: str
    results: tuple[Result, ...]
    left_out: tuple[Variant, ...] = ()
    sources: Mapping[str, Source] = field(factory=dict)

    @functools.cached_property
    def summary(self) -> Summary:
        """
        The answer in one line of a list.
        """
        verdicts = [r.verdict for r in self.results]
        return Summary(
            verdicts,
            len({v.variant.key for v in verdicts}) > 1,
            bool(self.left_out) or any(r.network.partial for r in self.results),
            all(r.network.stated for r in self.results),
            self._grades,
        )

    def _grades(self) -> Iterator[str]:
        return (grade(r.verdict, self.sources) for r in self.results)

    @property
    def worst(self) -> int:
        """
        The lowest certain level of any result.
        """
        return self.summary.worst

    @property
    def best(self) -> int:
        """
        The highest possible level of any result.
        """
        return self.summary.best

    @property
    def outcome(self) -> str:
        """
        What all results agree on, else `varies`.
        """
        return self.summary.outcome

    @property
    def coverage(self) -> Coverage | None:
        """
        The worst coverage of any result that has the common outcome.
        """
        return self.summary.coverage

    @property
    def refused(self) -> bool:
        """
        Every result is refused by the carrier.
        """
        return self.summary.refused

    @property
    def headline(self) -> str:
        """
        The answer in a few words; one of a fixed set.
        """
        return self.summary.headline

    @property
    def confidence(self) -> tuple[str, tuple[str, ...]]:
        """
        The lowest grade of any result, with its whys.
        """
        graded = [confidence(r.verdict, self.sources) for r in self.results]
        return min(graded, key=lambda g: GRADES.index(g[0]))

    def meets(self, need: int) -> bool | None:
        """
        Whether the phone gets at least a level: for certain, not at all (False), or nobody can say (None). A version
        that nobody recorded leaves it open, and so does a network that may have been left out.
        """
        return self.summary.meets(need)

    def to_dict(self) -> dict[str, Any]:
        """
        The JSON of `bandcheck check -f json`; its keys are a promise.
        """
        used: dict[str, None] = {}
        results = []
        for result in self.results:
            row = _row(result, self.sources)
            for reason in row["reasons"]:
                used.update(dict.fromkeys(reason["sources"]))
            results.append(row)
        conflicts = self._conflicts()
        for conflict in conflicts:
            for claim in conflict["claims"]:
                used.update(dict.fromkeys(claim["sources"]))
        return {
            "schema": SCHEMA,
            "query": {"device": self.device_query, "carrier": self.carrier_query},
            "on": self.on.isoformat(),
            "data_version": self.data_version,
            "outcome": self.outcome,
            "worst": OUTCOMES[self.worst],
            "best": OUTCOMES[self.best],
            "headline": self.headline,
            "coverage": self.coverage.value if self.coverage else None,
            "confidence": self.summary.grade,
            "results": results,
            "left_out": [{"models": list(v.models), "market": v.market or None} for v in self.left_out],
            "conflicts": conflicts,
            "sources": {i: _source(self.sources[i]) for i in sorted(used) if i in self.sources},
        }

    def _conflicts(self) -> list[dict[str, Any]]:
        found = []
        devices = {r.device.id: r.device for r in self.results if r.device is not None}
        carriers = {r.verdict.carrier.id: r.verdict.carrier for r in self.results}
        for kind, things in (("device", devices), ("carrier", carriers)):
            for thing_id, thing in things.items():
                for conflict in thing.conflicts:
                    claims = [{"says": says, "sources": list(sources)} for says, sources in conflict.claims]
                    found.append({kind: thing_id, "about": conflict.about, "claims": claims})
        return found


def headline(results: Sequence[Result]) -> str:
    """
    The words for one or several results.
    """
    verdicts = [r.verdict for r in results]
    return words(verdicts, len({v.variant.key for v in verdicts}) > 1)


def report(
    device_query: str,
    carrier_query: str,
    on: dt.date,
    phones: Iterable[tuple[Device | None, Variant]],
    networks: Iterable[Network],
    sources: Mapping[str, Source],
    data_version: str = "",
) -> Report:
    """
    Judge every variant on every network.

    Args:
        phones: Variants that the question may be about.

        networks: The networks that it may be about.
    """
    hosts, asked = tuple(networks), tuple(phones)
    known = [is_recorded(variant) for _, variant in asked]
    recorded = tuple(itertools.compress(asked, known))
    results = tuple(
        Result(device, judge(variant, network.timetable, on), network)
        for device, variant in recorded or asked
        for network in hosts
    )
    left_out = tuple(v for (_, v), is_known in zip(asked, known, strict=True) if not is_known) if recorded else ()
    return Report(device_query, carrier_query, on, data_version, results, left_out, sources)


_BASIC = (Rat.GSM, Rat.UMTS, Rat.LTE)


def is_recorded(variant: Variant) -> bool:
    """
    Whether somebody recorded any of a variant's GSM, UMTS or LTE bands; bands given by hand are.
    """
    return not variant.device or any_recorded(variant.facts)


def any_recorded(facts: Mapping[Rat, RatFact]) -> bool:
    """
    Whether any of a variant's GSM, UMTS or LTE bands are more than inferred.
    """
    for rat in _BASIC:  # a generator takes three times as long, and this is asked of every variant of every answer
        fact = facts.get(rat)
        if fact is not None and fact.trust is not Trust.INFERRED:
            return True
    return False


def _row(result: Result, sources: Mapping[str, Source]) -> dict[str, Any]:
    verdict = result.verdict
    grade, whys = confidence(verdict, sources)
    runs_out = verdict.runs_out
    return {
        "device": result.device.id if result.device else None,
        "name": result.device.full_name if result.device else None,
        "variant": verdict.variant.key,
        "models": list(verdict.variant.models),
        "market": verdict.variant.market or None,
        "carrier": verdict.carrier.id,
        "via": result.via.id if result.via else None,
        "brand": result.brand or None,
        "outcome": verdict.outcome,
        "worst": OUTCOMES[verdict.worst],
        "best": OUTCOMES[verdict.best],
        "radio": verdict.radio,
        "coverage": verdict.coverage.value if verdict.coverage else None,
        "headline": headline((result,)),
        "rats": {rat.value: _rat(verdict, rat) for rat in RATS},
        "voice": verdict.voice,
        "emergency": {"accepted": "yes", "refused": "no"}.get(verdict.emergency.value, "unknown"),
        "acceptance": verdict.acceptance.value,
        "runs_out": {"on": runs_out[0].isoformat(), "to": runs_out[1]} if runs_out else None,
        "confidence": grade,
        "confidence_why": list(whys),
        "newest_fact": seen.isoformat() if (seen := newest_sighting(verdict)) else None,
        "reasons": [{"code": r.code, "text": r.text, "sources": list(r.sources)} for r in result.reasons],
    }


def _rat(verdict: Verdict, rat: Rat) -> dict[str, Any]:
    met = verdict.match
    unrecorded = rat not in verdict.carrier.recorded
    hoped = met.possible & ~met.certain
    if unrecorded or met.phone.bands.is_unknown(rat):
        # Any band could be shared: list none rather than all.
        hoped &= met.phone.bands.at_least.mask | met.plan.certain
        hoped &= ~FIELD[rat] if unrecorded and met.phone.bands.is_unknown(rat) else -1
    return {
        "support": met.support(rat).value,
        "shared": _numbers(rat, met.certain),
        "possible": _numbers(rat, hoped),
        "missing": _numbers(rat, missing(verdict, rat)),
    }


def _numbers(rat: Rat, mask: int) -> list[int] | list[str]:
    numbers = numbers_in(rat, mask)
    return [f"BC{n}" for n in numbers] if rat is Rat.CDMA else numbers


def _source(source: Source) -> dict[str, str | None]:
    return {"kind": source.kind, "title": source.title, "url": source.url, "date": source.date}
