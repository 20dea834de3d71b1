"""
Operating bands: the real tables against channel numbers worked out elsewhere, and how bands lie to each other.
"""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.errors import InvalidBandError, InvalidChannelError
from bandcheck.model.bands import RATS, Band, BandSet, Rat
from bandcheck.model.carrier import Block
from bandcheck.model.spectrum import ONE_CELL, Channels, OperatingBand, Relation, Spectrum
from strategies import blocks, toy_spectrum

VECTORS = Path(__file__).with_name("channel_vectors.csv")
FR2 = 2_016_667
"""First NR-ARFCN above 24.25 GHz (TS 38.104 table 5.4.2.1-1)."""


@pytest.fixture(scope="module")
def spectrum(real_catalog) -> Spectrum:
    """
    The real operating bands.
    """
    return real_catalog.spectrum


def vectors() -> list[object]:
    """
    Every row of the file, a test each; `dl/ul` and a blank direction stand for both.
    """
    found = []
    with VECTORS.open(newline="") as file:
        for row in csv.DictReader(file):
            bands = frozenset(Band(Rat(row["rat"]), int(n)) for n in row["bands"].split(";") if n)
            khz = int(row["khz"]) if row["khz"] else None
            for direction in row["direction"].split("/") if row["direction"] else ("dl", "ul"):
                case = (Rat(row["rat"]), int(row["channel"]), direction, khz, bands)
                found.append(pytest.param(*case, id=f"{row['rat']}-{row['channel']}-{direction}-{khz}"))
    return found


def directions(row: OperatingBand) -> list[tuple[str, tuple[int, int] | None, tuple[Channels, ...]]]:
    return [("uplink", row.uplink_khz, row.uplink), ("downlink", row.downlink_khz, row.downlink)]


