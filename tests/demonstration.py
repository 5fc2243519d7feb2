"""The demonstration, loaded once for all tests of a run that look at it; each works on a copy."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from script.lib.served import copy_data, make_demonstration


def pristine(factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of the demonstration as it was loaded; nobody may change it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "demonstration"
    with _alone(shared / "demonstration.lock"):
        if not (shared / "demonstration.loaded").exists():
            make_demonstration(folder)
            (shared / "demonstration.loaded").touch()
    return folder


def copy_of(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a data folder with the demonstration in it, to do with as one likes."""
    return copy_data(pristine(factory), factory.mktemp(name) / "var")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
