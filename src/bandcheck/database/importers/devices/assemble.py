"""
The sheets of one phone -> what is certain of each of its versions, and what only bounds them.

A sheet that merges radios never says yes for one model number. It is known by its signs: lines of one RAT of which
some have a label and some none, several lines that differ, TD-SCDMA or Chinese bands beside several model numbers,
CDMA for all of them beside lines for some, records of single versions that differ, other copies that disagree.

Nor does a sheet say no for a number that it passes over: the lines of other numbers, or of one market, are about these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bandcheck.database.importers.devices.sheet import Line, Sheet, same_number
from bandcheck.model.bands import RATS, Rat, bit, numbers_in

_CHINESE = bit(Rat.LTE, 34) | bit(Rat.LTE, 39)
"""E-UTRA bands that only China Mobile has."""

_RARE = frozenset({Rat.CDMA, Rat.TDSCDMA})
"""RATs of a few carriers: a line for some versions means that the others have none."""

Facts = dict[Rat, Line]


class Version(NamedTuple):
    """
    One version of a phone, as far as sheets tell it from others.

    Attributes:
        models: Its numbers; empty if a market or carrier is all that is said.

        market: That; may be empty.

        facts: What is stated of it, by RAT.
    """

    models: tuple[str, ...]
    market: str
    facts: Facts


class Phone(NamedTuple):
    """
    What the sheets of one phone say together.

    Attributes:
        versions: At least one.

        union: The `union:` that bounds what versions leave open; empty if they leave nothing open.

        copies: Ids of the sources, the one that was followed first.

        listed: The model numbers that the sheet lists, as it spells them.
    """

    versions: list[Version]
    union: dict[str, Any]
    copies: tuple[str, ...]
    listed: tuple[str, ...]


def phone_of(sheets: Sequence[Sheet], rules: Counter[str]) -> Phone:
    """
    Put the sheets of one phone together, whatever their order.

    Args:
        rules: Counts the signs of merged radios.
    """
    base, others, records = _sorted(sheets)
    signs = dict.fromkeys(_signs(base, others, records))
    rules.update(f"merged-{sign}" for sign in signs)
    versions = _versions(base, records, merged=bool(signs))
    spoken = {rat for sheet in (base, *others, *records) for rat in sheet.lines}
    partial = {rat for rat in base.lines if not _are_of_all(base, rat)}
    passed_over = [bool(partial - version.facts.keys()) for version in versions]
    rules["passed-over"] += any(passed_over)
    rules["first-lines-alone"] += bool(base.unkept)
    versions = [
        _left_open(version, {*base.unkept, *(_RARE - spoken if over else ())})
        for version, over in zip(versions, passed_over, strict=True)
    ]
    is_open = any(spoken - version.facts.keys() for version in versions)
    agreeing = {other.copy for other in others if not any(_contradicted(base, other))}
    union = _union(base, others, records, partial) if is_open else {}
    return Phone(versions, union, (base.copy, *sorted(agreeing - {base.copy})), base.models)


def _are_of_all(base: Sheet, rat: Rat) -> bool:
    """
    Whether the lines of a RAT are about every version: one has no label, or they are of all the markets, two or more,
    that the sheet tells apart. What most phones lack is none where a line names others.
    """
    lines = base.lines[rat]
    if any(not line.labelled for line in lines):
        return True
    if not base.row.copy.whole:
        return False
    markets = _markets(lines)
    return rat in _RARE or (len(markets) > 1 and markets == _markets(_every(base)))


def _every(sheet: Sheet) -> Iterator[Line]:
    return (line for lines in sheet.lines.values() for line in lines)


def _markets(lines: Iterable[Line]) -> set[str]:
    return {market for line in lines for market in line.markets}


def _left_open(version: Version, rats: Iterable[Rat]) -> Version:
    """
    A version with nothing known of some RATs, whatever rules would conclude from silence.
    """
    silent = {rat: Line(rat, 0, None) for rat in rats if rat not in version.facts}
    return version._replace(facts={**version.facts, **silent})


def _sorted(sheets: Sequence[Sheet]) -> tuple[Sheet, list[Sheet], list[Sheet]]:
    """
    The sheet to follow, those of other copies, and the records that it has of single versions. Where it merely names a
    RAT, the bands are those of the next best copy.

    A copy's own sheet lists more model numbers than the records of its versions, in capitals.
    """
    pages: dict[str, Sheet] = {}
    ordered = sorted(sheets, key=_page_first)
    rest = [sheet for sheet in ordered if pages.setdefault(sheet.copy, sheet) is not sheet]
    base, *others = sorted(pages.values(), key=lambda s: s.rank, reverse=True)
    told = {rat: lines for rat, lines in base.lines.items() if _give_bands(lines)}
    for other in others:
        told |= {
            rat: lines
            for rat, lines in other.lines.items()
            if rat in base.lines and rat not in told and _give_bands(lines)
        }
    records = [sheet for sheet in rest if sheet.copy == base.copy]
    return base._replace(lines=base.lines | told, models=_listed(base, others)), others, records


def _listed(base: Sheet, others: Iterable[Sheet]) -> tuple[str, ...]:
    """
    The model numbers of a phone: those of the sheet that is followed, then those that other copies add.
    """
    found = list(base.models)
    for model in (model for other in others for model in other.models):
        if not any(same_number(model, one) for one in found):
            found.append(model)
    return tuple(found)


def _give_bands(lines: Iterable[Line]) -> bool:
    """
    Whether some line does more than name its RAT.
    """
    return any(line.high is not None for line in lines)


def _page_first(sheet: Sheet) -> tuple[object, ...]:
    codes = sheet.row.codes
    is_record = len(codes) == 1 and codes[0] == codes[0].lower()
    return is_record, -len(codes), -sum(map(len, sheet.row.cells)), codes, sheet.row.cells


def _signs(base: Sheet, others: Iterable[Sheet], records: Iterable[Sheet]) -> Iterator[str]:
    """
    The signs that a sheet merges radios.
    """
    for lines in base.lines.values():
        plain = [line for line in lines if not line.labelled]
        if plain and len({line.bounds for line in lines}) > 1 and len(plain) < len(lines):
            yield "labels-on-some-lines"
        if len({line.bounds for line in plain}) > 1:
            yield "lines-differ"
    if len(base.models) > 1:
        plain = [line for line in _every(base) if not line.labelled]
        if any((line.rat is Rat.TDSCDMA and line.high != 0) or (line.high or 0) & _CHINESE for line in plain):
            yield "chinese-bands"
    if len(_markets(_every(base))) > 1 and any(
        not line.labelled and line.high for line in base.lines.get(Rat.CDMA, ())
    ):
        yield "cdma-for-all"
    if any(any(_contradicted(base, record)) for record in records):
        yield "versions-differ"
    if any(any(_contradicted(base, other)) for other in others):
        yield "copies-disagree"


def _contradicted(base: Sheet, other: Sheet) -> Iterator[Rat]:
    """
    The RATs in which another sheet states bands that no line of the first has.
    """
    for rat, lines in other.lines.items():
        mine = {line.bounds for line in base.lines.get(rat, ())}
        if mine and any(line.bounds not in mine for line in lines if line.high is not None):
            yield rat


def _versions(base: Sheet, records: Sequence[Sheet], *, merged: bool) -> list[Version]:
    """
    The versions that a sheet tells apart; numbers with the same facts are one.
    """
    numbers: dict[str, Facts] = {model: {} for model in base.models}
    markets: dict[str, Facts] = {}
    market_of: dict[str, set[str]] = {}
    for line in (line for line in _every(base) if line.labelled):
        for model in line.models:
            _add(numbers.setdefault(model, {}), line)
            market_of.setdefault(model, set()).add(line.market)
        if not line.models:
            for market in line.markets:
                _add(markets.setdefault(market, {}), line)
    for record in records:
        models, market = record.version(base.models)
        own = {rat: lines[0] for rat, lines in record.lines.items() if len(lines) == 1}
        for model in models:
            numbers.setdefault(model, {}).update(own)
        if not models:
            markets.setdefault(market, {}).update(own)
    shared = {} if merged else _unlabelled(base)
    alike: dict[tuple[object, str], list[str]] = {}
    for model, facts in numbers.items():
        its_markets = market_of.get(model, set())
        market = its_markets.pop() if len(its_markets) == 1 else ""
        alike.setdefault((tuple(sorted(_values({**shared, **facts}))), market), []).append(model)
    versions = [
        Version(tuple(models), market, {**shared, **numbers[models[0]]}) for (_, market), models in alike.items()
    ]
    places: dict[object, list[str]] = {}
    for market, facts in markets.items():
        places.setdefault(tuple(sorted(_values(facts))), []).append(market)
    named = sorted((", ".join(same), markets[same[0]]) for same in places.values())
    versions += [Version((), market, {**shared, **facts}) for market, facts in named]
    return versions or [Version((), "", shared)]


def _add(facts: Facts, line: Line) -> None:
    facts[line.rat] = line if line.rat not in facts else facts[line.rat].beside(line)


def _values(facts: Facts) -> Iterator[tuple[str, str]]:
    for rat, line in facts.items():
        yield rat.value, repr((line.bounds, line.evdo, line.modes))


def _unlabelled(base: Sheet) -> Facts:
    """
    What an unmerged sheet says of every version: its lines without a label.
    """
    plain = {rat: [line for line in lines if not line.labelled] for rat, lines in base.lines.items()}
    return {rat: lines[0] for rat, lines in plain.items() if lines}


def _union(base: Sheet, others: Sequence[Sheet], records: Sequence[Sheet], partial: Container[Rat]) -> dict[str, Any]:
    """
    The `union:` of everything that sheets say. Where copies disagree on a RAT, each side with its sources.

    Args:
        partial: The RATs whose lines are about some versions alone; they set no bound to others.
    """
    union: dict[str, Any] = {}
    for rat in RATS:
        sides: dict[int | None, list[str]] = {}
        if rat in base.lines or any(rat in record.lines for record in records):
            own = [line for sheet in (base, *records) for line in sheet.lines.get(rat, ())]
            sides[_together(own)] = [base.copy]
        for other in others:
            if rat in other.lines and (rat not in base.lines or rat in _contradicted(base, other)):
                sides.setdefault(_together(other.lines[rat]), []).append(other.copy)
        if len(sides) > 1:
            sides.pop(None, None)  # a copy that merely names the RAT does not unsay what another gives
        if None in sides or rat in partial:
            union[rat.value] = {"at_least": []}
        elif len(sides) == 1:
            union[rat.value] = _numbers(rat, next(iter(sides)) or 0)
        elif sides:
            union[rat.value] = {"claims": [{"bands": _numbers(rat, m or 0), "sources": s} for m, s in sides.items()]}
    return union


def _together(lines: Iterable[Line]) -> int | None:
    """
    Every band of some lines; None if one of them sets no bound.
    """
    high = 0
    for line in lines:
        if line.high is None:
            return None
        high |= line.high
    return high


def bands_document(facts: Mapping[Rat, Line]) -> dict[str, Any]:
    """
    Facts as the `bands:` of a variant.
    """
    return {rat.value: _value(facts[rat]) for rat in RATS if rat in facts}


def _value(line: Line) -> Any:
    low = _numbers(line.rat, line.low)
    if line.high is None:
        return {"at_least": low}
    if line.low == line.high:
        return low
    return {**({"at_least": low} if low else {}), "at_most": _numbers(line.rat, line.high)}


def _numbers(rat: Rat, mask: int) -> list[Any]:
    """
    A mask as a list of a data file.
    """
    numbers = numbers_in(rat, mask)
    return [f"BC{n}" for n in numbers] if rat is Rat.CDMA else numbers