class TestChannels:
    """
    Channel numbers, against tables that others made.
    """

    @pytest.mark.parametrize(("rat", "n", "direction", "khz", "bands"), vectors())
    def test_vector(self, spectrum, rat, n, direction, khz, bands):
        """
        A number lies in exactly these bands at this frequency; in none, it has no frequency outside NR's raster.
        """
        assert bands == spectrum.bands_for_channel(rat, n, direction)

        meant = {spectrum.frequency(rat, n, direction, band) for band in bands}
        if not bands:
            assert (None if khz is None else khz / 1000) == spectrum.frequency(rat, n, direction)
        elif len(meant) == 1:
            assert khz is None or {khz / 1000} == meant
            assert meant == {spectrum.frequency(rat, n, direction)}
        else:
            assert khz / 1000 in meant
            with pytest.raises(InvalidChannelError, match="say which band"):
                spectrum.frequency(rat, n, direction)

    def test_vectors_are_of_every_kind(self):
        """
        The file is whole: several hundred rows, five RATs, and numbers that lie in no band.
        """
        cases = [case.values for case in vectors()]

        assert len(cases) > 700
        assert {Rat.GSM, Rat.TDSCDMA, Rat.UMTS, Rat.LTE, Rat.NR} == {rat for rat, *_ in cases}
        assert any(not bands for *_, bands in cases)

    @pytest.mark.parametrize(("direction", "dcs", "pcs"), [("downlink", 1805.2, 1930.2), ("uplink", 1710.2, 1850.2)])
    def test_gsm_512_means_two_frequencies(self, spectrum, direction, dcs, pcs):
        """
        GSM 512 is DCS 1800 or PCS 1900, and only the network's band indicator says which: no guess, an error with both.
        """
        with pytest.raises(InvalidChannelError, match="say which band") as caught:
            spectrum.frequency(Rat.GSM, 512, direction)

        expected = f"gsm channel 512 is {dcs} MHz in GSM 1800 or {pcs} MHz in GSM 1900: say which band."
        assert expected == str(caught.value)
        assert dcs == spectrum.frequency(Rat.GSM, 512, direction, Band(Rat.GSM, 1800))
        assert pcs == spectrum.frequency(Rat.GSM, 512, direction, Band(Rat.GSM, 1900))

    def test_a_cdma_channel_means_nothing_without_its_band_class(self, spectrum):
        """
        CDMA 384 is another frequency in BC0 and in BC1; with the band class it is one.
        """
        with pytest.raises(InvalidChannelError, match=r"BC0 or .* BC1"):
            spectrum.frequency(Rat.CDMA, 384, "downlink")

        assert 881.52 == spectrum.frequency(Rat.CDMA, 384, "downlink", Band(Rat.CDMA, 0))
        assert 1949.2 == spectrum.frequency(Rat.CDMA, 384, "downlink", Band(Rat.CDMA, 1))

    def test_another_band_has_no_such_channel(self, spectrum):
        """
        Naming a band that the number does not lie in gives no frequency, not that of another.
        """
        assert 2110.0 == spectrum.frequency(Rat.LTE, 1950, "downlink", Band(Rat.LTE, 4))
        assert spectrum.frequency(Rat.LTE, 1950, "downlink", Band(Rat.LTE, 5)) is None
        assert spectrum.frequency(Rat.NR, 0, "downlink", Band(Rat.NR, 78)) is None

    @pytest.mark.parametrize("direction", ["downlink", "uplink"])
    @pytest.mark.parametrize(
        ("rat", "n"),
        [(rat, n) for rat in (Rat.GSM, Rat.UMTS, Rat.LTE, Rat.NR) for n in (65535, 2147483647, -1)]
        + [(Rat.LTE, 262143), (Rat.NR, 3279165)],
    )
    def test_sentinel_lies_in_no_band(self, spectrum, rat, n, direction):
        """
        What modems say for "no channel" (65535, the largest integer, -1, the last number of all) lies in no band.
        """
        assert frozenset() == spectrum.bands_for_channel(rat, n, direction)

    @pytest.mark.parametrize(
        ("rat", "n", "expected"),
        [
            (Rat.UMTS, 65535, None),
            (Rat.LTE, 65535, None),
            (Rat.LTE, 2147483647, None),
            (Rat.NR, -1, None),
            (Rat.NR, 0, 0.0),
            (Rat.NR, 65535, 327.675),
            (Rat.NR, 599999, 2999.995),
            (Rat.NR, 600000, 3000.0),
            (Rat.NR, 2016667, 24250.08),
            (Rat.NR, 3279165, 99999.96),
            (Rat.NR, 3279166, None),
        ],
    )
    def test_frequency_outside_all_bands(self, spectrum, rat, n, expected):
        """
        Only NR's global raster gives a frequency to a number that lies in no band (TS 38.104 table 5.4.2.1-1).
        """
        assert expected == spectrum.frequency(rat, n)

    @pytest.mark.parametrize("direction", ["", "both", "DL", "down", "sideways"])
    def test_unknown_direction(self, spectrum, direction):
        """
        A direction that is none is refused, by name.
        """
        expected = f"{direction!r} is not a direction: expected downlink or uplink."
        for ask in (spectrum.bands_for_channel, spectrum.frequency):
            with pytest.raises(InvalidChannelError, match="is not a direction") as caught:
                ask(Rat.LTE, 1950, direction)
            assert expected == str(caught.value)

    @pytest.mark.parametrize(("short", "long"), [("dl", "downlink"), ("ul", "uplink")])
    def test_short_direction(self, spectrum, short, long):
        """
        `dl` and `ul` will do.
        """
        for n in (1950, 19950):
            assert spectrum.bands_for_channel(Rat.LTE, n, long) == spectrum.bands_for_channel(Rat.LTE, n, short)
            assert spectrum.frequency(Rat.LTE, n, long) == spectrum.frequency(Rat.LTE, n, short)

    def test_most_nr_numbers_lie_in_several_bands(self, spectrum):
        """
        More than half of the NR-ARFCNs below 24.25 GHz that lie in a band at all lie in several, so that an NR-ARFCN
        alone rarely names a band.

        Counted elsewhere over the tables of Release 19: 235453 of 425403 (downlink). Newer bands may shift it a little.
        """
        runs = [run for row in spectrum.bands.values() if row.band.rat is Rat.NR for run in row.downlink]
        assert {1} == {run.every for run in runs}  # so nothing changes between two edges of runs

        edges = sorted({edge for run in runs for edge in (run.first, run.last + 1) if edge <= FR2})
        inside = several = 0
        for start, end in itertools.pairwise(edges):
            bands = spectrum.bands_for_channel(Rat.NR, start)
            assert bands == spectrum.bands_for_channel(Rat.NR, end - 1)
            inside += (end - start) * (len(bands) >= 1)
            several += (end - start) * (len(bands) >= 2)

        assert pytest.approx(425_403, rel=0.02) == inside
        assert pytest.approx(235_453, rel=0.02) == several
        assert 2 * several > inside

    @pytest.mark.parametrize(
        ("n", "bands"), [(411, ""), (412, "UMTS 2"), (413, ""), (437, "UMTS 2"), (687, "UMTS 2"), (688, "")]
    )
    def test_additional_channels_of_umts_lie_apart(self, spectrum, n, bands):
        """
        Of UMTS 2's additional channels each 25th number exists (TS 25.101 table 5.1); those between are none.
        """
        expected = frozenset({Band.parse(bands)} if bands else ())

        assert expected == spectrum.bands_for_channel(Rat.UMTS, n)

    @given(
        first=st.integers(0, 100_000),
        length=st.integers(0, 200),
        every=st.integers(1, 30),
        steps=st.integers(-2, 220),
    )
    def test_a_run_has_each_so_many_th_number(self, first, length, every, steps):
        """
        A run holds what `range` with its step holds; frequencies rise by the step from one number to the next.
        """
        run = Channels(first, first + length, 925_200, 200, every)
        n = first + steps

        assert (n in range(first, first + length + 1, every)) == (n in run)
        assert 925_200 == run.khz(first)
        assert 200 == run.khz(n + 1) - run.khz(n)


