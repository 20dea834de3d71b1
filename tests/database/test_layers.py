from __future__ import annotations

from bandcheck.database.compile import Checked, check_trees
from bandcheck.database.files.tree import Tree, read_document
from bandcheck.database.files.yamlfile import read_text
from bandcheck.database.records import carrier_of, device_of
from bandcheck.errors import Problem
from bandcheck.model.bands import BandSet, Rat
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Device
from bandcheck.model.sources import Trust

SPECTRUM = """
rat: lte
sources: {table: {kind: standard, title: T}}
bands:
  - {number: 3, duplex: fdd, sources: [table]}
  - {number: 4, duplex: fdd, sources: [table]}
  - {number: 7, duplex: fdd, sources: [table]}
  - {number: 20, duplex: fdd, sources: [table]}
"""

HEAD = "name: One\nbrand: Acme\nsources: {own: {kind: news, title: T}}\n"
NETWORK = "name: Alpha\nkind: network\nsources: {own: {kind: news, title: T}}\n"


def checked(name: str, **layers: str) -> Checked:
    """
    One well-formed file in several layers, lowest first, merged and checked.
    """
    problems: list[Problem] = []
    trees = [Tree("bands")]
    document = read_text(SPECTRUM.encode(), "spectrum/lte.yaml", problems)
    assert document is not None
    read_document(document, "spectrum/lte.yaml", trees[0], problems)
    for layer, text in layers.items():
        trees.append(Tree(layer))
        document = read_text(text.encode(), name, problems)
        assert document is not None, problems
        read_document(document, name, trees[-1], problems)
    found = check_trees(trees, problems)
    assert [] == found.problems
    return found


def device_of_layers(**layers: str) -> Device:
    """
    One device that several layers have.
    """
    (document,) = checked("devices/acme/one.yaml", **layers).devices.values()
    return device_of(document)


def carrier_of_layers(**layers: str) -> Carrier:
    """
    One carrier that several layers have.
    """
    (document,) = checked("carriers/xx/alpha.yaml", **layers).carriers.values()
    return carrier_of(document)


def sheet(variants: str, head: str = HEAD) -> str:
    """
    A device with these variants, each written as `key: {...}`.
    """
    return f"{head}variants:\n" + "".join(f"  {line}\n" for line in variants.splitlines())


def lte_of(device: Device) -> dict[str, tuple[list[int], str, Trust]]:
    """
    Of each variant its LTE bands, with layer and trust.
    """
    found = {}
    for variant in device.variants:
        fact = variant.facts[Rat.LTE]
        bands = variant.states[0][1].bands
        assert bands.is_exact(Rat.LTE)
        found[variant.key] = (bands.at_least.numbers(Rat.LTE), fact.layer, fact.trust)
    return found


def conflicts_of(thing: Device | Carrier) -> list[tuple[str, list[str]]]:
    """
    What is said to be in conflict: about what, and who says what.
    """
    return [(c.about, [says for says, _ in c.claims]) for c in thing.conflicts]


