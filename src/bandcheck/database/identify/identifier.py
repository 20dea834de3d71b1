"""
The reader of titles: what is named, what speaks against it, and whether exactly one reading fits.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator

from bandcheck.database.identify import mend
from bandcheck.database.identify.context import accessory, goes_on, listed, sibling
from bandcheck.database.identify.identification import Candidate, Evidence, Identification, Kind
from bandcheck.database.identify.imei import Tac, lone_tac, take_imeis
from bandcheck.database.identify.index import Row, SpellingIndex
from bandcheck.database.identify.matches import Match, Title, kin, matches, mentioned
from bandcheck.database.identify.spellings import CODENAME, MODEL, PART, STEM
from bandcheck.database.identify.title import YEAR, runs, tokens
from bandcheck.database.identify.words import EDITION_WORDS

_MEMORY = 16_384  # distinct titles whose answers are kept
_LONGEST_KEPT = 300  # letters of a title that is worth keeping
_MOST_CANDIDATES = 10
_UNSURE = frozenset({"look-alike", "spelling", "codename"})
_SCORES = {"phone": 1.0, "several": 0.5, "accessory": 0.3}


class Identifier:
    """
    Identifies phones by the names of one database. Make one with `Catalog.identifier`.
    """

    def __init__(self, index: SpellingIndex) -> None:
        self._index = index
        self._kept = functools.lru_cache(_MEMORY)(self._read)

    def identify(self, text: str) -> Identification:
        """
        Which phone a text is about; see `bandcheck.identify`.
        """
        text, tacs = take_imeis(text)
        alone = lone_tac(text)
        if tacs or alone:
            answer = self._of_tac(text, tacs, alone)
            if answer is not None:
                return answer
        return self._kept(text) if len(text) <= _LONGEST_KEPT else self._read(text)

    def identify_many(self, texts: Iterable[str]) -> Iterator[Identification]:
        """
        As `identify`, for each of many texts, one after the other: nothing is held but the answers to the last distinct
        ones.
        """
        return map(self.identify, texts)

    def _of_tac(self, text: str, tacs: list[Tac], alone: str | None) -> Identification | None:
        """
        The answer to an IMEI or TAC; None where the text tells the phone otherwise.
        """
        tac = tacs[0].tac if tacs else alone
        by_text = self._kept(text)
        if by_text.candidates:
            return by_text._replace(tac=tac if tacs else None)
        if tacs and not any(t.sound for t in tacs) and "imei" not in text.lower():
            if tacs[0].sound is None:
                return None
            why = "fifteen digits whose last is not the check digit of an IMEI: mistyped, or something else"
            return Identification(why=why)
        wrong = tacs and tacs[0].sound is False
        why = f"no phone is recorded under TAC {tac}" + ("; the check digit of the IMEI is wrong" if wrong else "")
        return Identification(kind="tac", why=why, tac=tac)

    def _read(self, text: str) -> Identification:
        title = Title(text, self._index)
        found = matches(title)
        numbers = [] if any(m.number for m in found) else mend.look_alikes(title, self._index)
        if numbers:
            found += self._agreeing(numbers, found)
        if found:
            return self._judged(title, found, {})
        sells_other = accessory(title, None)
        if sells_other:
            return Identification(kind="accessory", why=f"“{sells_other}”: not a phone, and no known one is named")
        return self._mended(title) or self._nothing(title)

    @staticmethod
    def _agreeing(numbers: list[Match], found: list[Match]) -> list[Match]:
        """
        Look-alike model numbers, but for those of other phones than the one that is named.
        """
        named = frozenset().union(*(m.devices for m in found))
        return [n for n in numbers if not named or n.devices & named]

    def _mended(self, title: Title) -> Identification | None:
        if not mend.available():
            return None
        respelled = mend.respelled(title, self._index)
        if respelled is None:
            return None
        text, changes = respelled
        again = Title(text, self._index)
        found = matches(again)
        return self._judged(again, found, {new: old for old, new in changes.items()}) if found else None

    def _nothing(self, title: Title) -> Identification:
        if not title.words:
            return Identification(why="the text has no words")
        why = "no known phone is named"
        if not mend.available():
            why += "; typing errors are not mended, for that install bandcheck[identify]"
        return Identification(why=why)

    def _judged(self, title: Title, found: list[Match], mended: dict[str, str]) -> Identification:
        """
        The answer, given all names and model numbers in a title.
        """
        devices, clash = _common(found)
        if clash == "contradiction" and (own := self._dated(title, found)):
            found, devices, clash = [m for m in found if m.number], own, ""
        if clash:
            sure = [m for m in found if m.number or not goes_on(title, m, True, self._index)]
            if len(sure) < len(found) and any(m.number for m in sure) and _one_maker(found):
                found, (devices, clash) = sure, _common(sure)  # "Galaxy J3 Prime SM-J327T": only the number is known
        used = [m for m in found if not m.devices.isdisjoint(devices)]
        contradictions = [self._clash(title, found)] if clash == "contradiction" else []
        devices, foreign = _by_brand(devices, mentioned(title, used))
        if foreign:
            contradictions.append(f"the title also names {' and '.join(sorted(foreign))}, which did not make it")
        kind, why = self._against(title, found, used, devices, clash)
        if contradictions and kind == "phone":
            why = contradictions[0]
        if not why and len(devices) > 1:
            why = f"{len(devices)} phones answer to this"
        score = _SCORES[kind] * (0.5 if contradictions else 1.0) * (0.7 if why and kind == "phone" else 1.0)
        candidates = [self._candidate(title, d, used, mended, score) for d in sorted(devices)[:_MOST_CANDIDATES]]
        candidates.sort(key=lambda c: -c.score)
        return Identification(tuple(candidates), not why, kind, why, tuple(contradictions))

    def _against(
        self, title: Title, found: list[Match], used: list[Match], devices: frozenset[str], clash: str
    ) -> tuple[Kind, str]:
        """
        What the title is about, and what there speaks against the phones; empty if nothing does.
        """
        sold = accessory(title, found[0])
        if sold:
            return "accessory", f"“{sold}”: the title is of something for the phone, or like it"
        if clash == "several":
            return "several", "several phones are named"
        return self._surroundings(title, used, devices)

    def _surroundings(self, title: Title, used: list[Match], devices: frozenset[str]) -> tuple[Kind, str]:
        """
        What after a name speaks against it.
        """
        nr = "5g" in title.words and any(self._index.may_have_nr(d) for d in sorted(devices)[:_MOST_CANDIDATES])
        named = [m for m in used if not m.number]
        begun = {m.first for m in used}
        for match in named[:_MOST_CANDIDATES]:
            if match.after in begun:
                continue  # its own number follows
            other = listed(title, match, self._index)
            if other:
                return "several", f"“{other}” is a further phone"
            rest = goes_on(title, match, nr, self._index)
            if rest:
                name = title.said(match.first, match.after)
                return "phone", f"“{rest}” after “{name}”: a phone of that longer name is not recorded"
            word, others = sibling(title, match, self._index)
            if others and not any(m.number and m.first >= match.after for m in used):
                theirs = self._index.known(min(others)).name
                return "phone", f"“{word}”: there is a {theirs} too"
        return "phone", ""

    def _dated(self, title: Title, found: list[Match]) -> frozenset[str]:
        """
        The devices of the model numbers, where the title has all words of their names too, one of them beyond those of
        the named phone, which differs by its year alone: "3310 (2017) 3G, TA-1022" is the 3310 3G, of 2017. Else none.
        """
        by_number, _ = _common([m for m in found if m.number])
        by_name, _ = _common([m for m in found if not m.number])
        said = frozenset(title.words)
        pairs = itertools.product(map(self._words_of, by_number), map(self._words_of, by_name))
        if all(own <= said and own - named and all(map(YEAR.fullmatch, named - own)) for own, named in pairs):
            return by_number
        return frozenset()

    def _words_of(self, device: str) -> frozenset[str]:
        return frozenset(token.text for token in tokens(self._index.known(device).name))

    def _clash(self, title: Title, found: list[Match]) -> str:
        name = next(m for m in found if not m.number)
        number = next(m for m in found if m.number)
        theirs = self._index.known(sorted(number.devices)[0]).name
        return (
            f"“{title.said(number.first, number.after)}” is a model number of {theirs}, "
            f"not of “{title.said(name.first, name.after)}”"
        )

    def _by_market(self, title: Title, device: str, variants: frozenset[str]) -> frozenset[str]:
        """
        Of variants, those whose market the title names: "China Unicom version". All where it names none.
        """
        if len(variants) == 1 or EDITION_WORDS.isdisjoint(title.words):
            return variants
        markets = self._index.known(device).markets
        if not markets:
            return variants
        said = {key for key, _, j in runs(title.words[:64]) if j < len(title.words) and title.words[j] in EDITION_WORDS}
        narrowed = frozenset(v for v, key in markets.items() if key in said and (not variants or v in variants))
        return narrowed or variants

    def _candidate(
        self, title: Title, device: str, used: list[Match], mended: dict[str, str], score: float
    ) -> Candidate:
        """
        One phone that a title may be about.

        Args:
            score: How well it would fit if all evidence were exact.
        """
        bearing = [(m, rows) for m in used if (rows := [r for r in m.rows if r.device == device])]
        variants = self._by_market(title, device, _variants(bearing))
        evidence = _evidence(title, device, bearing, mended)
        known = self._index.known(device)
        keys, models = known.variants, known.numbers
        if variants and len(keys) > 1:
            keys = tuple([v for v in known.models if v in variants])
            models = tuple(dict.fromkeys([m for v in keys for m in known.models[v]]))
        kinds = {e.what for e in evidence}
        weight = 0.99 if "name" in kinds and "model number" in kinds else 0.97
        if not kinds.isdisjoint(_UNSURE):
            weight -= 0.08
        return Candidate(device, known.name, models, keys, round(weight * score, 3), evidence)


def _common(found: list[Match]) -> tuple[frozenset[str], str]:
    """
    The devices that all names and numbers of a title agree on. Where they do not: all of them, and `several` or
    `contradiction` (a model number that is not of the named phone).
    """
    if len(found) == 1:
        return found[0].best, ""
    names = [m for m in found if not m.number]
    numbers = [m for m in found if m.number]
    by_name = _agreed([m.best for m in names]) or _agreed([m.devices for m in names])
    by_number = _agreed([m.best for m in numbers]) or _agreed([m.devices for m in numbers])
    everything = frozenset().union(*(m.best for m in found))
    if (names and not by_name) or (numbers and not by_number):
        return everything, "several"
    if not numbers or not names:
        return by_name or by_number, ""
    both = by_number & by_name or by_number & frozenset.intersection(*(m.devices for m in names))
    return (both, "") if both else (everything, "contradiction")


def _one_maker(found: list[Match]) -> bool:
    makers = {device.partition("/")[0] for m in found for device in m.devices}
    return all(kin(one, other) for one in makers for other in makers)


def _agreed(groups: list[frozenset[str]]) -> frozenset[str]:
    return frozenset.intersection(*groups) if groups else frozenset()


def _by_brand(devices: frozenset[str], brands: set[str]) -> tuple[frozenset[str], set[str]]:
    """
    Devices of the brands that a title names, where some are; and brands that none of them is of.
    """
    if not brands:
        return devices, set()
    own = frozenset([d for d in devices if d.partition("/")[0] in brands])
    related = own or frozenset([d for d in devices if any(kin(b, d.partition("/")[0]) for b in brands)])
    return (related, set()) if related else (devices, brands)


def _variants(bearing: list[tuple[Match, list[Row]]]) -> frozenset[str]:
    """
    The variants of a device that the model numbers leave; empty for all.

    Args:
        bearing: What names the device, and those of its rows that are the device's.
    """
    left: frozenset[str] = frozenset()
    for _, rows in bearing:
        if rows[0].what in (MODEL, PART, STEM) or rows[0].variant:
            left |= {r.variant for r in rows if r.what == rows[0].what}
    return frozenset() if "" in left else left


def _evidence(
    title: Title, device: str, bearing: list[tuple[Match, list[Row]]], mended: dict[str, str]
) -> tuple[Evidence, ...]:
    """
    What in a title speaks for a device.

    Args:
        bearing: As for `_variants`.
    """
    found = []
    for match, rows in bearing:
        said = title.said(match.first, match.after)
        if match.means:
            found.append(Evidence("look-alike", said, match.means.upper()))
        found.append(Evidence(_what(rows[0]), said))
        brand = match.brand
        if brand is not None and kin(brand.slug, device.partition("/")[0]):
            found.append(Evidence("brand", title.said(brand.first, brand.after)))
    found += [Evidence("spelling", old, new) for new, old in mended.items()]
    return tuple(dict.fromkeys(found))[:_MOST_CANDIDATES]


def _what(row: Row) -> str:
    if row.what in (MODEL, PART, STEM):
        return "model number"
    return "codename" if row.what == CODENAME else "name"
