"""
BC7: do the words of the listing match the facts?

Each claim is held against a recorded fact. It is contradicted, confirmed, or neither; a seller's word counts for
nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bandcheck.matching.reasons import Reason
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.bands import BandSet
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Answer, Finding, passes
from bandcheck.screening.gates import words
from bandcheck.screening.gates.radio import say_range


class Claim(NamedTuple):
    """
    Something that a listing says, held against the facts.

    Attributes:
        code: Of the reason if it is contradicted.

        text: What it says, and what the facts say.

        answer: PASS: confirmed. FAIL: contradicted. UNKNOWN: neither.

        said: The words.

        sources: Of the facts.
    """

    code: str
    text: str
    answer: Answer
    said: str
    sources: tuple[str, ...] = ()


def claims(case: Case, certification: Finding, authorisation: Finding) -> Finding:
    """
    Fail: a claim is contradicted. Unknown: one is neither contradicted nor confirmed. Pass: all are confirmed, or
    there is none.

    Args:
        certification, authorisation: What those gates found.
    """
    found = list(_claims(case, certification, authorisation))
    wrong = [c for c in found if c.answer is Answer.FAIL]
    open_ = [Reason("BC709", c.text, c.sources) for c in found if c.answer is Answer.UNKNOWN]
    if wrong:
        reasons = tuple(Reason(c.code, c.text, c.sources) for c in wrong)
        said = " · ".join(f"“{c.said}”" for c in wrong)
        label = f"The listing's {said} does not hold on {case.place.carrier.name}."
        return Finding(Answer.FAIL, (*reasons, *open_), (), label)
    if open_:
        return Finding(Answer.UNKNOWN, tuple(open_))
    confirmed = f": {', '.join(f'“{c.said}”' for c in found)}" if found else ""
    return passes("BC700", f"Nothing that the listing says is contradicted{confirmed}.")


def _claims(case: Case, certification: Finding, authorisation: Finding) -> Iterator[Claim]:
    listing = case.listing
    text = " \n ".join(part for part in (listing.title, listing.description) if part)
    yield from _generation(case, text)
    if match := words.OFFICIAL.search(text):
        yield _by_gate("BC702", match[0], authorisation)
    if match := _certified(case, text):
        yield _by_gate("BC706", match[0], certification)
    if match := words.EVERY_CARRIER.search(text):
        yield _every_carrier(case, match[0])
    yield from _versions(case, text)
    if listing.bands or listing.description:
        yield from _bands(case, f"{listing.bands} \n {listing.description}")


def _generation(case: Case, text: str) -> Iterator[Claim]:
    """
    The highest generation that is claimed.
    """
    matches = list(words.GENERATION.finditer(text))
    if not matches:
        return
    found = max(matches, key=_level)
    level, said = _level(found), found[0].strip()
    report = case.radio.now
    if report is None:
        yield Claim("BC701", f"It says “{said}”; what this phone gets here is open.", Answer.UNKNOWN, said)
        return
    name = case.place.carrier.name
    facts = f"It says “{said}”; on {name} it is {say_range(report.results)}."
    if report.best < level and not report.left_out:
        yield Claim("BC701", facts, Answer.FAIL, said)
    elif report.worst < level or report.left_out:
        yield Claim("BC701", facts, Answer.UNKNOWN, said)
    else:
        yield Claim("BC701", facts, Answer.PASS, said)


def _level(match: re.Match[str]) -> int:
    return OUTCOMES.index("4g") if match["lte"] else OUTCOMES.index(f"{match['level']}g")


def _by_gate(code: str, said: str, gate: Finding) -> Claim:
    """
    A claim that a gate settles.
    """
    first = gate.reasons[0]
    return Claim(code, f"It says “{said}”. {first.text}", gate.answer, said, first.sources)


def _certified(case: Case, text: str) -> re.Match[str] | None:
    if not re.search(words.CERTIFYING, text, re.I):  # spares the pattern of this carrier's names
        return words.CERTIFIED.search(text)
    names = [case.place.carrier, *case.place.hosts]
    spelled = "|".join(re.escape(n) for carrier in names for n in (carrier.name, *carrier.aliases))
    after = rf"(?:{spelled})[\s-]+{words.CERTIFYING}"
    before = rf"{words.CERTIFYING}\s+(?:by|por|von|par|da)\s+(?:{spelled})"
    return words.CERTIFIED.search(text) or re.search(rf"(?<!\w)(?:{after}|{before})(?!\w)", text, re.I)


def _every_carrier(case: Case, said: str) -> Claim:
    report = case.radio.now
    if report is None:
        return Claim("BC704", f"It says “{said}”; what this phone gets here is open.", Answer.UNKNOWN, said)
    short = report.best < case.policy.min_data and not report.left_out
    facts = f"It says “{said}”; on {case.place.carrier.name} it is {say_range(report.results)}."
    # One carrier can contradict it, and none can confirm it.
    return Claim("BC704", facts, Answer.FAIL if short else Answer.UNKNOWN, said)


def _versions(case: Case, text: str) -> Iterator[Claim]:
    told: dict[str, frozenset[str]] = {}
    for match in words.VERSION_OF.finditer(text):
        short = next((words.SHORT_VERSIONS[k] for k in words.SHORT_VERSIONS if match[k]), "")
        name = " ".join((match["name"] or match["after"] or short).lower().split())
        told.setdefault(match[0].strip(), words.COUNTRIES[name])
    market = case.listing.market.strip()
    if market.lower() in words.COUNTRIES:
        told.setdefault(market, words.COUNTRIES[market.lower()])
    elif len(market) == 2 and market.isascii() and market.isalpha():
        told.setdefault(market, frozenset({market.upper()}))
    sold = [frozenset(v.sold_in) for v in case.phone.variants]
    known = bool(sold) and all(sold)
    listed = ", ".join(sorted({c for countries in sold for c in countries}))
    for said, countries in told.items():
        if known and all(countries.isdisjoint(s) for s in sold):
            yield Claim(
                "BC703", f"It says “{said}”; it is recorded as sold in {listed}.", Answer.FAIL, said, _where(case)
            )
        elif known and all(s <= countries for s in sold):
            yield Claim("BC703", f"It says “{said}”.", Answer.PASS, said, _where(case))
        else:
            yield Claim("BC703", f"It says “{said}”; where this version is sold is open.", Answer.UNKNOWN, said)
    everywhere = words.GLOBAL.search(f"{text} \n {market}")
    if everywhere and known and all(s == {"CN"} for s in sold):
        yield Claim(
            "BC703",
            f"It says “{everywhere[0]}”; it is recorded as sold in China alone.",
            Answer.FAIL,
            everywhere[0],
            _where(case),
        )


def _where(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for variant in case.phone.variants for s in variant.sources))


def _bands(case: Case, text: str) -> Iterator[Claim]:
    """
    Bands that are named, where no version can have them.
    """
    if not case.phone.variants:
        return
    from bandcheck.reading.text import read_bands

    claimed = read_bands(text).bands
    possible = BandSet(0)
    for variant in case.phone.variants:
        possible |= variant.capability(case.place.on).bands.at_most
    beyond = claimed - possible
    if beyond:
        facts = f"It names {beyond}; no version of {case.name} has that."
        yield Claim("BC705", facts, Answer.FAIL, str(beyond))
    elif claimed:
        certain = all(claimed <= v.capability(case.place.on).bands.at_least for v in case.phone.variants)
        facts = f"It names {claimed}{'' if certain else '; whether this version has all of them is open'}."
        yield Claim("BC705", facts, Answer.PASS if certain else Answer.UNKNOWN, str(claimed))
