"""The load: clients that send requests to a server on this machine, in a process of their own.

``python -m script.lib.bench.load`` reads a :class:`Plan` as JSON and prints what happened as JSON.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
import uuid
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from script.lib.bench.names import inspection_of

FIELD = r'name="{}"[^>]*value="([^"]*)"'
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Plan:
    """What to send: one page again and again, or the ratings of several people.

    ``sign_in_at`` is the product's port, whose cookie ``port`` accepts too; ``pause`` is in seconds.
    """

    port: int
    path: str
    people: list[str | None]
    clients: int
    seconds: float
    sign_in_at: int
    saves: bool = False
    pause: float = 0.0
    values: list[str] = field(default_factory=list)


@dataclass
class Measured:
    """What happened; times are in milliseconds."""

    count: int
    wrong: int
    per_second: float
    p50: float
    p95: float
    slowest: float


class Client:
    """One browser's connection: keeps its cookie, and opens a new connection when the server closed the old one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(
        self, method: str, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send one request; return status and body."""
        body = urlencode(fields).encode() if fields is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(body)}"]
        lines.append("Accept-Language: en-GB,en;q=0.9")  # as every browser says
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        head = "\r\n".join(lines).encode() + b"\r\n\r\n"
        try:
            return await self._exchange(head + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.streams = None  # an idle connection ends; the server had not taken this request
            return await self._exchange(head + body)

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(request)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b": ")
            lower = name.lower()
            if lower == b"content-length":
                length = int(value)
            elif lower == b"set-cookie":
                key, _, rest = value.decode().partition("=")
                self.cookies[key] = rest.partition(";")[0]
            elif lower == b"connection" and value.lower() == b"close":
                self.streams = None
        return status, await reader.readexactly(length)

    async def sign_in(self, person: str, port: int) -> None:
        """Press a person's button on the demonstration's sign-in page of the server at ``port``."""
        door = Client(port)
        _, page = await door.send("GET", "/sign-in")
        fields = {"csrf_token": field_of(page, "csrf_token"), "person": person}
        status, _ = await door.send("POST", "/demonstration/sign-in", fields, FORM)
        if status >= 400:
            raise RuntimeError(f"signing in was answered with {status}")
        self.cookies = door.cookies


def field_of(page: bytes, name: str) -> str:
    """Return what a field of a page holds; raise RuntimeError when there is none."""
    found = re.search(FIELD.format(name), page.decode())
    if found is None:
        raise RuntimeError(f"this page holds no field {name}")
    return found[1]


class Visitor:
    """One client that sends until the time is over, and notes how long each answer took."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan = plan
        self.number = number
        self.person = plan.people[number % len(plan.people)]
        self.client = Client(plan.port)
        self.took: list[float] = []
        self.wrong = 0
        self.token, self.based_on = "", ""

    async def prepare(self) -> None:
        """Sign in, and open the page once."""
        if self.person:
            await self.client.sign_in(self.person, self.plan.sign_in_at)
        status, page = await self.client.send("GET", self.path)
        if status != 200:
            raise RuntimeError(f"{self.path} was answered with {status}")
        if self.plan.saves:
            self.token, self.based_on = field_of(page, "csrf_token"), field_of(page, "based_on")

    @property
    def path(self) -> str:
        """Return where this client sends; each team of four has an inspection of its own."""
        return self.plan.path.format(inspection=inspection_of(self.number))

    async def visit(self, until: float) -> None:
        """Send until the time is over; with a pause, at even beats, shifted from client to client."""
        beat = time.monotonic() + self.plan.pause * self.number / self.plan.clients
        while beat < until if self.plan.pause else time.monotonic() < until:
            await asyncio.sleep(max(0.0, beat - time.monotonic()) if self.plan.pause else 0)
            begin = time.monotonic()
            self.wrong += not await (self.save() if self.plan.saves else self.read())
            self.took.append(time.monotonic() - begin)
            beat += self.plan.pause

    async def read(self) -> bool:
        """Open the page; say whether it came."""
        return (await self.client.send("GET", self.path))[0] == 200

    async def save(self) -> bool:
        """Save a rating on top of the last one; say whether the office says that it is safe."""
        revision = str(uuid.uuid4())
        fields = {
            "csrf_token": self.token,
            "person": self.person or "",
            "revision": revision,
            "based_on": self.based_on,
            "sequence": str(len(self.took) + 1),
            "device": f"bench-{self.number}",
            "value": self.plan.values[len(self.took) % len(self.plan.values)],
            "reason": f"Seen {len(self.took)} times: the path was clear, and people knew whom to ring.",
        }
        status, body = await self.client.send("POST", self.path, fields, FORM | {"X-Outbox": "1"})
        safe = status == 200 and json.loads(body)["state"] == "safe"
        if safe:
            self.based_on = revision
        return safe


async def carry_out(plan: Plan) -> Measured:
    """Send what the plan says; return what happened."""
    visitors = [Visitor(plan, number) for number in range(plan.clients)]
    for visitor in visitors:
        await visitor.prepare()
    begin = time.monotonic()
    await asyncio.gather(*(visitor.visit(begin + plan.seconds) for visitor in visitors))
    seconds = time.monotonic() - begin
    took = sorted(one * 1000 for visitor in visitors for one in visitor.took)
    wrong = sum(visitor.wrong for visitor in visitors)
    return Measured(len(took), wrong, len(took) / seconds, took[len(took) // 2], took[int(len(took) * 0.95)], took[-1])


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(carry_out(Plan(**json.load(sys.stdin)))))))
