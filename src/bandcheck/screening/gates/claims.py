"""
BC7: do the words of the listing match the facts?

Each claim is held against a recorded fact. It is contradicted, confirmed, or neither; a seller's word counts for
nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bandcheck.matching.reasons import GENERATION, Reason, say_bands
from bandcheck.matching.verdict import OUTCOMES
from bandcheck.model.bands import BandSet
from bandcheck.screening.case import Case
from bandcheck.screening.finding import Answer, Finding, passes
from bandcheck.screening.gates import words
from bandcheck.screening.gates.radio import say_report


class Claim(NamedTuple):
    """
    Something that a listing says, held against the facts.

    Attributes:
        code: Of the reason if it is contradicted.

        text: What it says, and what the facts say.

        answer: PASS: confirmed. FAIL: contradicted. UNKNOWN: neither.

        said: The words.

        label: What a buyer has to be told if it is contradicted.

        sources: Of the facts.
    """

    code: str
    text: str
    answer: Answer
    said: str
    label: str = ""
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
        label = " ".join(dict.fromkeys(c.label for c in wrong))
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
    name, gets = case.place.carrier.name, say_report(report)
    facts = f"It says “{said}”; on {name} it gets {gets}."
    if report.best < level and not report.left_out:
        yield Claim("BC701", facts, Answer.FAIL, said, f"On {name} this phone gets {gets}, not “{said}”.")
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
    return Claim(code, f"It says “{said}”. {first.text}", gate.answer, said, gate.label, first.sources)


def _certified(case: Case, text: str) -> re.Match[str] | None:
    if not re.search(words.CERTIFYING, text, re.I):  # spares the pattern of this carrier's names
        return words.CERTIFIED.search(text)
    names = [case.place.carrier, *case.place.hosts]
    spelled = "|".join(re.escape(n) for carrier in names for n in (carrier.name, *carrier.aliases))
    after = rf"(?:{spelled})[\s-]+{words.CERTIFYING}"
    by = r"(?:by|for|on|with|por|para|von|für|par|pour|da|per)"
    before = rf"{words.CERTIFYING}\s+(?:for\s+use\s+)?{by}\s+(?:the\s+)?(?:{spelled})"
    by_name = words.Phrases(rf"(?<!\w)(?:{after}|{before})(?!\w)")
    return words.CERTIFIED.search(text) or by_name.search(text)


def _every_carrier(case: Case, said: str) -> Claim:
    report = case.radio.now
    if report is None:
        return Claim("BC704", f"It says “{said}”; what this phone gets here is open.", Answer.UNKNOWN, said)
    name, gets = case.place.carrier.name, say_report(report)
    facts = f"It says “{said}”; on {name} it gets {gets}"
    if report.best < case.policy.min_data and not report.left_out:
        return Claim("BC704", f"{facts}.", Answer.FAIL, said, f"Not for “{said}”: on {name} this phone gets {gets}.")
    return Claim("BC704", f"{facts}, which says nothing of the others.", Answer.UNKNOWN, said)


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
            facts = f"It says “{said}”; it is recorded as sold in {listed}."
            yield Claim("BC703", facts, Answer.FAIL, said, _not_that(said, listed), _where(case))
        elif known and all(s <= countries for s in sold):
            yield Claim("BC703", f"It says “{said}”.", Answer.PASS, said, "", _where(case))
        else:
            yield Claim("BC703", f"It says “{said}”; where this version is sold is open.", Answer.UNKNOWN, said)
    everywhere = words.GLOBAL.search(f"{text} \n {market}")
    if everywhere and known and all(s == {"CN"} for s in sold):
        said = everywhere[0]
        facts = f"It says “{said}”; it is recorded as sold in China alone."
        yield Claim("BC703", facts, Answer.FAIL, said, _not_that(said, "China alone"), _where(case))


def _not_that(said: str, where: str) -> str:
    return f"This phone is made for sale in {where}: it is not the “{said}”."


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
        said = _say_bands(beyond)
        facts = f"It names {said}; no version of {case.name} has that."
        yield Claim("BC705", facts, Answer.FAIL, said, f"This phone does not have {said}.")
    elif claimed:
        certain = all(claimed <= v.capability(case.place.on).bands.at_least for v in case.phone.variants)
        said = _say_bands(claimed)
        facts = f"It names {said}{'' if certain else '; whether this version has all of them is open'}."
        yield Claim("BC705", facts, Answer.PASS if certain else Answer.UNKNOWN, said)


def _say_bands(bands: BandSet) -> str:
    """
    Bands for people: `3G band 1, 4G bands 3 and 7`.
    """
    return ", ".join(f"{GENERATION[rat]} {say_bands(rat, bands.only(rat).mask)}" for rat in bands.rats)
