"""Runs the parts that are asked for, and ends with one line. Called by ``script/torture``."""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import time

from script.lib.torture.counts import Counts

PARTS = {
    "kills": "the browser dies at random moments",
    "visits": "whole visits without network, photos too",
    "network": "every fault of a hostile network",
    "copies": "the same entry many times at once",
    "orders": "two tablets and the office, in any order",
    "ages": "old packs, old workers, old databases",
    "shared": "the next person at the same tablet",
    "full": "no room, no store, no permission, no camera",
    "pages": "the field pages for eyes, hands and keyboards of all kinds",
}
"""Name → what happens, in the order of their numbers from 1."""


def named(words: list[str]) -> list[str]:
    """Return the parts that words or numbers name, each once; raise ValueError for one that there is not."""
    numbers = {str(number): name for number, name in enumerate(PARTS, 1)}
    found = [numbers.get(word, word) for word in words] or list(PARTS)
    if unknown := [word for word in found if word not in PARTS]:
        raise ValueError(f"nothing is called {', '.join(unknown)}")
    return list(dict.fromkeys(found))


def run(name: str, seed: int, minutes: float | None) -> Counts:
    """Run one part; what ends it early is a fault of its own."""
    began = time.monotonic()
    print(f"== {name}: {PARTS[name]}", flush=True)
    try:
        found = Counts(*importlib.import_module(f"script.lib.torture.{name}").run(seed, minutes))
    except Exception as error:  # noqa: BLE001  # the other parts still have their say
        found = Counts(faults=(f"ended by {type(error).__name__}: {error}",))
    for fault in found.faults:
        print(f"   FAULT {fault}", flush=True)
    if not (found.faults or found.is_good or found.lost or found.double):
        found = found._replace(faults=(f"{name} did nothing",))
        print(f"   FAULT {name} did nothing", flush=True)
    took = time.monotonic() - began
    print(f"   {name}: {found.line()}; {found.checks} other checks; {took:.0f} s", flush=True)
    return found


def main() -> int:
    """Read what is asked for, run it, print; return 0 only where nothing at all was wrong."""
    listed = "\n".join(f"  {number} {name:8} {what}" for number, (name, what) in enumerate(PARTS.items(), 1))
    parser = argparse.ArgumentParser(
        prog="script/torture",
        description="Tries to make a tablet lose work, and counts.",
        epilog=f"parts:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="a part's name or number (all)")
    parser.add_argument("--seed", type=int, help="repeats a run; without it, a new one is chosen and printed")
    parser.add_argument("--minutes", type=float, help="ends each part in good order after so many minutes")
    asked = parser.parse_args()
    try:
        parts = named(asked.parts)
    except ValueError as error:
        parser.error(str(error))
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}", flush=True)
    total, all_good = Counts(), True
    for name in parts:
        found = run(name, seed, asked.minutes)
        all_good = all_good and found.is_good
        total = total.plus(found)
    print(total.line(), flush=True)
    return 0 if all_good else 1


if __name__ == "__main__":
    sys.exit(main())
