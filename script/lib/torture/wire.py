"""HTTP as it stands on the wire: just enough to know where a message ends, and to end the connection after it."""

from __future__ import annotations

import asyncio
import contextlib
import re

from script.lib.torture.faults import TWENTIETHS, Say

END_OF_HEAD = b"\r\n\r\n"


async def whole_request(reader: asyncio.StreamReader) -> tuple[bytes, str, str]:
    """Return one request as it is sent on, its method and its path."""
    head = await reader.readuntil(END_OF_HEAD)
    method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    body = await _body(reader, head)
    return _closing(head) + body, method, path


async def whole_answer(reader: asyncio.StreamReader, is_head: bool) -> bytes:
    """Return one answer as it is sent on; ``is_head`` says that it answers a HEAD, so that no body comes."""
    head = await reader.readuntil(END_OF_HEAD)
    code = int(head[9:12])
    if code == 100:
        return await whole_answer(reader, is_head)
    if is_head or code in (204, 304):
        return _closing(head)
    if _field(head, b"content-length") is None and _field(head, b"transfer-encoding") is None:
        return _closing(head) + await reader.read()
    return _closing(head) + await _body(reader, head)


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    """Return the body that belongs to a head, as it stands on the wire."""
    if b"chunked" in (_field(head, b"transfer-encoding") or b""):
        pieces = []
        while True:
            line = await reader.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            pieces += [line, await reader.readexactly(size + 2)]
            if not size:
                return b"".join(pieces)
    return await reader.readexactly(int(_field(head, b"content-length") or 0))


def _field(head: bytes, name: bytes) -> bytes | None:
    found = re.search(rb"\r\n" + name + rb":[ \t]*([^\r]*)", head, re.IGNORECASE)
    return found[1].lower() if found else None


def _closing(head: bytes) -> bytes:
    """Return a head that says that the connection ends after this."""
    without = re.sub(rb"\r\n(?:connection|keep-alive):[^\r]*", b"", head, flags=re.IGNORECASE)
    return without[:-2] + b"Connection: close\r\n\r\n"


def own_answer(fault: Say) -> bytes:
    """Return an answer that no office gave, as bytes."""
    lines = [f"HTTP/1.1 {fault.status} Said on the way", f"Content-Length: {len(fault.body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in fault.headers]
    return "\r\n".join(lines).encode() + END_OF_HEAD + fault.body


async def send(writer: asyncio.StreamWriter, data: bytes, *, end: bool = True) -> None:
    """Send; with ``end``, close in good order after it, so that nothing of it is lost on the way."""
    writer.write(data)
    await writer.drain()
    if end:
        with contextlib.suppress(OSError):
            writer.close()
            await writer.wait_closed()


async def send_slowly(writer: asyncio.StreamWriter, data: bytes, pause: float) -> None:
    """Send all, in twenty pieces with a pause (in seconds) after each if there is to be one."""
    piece = max(1, -(-len(data) // TWENTIETHS)) if pause else len(data)
    for begin in range(0, len(data), piece):
        await send(writer, data[begin : begin + piece], end=False)
        await asyncio.sleep(pause)
