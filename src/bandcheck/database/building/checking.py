"""
Merging, checking and resolving what differs from a base: records that changed, and those that name what changed.

A record is checked against what it refers to and against nothing else (`walk.references`), and names against the same
names: so what nobody touched stays right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import define, field

from bandcheck.database.building.base import Base
from bandcheck.database.building.facts import Facts, Id
from bandcheck.database.building.halves import in_halves
from bandcheck.database.building.parts import Part
from bandcheck.database.files.walk import references
from bandcheck.database.identify.spellings import spellings
from bandcheck.database.names import Name, name_key, names_of
from bandcheck.database.packing import as_json, packed, unpacked
from bandcheck.database.planes import radio_fields
from bandcheck.database.resolve import carrier_document, device_document
from bandcheck.database.rulebook import World
from bandcheck.database.rules import check_records, check_statements, check_world
from bandcheck.database.spectrum_records import spectrum_of
from bandcheck.errors import Problem
from bandcheck.model.device import full_name
from bandcheck.model.spectrum import Spectrum

Record = dict[str, Any]


SHARED_FROM = 1000
"""From so many devices and carriers on a second process helps to resolve them."""


class Resolved(NamedTuple):
    """
    A device or carrier, ready for the tables of an index.

    Attributes:
        row: Of its table: id, brand or kind, name, and the document, packed.

        names: Every name.

        spellings: See `identify.spellings`.

        refers: What it refers to, as `(kind, id)`.

        radios: Of a device, what planes are made of; empty for a carrier.
    """

    row: tuple[str, str, str, bytes]
    names: list[Name]
    spellings: list[tuple[str, str, int]]
    refers: set[tuple[str, str]]
    radios: str


@define(eq=False)
class Checked:
    """
    Data, read, merged and checked, as far as they differ from a base.

    Attributes:
        facts: The records, merged ones and as they were read.

        problems: What is wrong; with any, the documents are not to be used.

        touched: What may differ from the base; also what is gone.

        merged: The records of these, all layers together.

        resolved: What the index gets of these.

        files: The digest of every file; empty if the data are of none.

        program: What read the files; empty likewise.
    """

    facts: Facts
    problems: list[Problem]
    touched: set[Id]
    merged: dict[Id, Record] = field(factory=dict)
    resolved: dict[Id, Resolved] = field(factory=dict)
    files: dict[str, bytes] = field(factory=dict)
    program: str = ""

    @property
    def devices(self) -> dict[str, Record]:
        """
        The documents of devices that differ, by id; in the order of ids.
        """
        return self._documents("device")

    @property
    def carriers(self) -> dict[str, Record]:
        """
        Likewise of carriers.
        """
        return self._documents("carrier")

    def _documents(self, kind: str) -> dict[str, Record]:
        return {one.id: unpacked(found.row[-1]) for one, found in sorted(self.resolved.items()) if one.kind == kind}

    def count(self, kind: str) -> int:
        """
        How many devices or carriers there are, differing or not.
        """
        return sum(one.kind == kind for one in self.facts.ids())


def check_parts(
    parts: Sequence[Part],
    layers: Sequence[str],
    problems: list[Problem],
    base: Base | None = None,
    gone: Collection[str] = (),
) -> Checked:
    """
    Check what was read as part of the whole.

    Args:
        parts: What was read; of a file that the base knows, in its place.

        layers: All that there are, lowest first.

        problems: Of reading; those found here are added.

        base: What is known of the files that were not read.

        gone: Files that the base knows and that are no more.
    """
    stale = {*gone, *(part.name for part in parts if part.name)}
    facts = Facts(parts, layers, base or Base(), stale, problems)
    checked = Checked(facts, problems, _differing(facts))
    checked.merged = facts.merged(checked.touched)
    turned = [one for one in checked.touched if facts.base.standing(one) != _standing(checked.merged.get(one))]
    further = {Id(*one) for one in facts.base.referrers(turned)} - checked.touched
    checked.touched |= further
    checked.merged |= facts.merged(further)
    _resolve(checked)
    problems.extend(_check_statements(facts))
    problems.extend(check_world(_namesakes(checked)))
    problems.sort()
    return checked


def _differing(facts: Facts) -> set[Id]:
    """
    The devices and carriers whose records changed, or that name a source that changed. All, if the bands did.
    """
    if facts.spectrum_changed:
        return facts.ids() | {Id(k.kind, k.id) for k in facts.changed if k.kind in ("device", "carrier")}
    changed = {Id(key.kind, key.id) for key in facts.changed if key.kind in ("device", "carrier")}
    sources = {key.id for key in facts.changed if key.kind == "source"}
    differ = [("source", i) for i in sources if _origin(facts.top("source", i)) != _origin(facts.base.top("source", i))]
    return changed | {Id(*one) for one in facts.base.referrers(differ)}


def _origin(source: Record | None) -> Record | None:
    """
    What matters of a source to the facts that stand on it: that it is there, and what makes it independent of others.
    """
    return None if source is None else {"url": source["url"], "upstream": source["upstream"]}


def _standing(merged: Record | None) -> str | None:
    """
    As `Base.standing`, now.
    """
    return None if merged is None else merged.get("kind", "")


def _resolve(checked: Checked) -> None:
    """
    Check each record by the rules, and make documents.
    """
    ids = sorted(checked.merged)
    spectrum = spectrum_of(checked.facts.spectrum)
    worth = len(ids) >= SHARED_FROM and not checked.facts.base.rows  # SQLite's connections do not survive a fork
    for problems, resolved in in_halves(ids, lambda some: _resolve_some(some, checked, spectrum), worth):
        checked.problems.extend(problems)
        checked.resolved |= resolved


def _resolve_some(ids: Sequence[Id], checked: Checked, spectrum: Spectrum) -> tuple[list[Problem], dict[Id, Resolved]]:
    facts = checked.facts
    problems: list[Problem] = []
    resolved: dict[Id, Resolved] = {}
    origins: dict[str, Record | None] = {}
    for one in ids:
        merged = checked.merged[one]
        records = [facts[key] for key in facts.keys_of(one)]
        refers = {other for record in records for other in references(record)}
        world = _surroundings(one, merged, refers, facts, spectrum, origins)
        if one.kind == "device":
            problems.extend(check_records(records, [], world))
            document = device_document(merged, world.sources, problems)
            told = name_key(document["brand"]), full_name(document["brand"], document["name"])
        else:
            problems.extend(check_records([], records, world))
            document = carrier_document(merged, world.sources)
            told = document["kind"], document["name"]
        row = (one.id, *told, packed(as_json(document)))
        spelled, radios = [], ""
        if one.kind == "device":
            spelled = spellings(document)
            radios = as_json([[variant["key"], *radio_fields(variant)] for variant in document["variants"]])
        resolved[one] = Resolved(row, names_of(one.kind, document), spelled, refers, radios)
    return problems, resolved


def _check_statements(facts: Facts) -> Iterator[Problem]:
    """
    What is wrong with statements. There are few of them, so all are checked whatever changed.
    """
    for record in [facts[key] for key in facts.rows if key.kind == "statement"]:
        yield from check_statements([record], _referred(references(record), facts, Spectrum.of([]), {}))


def _surroundings(
    one: Id,
    merged: Record,
    refers: Iterable[tuple[str, str]],
    facts: Facts,
    spectrum: Spectrum,
    origins: dict[str, Record | None],
) -> World:
    """
    What there is of what a record refers to, and itself.
    """
    world = _referred(refers, facts, spectrum, origins)
    (world.devices if one.kind == "device" else world.carriers)[one.id] = merged
    return world


def _referred(
    refers: Iterable[tuple[str, str]], facts: Facts, spectrum: Spectrum, origins: dict[str, Record | None]
) -> World:
    """
    What there is of what a record refers to.

    Args:
        origins: Of sources already looked up.
    """
    world = World(spectrum)
    for kind, other in refers:
        if kind == "source":
            if other not in origins:
                origins[other] = _origin(facts.top(kind, other))
            if (origin := origins[other]) is not None:
                world.sources[other] = origin
        elif kind == "device" and (kind, other) in facts:
            world.devices[other] = None
        elif kind == "carrier" and (found := facts.top(kind, other)) is not None:
            world.carriers[other] = {"kind": found["kind"]}
    return world


def _namesakes(checked: Checked) -> World:
    """
    What differs, and whatever shares a name with it.
    """
    facts = checked.facts
    found = dict(checked.merged)
    for kind in ("device", "carrier"):
        keys = {name.key for one, r in checked.resolved.items() if one.kind == kind for name in r.names}
        others = {Id(kind, i) for i in facts.base.namesakes(kind, keys)} - checked.touched
        found |= facts.merged(others)
    height = {layer: number for number, layer in enumerate(facts.layers)}
    lowest = {one: height[facts.keys_of(one)[0].layer] for one in found}
    ordered: Mapping[Id, Record] = {one: found[one] for one in sorted(found, key=lambda one: (lowest[one], one))}
    spectrum = Spectrum.of([])
    devices: dict[str, Record | None] = {one.id: r for one, r in ordered.items() if one.kind == "device"}
    carriers: dict[str, Record | None] = {one.id: r for one, r in ordered.items() if one.kind == "carrier"}
    return World(spectrum, {}, devices, carriers)
