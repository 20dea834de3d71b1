"""
Dumps made to be slow: `read_modem` takes them in time that grows with their length, and no faster.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from bandcheck.errors import UnreadableDumpError
from bandcheck.reading.modem import read_modem

MEGABYTE = 1_000_000

# Name: (start, what is repeated, end).
HOSTILE = {
    "digits": ("", "1", ""),
    "letters": ("", "f", ""),
    "round brackets": ("", "(", ""),
    "square brackets": ("", "[", ""),
    "curly brackets": ("", "{", ""),
    "closed brackets": ("", "[1,2,3,4,5,6,7,8,9,10] ", ""),
    "quotes": ("", '"', ""),
    "spaces": ("+CNBP:", " ", ""),
    "bars": ("", "|", ""),
    "lines": ("", "Bands |\n", ""),
    "answers": ("", "+CNBP:", ""),
    "quoted answers": ("", '^SCFG: "Radio/Band/4G",(', ""),
    "one answer": ('+QCFG: "band",', "(", ""),
    "commas": ("+XACT: ", ",", ""),
    "numbers": ("+XACT: 1,2,3,", "101,", ""),
    "long mask": ("+CNBP: 0x", "f", ""),
    "zeros": ("+CNBP: 0x", "0", ""),
    "indices": ("#BND: ", "0-99,", ""),
    "names": ("Bands | supported: ", "eutran-3, ", ""),
    "open lists": ("", '{"supported-bands":[', ""),
    "open strings": ("", '"supported-bands":"', ""),
    "huge integer": ('{"band": ', "9", "}"),
    "huge fraction": ('{"band": 0.', "9", "}"),
    "properties": ("", "[a.b]: [", ""),
    "cells": ("", "CellIdentityLte mBands=[", ""),
    "QMI lists": ("", "bands: '", ""),
    "rows": ("01,", "a", ""),
    "many rows": ("", ("01, a " + "0" * 15 + "\n"), ""),
    "hex words": ("", "0000000000000001 ", ""),
    "nulls": ("", "\0", ""),
    "headings": ("", "Band Mask", ""),
    "Sequans": ("", "EUTRA bands", ""),
}


def hostile(name: str, length: int) -> str:
    start, unit, end = HOSTILE[name]
    return start + unit * (length // len(unit)) + end


def told(text: str, input_format: str | None = None) -> str:
    """
    What kind of reading it is, or the error.
    """
    try:
        return read_modem(text, input_format=input_format).kind
    except UnreadableDumpError as error:
        return str(error)


def steps(text: str) -> int:
    """
    How many calls reading a text takes, of Python's functions and of those in C.
    """
    count = 0

    def profile(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        told(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", HOSTILE)
def test_steps_grow_with_length(name):
    """
    A text of twice the length takes at most about twice the steps.
    """
    assert steps(hostile(name, 4_000)) <= 2.2 * steps(hostile(name, 2_000)) + 100


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_comes_to_an_end(name):
    """
    A megabyte is read or refused, and nothing long of it comes back.
    """
    assert 0 < len(told(hostile(name, MEGABYTE))) < 1000


@pytest.mark.parametrize("name", ["digits", "letters", "spaces", "nulls"])
@pytest.mark.parametrize("asked", ["lte-mask-hex", "lte-mask-dec", "cinterion-4g"])
def test_a_megabyte_is_no_mask(name, asked):
    """
    A megabyte given as a mask is refused.
    """
    with pytest.raises(UnreadableDumpError):
        read_modem(hostile(name, MEGABYTE), input_format=asked)
