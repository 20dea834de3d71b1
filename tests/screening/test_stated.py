"""
Statements, found by the phones that they are about.
"""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database.catalog import Catalog
from bandcheck.screening.finding import Gate
from bandcheck.screening.stated import Statements
from screening_cases import a_case, a_statement, said

ONE = "Acme One"
NAMES = st.frozensets(st.sampled_from(["acme", "other", "acme/one", "other/one", "A1-100", "A1-200"]), max_size=3)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=6))
def test_found_as_they_mean(catalog: Catalog, meant: list[tuple[frozenset[str], ...]]) -> None:
    """
    What is found for a version is what means it, and for a phone what means any of its versions or its brand.
    """
    statements = [
        evolve(a_statement("software", "google"), brands=brands, devices=devices, models=models)
        for brands, devices, models in meant
    ]
    phone = a_case(catalog, ONE).phone
    found = Statements(statements)

    for variant in phone.variants:
        assert {n for n, s in enumerate(statements) if s.means(variant)} == found.about(variant)
    about = [s for s in statements if any(map(s.means, phone.variants)) or not s.brands.isdisjoint(phone.brands)]
    assert about == list(found.of(phone))


def test_a_statement_holds_in_its_country(catalog: Catalog) -> None:
    """
    What was said for another country is not heard, by any gate.
    """
    for kind, effect, gate, answer in (
        ("software", "no_google", Gate.SOFTWARE, "fail"),
        ("authorisation", "granted", Gate.AUTHORISATION, "pass"),
        ("equipment", "granted", Gate.REGULATOR, "pass"),
    ):
        here, elsewhere = (a_statement(kind, effect, country=country) for country in ("XX", "YY"))

        assert answer == said(a_case(catalog, ONE, here), gate)[0]
        assert "unknown" == said(a_case(catalog, ONE, elsewhere), gate)[0]
