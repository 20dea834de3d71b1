"""
Which band number a phone camps on in one cell.

The rule of TS 36.331 clause 5.2.2.7 and annex D.1: a cell names its own band and may name further ones (MFBI). A
phone that knows none of them stays out, whatever the frequencies are.
"""

from __future__ import annotations

from bandcheck.model.bands import Band, BandSet


def camping_band(
    cell: Band,
    broadcast: tuple[Band, ...],
    phone: BandSet,
    *,
    mfbi: bool,
    priority: bool = False,
) -> Band | None:
    """
    The band as which a phone attaches to a cell.

    Args:
        cell: The cell's own band.

        broadcast: Further bands that it names, most preferred first; empty without MFBI.

        phone: The phone's bands.

        mfbi: The phone reads the further bands (feature group indicator 31).

        priority: The cell asks phones to prefer the further bands (freqBandIndicatorPriority).

    Returns:
        None if the phone cannot camp there.
    """
    further = next((band for band in broadcast if band in phone), None) if mfbi else None
    if priority and further is not None:
        return further
    return cell if cell in phone else further
