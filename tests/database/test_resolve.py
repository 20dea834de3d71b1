from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bandcheck.database.files.tree import Tree, read_document
from bandcheck.database.files.yamlfile import read_text
from bandcheck.database.layers import merge_carriers, merge_devices
from bandcheck.database.records import carrier_of, device_of
from bandcheck.database.resolve import carrier_document, device_document
from bandcheck.errors import Problem
from bandcheck.model.bands import RATS, BandSet, KnownBands, Rat
from bandcheck.model.carrier import Carrier
from bandcheck.model.device import Device, Variant
from bandcheck.model.sources import Trust

HEAD = "name: One\nbrand: Acme\n"
LATER = dt.date(2030, 1, 1)

SOURCES = """
sources:
  sheet-2015: {kind: database, title: T, url: "https://example.com/2015", upstream: sheets}
  sheet-2022: {kind: database, title: T, url: "https://example.com/2022", upstream: sheets}
  filing: {kind: regulator, title: T, url: "https://example.com/filing"}
  filing-again: {kind: news, title: T, url: "https://example.com/filing"}
  hearsay: {kind: community, title: T}
  gossip: {kind: community, title: T}
"""


def tree_of(name: str, text: str) -> Tree:
    """
    One well-formed file, beside the shared sources.
    """
    tree = Tree("bands")
    problems: list[Problem] = []
    for file, written in (("sources.yaml", SOURCES), (name, text)):
        document = read_text(written.encode(), file, problems)
        assert document is not None, problems
        read_document(document, file, tree, problems)
    assert [] == problems
    return tree


def resolved(text: str) -> tuple[Device, list[str]]:
    """
    A device, and the problems that resolving it found as `line path: what is wrong`.
    """
    tree = tree_of("devices/acme/one.yaml", text)
    (record,) = merge_devices([tree]).values()
    problems: list[Problem] = []
    device = device_of(device_document(record, tree.sources, problems))
    assert all(p.file == "devices/acme/one.yaml" and p.cure for p in problems)
    return device, [f"{p.line} {p.path}: {p.found}" for p in problems]


def device_from(text: str) -> Device:
    """
    A device without a problem.
    """
    device, problems = resolved(text)
    assert [] == problems
    return device


def variant_from(text: str) -> Variant:
    """
    The only variant of a device.
    """
    (variant,) = device_from(text).variants
    return variant


def carrier_from(text: str) -> Carrier:
    """
    A carrier.
    """
    tree = tree_of("carriers/xx/alpha.yaml", text)
    (record,) = merge_carriers([tree]).values()
    return carrier_of(carrier_document(record, tree.sources))


def known(variant: Variant, rat: Rat, on: dt.date = LATER) -> KnownBands:
    """
    What is known of a variant's bands in one RAT on a day.
    """
    return variant.capability(on).bands.only(rat)


def exactly(rat: Rat, *numbers: int) -> KnownBands:
    """
    These bands of one RAT, and no others.
    """
    return KnownBands.exactly(BandSet.from_numbers(rat, numbers))


def at_most(rat: Rat, *numbers: int) -> KnownBands:
    """
    Some of these bands of one RAT, or none.
    """
    return KnownBands(BandSet(), BandSet.from_numbers(rat, numbers))


