"""
What `read_bands` makes of texts as sellers, makers and spec sheets write them.
"""

from __future__ import annotations

import json

import pytest

from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.reading.frequencies import DEFINED
from bandcheck.reading.text import read_bands


def bands(text: str) -> str:
    return str(read_bands(text).bands)


def whys(text: str, **options: str) -> dict[str, str]:
    return {one.text: one.why for one in read_bands(text, **options).ignored}


def opened(text: str, **options: str) -> list[tuple[str, tuple[int, ...], int | None]]:
    return [(one.text, one.candidates, one.prefer) for one in read_bands(text, **options).ambiguous]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LTE B2/B4/B13", "lte 2 4 13"),
        ("LTE: 2, 4, 13", "lte 2 4 13"),
        ("LTE bands 2 4 13", "lte 2 4 13"),
        ("LTE B 2/4/13", "lte 2 4 13"),
        ("LTE (Band 2, Band 4 and Band 13)", "lte 2 4 13"),
        ("LTE band 2(1900), 4(1700/2100), 13(700)", "lte 2 4 13"),
        ("LTE 1900 (B2), 1700 (B4), 700(13)", "lte 2 4 13"),
        ("LTE B2:1900 B4:1700 B13:700", "lte 2 4 13"),
        ("LTE 1800MHz(Band3)/2600MHz(Band7)", "lte 3 7"),
        ("FDD-LTE 900/1800/2100MHz", "lte 1 3 8"),
        ("FDD-LTE III / VII / XX", "lte 3 7 20"),
        ("FDD: B1/B3 TDD: B40", "lte 1 3 40"),
        ("LTE Bands 38-41", "lte 38 39 40 41"),
        ("LTE 1-3, 7", "lte 1 2 3 7"),
        ("LTE B28a&b, B41 (120MHz), B1", "lte 1 28 41"),
        ("LTE B12/\n  B17/\n  B66", "lte 12 17 66"),
        ("| LTE | B5/B8 |", "lte 5 8"),
        ("LTE Cat-M1: B4, B12", "lte 4 12"),
        ("bands 12 and 71 LTE", "lte 12 71"),
        ("B1/B28/B41", "lte 1 28 41"),
        ("LTE AWS", "lte 4"),
        ("TD-LTE 1900/2300/2500", "lte 39 40 41"),
        ("UMTS 850/900/1900/2100", "umts 1 2 5 8"),
        ("HSPA+ @ 850/AWS/1900", "umts 2 4 5"),
        ("HSDPA 1700(AWS)/850", "umts 4 5"),
        ("UMTS (850, 1700/2100, 1900 MHz)", "umts 2 4 5"),
        ("WCDMA I / V / VIII", "umts 1 5 8"),
        ("UMTS W-I, W-IV", "umts 1 4"),
        ("850/2100MHz@UMTS", "umts 1 5"),
        ("Band 2, 4 (LTE); band 5 (UMTS)", "umts 5 / lte 2 4"),
        ("2G: 900/1800 - 3G: 900/2100 - 4G: 3/7", "gsm 900 1800 / umts 1 8 / lte 3 7"),
        ("900/1800 MHz GSM, 900/2100 MHz WCDMA", "gsm 900 1800 / umts 1 8"),
        ("GSM 850.900.1800", "gsm 850 900 1800"),
        ("GSM: B3/5/8", "gsm 850 900 1800"),
        ("GSM 850/EGSM/DCS/PCS", "gsm 850 900 1800 1900"),
        ("EGSM900, DCS 1800", "gsm 900 1800"),
        ("GSM (MHz): 900/1800", "gsm 900 1800"),
        ("GSM 900-1800", "gsm 900 1800"),
        ("Quad-band GSM", "gsm 850 900 1800 1900"),
        ("Quad-band GSM: 900, 1800", "gsm 900 1800"),
        ("CDMA BC0/BC1, BC10", "cdma BC0 BC1 BC10"),
        ("CDMA 800/1900 MHz", "cdma BC0 BC1"),
        ("EVDO/CDMA:BCO", "cdma BC0"),
        ("TD-SCDMA B34/B39", "tdscdma 34 39"),
        ("TD-SCDMA 1880/2010", "tdscdma 34 39"),
        ("TD-SCDMA 1880-1920 / 2010-2025", "tdscdma 34 39"),
        ("TD-SCDMA 1900 (F), 2000 (A)", "tdscdma 34 39"),
        ("5G NR n1/n28/n78", "nr 1 28 78"),
        ("5G: N1/28/78 SA/NSA", "nr 1 28 78"),
        ("5G SA: n41 NSA: n41/n77", "nr 41 77"),
        ("4G B3/B7, 5G n3/n78", "lte 3 7 / nr 3 78"),
        ("支持频段：GSM：B3/B8；WCDMA：B1；FDD-LTE：B3、B7", "gsm 900 1800 / umts 1 / lte 3 7"),
        ("Bandes 4G : 3, 7 et 20", "lte 3 7 20"),
        ("Bandas LTE 4 y 28", "lte 4 28"),
        ("Частоты LTE: B3, B7 и B20", "lte 3 7 20"),
        ("GSM 900/1800 МГц", "gsm 900 1800"),
        ("LTE В3, В7", "lte 3 7"),  # Cyrillic В
        ("ＬＴＥ：Ｂ３／Ｂ７", "lte 3 7"),
        ("4G: B3/B7/204G LTE TDD: B40", "lte 3 7 20 40"),  # a line break got lost
        ("LTE B3\\nGSM 900", "gsm 900 / lte 3"),
        ("2 G: 900, 3 г: 2100, 4Г: 7/20", "gsm 900 / umts 1 / lte 7 20"),
        ("4G：3／7；2G：900、1800", "gsm 900 1800 / lte 3 7"),
        ("LTE Band 12 700 MHz, band 2 1900 MHz", "lte 2 12"),
        ("LTE: Bande 3 - 1800 MHz; Bande 20 - 800 MHz", "lte 3 20"),
        ("LTE 12 (700 a), 17 (700 b/c), 2 (1900 PCS)", "lte 2 12 17"),
        ("5G 3.5 GHz (n78)", "nr 78"),
        ("WCDMA B1 - 2100, B8 - 900", "umts 1 8"),
        ("LTE 1/3 - UMTS 1/8 - 2G 900/1800", "gsm 900 1800 / umts 1 8 / lte 1 3"),
        ("LTE 1.800/2.600 MHz", "lte 3 7"),
        ("LTE B3, B8, B28AB", "lte 3 8 28"),
        ("UMTS W1/W8", "umts 1 8"),
        ("HSPA FDD1/FDD8", "umts 1 8"),
        ("WCDMA: B1; FDD Band: B3", "umts 1 / lte 3"),
        ("LTE B1¹, B3², B20*, 38*, 40", "lte 1 3 20 38 40"),
        ("GSM 900\\1800", "gsm 900 1800"),
        ("Pasma LTE: 3, 7 i 20", "lte 3 7 20"),
        ("LTE 3, 7 sowie 20", "lte 3 7 20"),
        ("CDMA Band Class 0, 1", "cdma BC0 BC1"),
        ("GSM quad-band, UMTS 900", "gsm 850 900 1800 1900 / umts 8"),
        ("B3/B7 LTE, B1/B8 WCDMA", "umts 1 8 / lte 3 7"),
        ("Acme 4G LTE band 13, Other band 17", "lte 13 17"),
        ("CA_3A-7A, CA_20A; DC_1A_n78A", "lte 1 3 7 20 / nr 78"),
    ],
)
def test_spellings(text, expected):
    """
    Bands are read in every usual spelling.
    """
    assert expected == bands(text)


