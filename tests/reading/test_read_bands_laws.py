"""
Laws of `read_bands` that hold for any text.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bandcheck.model.bands import GSM_BANDS, BandSet, Rat
from bandcheck.reading.frequencies import DEFINED
from bandcheck.reading.lexer import fold
from bandcheck.reading.reading import BandReading
from bandcheck.reading.text import read_bands
from bandcheck.reading.vocabulary import BANDS, CUES, FOREIGN, HEADS, MANY, NAMES, NO, ROMAN, UNITS
from strategies import band_sets

READABLE = BandSet()
for _rat, _numbers in DEFINED.items():
    READABLE |= BandSet.from_numbers(_rat, _numbers)

GENERATIONS = st.sampled_from([None, "2g", "3g", "4g", "5g"])

_NUMBERS = """1 3 7 28 41 78 850 1700 1900 2100 2526 7654321 4.1 42.2 850.900 1-9 38-41 880-915 1700/2100 2019-05-20
B1 B3 n78 BC0 28a 784g 16g 64GB X100LTE n/a SIM for LTE GSM UMTS ( ) [ ] | / , ; : - + & $ € @ . " <br> &#1045;"""

PIECES = [
    *sorted({*HEADS, *UNITS, *CUES, *FOREIGN, *NAMES, *MANY, *ROMAN, *NO, *BANDS}),
    *_NUMBERS.split(),
    *("\n", "\\n", "İ", "ß", "²", "٣", "３", "Ⅷ", "三", "\x00", "\ud800", " - "),
]

texts = st.one_of(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "/", ", "])), max_size=12).map(
        lambda pieces: "".join(part for piece in pieces for part in piece)
    ),
    st.text(max_size=60),
)


def spans(reading: BandReading) -> list[tuple[int, int]]:
    tokens = [one.span for group in (reading.found, reading.ambiguous, reading.ignored) for one in group]
    return sorted([*tokens, *reading.words])


@given(text=texts, generation=GENERATIONS)
@settings(max_examples=150)
def test_every_token_is_somewhere_once(text, generation):
    """
    All letters and digits of any text lie in exactly one of found, ambiguous, ignored and words.
    """
    reading = read_bands(text, generation=generation)

    covered = [place for first, end in spans(reading) for place in range(first, end)]
    letters = {place for place, char in enumerate(text) if char.isalnum()}
    assert len(covered) == len(set(covered))
    assert letters <= set(covered)


@given(text=texts, generation=GENERATIONS)
@settings(max_examples=60)
def test_tokens_quote_the_text(text, generation):
    """
    Every token is the part of the text that it points at, and all of a reading can be asked for.
    """
    reading = read_bands(text, generation=generation)

    for one in (*reading.found, *reading.ambiguous, *reading.ignored):
        assert text[slice(*one.span)] == one.text
    assert set(reading.bands.rats) <= reading.known.keys()
    assert [group.label for group in reading.groups] == [group["label"] for group in reading.to_dict()["groups"]]


@given(text=texts, generation=GENERATIONS)
@settings(max_examples=60)
def test_only_real_bands(text, generation):
    """
    What is found or possible is a band that 3GPP or 3GPP2 defines.
    """
    reading = read_bands(text, generation=generation)

    assert reading.bands <= READABLE
    for one in reading.ambiguous:
        assert BandSet.from_numbers(one.rat, one.candidates) <= READABLE
        assert one.prefer is None or one.prefer in one.candidates


@given(text=st.text())
def test_folding_moves_nothing(text):
    """
    A folded text has every character at its place.
    """
    assert len(text) == len(fold(text))


TITLES = {
    Rat.GSM: "GSM",
    Rat.CDMA: "CDMA",
    Rat.TDSCDMA: "TD-SCDMA",
    Rat.UMTS: "WCDMA",
    Rat.LTE: "LTE",
    Rat.NR: "5G NR",
}


def listed(wanted: BandSet, number: str, between: str, heading: str, lists: str) -> str:
    """
    A band set as a sheet would print it.
    """
    style = {Rat.GSM: "{}", Rat.CDMA: "BC{}", Rat.NR: "n{}" if "B" in number else number}
    return lists.join(
        heading.format(TITLES[rat]) + between.join(style.get(rat, number).format(n) for n in wanted.numbers(rat))
        for rat in wanted.rats
    )


