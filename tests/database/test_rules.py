from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bandcheck.database.files.tree import Tree, read_document, read_tree
from bandcheck.database.files.yamlfile import read_text
from bandcheck.database.rulebook import CARRIER_RULES, DEVICE_RULES, STATEMENT_RULES, WORLD_RULES, World
from bandcheck.database.rules import all_rules, check_records, check_statements, check_world
from bandcheck.database.spectrum_records import spectrum_of
from bandcheck.errors import Problem

Record = dict[str, Any]


class Example(NamedTuple):
    """
    What a rule lets pass, and what it does not.

    Attributes:
        good: A file that keeps the rule, and every other.

        bad: A file that breaks this rule alone.

        found: What the rule says of the bad one, as `line path: what is wrong`; one or more.
    """

    good: str
    bad: str
    found: tuple[str, ...]


DEVICE = "name: Four\nbrand: Acme\n"
NETWORK = "name: Delta\nkind: network\n"
MVNO = "name: Delta\nkind: mvno\nhosts:\n  - "
POLICY = "{name: N, effect: refused, since: '2022', says: X, "
OWN = "sources: {own: {kind: news, title: T}}\n"


def lte(*deployments: str, source: str = "shared") -> str:
    """
    A network with these LTE deployments, from line 5 on.
    """
    lines = [f"    - {{{written}, sources: [{source}]}}\n" for written in deployments]
    return "".join([NETWORK, "plan:\n  lte:\n", *lines])


def variant(written: str) -> str:
    """
    A device with one variant, in line 4, whose bands are in line 6.
    """
    return f"{DEVICE}variants:\n  A4:\n    bands:\n      {written}\n    sources: [shared]\n"


DEVICE_EXAMPLES = {
    "sources_exist": [
        Example(
            DEVICE + OWN + "variants: {A4: {sources: [own, shared]}}\n",
            DEVICE + "variants: {A4: {sources: [shared, hearsay]}}\n",
            ("3 variants.A4: the source 'hearsay' is not defined",),
        ),
        Example(
            variant("lte: {bands: [4], sources: [shared]}"),
            variant("lte: {bands: [4], sources: [rumour]}"),
            ("6 variants.A4.bands.lte: the source 'rumour' is not defined",),
        ),
    ],
    "sources_are_used": [
        Example(
            DEVICE + OWN + "variants: {A4: {sources: [own]}}\n",
            DEVICE + OWN + "variants: {A4: {sources: [shared]}}\n",
            ("3 sources.own: no fact points at this source",),
        )
    ],
    "sources_have_one_meaning": [
        Example(
            DEVICE + OWN + "variants: {A4: {sources: [own]}}\n",
            DEVICE + "sources: {shared: {kind: news, title: T}}\nvariants: {A4: {sources: [shared]}}\n",
            ("3 sources.shared: sources.yaml has a source of that id",),
        )
    ],
    "device_bands_exist": [
        Example(
            DEVICE + "variants: {A4: {bands: {lte: [4]}, sources: [shared]}}\n",
            DEVICE + "variants: {A4: {bands: {lte: [4, 150]}, sources: [shared]}}\n",
            ("3 variants.A4.bands.lte: B150 is not a band that is defined (lte)",),
        ),
        Example(
            DEVICE + "union: {umts: [1], sources: [shared]}\nvariants: {A4: {sources: [shared]}}\n",
            DEVICE + "union: {umts: [1, 21], sources: [shared]}\nvariants: {A4: {sources: [shared]}}\n",
            ("3 union.umts: UMTS 21 is not a band that is defined (umts)",),
        ),
        Example(
            DEVICE + "variants: {A4: {bands: {gsm: {at_least: [900]}}, sources: [shared]}}\n",
            DEVICE + "variants: {A4: {bands: {gsm: {at_least: [450]}}, sources: [shared]}}\n",
            ("3 variants.A4.bands.gsm: GSM 450 is not a band that is defined (gsm)",),
        ),
    ],
    "no_rat_before_its_time": [
        Example(
            DEVICE + "released: '2018'\nvariants: {A4: {bands: {nr: [78]}, sources: [shared]}}\n",
            DEVICE + "released: '2017'\nvariants: {A4: {bands: {nr: [78]}, sources: [shared]}}\n",
            ("4 variants.A4.bands.nr: nr in a phone of 2017",),
        ),
        Example(
            DEVICE + "released: '2008'\nvariants: {A4: {bands: {lte: [], nr: []}, sources: [shared]}}\n",
            DEVICE + "released: 2008-12\nunion: {lte: [4], sources: [shared]}\nvariants: {A4: {sources: [shared]}}\n",
            ("4 union.lte: lte in a phone of 2008-12",),
        ),
        Example(
            DEVICE + "released: '2001'\nvariants: {A4: {bands: {umts: [1]}, sources: [shared]}}\n",
            DEVICE + "released: '2000'\nvariants: {A4: {bands: {umts: [1]}, sources: [shared]}}\n",
            ("4 variants.A4.bands.umts: umts in a phone of 2000",),
        ),
        Example(
            DEVICE + "variants: {A4: {bands: {nr: [78]}, sources: [shared]}}\n",
            DEVICE + "released: '2012'\nvariants: {A4: {bands: {nr: {at_least: [78]}}, sources: [shared]}}\n",
            ("4 variants.A4.bands.nr: nr in a phone of 2012",),
        ),
    ],
    "variants_are_told_apart": [
        Example(
            DEVICE + "variants:\n  x: {models: [], sources: [shared]}\n  y: {models: [], market: XX, like: x}\n",
            DEVICE + "variants:\n  x: {models: [], sources: [shared]}\n  y: {models: [], sources: [shared]}\n",
            ("5 variants.y: nothing tells it from x",),
        )
    ],
    "volte_carriers_exist": [
        Example(
            DEVICE + "variants: {A4: {volte_on: {xx/alpha: true}, sources: [shared]}}\n",
            DEVICE + "variants: {A4: {volte_on: {Alpha: true}, sources: [shared]}}\n",
            ("3 variants.A4.volte_on: no carrier 'Alpha'",),
        )
    ],
}