class TestLike:
    CHAIN = (
        HEAD
        + """\
variants:
  C:
    like: B
    bands: {lte: [20]}
    volte: false
  A:
    market: XX
    sold_in: [XX]
    bands: {gsm: [900], umts: [1], lte: [3]}
    nr_modes: [nsa]
    evdo: true
    mfbi: true
    volte: true
    volte_on: {xx/alpha: true, xx/beta: true}
    sources: [filing]
  B:
    like: A
    market: YY
    bands: {umts: [8], lte: [7]}
    volte_on: {xx/beta: false}
    sources: [hearsay]
"""
    )

    def test_what_a_variant_does_not_say_it_takes_over_link_by_link(self) -> None:
        """
        RAT by RAT and field by field, the nearest statement in the chain counts; model numbers are never taken over.
        """
        c, a, b = device_from(self.CHAIN).variants

        assert [exactly(Rat.GSM, 900), exactly(Rat.UMTS, 8), exactly(Rat.LTE, 20)] == [
            known(c, rat) for rat in (Rat.GSM, Rat.UMTS, Rat.LTE)
        ]
        assert [exactly(Rat.GSM, 900), exactly(Rat.UMTS, 8), exactly(Rat.LTE, 7)] == [
            known(b, rat) for rat in (Rat.GSM, Rat.UMTS, Rat.LTE)
        ]
        assert exactly(Rat.LTE, 3) == known(a, Rat.LTE)
        assert [("C",), ("A",), ("B",)] == [v.models for v in (c, a, b)]
        assert [("YY", ("XX",)), ("XX", ("XX",)), ("YY", ("XX",))] == [(v.market, v.sold_in) for v in (c, a, b)]

    def test_flags_are_taken_over_unless_said(self) -> None:
        """
        `false` is said, and wins over the `true` of the variant that it is like; `volte_on` goes carrier by carrier.
        """
        c, a, b = (v.capability(LATER) for v in device_from(self.CHAIN).variants)

        assert [False, True, True] == [x.volte for x in (c, a, b)]
        assert [(True, False, True, True)] * 3 == [(x.nsa, x.sa, x.evdo, x.mfbi) for x in (c, a, b)]
        assert [{"xx/alpha": True, "xx/beta": False}] * 2 == [c.volte_on, b.volte_on]

    def test_sources_are_its_own_where_it_has_any(self) -> None:
        """
        A variant without sources stands on those of the one that it is like; a taken fact keeps its own.
        """
        c, _, b = device_from(self.CHAIN).variants

        assert (("hearsay",), ("hearsay",)) == (c.sources, b.sources)
        assert (("filing",), ("hearsay",)) == (b.facts[Rat.GSM].sources, b.facts[Rat.UMTS].sources)

    def test_like_a_stranger_is_a_problem(self) -> None:
        """
        `like` names a variant of the same file; the problem lists them.
        """
        text = HEAD + "variants:\n  A: {like: B}\n  C: {sources: [filing]}\n"
        _, problems = resolved(text)

        assert ["4 variants.A.like: no variant 'B' in this file"] == problems

    @pytest.mark.parametrize(
        ("links", "expected"),
        [
            ({"A": "A"}, ["4 variants.A.like: a circle: A → A"]),
            (
                {"A": "B", "B": "A"},
                ["4 variants.A.like: a circle: A → B → A", "5 variants.B.like: a circle: B → A → B"],
            ),
            (
                {"A": "B", "B": "C", "C": "B"},
                [
                    "4 variants.A.like: a circle: A → B → C → B",
                    "5 variants.B.like: a circle: B → C → B",
                    "6 variants.C.like: a circle: C → B → C",
                ],
            ),
        ],
    )
    def test_a_circle_is_a_problem(self, links: dict[str, str], expected: list[str]) -> None:
        """
        Nobody in a circle states bands; the chain is shown.
        """
        text = HEAD + "variants:\n" + "".join(f"  {key}: {{like: {other}}}\n" for key, other in links.items())
        _, problems = resolved(text)

        assert expected == problems

    def test_firmware_of_the_other_is_taken_over_with_its_bands(self) -> None:
        """
        A variant that is like one whose firmware added bands got them too.
        """
        text = (
            HEAD
            + """\
variants:
  A:
    bands: {lte: [3]}
    changes:
      - {since: "2015-07-01", bands: {lte: [3, 4]}, sources: [filing]}
    sources: [filing]
  B: {like: A}
"""
        )
        _, b = device_from(text).variants

        assert exactly(Rat.LTE, 3) == known(b, Rat.LTE, dt.date(2015, 6, 30))
        assert exactly(Rat.LTE, 3, 4) == known(b, Rat.LTE, dt.date(2015, 7, 1))

    def test_firmware_of_the_other_does_not_touch_what_a_variant_says_itself(self) -> None:
        """
        A variant with LTE bands of its own keeps them when the one that it is like gets other LTE bands.
        """
        text = (
            HEAD
            + """\
variants:
  A:
    bands: {umts: [1], lte: [3]}
    changes:
      - {since: "2015-07-01", bands: {umts: [1, 8], lte: [3, 4]}, sources: [filing]}
    sources: [filing]
  B:
    like: A
    bands: {lte: [7]}
"""
        )
        _, b = device_from(text).variants

        assert exactly(Rat.LTE, 7) == known(b, Rat.LTE)
        assert exactly(Rat.UMTS, 1, 8) == known(b, Rat.UMTS)


