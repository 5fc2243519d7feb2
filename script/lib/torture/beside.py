"""The same work at several tablets at once, each with a process, an office and a share of the rounds of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

from script.lib.torture.counts import Counts

MOST = 2
"""A browser and its office keep one processor busy; more than two at once would only wait for each other."""


def shares(rounds: int) -> list[int]:
    """Return how many rounds each tablet does: as many tablets as there are processors, at most two."""
    tablets = max(1, min(MOST, os.cpu_count() or 1, rounds))
    return [rounds // tablets + (one < rounds % tablets) for one in range(tablets)]


def at_once(work: Callable[[str, float | None, int], Counts], seed: int, minutes: float | None, rounds: int) -> Counts:
    """Do ``work(seed, minutes, rounds)`` at each tablet, each with a seed of its own; return all of it together."""
    parts = shares(rounds)
    seeds = [f"{seed}.{place}" for place in range(len(parts))]
    if len(parts) == 1:
        return work(seeds[0], minutes, rounds)
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        total = Counts()
        for found in pool.map(work, seeds, repeat(minutes), parts):
            total = total.plus(found)
    return total
