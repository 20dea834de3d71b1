"""
Operators of a facts file: which carrier one is, and its facts as a carrier's record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from bandcheck.database.importers.carriers_facts import words
from bandcheck.database.importers.carriers_facts.origins import Origins
from bandcheck.database.importers.carriers_facts.rows import mappings, texts
from bandcheck.database.importers.frame import Imported, Known, KnownCarrier
from bandcheck.database.names import name_key
from bandcheck.model.bands import Rat
from bandcheck.model.dates import Date

Record = dict[str, Any]

_PLMN = re.compile(r"[0-9]{3}-[0-9]{2,3}")
_OPERATOR = re.compile(r"[a-z]{2}\.[a-z0-9-]+")
_READ = frozenset({"id", "name", "country", "plmn", "launches", "shutdowns", "policies", "explicit_bands", "rats"})
_DERIVED = frozenset(
    {"history", "state_2016_02", "state_2026_11", "more", "wikipedia_notes", "plmn_source", "lte700_override"}
    | {"volte_required_from"}
)


def slug(name: str) -> str:
    """
    A name as the second part of an id; empty if it has no Latin letter or digit.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("&", " and ")).strip("-")


def short(name: str) -> str:
    """
    A name without what stands in brackets, or after a slash, to explain it.
    """
    return re.split(r"\s*\(|\s+/\s+", name.strip())[0].strip()