class TestUnion:
    def test_a_merged_sheet_bounds_from_above(self) -> None:
        """
        A variant that states nothing has some of the union's bands, which ones nobody knows.
        """
        variant = variant_from(
            HEAD + "union: {lte: [3, 7], sources: [sheet-2015]}\nvariants: {A: {sources: [filing]}}\n"
        )

        assert at_most(Rat.LTE, 3, 7) == known(variant, Rat.LTE)
        assert (True, ("sheet-2015",)) == (variant.facts[Rat.LTE].bound, variant.facts[Rat.LTE].sources)

    def test_what_a_variant_states_itself_wins_rat_by_rat(self) -> None:
        """
        The union bounds only the RATs that the variant is silent on.
        """
        variant = variant_from(
            HEAD
            + "union: {umts: [1, 8], lte: [3, 7], sources: [sheet-2015]}\n"
            + "variants: {A: {bands: {lte: [20]}, sources: [filing]}}\n"
        )

        assert (at_most(Rat.UMTS, 1, 8), exactly(Rat.LTE, 20)) == (known(variant, Rat.UMTS), known(variant, Rat.LTE))
        assert (True, False) == (variant.facts[Rat.UMTS].bound, variant.facts[Rat.LTE].bound)

    def test_a_rat_that_the_merged_sheet_has_not_no_version_has(self) -> None:
        """
        An empty list in the union is exact for each.
        """
        variant = variant_from(HEAD + "union: {lte: [], sources: [sheet-2015]}\nvariants: {A: {sources: [filing]}}\n")

        assert (exactly(Rat.LTE), False) == (known(variant, Rat.LTE), variant.facts[Rat.LTE].bound)

    def test_a_rat_outside_the_union_stays_unknown(self) -> None:
        """
        Neither a yes nor a no comes from silence.
        """
        variant = variant_from(HEAD + "union: {umts: [1], sources: [sheet-2015]}\nvariants: {A: {sources: [filing]}}\n")

        assert [Rat.GSM, Rat.CDMA, Rat.TDSCDMA, Rat.LTE, Rat.NR] == [
            rat for rat in RATS if variant.capability(LATER).bands.is_unknown(rat)
        ]
        assert {Rat.UMTS} == set(variant.facts)


class TestClaims:
    def test_what_all_claim_is_certain_and_what_any_claims_is_possible(self) -> None:
        """
        Both sides are kept, with their sources, and the fact is disputed.
        """
        variant = variant_from(
            HEAD
            + "variants: {A: {bands: {lte: {claims: [{bands: [3, 7], sources: [filing]}, "
            + "{bands: [7, 20], sources: [hearsay, gossip]}]}}, sources: [filing]}}\n"
        )
        fact = variant.facts[Rat.LTE]

        assert KnownBands(BandSet.parse("lte 7"), BandSet.parse("lte 3 7 20")) == known(variant, Rat.LTE)
        assert Trust.DISPUTED is fact.trust
        assert (("lte 3 7", ("filing",)), ("lte 7 20", ("hearsay", "gossip"))) == fact.claims
        assert ("filing", "hearsay", "gossip") == fact.sources


def inferred(variant: Variant) -> list[Rat]:
    """
    The RATs that a variant has none of by rule.
    """
    found = [rat for rat, fact in variant.facts.items() if fact.trust is Trust.INFERRED]
    assert [exactly(rat) for rat in found] == [known(variant, rat) for rat in found]
    return found


