"""
Rows of an MVNO list: who rents whose network, as of when.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bandcheck.database.importers.carriers_facts import words
from bandcheck.database.importers.carriers_facts.operators import short, slug
from bandcheck.database.importers.carriers_facts.origins import Origins
from bandcheck.database.importers.carriers_facts.rows import texts
from bandcheck.database.importers.frame import Imported, Known, KnownCarrier
from bandcheck.database.names import name_key

Record = dict[str, Any]

_CIRCA = re.compile(r"(?:c\. |page undated \(seen )([0-9]{4})(?:-([0-9]{2}))?\b.*")
_KEYS = frozenset({"mvno", "country", "host", "as_of", "from", "to", "note", "sources"})
_DEVICE_LIST = "aosp"
"""The source that tells SIMs of brands apart. The importer of that list reads it itself, and in full."""


class Mvnos:
    """
    MVNOs as rows come in, and as carriers when all have.
    """

    def __init__(self, known: Known, hosts: Mapping[str, str], origins: Origins, found: Imported) -> None:
        self.known, self.hosts, self.origins, self.found = known, hosts, origins, found
        self.rows: dict[tuple[str, str], list[tuple[str, str, int, Record]]] = {}

    def take(self, row: int, came: Record) -> None:
        """
        One row: an MVNO, a host and a day. Refused if one of them cannot be told.
        """
        name, country, host = (came.get(key) for key in ("mvno", "country", "host"))
        told = f"{name} on {host}"
        for key in sorted(came.keys() - _KEYS):
            self.found.refuse(row, f"{name} {key}", "not a key that is read")
        if not (isinstance(name, str) and isinstance(country, str) and re.fullmatch("[A-Z]{2}", country)):
            self.found.refuse(row, repr(came), "expected `mvno`, `country` (two capitals) and `host`")
            return
        held = self.hosts.get(str(host))
        if held is None:
            self.found.refuse(row, told, "the host is no network that the database has")
            return
        day = self._day(came)
        if day is None:
            self.found.refuse(row, told, f"expected the day of the evidence, got {came.get('as_of')!r}")
            return
        said = {"as_of": day, "networks": [held], "sources": texts(came.get("sources"))}
        self.rows.setdefault((country.lower(), name_key(_plain(name))), []).append((_plain(name), name, row, said))

    def _day(self, came: Record) -> str | None:
        """
        The day as of which a row holds: of a stated start that one; `c. 2023-24` is the later year,
        and a page without a date is of the year in which it was seen.
        """
        circa = _CIRCA.fullmatch(str(came.get("as_of")))
        if circa is None:
            return words.date(came, "from") or words.date(came, "as_of")
        self.found.rules["circa"] += 1
        first, last = circa.groups()
        return f"{first[:2]}{last}" if last else first

    def carriers(self) -> dict[str, Record]:
        """
        Carriers by id. An MVNO that people wrote, or that the list of SIMs alone has and the database too, is left.
        """
        names = {name_key(n): c.id for c in self.known.carriers.values() for n in (c.name, *c.aliases)}
        made: dict[str, Record] = {}
        for (country, _), rows in sorted(self.rows.items()):
            name = min(plain for plain, *_ in rows)
            number = min(row for _, _, row, _ in rows)
            held = self._held(country, {word for _, full, _, _ in rows for word in (name, *full.split(" / "))})
            if held is not None and "bands" in held.layers:
                self.found.rules["hosts-by-hand"] += len(rows)
                continue
            if held is not None and all(said["sources"] == [_DEVICE_LIST] for *_, said in rows):
                self.found.rules["hosts-by-sim"] += len(rows)
                continue
            if held is not None and held.kind == "network":
                self.found.refuse(number, name, f"{held.id} is a network of its own")
                continue
            carrier_id = held.id if held else f"{country}/{slug(name)}"
            if not slug(name):
                self.found.refuse(number, name, "no Latin letter or digit to make an id of")
                continue
            if held is None and names.get(name_key(name), carrier_id) != carrier_id:
                self.found.rules["same-name"] += 1
                name = f"{name} {country.upper()}"
            if held is None and (carrier_id in made or names.get(name_key(name), carrier_id) != carrier_id):
                self.found.refuse(number, name, f"the name is also {names.get(name_key(name), carrier_id)}'s")
                continue
            names[name_key(name)] = carrier_id
            statements = self._statements(rows)
            if statements:
                made[carrier_id] = {"name": held.name if held else name, "kind": "mvno", "hosts": statements}
        return made

    def _held(self, country: str, called: set[str]) -> KnownCarrier | None:
        keys = {name_key(one) for one in called}
        there = (c for c in self.known.carriers.values() if c.country == country)
        return next((c for c in there if keys & {name_key(n) for n in (c.name, *c.aliases)}), None)

    def _statements(self, rows: list[tuple[str, str, int, Record]]) -> list[Record]:
        """
        One statement a day, in time order. None is complete: a row tells of one network.
        """
        days: dict[str, Record] = {}
        for name, _, row, said in sorted(rows, key=lambda one: (one[3]["as_of"], one[3]["networks"], one[2])):
            sources = self.origins.cite(said["sources"], f"hosts of {name}")
            if not sources:
                self.found.refuse(row, name, "no source that the file lists")
                continue
            held = days.setdefault(
                said["as_of"], {"as_of": said["as_of"], "partial": True, "networks": [], "sources": []}
            )
            held["networks"] = sorted({*held["networks"], *said["networks"]})
            held["sources"] = sorted({*held["sources"], *sources})
        return [days[day] for day in sorted(days)]


def _plain(name: str) -> str:
    """
    A brand's name without the host's in front of it, its earlier one, or what explains it in brackets.
    """
    return short(name.rpartition(" / ")[2].removeprefix("ALTAN - "))