CARRIER_EXAMPLES = {
    "sources_exist": [
        Example(
            lte("band: 4, since: '2013'"),
            lte("band: 4, since: '2013'", source="hearsay"),
            ("5 plan.lte: the source 'hearsay' is not defined",),
        ),
        Example(
            NETWORK + "rats: {umts: {until: '2022', sources: [shared]}}\n",
            NETWORK + "rats: {umts: {until: '2022', sources: [hearsay]}}\n",
            ("3 rats.umts: the source 'hearsay' is not defined",),
        ),
        Example(
            NETWORK + "plan: {}\nstandalone:\n  - {since: '2020', sources: [shared]}\n",
            NETWORK + "plan: {}\nstandalone:\n  - {since: '2020', sources: [hearsay]}\n",
            ("1 standalone: the source 'hearsay' is not defined",),
        ),
        Example(
            MVNO + "{as_of: '2016', networks: [xx/alpha], sources: [shared]}\n",
            MVNO + "{as_of: '2016', networks: [xx/alpha], sources: [hearsay]}\n",
            ("4 hosts: the source 'hearsay' is not defined",),
        ),
        Example(
            NETWORK + "plan: {}\npolicies:\n  - " + POLICY + "sources: [shared]}\n",
            NETWORK + "plan: {}\npolicies:\n  - " + POLICY + "sources: [hearsay]}\n",
            ("5 policies: the source 'hearsay' is not defined",),
        ),
        Example(
            NETWORK
            + "plan: {}\nconflicts:\n  - about: x\n"
            + "    claims: [{says: a, sources: [shared]}, {says: b, sources: [shared]}]\n",
            NETWORK
            + "plan: {}\nconflicts:\n  - about: x\n"
            + "    claims: [{says: a, sources: [shared]}, {says: b, sources: [hearsay]}]\n",
            ("1 conflicts[0]: the source 'hearsay' is not defined",),
        ),
    ],
    "sources_are_used": [
        Example(
            NETWORK + OWN + "plan: {lte: [{band: 4, since: '2013', sources: [own]}]}\n",
            NETWORK + OWN + "plan: {lte: []}\n",
            ("3 sources.own: no fact points at this source",),
        )
    ],
    "sources_have_one_meaning": [
        Example(
            NETWORK + OWN + "plan: {lte: [{band: 4, since: '2013', sources: [own]}]}\n",
            NETWORK
            + "sources: {shared: {kind: news, title: T}}\n"
            + "plan: {lte: [{band: 4, since: '2013', sources: [shared]}]}\n",
            ("3 sources.shared: sources.yaml has a source of that id",),
        )
    ],
    "carrier_bands_exist": [
        Example(
            lte("band: unknown, since: '2013'"),
            lte("any_of: [12, 150], since: '2013'"),
            ("5 plan.lte: B150 is not a band that is defined (lte)",),
        ),
        Example(
            lte("band: 12, mfbi: [17], since: '2013'"),
            lte("band: 12, mfbi: [85], since: '2013'"),
            ("5 plan.lte.mfbi: B85 is not a band that is defined (lte)",),
        ),
    ],
    "hosts_are_networks": [
        Example(
            MVNO + "{as_of: '2016', networks: [xx/alpha, {carrier: xx/beta, brand: B}], sources: [shared]}\n",
            MVNO + "{as_of: '2016', networks: [xx/alpha, xx/omega], sources: [shared]}\n",
            ("4 hosts: no carrier 'xx/omega'",),
        ),
        Example(
            MVNO + "{as_of: '2016', networks: [xx/alpha], sources: [shared]}\n",
            MVNO + "{as_of: '2016', networks: [xx/virtual], sources: [shared]}\n",
            ("4 hosts: xx/virtual is an MVNO itself",),
        ),
        Example(
            MVNO + "{as_of: '2016', networks: [xx/alpha], sources: [shared]}\n",
            MVNO + "{as_of: '2016', networks: [xx/delta], sources: [shared]}\n",
            ("4 hosts: an MVNO that is its own host",),
        ),
    ],
    "policy_phones_exist": [
        Example(
            f"{NETWORK}plan: {{}}\npolicies:\n  - {POLICY}"
            "phones: {devices: [acme/one], not_devices: [acme/two]}, sources: [shared]}\n",
            f"{NETWORK}plan: {{}}\npolicies:\n  - {POLICY}"
            "phones: {devices: [acme/won], not_devices: [acme/too]}, sources: [shared]}\n",
            ("5 policies.phones: no device 'acme/too'", "5 policies.phones: no device 'acme/won'"),
        ),
        Example(
            f"{NETWORK}plan: {{}}\nemergency:\n  - {POLICY}phones: {{devices: [acme/one]}}, sources: [shared]}}\n",
            f"{NETWORK}plan: {{}}\nemergency:\n  - {POLICY}phones: {{devices: [One]}}, sources: [shared]}}\n",
            ("5 emergency.phones: no device 'One'",),
        ),
    ],
    "one_band_one_time": [
        Example(
            lte("band: 4, since: '2013', until: '2016-05-01'", "band: 4, since: '2016-05-01'"),
            lte("band: 4, since: '2013', until: '2016-05-02'", "band: 4, since: '2016-05-01'"),
            ("6 plan.lte: lte 4 is also in line 5 for the same days",),
        ),
        Example(
            lte("band: 4, since: '2013', until: '2016-05-15'", "band: 4, since: '2016-05'"),
            lte("band: 4, since: '2013', until: '2016-06-15'", "band: 4, since: '2016-05'"),
            ("6 plan.lte: lte 4 is also in line 5 for the same days",),
        ),
        Example(
            lte("band: 4, since: '2013'", "any_of: [4, 66], by: '2016'"),
            lte("band: 4, by: '2016'", "band: 4, since: '2013'"),
            ("6 plan.lte: lte 4 is also in line 5 for the same days",),
        ),
    ],
    "deployments_lie_within_their_rat": [
        Example(
            lte("band: 4, since: '2013', until: '2022'") + "rats: {lte: {until: 2022-07-01, sources: [shared]}}\n",
            lte("band: 4, since: '2013', until: '2023'") + "rats: {lte: {until: 2022-07-01, sources: [shared]}}\n",
            ("5 plan.lte: until 2023, outside the dates of the RAT in line 6",),
        ),
        Example(
            lte("band: 4, by: '2013'") + "rats: {lte: {since: '2013-06', sources: [shared]}}\n",
            lte("band: 4, by: '2013-05'") + "rats: {lte: {since: '2013-06', sources: [shared]}}\n",
            ("5 plan.lte: by 2013-05, outside the dates of the RAT in line 6",),
        ),
        Example(
            NETWORK + "plan: {umts: []}\nrats: {lte: {until: 2022-07-01, sources: [shared]}}\n",
            NETWORK + "plan: {lte: []}\nrats: {lte: {until: 2022-07-01, sources: [shared]}}\n",
            ("4 rats.lte: `plan` says that the carrier never had it",),
        ),
    ],
    "no_network_before_its_time": [
        Example(
            lte("band: 4, since: '2009'", "band: 12, by: 2009-12-14"),
            lte("band: 4, since: '2008'", "band: 12, by: 2008-12"),
            (
                "5 plan.lte: lte on air in 2008, and the first network opened in 2009",
                "6 plan.lte: lte on air in 2008-12, and the first network opened in 2009",
            ),
        ),
        Example(
            NETWORK + "plan: {umts: [{band: 5, since: 2001-10, sources: [shared]}], nr: []}\n",
            NETWORK + "plan: {umts: [{band: 5, since: '2000', sources: [shared]}], nr: []}\n",
            ("3 plan.umts: umts on air in 2000, and the first network opened in 2001",),
        ),
    ],
    "nothing_outlives_its_end": [
        Example(
            lte("band: 4, by: '2013', seen: 2022-07-01, until: 2022-07"),
            lte("band: 4, by: '2013', seen: 2022-08-01, until: 2022-07"),
            ("5 plan.lte: seen 2022-08-01, and it ended in 2022-07",),
        ),
        Example(
            lte("band: 4, by: '2013', seen: 2024-09-09, until: '2022', announced: true"),
            lte("band: 4, by: '2013', seen: 2024-09-09, until: '2022'"),
            ("5 plan.lte: seen 2024-09-09, and it ended in 2022",),
        ),
        Example(
            NETWORK
            + "rats: {umts: {until: '2022', sources: [shared]}}\n"
            + "plan: {umts: [{band: 5, by: '2016', seen: '2022', sources: [shared]}]}\n",
            NETWORK
            + "rats: {umts: {until: '2022', sources: [shared]}}\n"
            + "plan: {umts: [{band: 5, by: '2016', seen: '2024', sources: [shared]}]}\n",
            ("4 plan.umts: seen 2024, and the RAT ended in 2022",),
        ),
        Example(
            NETWORK
            + "rats: {umts: {until: '2022', announced: true, sources: [shared]}}\n"
            + "plan: {umts: [{band: 5, by: '2023', sources: [shared]}]}\n",
            NETWORK
            + "rats: {umts: {until: '2022', sources: [shared]}}\n"
            + "plan: {umts: [{band: 5, by: '2023', sources: [shared]}]}\n",
            ("4 plan.umts: by 2023, and the RAT ended in 2022",),
        ),
    ],
    "blocks_lie_in_their_band": [
        Example(
            lte("band: 4, since: '2013', block: {uplink_khz: [1710000, 1720000]}"),
            lte("band: 4, since: '2013', block: {uplink_khz: [1709000, 1720000]}"),
            ("5 plan.lte.block: the block does not lie in B4",),
        ),
        Example(
            lte("band: 29, since: '2013', block: {downlink_khz: [717000, 722000]}"),
            lte("band: 29, since: '2013', block: {uplink_khz: [717000, 722000]}"),
            ("5 plan.lte.block: the block does not lie in B29",),
        ),
    ],
    "broadcast_bands_overlap": [
        Example(
            lte("band: 66, mfbi: [4], since: '2013'"),
            lte("band: 66, mfbi: [1, 4], since: '2013'"),
            ("5 plan.lte.mfbi: B1 and B66 cannot be one cell",),
        )
    ],
}


