"""
Spec sheets of thousands of phones, from copies of one site at several dates, as imported devices.

table: the CSV; sheet: one sheet's lines, read; labels: what lines are about; assemble: the sheets of one phone
together.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bandcheck.database.importers.devices.assemble import Phone, Version, bands_document, phone_of
from bandcheck.database.importers.devices.sheet import is_number, read_sheet, same_number
from bandcheck.database.importers.devices.table import Row, read_rows
from bandcheck.database.importers.frame import Imported, Importer, Known, KnownDevice
from bandcheck.database.names import name_key
from bandcheck.model.device import full_name

RULES = {
    "no-radio": "A sheet without any band or technology (Wi-Fi tablets, watches) is left out.",
    "repeated-row": "A row that says what another says of the phone in the same copy counts once.",
    "no-such-band": "A number that is no band of its technology is left out; the others of the list stay.",
    "nr-before-its-time": "5G on a phone of before 2018 is an error of the sheet and left out: none existed.",
    "lte-before-its-time": "LTE on a phone of before 2009 is an error of the sheet and left out: none existed.",
    "no-model-number": "What a sheet lists as a model and is none (its own name, Apple's identifiers) is left out.",
    "wrong-column": "Bands that stand in another generation's column are taken for what they say they are.",
    "bands-not-told-gsm": "A sheet that names GSM without bands leaves them unknown: it is not none.",
    "bands-not-told-cdma": "A sheet that names CDMA without bands leaves them unknown: it is not none.",
    "bands-not-told-tdscdma": "A sheet that names TD-SCDMA without bands leaves them unknown: it is not none.",
    "bands-not-told-umts": "A sheet that says HSDPA or UMTS without bands leaves them unknown: it is not none.",
    "bands-not-told-lte": "A sheet that says LTE without bands leaves them unknown: it is not none.",
    "bands-not-told-nr": "A sheet that says 5G without bands leaves them unknown: it is not none.",
    "merged-labels-on-some-lines": "Some lines of a RAT say whom they are about and others do not: all only bound.",
    "merged-lines-differ": "Several lines of a RAT differ and none says whom it is about: they only bound.",
    "merged-chinese-bands": "TD-SCDMA or bands 34 and 39 beside several model numbers: the sheet only bounds.",
    "merged-cdma-for-all": "CDMA without a label beside lines of several markets: the sheet only bounds.",
    "merged-versions-differ": "The sheet's own records of single versions differ from it: it only bounds the others.",
    "merged-copies-disagree": "Copies of the sheet disagree: both are kept, and only bound.",
    "passed-over": "A number that no line names, beside lines that name others or one market: these do not bound it.",
    "first-lines-alone": "A copy that kept one line a cell: a RAT that another line may give is unknown, not none.",
    "name-used-again": "A name that a brand used again two or more years later is two phones; the older has its year.",
    "number-of-another-phone": "A model number that a hand-made phone of another name has stays with that one.",
    "known-phone": "A phone that people described gets from sheets only the model numbers that it lacks.",
}

_LARGE_BRAND = 200
"""Phones of a brand beyond which its file is split by year."""

_LEADING_CODE = re.compile(r"((?=[A-Z0-9-]*[0-9]{3})[A-Z]{0,3}-?[A-Z]?[0-9]{3,4}[A-Za-z]{0,2})\s+(?=[A-Z])(.+)")
"""A name such as `I9100 Galaxy S II`: a model number first, then what people call it."""


def read(paths: Sequence[Path], known: Known) -> Imported:
    """
    See `Importer.read`.
    """
    imported = Imported("")
    phones: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in read_rows(paths[0], imported):
        phones[name_key(row.brand), name_key(row.model)].append(row)
    dates = {row.copy.date for rows in phones.values() for row in rows if row.copy.date}
    imported.snapshot = max(dates, default="")
    names = _Names(known)
    brands: dict[str, dict[str, Any]] = defaultdict(dict)
    for rows in _told_apart(phones, imported.rules):
        record = _record(rows, names, imported.rules)
        if record is not None:
            device_id, document = record
            brands[device_id.partition("/")[0]][device_id] = document
    cited = {row.copy: row.repository for rows in phones.values() for row in rows}
    imported.files = {name: {"devices": found} for brand in brands for name, found in _files(brand, brands[brand])}
    imported.files["sources.yaml"] = {
        "sources": {
            copy.id: {
                "kind": "database",
                "title": f"Phone spec sheets, copy of {copy.date or 'unknown date'}",
                "url": f"https://github.com/{repository}",
                **({"date": copy.date} if copy.date else {}),
                "upstream": "gsmarena",
            }
            for copy, repository in sorted(cited.items())
        }
    }
    return imported


def _files(brand: str, records: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """
    One file a brand; of a brand with very many phones, one a year of announcement: people review them, and a change
    is checked a file at a time.
    """
    by_file: dict[str, dict[str, Any]] = defaultdict(dict)
    for device_id, record in sorted(records.items()):
        year = record.get("released", "")[:4] if len(records) > _LARGE_BRAND else ""
        by_file[f"{brand}-{year}.yaml" if year else f"{brand}.yaml"][device_id] = record
    yield from by_file.items()


class _Names:
    """
    Which phones of the sheets people have described already, and whose the model numbers are.
    """

    def __init__(self, known: Known) -> None:
        self._by_name: dict[str, KnownDevice] = {}
        self._by_number: dict[str, KnownDevice] = {}
        self._taken: set[str] = set(known.devices)
        for device in known.devices.values():
            for name in (device.name, *device.aliases):
                self._by_name.setdefault(name_key(full_name(device.brand, name)), device)
            for number in device.models:
                self._by_number.setdefault(name_key(number), device)

    def described(self, brand: str, names: Iterable[str]) -> KnownDevice | None:
        """
        The hand-made device of one of some names.
        """
        found = (self._by_name.get(name_key(full_name(brand, name))) for name in names)
        return next((device for device in found if device is not None), None)

    def owner(self, number: str) -> KnownDevice | None:
        """
        The hand-made device that has a model number.
        """
        return self._by_number.get(name_key(number))

    def new_id(self, brand: str, model: str) -> str:
        """
        An id that nothing has yet.
        """
        wanted = f"{slug(brand)}/{slug(model)}"
        device_id, n = wanted, 2
        while device_id in self._taken:
            device_id, n = f"{wanted}-{n}", n + 1
        self._taken.add(device_id)
        return device_id


def _told_apart(phones: Mapping[tuple[str, str], list[Row]], rules: Counter[str]) -> Iterator[list[Row]]:
    """
    The rows of each phone, in an order of their own. A name that a brand used again years later is two phones: the
    older one gets its year.
    """
    apart: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for (brand, model), rows in phones.items():
        newest = max(map(_year, rows))
        for row in rows:
            older = 0 < _year(row) < newest - 1
            name = f"{row.model} ({_year(row)})" if older else row.model
            rules["name-used-again"] += older
            apart[brand, name_key(name) if older else model].append(row._replace(model=name))
    for key in sorted(apart):
        once = {(row.model, row.codes, row.cells, row.copy.id, row.announced or ""): row for row in apart[key]}
        rules["repeated-row"] += len(apart[key]) - len(once)
        yield [row for _, row in sorted(once.items())]


def _year(row: Row) -> int:
    return int(row.announced[:4]) if row.announced else 0


def _record(rows: Sequence[Row], names: _Names, rules: Counter[str]) -> tuple[str, dict[str, Any]] | None:
    """
    The record of one phone with its id; None if people described it and the sheets have no further number.
    """
    brand, model = _spelling(rows)
    number, alias = _split(model)
    phone = phone_of([read_sheet(row, rules) for row in rows], rules)
    described = names.described(brand, filter(None, (model, alias)))
    kept = [_without_owned(version, described, names, rules) for version in phone.versions]
    if described is not None:
        rules["known-phone"] += 1
        phone = phone._replace(versions=_further(phone, [v for v in kept if v is not None], described))
        if not phone.versions:
            return None
        document = {"name": described.name, "brand": described.brand, **_variants(phone, None)}
        return described.id, document
    phone = phone._replace(versions=[v for v in kept if v is not None] or [Version((), "", {})])
    document = {
        "name": model,
        "brand": brand,
        **({"released": date} if (date := min(filter(None, (r.announced for r in rows)), default=None)) else {}),
        **_variants(phone, number),
    }
    return names.new_id(brand, model), document


def _further(phone: Phone, versions: Iterable[Version], described: KnownDevice) -> list[Version]:
    """
    The versions with listed numbers that are neither another spelling nor the stem of one that people have.
    """
    people = [name_key(number) for number in described.models]
    further = []
    for version in versions:
        new = tuple(
            model
            for model in version.models
            if model in phone.listed
            and not any(same_number(model, number) or number.startswith(name_key(model)) for number in people)
        )
        if new:
            further.append(version._replace(models=new))
    return further


def _without_owned(
    version: Version, described: KnownDevice | None, names: _Names, rules: Counter[str]
) -> Version | None:
    """
    A version without the numbers that hand-made phones have; None if it had no other.
    """
    left = tuple(model for model in version.models if names.owner(model) is None)
    for model in set(version.models) - set(left):
        if names.owner(model) is not described:
            rules["number-of-another-phone"] += 1
    if version.models and not left:
        return None
    return version._replace(models=left)


def _variants(phone: Phone, number: str | None) -> dict[str, Any]:
    """
    `union:` and `variants:` of a record.
    """
    variants: dict[str, Any] = {}
    for version in phone.versions:
        models = version.models
        if not models and number is not None and len(phone.versions) == 1:
            models = (number,)
        key = models[0] if models else slug(version.market) or "any"
        while key in variants:
            key = f"{key}-2"
        evdo = next((line.evdo for line in version.facts.values() if line.evdo is not None), None)
        modes = next((line.modes for line in version.facts.values() if line.modes is not None), None)
        bands = bands_document(version.facts)
        variants[key] = {
            **({} if models == (key,) else {"models": list(models)}),
            **({"market": version.market} if version.market else {}),
            **({"bands": bands} if bands else {}),
            **({"nr_modes": list(modes)} if modes else {}),
            **({"evdo": evdo} if evdo is not None else {}),
            "complete": True,
            "sources": list(phone.copies),
        }
    union = {"union": {**phone.union, "sources": list(phone.copies)}} if phone.union else {}
    return {**union, "variants": variants}


def _spelling(rows: Sequence[Row]) -> tuple[str, str]:
    """
    Brand and model as the newest copy spells them.
    """
    newest = max(rows, key=lambda row: (row.copy.date or "", row.brand, row.model))
    return newest.brand, newest.model


def _split(model: str) -> tuple[str | None, str | None]:
    """
    `I9100 Galaxy S II`: the model number and the name; None for what is not there.
    """
    match = _LEADING_CODE.fullmatch(model)
    return (match[1], match[2]) if match and is_number(match[1]) else (None, None)


def slug(text: str) -> str:
    """
    A text as part of an id.

    >>> slug("Galaxy S10+"), slug("Mi 4i (LTE)")
    ('galaxy-s10-plus', 'mi-4i-lte')
    """
    words = re.findall(r"[a-z0-9]+", text.lower().replace("+", " plus "))
    return "-".join(words)


IMPORTER = Importer(
    name="devices",
    about="spec sheets of phones, a CSV with a cell for each of 2G, 3G, 4G and 5G",
    files=("devices.csv",),
    rules=RULES,
    read=read,
)
