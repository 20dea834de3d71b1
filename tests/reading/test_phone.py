"""
A reading as the phone that it describes.
"""

from __future__ import annotations

import pytest

from bandcheck.model.bands import BandSet, Rat
from bandcheck.reading.modem import read_modem
from bandcheck.reading.phone import capability_of, passed_over
from bandcheck.reading.text import read_bands


def test_what_a_text_settles_is_certain_and_what_it_leaves_open_possible() -> None:
    """
    `LTE 700` is no band for certain; 12 and 28 are possible, 3 is not.
    """
    bands = capability_of(read_bands("LTE B4, LTE 700")).bands
    assert bands.at_least == BandSet.parse("lte 4")
    assert BandSet.parse("lte 4 12 28") <= bands.at_most.only(Rat.LTE)
    assert not bands.at_most & BandSet.parse("lte 3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GSM 900/1800, WCDMA B1/B8, LTE B3", (Rat.CDMA, Rat.TDSCDMA, Rat.NR)),
        ("GSM 900/1800, WCDMA B1/B8", (Rat.CDMA, Rat.TDSCDMA, Rat.LTE, Rat.NR)),
        ("GSM 900, LTE B3", (Rat.NR,)),
        ("GSM 900, LTE B3, 5G", ()),
        ("LTE B3", ()),
        ("", ()),
    ],
)
def test_a_description_of_several_generations_is_a_whole_one(text: str, expected: tuple[Rat, ...]) -> None:
    """
    Its silence on a newer RAT means none; a single list's silence means nothing.
    """
    assert passed_over(read_bands(text)) == expected


def test_what_nobody_speaks_of_is_unknown() -> None:
    """
    A text about LTE leaves UMTS open.
    """
    bands = capability_of(read_bands("LTE B3")).bands
    assert bands.is_unknown(Rat.UMTS)
    assert not bands.is_unknown(Rat.LTE)


def test_modes_of_nr_come_with_it() -> None:
    """
    `NSA` alone: no standalone.
    """
    capability = capability_of(read_bands("5G NSA: n1, n78; LTE B1, B3"))
    assert (capability.nsa, capability.sa) == (True, False)


def test_a_mask_of_64_bits_says_nothing_of_band_66() -> None:
    """
    Band 66 stays possible, 8 is not in the mask and is impossible.
    """
    short = capability_of(read_modem("80a", input_format="lte-mask-hex")).bands.at_most
    assert BandSet.parse("lte 2 4 12 66") <= short
    assert not short & BandSet.parse("lte 8")
