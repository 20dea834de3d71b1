"""
Bands, sets of bands and what is known of them.
"""

from __future__ import annotations

import functools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandcheck.errors import InvalidBandError
from bandcheck.model.bands import (
    EVERY_BIT,
    FIELD,
    GSM_BANDS,
    NO_BANDS,
    RATS,
    Band,
    BandSet,
    KnownBands,
    Rat,
)
from strategies import band_sets, bands, known_bands


def plain(found: BandSet) -> frozenset[tuple[Rat, int]]:
    """
    The same set without a mask.
    """
    return frozenset((band.rat, band.number) for band in found)


class TestRat:
    """
    The six technologies.
    """

    def test_order_is_by_generation(self):
        """
        2G comes first and 5G last; bands and printed sets follow that order.
        """
        assert ["gsm", "cdma", "tdscdma", "umts", "lte", "nr"] == [rat.value for rat in RATS]

    @pytest.mark.parametrize("rat", RATS)
    def test_stays_itself_when_pickled(self, rat):
        """
        There is one object of each, so `is` holds across processes.
        """
        assert rat is pickle.loads(pickle.dumps(rat))

    def test_fields_share_no_bit(self):
        """
        Each RAT has bits of its own, so LTE 1 never meets UMTS 1.
        """
        assert sum(field.bit_count() for field in FIELD.values()) == EVERY_BIT.bit_count()
        assert functools.reduce(int.__or__, FIELD.values()) == EVERY_BIT

    def test_repr(self):
        """
        Short enough for a failing test's message.
        """
        assert "Rat.TDSCDMA" == repr(Rat.TDSCDMA)


class TestBand:
    """
    One band.
    """

    @given(bands())
    def test_parses_what_it_prints(self, band):
        """
        The printed form reads back as the same band.
        """
        assert band == Band.parse(str(band))

    @given(bands())
    def test_survives_pickling(self, band):
        """
        A pickled band is equal, hashes alike and prints alike.
        """
        copy = pickle.loads(pickle.dumps(band))

        assert (band, hash(band), repr(band)) == (copy, hash(copy), repr(copy))

    @given(bands())
    def test_mask_is_one_bit_of_its_field(self, band):
        """
        A band is a single bit, and lies in the field of its RAT.
        """
        assert 1 == band.mask.bit_count()
        assert band.mask == band.mask & FIELD[band.rat]

    @given(bands(), bands())
    def test_two_bands_share_a_bit_only_if_equal(self, one, other):
        """
        No two bands have the same bit.
        """
        assert (one == other) == (one.mask == other.mask)

    @given(bands(), bands())
    def test_orders_by_rat_then_number(self, one, other):
        """
        `<` compares the RAT first and the number second.
        """
        expected = (RATS.index(one.rat), one.number) < (RATS.index(other.rat), other.number)

        assert expected == (one < other)

    @pytest.mark.parametrize(
        ("band", "text"),
        [
            (Band(Rat.GSM, 900), "GSM 900"),
            (Band(Rat.CDMA, 0), "BC0"),
            (Band(Rat.TDSCDMA, 34), "TD-SCDMA 34"),
            (Band(Rat.UMTS, 8), "UMTS 8"),
            (Band(Rat.LTE, 20), "B20"),
            (Band(Rat.NR, 78), "n78"),
        ],
    )
    def test_prints_as_its_trade_writes_it(self, band, text):
        """
        LTE writes B20, NR n78, CDMA BC0; the others name their RAT.
        """
        assert text == str(band)
        assert f"Band('{text}')" == repr(band)

    def test_same_number_in_another_rat_is_another_band(self):
        """
        A number never travels without its RAT.
        """
        assert Band(Rat.LTE, 1) != Band(Rat.UMTS, 1)
        assert 3 == len({Band(Rat.LTE, 1), Band(Rat.UMTS, 1), Band(Rat.NR, 1)})

    def test_is_frozen(self):
        """
        A band's number cannot be changed.
        """
        with pytest.raises(AttributeError):
            Band(Rat.LTE, 4).number = 5

    @pytest.mark.parametrize(
        ("rat", "number", "expected"),
        [
            (Rat.GSM, 4, "'GSM 4' is not a band: expected one of GSM 450, 480, 750, 810, 850, 900, 1800, 1900."),
            (Rat.CDMA, 24, "'CDMA 24' is not a band: expected BC0 to BC23."),
            (Rat.CDMA, -1, "'CDMA -1' is not a band: expected BC0 to BC23."),
            (Rat.TDSCDMA, 32, "'TD-SCDMA 32' is not a band: expected TD-SCDMA 33 to TD-SCDMA 40."),
            (Rat.TDSCDMA, 41, "'TD-SCDMA 41' is not a band: expected TD-SCDMA 33 to TD-SCDMA 40."),
            (Rat.UMTS, 0, "'UMTS 0' is not a band: expected UMTS 1 to UMTS 39."),
            (Rat.LTE, 0, "'LTE 0' is not a band: expected LTE 1 to LTE 255."),
            (Rat.LTE, 256, "'LTE 256' is not a band: expected LTE 1 to LTE 255."),
            (Rat.NR, 512, "'NR 512' is not a band: expected NR 1 to NR 511."),
        ],
    )
    def test_impossible_number_is_refused(self, rat, number, expected):
        """
        A number that the RAT cannot have never spills into another RAT's field; the message says the range.
        """
        with pytest.raises(InvalidBandError) as caught:
            BandSet.from_numbers(rat, [number])

        assert expected == str(caught.value)
        with pytest.raises(InvalidBandError):
            BandSet.of(Band(rat, number))


