from __future__ import annotations

import pytest

from bandcheck.database.files.spectrum import read_spectrum
from bandcheck.database.spectrum_records import spectrum_of
from bandcheck.model.bands import Band, Rat
from file_cases import FileCase

HEAD = """\
rat: lte
bands:
  - number: 4
    duplex: fdd
    sources: [s]
"""
"""A table of one band in five lines; what a test adds stands in line 6."""


FILE = FileCase("lte.yaml", read_spectrum)
read, problems_of = FILE.read, FILE.problems_of


class TestRecord:
    def test_a_band_becomes_an_operating_band(self) -> None:
        """
        Names, edges, channels, doubt and sources arrive in the model's value.
        """
        text = """\
rat: lte
sources:
  s: {kind: standard, title: T}
bands:
  - number: 4
    names: ["1700", AWS]
    duplex: fdd
    uplink_khz: [1710000, 1755000]
    downlink_khz: [2110000, 2155000]
    channels:
      downlink:
        - {first: 1950, last: 2399, start_khz: 2110000, step_khz: 100}
      uplink:
        - {first: 19950, last: 20399, start_khz: 1710000, step_khz: 100, every: 5}
    trust: unverified
    note: Anything.
    sources: [s]
"""
        record, problems = read(text)
        band = spectrum_of({"lte": record})[Band(Rat.LTE, 4)]

        assert [] == problems
        assert (("1700", "AWS"), "fdd") == (band.names, band.duplex)
        assert ((1710000, 1755000), (2110000, 2155000)) == (band.uplink_khz, band.downlink_khz)
        assert (True, "", False, ("s",)) == (band.alone, band.why, band.verified, band.sources)
        assert (1950 in band.downlink[0], 2400 in band.downlink[0]) == (True, False)
        assert (19950 in band.uplink[0], 19951 in band.uplink[0], 19955 in band.uplink[0]) == (True, False, True)

    def test_a_band_that_carries_nothing_alone_says_why(self) -> None:
        """
        `alone: false` comes with its reason, and the missing direction is None.
        """
        text = """\
rat: lte
bands:
  - {number: 29, duplex: sdl, downlink_khz: [717000, 728000], alone: false, why: downlink only, sources: [s]}
"""
        record, problems = read(text)
        band = spectrum_of({"lte": record})[Band(Rat.LTE, 29)]

        assert [] == problems
        assert (False, "downlink only", None, (717000, 728000)) == (
            band.alone,
            band.why,
            band.uplink_khz,
            band.downlink_khz,
        )

    def test_the_raster_gives_every_number_a_frequency(self) -> None:
        """
        NR's global raster is read beside the bands.
        """
        record, problems = read(
            "rat: nr\nraster:\n  - {first: 0, last: 599999, start_khz: 0, step_khz: 5}\nbands: []\n"
        )

        assert [] == problems
        assert 2110.0 == spectrum_of({"nr": record}).frequency(Rat.NR, 422000)


