"""
What must hold of the facts beyond their form. Each rule is a function with its reason as docstring.

A rule yields problems. Rules about one record get it with the world around it; rules about the world alone (names
that clash between files) run when the whole folder is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from bandcheck.database import rules_of_time  # noqa: F401 - registers its rules
from bandcheck.database.files.walk import device_facts, source_lists
from bandcheck.database.names import name_key
from bandcheck.database.rulebook import (
    CARRIER_RULES,
    DEVICE_RULES,
    STATEMENT_RULES,
    WORLD_RULES,
    Record,
    World,
    carrier_rule,
    device_rule,
    statement_rule,
    world_rule,
)
from bandcheck.errors import Problem
from bandcheck.model.bands import FIELD, Band, BandSet, Rat
from bandcheck.model.carrier import Block
from bandcheck.model.device import full_name
from bandcheck.model.spectrum import ONE_CELL, Spectrum


def all_rules() -> list[tuple[str, str]]:
    """
    Name and reason of every rule, in the order of the file.
    """
    rules = [*DEVICE_RULES, *CARRIER_RULES, *STATEMENT_RULES, *WORLD_RULES]
    found = {r.__name__.replace("_", "-"): " ".join((r.__doc__ or "").split()) for r in rules}
    return list(found.items())


def check_records(devices: list[Record], carriers: list[Record], world: World) -> list[Problem]:
    """
    Every rule about single records, on these.
    """
    problems: list[Problem] = []
    for record in devices:
        for rule in DEVICE_RULES:
            problems.extend(rule(record, world))
    for record in carriers:
        for rule in CARRIER_RULES:
            problems.extend(rule(record, world))
    return problems


def check_statements(records: list[Record], world: World) -> list[Problem]:
    """
    Every rule about single files of statements, on these.
    """
    return [problem for record in records for rule in STATEMENT_RULES for problem in rule(record, world)]


def check_world(world: World) -> list[Problem]:
    """
    Every rule about all records together.
    """
    return [problem for rule in WORLD_RULES for problem in rule(world)]


@statement_rule
@carrier_rule
@device_rule
def sources_exist(record: Record, world: World) -> Iterator[Problem]:
    """
    Every source that a fact points at is defined, in the file or in sources.yaml: a fact that nobody can look up is
    hearsay.
    """
    known = {*record["sources"], *world.sources}
    for line, path, ids in source_lists(record):
        for source_id in ids:
            if source_id not in known:
                known.add(source_id)  # told once
                yield Problem(
                    record["file"],
                    line,
                    path,
                    f"the source {source_id!r} is not defined",
                    "Add it under `sources:`, or mend the id.",
                )


@statement_rule
@carrier_rule
@device_rule
def sources_are_used(record: Record, world: World) -> Iterator[Problem]:
    """
    Every source in a file is pointed at by some fact: else it is a leftover, or a fact lost its source.
    """
    used = {source_id for _, _, ids in source_lists(record) for source_id in ids}
    for source_id, source in record["sources"].items():
        if source_id not in used:
            yield Problem(
                record["file"],
                source["line"],
                f"sources.{source_id.rpartition('#')[2]}",
                "no fact points at this source",
                "Use it or remove it.",
            )


@statement_rule
def statements_name_what_exists(record: Record, world: World) -> Iterator[Problem]:
    """
    The devices and carriers of statements are there, and a host is a network: else the statement is about nothing, and
    a typing error would let a denied phone through.
    """
    for number, statement in enumerate(record["statements"]):
        at = f"statements[{number}]"
        for device in statement["phones"]["devices"]:
            if device not in world.devices:
                yield Problem(record["file"], statement["line"], at, f"there is no device {device}", "Mend the id.")
        for carrier in (statement["carrier"], statement["to"]):
            if "/" in carrier and carrier not in world.carriers:
                yield Problem(record["file"], statement["line"], at, f"there is no carrier {carrier}", "Mend the id.")
        if (world.carriers.get(statement["carrier"]) or {}).get("kind") == "mvno":
            found = f"{statement['carrier']} is an MVNO, and networks certify"
            yield Problem(record["file"], statement["line"], at, found, "Name its host.")


@device_rule
def device_bands_exist(record: Record, world: World) -> Iterator[Problem]:
    """
    A phone's bands are bands that 3GPP or 3GPP2 defines: anything else is a typing error or a speed taken for a band.
    """
    for path, rat, fact in device_facts(record):
        stated = fact["at_least"] if fact["at_most"] is None else fact["at_most"]
        yield from _undefined(record, fact["line"], path, Rat(rat), stated, world)


@carrier_rule
def carrier_bands_exist(record: Record, world: World) -> Iterator[Problem]:
    """
    A carrier's bands, and those that its cells broadcast, are bands that 3GPP or 3GPP2 defines.
    """
    for key, plan in record["plan"].items():
        rat = Rat(key)
        for deployment in plan:
            if deployment["bands"] != FIELD[rat]:
                yield from _undefined(record, deployment["line"], f"plan.{key}", rat, deployment["bands"], world)
            yield from _undefined(record, deployment["line"], f"plan.{key}.mfbi", rat, deployment["mfbi"] or 0, world)


def _undefined(record: Record, line: int, path: str, rat: Rat, mask: int, world: World) -> Iterator[Problem]:
    for band in BandSet(mask & ~world.spectrum.defined.mask):
        yield Problem(
            record["file"],
            line,
            path,
            f"{band} is not a band that is defined ({rat.value})",
            "Check the number; see bands/spectrum/.",
        )


@device_rule
def variants_are_told_apart(record: Record, world: World) -> Iterator[Problem]:
    """
    Two variants of a device differ by model number, market or bands: else one is a copy of the other and will rot.
    """
    for (key, one), (other_key, other) in combinations(record["variants"].items(), 2):
        if (
            not one["models"]
            and not other["models"]
            and not one["market"]
            and not other["market"]
            and one["bands"] == other["bands"]
        ):
            yield Problem(
                record["file"],
                other["line"],
                f"variants.{other_key}",
                f"nothing tells it from {key}",
                "Give it a model number or a market, or remove it.",
            )


@device_rule
def volte_carriers_exist(record: Record, world: World) -> Iterator[Problem]:
    """
    `volte_on` names carriers by id.
    """
    for key, variant in record["variants"].items():
        for carrier in variant["volte_on"]:
            if carrier not in world.carriers:
                yield Problem(
                    record["file"],
                    variant["line"],
                    f"variants.{key}.volte_on",
                    f"no carrier {carrier!r}",
                    "Write an id such as us/t-mobile.",
                )


@carrier_rule
def hosts_are_networks(record: Record, world: World) -> Iterator[Problem]:
    """
    An MVNO's hosts are network operators by id. One MVNO on another is written as the network below both; a circle
    has no network at all.
    """
    for hosting in record["hosts"]:
        for network, _ in hosting["networks"]:
            host = world.carriers.get(network)
            if network not in world.carriers:
                yield Problem(
                    record["file"],
                    hosting["line"],
                    "hosts",
                    f"no carrier {network!r}",
                    "Write the id of a network operator: us/t-mobile.",
                )
            elif network == record["id"]:
                yield Problem(
                    record["file"],
                    hosting["line"],
                    "hosts",
                    "an MVNO that is its own host",
                    "Name the network whose radio it sells.",
                )
            elif host is not None and host["kind"] == "mvno":
                yield Problem(
                    record["file"],
                    hosting["line"],
                    "hosts",
                    f"{network} is an MVNO itself",
                    "Name the network below it.",
                )


@carrier_rule
def policy_phones_exist(record: Record, world: World) -> Iterator[Problem]:
    """
    A policy that names devices names them by the id of their file: a misspelt one would let the phone in.
    """
    for kind in ("policies", "emergency"):
        for policy in record[kind]:
            for device in [*policy["phones"].get("devices", ()), *policy["phones"].get("not_devices", ())]:
                if device not in world.devices:
                    yield Problem(
                        record["file"],
                        policy["line"],
                        f"{kind}.phones",
                        f"no device {device!r}",
                        "Write an id such as samsung/galaxy-s7, and add its file.",
                    )


@carrier_rule
def blocks_lie_in_their_band(record: Record, world: World) -> Iterator[Problem]:
    """
    A carrier's block lies inside the band that it is listed for.
    """
    for key, plan in record["plan"].items():
        for deployment in plan:
            block = deployment["block"]
            if block is None:
                continue
            bands = [b for b in BandSet(deployment["bands"]) if b in world.spectrum]
            edges = Block(*(tuple(block[k]) if block[k] else None for k in ("uplink_khz", "downlink_khz")))
            if len(bands) == 1 and not world.spectrum[bands[0]].holds(edges):
                yield Problem(
                    record["file"],
                    deployment["line"],
                    f"plan.{key}.block",
                    f"the block does not lie in {bands[0]}",
                    "Check the edges, in kHz.",
                )


@carrier_rule
def broadcast_bands_overlap(record: Record, world: World) -> Iterator[Problem]:
    """
    A cell broadcasts further band numbers (`mfbi`) only for bands that overlap its own in both directions.
    """
    for key, plan in record["plan"].items():
        for deployment in plan:
            own = [b for b in BandSet(deployment["bands"] if deployment["mfbi"] else 0) if b in world.spectrum]
            for band in BandSet(deployment["mfbi"] or 0):
                if len(own) == 1 and band in world.spectrum and not _one_cell(own[0], band, world.spectrum):
                    yield Problem(
                        record["file"],
                        deployment["line"],
                        f"plan.{key}.mfbi",
                        f"{band} and {own[0]} cannot be one cell",
                        "Remove it, or mend the number.",
                    )


def _one_cell(a: Band, b: Band, spectrum: Spectrum) -> bool:
    return spectrum[a].relation(spectrum[b]) in ONE_CELL


@world_rule
def device_names_are_unique(world: World) -> Iterator[Problem]:
    """
    No two devices answer to one full name or alias: a shopper's question must have one answer. (`One` alone may be
    several brands'.)
    """
    yield from _clashes(world.devices, lambda r: [full_name(r["brand"], r["name"]), *r["aliases"]], "name")


@world_rule
def model_numbers_are_unique(world: World) -> Iterator[Problem]:
    """
    No two devices share a model number: one of them has it wrong. (Variants of one device may: lots differ. So may
    phones that only imports know: their sources disagree, and a look-up asks which is meant.)
    """
    reviewed: dict[str, Record | None] = {
        i: r for i, r in world.devices.items() if r is not None and not r["file"].startswith("imported/")
    }
    yield from _clashes(reviewed, lambda r: [m for v in r["variants"].values() for m in v["models"]], "model number")


@world_rule
def carrier_names_are_unique(world: World) -> Iterator[Problem]:
    """
    No two carriers answer to one name: US Mobile is not UScellular.
    """
    yield from _clashes(world.carriers, lambda r: [r["name"], *r["aliases"]], "name")


def _clashes(
    records: dict[str, Record | None], names_of: Callable[[Record], list[str]], what: str
) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for record_id, record in records.items():
        if record is None:
            continue
        for name in dict.fromkeys(names_of(record)):
            holder = taken.setdefault(name_key(name), record_id)
            if holder != record_id:
                yield Problem(
                    record["file"],
                    record["line"],
                    "",
                    f"the {what} {name!r} is also {holder}'s",
                    "Keep it where it belongs; note the rest under `conflicts:`.",
                )


@carrier_rule
@device_rule
def sources_have_one_meaning(record: Record, world: World) -> Iterator[Problem]:
    """
    A file's own source does not take the id of a shared one: a reader would look up the wrong page.
    """
    for source_id, source in record["sources"].items():
        plain = source_id.rpartition("#")[2]
        if plain in world.sources:
            yield Problem(
                record["file"],
                source["line"],
                f"sources.{plain}",
                "sources.yaml has a source of that id",
                "Use that one, or rename yours.",
            )