class TestBandSet:
    """
    A set of bands behaves as a frozenset of (RAT, number) does.
    """

    @given(band_sets(), band_sets())
    def test_operators_are_those_of_frozenset(self, one, other):
        """
        `&`, `|`, `-` and `^` give what frozenset gives.
        """
        assert plain(one) & plain(other) == plain(one & other)
        assert plain(one) | plain(other) == plain(one | other)
        assert plain(one) - plain(other) == plain(one - other)
        assert plain(one) ^ plain(other) == plain(one ^ other)

    @given(band_sets(), band_sets())
    def test_comparisons_are_those_of_frozenset(self, one, other):
        """
        `==`, `<=`, `<`, `>=`, `>` and `isdisjoint` give what frozenset gives, also of a set and its own part.
        """
        for left, right in ((one, other), (one, one | other), (one | other, other), (one, one)):
            assert (plain(left) == plain(right)) == (left == right)
            assert (plain(left) <= plain(right)) == (left <= right)
            assert (plain(left) < plain(right)) == (left < right)
            assert (plain(left) >= plain(right)) == (left >= right)
            assert (plain(left) > plain(right)) == (left > right)
            assert plain(left).isdisjoint(plain(right)) == left.isdisjoint(right)

    @given(st.lists(bands(), max_size=12))
    def test_holds_what_it_was_made_of(self, members):
        """
        Length, truth and members are those of the set of its members; twice the same counts once.
        """
        found = BandSet.of(*members)

        assert {(band.rat, band.number) for band in members} == plain(found)
        assert len(set(members)) == len(found)
        assert bool(members) == bool(found)

    @given(band_sets(), bands())
    def test_membership(self, found, band):
        """
        `in` agrees with frozenset.
        """
        assert ((band.rat, band.number) in plain(found)) == (band in found)
        assert band in found | BandSet.of(band)
        assert band not in found - BandSet.of(band)

    def test_something_else_is_no_member(self):
        """
        A text or a number is in no set, however it reads.
        """
        found = BandSet.parse("B4 UMTS 4")

        assert "B4" not in found
        assert 4 not in found

    @given(band_sets())
    def test_iterates_in_order(self, found):
        """
        Members come by RAT, then by number.
        """
        assert sorted(found) == list(found)

    @given(band_sets())
    def test_parses_what_it_prints(self, found):
        """
        The printed form reads back as the same set, the empty one included.
        """
        assert found == BandSet.parse(str(found))

    @given(band_sets(), st.sampled_from(RATS))
    def test_only_cuts_out_one_rat(self, found, rat):
        """
        `only` keeps exactly the bands of a RAT, `numbers` gives their numbers, ascending.
        """
        expected = sorted(band.number for band in found if band.rat is rat)

        assert expected == found.numbers(rat) == [band.number for band in found.only(rat)]
        assert bool(expected) == (rat in found.rats)
        assert not found.only(rat) - found

    @given(band_sets())
    def test_is_the_sum_of_its_rats(self, found):
        """
        The parts by RAT make up the whole, and no RAT without a band is named.
        """
        parts = [BandSet.from_numbers(rat, found.numbers(rat)) for rat in found.rats]

        assert found == BandSet(sum(part.mask for part in parts))
        assert all(parts)

    @given(band_sets())
    def test_survives_pickling(self, found):
        """
        A pickled set is equal and hashes alike.
        """
        copy = pickle.loads(pickle.dumps(found))

        assert (found, hash(found)) == (copy, hash(copy))

    @given(band_sets(), band_sets())
    def test_equal_sets_hash_alike(self, one, other):
        """
        However a set came about, equal ones are one key.
        """
        assert 1 == len({one | other, other | one, (one ^ other) | (one & other)})

    @given(band_sets())
    def test_lies_between_nothing_and_everything(self, found):
        """
        No set holds more than `everything()` or less than none.
        """
        assert NO_BANDS <= found <= BandSet.everything()
        assert found <= BandSet.everything(*found.rats) if found else found == NO_BANDS

    def test_everything_of_a_rat(self):
        """
        All the numbers that a RAT can have, and no band of another.
        """
        assert list(GSM_BANDS) == BandSet.everything(Rat.GSM).numbers(Rat.GSM)
        assert (Rat.GSM,) == BandSet.everything(Rat.GSM).rats
        assert list(range(24)) == BandSet.everything(Rat.CDMA).numbers(Rat.CDMA)
        assert list(range(33, 41)) == BandSet.everything(Rat.TDSCDMA).numbers(Rat.TDSCDMA)
        assert list(range(1, 40)) == BandSet.everything(Rat.UMTS).numbers(Rat.UMTS)
        assert list(range(1, 256)) == BandSet.everything(Rat.LTE).numbers(Rat.LTE)
        assert list(range(1, 512)) == BandSet.everything(Rat.NR).numbers(Rat.NR)

    def test_everything_can_be_made_of_its_members(self):
        """
        No member of a set is a band that cannot be: all print, parse and have a bit.
        """
        everything = BandSet.everything()

        assert everything == BandSet.of(*everything) == BandSet.parse(str(everything))

    @pytest.mark.parametrize(
        ("found", "text"),
        [
            (BandSet(), "none"),
            (BandSet.from_numbers(Rat.LTE, [7, 3]), "lte 3 7"),
            (BandSet.from_numbers(Rat.CDMA, [1, 0]), "cdma BC0 BC1"),
            (
                BandSet.from_numbers(Rat.NR, [78]) | BandSet.from_numbers(Rat.GSM, [1800, 900, 850]),
                "gsm 850 900 1800 / nr 78",
            ),
        ],
    )
    def test_prints_by_rat(self, found, text):
        """
        RATs in order, numbers ascending, `none` for the empty set.
        """
        assert text == str(found)
        assert f"BandSet('{text}')" == repr(found)

    def test_is_frozen(self):
        """
        A set cannot be changed.
        """
        with pytest.raises(AttributeError):
            BandSet.parse("B4").mask = 0


