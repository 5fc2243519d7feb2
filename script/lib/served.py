"""A data folder and a server of one's own: for scripts that look or measure, and for tests that drive a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from script.lib.ready import wait

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = ("DATABASE_URL", "SECRET_KEY", "INSPECT_", "MAIL_", "PASSWORD_SALT")
"""Beginnings of the names by which this machine's own settings could reach a server that is to be alone."""
HARMLESS = frozenset({"INSPECT_CACHE"})
"""What several servers may share: templates, compiled once."""


def environment(folder: Path, database: str | None = None, root: Path = ROOT) -> dict[str, str]:
    """Return the environment of a server whose data lies in ``folder``, and in ``database`` if one is named.

    ``root`` holds the product's code.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS) or name in HARMLESS}
    own = {
        "INSPECT_VAR": str(folder),
        "INSPECT_DEMONSTRATION": "1",
        "PYTHONPATH": str(root),
        "PYTHONWARNINGS": "ignore",
    }
    return kept | own | ({"DATABASE_URL": database} if database else {})


def flask(folder: Path, *words: str, database: str | None = None, limit: float = 300) -> str:
    """Run one of the product's commands on the data in ``folder`` (and ``database``); return what it says.

    ``limit`` is in seconds. Raises RuntimeError with the command's own words when it fails.
    """
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    done = subprocess.run(  # noqa: S603  # our own command
        command, env=environment(folder, database), cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False
    )
    if done.returncode:
        raise RuntimeError(f"flask {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def make_demonstration(folder: Path, database: str | None = None) -> Path:
    """Make the database in an empty folder (or in ``database``) and load the demonstration; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    flask(folder, "db", "upgrade", database=database)
    flask(folder, "demo", database=database)
    return folder


def copy_data(source: Path, target: Path) -> Path:
    """Copy a data folder that no server uses; return the copy."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("cache"))
    return target


@dataclass
class Server:
    """A web server that runs: where it answers, and its process."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """End the server and its workers at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    folder: Path, *, app: str = "wsgi:app", workers: int = 2, port: int | None = None, root: Path = ROOT
) -> Server:
    """Start the server that ``script/server`` starts, on this machine alone; raise RuntimeError if it does not.

    ``app`` names what is served, from the code in ``root``; what the server says goes to ``server.log`` in its folder.
    """
    address = f"127.0.0.1:{port or free_port()}"
    command = [
        sys.executable, "-m", "gunicorn", "--workers", str(workers), "--worker-class", "gthread", "--threads", "4",
        "--bind", address, "--graceful-timeout", "2", "--log-level", "warning", "--no-control-socket", "--preload", app,
    ]  # fmt: skip
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own command
            command, env=environment(folder, root=root), cwd=root, stdout=log, stderr=log, start_new_session=True
        )
    server = Server(f"http://{address}", folder, process)
    if not wait(f"{server.address}/healthz", process.pid, 60):
        server.kill()
        raise RuntimeError(f"the server did not start:\n{(folder / 'server.log').read_text()}")
    return server


@contextmanager
def serving(folder: Path, *, app: str = "wsgi:app", workers: int = 2) -> Iterator[Server]:
    """Serve the data in ``folder`` inside the block."""
    server = start(folder, app=app, workers=workers)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()
