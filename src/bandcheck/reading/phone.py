"""
A reading as the phone that it describes.
"""

from __future__ import annotations

import functools

from bandcheck.model.bands import GENERATION_OF, NO_BANDS, RATS, KnownBands, Rat
from bandcheck.model.device import Capability
from bandcheck.reading.reading import BandReading


def capability_of(reading: BandReading) -> Capability:
    """
    What a phone can do of which this text or dump is the description.

    A RAT that it does not speak of stays unknown, with one exception: a description that gives bands of two
    generations or more is taken for a whole one, and silence on a newer generation, or on CDMA or TD-SCDMA beside GSM
    and UMTS, for none. `passed_over` says which those are.
    """
    silent = passed_over(reading)
    known = [
        reading.known[rat]
        if rat in reading.known
        else KnownBands.exactly(NO_BANDS)
        if rat in silent
        else KnownBands.unknown(rat)
        for rat in RATS
    ]
    modes = reading.nr_modes
    return Capability(
        functools.reduce(KnownBands.__or__, known),
        nsa=None if modes is None else "nsa" in modes,
        sa=None if modes is None else "sa" in modes,
        evdo=reading.evdo,
    )


def passed_over(reading: BandReading) -> tuple[Rat, ...]:
    """
    The RATs that a description leaves out in such a way that the phone has not got them.
    """
    given = {one.rat for one in reading.found} | {one.rat for one in reading.ambiguous}
    generations = {GENERATION_OF[rat] for rat in given}
    if len(generations) < 2 or reading.bound != "exact":
        return ()
    spoken = {*reading.known, *reading.rats}
    newest = max(GENERATION_OF[rat] for rat in spoken)
    whole = {Rat.GSM, Rat.UMTS} <= given and reading.evdo is None
    return tuple(
        rat
        for rat in RATS
        if rat not in spoken and (GENERATION_OF[rat] > newest or (whole and rat in (Rat.CDMA, Rat.TDSCDMA)))
    )
