"""
What is known of a RAT as a whole, laid on the bands of its plan: no band is live before its RAT or after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from bandcheck.model.bands import FIELD, BandSet, Rat
from bandcheck.model.dates import Date

Record = dict[str, Any]


def held(plan: dict[str, list[Record]], rats: dict[str, Record]) -> dict[str, list[Record]]:
    """
    A plan with each deployment held within the dates of its RAT; one that lies outside them altogether is left out.
    """
    found = dict(plan)
    for rat, whole in rats.items():
        if rat in plan:
            found[rat] = [one for deployment in plan[rat] if (one := _within(deployment, whole)) is not None]
    return found


def with_bands_unknown(plan: dict[str, list[Record]], rats: dict[str, Record]) -> dict[str, list[Record]]:
    """
    A plan that has, for each RAT of which only the dates are known, a deployment of an unknown band.
    """
    return {**plan, **{rat: [_of_unknown_band(Rat(rat), whole)] for rat, whole in rats.items() if not plan.get(rat)}}


def contradictions(deployment: Record, whole: Record) -> Iterator[str]:
    """
    What a deployment's dates say against those of its RAT, in words.

    A coarse date contradicts nothing that it can mean: a band that ended in `2022` may have ended with the RAT in July.
    """
    live, bound = deployment["live"], whole["live"]
    if live["until"] and bound["until"] and _first(live["until"]) > _last(bound["until"]):
        yield f"until {live['until']}"
    start, earliest = live["since"] or live["by"], bound["since"] or bound["after"]
    if start and earliest and _last(start) < _first(earliest):
        yield f"{'since' if live['since'] else 'by'} {start}"


def joined(upper: Record, below: Record) -> dict[str, Record]:
    """
    The dates of RATs by two layers of a carrier. Those of the lower one say nothing of a plan of the upper one.
    """
    found = dict(upper["rats"])
    for rat, whole in below["rats"].items():
        if rat in found:
            found[rat] = _both(found[rat], whole)
        elif rat not in upper["plan"]:
            found[rat] = whole
    return found


def overruled(upper: Record, below: Record) -> Iterator[Record]:
    """
    What a lower layer of a carrier says that the dates of the upper one contradict, and which ends of a RAT the plan
    of the upper one denies.
    """
    for rat, whole in upper["rats"].items():
        for deployment in below["plan"].get(rat, ()) if rat not in upper["plan"] else ():
            for words in contradictions(deployment, whole):
                known = deployment["bands"] != FIELD[Rat(rat)]
                yield _lost(deployment, rat, f"{BandSet(deployment['bands']) if known else rat} {words}")
    for rat, whole in below["rats"].items():
        end = whole["live"]["until"]
        theirs = upper["rats"][rat]["live"]["until"] if rat in upper["rats"] else None
        ends = [theirs] if theirs else [d["live"]["until"] for d in upper["plan"].get(rat, ())]
        if end and ends and (None in ends or not any(_may_be_one(end, one) for one in ends)):
            yield _lost(whole, rat, f"{rat} until {end}")


def _lost(fact: Record, rat: str, says: str) -> Record:
    return {"variant": "", "rat": rat, "layer": fact["layer"], "says": says, "sources": fact["sources"]}


def _may_be_one(date: str, other: str) -> bool:
    """
    Whether two ends may be one: sources name the last day on as well as the first day off.
    """
    day = dt.timedelta(days=1)
    return _first(date) <= _last(other) + day and _first(other) <= _last(date) + day


def _both(upper: Record, below: Record) -> Record:
    """
    The dates of one RAT by two layers: the start and the end, each by the upper one that gives it.
    """
    live, sources = dict(upper["live"]), list(upper["sources"])
    for keys in (("since", "by", "after"), ("until", "announced"), ("seen",)):
        if not any(live[key] for key in keys) and any(below["live"][key] for key in keys):
            live.update({key: below["live"][key] for key in keys})
            sources += [s for s in below["sources"] if s not in sources]
    begin = live["since"] or live["by"]
    if begin and live["until"] and _first(begin) >= _last(live["until"]):
        return upper
    return {**upper, "live": live, "sources": sources}


def _within(deployment: Record, whole: Record) -> Record | None:
    """
    A deployment held within the dates of its RAT; None if nothing is left of it.
    """
    live, bound = {**deployment["live"]}, whole["live"]
    start, earliest = live["since"] or live["by"], bound["since"] or bound["after"]
    if earliest and start and _last(start) < _first(earliest):
        live.update({key: bound[key] for key in ("since", "by", "after")})
    elif earliest and not live["since"] and (not live["after"] or _first(live["after"]) < _first(earliest)):
        live["after"] = earliest
    if bound["until"] and (not live["until"] or _last(live["until"]) > _last(bound["until"])):
        live.update({key: bound[key] for key in ("until", "announced")})
    over = live["until"] is not None and not live["announced"]
    if over and live["seen"] and _first(live["seen"]) >= _last(live["until"]):
        live["seen"] = None  # a list that was not kept up
    if live == deployment["live"]:
        return deployment
    begin = live["since"] or live["after"]
    if begin and live["until"] and _first(begin) >= _last(live["until"]):
        return None
    dated_by = [*deployment.get("dated_by", ()), *whole["sources"]]
    return {**deployment, "live": live, "dated_by": list(dict.fromkeys(dated_by))}


def _of_unknown_band(rat: Rat, whole: Record) -> Record:
    return {"bands": FIELD[rat], "mfbi": None, **{k: whole[k] for k in ("live", "sources", "layer")}}


def _first(text: str) -> dt.date:
    return Date.parse(text).first


def _last(text: str) -> dt.date:
    return Date.parse(text).last
