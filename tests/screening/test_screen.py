"""
Screening as a whole: from Python, on the made-up database, and the laws that hold for any listing.
"""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import bandcheck
from bandcheck.database.catalog import Catalog
from bandcheck.database.identify.identification import Evidence
from bandcheck.errors import DataError, FileUnusableError, InvalidDateError, UnknownCarrierError
from bandcheck.model.listing import Listing
from bandcheck.screening.decision import Decision
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.policy import Hardness, Waiver
from bandcheck.screening.report import ScreenReport
from bandcheck.screening.resolve import resolve_words
from bandcheck.screening.screen import judged
from screening_cases import DAY, POLICY, a_case, a_policy, a_statement, gates

TITLES = ("Acme One, A1-100", "Acme One", "Acme Two", "Acme Three", "Zeta Phone ZP-5", "Acme Four", "Case for Acme One")

OPEN = a_policy(
    gates={
        **POLICY.gates,
        Gate.CERTIFICATION: Hardness.ADVISORY,
        Gate.AUTHORISATION: Hardness.ADVISORY,
        Gate.REGULATOR: Hardness.ADVISORY,
    }
)
"""Asks of the radio alone."""


def screen(catalog: Catalog, *listings: Any, **more: Any) -> ScreenReport:
    """
    These listings on Alpha, or on whatever is named.
    """
    carrier = more.pop("carrier", "Alpha")
    return bandcheck.screen(listings, carrier, on=more.pop("on", DAY), catalog=catalog, **more)


def decisions(report: ScreenReport) -> list[str]:
    """
    The decisions in the order of rows.
    """
    return [screened.decision.word for screened in report.listings]


def test_the_default_policy_holds_what_nobody_vouches_for(catalog: Catalog) -> None:
    """
    Right bands and no record of certification: held, with the question to ask.
    """
    report = screen(catalog, "Acme One, A1-100", "Acme Two", "Zeta Phone ZP-5")

    assert ["hold", "block", "hold"] == decisions(report)
    assert "Alpha's certificate for this model" in report.listings[0].ask_seller


def test_a_listing_that_can_go_out(catalog: Catalog) -> None:
    """
    With every hard gate passed a listing is listed, and nothing is asked.
    """
    case = a_case(
        catalog,
        "Acme One, A1-100",
        a_statement("certification", "certified", carrier="xx/alpha"),
        a_statement("authorisation", "granted"),
        a_statement("equipment", "granted", country="XX"),
    )
    done = judged(case, gates(case))

    assert (Decision.LIST, "", "") == (done.decision, done.label, done.ask_seller)
    assert {"BC240", "BC410", "BC501", "BC602"} <= {reason.code for reason in done.reasons}


def test_a_label(catalog: Catalog) -> None:
    """
    A soft fail alone: listed, with the sentence that buyers need.
    """
    (done,) = screen(
        catalog, {"title": "Acme One, A1-200 US version"}, policy=a_policy(gates=dict.fromkeys(Gate, Hardness.SOFT))
    ).listings

    assert Decision.LABEL is done.decision
    assert "“US version”" in done.label


@pytest.mark.parametrize(
    ("listing", "carrier", "expected"),
    [
        ({"title": "Zeta Phone", "carrier": "Beta"}, None, "xx/beta"),
        ({"title": "Zeta Phone"}, "001-026", "xx/beta"),
    ],
)
def test_carriers(catalog: Catalog, listing: dict[str, str], carrier: str | None, expected: str) -> None:
    """
    One for all, or each listing's own.
    """
    (done,) = screen(catalog, listing, carrier=carrier).listings

    assert expected == done.place.carrier.id


