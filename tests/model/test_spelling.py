"""
Band lists as people, spec sheets and modems write them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.errors import InvalidBandError
from bandcheck.model.bands import RATS, TITLES, Band, BandSet, Rat
from strategies import band_sets, bands

ONE = "one band with its RAT, such as B4, n78, W1, BC0 or 'GSM 900'"
SOME = "bands with their RAT, such as B4, n78, W1, BC0, 'GSM 900' or 'lte 3 7'"

# As `Band` prints it -> spellings that mean it.
SPELLINGS = {
    "B4": [
        *("B4", "b4", "B04", "B-4", "(B4)", "B4.", " B4\n", "LTE 4", "lte 4", "LTE B4", "LTE-4", "LTE-B4", "LTE4"),
        *("LTEB4", "LTE band 4", "LTE Band 4", "LTE B 4", "LTE: 4", "lte:4", "LTE (4)", "4G 4", "4G B4", "4G: B4"),
        *("eutran-4", "EUTRAN 4", "eutran4", "eutra-4", "E-UTRA 4", "E-UTRA B4", "E-UTRA band 4", "E-UTRAN 4"),
        *("E-UTRA-4", "FDD-LTE B4", "FDD LTE B4", "FDD-LTE4", "LTE-FDD B4", "LTE FDD 4"),
    ],
    "B38": ["B38", "TD-LTE 38", "TD-LTE B38", "TDD-LTE B38", "TD LTE 38", "LTE-TDD 38", "LTE TDD B38", "tdlte 38"],
    "n78": [
        *("n78", "N78", "n-78", "NR n78", "NR N78", "NR 78", "NR78", "NR-78", "nr:78", "NR band 78", "NR band n78"),
        *("5G n78", "5G 78", "5G: n78", "5G NR n78", "5G  NR 78", "5G NR78", "5GNR 78", "NG-RAN 78", "ngran-78"),
    ],
    "UMTS 1": [
        *("W1", "w1", "W-1", "U1", "UMTS 1", "UMTS1", "UMTS-1", "UMTS B1", "UMTS-B1", "UMTS band 1", "UMTS I"),
        *("WCDMA 1", "WCDMA B1", "W-CDMA 1", "W-CDMA B1", "W-CDMA: I", "WCDMA I", "WCDMA-I", "W-I", "HSPA 1"),
        *("HSPA+ 1", "HSDPA 1", "3G 1", "3G B1", "UTRA I", "UTRA-I", "UTRA 1", "UTRA band I", "utran-1", "UTRAN 1"),
    ],
    "UMTS 4": ["W4", "UMTS B4", "WCDMA IV", "UTRA IV"],
    "UMTS 8": ["W8", "UMTS B8", "WCDMA VIII", "wcdma viii", "W-VIII", "wviii", "UTRA VIII", "UMTS Band VIII"],
    "UMTS 9": ["UMTS 9", "WCDMA IX"],
    "UMTS 19": ["UMTS 19", "WCDMA XIX"],
    "UMTS 32": ["UMTS 32", "UTRA XXXII"],
    "GSM 850": ["GSM 850", "GSM850", "GSM-850", "gsm:850", "G850", "GERAN 850", "EDGE 850", "2G 850"],
    "GSM 900": ["gsm 900", "GSM900", "EGSM 900", "E-GSM 900", "EGSM900", "E-GSM900", "PGSM 900", "P-GSM 900"],
    "GSM 1800": ["GSM 1800", "DCS 1800", "DCS1800", "DCS-1800", "GSM 1800 MHz", "GSM 1800MHz"],
    "GSM 1900": ["GSM 1900", "PCS 1900", "PCS1900", "GSM 1900 mhz", "gsm 1900mhz"],
    "BC0": ["BC0", "bc0", "BC-0", "cdma BC0", "CDMA 0", "CDMA B0", "cdma2000 0", "CDMA2000 BC0", "CDMA-2000 BC0"],
    "BC1": ["BC1", "cdma BC1", "CDMA: BC1", "CDMABC1", "EV-DO BC1", "EVDO 1"],
    "TD-SCDMA 34": [
        *("TD-SCDMA 34", "TD-SCDMA B34", "TDSCDMA 34", "TD SCDMA 34", "td-scdma: 34", "tdscdma-34"),
        *("TD-SCDMA34", "TD-SCDMA band 34"),
    ],
}

# What comes in -> what is wrong with it: the word that is blamed, and what was expected of it.
REFUSED_BANDS = {
    "": ("", ONE),
    "   ": ("   ", ONE),
    "/": ("/", ONE),
    "4": ("4", "a number with its RAT, such as B4, n4 or 'umts 4'"),
    "04": ("04", "a number with its RAT, such as B04, n04 or 'umts 04'"),
    "band 4": ("4", "a number with its RAT, such as B4, n4 or 'umts 4'"),
    "Band4": ("Band4", "a number with its RAT, such as B4 (LTE), n4 or 'umts 4'"),
    "B 4": ("4", "a number with its RAT, such as B4, n4 or 'umts 4'"),
    "B": ("B", ONE),
    "n": ("n", ONE),
    "LTE": ("LTE", ONE),
    "lte none": ("lte none", ONE),
    "B0": ("B0", "LTE 1 to LTE 255"),
    "B256": ("B256", "LTE 1 to LTE 255"),
    "B999": ("B999", "a band number of LTE; 999 looks like MHz"),
    "n999": ("n999", "a band number of NR; 999 looks like MHz"),
    "n3500": ("n3500", "a band number of NR; 3500 looks like MHz"),
    "n0": ("n0", "NR 1 to NR 511"),
    "LTE 1800": ("1800", "a band number of LTE; 1800 looks like MHz"),
    "LTE 1800MHz": ("1800MHz", "a band number of LTE; 1800 looks like MHz"),
    "B850": ("B850", "a band number of LTE; 850 looks like MHz"),
    "UMTS 2100": ("2100", "a band number of UMTS; 2100 looks like MHz"),
    "WCDMA 900": ("900", "a band number of UMTS; 900 looks like MHz"),
    "CDMA 850": ("850", "a band number of CDMA; 850 looks like MHz"),
    "UMTS 40": ("40", "UMTS 1 to UMTS 39"),
    "BC24": ("BC24", "BC0 to BC23"),
    "TD-SCDMA 41": ("41", "TD-SCDMA 33 to TD-SCDMA 40"),
    "GSM 4": ("4", "one of GSM 450, 480, 750, 810, 850, 900, 1800, 1900"),
    "GSM B2": ("B2", "one of GSM 450, 480, 750, 810, 850, 900, 1800, 1900"),
    "B4 B5": ("B4 B5", ONE),
    "B1-B3": ("B1-B3", ONE),
    "B-": ("B-", ONE),
    "-4": ("-4", ONE),
    "+4": ("4", "a number with its RAT, such as B4, n4 or 'umts 4'"),
    "B4a": ("B4a", ONE),
    "B4.5": ("B4.5", ONE),
    "BB4": ("BB4", ONE),
    "BBC4": ("BBC4", ONE),
    "NIX": ("NIX", ONE),
    "BI": ("BI", ONE),
    "LTE IV": ("IV", ONE),
    "VIII": ("VIII", ONE),
    "WCDMA IIII": ("IIII", ONE),
    "WCDMA VX": ("VX", ONE),
    "WCDMA IIX": ("IIX", ONE),
    "compatible": ("compatible", ONE),
    "Redmi 2": ("Redmi", ONE),
    "\0": ("\0", ONE),
    "B4\0": ("B4\0", ONE),
    "LTE \x004": ("\x004", ONE),
    "B４": ("B４", ONE),
    "LTE ٤": ("٤", ONE),
    "B²": ("B²", ONE),
    "gſm900": ("gſm900", ONE),
    "ＬＴＥ 4": ("ＬＴＥ", ONE),
    "B" + "9" * 6: ("B999999", ONE),
    "LTE " + "9" * 6: ("999999", ONE),
}


@pytest.mark.parametrize(("text", "name"), [(text, name) for name, texts in SPELLINGS.items() for text in texts])
def test_usual_spelling(text, name):
    """
    Every usual spelling of a band is that band, alone and as a list of one.
    """
    assert name == str(Band.parse(text))
    assert BandSet.of(Band.parse(name)) == BandSet.parse(text)


@pytest.mark.parametrize(("text", "why"), REFUSED_BANDS.items())
def test_refused_band(text, why):
    """
    What is not exactly one band with its RAT is refused; the error names the word and what was expected.
    """
    with pytest.raises(InvalidBandError) as caught:
        Band.parse(text)

    word, expected = why
    assert (word, expected) == (caught.value.text, caught.value.expected)
    assert f"{word!r} is not a band: expected {expected}." == str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gsm 850 900 / umts 1 2 5 / lte 3 7", "gsm 850 900 / umts 1 2 5 / lte 3 7"),
        ("lte:1,3,7", "lte 1 3 7"),
        ("LTE: 1, 3, 7", "lte 1 3 7"),
        ("lte 1;3;7", "lte 1 3 7"),
        ("lte 1|3|7", "lte 1 3 7"),
        ("lte 1+3+7", "lte 1 3 7"),
        ("lte 1 3 7\numts 1\n", "umts 1 / lte 1 3 7"),
        ("4G: B1/B3", "lte 1 3"),
        ("4G: B1/3/7", "lte 1 3 7"),
        ("B4, B12, n71", "lte 4 12 / nr 71"),
        ("B4 b4 LTE4", "lte 4"),
        ("3G: B1/B8, 4G: B1/B3", "umts 1 8 / lte 1 3"),
        ("WCDMA B1 B2 LTE B3", "umts 1 2 / lte 3"),
        ("NR n78 LTE 3", "lte 3 / nr 78"),
        ("lte 3 n78 7", "lte 3 7 / nr 78"),
        ("lte 3 W1 BC0 7", "cdma BC0 / umts 1 / lte 3 7"),
        ("LTE-FDD B1 B3 LTE-TDD B38 B40", "lte 1 3 38 40"),
        ("FDD LTE: 1/3/7, TD LTE: 38/40", "lte 1 3 7 38 40"),
        ("GSM 850/900/1800/1900MHz", "gsm 850 900 1800 1900"),
        ("GSM bands 850 900, UMTS bands 1 8", "gsm 850 900 / umts 1 8"),
        ("E-GSM 900 / DCS 1800 / PCS 1900", "gsm 900 1800 1900"),
        ("CDMA: BC0, BC1 / TD-SCDMA 34 39", "cdma BC0 BC1 / tdscdma 34 39"),
        ("CDMA B0/B1", "cdma BC0 BC1"),
        ("W-CDMA I / II / V", "umts 1 2 5"),
        ("utran-1, utran-8, eutran-3, ngran-78", "umts 1 8 / lte 3 / nr 78"),
        ("egsm, dcs 900 1800", "gsm 900 1800"),
        ("LTE (1) (3)", "lte 1 3"),
        ("none", "none"),
        (" None\n", "none"),
        ("lte none", "none"),
        ("LTE: no", "none"),
        ("lte -", "none"),
        ("lte none / umts 1", "umts 1"),
        ("gsm 900 / umts none / lte none", "gsm 900"),
    ],
)
def test_list(text, expected):
    """
    A heading holds until the next; any usual separator will do; `none` says that there is none.
    """
    assert expected == str(BandSet.parse(text))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("", "", SOME),
        (" , / ", " , / ", SOME),
        ("lte", "lte", SOME),
        ("gsm / umts / lte", "gsm / umts / lte", SOME),
        ("1 3 7", "1", "a number with its RAT, such as B1, n1 or 'umts 1'"),
        ("3 lte 7", "3", "a number with its RAT, such as B3, n3 or 'umts 3'"),
        ("lte 3 7 1800", "1800", "a band number of LTE; 1800 looks like MHz"),
        ("lte 3 x 7", "x", SOME),
        ("lte 1-7", "1-7", SOME),
        ("B4 none", "none", SOME),
        ("GSM: B2/B3/B5/B8", "B2", "one of GSM 450, 480, 750, 810, 850, 900, 1800, 1900"),
        ("umts 1 B99", "B99", "UMTS 1 to UMTS 39"),
        ("lte 3\0 7", "3\0", SOME),
    ],
)
def test_refused_list(text, word, expected):
    """
    The first word that is no band is named; nothing is left out silently.
    """
    with pytest.raises(InvalidBandError) as caught:
        BandSet.parse(text)

    assert (word, expected) == (caught.value.text, caught.value.expected)


@pytest.mark.parametrize("rat", RATS)
@given(data=st.data())
def test_title_and_number(rat, data):
    """
    A RAT's title or key before a number always works, whatever the number (`LTE 4`, `tdscdma 34`, `CDMA 0`).
    """
    band = data.draw(bands([rat]))

    assert band == Band.parse(f"{TITLES[rat]} {band.number}") == Band.parse(f"{rat.value} {band.number}")


@given(bands([Rat.UMTS], BandSet.everything(Rat.UMTS)))
def test_roman_numerals_of_umts(band):
    """
    UTRA's bands may be written in Roman numerals (TS 25.101).
    """
    tens, ones = divmod(band.number, 10)
    roman = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]

    assert band == Band.parse(f"UTRA {roman}") == Band.parse(f"w{roman.lower()}")


@given(band_sets(), st.sampled_from([" ", ", ", "/", ";", " | ", "+", "\n", "\t"]))
def test_bands_one_by_one(found, separator):
    """
    Bands that each name their RAT are read in any order and with any separator, without a heading.
    """
    if not found:
        return
    words = [str(band).replace(" ", "").replace("TD-SCDMA", "tdscdma") for band in found]

    assert found == BandSet.parse(separator.join(reversed(words)))


@given(st.text(st.sampled_from("b4nN78 wcdlteLTEgsmivxIVX0123456789-/,:.()+\0é²４"), max_size=20))
def test_garbage_is_read_or_refused(text):
    """
    Whatever comes in is either bands, which then print and parse back, or the one error for it; never another.
    """
    try:
        found = BandSet.parse(text)
    except InvalidBandError:
        return
    assert found == BandSet.parse(str(found))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lte " + "3 7 " * 250_000, "lte 3 7"),
        ("lte 3" + " " * 1_000_000 + "7", "lte 3 7"),
        ("5g" + " " * 1_000_000 + "nr 78", "nr 78"),
        ("lte " + "," * 1_000_000 + "3", "lte 3"),
    ],
    ids=["words", "spaces", "compound", "commas"],
)
def test_a_megabyte_is_read(text, found):
    """
    Reading takes one pass; anything worse than linear would not end on a megabyte.
    """
    assert found == str(BandSet.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "B" + "9" * 1_000_000,
        "lte " + "9" * 1_000_000,
        "umts " + "i" * 1_000_000,
        "e-utra" * 200_000,
        "td-" * 300_000,
        "b-" * 500_000,
        "x" * 1_000_000,
        "5g " * 300_000 + "?",
    ],
    ids=["number", "bare number", "roman", "compounds", "half compounds", "hyphens", "letters", "headings"],
)
def test_a_megabyte_of_garbage_is_refused(text):
    """
    Very long words end in the usual error, and soon.
    """
    with pytest.raises(InvalidBandError):
        BandSet.parse(text)
