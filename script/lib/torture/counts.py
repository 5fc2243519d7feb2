"""What a part of the torture found."""

from __future__ import annotations

from typing import NamedTuple


class Counts(NamedTuple):
    """How much a part did, and what was wrong.

    ``lost`` and ``double`` count entries and photos that the screen had called safe and that are not at the office
    exactly once. ``checks`` counts what was looked at beside them; ``faults`` are sentences about what was not as
    it must be.
    """

    lost: int = 0
    double: int = 0
    entries: int = 0
    photos: int = 0
    checks: int = 0
    faults: tuple[str, ...] = ()

    def plus(self, other: Counts) -> Counts:
        """Return both together."""
        return Counts(
            self.lost + other.lost,
            self.double + other.double,
            self.entries + other.entries,
            self.photos + other.photos,
            self.checks + other.checks,
            self.faults + other.faults,
        )

    @property
    def is_good(self) -> bool:
        """Whether nothing was wrong, and something was done at all."""
        did = self.entries + self.photos + self.checks
        return did > 0 and not (self.lost or self.double or self.faults)

    def line(self) -> str:
        """Return the sentence with which every run ends."""
        return f"lost {self.lost}, double {self.double}, of {self.entries} entries and {self.photos} photos"
