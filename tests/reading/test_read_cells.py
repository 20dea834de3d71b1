"""
Cells of spec sheets: bare lists, several lines, labels.
"""

from __future__ import annotations

import pytest

from bandcheck.model.bands import BandSet, KnownBands, Rat
from bandcheck.reading.text import read_bands


def told(cell: str, generation: str) -> list[tuple[str | None, tuple[str, ...], str]]:
    """
    The groups of a cell: label, models, settled bands.
    """
    return [
        (group.label, group.models, str(BandSet(sum(known.at_least.mask for known in group.known.values()))))
        for group in read_bands(cell, generation=generation).groups
    ]


@pytest.mark.parametrize(
    ("cell", "generation", "expected"),
    [
        ("900 / 1800", "2g", "gsm 900 1800"),
        ("GSM 900 / 1800 - SIM 1 & SIM 2", "2g", "gsm 900 1800"),
        ("GSM 900 / 1800 | CDMA 800", "2g", "gsm 900 1800 / cdma BC0"),
        ("850 / 2100", "3g", "umts 1 5"),
        ("HSDPA 900 / 2100 & CDMA2000 1xEV-DO; TD-SCDMA", "3g", "umts 1 8"),
        ("HSDPA 1700 / 2100 or HSDPA 850 / 2100", "3g", "umts 1 5"),
        ("HSDPA 850 / 1900 (Bands 2, 5)", "3g", "umts 2 5"),
        ("3, 7, , 20,", "4g", "lte 3 7 20"),
        ("7", "4g", "lte 7"),
        ("3, 7, B40", "4g", "lte 3 7 40"),
        ("LTE 1800 / 2600 TD-LTE 2300 / 2600", "4g", "lte 3 7 40"),
        ("1, 28A, 78 SA/NSA/Sub6/mmWave", "5g", "nr 1 28 78"),
    ],
)
def test_columns(cell, generation, expected):
    """
    The column says whose a bare list is.
    """
    assert expected == str(read_bands(cell, generation=generation).bands)


@pytest.mark.parametrize(
    ("cell", "generation", "absent", "named"),
    [
        ("N/A", "2g", (Rat.GSM, Rat.CDMA), ()),
        ("No", "4g", (Rat.LTE,), ()),
        ("N/A", "5g", (Rat.NR,), ()),
        ("GSM - N/A", "2g", (Rat.GSM,), ()),
        ("LTE", "4g", (), (Rat.LTE,)),
        ("LTE (unspecified)", "4g", (), (Rat.LTE,)),
        ("SA/NSA", "5g", (), (Rat.NR,)),
        ("3, 7 N/A", "4g", (), ()),
        ("No voice calls", "2g", (), ()),
    ],
)
def test_absence(cell, generation, absent, named):
    """
    `N/A`, `LTE` and an empty list are different statements.
    """
    reading = read_bands(cell, generation=generation)

    assert (absent, named) == (reading.absent, reading.rats)


@pytest.mark.parametrize(
    ("cell", "generation", "expected"),
    [
        ("3, 7", "4g", [(None, (), "lte 3 7")]),
        ("3, 7 - International", "4g", [("International", (), "lte 3 7")]),
        (
            "3, 7 - Europe (X100) | 2, 4 - for Acme",
            "4g",
            [("Europe (X100)", ("X100",), "lte 3 7"), ("for Acme", (), "lte 2 4")],
        ),
        ("3, 7 - 7654321 | 40", "4g", [("7654321", ("7654321",), "lte 3 7"), (None, (), "lte 40")]),
        ("900 / 2100 - AB-12C/DS, AB-12D", "3g", [("AB-12C/DS, AB-12D", ("AB-12C/DS", "AB-12D"), "umts 1 8")]),
        ("GSM 900 / 1800 - SIM 1 & SIM 2 - X100", "2g", [("X100", ("X100",), "gsm 900 1800")]),
        ("GSM 900 / 1800 - SIM 1 & SIM 2 (dual-SIM only)", "2g", [(None, (), "gsm 900 1800")]),
        ("GSM 900 / 1800 for Brazil", "2g", [("for Brazil", (), "gsm 900 1800")]),
        ("GSM 900 | CDMA 800", "2g", [(None, (), "gsm 900 / cdma BC0")]),
        ("3, 7 -X100", "4g", [("X100", ("X100",), "lte 3 7")]),
        ("3, 7 - 42mm LTE version", "4g", [("42mm LTE version", (), "lte 3 7")]),
        ("CDMA 800 - X100 (CDMA), X200", "2g", [("X100 (CDMA), X200", ("X100", "X200"), "cdma BC0")]),
        ("3, 7 - X100LTE band 2(1900) - X200", "4g", [("X100", ("X100",), "lte 3 7"), ("X200", ("X200",), "lte 2")]),
        (
            "GSM 900 - for ChinaCDMA 800 - for Japan",
            "2g",
            [("for China", (), "gsm 900"), ("for Japan", (), "cdma BC0")],
        ),
        ("3, 7 - ЕМЕА", "4g", [("ЕМЕА", (), "lte 3 7")]),
    ],
)
def test_labels(cell, generation, expected):
    """
    A label says which variant a list is of; a place for a SIM card does not.
    """
    assert expected == told(cell, generation)


def test_variants_bound_each_other():
    """
    Where lists of several variants differ, only what all have is certain.
    """
    known = read_bands("1, 3 - X100 | 3, 7 - X200", generation="4g").known

    both, any_ = BandSet.from_numbers(Rat.LTE, [3]), BandSet.from_numbers(Rat.LTE, [1, 3, 7])
    assert {Rat.LTE: KnownBands(both, any_)} == known


def test_modes_of_a_group():
    """
    NR's modes and EV-DO are those of their line.
    """
    first, second = read_bands("78 SA/NSA - X100 | 78 NSA - X200", generation="5g").groups

    assert (frozenset({"sa", "nsa"}), frozenset({"nsa"})) == (first.nr_modes, second.nr_modes)
    assert [True] == [group.evdo for group in read_bands("CDMA2000 1xEV-DO - X100", generation="3g").groups]


def test_no_column_no_guess():
    """
    A bare list without a column or a technology is no band of anything.
    """
    reading = read_bands("1, 3, 7 - X100")

    assert (BandSet(), ()) == (reading.bands, reading.groups)
