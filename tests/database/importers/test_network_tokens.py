from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.database.files.tree import Tree, read_document
from bandcheck.database.files.yamlfile import read_file
from bandcheck.database.importers.networks.notes import End, bands_in, ends_in, speaks_of_an_end
from bandcheck.database.importers.networks.tokens import (
    Bands,
    Token,
    all_bands,
    bands_of,
    is_for_phones,
    mask_of,
    read_token,
)
from bandcheck.database.spectrum_records import spectrum_of
from bandcheck.model.bands import FIELD, Band, Rat, bit

EUROPE, US, CANADA, JAMAICA, MEXICO, BRAZIL, JAPAN, KOREA, CHINA, INDIA = (
    262, 310, 302, 338, 334, 724, 440, 450, 460, 404
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LTE 1800", [Token(Rat.LTE, 1800)]),
        ("TD-LTE 2300", [Token(Rat.LTE, 2300, True)]),
        ("LTE 2300 TDD", [Token(Rat.LTE, 2300, True)]),
        ("5G", [Token(Rat.NR, 0)]),
        ("UTMS 2100", [Token(Rat.UMTS, 2100)]),
        ("GSM900", [Token(Rat.GSM, 900)]),
        ("TD-LTE-2600", [Token(Rat.LTE, 2600, True)]),
        ("CDMA2000", [Token(Rat.CDMA, 0)]),
        ("CDMA 2000", [Token(Rat.CDMA, 0)]),
        ("CDMA 2000 1900", [Token(Rat.CDMA, 1900)]),
        ("CDMA450", [Token(Rat.CDMA, 450)]),
        ("LTE AWS", [Token(Rat.LTE, 1700)]),
        ("LTE Band 41", [Token(Rat.LTE, -41)]),
        ("LTE 850 2600", [Token(Rat.LTE, 850), Token(Rat.LTE, 2600)]),
        ("LTE 800 LTE 900", [Token(Rat.LTE, 800), Token(Rat.LTE, 900)]),
        ("LTE 4G", [Token(Rat.LTE, 0)]),
        ("LTE?", [Token(Rat.LTE, 0)]),
        ("1800", []),
        ("Unknown 3500", []),
        ("LTE 3", []),
        ("various", []),
    ],
)
def test_a_token_is_a_rat_and_a_frequency(text: str, expected: list[Token]) -> None:
    """
    In any spelling that lists use; without a RAT it is nothing.
    """
    assert expected == read_token(text)[0]


@given(st.text(max_size=30))
def test_any_text_is_read_or_not(text: str) -> None:
    """
    No text is an error.
    """
    tokens, tidied = read_token(text)

    assert bool(tokens) or not tidied


@pytest.mark.parametrize(
    "text", ["GSM-R 900", "WiMAX", "TETRA 410", "iDEN 800", "Satellite", "MVNO", "NB-IoT", "TDMA 800"]
)
def test_what_no_phone_has_is_not_for_phones(text: str) -> None:
    """
    Railway, trunked, satellite and fixed radio, and resale.
    """
    assert not is_for_phones(text)
    assert is_for_phones("LTE 800")


@pytest.mark.parametrize(
    ("token", "mcc", "expected"),
    [
        (Token(Rat.LTE, 700), EUROPE, Bands((28,))),
        (Token(Rat.LTE, 700), US, Bands((12, 13, 14, 17, 29, 85))),
        (Token(Rat.LTE, 700), CANADA, Bands((12, 13, 17, 29))),
        (Token(Rat.LTE, 700), JAMAICA, Bands((12, 13, 17, 28))),
        (Token(Rat.LTE, 700), BRAZIL, Bands((28,))),
        (Token(Rat.LTE, 800), INDIA, Bands((20,))),
        (Token(Rat.LTE, 800), JAPAN, Bands((18, 19, 26))),
        (Token(Rat.LTE, 1700), MEXICO, Bands((4,))),
        (Token(Rat.LTE, 1700), JAPAN, Bands((3,))),
        (Token(Rat.LTE, 1700), EUROPE, Bands(())),
        (Token(Rat.LTE, 1900), US, Bands((2,))),
        (Token(Rat.LTE, 2100), US, Bands((1, 4, 66), 4)),
        (Token(Rat.LTE, 2100), BRAZIL, Bands((1,))),
        (Token(Rat.LTE, 2300), US, Bands((30,))),
        (Token(Rat.LTE, 2600, True), CHINA, Bands((41,))),
        (Token(Rat.LTE, 2600, True), EUROPE, Bands((38, 41))),
        (Token(Rat.LTE, 2600), EUROPE, Bands((7,))),
        (Token(Rat.NR, 2600), EUROPE, Bands((7, 38, 41))),
        (Token(Rat.NR, 3500), EUROPE, Bands((78,))),
        (Token(Rat.NR, 3500), JAPAN, Bands((77, 78))),
        (Token(Rat.NR, 28_000), US, Bands((261,))),
        (Token(Rat.NR, 28_000), KOREA, Bands((257,))),
        (Token(Rat.UMTS, 850), JAPAN, Bands((6, 19))),
        (Token(Rat.UMTS, 1700), JAPAN, Bands((9,))),
        (Token(Rat.GSM, 900), EUROPE, Bands((900,))),
        (Token(Rat.GSM, 2100), EUROPE, Bands(())),
        (Token(Rat.CDMA, 1800), KOREA, Bands((4,))),
        (Token(Rat.LTE, -41), EUROPE, Bands((41,))),
    ],
)
def test_a_token_means_bands_by_country(token: Token, mcc: int, expected: Bands) -> None:
    """
    The narrowest plan that a country falls under holds.
    """
    assert expected == bands_of(token, mcc)