class TestTables:
    """
    The real tables agree with themselves.
    """

    # Bands whose channels reach beyond their edges, and why.
    BEYOND = (
        Band(Rat.GSM, 900),  # R-GSM and ER-GSM, for railways, are numbered too; the edges are those of E-GSM
        Band(Rat.CDMA, 0),  # subclass 3 lies below; the edges are those of subclasses 0 and 1
    )

    def test_every_channel_lies_within_its_band(self, spectrum):
        """
        A verified band's channel centres lie between its edges, but for the exceptions that are named here.
        """
        beyond = {
            row.band
            for row in spectrum.bands.values()
            for _, edges, runs in directions(row)
            for run in runs
            if row.verified and not (edges and edges[0] <= run.khz(run.first) <= run.khz(run.last) <= edges[1])
        }

        assert set(self.BEYOND) == beyond

    def test_duplex_says_which_directions_there_are(self, spectrum):
        """
        FDD and TDD have both directions, TDD in one place; SDL and SUL have one each, and none there are channels for.
        """
        for row in spectrum.bands.values():
            expected = {"fdd": (1, 1), "tdd": (1, 1), "sdl": (0, 1), "sul": (1, 0)}[row.duplex]
            assert expected == (bool(row.uplink_khz), bool(row.downlink_khz)), row.band
            assert row.duplex != "tdd" or row.uplink_khz == row.downlink_khz, row.band
            for _, edges, runs in directions(row):
                assert edges or not runs, row.band

    def test_edges_rise(self, spectrum):
        """
        The lower edge is below the upper, and a band without a downlink shows its uplink.
        """
        for row in spectrum.bands.values():
            for _, edges, _ in directions(row):
                assert edges is None or 0 < edges[0] < edges[1], row.band
            assert row.edges_khz == (row.downlink_khz or row.uplink_khz), row.band

    def test_the_first_name_is_the_mhz_label(self, spectrum):
        """
        The label is a number of MHz in or near the band (two, where its directions lie far apart), so that "LTE 1800"
        can be looked up. Only CDMA's JTACS band has no such name.
        """
        for row in spectrum.bands.values():
            low = min(edges[0] for _, edges, _ in directions(row) if edges)
            high = max(edges[1] for _, edges, _ in directions(row) if edges)
            if row.band != Band(Rat.CDMA, 3):
                for label in row.names[0].split("/"):
                    assert low * 0.9 <= int(label) * 1000 <= high * 1.1, row.band

    def test_a_band_that_serves_nobody_alone_says_why(self, spectrum):
        """
        `why` is given where `alone` is False, and nowhere else.
        """
        for row in spectrum.bands.values():
            assert row.alone == (not row.why), row.band

    @pytest.mark.parametrize(
        "text",
        [
            *("B29", "B32", "B67", "B69", "B75", "B76"),  # downlink only
            *("B46", "B49"),  # licence-assisted only
            *("n29", "n67", "n75", "n76"),  # downlink only
            *("n80", "n81", "n82", "n83", "n84", "n86", "n89", "n95"),  # uplink only
            "B47",  # vehicles
        ],
    )
    def test_not_alone(self, spectrum, text):
        """
        Downlink-only, uplink-only, licence-assisted and vehicle bands never carry service by themselves.
        """
        assert Band.parse(text) in spectrum
        assert Band.parse(text) not in spectrum.alone

    @pytest.mark.parametrize("text", ["B1", "B12", "B17", "B41", "n41", "n78", "n260", "GSM 900", "BC0", "UMTS 8"])
    def test_alone(self, spectrum, text):
        """
        Ordinary bands do.
        """
        assert Band.parse(text) in spectrum.alone

    def test_defined_holds_all_and_alone_only_some(self, spectrum):
        """
        Every RAT has bands; those that serve alone are among the defined.
        """
        assert RATS == spectrum.defined.rats
        assert set(spectrum.bands) == set(spectrum.defined)
        assert spectrum.alone < spectrum.defined

    def test_low_and_mmwave(self, spectrum):
        """
        Below 1 GHz and FR2 by the edges: no band is both, and FR2 is NR's alone.
        """
        low, mmwave = BandSet(spectrum.overlaps.low), BandSet(spectrum.overlaps.mmwave)

        assert BandSet.parse("gsm 850 900 / cdma BC0 / umts 5 8 / lte 5 8 12 13 17 20 28 71 / nr 28 71") <= low
        assert low.isdisjoint(BandSet.parse("gsm 1800 1900 / umts 1 2 4 / lte 1 3 4 7 32 66 / nr 41 78"))
        assert BandSet.parse("n257 n258 n259 n260 n261") <= mmwave
        assert (Rat.NR,) == mmwave.rats
        assert low.isdisjoint(mmwave)

    def test_require(self, spectrum):
        """
        A set of defined bands comes back as it is; a number that no table has is refused.
        """
        found = BandSet.parse("lte 4 12 / nr 71")

        assert found == spectrum.require(found)
        with pytest.raises(InvalidBandError) as caught:
            spectrum.require(found | BandSet.parse("B200"))
        assert "'B200' is not a band: expected a band that 3GPP or 3GPP2 defines." == str(caught.value)

    def test_the_toy_spectrum_is_a_piece_of_the_real_one(self, spectrum):
        """
        What laws are tested on has the true edges, duplex and standing of real bands.
        """
        for band, row in toy_spectrum().bands.items():
            real = spectrum[band]
            assert (real.duplex, real.uplink_khz, real.downlink_khz, real.alone, real.names[0]) == (
                row.duplex,
                row.uplink_khz,
                row.downlink_khz,
                row.alone,
                row.names[0],
            ), band


