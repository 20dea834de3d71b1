"""
Band masks: each kind against known masks, and against masks written here bit by bit.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.errors import UnreadableDumpError
from bandcheck.model.bands import RATS, BandSet, Rat
from bandcheck.reading.modem import INPUT_FORMATS, read_modem
from bandcheck.reading.modem.masks import BARE_MASKS, DEFINED, LTE, decode, number_of, ranges

with Path(__file__).with_name("mask_vectors.csv").open(encoding="utf-8", newline="") as _file:
    VECTORS = list(csv.DictReader(_file))

GW_BITS = {
    (Rat.GSM, 1800): 7,
    (Rat.GSM, 900): 8,
    (Rat.GSM, 450): 16,
    (Rat.GSM, 480): 17,
    (Rat.GSM, 750): 18,
    (Rat.GSM, 850): 19,
    (Rat.GSM, 1900): 21,
    **{(Rat.UMTS, n): 21 + n for n in range(1, 7)},
    (Rat.UMTS, 7): 48,
    (Rat.UMTS, 8): 49,
    (Rat.UMTS, 9): 50,
    (Rat.UMTS, 19): 60,
    (Rat.UMTS, 11): 61,
    (Rat.CDMA, 0): 0,
    (Rat.CDMA, 1): 2,
    (Rat.CDMA, 5): 6,
    (Rat.CDMA, 10): 14,
    (Rat.CDMA, 12): 28,
    (Rat.CDMA, 15): 31,
    (Rat.CDMA, 19): 59,
}
QUECTEL_BITS = {
    **{(Rat.GSM, mhz): bit for bit, mhz in enumerate((900, 1800, 850, 1900))},
    **{(Rat.UMTS, n): 4 + bit for bit, n in enumerate((1, 2, 5, 8, 6, 4))},
}


def counting(rat: Rat, first: int, last: int) -> dict[tuple[Rat, int], int]:
    return {(rat, n): n - first for n in sorted(DEFINED[rat]) if first <= n <= last}


BITS = {
    "cinterion-4g": counting(Rat.LTE, 1, 32),
    "cinterion-4g-2": counting(Rat.LTE, 33, 64),
    "gw-mask-dec": GW_BITS,
    "gw-mask-hex": GW_BITS,
    "huawei-syscfgex-gw": GW_BITS,
    "huawei-syscfgex-lte": counting(Rat.LTE, 1, 64),
    "lte-mask-dec": counting(Rat.LTE, 1, 64),
    "lte-mask-hex": counting(Rat.LTE, 1, 64),
    "lte-mask-hex-128": counting(Rat.LTE, 1, 128),
    "lte-mask2-dec": counting(Rat.LTE, 65, 128),
    "lte-mask2-hex": counting(Rat.LTE, 65, 128),
    "nr-mask-dec": counting(Rat.NR, 1, 512),
    "nr-mask-hex": counting(Rat.NR, 1, 512),
    "nv1877-dec": GW_BITS,
    "nv6828-dec": counting(Rat.LTE, 1, 64),
    "quectel-qcfg-gw": QUECTEL_BITS,
    "sierra-gw": GW_BITS,
    "simcom-cnbp-gw": GW_BITS,
    "simcom-cnbp-lte": counting(Rat.LTE, 1, 64),
    "tds-mask-hex": {(Rat.TDSCDMA, 37): 2, (Rat.TDSCDMA, 38): 3, (Rat.TDSCDMA, 40): 4, (Rat.TDSCDMA, 39): 5},
    "umts-mask-hex": counting(Rat.UMTS, 1, 32),
}
"""Which bit stands for a band, by format."""


def band_set(bands: set[tuple[Rat, int]]) -> BandSet:
    found = BandSet()
    for rat, number in bands:
        found |= BandSet.from_numbers(rat, [number])
    return found


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['format']} {row['mask']}")
def test_known_masks(row):
    """
    A mask of a real modem gives the bands that its maker or another reader names.
    """
    reading = read_modem(row["mask"], input_format=row["format"])

    assert str(BandSet.parse(row["bands"])) == str(reading.bands)
    assert (row["format"], "at_most") == (reading.kind, reading.bound)


def test_every_bare_format_is_known_here():
    """
    The laws below leave no format out, and each has a name that `read_modem` takes.
    """
    assert set(BITS) == set(BARE_MASKS)
    assert set(BARE_MASKS) <= set(INPUT_FORMATS)


@pytest.mark.parametrize("name", BITS)
@settings(max_examples=30)
@given(data=st.data(), prefix=st.sampled_from(["", "0x", "0X"]), zeros=st.integers(0, 20))
def test_writing_and_reading_a_mask(name, data, prefix, zeros):
    """
    A mask written from any set of bands reads as that set, with or without 0x and leading zeros.
    """
    chosen = data.draw(st.sets(st.sampled_from(sorted(BITS[name], key=str)), min_size=1))
    value = sum(1 << BITS[name][band] for band in chosen)
    text = f"{prefix}{'0' * zeros}{value:x}" if BARE_MASKS[name].base == 16 else f"{'0' * zeros}{value}"

    reading = read_modem(text, input_format=name)

    assert band_set(chosen) == reading.bands
    assert () == reading.ambiguous
    assert (text,) == tuple({text[one.span[0] : one.span[1]] for one in reading.found})


@given(st.integers(0, 2**512 - 1))
def test_every_bit_is_accounted_for(value):
    """
    Each bit that is set is a band's or is reported, never both and never neither.
    """
    decoded = decode(LTE, value)
    places = {n for n in range(512) if value >> n & 1}

    assert places == {*decoded.undefined} | {n - 1 for n in decoded.bands.numbers(Rat.LTE)}
    assert {*decoded.undefined}.isdisjoint({n - 1 for n in decoded.bands.numbers(Rat.LTE)})


@pytest.mark.parametrize(
    ("name", "text", "bands", "note"),
    [
        ("lte-mask-hex", "c00a", "lte 2 4", "Bits of the LTE mask that stand for no band are ignored: 14, 15."),
        ("sierra-gw", "40400000", "umts 1", "Bits of the GSM/WCDMA mask that stand for no band are ignored: 30."),
        ("nr-mask-hex", "49", "nr 1 7", "Bits of the NR mask that stand for no band are ignored: 3."),
        (
            "tds-mask-hex",
            "3f",
            "tdscdma 33 34 35 36 37 38 39 40",
            "Every bit of the TD-SCDMA mask is set: that asks for 'all bands' and shows no capability.",
        ),
    ],
)
def test_what_is_not_believed(name, text, bands, note):
    """
    Bits without a band and masks with every bit set are said in a note.
    """
    reading = read_modem(text, input_format=name)

    assert BandSet.parse(bands) == reading.bands
    assert note in reading.notes


def test_only_undefined_bits():
    """
    A mask of undefined bits proves nothing, and bounds nothing.
    """
    reading = read_modem("4000", input_format="lte-mask-hex")

    assert (BandSet(), "at_least") == (reading.bands, reading.bound)
    assert ["unknown bits"] == [one.why for one in reading.ignored]
    assert {} == dict(reading.known)


@pytest.mark.parametrize(
    ("digits", "base", "value"),
    [
        ("0", 16, 0),
        ("0x", 16, None),
        ("x1", 16, None),
        ("", 16, None),
        ("", 10, None),
        ("0xF", 16, 15),
        ("000F", 16, 15),
        ("F", 10, None),
        ("12", 10, 12),
        ("-1", 10, None),
        ("٣", 10, None),
        ("1_0", 10, None),
        ("f" * 128, 16, 2**512 - 1),
        ("1" + "0" * 128, 16, None),
        ("0" * 100_000 + "1", 16, 1),
        (str(2**512 - 1), 10, 2**512 - 1),
        (str(2**512), 10, None),
        ("9" * 100_000, 10, None),
    ],
)
def test_numbers(digits, base, value):
    """
    Digits are a mask if they are all of the base and no more than the widest mask has.
    """
    assert value == number_of(digits, base)


@pytest.mark.parametrize("text", ["", "zz", "1 2", "f" * 10_000, "0x", "-1", "{}"])
@pytest.mark.parametrize("name", ["lte-mask-hex", "nv6828-dec", "cinterion-4g"])
def test_what_is_no_mask(name, text):
    """
    What is no number of the format's base and width is refused.
    """
    with pytest.raises(UnreadableDumpError):
        read_modem(text, input_format=name)


def test_mask_in_ucs2():
    """
    A Cinterion modem may answer in UCS-2 hexadecimal.
    """
    encoded = "0x080E08DF".encode("utf-16-be").hex()

    assert "lte 1 2 3 4 5 7 8 12 18 19 20 28" == str(read_modem(encoded, input_format="cinterion-4g").bands)


@pytest.mark.parametrize("rat", RATS)
def test_defined_numbers(rat, bands):
    """
    The numbers that masks may mean are those of the operating bands in the data.
    """
    listed = (bands / "spectrum" / f"{rat.value}.yaml").read_text(encoding="utf-8")

    assert sorted(DEFINED[rat]) == sorted(map(int, re.findall(r"^  - number: (\d+)", listed, re.MULTILINE)))


@given(st.sets(st.integers(0, 60)).map(sorted))
def test_ranges(numbers):
    """
    Shortened runs hold the same numbers.
    """
    found = []
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)

    assert numbers == found