def test_rows_that_cannot_be_screened(catalog: Catalog) -> None:
    """
    They are skipped, with why; the others go on.
    """
    rows = [
        {"title": "Zeta Phone", "carrier": "Nobody"},
        {"title": "Zeta Phone"},
        {"title": "Zeta Phone", "carrier": "Alpha", "on": "soon"},
        {"title": "Zeta Phone", "carrier": "Alpha", "on": "2.2.2022"},
    ]
    report = screen(catalog, *rows, carrier=None)

    assert [
        (1, "no carrier answers to 'Nobody'"),
        (2, "no carrier is named, in the row or for all (-c)"),
        (3, "'soon' is not a date: write it as 2016-02-02"),
    ] == [tuple(skipped) for skipped in report.skipped]
    assert [dt.date(2022, 2, 2)] == [done.place.on for done in report.listings]
    assert 4 == report.rows_read


def test_the_number_that_is_named_is_the_one_that_is_told(catalog: Catalog) -> None:
    """
    Of a version with several model numbers: the listing's own; else the first.
    """
    first = resolve_words("Acme Two 20150103", "", catalog)
    read = first.identification.candidates[0]._replace(evidence=(Evidence("model number", "a2-3"),))

    other = evolve(first, identification=first.identification._replace(candidates=(read,)))

    assert [("20150103",), ("A2-3",)] == [first.models, other.models]
    assert "20150103" in resolve_words("Acme Two", "", catalog).models


def test_errors(catalog: Catalog, tmp_path: Path) -> None:
    """
    A user's mistake is one error of bandcheck's.
    """
    with pytest.raises(UnknownCarrierError):
        screen(catalog, "One", carrier="Nobody")
    with pytest.raises(UnknownCarrierError, match="xx/nobody"):
        screen(catalog, "One", policy=a_policy(hosts=frozenset({"xx/nobody"})))
    with pytest.raises(InvalidDateError):
        screen(catalog, "One", on="2016-02-30")
    empty = tmp_path / "a.csv"
    empty.write_text("title,brand\n,Acme\n")
    with pytest.raises(FileUnusableError, match=r"its only row cannot be read\. Row 2: no title"):
        bandcheck.screen(empty, "Alpha", catalog=catalog)
    with pytest.raises(DataError, match="cannot be read"):
        screen(catalog, "One", policy=tmp_path / "none.yaml")


def test_no_listing(catalog: Catalog) -> None:
    """
    Of values none is needed, and one that cannot be read is told.
    """
    assert (0, 0) == (screen(catalog).rows_read, len(screen(catalog).listings))
    assert ["no title, model or model number"] == [s.why for s in screen(catalog, {"title": "", "x": "y"}).skipped]


def test_to_dict_is_the_documented_json(catalog: Catalog) -> None:
    """
    The keys that are promised, with the types that are promised.
    """
    report = screen(catalog, "Acme Two", {"title": ""}, {"title": "Acme One, A1-100", "sku": "S-1"})
    answer = report.to_dict()
    first = answer["listings"][0]

    assert {"schema", "on", "carrier", "policy", "data_version", "counts", "listings", "skipped"} <= set(answer)
    assert ("bandcheck.screen/1", DAY, "xx/alpha", "mvno-default", catalog.version) == (
        answer["schema"],
        answer["on"],
        answer["carrier"],
        answer["policy"],
        answer["data_version"],
    )
    assert {"block": 1, "hold": 1, "label": 0, "list": 0} == answer["counts"]
    assert [gate.value for gate in Gate] == list(first["gates"])
    assert ("block", "unknown", "wifi", "3g") == (first["decision"], first["outcome"], first["worst"], first["best"])
    assert {"code", "text", "sources"} == set(first["reasons"][0])
    assert [{"row": 2, "why": "no title, model or model number"}] == answer["skipped"]
    assert {source for reason in first["reasons"] for source in reason["sources"]} <= set(answer["sources"])


