"""A small proxy between a browser and the office, which does to requests what bad networks do.

It reads one whole request, plays the fault that was set for it, and closes the connection: so each fault
meets exactly the request for which it was meant. It listens on this machine alone.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from script.lib.torture.faults import (
    PORTAL_PAGE,
    PORTAL_PATH,
    TWENTIETHS,
    CutAnswer,
    CutRequest,
    Drip,
    Fault,
    Pass,
    Say,
)
from script.lib.torture.wire import own_answer, send, send_slowly, whole_answer, whole_request

LONGEST_HEAD = 64 * 1024


@dataclass
class Rule:
    """A fault for the requests of one method whose path matches, for the next ``times`` of them (None: for all)."""

    fault: Fault
    method: str = ""
    path: str = ""
    times: int | None = 1
    met: int = 0

    def fits(self, method: str, path: str) -> bool:
        """Say whether this rule is for a request, and is not used up."""
        is_left = self.times is None or self.met < self.times
        return is_left and self.method in ("", method) and re.search(self.path, path) is not None


@dataclass(frozen=True)
class Seen:
    """One request that came, and what was done to it; ``status`` is the office's own, 0 where it said nothing."""

    method: str
    path: str
    fault: Fault
    status: int


class Proxy:
    """The way to the office at ``target`` (http://host:port); use it through :func:`between`."""

    def __init__(self, target: str, port: int = 0) -> None:
        self.aim(target)
        self.rules: list[Rule] = []
        self.seen: list[Seen] = []
        self.is_down = False
        self._open: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._listening = socket.create_server(("127.0.0.1", port))
        self.address = f"http://localhost:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, daemon=True, name="proxy")

    def aim(self, target: str) -> None:
        """Lead to another office, or to the same at another port."""
        parts = urlsplit(target)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80

    def arm(self, fault: Fault, method: str = "", path: str = "", times: int | None = 1) -> Rule:
        """Play a fault for the next requests that fit; the rule that was set last comes first."""
        rule = Rule(fault, method, path, times)
        self.rules.insert(0, rule)
        return rule

    def calm(self) -> None:
        """Take all faults away, and let the network be up."""
        self.rules = []
        self.is_down = False

    def down(self) -> None:
        """Break every connection, and take none until :meth:`calm`."""
        self.is_down = True
        self._loop.call_soon_threadsafe(self._break_all)

    def _break_all(self) -> None:
        for task in self._open:
            task.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._take, sock=self._listening, limit=LONGEST_HEAD)
        )
        self._loop.run_forever()
        server.close()
        self._break_all()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def start(self) -> None:
        """Begin to carry."""
        self._thread.start()

    def stop(self) -> None:
        """Carry nothing any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a connection is served by a task")
        self._open.add(task)
        try:
            if not self.is_down:
                await self._serve(reader, writer)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            pass  # one of the two sides left, which is what this is all about
        except asyncio.CancelledError:
            pass  # the network went down
        finally:
            self._open.discard(task)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request, method, path = await whole_request(reader)
        rule = next((one for one in self.rules if one.fits(method, path)), None)
        fault = rule.fault if rule else Pass()
        if rule:
            rule.met += 1
        if path == PORTAL_PATH:
            fault = Say(200, PORTAL_PAGE)

        def note(status: int) -> None:
            self.seen.append(Seen(method, path, fault, status))

        await self._play(fault, request, writer, note)

    async def _play(
        self, fault: Fault, request: bytes, writer: asyncio.StreamWriter, note: Callable[[int], None]
    ) -> None:
        if isinstance(fault, Say):
            note(0)
            await send(writer, own_answer(fault))
        elif isinstance(fault, CutRequest):
            note(0)
            await self._carry_part(request[: len(request) * fault.part // TWENTIETHS])
        else:
            pause = fault.pause if isinstance(fault, Drip) else 0
            answer = await self._ask(request, pause)
            note(int(answer[9:12]))
            if isinstance(fault, CutAnswer):
                await send(writer, answer[: len(answer) * fault.part // TWENTIETHS], end=False)
            else:
                await send_slowly(writer, answer, pause)
                await send(writer, b"")

    async def _ask(self, request: bytes, pause: float) -> bytes:
        """Return the office's whole answer to a request, which goes there in pieces where there is a pause."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            await send_slowly(writer, request, pause)
            return await whole_answer(reader, request.startswith(b"HEAD "))
        finally:
            writer.transport.abort()

    async def _carry_part(self, part: bytes) -> None:
        """Bring the office the beginning of a request, and leave in the middle of it."""
        _, writer = await asyncio.open_connection(self.host, self.port)
        if part:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.02)  # so that the office reads what came before it learns that no more comes
        writer.transport.abort()


@contextmanager
def between(target: str) -> Iterator[Proxy]:
    """Carry between a browser and the office at ``target`` inside the block."""
    proxy = Proxy(target)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
