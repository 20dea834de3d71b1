"""
What matching needs to know of the spectrum, as masks: computed once from the operating bands, cheap to load.
"""

from __future__ import annotations

from typing import NamedTuple

from bandcheck.model.carrier import Block

Edges = tuple[int, int] | None


class Overlaps(NamedTuple):
    """
    Which bands serve alone, which reach far, which overlap. Bands are given by their bit; see `model.bands`.

    Attributes:
        alone: Mask of the bands in which a cell can carry service by itself.

        low: Mask of the bands below 1 GHz.

        mmwave: Mask of the bands of FR2.

        near: By band, the mask of other bands as which its cells could be broadcast too: overlapping in both
            directions at the same spacing. A band without any is missing.

        edges: By band that is near another, its (uplink, downlink) edges in kHz.
    """

    alone: int
    low: int
    mmwave: int
    near: dict[int, int]
    edges: dict[int, tuple[Edges, Edges]]

    def holding(self, near: int, block: Block) -> int:
        """
        Those of some bands that hold a carrier's block wholly.
        """
        found = 0
        while near:
            bit = near & -near
            near ^= bit
            uplink, downlink = self.edges[bit]
            if inside(block.uplink_khz, uplink) and inside(block.downlink_khz, downlink):
                found |= bit
        return found


def inside(inner: Edges, outer: Edges) -> bool:
    """
    Whether a run of spectrum lies in another; what is not there lies anywhere.
    """
    return inner is None or (outer is not None and outer[0] <= inner[0] and inner[1] <= outer[1])