def test_the_hash_ties_a_report_to_its_input(catalog: Catalog, tmp_path: Path) -> None:
    """
    Of a file's bytes; of values the same for the same values.
    """
    path = tmp_path / "a.csv"
    path.write_text("title\nAcme Two\n")
    report = bandcheck.screen(path, "Alpha", on=DAY, catalog=catalog)

    assert ("a.csv", "ebf03cbc9353") == (report.input.name, report.input.sha256[:12])
    assert {"title": "title"} == report.columns
    digests = [screen(catalog, title).input.sha256 for title in ("Acme Two", "Acme Two", "Acme One")]
    assert digests[0] == digests[1] != digests[2]


def test_every_report_travels(catalog: Catalog) -> None:
    """
    A report can be pickled, and says the same afterwards.
    """
    report = screen(catalog, "Acme Two")

    assert report.to_dict() == pickle.loads(pickle.dumps(report)).to_dict()


class TestWaivers:
    """
    Somebody takes an answer upon himself, for a while.
    """

    def waived(self, catalog: Catalog, *waivers: Waiver) -> ScreenReport:
        listings = [{"title": "Acme One, A1-100", "sku": "S-1"}, {"title": "Zeta Phone ZP-5", "sku": "S-2"}]
        return screen(catalog, *listings, policy=a_policy(waivers=waivers))

    def waivers_of(self, **more: Any) -> tuple[Waiver, ...]:
        gates = (Gate.CERTIFICATION, Gate.AUTHORISATION, Gate.REGULATOR)
        return tuple(Waiver(gate, "me", "A test.", dt.date(2016, 2, 1), **more) for gate in gates)

    @pytest.mark.parametrize("about", [{"listing": "S-1"}, {"listing": "Acme One, A1-100"}, {"device": "acme/one"}])
    def test_one_that_is_used(self, catalog: Catalog, about: dict[str, str]) -> None:
        """
        The decision goes without the gate; the answer stays.
        """
        report = self.waived(catalog, *self.waivers_of(**about))
        first = report.listings[0]

        assert ["list", "hold"] == decisions(report)
        assert Answer.UNKNOWN is first.findings[Gate.CERTIFICATION].answer
        assert 3 == len(first.waived)
        assert ((), ()) == (report.waivers_expired, report.waivers_unused)

    def test_one_that_is_over(self, catalog: Catalog) -> None:
        """
        The day after its last it waives nothing, and is told.
        """
        over = Waiver(Gate.BANDS, "me", "A test.", dt.date(2016, 1, 31), listing="S-1")
        report = self.waived(catalog, over)

        assert ["hold", "hold"] == decisions(report)
        assert (over,) == report.waivers_expired
        assert ["A test."] == [w["reason"] for w in report.to_dict()["waivers"]["expired"]]

    @pytest.mark.parametrize(
        "about", [{"listing": "S-9"}, {"device": "acme/two"}, {"listing": "S-1", "device": "zeta/phone"}]
    )
    def test_one_that_meets_nothing(self, catalog: Catalog, about: dict[str, str]) -> None:
        """
        It is told too.
        """
        report = self.waived(catalog, *self.waivers_of(**about))

        assert self.waivers_of(**about) == report.waivers_unused

    def test_one_for_a_gate_that_passes(self, catalog: Catalog) -> None:
        """
        There is nothing to waive.
        """
        idle = Waiver(Gate.BANDS, "me", "A test.", dt.date(2016, 3, 1), listing="S-1")

        assert (idle,) == self.waived(catalog, idle).waivers_unused