@pytest.mark.parametrize(
    ("text", "expected", "ignored"),
    [
        ("HSPA 42.2/11.5 Mbps, LTE Cat6 300/50 Mbps", "none", {"42.2/11.5 Mbps": "speed", "6": "category"}),
        ("LTE B3, up to 20/5 Mb/s", "lte 3", {"20/5 Mb/s": "speed"}),
        ("HSDPA 21", "none", {"21": "speed"}),
        ("HSPA+ 21/11", "none", {"21": "speed", "11": "speed"}),
        ("LTE B2/B4/B12, B71 is not listed", "lte 2 4 12", {"B71": "denied"}),
        ("LTE B2/B4, no B12/B17", "lte 2 4", {"B12": "denied", "B17": "denied"}),
        ("EDGE class 12, LTE B5", "lte 5", {"12": "category"}),
        ("LTE B5 4x4 MIMO 256QAM", "lte 5", {"4x4": "antenna", "256QAM": "modulation"}),
        ("LTE 4 x 4 MIMO", "none", {"4": "number without a technology"}),
        ("Wi-Fi 802.11 b/g/n 2.4G/5G, 4G B3/B7", "lte 3 7", {"5G": "generation"}),
        ("5G Wi-Fi, LTE B3", "lte 3", {"5G": "generation"}),
        ("LTE B3, BeiDou B1", "lte 3", {"B1": "satellite"}),
        ("LTE B3, Bluetooth 5.1", "lte 3", {"5.1": "short range"}),
        ("LTE 2/4, 2/32GB, 6 inch", "lte 2 4", {"2/32GB": "size", "6 inch": "size"}),
        ('4G LTE 5.7" 3GB', "none", {'5.7"': "size", "3GB": "size"}),
        ("LTE B7 12MP 3000 mAh", "lte 7", {"12MP": "camera", "3000 mAh": "power"}),
        ("LTE 2, 4 $99", "lte 2 4", {"99": "price"}),
        ("LTE 2, 4, 99 EUR", "lte 2 4", {"99 EUR": "price"}),
        ("LTE Snapdragon 425, Android 7.1", "none", {"425": "chipset", "7.1": "release"}),
        ("3GPP Release 8 LTE B7", "lte 7", {"8": "release"}),
        ("GSM Quad Core phone 2 SIM", "none", {"2": "number without a technology"}),
        ("Dual SIM 4G+3G", "none", {}),
        ("SIM 1: LTE B3, SIM 2: GSM 900", "gsm 900 / lte 3", {"1": "SIM", "2": "SIM"}),
        ("AB-C123D LTE B3", "lte 3", {"AB-C123D": "model number"}),
        ("Acme N78 3G", "none", {"N78": "number without a technology"}),
        ("LTE delivery 3-5 days", "none", {"3-5 days": "count"}),
        ("LTE 2300-2400 MHz", "none", {"2300-2400 MHz": "frequency range"}),
        ("LTE Band 20: Tx: 832-862 MHz", "lte 20", {"832-862 MHz": "frequency range"}),
        ("LTE 20MHz carriers", "none", {"20MHz": "bandwidth"}),
        ("2019-05-20 LTE B3", "lte 3", {"2019-05-20": "date"}),
        ("990000000000000 LTE B3", "lte 3", {"990000000000000": "model number"}),
        ("1, 3, 20", "none", dict.fromkeys(["1", "3", "20"], "number without a technology")),
        ("850/900 MHz", "none", dict.fromkeys(["850", "900 MHz"], "number without a technology")),
        ("LTE B3/B15/B825", "lte 3", {"B15": "no such band", "B825": "no such band"}),
        ("GSM 800", "none", {"GSM 800": "no such band"}),
        ("LTE B3 5/10/20 MHz", "lte 3", {"5/10/20 MHz": "bandwidth"}),
        ("4G LTE, charger 5V 2A-3A", "none", {"2A": "number without a technology"}),
        ("Acme W3 LTE B3, B7", "lte 3 7", {"W3": "number without a technology"}),
        ("Mi Band 4 LTE watch", "none", {"4": "number without a technology"}),
    ],
)
def test_what_is_no_band(text, expected, ignored):
    """
    Speeds, sizes, prices, classes and names are no bands, and the reading says what they are.
    """
    found = whys(text)

    assert expected == bands(text)
    assert {key.removeprefix("GSM "): why for key, why in ignored.items()}.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HSPA+ 21Mbps 900/2100", "umts 1 8"),
        ("LTE Cat.6 (300/50 Mbps) 1800/2600 MHz", "lte 3 7"),
        ("EDGE class 12 900/1800 MHz", "gsm 900 1800"),
        ("HSDPA 7.2 Mbps 2100 MHz", "umts 1"),
        ("4G phone for Spain on 1800 and 2600 MHz", "lte 3 7"),
        ("LTE bands (Acme): 2/4/71", "lte 2 4 71"),
        ("Bande LTE supportate: 3, 7, 20", "lte 3 7 20"),
        ("4G LTE cat. 4 (bande 3/7/20)", "lte 3 7 20"),
        ("LTE Cat. 4: band 3, band 7", "lte 3 7"),
        ("5G: SA/NSA - n1, n78", "nr 1 78"),
        ("LTE phone, 1800 MHz processor", "none"),
        ("LTE phone. 850/1900 MHz", "none"),
        ("LTE B3, B7; 850/900/1800 MHz", "lte 3 7"),
        ("LTE phone, slots: 2/3", "none"),
        ("LTE camera: 8/2 MP", "none"),
        ("LTE router, GPU 600/850 MHz", "none"),
        ("LTE phone with 600/900 nits", "none"),
        ("LTE router ports: 1/2/3/4", "none"),
        ("LTE B3, Mi Band 4", "lte 3"),
    ],
)
def test_lists_apart_from_their_heading(text, expected):
    """
    Frequencies in the sentence of a heading are its own, and so are numbers behind a colon; all else is not.
    """
    assert expected == bands(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| Model | LTE-FDD | LTE-TDD | UMTS |\n|---|---|---|---|\n| A | B3/B7 | B38 | B1/B8 |",
            "umts 1 8 / lte 3 7 38",
        ),
        ("Net | 2G | 3G | 4G\nAll | 900/1800 | 900/2100 | 3, 7", "gsm 900 1800 / umts 1 8 / lte 3 7"),
        ("| GSM | LTE | Colour |\n| 900 | 3 | B5 |", "gsm 900 / lte 3"),
        ("| GSM | LTE |\n| 900 | 3 |\n\nUMTS B8", "gsm 900 / umts 8 / lte 3"),
        ("| GSM | 900/1800 |\n| LTE | 3, 7 |", "gsm 900 1800 / lte 3 7"),
        ("| LTE | B3 | B7 |\n| UMTS | B1 | B8 |", "umts 1 8 / lte 3 7"),
    ],
)
def test_tables(text, expected):
    """
    The head of a table's column holds for the cells below it, and no longer.
    """
    assert expected == bands(text)


