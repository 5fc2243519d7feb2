"""A small disk for a browser's folder, which can be filled to the last byte: what a full tablet truly does."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = "256m"
BLOCK = 64 * 1024


@dataclass
class Disk:
    """A folder on a disk of its own; ``is_small`` is False where this machine makes none for us."""

    folder: Path
    is_small: bool

    @property
    def browser(self) -> Path:
        """Return where a browser keeps its data."""
        return self.folder / "browser"

    def fill(self, left: int = 0) -> None:
        """Leave room for so many bytes, or none at all."""
        ballast = os.open(self.folder / "ballast", os.O_CREAT | os.O_WRONLY)
        for size in (BLOCK, 1):
            with contextlib.suppress(OSError):
                while os.write(ballast, bytes(size)):
                    pass
        os.truncate(ballast, os.fstat(ballast).st_size - left)
        os.close(ballast)

    def clear(self) -> None:
        """Make room again."""
        (self.folder / "ballast").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Make a small disk in an empty folder, in memory; it is gone after the block. Only root may make one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    try:
        is_small = subprocess.run(mount, capture_output=True, check=False).returncode == 0  # noqa: S603  # ours
    except OSError:
        is_small = False
    try:
        yield Disk(folder, is_small)
    finally:
        if is_small:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607  # ours