words = st.lists(
    st.sampled_from(
        ["4G LTE", "5G", "official", "官方", "US version", "works with all carriers", "Alpha certified", "genuine",
         "LTE B2 B4 B12", "LTE B3", "Chinese ROM", "Google Play", "no warranty", "certified by Alpha", "FCC approved",
         "authorised dealer", "100% original", "unlocked", "brand new"]
    ), max_size=4,
).map(" ".join)  # fmt: skip
claims = st.fixed_dictionaries(
    {},
    optional={
        "description": words,
        "bands": words,
        "fcc_id": st.sampled_from(["ABC123", "XYZ999", "2AFZZ-RM2"]),
        "condition": st.sampled_from(["new", "refurbished", "official"]),
        "price": st.sampled_from(["119", "0", "call"]),
        "ships_from": st.sampled_from(["HK", "US"]),
        "note": words,
    },
)
statements = st.lists(
    st.sampled_from(
        [
            a_statement("certification", "certified", carrier="xx/alpha"),
            a_statement("certification", "refused", carrier="xx/alpha", devices=["acme/one"]),
            a_statement("certification", "not_tested", carrier="xx/alpha", brands=["zeta"]),
            a_statement("authorisation", "granted", country="XX"),
            a_statement("authorisation", "denied", to="xx/alpha"),
            a_statement("equipment", "granted", country="XX", fcc_ids=("ABC123",)),
            a_statement("software", "google"),
            a_statement("software", "no_google", brands=["zeta"]),
        ]
    ),
    max_size=5,
    unique_by=id,
)
policies = st.fixed_dictionaries(
    {
        "min_data": st.integers(1, 4),
        "horizon_months": st.sampled_from([0, 24]),
        "gates": st.fixed_dictionaries(
            {gate: st.sampled_from(list(Hardness)) for gate in Gate if gate is not Gate.SELLER}
        ).map(lambda gates: {**gates, Gate.SELLER: Hardness.ADVISORY}),
    }
)


@given(st.sampled_from(TITLES), statements, policies, claims)
def test_a_sellers_claim_never_raises_a_decision(
    catalog: Catalog, title: str, said: list[Any], policy: dict[str, Any], more: dict[str, str]
) -> None:
    """
    Whatever a seller adds about a phone, no gate turns from unknown or fail to pass, and no decision gets milder.
    """
    results = []
    for fields in ({}, more):
        case = a_case(catalog, title, *said, policy=a_policy(**policy), **fields)
        results.append(judged(case, gates(case)))
    bare, adorned = results

    assert adorned.decision >= bare.decision
    for gate in Gate:
        if adorned.findings[gate].answer is Answer.PASS:
            assert bare.findings[gate].answer is Answer.PASS


@given(st.lists(st.sampled_from(TITLES), min_size=2, max_size=6), claims)
def test_what_listings_share_is_what_each_would_get(catalog: Catalog, titles: list[str], more: dict[str, str]) -> None:
    """
    Listings of one phone share verdicts; the answers are those of the gates asked for each alone.
    """
    report = screen(catalog, *({"title": title, **more} for title in titles))

    for done in report.listings:
        assert gates(a_case(catalog, done.listing.title, **more)) == done.findings


@settings(max_examples=20)
@given(st.permutations([*TITLES, "Acme Two", "Zeta Phone"]))
def test_the_order_of_rows_does_not_matter(catalog: Catalog, titles: list[str]) -> None:
    """
    Each listing is decided by itself.
    """
    alone = {title: screen(catalog, title, policy=OPEN).listings[0].to_dict() for title in set(titles)}
    together = screen(catalog, *titles, policy=OPEN)

    for done in together.listings:
        assert {**alone[done.listing.title], "row": done.row} == done.to_dict()


@given(st.sampled_from(TITLES), statements, policies)
def test_what_is_asked_is_what_is_open(catalog: Catalog, title: str, said: list[Any], policy: dict[str, Any]) -> None:
    """
    Only a listing that is held or blocked has a question, and only one with a label has one.
    """
    case = a_case(catalog, title, *said, policy=a_policy(**policy))
    done = judged(case, gates(case))

    assert (done.decision is Decision.LABEL) == bool(done.label)
    assert done.decision >= Decision.HOLD or not done.ask_seller
    assert all(finding.reasons for finding in done.findings.values())


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_screened(catalog: Catalog, title: str, brand: str, description: str) -> None:
    """
    No words of a listing make it fail; what names no phone is never listed.
    """
    listing = Listing(2, title=title, brand=brand, description=description, price=description)
    report = screen(catalog, listing)

    assert 1 == len(report.listings)
    assert Decision.LIST is not report.listings[0].decision