@pytest.mark.parametrize(
    ("text", "expected", "denied"),
    [
        ("LTE B3/B7, B20 not supported", "lte 3 7", ["B20"]),
        ("LTE B3/B7; B20/B28 not supported", "lte 3 7", ["B20", "B28"]),
        ("LTE B20/B28 not supported", "none", ["B20", "B28"]),
        ("4G B3/B7（不支持B20）", "lte 3 7", ["B20"]),
        ("LTE B3, B7 (missing B20)", "lte 3 7", ["B20"]),
        ("LTE B3/B7. Does not support band 20.", "lte 3 7", ["20"]),
        ("4G LTE 3/7 without band 20", "lte 3 7", ["20"]),
        ("LTE B3, B7, kein B20", "lte 3 7", ["B20"]),
        ("LTE B3, B7, aber nicht B20", "lte 3 7", ["B20"]),
        ("4G : B3, B7 ; pas de B20", "lte 3 7", ["B20"]),
    ],
)
def test_denials(text, expected, denied):
    """
    What a text says is not there is no band, and nothing else is lost by it.
    """
    found = whys(text)

    assert (expected, denied) == (bands(text), [key for key, why in found.items() if why == "denied"])


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("LTE 800", None, [("LTE 800", (18, 19, 20, 26, 27), 20)]),
        ("LTE 800", "jp", [("LTE 800", (18, 19, 20, 26, 27), 19)]),
        ("LTE 800", "US", [("LTE 800", (18, 19, 20, 26, 27), 26)]),
        ("LTE: 700", None, [("700", (12, 13, 14, 17, 28, 29, 67, 68, 85), 28)]),
        ("LTE: 700", "us", [("700", (12, 13, 14, 17, 28, 29, 67, 68, 85), None)]),
        ("LTE 1900", None, [("LTE 1900", (2, 25, 39), 2)]),
        ("FDD-LTE: 1900", None, [("1900", (2, 25), 2)]),
        ("LTE: 2300, 1800(B3)", None, []),
        ("LTE: 700(B12), 1900(B2), 2300", None, [("2300", (30, 40), 40)]),
        ("LTE: 2300, 2600", None, [("2600", (7, 38, 41), 7)]),
        ("TD-LTE: 2600", "cn", [("2600", (38, 41), 41)]),
        ("UMTS: 800", None, [("800", (6, 19), None)]),
        ("UMTS: 800", "jp", [("800", (6, 19), 19)]),
        ("UMTS: 1700", "jp", [("1700", (4, 9, 10), 9)]),
        ("UMTS: 1700/2100", None, [("1700", (4, 9, 10), 4), ("2100", (1, 4), None)]),
        ("CDMA: 1700", "kr", [("1700", (4, 14, 15), 4)]),
        ("Dual-band GSM", None, [("Dual-band", (850, 900, 1800, 1900), None)]),
        ("GSM: 850.900", None, [("850.900", (850, 900), None)]),
        ("LTE: 20, 2526, 28", None, [("2526", (25, 26), None)]),
        ("FDD-LTE B1/B3/700", None, [("700", (12, 13, 14, 17, 28, 29, 67, 68, 85), 28)]),
        ("LTE 700c/1800", None, [("LTE 700c", (12, 13, 14, 17, 28, 29, 67, 68, 85), 28)]),
        ("GSM/UMTS: 850", None, [("850", (5,), 5)]),
        ("3G/4G: 900", None, [("900", (8,), 8)]),
    ],
)
def test_open_frequencies(text, region, expected):
    """
    A frequency that several bands share is ambiguous; where the phone is sold says which is preferred.
    """
    assert expected == opened(text, region=region)


