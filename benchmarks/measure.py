"""
Measuring things in turns, and printing a ratio beside its target.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable


def in_turns(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """
    Median seconds of each job, all run once a round, after one round that does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name, job in jobs.items():
            gc.collect()
            start = time.perf_counter()
            job()
            if number:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def show(what: str, ratio: float, target: str) -> None:
    """
    One line of the result.
    """
    print(f"{what:<66} {ratio:7.2f}   target {target}", flush=True)
