"""
Work on many things by two processes, where there are two processors.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_halves(items: Sequence[Item], work: Callable[[Sequence[Item]], Result], worth: bool) -> list[Result]:
    """
    Do some work on all items: on every other one in a child process, if that is worth it and can be.

    A forked child has at hand whatever the parent has; only its result travels. Without a fork, or if the child dies,
    all is done here.

    Args:
        items: Neighbours should cost about the same.

        work: What to do with some of them; its result can be pickled.

    Returns:
        One or two results, which between them are of all items.
    """
    if not worth or not _may_fork():
        return [work(items)]
    mine, others = items[::2], items[1::2]
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(receiving)
            with os.fdopen(sending, "wb") as pipe:
                pipe.write(pickle.dumps(work(others), pickle.HIGHEST_PROTOCOL))
            status = 0
        finally:
            os._exit(status)  # without what the parent would tidy up at its end
    os.close(sending)
    try:
        first = work(mine)
    finally:
        with os.fdopen(receiving, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(child, 0)
    return [first, pickle.loads(data) if status == 0 else work(others)]


def _may_fork() -> bool:
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1