class TestInference:
    @pytest.mark.parametrize(
        ("released", "expected"),
        [
            ("2008-12-31", [Rat.LTE, Rat.NR]),
            ("2008", [Rat.LTE, Rat.NR]),
            ("2009", [Rat.NR]),
            ("2009-01-01", [Rat.NR]),
            ("2018-12-31", [Rat.NR]),
            ("2018", [Rat.NR]),
            ("2019", []),
            (None, []),
        ],
    )
    def test_no_rat_is_older_than_itself(self, released: str | None, expected: list[Rat]) -> None:
        """
        No LTE in a phone of before 2009, no NR before 2019; of a phone without a date nothing is known.
        """
        line = "" if released is None else f"released: '{released}'\n"

        assert expected == inferred(variant_from(HEAD + line + "variants: {A: {sources: [filing]}}\n"))

    def test_what_is_stated_is_not_inferred(self) -> None:
        """
        A stated fact keeps its sources whatever the date.
        """
        variant = variant_from(HEAD + "released: '2008'\nvariants: {A: {bands: {lte: []}, sources: [filing]}}\n")

        assert ([Rat.NR], ("filing",)) == (inferred(variant), variant.facts[Rat.LTE].sources)

    @pytest.mark.parametrize(
        ("bands", "expected"),
        [
            ("{gsm: [900], umts: [1]}", [Rat.CDMA, Rat.TDSCDMA]),
            ("{gsm: [], umts: []}", [Rat.CDMA, Rat.TDSCDMA]),
            ("{gsm: [900], umts: [1], cdma: [BC0]}", [Rat.TDSCDMA]),
            ("{gsm: [900], umts: [1], tdscdma: [34]}", [Rat.CDMA]),
            ("{gsm: [900], umts: [1], cdma: {at_least: []}}", [Rat.TDSCDMA]),
            ("{gsm: [900], lte: [3]}", []),
            ("{umts: [1], lte: [3]}", []),
            ("{lte: [3]}", []),
        ],
    )
    def test_a_full_sheet_that_is_silent_on_cdma_means_none(self, bands: str, expected: list[Rat]) -> None:
        """
        A variant's own bands list GSM and UMTS: then it has no CDMA and no TD-SCDMA that they do not name.
        """
        assert expected == inferred(variant_from(HEAD + f"variants: {{A: {{bands: {bands}, sources: [filing]}}}}\n"))

    def test_a_rat_that_it_has_for_certain_without_bands_stays_unknown(self) -> None:
        """
        `{at_least: []}` promises nothing and keeps the rule off.
        """
        variant = variant_from(
            HEAD + "variants: {A: {bands: {gsm: [900], umts: [1], cdma: {at_least: []}}, sources: [filing]}}\n"
        )

        assert variant.capability(LATER).bands.is_unknown(Rat.CDMA)

    @pytest.mark.parametrize("evdo", ["true", "false"])
    def test_a_word_about_ev_do_is_a_word_about_cdma(self, evdo: str) -> None:
        """
        A variant of which somebody knows whether its CDMA has EV-DO has CDMA.
        """
        variant = variant_from(
            HEAD + f"variants: {{A: {{bands: {{gsm: [900], umts: [1]}}, evdo: {evdo}, sources: [filing]}}}}\n"
        )

        assert [Rat.TDSCDMA] == inferred(variant)

    @pytest.mark.parametrize(
        ("sibling", "expected"),
        [
            ("{gsm: [900], umts: [1]}", [Rat.CDMA, Rat.TDSCDMA]),
            ("{cdma: []}", [Rat.CDMA, Rat.TDSCDMA]),
            ("{cdma: [BC0]}", [Rat.TDSCDMA]),
            ("{cdma: {at_least: []}}", [Rat.TDSCDMA]),
            ("{tdscdma: [34]}", [Rat.CDMA]),
        ],
    )
    def test_a_merged_sheet_says_so_too_unless_a_sibling_has_it(self, sibling: str, expected: list[Rat]) -> None:
        """
        A union with GSM and UMTS and without CDMA leaves none, but for a device that has it in some version.
        """
        device = device_from(
            HEAD
            + "union: {gsm: [900], umts: [1], sources: [sheet-2015]}\n"
            + f"variants: {{A: {{sources: [filing]}}, B: {{bands: {sibling}, sources: [filing]}}}}\n"
        )

        assert expected == inferred(device.variants[0])

    def test_a_sibling_does_not_weaken_a_sheet_of_its_own(self) -> None:
        """
        The variant's own full sheet counts whatever the others have.
        """
        device = device_from(
            HEAD
            + "variants: {A: {bands: {gsm: [900], umts: [1]}, sources: [filing]}, "
            + "B: {bands: {cdma: [BC0], tdscdma: [34]}, sources: [filing]}}\n"
        )

        assert [Rat.CDMA, Rat.TDSCDMA] == inferred(device.variants[0])


class TestChanges:
    def test_firmware_changes_one_rat_from_a_day_on(self) -> None:
        """
        Before the first change the bands as sold; each change replaces the RATs that it names, in the order of days.
        """
        variant = variant_from(
            HEAD
            + """\
variants:
  A:
    bands: {umts: [1], lte: [3]}
    changes:
      - {since: "2016-02", bands: {lte: {at_most: [3, 4]}}, sources: [filing]}
      - {since: "2015-07-15", bands: {lte: [3, 7]}, sources: [filing]}
    sources: [filing]
"""
        )
        days = [dt.date(2015, 7, 14), dt.date(2015, 7, 15), dt.date(2016, 1, 31), dt.date(2016, 2, 1)]

        assert [
            exactly(Rat.LTE, 3),
            exactly(Rat.LTE, 3, 7),
            exactly(Rat.LTE, 3, 7),
            at_most(Rat.LTE, 3, 4),
        ] == [known(variant, Rat.LTE, day) for day in days]
        assert [exactly(Rat.UMTS, 1)] * 4 == [known(variant, Rat.UMTS, day) for day in days]