def _device(name: str = "Four", models: str = "A4", aliases: str = "", brand: str = "Acme") -> str:
    extra = f"aliases: [{aliases}]\n" if aliases else ""
    return f"name: {name}\nbrand: {brand}\n{extra}variants: {{A: {{models: [{models}], sources: [shared]}}}}\n"


def _network(name: str = "Delta", aliases: str = "") -> str:
    return f"name: {name}\nkind: network\nplan: {{}}\naliases: [{aliases}]\n"


def statement(written: str, sources: str = "[shared]") -> str:
    """
    A file with one statement, in line 2, of the authorisation of Acme's phones.
    """
    told = f"effect: granted, who: W, since: '2015', says: S, {written}, sources: {sources}"
    return f"statements:\n  - {{kind: authorisation, {told}}}\n"


ACME = "phones: {brands: [acme]}"
BY_AN_MVNO = (
    statement("phones: {brands: [acme]}, carrier: xx/virtual")
    .replace("authorisation", "certification")
    .replace("granted", "certified")
)

STATEMENT_EXAMPLES = {
    "sources_exist": [
        Example(
            statement(ACME),
            statement(ACME, "[nowhere]"),
            ("2 statements[0]: the source 'nowhere' is not defined",),
        ),
    ],
    "sources_are_used": [
        Example(
            f"{OWN}{statement(ACME, '[own]')}",
            f"{OWN}{statement(ACME)}",
            ("1 sources.own: no fact points at this source",),
        ),
    ],
    "statements_name_what_exists": [
        Example(
            statement("phones: {devices: [acme/one]}"),
            statement("phones: {devices: [acme/none]}"),
            ("2 statements[0]: there is no device acme/none",),
        ),
        Example(
            statement(f"{ACME}, to: xx/virtual"),
            statement(f"{ACME}, to: xx/none"),
            ("2 statements[0]: there is no carrier xx/none",),
        ),
        Example(
            statement(f"{ACME}, to: A seller by name"),
            BY_AN_MVNO,
            ("2 statements[0]: xx/virtual is an MVNO, and networks certify",),
        ),
    ],
}


