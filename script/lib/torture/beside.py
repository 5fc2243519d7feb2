"""The same work at several tablets at once, each with a process, an office and a share of the rounds of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from script.lib.torture.counts import Counts

MOST = 2
"""A browser and its office keep one processor busy; more than two at once would only wait for each other."""


def shares(rounds: int) -> list[int]:
    """Return how many rounds each tablet does: as many tablets as there are processors, at most two."""
    tablets = max(1, min(MOST, os.cpu_count() or 1, rounds))
    return [rounds // tablets + (one < rounds % tablets) for one in range(tablets)]


def at_once(work: Callable[[str, float | None, int], Counts], seed: int, minutes: float | None, rounds: int) -> Counts:
    """Do ``work(seed, minutes, rounds)`` at each tablet, each with a seed of its own; return all of it together.

    What ends one tablet's work early is a fault, and the others go on.
    """
    parts = shares(rounds)
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        begun = [pool.submit(work, f"{seed}.{place}", minutes, part) for place, part in enumerate(parts)]
        total = Counts()
        for place, one in enumerate(begun):
            error = one.exception()
            fault = f"tablet {seed}.{place} ended by {type(error).__name__}: {error}"
            total = total.plus(Counts(faults=(fault,)) if error else one.result())
    return total
