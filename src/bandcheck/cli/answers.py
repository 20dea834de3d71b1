"""
`check`: one answer in full.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys

from bandcheck.cli import ANSWERED, CANNOT_SAY, MISSES, USAGE
from bandcheck.cli.text import MAYBE, NO, UNKNOWN, YES, Screen, one_of
from bandcheck.database.catalog import Catalog
from bandcheck.database.questions import ask
from bandcheck.matching.confidence import GRADES, confidence
from bandcheck.matching.reasons import DOWNWARDS, GENERATION, Reason, say_circuits
from bandcheck.matching.report import Report, Result, headline
from bandcheck.matching.verdict import OUTCOMES, WIFI, Support
from bandcheck.model.bands import BandSet, Rat
from bandcheck.model.dates import parse_day, say_day
from bandcheck.model.device import Capability

GLOSS = {
    "GETS 5G": "5G where the carrier has it, 4G elsewhere.",
    "GETS 4G": "Normal 4G across the carrier's network.",
    "4G WITH GAPS": "4G in parts of the network; weak or none in the rest.",
    "NO 4G — 3G ONLY": "Slower 3G for data.",
    "NO 4G — 3G IN PLACES": "3G only where the carrier uses the right band. Wi-Fi works anywhere.",
    "2G ONLY": "Calls and texts; data too slow for most apps. Plan on Wi-Fi.",
    "WI-FI ONLY": "Don't expect mobile data, calls or texts. Wi-Fi still works.",
    "REFUSED BY CARRIER": "The carrier does not let this phone in, whatever its bands.",
    "NO 4G — 3G AT BEST": "4G is certainly out. 3G is possible, not promised.",
    "NO 4G — 2G AT BEST": "4G and 3G are certainly out. 2G is possible, not promised.",
    "MAYBE 4G": "4G is possible, not promised.",
    "MAYBE 5G": "5G is possible, not promised; 4G is certainly out.",
    "MAYBE 5G (4G at least)": "4G for certain; 5G is possible, not promised.",
    "CAN'T SAY": 'The facts are missing. This is not a "no".',
}

_VOICE = {
    "volte": (YES, "over 4G (VoLTE)"),
    "cs": (YES, ""),
    "none": (NO, "no way to call on this network"),
    "unknown": (UNKNOWN, "nobody recorded whether this phone can call here"),
}
_EMERGENCY = {
    "accepted": (YES, "documented"),
    "refused": (NO, "do not rely on this phone for emergency calls"),
    "conditional": (MAYBE, "under conditions, see the reasons"),
    "unknown": (UNKNOWN, "nothing is recorded about emergency calls"),
}
_ACCEPTANCE = {
    "accepted": (YES, "documented"),
    "conditional": (MAYBE, "under conditions"),
    "refused": (NO, "refused"),
    "unknown": (UNKNOWN, "no rule of the carrier is recorded for this phone"),
}


def catalog_of(options: argparse.Namespace) -> Catalog:
    """
    The database that the options name.
    """
    return Catalog.open(options.data, options.overlay)


def day_of(options: argparse.Namespace) -> dt.date:
    """
    The day that the options name, else today.

    Raises:
        InvalidDateError: No such day.
    """
    return dt.date.today() if options.on is None else parse_day(options.on)


def phone_of(options: argparse.Namespace) -> str | BandSet | Capability:
    """
    The phone that the options name, or the one that is described by its bands, a text or a dump.
    """
    said = {"a phone": options.device, "--bands": options.bands, "--text": options.text, "--modem": options.modem}
    given = [name for name, value in said.items() if value is not None]
    if len(given) > 1:
        print(f"bandcheck {options.command}: both {given[0]} and {given[1]}: give one of the two.", file=sys.stderr)
        raise SystemExit(USAGE)
    if not given:
        print(f"bandcheck {options.command}: name a phone, or give --bands, --text or --modem.", file=sys.stderr)
        raise SystemExit(USAGE)
    if options.bands is not None:
        return BandSet.parse(options.bands)
    if options.device is not None:
        return str(options.device)
    from bandcheck.cli.readings import described_phone

    return described_phone(options)


def verdict_code(answer: Report, need: str | None) -> int:
    """
    The exit code of an answer.
    """
    if need is None:
        return ANSWERED
    meets = answer.meets(OUTCOMES.index(need))
    return CANNOT_SAY if meets is None else ANSWERED if meets else MISSES


def check(options: argparse.Namespace) -> int:
    """
    `bandcheck check`.
    """
    catalog = catalog_of(options)
    answer = ask(catalog, phone_of(options), options.carrier, day_of(options), options.model)
    if options.format == "json":
        print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        print_report(answer, catalog, Screen(options), explain=options.explain)
    return verdict_code(answer, options.need)


def print_report(answer: Report, catalog: Catalog, screen: Screen, explain: bool = False) -> None:
    """
    The screen of one answer.
    """
    groups = _groups(answer)
    screen.line(phone_title(answer))
    screen.line(f"{carrier_title(answer, catalog)} · as of {say_day(answer.on)}")
    screen.line()
    screen.headline(answer.headline)
    screen.line(GLOSS.get(answer.headline, "The answer differs; see the table."), indent=2)
    screen.line()
    if len(groups) > 1:
        _print_table(answer, groups, screen)
    else:
        _print_block(groups[0], answer, screen)
    if answer.left_out:
        names = ", ".join(
            f"{v.models[0] if v.models else v.key}{f' ({v.market})' if v.market else ''}" for v in answer.left_out
        )
        screen.field("Left out", f"nobody recorded the bands of {names}; nothing here is about them")
    _print_settles(answer, screen)
    if explain:
        for group in groups:
            _print_reasons(group, answer, screen)
    else:
        screen.line()
        screen.line("Add --explain for every reason and its sources.")


def _groups(answer: Report) -> list[list[Result]]:
    """
    Results that say the same, together.
    """
    groups: dict[tuple[object, ...], list[Result]] = {}
    for result in answer.results:
        verdict = result.verdict
        key = (
            verdict.carrier.id,
            headline((result,)),
            verdict.voice,
            verdict.acceptance.value,
        )
        groups.setdefault(key, []).append(result)
    return list(groups.values())


def phone_title(answer: Report) -> str:
    """
    What is asked about: the phone with its versions, or the bands that were given.
    """
    devices = {r.device.id: r.device for r in answer.results if r.device is not None}
    if not devices:
        return f"A phone with {answer.device_query}"
    (device,) = list(devices.values())[:1]
    variants = {r.verdict.variant.key: r.verdict.variant for r in answer.results}
    numbers = [v.models[0] if v.models else v.market or v.key for v in variants.values()]
    names = [n if numbers.count(n) == 1 else k for n, k in zip(numbers, variants, strict=True)]
    (one, *more) = variants.values()
    if not more and (names[0] == device.name or (not (one.models or one.market) and len(device.variants) == 1)):
        return device.full_name
    shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
    return f"{device.full_name} ({len(names)} versions: {shown})" if len(names) > 1 else f"{device.full_name} ({shown})"


def carrier_title(answer: Report, catalog: Catalog) -> str:
    """
    Where: the network, or an MVNO with the networks that it sells.
    """
    first = answer.results[0]
    if first.via is None:
        return first.verdict.carrier.name
    hosts = {r.verdict.carrier.id: (r.verdict.carrier.name, r.brand) for r in answer.results}
    names = [f"{name} ({brand})" if brand else name for name, brand in hosts.values()]
    return f"{first.via.name}, on {' or '.join(names)}"


def _print_block(group: list[Result], answer: Report, screen: Screen) -> None:
    """
    One answer in full: data, calls, acceptance, what runs out, how sure.
    """
    result = group[0]
    verdict = result.verdict
    if len({(r.verdict.match.certain, r.verdict.match.possible) for r in group}) > 1:
        screen.line(
            f"The versions have different bands, with the same answer. Shown: {_name(result, answer)}.", indent=2
        )
        screen.line()
    label = "Data"
    for rat in DOWNWARDS:
        told = [
            r
            for r in result.reasons
            if (r.rat is rat and r.code.startswith("BC20")) or (r.rat is rat and r.code in ("BC101", "BC210", "BC211"))
        ]
        support = verdict.match.support(rat)
        if not told and support is Support.NO:
            continue
        if rat in (Rat.TDSCDMA, Rat.CDMA) and support is Support.NO:
            continue
        name = {Rat.TDSCDMA: "TD", Rat.CDMA: "CDMA"}.get(rat, GENERATION[rat])
        screen.status(label, one_of(support.value), name, " ".join(r.text for r in told))
        label = ""
    places = [r for r in result.reasons if r.code.startswith("BC22")]
    for number, reason in enumerate(places):
        screen.field("Coverage" if number == 0 else "", reason.text)
    mark, text = _VOICE[verdict.voice]
    if verdict.voice == "cs":
        text = f"over {say_circuits(verdict)}"
    screen.status("Calls", mark, "", text)
    mark, text = _EMERGENCY[verdict.emergency.value]
    screen.status("Emergency", mark, "", verdict.emergency.policies[0].says if verdict.emergency.policies else text)
    mark, text = _ACCEPTANCE[verdict.acceptance.value]
    screen.status("Accepted", mark, "", verdict.acceptance.policies[0].says if verdict.acceptance.policies else text)
    if verdict.runs_out is not None:
        day, then = verdict.runs_out
        screen.field("Runs out", f"{say_day(day)}: then {_say_outcome(then)}")
    screen.line()
    grade, whys = confidence(verdict, answer.sources)
    screen.field("How sure", f"{grade.upper():<8}{'; '.join(whys)}")
    for reason in result.reasons:
        if reason.code in ("BC001", "BC002", "BC003", "BC102", "BC103", "BC104", "BC105"):
            screen.field("Note", f"{reason.text} ({reason.code})")


def _name(result: Result, answer: Report) -> str:
    """
    What tells a variant from the others: its first model number, or its key where several share the number.
    """
    variant = result.verdict.variant
    others = {r.verdict.variant.key for r in answer.results if r.models[:1] == variant.models[:1]}
    return variant.models[0] if variant.models and len(others) == 1 else variant.key


def short_headline(words: str) -> str:
    """
    A headline for a table's cell.
    """
    head, colon, span = words.partition(": ")
    return f"{span}, by {head.split()[-1].lower()}" if colon else head


def _say_outcome(outcome: str) -> str:
    return {"wifi": "Wi-Fi only", "unknown": "nobody can say"}.get(outcome, outcome.upper())


def _print_table(answer: Report, groups: list[list[Result]], screen: Screen) -> None:
    """
    Several answers side by side, then the range.
    """
    several_hosts = len({r.verdict.carrier.id for r in answer.results}) > 1
    rows = []
    for group in groups:
        first = group[0]
        names = ", ".join(dict.fromkeys(_name(r, answer) for r in group))
        where = ", ".join(
            dict.fromkeys(r.verdict.variant.market or ", ".join(r.verdict.variant.sold_in) or "?" for r in group)
        )
        host = first.brand or first.verdict.carrier.name
        grade = min((confidence(r.verdict, answer.sources)[0] for r in group), key=GRADES.index)
        row = [where, names, headline((first,)), grade]
        rows.append([host, *row[1:]] if several_hosts else row)
    screen.table(["NETWORK" if several_hosts else "SOLD IN", "VERSION", "VERDICT", "HOW SURE"], rows)
    screen.line()
    best = _say_outcome(OUTCOMES[answer.best])
    open_ = answer.worst == WIFI and all(r.verdict.outcome != "wifi" for r in answer.results)
    worst = "nobody can say" if open_ else _say_outcome(OUTCOMES[answer.worst])
    screen.field("Best case", best)
    screen.field("Worst case", worst)
    old = (r.text for result in answer.results for r in result.reasons if r.code in ("BC002", "BC105"))
    for text in list(dict.fromkeys(old))[:2]:
        screen.field("Note", text)
    numbers = [_name(r, answer) for r in answer.results]
    if len({r.verdict.variant.key for r in answer.results}) > 1 and numbers:
        screen.field("Narrow it", f"--model {numbers[0]} (the number on the box and in the settings)")


def _print_settles(answer: Report, screen: Screen) -> None:
    """
    Which fact would settle an open answer.
    """
    for result in answer.results:
        fact = next((r for r in result.reasons if r.code in ("BC101", "BC204", "BC205", "BC206")), None)
        if fact is None or result.verdict.worst == result.verdict.best:
            continue
        number = next(iter(result.models), "its model number")
        settles = {
            "BC101": f"a source that gives the bands of {number} alone, not of all versions together",
            "BC204": f"whether {result.verdict.carrier.name}'s cells broadcast the overlapping band",
            "BC205": f"a source for the bands of {number}",
            "BC206": f"a source for {result.verdict.carrier.name}'s bands on that day",
        }
        screen.field("Settled by", settles[fact.code])
        return


def _print_reasons(group: list[Result], answer: Report, screen: Screen) -> None:
    names = ", ".join(dict.fromkeys(_name(r, answer) for r in group))
    screen.line()
    screen.line(f"Why ({names}, {group[0].verdict.carrier.name}):")
    used: dict[str, None] = {}
    for reason in group[0].reasons:
        screen.line(f"{reason.code}  {reason.text}{_marks(reason, used)}", indent=2, hang=9)
    if used:
        screen.line()
        screen.line("Sources:")
    for number, source_id in enumerate(used, 1):
        source = answer.sources[source_id]
        date = f", {source.date}" if source.date else ""
        screen.line(f"[{number}] {source.title} ({source.kind}{date}) {source.url or ''}".rstrip(), indent=2, hang=6)


def _marks(reason: Reason, used: dict[str, None]) -> str:
    used.update(dict.fromkeys(reason.sources))
    order = list(used)
    numbers = [str(order.index(s) + 1) for s in reason.sources]
    return f" [{', '.join(numbers)}]" if numbers else ""
