from __future__ import annotations

import pytest

from bandcheck.database.files.tree import Tree, height, is_imported, read_document
from bandcheck.database.files.yamlfile import read_text
from bandcheck.database.layers import merge_devices
from bandcheck.model.bands import BandSet, Rat
from bandcheck.model.device import Device
from bandcheck.model.sources import Trust
from layer_cases import HEAD, NETWORK, carrier_of_layers, conflicts_of, device_of_layers


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

    def test_what_is_overruled_beside_bands_stays_visible(self) -> None:
        """
        Calls, modes and labels leave a trace too; what both say alike, and what only one says, is no conflict.
        """
        device = device_of_layers(
            imported=sheet(
                "A: {market: Asia, sold_in: [XX], volte: true, mfbi: false, nr_modes: [nsa, sa], sources: [own]}"
            ),
            bands=sheet("A: {market: Global, volte: false, nr_modes: [sa, nsa], evdo: true, sources: [own]}"),
        )
        (variant,) = device.variants
        phone = variant.states[0][1]

        expected = [("market of A", ["overruled, imported: Asia"]), ("volte of A", ["overruled, imported: true"])]
        assert expected == conflicts_of(device)
        assert ("Global", ("XX",), False, False, True) == (
            variant.market, variant.sold_in, phone.volte, phone.mfbi, phone.evdo,
        )  # fmt: skip

    def test_each_carriers_volte_is_a_fact_of_its_own(self) -> None:
        """
        What the lower layer knows of other carriers stays.
        """
        trees = []
        for layer, text in (("imported", "xx/a: true, xx/b: true, xx/c: true"), ("bands", "xx/a: true, xx/b: false")):
            trees.append(Tree(layer))
            document = read_text(sheet(f"A: {{volte_on: {{{text}}}, sources: [own]}}").encode(), "x.yaml", [])
            assert document is not None
            read_document(document, "devices/acme/one.yaml", trees[-1], [])
        (record,) = merge_devices(trees).values()

        assert {"xx/a": True, "xx/b": False, "xx/c": True} == record["variants"]["A"]["volte_on"]
        assert [("volte_on xx/b", "true", "imported")] == [
            (o["rat"], o["says"], o["layer"]) for o in record["overruled"]
        ]

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


def plan(**lists: str) -> str:
    """
    A network with these lists of bands.
    """
    return NETWORK + "plan:\n" + "".join(f"  {rat}: {bands}\n" for rat, bands in lists.items())


class TestImports:
    """
    Several importers' layers: none of their lists is complete.
    """

    def bands(self, **layers: str) -> list[tuple[str, str]]:
        carrier = carrier_of_layers(**layers)
        return [(str(d.bands), d.layer.removeprefix("imported/")) for d in carrier.deployments]

    def test_bands_that_only_the_lower_one_has_stay(self) -> None:
        """
        The upper one's entry for a band wins; a RAT that it passes over is the lower one's.
        """
        below = plan(lte="[{band: 3, by: '2015', sources: [own]}, {band: 7, by: '2015', sources: [own]}]", umts="[]")
        above = plan(lte="[{band: 7, since: '2013', sources: [own]}]")

        assert [("lte 7", "b"), ("lte 3", "a")] == self.bands(**{"imported/a": below, "imported/b": above})
        assert [("lte 7", "bands")] == self.bands(**{"imported/a": below, "bands": above})

    @pytest.mark.parametrize(
        ("lower", "expected"),
        [
            ("any_of: [4, 7]", [("lte 7", "b")]),
            ("band: unknown", [("lte 7", "b")]),
            ("any_of: [3, 4]", [("lte 7", "b"), ("lte 3 4", "a")]),
        ],
    )
    def test_an_ambiguous_entry_below_is_explained_by_a_band_above(
        self, lower: str, expected: list[tuple[str, str]]
    ) -> None:
        """
        One of the bands that it may mean is listed there.
        """
        below = plan(lte=f"[{{{lower}, by: '2015', sources: [own]}}]")
        above = plan(lte="[{band: 7, since: '2013', sources: [own]}]")

        assert expected == self.bands(**{"imported/a": below, "imported/b": above})

    def test_known_to_run_none_leaves_nothing_below(self) -> None:
        """
        `[]` is a fact about the RAT.
        """
        below = plan(lte="[{band: 3, by: '2015', sources: [own]}]")

        above = "name: Alpha\nkind: network\nplan: {lte: []}\n"

        assert [] == self.bands(**{"imported/a": below, "imported/b": above})

    def test_an_end_below_holds_above(self) -> None:
        """
        An upper importer that knows a band and no end of its RAT does not make it last.
        """
        below = NETWORK + "rats: {lte: {until: '2021-06', sources: [own]}}\n"
        above = plan(lte="[{band: 7, since: '2013', sources: [own]}]")
        carrier = carrier_of_layers(**{"imported/a": below, "imported/b": above})

        assert ["2021-06"] == [d.live.until.text for d in carrier.deployments if d.live.until]

    def test_only_disagreements_that_matter_are_kept(self) -> None:
        """
        Bands that the hand-made plan denies, in one entry; not what it may have, nor what was never certain.
        """
        below = plan(
            lte="[{band: 3, by: '2015', sources: [own]}, {band: 20, by: '2015', sources: [own]}, "
            "{any_of: [4, 7], by: '2015', sources: [own]}, {band: unknown, by: '2015', until: '2016', sources: [own]}]",
            umts="[{band: unknown, by: '2015', unlisted: '2015', sources: [own]}]",
            gsm="[{band: unknown, by: '2015', sources: [own]}]",
        )
        above = plan(lte="[{band: 7, since: '2013', sources: [own]}]", umts="[]", gsm="[]")
        carrier = carrier_of_layers(**{"imported/networks": below, "bands": above})

        assert [
            ("gsm", ["overruled, imported/networks: gsm"]),
            ("lte", ["overruled, imported/networks: lte 3 20"]),
        ] == sorted(conflicts_of(carrier))

    def test_they_lie_in_a_fixed_order_below_what_people_wrote(self) -> None:
        """
        Whatever their names; folders that no importer owns lie lowest.
        """
        names = ["bands", "imported/networks", "imported", "imported/other", "imported/carriers_facts", "imported/aosp"]
        lowest_first = [names[n] for n in (2, 3, 5, 1, 4, 0)]

        assert lowest_first == sorted(names, key=height)
        assert ["bands", "imports"] == [name for name in [*names, "imports"] if not is_imported(name)]
