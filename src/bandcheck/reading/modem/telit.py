"""
Telit's indices of band sets (AT#BND, first and second field).
"""

from __future__ import annotations

# As ModemManager's plugin has them; modules of the LM940 family use another list from 12 on.
TWO_G: dict[int, tuple[int, ...]] = {
    0: (900, 1800),
    1: (900, 1900),
    2: (850, 1800),
    3: (850, 1900),
    4: (900, 1800, 1900),
    5: (850, 900, 1800, 1900),
}
"""GSM bands by index."""

THREE_G_EVERYWHERE: dict[int, tuple[int, ...]] = {
    0: (1,),
    1: (2,),
    2: (5,),
    3: (1, 2, 5),
    4: (2, 5),
    5: (8,),
    6: (1, 8),
    7: (4,),
    8: (1, 5),
    9: (1, 5, 8),
    10: (2, 4, 5),
    11: (1, 2, 4, 5, 8),
    13: (3,),
}
"""UTRA bands by index, where all modules agree."""

_USUAL: dict[int, tuple[int, ...]] = {
    12: (6,),
    14: (1, 2, 4, 5, 6),
    15: (1, 3, 8),
    16: (5, 8),
    17: (2, 4, 5, 6),
    18: (1, 5, 6, 8),
    19: (2, 6),
    20: (5, 6),
    21: (2, 5, 6),
    22: (1, 3, 5, 8),
    23: (1, 3),
    24: (1, 2, 4, 5),
    25: (19,),
    26: (1, 5, 6, 8, 19),
}

_LM940: dict[int, tuple[int, ...]] = {
    12: (1, 3, 5, 8),
    14: (1, 3, 5),
    15: (3, 5),
    16: (1, 2, 3, 4, 5, 8),
    17: (1, 2, 8),
    18: (1, 2, 4, 5, 8, 9, 19),
    19: (1, 2, 4, 5, 6, 8, 9, 19),
}

THREE_G_EITHER: dict[int, tuple[int, ...]] = {
    index: tuple(sorted({*numbers, *_LM940.get(index, ())})) for index, numbers in _USUAL.items()
}
"""UTRA bands by index, where modules differ: those of either list."""