WORLD_EXAMPLES = {
    "device_names_are_unique": [
        Example(_device("Four"), _device("ONE"), ("1: the name 'Acme ONE' is also acme/one's",)),
        Example(_device(aliases="Quattro"), _device(aliases="U-no"), ("1: the name 'U-no' is also acme/one's",)),
        Example(
            _device("Phone"),
            _device("Phone", brand="Zeta"),
            ("1: the name 'Zeta Phone' is also zeta/phone's",),
        ),
    ],
    "model_numbers_are_unique": [
        Example(
            _device(models="A4, A4X"),
            _device(models="A4, a1 100"),
            ("1: the model number 'a1 100' is also acme/one's",),
        ),
    ],
    "carrier_names_are_unique": [
        Example(_network("Delta", "XX"), _network("XX mobile"), ("1: the name 'XX mobile' is also xx/virtual's",)),
        Example(_network("Delta", "Alphabet"), _network("Delta", "alpha"), ("1: the name 'alpha' is also xx/alpha's",)),
    ],
}


@pytest.fixture(scope="module")
def trees(acme: Path) -> list[Tree]:
    """
    The made-up data as read.
    """
    problems: list[Problem] = []
    found = read_tree(acme, problems)
    assert [] == problems
    return found


@pytest.fixture
def world(trees: list[Tree]) -> World:
    """
    The made-up records, with one shared source.
    """
    (bands,) = trees
    shared = {"shared": {"kind": "news", "title": "T"}}
    return World(spectrum_of(bands.spectrum), shared, dict(bands.devices), dict(bands.carriers))