CONVERSE = {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}


class TestRelations:
    """
    How bands lie to each other, computed from their edges.
    """

    def test_every_relation_has_its_converse(self, spectrum):
        """
        Seen from the other band, inside is around, and everything else is the same.
        """
        for one, other in itertools.product(spectrum.bands.values(), repeat=2):
            seen = one.relation(other)
            assert CONVERSE.get(seen, seen) is other.relation(one), (one.band, other.band)

    def test_a_band_equals_itself(self, spectrum):
        """
        Every band is equal to itself.
        """
        assert {Relation.EQUAL} == {row.relation(row) for row in spectrum.bands.values()}

    def test_inside_of_inside_is_inside(self, spectrum):
        """
        Being a subset is transitive.
        """
        rows = spectrum.bands.values()
        inside = {(a.band, b.band) for a in rows for b in rows if a.relation(b) is Relation.SUBSET}

        assert inside
        for (a, b), (c, d) in itertools.product(inside, repeat=2):
            assert b != c or (a, d) in inside, (a, b, d)

    def test_subset_is_inside_in_both_directions(self, spectrum):
        """
        A subset's edges lie within the other's, uplink and downlink.
        """
        for one, other in itertools.permutations(spectrum.bands.values(), 2):
            if one.relation(other) in (Relation.SUBSET, Relation.EQUAL):
                for (_, mine, _), (_, its, _) in zip(directions(one), directions(other), strict=True):
                    assert mine is None or (its[0] <= mine[0] and mine[1] <= its[1]), (one.band, other.band)

    def test_disjoint_bands_have_no_relation(self, spectrum):
        """
        Where no spectrum is shared in any direction there is nothing.
        """
        for one, other in itertools.permutations(spectrum.bands.values(), 2):
            mine = [edges for _, edges, _ in directions(one) if edges]
            its = [edges for _, edges, _ in directions(other) if edges]
            if all(a[1] <= b[0] or b[1] <= a[0] for a in mine for b in its):
                assert one.relation(other) is Relation.NONE, (one.band, other.band)

    def test_other_rats_have_no_relation(self, spectrum):
        """
        LTE 1 and UMTS 1 are one piece of spectrum and nothing to each other: a cell is of one RAT.
        """
        for one, other in itertools.permutations(spectrum.bands.values(), 2):
            if one.band.rat is not other.band.rat:
                assert one.relation(other) is Relation.NONE, (one.band, other.band)

    @pytest.mark.parametrize(
        ("one", "relation", "other"),
        [
            # One cell can be both: the lower A, B and C blocks are B12, B and C alone B17, with a guard B85.
            ("B17", Relation.SUBSET, "B12"),
            ("B12", Relation.SUBSET, "B85"),
            ("B17", Relation.SUBSET, "B85"),
            ("B4", Relation.SUBSET, "B66"),  # AWS-1 in AWS-1 + AWS-3
            ("B4", Relation.SUBSET, "B10"),
            ("B2", Relation.SUBSET, "B25"),  # PCS in PCS + G block
            ("B5", Relation.SUBSET, "B26"),
            ("B38", Relation.SUBSET, "B41"),
            ("B1", Relation.SUBSET, "B65"),
            ("n78", Relation.SUBSET, "n77"),
            ("n38", Relation.SUBSET, "n41"),
            ("n41", Relation.EQUAL, "n90"),
            ("n261", Relation.SUBSET, "n257"),
            ("UMTS 2", Relation.SUBSET, "UMTS 25"),
            ("UMTS 9", Relation.SUBSET, "UMTS 3"),
            ("UMTS 19", Relation.SUBSET, "UMTS 5"),
            # Overlap in part.
            ("B26", Relation.PARTIAL, "B27"),
            ("n257", Relation.PARTIAL, "n258"),
            # Only what the phone hears is shared: nothing can be both.
            ("B1", Relation.DOWNLINK_ONLY, "B4"),
            ("B1", Relation.DOWNLINK_ONLY, "B66"),
            ("B20", Relation.DOWNLINK_ONLY, "B28"),
            ("UMTS 1", Relation.DOWNLINK_ONLY, "UMTS 4"),
            # Paired in one and not in the other.
            ("B7", Relation.DUPLEX_DIFFERS, "B41"),
            ("B29", Relation.NONE, "B12"),
            ("n7", Relation.DUPLEX_DIFFERS, "n41"),
            # Uplink and downlink lie otherwise apart.
            ("n71", Relation.SPACING_DIFFERS, "n105"),
            # Names alike, spectrum not.
            ("B12", Relation.NONE, "B13"),
            ("B3", Relation.NONE, "B4"),  # both uplinks begin at 1710 MHz, the downlinks are far apart
            ("B12", Relation.NONE, "B28"),
            ("B7", Relation.NONE, "B38"),  # B38 lies in B7's gap
        ],
    )
    def test_known(self, spectrum, one, relation, other):
        """
        Pairs that decide whether a phone works.
        """
        assert relation is spectrum[Band.parse(one)].relation(spectrum[Band.parse(other)])

    def test_near_is_one_cell_of_one_rat(self, spectrum):
        """
        Near bands are those of the same RAT in which one cell can be both, seen from both sides; never across RATs.
        """
        for band in spectrum.bands:
            near = spectrum.near(band)
            assert near <= spectrum.defined.only(band.rat)
            assert band not in near
            for other in near:
                assert spectrum[band].relation(spectrum[other]) in ONE_CELL
                assert band in spectrum.near(other)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("B12", "B17 B85"),
            ("B17", "B12 B85"),
            ("B4", "B10 B66"),
            ("B2", "B25"),
            ("B41", "B38"),
            ("B7", "none"),
            ("B13", "none"),
            ("n41", "n38 n90"),
            ("n78", "n48 n77"),
            ("UMTS 4", "umts 10"),
        ],
    )
    def test_near(self, spectrum, text, expected):
        """
        As which other bands a cell could be broadcast.
        """
        assert BandSet.parse(expected) == spectrum.near(Band.parse(text))

    @pytest.mark.parametrize("rat", [Rat.GSM, Rat.CDMA, Rat.TDSCDMA])
    def test_cells_that_name_no_further_bands(self, spectrum, rat):
        """
        GSM, CDMA and TD-SCDMA have no counterpart of MFBI: nothing is near, though their bands overlap.
        """
        assert not any(spectrum.near(band) for band in spectrum.defined.only(rat))

    def test_near_of_no_band(self, spectrum):
        """
        A number that no table has is near nothing.
        """
        assert not spectrum.near(Band(Rat.LTE, 200))

    def test_overlaps_hold_the_same(self, spectrum):
        """
        The masks that matching uses say what the tables say.
        """
        overlaps = spectrum.overlaps

        assert spectrum.alone.mask == overlaps.alone
        assert {b.mask: spectrum.near(b).mask for b in spectrum.bands if spectrum.near(b)} == overlaps.near
        for bit, (uplink, downlink) in overlaps.edges.items():
            (band,) = BandSet(bit)
            assert (spectrum[band].uplink_khz, spectrum[band].downlink_khz) == (uplink, downlink)