@pytest.mark.parametrize(
    ("text", "named", "absent"),
    [
        ("GSM / HSPA / LTE", [Rat.GSM, Rat.UMTS, Rat.LTE], []),
        ("4G+3G", [Rat.UMTS, Rat.LTE], []),
        ("3G TD-SCDMA", [Rat.TDSCDMA], []),
        ("UMTS: Yes", [Rat.UMTS], []),
        ("4G LTE B3", [], []),
        ("No LTE", [], [Rat.LTE]),
        ("LTE: N/A", [], [Rat.LTE]),
        ("LTE - no", [], [Rat.LTE]),
        ("4G: not supported", [], [Rat.LTE]),
        ("does not support NR", [], [Rat.NR]),
        ("不支持CDMA", [], [Rat.CDMA]),
        ("LTE no contract", [Rat.LTE], []),
        ("no LTE on SIM 2, LTE B3 on SIM 1", [], []),
    ],
)
def test_technologies_without_bands(text, named, absent):
    """
    A technology that is named without bands is unknown; one that the text denies is absent.
    """
    reading = read_bands(text)

    assert (named, absent) == (list(reading.rats), list(reading.absent))


def test_spans():
    """
    A token points at its place; a heading right before it and a bracket behind it are part of it.
    """
    text = "Acme: LTE 700, 1800 (B3), Cat 6"
    reading = read_bands(text)

    assert [("LTE 700", (6, 13))] == [(one.text, one.span) for one in reading.ambiguous]
    assert [("1800 (B3", (15, 23))] == [(one.text, one.span) for one in reading.found]
    assert [("6", (30, 31))] == [(one.text, one.span) for one in reading.ignored]
    assert ["Acme", "Cat"] == [text[slice(*span)] for span in reading.words]