def record_of(text: str, kind: str) -> Record:
    """
    A well-formed file as a record.
    """
    name = {
        "device": "devices/acme/four.yaml",
        "carrier": "carriers/xx/delta.yaml",
        "statement": "statements/xx/four.yaml",
    }[kind]
    problems: list[Problem] = []
    tree = Tree("bands")
    document = read_text(text.encode(), name, problems)
    assert document is not None
    read_document(document, name, tree, problems)
    assert [] == problems
    (record,) = (*tree.devices.values(), *tree.carriers.values(), *tree.statements.values())
    return record


def lines_of(problems: list[Problem]) -> tuple[str, ...]:
    """
    `line path: what is wrong`; each names a cure.
    """
    assert all(p.cure for p in problems)
    return tuple(f"{p.line} {p.path}: {p.found}".replace(" : ", ": ") for p in sorted(problems))


def cases(examples: dict[str, list[Example]]) -> list[Any]:
    """
    The examples of a table, one a test.
    """
    return [
        pytest.param(rule, example, id=f"{rule}-{number}")
        for rule, group in examples.items()
        for number, example in enumerate(group)
    ]


def rule_named(rules: list[Callable[..., Any]], name: str) -> Callable[..., Any]:
    """
    A registered rule.
    """
    return next(rule for rule in rules if rule.__name__ == name)


