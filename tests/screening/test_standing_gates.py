"""
BC4 to BC6: certification by the host, authorisation by the brand, the regulator.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from bandcheck.database.catalog import Catalog
from bandcheck.model.statement import EFFECTS, Statement
from bandcheck.screening.finding import Gate
from bandcheck.screening.gates.countries import say_country
from screening_cases import VIRTUAL, a_case, a_policy, a_statement, found, said

ONE = "Acme One, A1-100"

CERTIFIED = a_statement("certification", "certified", carrier="xx/alpha")
REFUSED = a_statement("certification", "refused", carrier="xx/alpha")
NOT_TESTED = a_statement("certification", "not_tested", carrier="xx/alpha")
BY_BETA = a_statement("certification", "certified", carrier="xx/beta")
GRANTED = a_statement("authorisation", "granted", country="XX")
DENIED = a_statement("authorisation", "denied", to="xx/alpha")
GRANTED_TO_ALPHA = a_statement("authorisation", "granted", to="xx/alpha")
DENIED_FAR = a_statement("authorisation", "denied", to="Far Trade Ltd")
EQUIPMENT = a_statement("equipment", "granted", country="XX", fcc_ids=("ABC123",))


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((), ("unknown", "BC413")),
        ((CERTIFIED,), ("pass", "BC410")),
        ((REFUSED,), ("fail", "BC411")),
        ((NOT_TESTED,), ("unknown", "BC412")),  # not tested is no refusal, and no pass
        ((BY_BETA,), ("unknown", "BC413")),  # another host
        ((a_statement("certification", "certified", carrier="xx/alpha", brands=["zeta"]),), ("unknown", "BC413")),
        ((a_statement("certification", "certified", carrier="xx/alpha", models=["A1-100"]),), ("pass", "BC410")),
        ((a_statement("certification", "certified", carrier="xx/alpha", devices=["acme/one"]),), ("pass", "BC410")),
        ((a_statement("certification", "certified", "2016-02-02", carrier="xx/alpha"),), ("unknown", "BC413")),  # later
        ((a_statement("certification", "certified", carrier="xx/alpha", until="2016"),), ("unknown", "BC413")),  # over
        ((CERTIFIED, a_statement("certification", "refused", "2016-01", carrier="xx/alpha")), ("fail", "BC411")),
        ((REFUSED, a_statement("certification", "certified", "2016-01", carrier="xx/alpha")), ("pass", "BC410")),
        ((CERTIFIED, REFUSED), ("fail", "BC411")),  # of one day: the worse one
        ((GRANTED, EQUIPMENT), ("unknown", "BC413")),  # four different things
    ],
)
def test_certification(catalog: Catalog, statements: tuple[Statement, ...], expected: tuple[str, str]) -> None:
    """
    The latest statement of the host that holds on the day; none, or not tested, is unknown.
    """
    assert expected == said(a_case(catalog, ONE, *statements), Gate.CERTIFICATION)
    assert expected == said(a_case(catalog, ONE, *reversed(statements)), Gate.CERTIFICATION)


@pytest.mark.parametrize(
    ("statements", "hosts", "expected"),
    [
        ((CERTIFIED,), "all", "unknown"),
        ((CERTIFIED,), "any", "pass"),
        ((CERTIFIED, BY_BETA), "all", "pass"),
        ((REFUSED, BY_BETA), "all", "fail"),
        ((REFUSED, BY_BETA), "any", "pass"),
        ((REFUSED,), "any", "unknown"),
        ((REFUSED,), "all", "fail"),
        ((CERTIFIED,), frozenset({"xx/alpha"}), "pass"),
    ],
)
def test_certification_by_several_hosts(
    catalog: Catalog, statements: tuple[Statement, ...], hosts: str | frozenset[str], expected: str
) -> None:
    """
    All hosts have to certify, or any, as the policy says.
    """
    case = a_case(catalog, ONE, *statements, carrier=VIRTUAL, on="2026-02-01", policy=a_policy(hosts=hosts))

    assert expected == found(case, Gate.CERTIFICATION).answer.value


@pytest.mark.parametrize(
    ("statements", "fields", "expected"),
    [
        ((), {}, ("unknown", "BC502")),
        ((GRANTED,), {}, ("pass", "BC501")),
        ((DENIED,), {}, ("fail", "BC503")),
        ((GRANTED, a_statement("authorisation", "denied", "2016-01")), {}, ("fail", "BC503")),
        ((a_statement("authorisation", "denied", to="xx/beta"),), {}, ("unknown", "BC502")),  # about another shop
        ((a_statement("authorisation", "granted", country="YY"),), {}, ("unknown", "BC502")),  # in another country
        ((a_statement("authorisation", "denied", to="Far Trade Ltd"),), {}, ("unknown", "BC502")),
        (
            (a_statement("authorisation", "denied", to="Far Trade Ltd"),),
            {"seller": "FAR TRADE LTD."},
            ("fail", "BC503"),
        ),
        (
            (a_statement("authorisation", "denied", to="Far Trade Ltd"),),
            {"fulfiller": "Far Trade Ltd"},
            ("fail", "BC503"),
        ),
        (
            (a_statement("authorisation", "granted", to="Far Trade Ltd"),),
            {"seller": "Far Trade Ltd"},
            ("pass", "BC501"),
        ),
        # A grant is for the one who sells, not for who sends the parcel, nor for whoever sells on the carrier's site.
        (
            (a_statement("authorisation", "granted", to="Far Trade Ltd"),),
            {"seller": "Someone", "fulfiller": "Far Trade Ltd"},
            ("unknown", "BC502"),
        ),
        ((GRANTED_TO_ALPHA,), {}, ("pass", "BC501")),
        ((GRANTED_TO_ALPHA,), {"seller": "Alpha"}, ("pass", "BC501")),
        ((GRANTED_TO_ALPHA,), {"seller": "Someone"}, ("unknown", "BC502")),
        ((CERTIFIED, EQUIPMENT), {}, ("unknown", "BC502")),
    ],
)
def test_authorisation(
    catalog: Catalog, statements: tuple[Statement, ...], fields: dict[str, str], expected: tuple[str, str]
) -> None:
    """
    Only the brand's own word about this shop, seller or country counts.
    """
    assert expected == said(a_case(catalog, ONE, *statements, **fields), Gate.AUTHORISATION)


@pytest.mark.parametrize(
    ("statements", "expected"), [((DENIED,), ("fail", "BC503")), ((GRANTED,), ("unknown", "BC502"))]
)
def test_a_phone_that_is_not_known(
    catalog: Catalog, statements: tuple[Statement, ...], expected: tuple[str, str]
) -> None:
    """
    What a brand denies is denied for all its phones, also for one that nobody recorded. What it grants is not granted
    to whatever a seller calls by its name.
    """
    case = a_case(catalog, "Nine Hundred", *statements, brand="ACME")

    assert case.phone.device is None
    assert expected == said(case, Gate.AUTHORISATION)


@pytest.mark.parametrize(
    ("statements", "fcc_id", "expected"),
    [
        ((), "", ("unknown", "BC601")),
        ((), "ABC123", ("unknown", "BC601")),  # a number in the listing proves nothing
        ((EQUIPMENT,), "", ("pass", "BC602")),
        ((EQUIPMENT,), "abc-123", ("pass", "BC602")),
        ((EQUIPMENT,), "XYZ999", ("unknown", "BC604")),
        ((a_statement("equipment", "refused", country="XX"),), "ABC123", ("fail", "BC603")),
        ((a_statement("equipment", "granted", country="YY"),), "", ("unknown", "BC601")),
        ((CERTIFIED, GRANTED), "", ("unknown", "BC601")),
    ],
)
def test_regulator(catalog: Catalog, statements: tuple[Statement, ...], fcc_id: str, expected: tuple[str, str]) -> None:
    """
    The regulator's record for the model, in the carrier's country.
    """
    assert expected == said(a_case(catalog, ONE, *statements, fcc_id=fcc_id), Gate.REGULATOR)


@pytest.mark.parametrize("kind", ["certification", "authorisation", "equipment"])
def test_a_statement_about_one_version_of_two(catalog: Catalog, kind: str) -> None:
    """
    It neither passes nor fails a listing that may mean the other one.
    """
    gate = Gate.REGULATOR if kind == "equipment" else Gate(kind)
    where: dict[str, Any] = {"carrier": "xx/alpha"} if kind == "certification" else {"country": "XX"}
    for effect in EFFECTS[kind]:
        statement = a_statement(kind, effect, models=["A1-100"], **where)
        assert "unknown" == found(a_case(catalog, "Acme One", statement), gate).answer.value


def test_a_statement_is_told_with_who_and_when(catalog: Catalog) -> None:
    """
    The reason has the sentence, who said it, since when, and its sources.
    """
    statement = a_statement("authorisation", "denied", "2016-02-01", who="Acme", says="Alpha may not sell it.")
    (reason,) = found(a_case(catalog, ONE, statement), Gate.AUTHORISATION).reasons

    assert ("Alpha may not sell it. (Acme, 1 Feb 2016.)", ("xx-times",)) == (reason.text, reason.sources)


@pytest.mark.parametrize(
    ("country", "fcc_id", "text", "asks"),
    [
        ("US", "", "in the United States.", ("the FCC ID of this model",)),
        ("US", "ABC123", "in the United States; the listing's ABC123 is the seller's word.", ()),
        ("PR", "", "in Puerto Rico.", ("the FCC ID of this model",)),
        ("DE", "", "in Germany.", ("the EU declaration of conformity of this model",)),
        ("DE", "ABC123", "in Germany.", ("the EU declaration of conformity of this model",)),  # counts elsewhere
        ("KR", "", "in South Korea.", ("the number of the equipment authorisation of this model in South Korea",)),
        ("QQ", "", "in QQ.", ("the number of the equipment authorisation of this model in QQ",)),
    ],
)
def test_what_shows_it_in_a_country(
    catalog: Catalog, country: str, fcc_id: str, text: str, asks: tuple[str, ...]
) -> None:
    """
    A seller is asked for what that country has, and the country is called by its name.
    """
    case = a_case(catalog, ONE, fcc_id=fcc_id)
    place = evolve(case.place, carrier=evolve(case.place.carrier, id=f"{country.lower()}/alpha"))
    finding = found(case._replace(place=place), Gate.REGULATOR)

    assert f"No record of an equipment authorisation of this model {text}" == finding.reasons[0].text
    assert asks == finding.asks


def test_countries_of_the_carriers_have_names() -> None:
    """
    Wherever somebody wrote a carrier by hand: a message to a seller names no codes.
    """
    folder = Path(__file__).parents[2] / "bands" / "carriers"
    codes = [path.name.upper() for path in folder.iterdir() if path.is_dir()]

    assert len(codes) > 30
    assert all(say_country(code) != code for code in codes)