def test_as_json():
    """
    All six RATs are there, CDMA's bands as classes, and JSON takes it.
    """
    found = read_bands("GSM 850, CDMA BC0, LTE 700").to_dict()

    assert {"gsm": [850], "cdma": ["BC0"], "tdscdma": [], "umts": [], "lte": [], "nr": []} == found["bands"]
    assert [
        {
            "text": "LTE 700",
            "rat": "lte",
            "candidates": [12, 13, 14, 17, 28, 29, 67, 68, 85],
            "prefer": 28,
            "span": [19, 26],
        }
    ] == found["ambiguous"]
    assert found == json.loads(json.dumps(found))


def test_what_is_known():
    """
    Settled bands are certain, candidates possible; a named RAT is unknown, a denied one known to be none.
    """
    known = read_bands("UMTS 850/1700, LTE, no NR, GSM 900").known

    umts = BandSet.from_numbers(Rat.UMTS, [5])
    assert {
        Rat.GSM: KnownBands.exactly(BandSet.from_numbers(Rat.GSM, [900])),
        Rat.UMTS: KnownBands(umts, umts | BandSet.from_numbers(Rat.UMTS, [4, 9, 10])),
        Rat.LTE: KnownBands.unknown(Rat.LTE),
        Rat.NR: KnownBands(),
    } == known


def test_modes():
    """
    NR's modes and CDMA's EV-DO are read where the text has them.
    """
    reading = read_bands("5G n78 SA/NSA, CDMA 1xEV-DO 800")

    assert (frozenset({"sa", "nsa"}), True) == (reading.nr_modes, reading.evdo)
    assert (None, None) == ((silent := read_bands("LTE B3")).nr_modes, silent.evdo)


@pytest.mark.parametrize("rat", list(Rat), ids=lambda rat: rat.value)
def test_defined_bands_fit_the_model(rat):
    """
    Every band that a reader can find is one that a `BandSet` can hold.
    """
    assert sorted(DEFINED[rat]) == BandSet.from_numbers(rat, DEFINED[rat]).numbers(rat)