def test_a_carriers_licences_settle_a_token() -> None:
    """
    Where its country leaves it open, or has another band in mind.
    """
    assert Bands((25,)) == bands_of(Token(Rat.LTE, 1900), US, "us/sprint")
    assert Bands((66,)) == bands_of(Token(Rat.LTE, 1700), CANADA, "ca/freedom")


def test_every_band_of_the_rules_is_defined(bands: Path) -> None:
    """
    The tables name bands of 3GPP and 3GPP2 alone.
    """
    tree = Tree("bands")
    for path in (bands / "spectrum").glob("*.yaml"):
        document = read_file(path, f"spectrum/{path.name}", [])
        assert document is not None
        read_document(document, f"spectrum/{path.name}", tree, [])
    spectrum = spectrum_of(tree.spectrum)

    assert [] == [band for rat, number in all_bands() if (band := Band(rat, number)) not in spectrum]


def test_an_unknown_meaning_may_be_any_band() -> None:
    """
    The RAT is there; its band is one of all.
    """
    assert (FIELD[Rat.LTE], bit(Rat.LTE, 3)) == (mask_of(Rat.LTE, Bands(())), mask_of(Rat.LTE, Bands((3,))))


UMTS, GSM, CDMA = Rat.UMTS, Rat.GSM, Rat.CDMA


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("UMTS shut down Dec 2020", [End(UMTS, 0, "2020-12", False)]),
        ("GSM shut down on 5 May 2018", [End(GSM, 0, "2018-05-05", False)]),
        ("Former Delta; UMTS was shut down 2022", [End(UMTS, 0, "2022", False)]),
        ("CDMA 450 closed 31 Mar 2019; MNC withdrawn", [End(CDMA, 450, "2019-03-31", False)]),
        ("CDMA 410\u00a0MHz shut down Dec 2016", [End(CDMA, 410, "2016-12", False)]),
        ("GSM to shut down Sep 2031", [End(GSM, 0, "2031-09", True)]),
        (
            "UMTS 2100 shutdown 2020, UMTS 900 - Dec 2021",
            [End(UMTS, 2100, "2020", False), End(UMTS, 900, "2021-12", False)],
        ),
        ("shut down 3-June-2014", [End(None, 0, "2014-06-03", False)]),
        ("Network shut down end of 2013", [End(None, 0, "2013", False)]),
        ("discontinued 31 Feb 2014", [End(None, 0, "2014-02", False)]),
        ("Former Delta (shut down 2012), now Gamma", []),
        ("WiMAX 2600 shut down 2019", []),
        ("iDEN shut down June 2013", []),
        ("Uses Gamma, shut down in 2019", []),
        ("CDMA shut down", []),
        ("Licence expired on 1 May 2014, network shut down", []),
        ("", []),
    ],
)
def test_a_remark_dates_a_shutdown(note: str, expected: list[End]) -> None:
    """
    Of a RAT, of one frequency, or of the network; another operator's and an undated one are not read.
    """
    assert expected == ends_in(note)


@given(st.text(alphabet="GSMUTLECD 0123459;,-shutdownJan", max_size=60))
def test_what_the_grammar_reads_is_a_date(note: str) -> None:
    """
    Any remark is read without an error, and a shutdown is spoken of where one is read.
    """
    assert all(4 <= len(end.until) <= 10 for end in ends_in(note))
    assert speaks_of_an_end(note) or not ends_in(note)


def test_a_remark_lists_bands() -> None:
    """
    By number, for LTE and 5G apart.
    """
    note = "LTE bands 2, 4, 12; 5G bands n41, n71"

    assert ({2, 4, 12}, {41, 71}, set()) == tuple(bands_in(note, rat) for rat in (Rat.LTE, Rat.NR, Rat.UMTS))
    assert {41} == bands_in("band 41; owned by others", Rat.LTE)