def meet(country: str, name: str, plmns: list[str], known: Mapping[str, KnownCarrier]) -> KnownCarrier | None:
    """
    The network operator that the database has already: by its PLMNs, else by its name, within the country.
    """
    there = [c for c in known.values() if c.country == country and c.kind == "network"]
    key = name_key(short(name))

    def fit(one: KnownCarrier) -> tuple[int, bool, bool, bool]:
        names = {name_key(n) for n in (one.name, *one.aliases)}
        alike = any(n.startswith(key) or key.startswith(n) for n in names)
        return len({*one.plmns} & {*plmns}), key in names, alike, "bands" in one.layers

    fitting = [(fit(one), one) for one in sorted(there, key=lambda one: one.id)]
    best = max(fitting, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and (best[0][0] or best[0][1]) else None


def operator(row: int, came: Record, known: Known, origins: Origins, found: Imported) -> tuple[str, str, Record] | None:
    """
    One operator: the file's id, the carrier's id and its record; the record is empty if nothing of it was taken.
    None, and refused, if it is not an operator.
    """
    name, its_id, country = (came.get(key) for key in ("name", "id", "country"))
    if not (isinstance(name, str) and isinstance(its_id, str) and _OPERATOR.fullmatch(its_id)):
        found.refuse(row, came.get("id", came), "expected an operator with `id: country.name` and `name`")
        return None
    if country != its_id[:2].upper():
        found.refuse(row, its_id, f"expected country {its_id[:2].upper()}, got {country!r}")
        return None
    for key in sorted(came.keys() - _READ - _DERIVED):
        found.refuse(row, f"{its_id} {key}", "not a key that is read")
    found.rules["derived"] += bool(came.keys() & _DERIVED)
    plmns = [one for one in texts(came.get("plmn")) if _PLMN.fullmatch(one)]
    held = meet(its_id[:2], name, plmns, known.carriers)
    carrier_id = held.id if held else f"{its_id[:2]}/{slug(short(name))}"
    facts = _Facts(row, short(name), came, origins, found)
    record: Record = {"rats": facts.rats(), "plan": facts.plan(), "standalone": facts.standalone()}
    record["policies"] = facts.policies(by_hand=held is not None and "bands" in held.layers)
    record = {key: value for key, value in record.items() if value}
    if record:
        if "rats" not in record:
            record.setdefault("plan", {})
        record = {
            "name": held.name if held else short(name),
            "kind": "network",
            **({} if held else {"plmns": plmns}),
            **record,
        }
    return its_id, carrier_id, record


class _Facts:
    """
    The facts of one operator, line by line. What is not taken is refused with its reason.
    """

    def __init__(self, row: int, name: str, came: Record, origins: Origins, found: Imported) -> None:
        self.row, self.name, self.came, self.origins, self.found = row, name, came, origins, found
        self.starts: list[tuple[words.Subject, Record]] = []
        self.ends: list[tuple[words.Subject, Record]] = []
        for one in sorted(mappings(came.get("launches")), key=repr):
            self._line(one, "what", "launch", self.starts)
        for one in sorted(mappings(came.get("shutdowns")), key=repr):
            self._line(one, "rat", "shutdown", self.ends)

    def _refuse(self, came: object, why: str) -> None:
        self.found.refuse(self.row, f"{self.name}: {came}", why)

    def _line(self, one: Record, key: str, what: str, into: list[tuple[words.Subject, Record]]) -> None:
        about, day = words.subjects(str(one.get(key))), words.date(one)
        told = f"{what} of {one.get(key)}"
        if not about:
            self._refuse(told, "what it is about cannot be told by RAT and band")
            return
        if day is None:
            self._refuse(told, f"expected one date, got {one.get('date')!r}")
            return
        fact: Record = {"since": day}
        if what == "shutdown":
            announced = words.is_announced(one.get("status"))
            if announced is None:
                self._refuse(told, f"not an end that happened or was announced: {one.get('status')!r}")
                return
            fact = {"until": day, "announced": True} if announced else {"until": day}
            self.found.rules["announced"] += announced
        subject = f"{'start' if what == 'launch' else 'end'} of {'+'.join(a.rat.upper() for a in about)} at {self.name}"
        sources = self.origins.cite(texts(one.get("sources")), subject)
        if not sources:
            self._refuse(told, "no source that the file lists")
            return
        if one.get("date") != day:
            self.found.rules["precision"] += 1
        into += [(subject, {**fact, "sources": sources}) for subject in about]

    def rats(self) -> Record:
        """
        The dates of RATs as a whole. Of several ends one that happened goes before one that was announced, then the
        earlier one.
        """
        found: Record = {}
        for lines in (self.starts, sorted(self.ends, key=_end)):
            for subject, fact in lines:
                if subject.bands or subject.standalone:
                    continue
                whole = found.setdefault(subject.rat, {})
                if fact.keys() & whole.keys() - {"sources"}:
                    self._refuse(f"{subject.rat} {_words(fact)}", "a second date for the same; the surer one is taken")
                    continue
                sources = list(dict.fromkeys([*whole.get("sources", ()), *fact["sources"]]))
                whole.update({**fact, "sources": sources})
        return found

    def plan(self) -> Record:
        """
        Deployments of bands that lines name. An end needs a start: the list's first sighting of the band.
        """
        found: dict[str, dict[int, Record]] = {}
        for rat, band, seen in self._explicit():
            found.setdefault(rat, {})[band] = seen
        for subject, fact in self.starts:
            for band in subject.bands:
                one = found.setdefault(subject.rat, {}).setdefault(band, {"band": _written(subject.rat, band)})
                one.pop("by", None)
                one.update({**fact, "sources": list(dict.fromkeys([*fact["sources"], *one.get("sources", ())]))})
        for subject, fact in sorted(self.ends, key=_end):
            for band in subject.bands:
                held = found.get(subject.rat, {}).get(band) or self._sighting(subject.rat, band)
                if held is None:
                    self._refuse(f"end of {subject.rat} {band}", "no start, nor a list that shows the band")
                    continue
                held.pop("seen", None)
                sources = list(dict.fromkeys([*held["sources"], *fact["sources"]]))
                found.setdefault(subject.rat, {})[band] = {**held, **fact, "sources": sources}
        return {rat: [bands[band] for band in sorted(bands)] for rat, bands in sorted(found.items())}

    def standalone(self) -> list[Record]:
        """
        Since when NR ran without LTE.
        """
        return [fact for subject, fact in self.starts if subject.standalone]

    def _explicit(self) -> list[tuple[str, int, Record]]:
        """
        Bands that a list names by number, with its sightings of them.
        """
        stated, found = self.came.get("explicit_bands"), []
        if not isinstance(stated, dict):
            return []
        for key, numbers in sorted(stated.items()):
            if key == "sources":
                continue
            about = words.subjects(key)
            if len(about) != 1:
                self._refuse(f"bands of {key}", "which RAT has them cannot be told")
                continue
            for number in texts(numbers):
                named = words.subjects(f"{key} {number}")
                bands = named[0].bands if named else ()
                seen = self._sighting(about[0].rat, bands[0]) if bands else None
                if seen is None:
                    self._refuse(f"{key} {number}", "no list shows it on a date")
                else:
                    found.append((about[0].rat, bands[0], seen))
                    self.found.rules["by-number"] += 1
        return found

    def _sighting(self, rat: str, band: int) -> Record | None:
        """
        A deployment of a band from the first and last day on which a list shows it alone or by number.
        """
        rats = self.came.get("rats")
        for one in mappings(rats.get(rat.upper())) if isinstance(rats, dict) else ():
            numbers = [int(digits) for b in texts(one.get("bands")) if (digits := re.sub(r"\D", "", b))]
            first, last = words.date(one, "listed_from"), words.date(one, "listed_to")
            if band in numbers and (len(numbers) == 1 or one.get("level") == "E") and first and last:
                sources = self.origins.cite(texts(one.get("sources")), "lists of networks and their bands")
                if sources and Date.parse(first).first <= Date.parse(last).last:
                    return {"band": _written(rat, band), "by": first, "seen": last, "sources": sources}
        return None

    def policies(self, by_hand: bool) -> list[Record]:
        """
        Policies of which effect and phones can be told, in our words.

        Args:
            by_hand: People wrote the carrier, and its policies with it.
        """
        found = []
        for one in sorted(mappings(self.came.get("policies")), key=repr):
            if by_hand:
                self.found.rules["policies-by-hand"] += 1
                continue
            record, since = words.policy(one.get("policy")), words.date(one, "from")
            if record is None:
                self._refuse("policy", "its effect and its phones cannot be expressed")
            elif since is None:
                self._refuse(f"policy {record['name']}", f"expected one date, got {one.get('from')!r}")
            elif sources := self.origins.cite(texts(one.get("sources")), f"phones at {self.name}"):
                found.append({**record, "since": since, "sources": sources})
            else:
                self._refuse(f"policy {record['name']}", "no source that the file lists")
        return found


def _end(line: tuple[words.Subject, Record]) -> tuple[bool, Any]:
    return "announced" in line[1], Date.parse(line[1]["until"]).first


def _words(fact: Record) -> str:
    return f"until {fact['until']}" if "until" in fact else f"since {fact['since']}"


def _written(rat: str, band: int) -> int | str:
    return f"BC{band}" if rat == Rat.CDMA.value else band