class TestBlocks:
    """
    Which of the near bands hold a carrier's block.
    """

    @pytest.mark.parametrize(
        ("band", "block", "expected"),
        [
            # The A block lies outside B17: T-Mobile's B12 cannot be broadcast as B17.
            ("B12", Block((699_000, 704_000), (729_000, 734_000)), "B85"),
            ("B12", Block((704_000, 710_000), (734_000, 740_000)), "B17 B85"),
            ("B12", Block(None, (734_000, 746_000)), "B17 B85"),
            ("B12", Block((699_000, 704_000), None), "B85"),
            ("B12", Block((699_000, 704_000), (734_000, 739_000)), "B85"),
            ("B12", Block(None, None), "B17 B85"),
            ("B66", Block((1_710_000, 1_720_000), (2_110_000, 2_120_000)), "B4"),
            ("B66", Block((1_755_000, 1_765_000), (2_155_000, 2_165_000)), "none"),
            ("B25", Block((1_905_000, 1_915_000), (1_985_000, 1_995_000)), "none"),
        ],
    )
    def test_known(self, band, block, expected):
        """
        A block must lie in the other band wholly, in every direction that is recorded.
        """
        spectrum = toy_spectrum()
        near = spectrum.near(Band.parse(band))

        assert BandSet.parse(expected) == BandSet(spectrum.overlaps.holding(near.mask, block))
        assert BandSet.parse(expected) == BandSet.of(*(b for b in near if spectrum[b].holds(block)))

    @given(st.data())
    def test_a_block_lies_in_its_own_band_and_in_all_around(self, data):
        """
        A piece of a band is held by that band, and by every near band that holds the whole band.
        """
        spectrum = toy_spectrum()
        band = data.draw(st.sampled_from(list(spectrum.bands)))
        block = data.draw(blocks(band))
        near = spectrum.near(band)
        holding = BandSet(spectrum.overlaps.holding(near.mask, block))

        assert spectrum[band].holds(block)
        assert holding <= near
        for other in near:
            if spectrum[band].relation(spectrum[other]) in (Relation.SUBSET, Relation.EQUAL):
                assert other in holding