class TestDevices:
    def test_a_fact_knows_its_layer(self) -> None:
        """
        What only importers wrote is there, and counts as imported however many sources it has.
        """
        text = sheet("A: {bands: {lte: {bands: [3], sources: [own, own2]}}, sources: [own]}").replace(
            "{own:", "{own2: {kind: wiki, title: T}, own:"
        )

        assert {"A": ([3], "imported", Trust.IMPORTED)} == lte_of(device_of_layers(imported=text))
        assert {"A": ([3], "bands", Trust.VERIFIED)} == lte_of(device_of_layers(bands=text))

    def test_the_higher_layer_wins_and_what_it_overrules_stays_visible(self) -> None:
        """
        Hand-made bands replace imported ones; these become a conflict with their sources.
        """
        device = device_of_layers(
            imported=sheet("A: {bands: {lte: [3]}, sources: [own]}"),
            bands=sheet("A: {bands: {lte: [7]}, sources: [own]}"),
        )

        assert {"A": ([7], "bands", Trust.SINGLE)} == lte_of(device)
        assert [("lte of A", ["overruled, imported: lte 3"])] == conflicts_of(device)
        assert ("imported:acme/one#own",) == device.conflicts[0].claims[0][1]
        assert ("acme/one#own",) == device.variants[0].facts[Rat.LTE].sources

    def test_layers_that_agree_are_no_conflict(self) -> None:
        """
        The same bands in two layers are the higher one's fact, and nothing is overruled.
        """
        text = sheet("A: {bands: {lte: [3]}, sources: [own]}")
        device = device_of_layers(imported=text, bands=text)

        assert {"A": ([3], "bands", Trust.SINGLE)} == lte_of(device)
        assert [] == conflicts_of(device)

    def test_layers_win_fact_by_fact(self) -> None:
        """
        A RAT that the higher layer is silent on comes from the lower one.
        """
        device = device_of_layers(
            imported=sheet("A: {bands: {gsm: [], umts: [], lte: [3]}, volte: true, sources: [own]}"),
            bands=sheet("A: {bands: {lte: [7]}, market: XX, sources: [own]}"),
        )
        (variant,) = device.variants

        assert {Rat.GSM: "imported", Rat.UMTS: "imported", Rat.LTE: "bands"} == {
            rat: fact.layer for rat, fact in variant.facts.items() if fact.trust is not Trust.INFERRED
        }
        assert ("XX", True) == (variant.market, variant.states[0][1].volte)

    def test_known_to_have_none_overrules_as_well(self) -> None:
        """
        An empty list is a fact; `false` is one too.
        """
        device = device_of_layers(
            imported=sheet("A: {bands: {lte: [3]}, volte: true, sources: [own]}"),
            bands=sheet("A: {bands: {lte: []}, volte: false, sources: [own]}"),
        )

        assert ({"A": ([], "bands", Trust.SINGLE)}, False) == (lte_of(device), device.variants[0].states[0][1].volte)

    def test_the_users_own_facts_lie_on_top_of_all(self) -> None:
        """
        Imported under hand-made under the user's: the top one wins, both others stay visible.
        """
        device = device_of_layers(
            imported=sheet("A: {bands: {lte: [3]}, sources: [own]}"),
            bands=sheet("A: {bands: {lte: [7]}, sources: [own]}"),
            mine=sheet("A: {bands: {lte: [20]}, sources: [own]}"),
        )

        assert {"A": ([20], "mine", Trust.SINGLE)} == lte_of(device)
        expected = [("lte of A", ["overruled, imported: lte 3"]), ("lte of A", ["overruled, bands: lte 7"])]
        assert expected == conflicts_of(device)

    def test_variants_are_the_same_by_any_model_number(self) -> None:
        """
        Layers may call a variant by different keys; one model number in common makes them one, others stand beside.
        """
        device = device_of_layers(
            imported=sheet(
                "A-1: {models: [A-1, A1], bands: {lte: [3]}, sources: [own]}\nA-2: {bands: {lte: [4]}, sources: [own]}"
            ),
            bands=sheet("east: {models: [A1], bands: {lte: [7]}, sources: [own]}"),
        )

        assert {"east": ([7], "bands", Trust.SINGLE), "A-2": ([4], "imported", Trust.IMPORTED)} == lte_of(device)
        assert [("A1",), ("A-2",)] == [v.models for v in device.variants]

    def test_like_finds_a_variant_that_the_higher_layer_calls_otherwise(self) -> None:
        """
        An imported variant that is like another stays so when a hand-made file gives that one a new key.
        """
        device = device_of_layers(
            imported=sheet("A-1: {bands: {lte: [3]}, sources: [own]}\nA-2: {like: A-1}"),
            bands=sheet("east: {models: [A-1], market: XX, sources: [own]}"),
        )

        assert {
            "east": ([3], "imported", Trust.IMPORTED),
            "A-2": ([3], "imported", Trust.IMPORTED),
        } == lte_of(device)

    def test_firmware_below_does_not_touch_what_is_said_above(self) -> None:
        """
        A change of a RAT that the higher layer states goes with the fact that it changed; others stay.
        """
        change = "changes: [{since: '2015', bands: {lte: [3, 7], umts: []}, sources: [own]}]"
        device = device_of_layers(
            imported=sheet(f"A: {{bands: {{lte: [3]}}, {change}, sources: [own]}}"),
            bands=sheet("A: {bands: {lte: [20]}, sources: [own]}"),
        )
        (variant,) = device.variants
        _, (_, latest) = variant.states

        assert [20] == latest.bands.at_least.numbers(Rat.LTE)
        assert latest.bands.is_exact(Rat.UMTS)

    def test_names_and_conflicts_of_all_layers_count(self) -> None:
        """
        The higher layer's name and date win; aliases, code names and conflicts are joined, the higher ones first.
        """
        conflict = "conflicts: [{about: %s, claims: [{says: a, sources: [own]}, {says: b, sources: [own]}]}]\n"
        device = device_of_layers(
            imported=sheet("A: {sources: [own]}", HEAD + "aliases: [Uno, Eins]\nreleased: '2015'\ncodenames: [unity]\n")
            + conflict % "x",
            bands=sheet("A: {sources: [own]}", HEAD.replace("One", "ONE") + "aliases: [Un, Uno]\n") + conflict % "y",
        )

        assert ("ONE", ("Un", "Uno", "Eins"), ("unity",)) == (device.name, device.aliases, device.codenames)
        assert "2015" == str(device.released)
        assert [("y", ["a", "b"]), ("x", ["a", "b"])] == conflicts_of(device)

    def test_a_merged_sheet_is_overruled_rat_by_rat_and_stays_visible(self) -> None:
        """
        `union` is facts too.
        """
        device = device_of_layers(
            imported=sheet("A: {sources: [own]}", HEAD + "union: {lte: [3], umts: [], sources: [own]}\n"),
            bands=sheet("A: {sources: [own]}", HEAD + "union: {lte: [7], sources: [own]}\n"),
        )
        (variant,) = device.variants

        assert BandSet.parse("lte 7") == variant.states[0][1].bands.at_most.only(Rat.LTE)
        assert ("bands", "imported") == (variant.facts[Rat.LTE].layer, variant.facts[Rat.UMTS].layer)
        assert [("lte", ["overruled, imported: lte 3"])] == conflicts_of(device)


