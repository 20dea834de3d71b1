from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database import rat_dates
from bandcheck.model.bands import FIELD, BandSet, Rat
from bandcheck.model.carrier import Carrier, Deployment
from bandcheck.model.dates import Date
from bandcheck.model.sources import Trust
from layer_cases import NETWORK, carrier_of_layers, conflicts_of

DAY = dt.date(2020, 6, 1)


def rats(written: str) -> str:
    """
    A network of which only the dates of LTE are known.
    """
    return f"{NETWORK}rats: {{lte: {{{written}, sources: [own]}}}}\n"


def plan(*deployments: str) -> str:
    """
    A network with these LTE deployments.
    """
    return NETWORK + "plan: {lte: [" + ", ".join(f"{{{d}, sources: [own]}}" for d in deployments) + "]}\n"


def both(dates: str, *deployments: str) -> str:
    """
    A network with dates of LTE and a plan of it, in one file.
    """
    return plan(*deployments) + f"rats: {{lte: {{{dates}, sources: [own]}}}}\n"


def only(carrier: Carrier) -> Deployment:
    """
    The one deployment of a carrier.
    """
    (deployment,) = carrier.deployments
    return deployment


def dates(deployment: Deployment) -> dict[str, str]:
    """
    The dates that a deployment has, as texts.
    """
    live = deployment.live
    found = {key: getattr(live, key) for key in ("since", "by", "after", "until", "seen")}
    return {key: date.text for key, date in found.items() if date} | ({"announced": "yes"} if live.announced else {})


class TestOneFile:
    @pytest.mark.parametrize(
        ("whole", "deployment", "expected"),
        [
            ("until: '2022-07'", "band: 3, since: '2012'", {"since": "2012", "until": "2022-07"}),
            (
                "until: '2027', announced: true",
                "band: 3, since: '2012'",
                {"since": "2012", "until": "2027", "announced": "yes"},
            ),
            (
                "until: '2022-07'",
                "band: 3, since: '2012', until: '2019'",
                {"since": "2012", "until": "2019"},
            ),
            (
                "until: '2022-07-01'",
                "band: 3, since: '2012', until: '2022'",
                {"since": "2012", "until": "2022-07-01"},
            ),
            ("since: '2011'", "band: 3, by: '2016'", {"by": "2016", "after": "2011"}),
            ("after: '2011', by: '2013'", "band: 3, by: '2016'", {"by": "2016", "after": "2011"}),
            ("since: '2011'", "band: 3, by: '2016', after: '2014'", {"by": "2016", "after": "2014"}),
            ("since: '2011'", "band: 3, since: '2014'", {"since": "2014"}),
        ],
    )
    def test_a_deployment_is_held_within_its_rat(self, whole: str, deployment: str, expected: dict[str, str]) -> None:
        """
        It gets the end and the earliest day that it does not have itself, and keeps dates within.
        """
        assert expected == dates(only(carrier_of_layers(bands=both(whole, deployment))))

    def test_a_rat_without_bands_has_one_that_is_unknown(self) -> None:
        """
        In its span any band is possible and none certain; afterwards the RAT is known to be none.
        """
        carrier = carrier_of_layers(bands=rats("since: '2012', until: '2022-07-01'"))
        deployment = only(carrier)

        assert ({"since": "2012", "until": "2022-07-01"}, FIELD[Rat.LTE]) == (dates(deployment), deployment.bands.mask)
        assert (Rat.LTE,) == carrier.recorded
        assert (True, False) == (deployment.live.possible(DAY), deployment.live.possible(dt.date(2022, 7, 1)))

    def test_an_end_alone_makes_nothing_certain(self) -> None:
        """
        Of a RAT of which only the end is known, no day before is certain.
        """
        live = only(carrier_of_layers(bands=rats("until: '2022-07-01'"))).live

        assert (False, True) == (live.certain(DAY), live.possible(DAY))

    def test_the_source_of_a_date_is_one_of_the_deployment_and_makes_it_no_surer(self) -> None:
        """
        Two sources, one of the band and one of the end, are not two for the band.
        """
        text = (
            "name: Alpha\nkind: network\nsources: {a: {kind: news, title: T}, b: {kind: wiki, title: T}}\n"
            "rats: {lte: {until: '2022', sources: [b]}}\nplan: {lte: [{band: 3, since: '2012', sources: [a]}]}\n"
        )
        deployment = only(carrier_of_layers(bands=text))

        assert (("xx/alpha#a", "xx/alpha#b"), Trust.SINGLE) == (deployment.sources, deployment.trust)


