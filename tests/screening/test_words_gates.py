"""
BC7 to BC9: claims, software, seller.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from bandcheck.database.catalog import Catalog
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.gates.seller import price_of
from bandcheck.screening.gates.words import GENERATION, VERSION_OF
from screening_cases import a_case, a_statement, found, said

ONE, FOREIGN, TWO = "Acme One, A1-100", "Acme One, A1-200", "Acme Two"
DENIED = a_statement("authorisation", "denied", to="xx/alpha")
REFUSED = a_statement("certification", "refused", carrier="xx/alpha")


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        (ONE, "", ("pass", "BC700")),
        (ONE, "Fast 4G LTE", ("pass", "BC700")),
        (TWO, "Fast 4G LTE", ("fail", "BC701")),
        (TWO, "VoLTE inside", ("fail", "BC701")),
        ("Acme One", "Fast 4G LTE", ("unknown", "BC709")),  # one version has it
        ("Acme Four", "Fast 4G LTE", ("unknown", "BC709")),
        (ONE, "5G ready", ("fail", "BC701")),
        (ONE, "4G+64G, 5G Wi-Fi", ("pass", "BC700")),  # memory and Wi-Fi
        (ONE, "Official store", ("fail", "BC702")),
        (ONE, "tienda oficial", ("fail", "BC702")),
        (ONE, "官方正品", ("fail", "BC702")),
        (ONE, "Alpha certified", ("fail", "BC706")),
        (ONE, "approved by Alpha Wireless", ("fail", "BC706")),
        (ONE, "certified for Alpha", ("fail", "BC706")),
        (ONE, "approved for use on the Alpha network", ("fail", "BC706")),
        (ONE, "not certified for Alpha", ("pass", "BC700")),
        (ONE, "certified refurbished", ("pass", "BC700")),
        (TWO, "works with all carriers", ("fail", "BC704")),
        (TWO, "全网通", ("fail", "BC704")),
        (ONE, "works with all carriers", ("unknown", "BC709")),  # one carrier cannot confirm it
        (FOREIGN, "US version", ("fail", "BC703")),
        (FOREIGN, "versión americana", ("fail", "BC703")),
        (FOREIGN, "美版", ("fail", "BC703")),
        (TWO, "US version", ("unknown", "BC709")),  # nobody recorded where it is sold
        (ONE, "LTE B2/B4/B12", ("pass", "BC700")),
        (ONE, "LTE B2/B4/B71", ("fail", "BC705")),
        (TWO, "LTE B3", ("unknown", "BC709")),  # possible, not certain
    ],
)
def test_claims(catalog: Catalog, title: str, description: str, expected: tuple[str, str]) -> None:
    """
    What the facts contradict fails, what they do not settle is unknown, the rest passes.
    """
    case = a_case(catalog, title, DENIED, REFUSED, description=description)

    assert expected == said(case, Gate.CLAIMS)


@pytest.mark.parametrize(
    ("market", "expected"),
    [("YY", "pass"), ("XX", "fail"), ("US", "fail"), ("Europe", "fail"), ("a market", "pass"), ("", "pass")],
)
def test_the_market_that_is_claimed(catalog: Catalog, market: str, expected: str) -> None:
    """
    A country in the market column is a claim about the version.
    """
    assert expected == found(a_case(catalog, FOREIGN, market=market), Gate.CLAIMS).answer.value


def test_claims_without_any_statement(catalog: Catalog) -> None:
    """
    "Official" is no evidence: with nothing on record it stays open.
    """
    assert ("unknown", "BC709") == said(a_case(catalog, ONE, description="official"), Gate.CLAIMS)


def test_the_label_of_several_claims(catalog: Catalog) -> None:
    """
    What buyers are told is a sentence for each.
    """
    finding = found(a_case(catalog, f"{TWO} 4G", DENIED, description="official"), Gate.CLAIMS)

    first, second = (
        "On Alpha this phone gets 3G at best, not “4G”.",
        "Not an authorised sale: Somebody has not authorised Alpha.",
    )
    assert f"{first} {second}" == finding.label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4G", ["4G"]),
        ("4G LTE phone", ["4G LTE"]),
        ("5G NR", ["5G NR"]),
        ("LTE", ["LTE"]),
        ("3G/4G", ["4G"]),
        ("4G+64G", []),
        ("4 GB", []),
        ("4G RAM 64G ROM", []),
        ("64G", []),
        ("2.4G/5G WiFi", []),
        ("5GHz", []),
        ("AB4G", []),
        ("小米 4G 手机", ["4G"]),
    ],
)
def test_generations_in_words(text: str, expected: list[str]) -> None:
    """
    Memory, Wi-Fi and model numbers are no generations.
    """
    assert expected == [match[0].strip() for match in GENERATION.finditer(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US Version", True),
        ("USA model", True),
        ("versión europea", True),
        ("美版", True),
        ("version", False),
        ("bus version", False),
        ("Android version 5", False),
    ],
)
def test_versions_in_words(text: str, expected: bool) -> None:
    """
    A country beside a word for version.
    """
    assert expected == bool(VERSION_OF.search(text))


@pytest.mark.parametrize(
    ("effects", "description", "expected"),
    [
        ((), "", ("unknown", "BC803")),
        ((), "Google Play included", ("unknown", "BC803")),  # a seller's word
        (("google",), "", ("pass", "BC801")),
        (("no_google",), "", ("fail", "BC802")),
        (("google",), "Chinese version", ("fail", "BC802")),  # against oneself it counts
        ((), "国行", ("fail", "BC802")),
    ],
)
def test_software(catalog: Catalog, effects: tuple[str, ...], description: str, expected: tuple[str, str]) -> None:
    """
    A source says so, or the listing itself says that it is without.
    """
    statements = [a_statement("software", effect) for effect in effects]

    assert expected == said(a_case(catalog, ONE, *statements, description=description), Gate.SOFTWARE)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, ["BC900"]),
        ({"seller": "Alpha"}, ["BC900"]),
        ({"seller": "Far Trade", "fulfiller": "Far Trade"}, ["BC901"]),
        ({"ships_from": "HK"}, ["BC901"]),
        ({"description": "international version, no warranty"}, ["BC902"]),
        ({"price": "1"}, ["BC903"]),
        ({"price": "call us"}, ["BC903"]),
        ({"price": "$119"}, ["BC900"]),
        ({"description": "100% genuine"}, ["BC904"]),
        ({"condition": "Refurbished"}, ["BC905"]),
    ],
)
def test_seller(catalog: Catalog, fields: dict[str, str], codes: list[str]) -> None:
    """
    Notes alone: it never passes and never fails.
    """
    finding = found(a_case(catalog, ONE, **fields), Gate.SELLER)

    assert codes == [reason.code for reason in finding.reasons]
    assert (Answer.UNKNOWN if codes == ["BC900"] else Answer.NOTE) is finding.answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("119", "119"),
        ("$119", "119"),
        ("US$ 1,299.00", "1299.00"),
        ("1.299,00 €", "1299.00"),
        ("1 299,5", "1299.5"),
        ("1'299", "1299"),
        ("1.299", "1299"),
        ("0", "0"),
        ("-5", "-5"),
        ("119 to 129", None),
        ("free", None),
        ("", None),
        ("9" * 50, None),
    ],
)
def test_prices(text: str, expected: str | None) -> None:
    """
    One number, in the spellings of several countries.
    """
    assert (None if expected is None else Decimal(expected)) == price_of(text)
