"""One server for all journeys of a test process: to each of them it is as new, with the demonstration as loaded."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

from inspect_app.core.database import safe_sqlite
from script.lib.served import Server, copy_data, start

APP = "tests.browser.warm:app"
PATIENCE = 10.0
"""Seconds after which the server has lost its way; it needs a fraction of one to begin anew."""


class LastingServer:
    """A server on a copy of ``pristine`` in ``folder``."""

    def __init__(self, pristine: Path, folder: Path) -> None:
        self.pristine = pristine
        self.folder = copy_data(pristine, folder)
        self.server = start(self.folder, app=APP)

    def as_new(self) -> Server:
        """Put the data back as they were, and let processes answer that know of nothing that was before.

        The server's first process has loaded the product and never answers: those that do are forked from it, so
        that what one journey left in their memory ends with them.
        """
        self._end_workers()
        self._put_rows_back()
        self._put_files_back()
        if self.server.process.poll() is not None:  # a journey ended it
            self.server = start(self.folder, app=APP)
        return self.server

    def end(self) -> None:
        """End the server."""
        if self.server.process.poll() is None:
            self.server.kill()

    def _end_workers(self) -> None:
        old = self._workers()
        for worker in old:
            os.kill(worker, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while old and (not self._workers() or self._workers() & old):
            if time.monotonic() > until:
                raise RuntimeError("the server did not begin anew")
            time.sleep(0.01)

    def _workers(self) -> set[int]:
        """Return the processes that answer; none when the server has ended."""
        pid = self.server.process.pid
        if self.server.process.poll() is not None:
            return set()
        return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}

    def _put_rows_back(self) -> None:
        """Write every row back in one transaction, which a process that just began sees as any other."""
        sqlite = safe_sqlite()
        source, target = (sqlite.connect(folder / "inspect.db") for folder in (self.pristine, self.folder))
        source.backup(target)
        source.close()
        target.close()

    def _put_files_back(self) -> None:
        for path in _folders(self.folder):
            shutil.rmtree(path)
        for path in _folders(self.pristine):
            shutil.copytree(path, self.folder / path.name)


def _folders(folder: Path) -> list[Path]:
    """Return what a data folder holds besides the database and the keys; compiled templates are nobody's data."""
    return [path for path in folder.iterdir() if path.is_dir() and path.name != "cache"]
