"""
What holds for every gate and whatever a listing says: it answers, in the form that reports need, and no word of a
seller makes anything milder.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from bandcheck.database.catalog import Catalog
from bandcheck.screening.case import Case
from bandcheck.screening.codes import SCREEN_CODES
from bandcheck.screening.finding import Answer, Gate
from bandcheck.screening.gates import words
from bandcheck.screening.screen import judged
from screening_cases import a_case, a_statement, found, gates, said

TITLES = (
    "Acme One, A1-100", "Acme One, A1-200", "Acme One", "Acme Two", "Acme Four", "Zeta Phone ZP-5", "Case for Acme One",
    "Nobody Knows 9", "Acme Two A1-100",
)  # fmt: skip
CLAIMS = (
    "4G LTE", "5G", "VoLTE", "3G only", "official", "authorised dealer", "官方", "US version", "versión europea",
    "美版", "global version", "全球版", "works with all carriers", "全网通", "Alpha certified", "carrier approved",
    "certified by Alpha Wireless", "LTE B2/B4/B12", "B71", "Chinese ROM", "国行", "no Google", "genuine", "no warranty",
    "refurbished",
)  # fmt: skip
AWKWARD = (
    "", " ", "no", "not", "kein", "不", "-", "\n", "<p>", "</p>", "<br", "&amp;", "&#52;G", "&", "%", "{}", "(", "[",
    "\\", "“", "\u202e", "\x00", "٤G", "4 G", "4G+64G", "5G Wi-Fi", "²G", "ß", "İ", "B999999999999", "n" * 300, "=1",
)  # fmt: skip

LONG = ("description", "bands", "condition", "ships_from", "note")
"""Fields of more than one thing."""

texts = st.lists(st.sampled_from(CLAIMS + AWKWARD), max_size=6).map(" ".join)
lines = st.text(st.characters(exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=20)
FIELDS = (
    "description",
    "bands",
    "market",
    "condition",
    "price",
    "currency",
    "seller",
    "fulfiller",
    "ships_from",
    "fcc_id",
    "note",
)
fields = st.dictionaries(st.sampled_from(FIELDS), texts, max_size=5)
STATEMENTS = (
    a_statement("certification", "certified", carrier="xx/alpha"),
    a_statement("certification", "refused", carrier="xx/alpha", devices=["acme/two"]),
    a_statement("authorisation", "granted", country="XX"),
    a_statement("authorisation", "denied", to="xx/alpha", brands=["zeta"]),
    a_statement("equipment", "granted", country="XX", fcc_ids=("ABC123",)),
    a_statement("software", "google", devices=["acme/one"]),
)
statements = st.lists(st.sampled_from(STATEMENTS), unique_by=id)


@given(st.sampled_from(TITLES), texts, statements, fields)
def test_every_gate_answers(catalog: Catalog, title: str, more: str, stated: list[Any], others: dict[str, str]) -> None:
    """
    A gate gives one of four answers, a first reason with a code of its own, sentences, and a label where it fails; the
    seller alone takes notes.
    """
    case = a_case(catalog, f"{title} {more}", *stated, **others)

    for gate, finding in gates(case).items():
        first = finding.reasons[0]
        assert first.code in SCREEN_CODES
        assert first.code.startswith(f"BC{gate.number}")
        assert all(reason.text.strip().endswith((".", ".)")) for reason in finding.reasons)
        assert (finding.answer is Answer.FAIL) == bool(finding.label)
        assert not finding.asks or finding.answer is Answer.UNKNOWN
        assert gate is Gate.SELLER or finding.answer is not Answer.NOTE
        assert gate is not Gate.SELLER or finding.answer in (Answer.NOTE, Answer.UNKNOWN)


@given(st.sampled_from(TITLES), statements, fields, fields)
def test_more_words_never_make_it_milder(
    catalog: Catalog, title: str, stated: list[Any], few: dict[str, str], more: dict[str, str]
) -> None:
    """
    A listing that says what another says, and on further lines something more, is decided no milder, and passes no gate
    that the other does not.
    """
    longer = dict(few)
    for field, text in more.items():
        longer[field] = "\n".join(filter(None, (few.get(field), text))) if field in LONG else few.get(field) or text
    cases = [a_case(catalog, title, *stated, **some) for some in (few, longer)]
    less, much = (judged(case, gates(case)) for case in cases)

    assert much.decision >= less.decision
    for gate in Gate:
        if much.findings[gate].answer is Answer.PASS:
            assert less.findings[gate].answer is Answer.PASS


HEARD = [
    (words.GENERATION, "4G LTE"),
    (words.OFFICIAL, "official"),
    (words.EVERY_CARRIER, "works with all carriers"),
    (words.CERTIFIED, "carrier certified"),
    (words.VERSION_OF, "US version"),
    (words.GLOBAL, "global version"),
    (words.NO_GOOGLE, "Chinese ROM"),
    (words.NO_WARRANTY, "imported"),
    (words.USED, "refurbished"),
    (words.GENUINE, "genuine"),
]


@pytest.mark.parametrize(("phrases", "claim"), HEARD)
@given(st.lists(lines | texts, max_size=3), st.lists(lines | texts, max_size=3))
@example(["not version"], [])
@example(["<b"], [">"])
@example(["no"], ["not supported"])
def test_what_a_line_says_is_heard(phrases: words.Phrases, claim: str, before: list[str], after: list[str]) -> None:
    """
    No other line takes a claim back: neither a denial, nor markup that is left open.
    """
    assert phrases.search("\n".join([*before, claim, *after]))


@given(texts)
def test_looking_for_words_first_finds_the_same(text: str) -> None:
    """
    A text that has none of a pattern's words does not have the pattern.
    """
    for phrases, _ in HEARD:
        slow = words.Phrases(phrases.pattern.pattern)
        assert [m.span() for m in slow.finditer(text)] == [m.span() for m in phrases.finditer(text)]


@pytest.mark.parametrize(("phrases", "claim"), HEARD)
@pytest.mark.parametrize(
    "denial", ["not {}", "is not {}", "non-{}", "nicht {}", "no es {}", "pas {}", "не {}", "不是{}", "NOT {}"]
)
def test_what_is_denied_is_not_heard(phrases: words.Phrases, claim: str, denial: str) -> None:
    """
    In the languages that claims are read in.
    """
    assert phrases.search(f"phone, {claim}, new")
    assert not phrases.search(f"phone, {denial.format(claim)}, new")


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        (words.GENERATION, "3G only, no 4G!", ["3G"]),
        (words.GENERATION, "kein 4G, kein 3G, nur 2G", ["2G"]),
        (words.GENERATION, "NO 5G in USA, 4G LTE only", ["4G LTE"]),
        (words.GENERATION, "no 4G/5G", []),
        (words.GENERATION, "no 4G or LTE", []),
        (words.GENERATION, "no 3G, 4G LTE", ["4G LTE"]),
        (words.GENERATION, "not only 4G but 5G", ["4G", "5G"]),
        (words.GENERATION, "funciona no 4G", ["4G"]),  # Portuguese: on 4G
        (words.GENERATION, "5G not supported, 4G works", ["4G"]),
        (words.GENERATION, "5G nicht verfügbar", []),
        (words.GENERATION, "4G LTE not 5G", ["4G LTE"]),
        (words.GENERATION, "does not have 4G", []),
        (words.GENERATION, "doesn't support 5G", []),
        (words.GENERATION, "Dual SIM: no - 4G LTE", ["4G LTE"]),
        (words.GENERATION, "no contract 4G phone", ["4G"]),
        (words.GENERATION, "双卡4G手机", ["4G"]),
        (words.GENERATION, "4G内存 64G", []),
        (words.GENERATION, "不支持5G", []),
        (words.OFFICIAL, "not an official import", []),
        (words.OFFICIAL, "非官方", []),
        (words.OFFICIAL, "未经官方授权", []),
        (words.OFFICIAL, "Offizieller Händler", ["Offizieller"]),
        (words.OFFICIAL, "unofficial", []),
        (words.OFFICIAL, "official, no warranty", ["official"]),
        (words.EVERY_CARRIER, "does not work with all carriers", []),
        (words.EVERY_CARRIER, "ohne SIM-Lock. Alle Netze!", ["Alle Netze"]),
        (words.EVERY_CARRIER, "<li>all</li><li>carriers</li>", ["all  carriers"]),
        (words.EVERY_CARRIER, "all&nbsp;carriers", ["all\u00a0carriers"]),
        (words.NO_GOOGLE, "不是国行", []),
        (words.NO_GOOGLE, "comes without Google", ["without Google"]),
    ],
)
def test_denials(phrases: words.Phrases, text: str, expected: list[str]) -> None:
    """
    A denial reaches what stands next to it, and no further.
    """
    assert expected == [match[0] for match in phrases.finditer(text)]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("no 4G, no 5G", ("pass", "BC700")),
        ("not official, not certified by Alpha", ("pass", "BC700")),
        ("<p>Alpha <b>certified</b></p>", ("unknown", "BC709")),
        ("AT&amp;T ready. <p>4G</p>", ("fail", "BC701")),
    ],
)
def test_claims_that_are_denied_or_marked_up(catalog: Catalog, description: str, expected: tuple[str, str]) -> None:
    """
    An honest listing is not accused, and markup hides nothing.
    """
    assert expected == said(a_case(catalog, "Acme Two", description=description), Gate.CLAIMS)


def made_for(case: Case, *countries: str) -> Case:
    """
    The case with versions that are sold in these countries.
    """
    variants = tuple(evolve(v, sold_in=frozenset(countries)) for v in case.phone.variants)
    return case._replace(phone=evolve(case.phone, variants=variants))


@pytest.mark.parametrize(
    ("countries", "fields", "expected"),
    [
        (("CN",), {"description": "Global version"}, ("fail", "BC703")),
        (("CN",), {"market": "全球版"}, ("fail", "BC703")),
        (("CN",), {"description": "not a global version"}, ("pass", "BC700")),
        (("CN", "HK"), {"description": "Global version"}, ("pass", "BC700")),
        ((), {"description": "Global version"}, ("pass", "BC700")),  # nobody recorded where it is sold
    ],
)
def test_a_global_version(
    catalog: Catalog, countries: tuple[str, ...], fields: dict[str, str], expected: tuple[str, str]
) -> None:
    """
    A phone that is sold in China alone is none; the label says for where it is made.
    """
    case = made_for(a_case(catalog, "Acme One, A1-100", **fields), *countries)
    finding = found(case, Gate.CLAIMS)

    assert expected == (finding.answer.value, finding.reasons[0].code)
    if finding.answer is Answer.FAIL:
        assert re.fullmatch(
            "This phone is made for sale in China alone: it is not the “(Global version|全球版)”.", finding.label
        )


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"description": "5G"}, "On Alpha this phone gets 3G at best, not “5G”."),
        ({"description": "works with all carriers"}, "Not for “all carriers”: on Alpha this phone gets 3G at best."),
        ({"description": "official"}, "Not an authorised sale: Somebody has not authorised Alpha."),
        ({"description": "Alpha certified"}, "Not certified for sale by Alpha."),
        ({"bands": "GSM 1900, UMTS 5, LTE B2"}, "This phone does not have 3G band 5, 4G band 2."),
    ],
)
def test_labels_are_true_sentences(catalog: Catalog, fields: dict[str, str], label: str) -> None:
    """
    What a claim's label tells a buyer is the fact, not that something is wrong.
    """
    stated = [
        a_statement("authorisation", "denied", to="xx/alpha"),
        a_statement("certification", "refused", carrier="xx/alpha"),
    ]

    assert label == found(a_case(catalog, "Acme Two", *stated, **fields), Gate.CLAIMS).label


@pytest.mark.parametrize(
    ("models", "text", "ask"),
    [
        ((("A1",), ("A2", "A3")), "stands for 2 versions: A1, A2.", "the model number on the box, one of A1, A2"),
        ((("A1",), ()), "stands for 2 versions: A1, “YY”.", "the model number on the box, such as A1"),
        (((), ()), "stands for 2 versions: “XX”, “YY”.", "the model number on the box"),
    ],
)
def test_versions_without_a_number(catalog: Catalog, models: tuple[tuple[str, ...], ...], text: str, ask: str) -> None:
    """
    What the data calls a version of which nobody recorded the number is no number that stands on a box.
    """
    case = a_case(catalog, "Acme One")
    some = zip(case.phone.variants, models, ("XX", "YY"), strict=False)
    variants = tuple(evolve(v, models=names, market=market) for v, names, market in some)
    finding = found(case._replace(phone=evolve(case.phone, variants=variants)), Gate.IDENTITY)

    assert f"Acme One {text}" == finding.reasons[0].text
    assert (ask,) == finding.asks


def test_the_number_that_is_named(catalog: Catalog) -> None:
    """
    Of a version with several numbers the reason names the one that the listing names.
    """
    told = [
        found(a_case(catalog, f"Acme One {number}"), Gate.IDENTITY).reasons[0].text for number in ("A1-100", "A1100")
    ]

    assert ["Acme One, A1-100.", "Acme One, A1100."] == told