class TestKnownBands:
    """
    Bounds from below and from above.
    """

    @given(known_bands())
    def test_bounds_enclose(self, known):
        """
        What is certain is possible.
        """
        assert known.at_least <= known.at_most

    @given(band_sets(), band_sets())
    def test_certain_beyond_possible_is_refused(self, least, most):
        """
        Bounds that cross cannot be made; the message shows both.
        """
        if least <= most:
            assert least == KnownBands(least, most).at_least
            return
        with pytest.raises(ValueError, match="beyond at_most") as caught:
            KnownBands(least, most)

        assert f"at_least {least} has bands beyond at_most {most}" == str(caught.value)

    @given(band_sets())
    def test_exactly(self, found):
        """
        An exact set leaves nothing open in any RAT.
        """
        known = KnownBands.exactly(found)

        assert (found, found) == (known.at_least, known.at_most)
        assert all(known.is_exact(rat) for rat in RATS)
        assert not any(known.is_unknown(rat) for rat in RATS)

    @pytest.mark.parametrize("rat", RATS)
    def test_unknown_in_one_rat(self, rat):
        """
        Nothing at least and everything at most in that RAT; the others are known to be none.
        """
        known = KnownBands.unknown(rat)

        assert [rat] == [r for r in RATS if known.is_unknown(r)]
        assert [r for r in RATS if r is not rat] == [r for r in RATS if known.is_exact(r)]

    def test_unknown_altogether(self):
        """
        Without a RAT named, all are unknown.
        """
        assert KnownBands(NO_BANDS, BandSet.everything()) == KnownBands.unknown()

    def test_nothing_is_the_default(self):
        """
        `KnownBands()` is known to be none, which is not unknown.
        """
        assert KnownBands.exactly(NO_BANDS) == KnownBands()

    @given(known_bands())
    def test_is_exact_where_the_bounds_meet(self, known):
        """
        A RAT is exact if and only if both bounds are equal there.
        """
        for rat in RATS:
            assert (known.at_least.numbers(rat) == known.at_most.numbers(rat)) == known.is_exact(rat)

    @given(known_bands())
    def test_is_unknown_where_nothing_is_said(self, known):
        """
        A RAT is unknown if and only if nothing is certain and everything is possible; then it is not exact.
        """
        for rat in RATS:
            nothing = not known.at_least.only(rat)
            everything = BandSet.everything(rat) <= known.at_most

            assert (nothing and everything) == known.is_unknown(rat)
            assert not (known.is_unknown(rat) and known.is_exact(rat))

    @given(known_bands(), st.sampled_from(RATS))
    def test_only_cuts_both_bounds(self, known, rat):
        """
        What is known of one RAT is each bound's part.
        """
        part = known.only(rat)

        assert (known.at_least.only(rat), known.at_most.only(rat)) == (part.at_least, part.at_most)

    @given(known_bands())
    def test_is_the_sum_of_its_rats(self, known):
        """
        The parts by RAT, joined, are the whole.
        """
        whole = KnownBands()
        for rat in RATS:
            whole |= known.only(rat)

        assert known == whole

    @given(known_bands(), known_bands())
    def test_joining_joins_both_bounds(self, one, other):
        """
        Of two radios together each bound is the two bounds together; the order does not matter.
        """
        joined = one | other

        assert one.at_least | other.at_least == joined.at_least
        assert one.at_most | other.at_most == joined.at_most
        assert other | one == joined

    @given(known_bands())
    def test_survives_pickling(self, known):
        """
        Pickled knowledge is equal and hashes alike.
        """
        copy = pickle.loads(pickle.dumps(known))

        assert (known, hash(known)) == (copy, hash(copy))