class TestCarriers:
    def test_the_plan_of_a_rat_is_one_fact(self) -> None:
        """
        A higher layer's list is complete and replaces the lower one's; its bands that are gone stay visible.
        """
        carrier = carrier_of_layers(
            imported=NETWORK
            + "plan:\n  umts: []\n  lte:\n    - {band: 3, by: '2015', sources: [own]}\n"
            + "    - {band: 20, by: '2016', sources: [own]}\n",
            bands=NETWORK + "plan:\n  lte:\n    - {band: 3, since: '2012', sources: [own]}\n",
        )
        found = [(d.bands, str(d.live.since), d.layer) for d in carrier.deployments]

        assert [(BandSet.parse("lte 3"), "2012", "bands")] == found
        assert {Rat.UMTS, Rat.LTE} == set(carrier.recorded)
        assert [("lte", ["overruled, imported: lte 20"])] == conflicts_of(carrier)
        assert ("imported:xx/alpha#own",) == carrier.conflicts[0].claims[0][1]

    def test_a_rat_that_the_higher_layer_is_silent_on_stays(self) -> None:
        """
        Its deployments keep their layer and count as imported.
        """
        carrier = carrier_of_layers(
            imported=NETWORK + "plan: {lte: [{band: 3, by: '2015', sources: [own]}]}\n",
            bands=NETWORK.replace("sources: {own: {kind: news, title: T}}\n", "") + "plan: {umts: []}\n",
        )

        assert [("imported", Trust.IMPORTED)] == [(d.layer, d.trust) for d in carrier.deployments]
        assert [] == conflicts_of(carrier)

    def test_known_to_run_none_overrules_as_well(self) -> None:
        """
        `[]` replaces a list; `standalone: []` does, and a missing one does not.
        """
        lower = (
            NETWORK
            + "plan: {lte: [{band: 3, by: '2015', sources: [own]}]}\n"
            + "standalone: [{since: '2020', sources: [own]}]\n"
        )
        bare = "name: Alpha\nkind: network\n"
        none = carrier_of_layers(imported=lower, bands=bare + "plan: {lte: []}\nstandalone: []\n")
        silent = carrier_of_layers(imported=lower, bands=bare + "plan: {}\n")

        assert ((), ()) == (none.deployments, none.standalone)
        assert (1, 1) == (len(silent.deployments), len(silent.standalone or ()))

    def test_names_codes_and_policies_of_all_layers_count(self) -> None:
        """
        The higher layer's name wins; aliases, PLMNs and notes are joined, policies add up.
        """
        policy = "policies: [{name: %s, effect: refused, since: '2022', says: X, sources: [own]}]\n"
        carrier = carrier_of_layers(
            imported=NETWORK + "plan: {}\naliases: [A]\nplmns: ['001-01']\nnotes: [n]\n" + policy % "old",
            bands=NETWORK.replace("Alpha", "ALPHA") + "plan: {}\naliases: [B]\nplmns: ['001-02']\n" + policy % "new",
        )

        assert ("ALPHA", ("B", "A"), ("001-02", "001-01"), ("n",)) == (
            carrier.name,
            carrier.aliases,
            carrier.plmns,
            carrier.notes,
        )
        assert {"old", "new"} == {p.name for p in carrier.policies}