class TestProblems:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("name: x", ["6 bands[0].name: unknown field `name`"]),
            ("names: 1700", ["6 bands[0].names: expected a list, got the number 1700"]),
            ("names: [1700]", ["6 bands[0].names[0]: expected text, got the number 1700"]),
            ("uplink_khz: 1710000", ["6 bands[0].uplink_khz: expected a list, got the number 1710000"]),
            ("uplink_khz: [1710000]", ["6 bands[0].uplink_khz: expected two rising numbers of kHz, got [1710000]"]),
            (
                "uplink_khz: [1755000, 1710000]",
                ["6 bands[0].uplink_khz: expected two rising numbers of kHz, got [1755000, 1710000]"],
            ),
            (
                "uplink_khz: [1710.5, 1755]",
                ["6 bands[0].uplink_khz: expected two rising numbers of kHz, got ['1710.5', 1755]"],
            ),
            (
                "uplink_khz: ['1710000', 1755000]",
                ["6 bands[0].uplink_khz: expected two rising numbers of kHz, got ['1710000', 1755000]"],
            ),
            ("uplink_khz: [-5, 5]", ["6 bands[0].uplink_khz: expected two rising numbers of kHz, got [-5, 5]"]),
            ("uplink_khz: [true, 5]", ["6 bands[0].uplink_khz: expected two rising numbers of kHz, got [True, 5]"]),
            ("uplink_mhz: [1710, 1755]", ["6 bands[0].uplink_mhz: unknown field `uplink_mhz`"]),
            ("alone: no", ["6 bands[0].alone: expected true or false, got 'no'"]),
            ("alone: false", ["6 bands[0].alone: it says that the band cannot carry service alone, and not why"]),
            ("trust: verified", ["6 bands[0].trust: expected one of unverified, got 'verified'"]),
            ("note: 5", ["6 bands[0].note: expected text, got the number 5"]),
            ("channels: []", ["6 bands[0].channels: expected a mapping, got a list"]),
            ("channels: {downlnk: []}", ["6 bands[0].channels.downlnk: unknown field `downlnk`"]),
            ("channels: {downlink: {first: 1}}", ["6 bands[0].channels.downlink: expected a list, got a mapping"]),
            (
                "channels: {downlink: [{first: 1}]}",
                [
                    "6 bands[0].channels.downlink[0]: `last` is missing",
                    "6 bands[0].channels.downlink[0]: `start_khz` is missing",
                    "6 bands[0].channels.downlink[0]: `step_khz` is missing",
                ],
            ),
            (
                "channels: {downlink: [{first: 9, last: 1, start_khz: 5, step_khz: 1}]}",
                ["6 bands[0].channels.downlink[0].first: the run goes down, from 9 to 1"],
            ),
            (
                "channels: {uplink: [{first: a, last: 1, start_khz: 5, step_khz: 1, step: 1}]}",
                [
                    "6 bands[0].channels.uplink[0].first: expected a whole number, got 'a'",
                    "6 bands[0].channels.uplink[0].step: unknown field `step`",
                ],
            ),
            (
                "channels: {uplink: [{first: 1, last: 9, start_khz: 5, step_khz: 1, every: 0}]}",
                ["6 bands[0].channels.uplink[0].every: expected a whole number from 1, got the number 0"],
            ),
            (
                "channels: {uplink: [{first: 1, last: 9, start_khz: 5, step_khz: 1, every: true}]}",
                ["6 bands[0].channels.uplink[0].every: expected a whole number, got true"],
            ),
        ],
    )
    def test_what_is_wrong_in_a_band(self, line: str, expected: list[str]) -> None:
        """
        Each structural problem of a band is named with its line, its path and what was found.
        """
        assert expected == problems_of(f"{HEAD}    {line}\n")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("bands: []\n", ["1: `rat` is missing"]),
            ("rat: 4g\nbands: []\n", ["1 rat: expected one of gsm, cdma, tdscdma, umts, lte, nr, got '4g'"]),
            ("rat: LTE\nbands: []\n", ["1 rat: expected one of gsm, cdma, tdscdma, umts, lte, nr, got 'LTE'"]),
            ("rat: lte\nbands: {}\n", ["2 bands: expected a list, got a mapping"]),
            ("rat: lte\nbands: [4]\n", ["2 bands[0]: expected a mapping, got the number 4"]),
            ("rat: lte\nraster: {first: 1}\nbands: []\n", ["2 raster: expected a list, got a mapping"]),
            ("rat: lte\nnotes: y\nbands: []\n", ["2 notes: unknown field `notes`"]),
            (
                "rat: lte\nbands:\n"
                "  - {number: 39, duplex: tdd, uplink_khz: [1, 2], downlink_khz: [1, 3], sources: [s]}\n",
                ["3 bands[0].uplink_khz: a TDD band sends and hears in one run of spectrum; here the two differ"],
            ),
            (
                "rat: lte\nbands:\n  - {number: 39, duplex: tdd, downlink_khz: [1, 3], sources: [s]}\n",
                ["3 bands[0].uplink_khz: a TDD band sends and hears in one run of spectrum; here the two differ"],
            ),
            (
                "rat: lte\nbands:\n  - {number: 29, duplex: sdl, uplink_khz: [1, 2], sources: [s]}\n",
                ["3 bands[0].uplink_khz: a band of sdl has no uplink"],
            ),
            (
                "rat: nr\nbands:\n  - {number: 80, duplex: sul, downlink_khz: [1, 2], sources: [s]}\n",
                ["3 bands[0].downlink_khz: a band of sul has no downlink"],
            ),
            (
                "rat: cdma\nbands:\n  - {number: BC0, duplex: fdd, sources: [s]}\n",
                ["3 bands[0].number: expected a whole number, got 'BC0'"],
            ),
            (
                "rat: gsm\nbands:\n  - {number: 950, duplex: fdd, sources: [s]}\n",
                ["3 bands[0].number: GSM 950 cannot be"],
            ),
        ],
    )
    def test_what_is_wrong_in_a_table(self, text: str, expected: list[str]) -> None:
        """
        Each structural problem of the file as a whole, or between a band's duplex and its edges, likewise.
        """
        assert expected == problems_of(text)

    def test_all_problems_are_found_at_once_each_in_its_line(self) -> None:
        """
        One bad band does not hide the next.
        """
        text = """\
rat: lte
bands:
  - {number: B4, duplex: fdd, sources: [s]}
  - {duplex: fdd, sources: [s]}
  - {number: 999, duplex: fdd, sources: [s]}
  - {number: 4, duplex: fdd, sources: [s]}
  - {number: 4, duplex: fdd, sources: [s]}
  - {number: 5, duplex: fd, sources: []}
  - {number: 6, sources: [s]}
  - {number: 7, duplex: fdd}
"""
        expected = [
            "3 bands[0].number: expected a whole number, got 'B4'",
            "4 bands[1]: `number` is missing",
            "5 bands[2].number: LTE 999 cannot be",
            "7 bands[4].number: band 4 is already in this file",
            "8 bands[5].duplex: expected one of fdd, tdd, sdl, sul, got 'fd'",
            "8 bands[5].sources: no source",
            "9 bands[6]: `duplex` is missing",
            "10 bands[7]: `sources` is missing",
        ]

        assert expected == problems_of(text)