@given(wanted=band_sets(among=READABLE))
def test_the_models_own_spelling(wanted):
    """
    What `str` prints is read back.
    """
    assert wanted == read_bands(str(wanted)).bands


@given(
    number=st.sampled_from(["{}", "B{}"]),
    between=st.sampled_from([", ", "/", " / ", ",", " & "]),
    heading=st.sampled_from(["{}: ", "{} bands: ", "{} (", "{}："]),
    lists=st.sampled_from(["\n", "; ", " | ", ", ", ") "]),
    wanted=band_sets(among=READABLE),
)
@settings(max_examples=150)
def test_usual_spellings(number, between, heading, lists, wanted):
    """
    A band set printed as sheets do is read back.
    """
    assert wanted == read_bands(listed(wanted, number, between, heading, lists)).bands


@given(wanted=band_sets([Rat.LTE], READABLE))
def test_columns(wanted):
    """
    A bare list in the column of its generation is read back.
    """
    assert wanted == read_bands(", ".join(map(str, wanted.numbers(Rat.LTE))), generation="4g").bands


@given(wanted=band_sets([Rat.GSM], READABLE), joined=st.sampled_from([" / ", "/", ", "]))
def test_frequencies(wanted, joined):
    """
    GSM's frequencies are its bands.
    """
    assert wanted <= BandSet.from_numbers(Rat.GSM, GSM_BANDS)
    assert wanted == read_bands("GSM " + joined.join(map(str, wanted.numbers(Rat.GSM))) + " MHz").bands


NOISE = [
    *("42.2/5.76 Mbps", "150/50Mbps", "Cat 4", "Cat.6", "$119", "€ 7", "12 EUR", "5.5 inch", "8GB", "3/32GB", "13MP"),
    *(
        "4x4 MIMO",
        "64QAM",
        "3000 mAh",
        "Android 7.1",
        "Bluetooth 5.1",
        "Wi-Fi 2.4G/5G",
        "GPS B1",
        "2019-05-20",
        "23dBm",
    ),
]


@given(
    wanted=band_sets(among=READABLE, max_size=6),
    noise=st.lists(st.sampled_from(NOISE), min_size=1, max_size=3),
    where=st.sampled_from(["{0}, {1}", "{1}, {0}", "{0} {1}", "{1} {0}", "{0}\n{1}", "{1}; {0}", "{0} - {1}"]),
)
def test_noise_adds_no_band(wanted, noise, where):
    """
    A speed, price or size beside a list adds no band and loses none.
    """
    text = where.format(listed(wanted, "B{}", "/", "{}: ", "; "), " ".join(noise))
    assert wanted == read_bands(text).bands


@given(wanted=band_sets(among=READABLE), data=st.data())
def test_line_breaks_lose_no_band(wanted, data):
    """
    A text broken in lines at its separators has the same bands.
    """
    text = listed(wanted, "B{}", ", ", "{}: ", "; ")
    places = [place for place, char in enumerate(text) if char == " "]
    broken = list(text)
    for place in data.draw(st.sets(st.sampled_from(places))) if places else ():
        broken[place] = "\n"
    assert wanted == read_bands("".join(broken)).bands


HOSTILE = [
    "1",
    "1/",
    "(",
    "LTE (",
    "1(",
    "1-",
    "1.",
    "a",
    "LTE ",
    "LTE 1 - ",
    "1,\n",
    "no LTE ",
    "频",
    "1700/2100,",
    "[B1",
    "x-1",
]


def steps(text: str) -> int:
    """
    Lines of Python that reading a text takes.
    """
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read_bands(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece):
    """
    Twice as much of what breaks such readers takes twice as many steps.
    """
    once, twice = (steps("LTE " + piece * times) for times in (100, 200))

    assert twice <= 2 * once + 100


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_texts_are_read(piece):
    """
    However much there is of it, no more tokens come of it than it has characters, and each is somewhere.
    """
    text = piece * (10_000 // len(piece))
    found = spans(read_bands(text))

    assert len(found) <= len(text)
    assert sum(char.isalnum() for char in text) <= sum(end - first for first, end in found)
