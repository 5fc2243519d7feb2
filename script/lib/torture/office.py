"""The office under test: a server of its own on generated data, behind a network that can be made hostile."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from script.lib.served import ROOT, Server, environment, flask, start
from script.lib.torture.proxy import Proxy, between


@dataclass
class Office:
    """A server with inspections of forty questions, and the way to it; ``folder`` holds its data."""

    folder: Path
    server: Server
    network: Proxy

    @property
    def address(self) -> str:
        """Return where a browser reaches the office, through the network."""
        return self.network.address

    def stop(self) -> None:
        """End the server at once, as a power cut would."""
        if self.server.process.poll() is None:
            self.server.kill()

    def start(self, root: Path = ROOT) -> None:
        """Start the server again, at the same place and on the same data, with the product's code in ``root``."""
        self.server = start(self.folder, workers=1, port=urlsplit(self.server.address).port, root=root)

    def renew(self) -> None:
        """Put the first inspection on a newer version of its questions."""
        making(self.folder, "renew")


def make_data(folder: Path, inspections: int) -> Path:
    """Make the database in an empty folder, and so many inspections in it; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    flask(folder, "db", "upgrade")
    making(folder, str(inspections))
    return folder


def making(folder: Path, word: str) -> None:
    """Make or renew what is in the database of a folder."""
    command = [sys.executable, "-m", "script.lib.torture.making", word]
    subprocess.run(command, env=environment(folder), cwd=ROOT, check=True)  # noqa: S603  # our own command


@contextmanager
def opened(inspections: int = 1) -> Iterator[Office]:
    """Serve an office with so many inspections inside the block; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="inspect-torture-") as name:
        folder = make_data(Path(name) / "office", inspections)
        server = start(folder, workers=1)
        with between(server.address) as network:
            office = Office(folder, server, network)
            try:
                yield office
            finally:
                office.stop()