@pytest.mark.parametrize(
    ("rules", "examples"),
    [
        pytest.param(DEVICE_RULES, DEVICE_EXAMPLES, id="device"),
        pytest.param(CARRIER_RULES, CARRIER_EXAMPLES, id="carrier"),
        pytest.param(STATEMENT_RULES, STATEMENT_EXAMPLES, id="statement"),
        pytest.param(WORLD_RULES, WORLD_EXAMPLES, id="world"),
    ],
)
def test_every_rule_has_a_good_and_a_bad_example(
    rules: list[Callable[..., Any]], examples: dict[str, list[Example]]
) -> None:
    """
    A rule without examples is one that nobody has seen at work.
    """
    assert sorted(rule.__name__ for rule in rules) == sorted(name for name, group in examples.items() if group)


def test_every_rule_is_printed_with_its_reason() -> None:
    """
    `bandcheck data rules` has each registered rule once, with one line of reason.
    """
    rules = (*DEVICE_RULES, *CARRIER_RULES, *STATEMENT_RULES, *WORLD_RULES)
    names = {rule.__name__.replace("_", "-") for rule in rules}
    printed = all_rules()

    assert names == {name for name, _ in printed}
    assert len(names) == len(printed)
    assert [] == [name for name, reason in printed if not reason.endswith((".", ".)")) or "\n" in reason]


@pytest.mark.parametrize(("rule", "example"), cases(DEVICE_EXAMPLES))
def test_a_device_rule_tells_good_from_bad(rule: str, example: Example, world: World) -> None:
    """
    The good example keeps every rule about devices; the bad one breaks this one and no other.
    """
    good, bad = record_of(example.good, "device"), record_of(example.bad, "device")

    assert [] == check_records([good], [], world)
    assert example.found == lines_of(list(rule_named(DEVICE_RULES, rule)(bad, world)))
    assert example.found == lines_of(check_records([bad], [], world))


@pytest.mark.parametrize(("rule", "example"), cases(CARRIER_EXAMPLES))
def test_a_carrier_rule_tells_good_from_bad(rule: str, example: Example, world: World) -> None:
    """
    The good example keeps every rule about carriers; the bad one breaks this one and no other.
    """
    good, bad = record_of(example.good, "carrier"), record_of(example.bad, "carrier")
    world.carriers["xx/delta"] = good

    assert [] == check_records([], [good], world)
    world.carriers["xx/delta"] = bad
    assert example.found == lines_of(list(rule_named(CARRIER_RULES, rule)(bad, world)))
    assert example.found == lines_of(check_records([], [bad], world))


@pytest.mark.parametrize(("rule", "example"), cases(STATEMENT_EXAMPLES))
def test_a_statement_rule_tells_good_from_bad(rule: str, example: Example, world: World) -> None:
    """
    The good example keeps every rule about statements; the bad one breaks this one and no other.
    """
    good, bad = record_of(example.good, "statement"), record_of(example.bad, "statement")

    assert [] == check_statements([good], world)
    assert example.found == lines_of(list(rule_named(STATEMENT_RULES, rule)(bad, world)))
    assert example.found == lines_of(check_statements([bad], world))


@pytest.mark.parametrize(("rule", "example"), cases(WORLD_EXAMPLES))
def test_a_world_rule_tells_good_from_bad(rule: str, example: Example, world: World) -> None:
    """
    With the good example all names are unique; the bad one breaks this rule and no other.
    """
    kind = "carrier" if rule.startswith("carrier") else "device"
    group = world.carriers if kind == "carrier" else world.devices
    record_id = "xx/delta" if kind == "carrier" else "acme/four"

    group[record_id] = record_of(example.good, kind)
    assert [] == check_world(world)
    group[record_id] = record_of(example.bad, kind)
    assert example.found == lines_of(list(rule_named(WORLD_RULES, rule)(world)))
    assert example.found == lines_of(check_world(world))