class TestTrust:
    @pytest.mark.parametrize(
        ("sources", "expected"),
        [
            ("filing", Trust.SINGLE),
            ("filing, hearsay", Trust.VERIFIED),
            ("hearsay, gossip", Trust.VERIFIED),
            ("sheet-2015, sheet-2022", Trust.SINGLE),
            ("sheet-2015, sheet-2022, filing", Trust.VERIFIED),
            ("filing, filing-again", Trust.SINGLE),
            ("filing, filing-again, sheet-2015", Trust.VERIFIED),
        ],
    )
    def test_a_fact_is_verified_by_sources_of_two_origins(self, sources: str, expected: Trust) -> None:
        """
        Five copies of one site are one source: one upstream, or one address, counts once. Phones and carriers alike.
        """
        variant = variant_from(HEAD + f"variants: {{A: {{bands: {{lte: [3]}}, sources: [{sources}]}}}}\n")
        carrier = carrier_from(
            f"name: Alpha\nkind: network\nplan: {{lte: [{{band: 3, since: '2013', sources: [{sources}]}}]}}\n"
        )

        assert expected is variant.facts[Rat.LTE].trust
        assert [expected] == [d.trust for d in carrier.deployments]

    def test_a_source_of_the_file_counts_by_its_origin_too(self) -> None:
        """
        A copy defined in the file itself adds nothing to the shared one that it was copied from.
        """
        text = (
            HEAD + "sources: {copy: {kind: wiki, title: T, upstream: sheets}}\n"
            "variants: {A: {bands: {lte: [3]}, sources: [sheet-2015, copy]}}\n"
        )
        variant = variant_from(text)

        assert (Trust.SINGLE, ("sheet-2015", "acme/one#copy")) == (
            variant.facts[Rat.LTE].trust,
            variant.facts[Rat.LTE].sources,
        )


class TestCarrier:
    def test_a_plan_arrives_in_the_model(self, catalog: Any) -> None:
        """
        Bands, roles, dates, broadcast bands, blocks and sources of the made-up Alpha, as its file says.
        """
        alpha = catalog.carrier("xx/alpha")
        b12 = next(d for d in alpha.deployments if d.bands == BandSet.parse("lte 12"))

        assert ("Alpha", "network", ("Alpha Wireless",), ("001-01", "001-26")) == (
            alpha.name,
            alpha.kind,
            alpha.aliases,
            alpha.plmns,
        )
        assert set(RATS) == set(alpha.recorded)
        assert ("coverage", "markets", BandSet()) == (b12.role, b12.extent, b12.mfbi)
        assert b12.block is not None
        assert ((699000, 704000), (729000, 734000)) == (b12.block.uplink_khz, b12.block.downlink_khz)
        assert (("xx/alpha#alpha-map",), Trust.SINGLE) == (b12.sources, b12.trust)
        assert [False, True] == [b12.live.certain(dt.date(2014, 12, day)) for day in (8, 9)]

    def test_unknown_and_none_stay_apart(self, catalog: Any) -> None:
        """
        Gamma's GSM is not recorded, its NR known to be none, its standalone NR unknown.
        """
        gamma = catalog.carrier("yy/gamma")

        assert {Rat.UMTS, Rat.LTE, Rat.NR} == set(gamma.recorded)
        assert gamma.standalone is None

    def test_an_ambiguous_deployment_is_all_of_its_bands(self, catalog: Any) -> None:
        """
        `any_of` arrives as one deployment of several bands, with the conventional one beside.
        """
        found = [(str(d.bands), d.prefer) for d in catalog.carrier("yy/gamma").deployments if d.prefer]

        assert [("lte 12 13 17", 17)] == found

    def test_an_mvno_has_its_hosts_in_time(self, catalog: Any) -> None:
        """
        The latest statement on or before the day holds.
        """
        hosting, stated = catalog.carrier("xx/virtual").hosting(dt.date(2026, 1, 15))

        assert ((("xx/alpha", "Light"), ("xx/beta", "Dark")), True) == (hosting.networks, stated)

    def test_a_policy_arrives_in_the_model(self, catalog: Any) -> None:
        """
        Effect, class of phones, start and sources.
        """
        refused, accepted = catalog.carrier("xx/beta").policies

        assert ("refused", False, frozenset()) == (refused.effect, refused.phones.volte, refused.phones.devices)
        assert ("accepted", None, {"zeta/phone"}) == (accepted.effect, accepted.phones.volte, accepted.phones.devices)
        assert ("xx/beta#beta-list",) == refused.sources
        assert [False, True] == [refused.live.certain(dt.date(2022, 2, day)) for day in (21, 22)]
