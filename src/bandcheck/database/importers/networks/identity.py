"""
Which PLMNs are one carrier, and what it is called: by what people wrote first, then by brand and operator.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from bandcheck.database.importers.frame import Known, KnownCarrier
from bandcheck.database.importers.networks.life import dead_since
from bandcheck.database.importers.networks.rows import Row
from bandcheck.database.importers.networks.tokens import is_for_phones
from bandcheck.database.names import name_key

_FORMS = (
    r"limited|ltd|llc|inc|incorporated|corp|corporation|company|co|plc|jsc|pjsc|ojsc|cjsc|ag|kg|ohg|b\.?v|n\.?v|s\.?a|sarl|"
    r"s\.?r\.?l|s\.?p\.?a|ab|as|a/s|oy|oyj|l\.?p|pty|proprietary|pvt|sdn|bhd|berhad|kft|zrt|nyrt|d\.?o\.?o|d\.?d|a\.?d|"
    r"e\.?a\.?d|s\.?a\.?e|k\.?k|esp|de c\.?v|s\.?a\.?u|s\.?a\.?s|e\.?k|p\.?j\.?s\.?c|lda|tbk|public company|"
    r"gmbh(?: (?:&|and) co\.? (?:kg|ohg))?"
)
_COMPANY = re.compile(
    rf"(?:[\s,(]+(?:{_FORMS})\b[.)]*)+\s*$|^(?:ojsc|cjsc|zao|oao|ooo|sia|uab|pt\.?|jv|joint stock company)\s+", re.I
)
_PLACES = {
    "us": "US",
    "gb": "UK",
    "ae": "UAE",
    "kr": "Korea",
    "cd": "DR Congo",
    "cg": "Congo",
    "fm": "Micronesia",
    "ru": "Russia",
}
_LINK_ROT = re.compile(r" archived .*wayback machine.*", re.I)
_SPOKEN = re.compile(r"[a-z]", re.I)

CIRCLES = frozenset({"in"})
"""Countries whose licences are regional, and where lists write the region for the operator."""


@define(eq=False)
class Group:
    """
    The rows of one carrier.

    Attributes:
        country: ISO 3166 code in small letters.

        rows: At least one, by PLMN.

        known: The carrier that people wrote; None if none of these rows is its.

        id, name, aliases: What it is filed under and called.

        plmns: Those that are its own; a network that serves several territories has them in one.

        runs: Whether some row of its brand, with or without bands, is not called off.
    """

    country: str
    rows: list[Row]
    known: KnownCarrier | None = None
    id: str = ""
    name: str = ""
    aliases: list[str] = field(factory=list)
    plmns: list[str] = field(factory=list)
    runs: bool = False

    @property
    def brand(self) -> str:
        """
        What people call it: the brand of its first row that has one, else the operator's name.
        """
        places = {name_key(row.country_name) for row in self.rows}
        branded = next((b for row in self.rows if (b := tidy(row.brand)) and name_key(b) not in places), "")
        return branded or short(self.rows[0].operator)

    @property
    def operator(self) -> str:
        """
        The company, by its first row that names one; empty if none does.
        """
        return next((o for row in self.rows if (o := tidy(row.operator))), "")

    def size(self, newest: str) -> int:
        """
        How many band tokens the newest snapshot lists on rows of it that are not called off.
        """
        running = [row for row in self.rows if row.last == newest and dead_since(row) is None]
        return len({t for row in running for t, (_, last) in row.tokens.items() if last == newest and is_for_phones(t)})


def tidy(text: str) -> str:
    """
    A name without the traces of the page that it stood on.
    """
    return re.sub(r"\s*[([](?:formerly|former|old|new|dba|closed)\b.*", "", _LINK_ROT.sub("", text)).strip(" ,;*")


def short(operator: str) -> str:
    """
    A company's name without its legal form.

    >>> short("Telefónica Germany GmbH & Co. oHG"), short("AB Spectrum LLC"), short("OJSC Alpha")
    ('Telefónica Germany', 'AB Spectrum', 'Alpha')
    """
    bare = tidy(operator)
    return " ".join(_COMPANY.sub("", _COMPANY.sub("", bare)).strip(" ,.&").split()) or bare


def company_key(text: str) -> str:
    """
    An operator's name as a key, whatever its legal form: `Telstra Corporation Ltd.` and `Telstra Limited` are one.

    >>> company_key("Telstra Corporation Ltd."), company_key("CamGSM / The Royal Group")
    ('telstra', 'camgsmtheroyalgroup')
    """
    return name_key(short(text)) or name_key(text)


def groups_of(rows: Sequence[Row], known: Known, together: Sequence[frozenset[str]] = ()) -> list[Group]:
    """
    The carriers that rows are of, without ids and names.

    Args:
        together: Sets of PLMNs that another source holds for one operator. They join rows of one brand whose
            operators are written differently, and nothing else: a set may hold a partner's PLMN.
    """
    networks = [carrier for carrier in known.carriers.values() if carrier.kind == "network"]
    by_plmn = {plmn: carrier for carrier in networks for plmn in carrier.plmns}
    by_name: dict[tuple[str, str], KnownCarrier] = {}
    for one in networks:
        for name in (one.name, *one.aliases, one.id.partition("/")[2]):
            by_name.setdefault((one.country, name_key(name)), one)
    newest: dict[tuple[str, str], Row] = {}
    for row in rows:
        place = row.plmn, row.country
        if place not in newest or newest[place].last < row.last:
            newest[place] = row
    found: dict[tuple[str, ...], Group] = {}
    homes: dict[tuple[str, str], Group] = {}
    for place, row in sorted(newest.items()):
        carrier: KnownCarrier | None = by_plmn.get(row.plmn)
        if carrier is None or carrier.country != row.country:
            names = [row.brand] if row.country in CIRCLES else [row.brand, row.operator]
            keys = [name_key(tidy(name)) for name in names if tidy(name)]
            carrier = next((c for key in keys if (c := by_name.get((row.country, key)))), None)
        key = ("known", carrier.id) if carrier is not None else _key(row)
        homes[place] = found.setdefault(key, Group(row.country, [], carrier))
    for row in sorted(rows, key=lambda row: (row.plmn, -int(row.last.replace("-", "")))):
        homes[row.plmn, row.country].rows.append(row)
    return _joined(list(found.values()), together)


def _key(row: Row) -> tuple[str, ...]:
    brand = name_key(tidy(row.brand))
    operator = company_key(row.operator) if row.operator else ""
    return (row.country, brand, operator) if brand or operator else (row.country, "", "", row.plmn)


def _joined(groups: list[Group], together: Sequence[frozenset[str]]) -> list[Group]:
    """
    Groups of one brand put together where a further source, or the operators' names, say that they are one.
    """
    by_brand: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        brand = name_key(group.brand) if group.known is None else ""
        by_brand[group.country, brand or f"alone {id(group)}"].append(group)
    found = []
    for same in by_brand.values():
        kept: list[Group] = []
        for group in same:
            home = next((one for one in kept if _are_one(one, group, together)), None)
            if home is None:
                kept.append(group)
            else:
                home.rows = sorted([*home.rows, *group.rows], key=lambda row: row.plmn)
        found += kept
    return found


def _are_one(one: Group, other: Group, together: Sequence[frozenset[str]]) -> bool:
    if one.country in CIRCLES:
        return False
    keys = [company_key(group.operator) for group in (one, other)]
    if not all(keys) or keys[0].startswith(keys[1]) or keys[1].startswith(keys[0]):
        return True
    plmns = [{row.plmn for row in group.rows} for group in (one, other)]
    return any(held & plmns[0] and held & plmns[1] for held in together)


def name_all(groups: list[Group], known: Known, countries: Mapping[str, str]) -> None:
    """
    Give every group its id and its names: those that it had, else the brand; with the country, the operator or the
    PLMN where that alone would be another's name as well. Of several of one brand in a country the one that runs most
    is what people mean by it.

    Args:
        countries: Countries' names, by code.
    """
    before = {(c.country, plmn): c.id for c in known.before.values() for plmn in c.plmns}
    taken_ids = set(known.carriers)
    names = {name_key(name): c.id for c in known.carriers.values() for name in (c.name, *c.aliases)}
    newest = max((row.last for group in groups for row in group.rows), default="")
    ordered = sorted(
        groups, key=lambda g: (g.known is None, -g.size(newest), -len(g.rows), g.rows[0].plmn, name_key(g.operator))
    )
    fresh = []
    for group in ordered:
        if group.known is not None:
            group.id, group.name = group.known.id, group.known.name
            continue
        held = next(
            (i for row in group.rows if (i := before.get((group.country, row.plmn))) and i not in taken_ids), None
        )
        if held is not None:
            group.id = held
            taken_ids.add(held)
        fresh.append(group)
    wanted: dict[str, list[Group]] = defaultdict(list)
    for group in fresh:
        wanted[name_key(group.brand)].append(group)
        group.id = group.id or next(i for i in _ids(group) if i not in taken_ids)
        taken_ids.add(group.id)
    for group in fresh:
        place = _PLACES.get(group.country) or countries.get(group.country, group.country.upper())
        same = wanted[name_key(group.brand)]
        first = next(one for one in same if one.country == group.country) is group
        choices = _names(group, place, alone=len({one.country for one in same}) == 1, first=first)
        group.name = next(name for name in choices if name_key(name) not in names)
        names[name_key(group.name)] = group.id
    for group in fresh:
        operator = "" if group.country in CIRCLES else short(group.operator)
        for alias in dict.fromkeys((operator, short(re.sub(r"\s*\(.*", "", operator)))):  # `Alpha (Beta)` is Alpha too
            key = name_key(alias)
            if len(key) > 4 and _SPOKEN.search(alias) and key not in wanted and key not in names:
                names[key] = group.id
                group.aliases.append(alias)


def own_plmns(groups: Sequence[Group], known: Known) -> None:
    """
    Give every PLMN to one carrier: the one that people gave it to, else the one in the country with most of its MCC.
    """
    owners = {plmn: carrier.id for carrier in known.carriers.values() for plmn in carrier.plmns}
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    claimed: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for plmn in sorted({row.plmn for row in group.rows}):
            counted[plmn[:3]][group.country] += 1
            claimed[plmn].append(group)
    for plmn, claiming in sorted(claimed.items()):
        main = min(
            claiming,
            key=lambda g: (g.id != owners.get(plmn), g.rows[0].rank, -counted[plmn[:3]][g.country], g.country, g.id),
        )
        main.plmns.append(plmn)


def _ids(group: Group) -> Iterable[str]:
    brand = slug(group.brand) or f"plmn-{group.rows[0].plmn}"
    operator = slug(short(group.operator))
    if group.country in CIRCLES:
        yield f"{group.country}/{brand}-{operator}" if operator else f"{group.country}/{brand}"
    else:
        yield f"{group.country}/{brand}"
        if operator and operator != brand:
            yield f"{group.country}/{brand}-{operator}"
    yield f"{group.country}/{brand}-{group.rows[0].plmn}"


def _names(group: Group, place: str, alone: bool, first: bool) -> Iterable[str]:
    """
    Names for a carrier, the best one first.

    Args:
        alone: No other country has the brand.

        first: No larger carrier of the country has it; only such a one is called by it and the country.
    """
    brand = group.brand or group.rows[0].plmn
    if group.country in CIRCLES:
        yield f"{brand} {group.operator}" if group.operator and group.operator != brand else brand
    elif alone and first:
        yield brand
    if first:
        yield f"{brand} {place}"
    if group.operator and group.operator != brand:
        yield f"{brand} ({group.operator})"
        yield f"{brand} {place} ({group.operator})"
    yield f"{brand} {group.rows[0].plmn}"


def slug(text: str) -> str:
    """
    A name as the second half of an id: small letters, digits and hyphens.

    >>> slug("O₂ & Três+")
    'o2-and-tres-plus'
    """
    spelled = text.replace("&", " and ").replace("+", " plus ").replace("ß", "ss").replace("ø", "o").replace("Ø", "O")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")