class TestLayers:
    def test_hand_made_dates_hold_an_imported_plan(self) -> None:
        """
        A file with a shutdown alone ends the bands below it.
        """
        carrier = carrier_of_layers(
            imported=plan("band: 3, by: '2016'", "band: 7, by: '2016', seen: '2024'"), bands=rats("until: '2022-07-01'")
        )

        assert [{"by": "2016", "until": "2022-07-01"}] * 2 == [dates(d) for d in carrier.deployments]
        assert [] == conflicts_of(carrier)

    def test_a_sighting_after_an_end_that_happened_was_none(self) -> None:
        """
        A list that was not kept up goes on; after an end that was only announced, nobody knows.
        """
        lower = plan("band: 3, by: '2016', seen: '2024-09-09'")
        over = carrier_of_layers(imported=lower, bands=rats("until: '2022-07-01'"))
        planned = carrier_of_layers(imported=lower, bands=rats("until: '2022-07-01', announced: true"))

        assert {"by": "2016", "until": "2022-07-01"} == dates(only(over))
        assert {"by": "2016", "until": "2022-07-01", "seen": "2024-09-09", "announced": "yes"} == dates(only(planned))

    def test_what_the_upper_dates_contradict_stays_visible(self) -> None:
        """
        A lower plan that goes on, or began before, loses; dates that can be one do not differ.
        """
        carrier = carrier_of_layers(
            imported=plan(
                "band: 3, since: '2012', until: '2024'",
                "band: 4, since: '2009-12'",
                "band: 7, since: '2012', until: '2022'",
                "band: 20, since: '2023'",
            ),
            bands=rats("since: '2011', until: '2022-07-01'"),
        )

        assert {
            "lte 3": {"since": "2012", "until": "2022-07-01"},
            "lte 4": {"since": "2011", "until": "2022-07-01"},
            "lte 7": {"since": "2012", "until": "2022-07-01"},
        } == {str(d.bands): dates(d) for d in carrier.deployments}
        assert [
            ("lte", ["overruled, imported: lte 3 until 2024"]),
            ("lte", ["overruled, imported: lte 4 since 2009-12"]),
        ] == conflicts_of(carrier)

    def test_lower_dates_never_touch_an_upper_plan(self) -> None:
        """
        A hand-made plan stays as written; an end that it denies stays visible, one that it shares is no conflict, nor
        is the last day on for the first day off.
        """
        upper = plan("band: 3, since: '2012', until: '2025'", "band: 7, since: '2012', until: '2022-03'")
        denied = carrier_of_layers(imported=rats("until: '2023-07-01'"), bands=upper)
        shared = carrier_of_layers(
            imported=rats("until: '2022'"), bands=plan("band: 7, since: '2012', until: '2022-03'")
        )
        a_day_later = carrier_of_layers(
            imported=rats("until: '2022-06-30'"), bands=plan("band: 7, since: '2012', until: '2022-07-01'")
        )
        endless = carrier_of_layers(imported=rats("until: '2022'"), bands=plan("band: 7, since: '2012'"))

        assert [{"since": "2012", "until": "2025"}, {"since": "2012", "until": "2022-03"}] == [
            dates(d) for d in denied.deployments
        ]
        assert [("lte", ["overruled, imported: lte until 2023-07-01"])] == conflicts_of(denied)
        assert [] == conflicts_of(shared) == conflicts_of(a_day_later)
        assert {"since": "2012"} == dates(only(endless))
        assert [("lte", ["overruled, imported: lte until 2022"])] == conflicts_of(endless)

    def test_between_importers_an_end_holds_bands_of_either(self) -> None:
        """
        One importer knows the end and another a band without one: the band ends too.
        """
        layers = {
            "imported/networks": rats("until: '2021-06'"),
            "imported/carriers_facts": plan("band: 3, since: '2012'"),
        }
        turned = dict(zip(layers, reversed(layers.values()), strict=True))

        for each in (layers, turned):
            carrier = carrier_of_layers(**each)
            assert {"since": "2012", "until": "2021-06"} == dates(only(carrier))
            assert [] == conflicts_of(carrier)

    def test_known_to_run_none_stands_above_lower_dates(self) -> None:
        """
        `[]` of a higher layer is a plan.
        """
        carrier = carrier_of_layers(
            imported=rats("until: '2022'"), bands="name: Alpha\nkind: network\nplan: {lte: []}\n"
        )

        assert ((), (Rat.LTE,)) == (carrier.deployments, carrier.recorded)

    def test_start_and_end_are_each_the_upper_layers_that_gives_it(self) -> None:
        """
        One layer knows the launch and another the end: both hold. Two ends: the upper one wins, the other is kept.
        """
        carrier = carrier_of_layers(imported=rats("since: '2011', until: '2023'"), bands=rats("until: '2022-07-01'"))

        assert {"since": "2011", "until": "2022-07-01"} == dates(only(carrier))
        assert [("lte", ["overruled, imported: lte until 2023"])] == conflicts_of(carrier)


days = st.dates(dt.date(2010, 1, 1), dt.date(2030, 1, 1)).map(str)
texts = st.builds(lambda day, length: day[:length], days, st.sampled_from([4, 7, 10]))
spans = st.fixed_dictionaries({k: st.none() | texts for k in ("since", "by", "after", "until", "seen")}).map(
    lambda span: {**span, "by": None if span["since"] else span["by"], "announced": False}
)


@given(live=spans, whole=spans)
def test_nothing_is_live_outside_its_rat(live: dict[str, str | None], whole: dict[str, str | None]) -> None:
    """
    Whatever the dates: what is left of a deployment ends with its RAT, and begins no earlier.
    """
    deployment = {"bands": BandSet.parse("lte 3").mask, "live": live, "sources": ["a"]}
    found = rat_dates.held({"lte": [deployment]}, {"lte": {"live": whole, "sources": ["b"]}})["lte"]
    ends = [Date.parse(d["live"]["until"]).last <= Date.parse(whole["until"]).last for d in found if whole["until"]]
    early = whole["since"] or whole["after"]
    starts = [
        Date.parse(d["live"]["after"]).first >= Date.parse(early).first
        for d in found
        if early and not d["live"]["since"]
    ]

    assert all(ends)
    assert all(starts)
    assert found == rat_dates.held({"lte": found}, {"lte": {"live": whole, "sources": ["b"]}})["lte"]
