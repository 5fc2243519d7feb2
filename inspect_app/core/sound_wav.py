"""WAV: a list of chunks (RIFF). All but the format and the sound itself are painted over."""

from __future__ import annotations

import struct

from inspect_app.core.sound_parts import Broken

KEPT = frozenset({b"fmt ", b"data", b"fact"})
PADDING = b"JUNK"
TO_THE_END = 0xFFFFFFFF
"""The length that a recorder writes which did not know yet how long the sound would be."""


def clean(content: bytearray) -> float:
    """Paint over, in place, every chunk that is not the sound; return the length in seconds.

    Raises Broken when there is no format, no sound, or a chunk that ends behind the file.
    """
    place, rate, length = 12, 0, 0
    while place + 8 <= len(content):
        name = bytes(content[place : place + 4])
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        start = place + 8
        if name == b"data" and size in (0, TO_THE_END):
            size = len(content) - start
        if start + size > len(content):
            raise Broken
        if name == b"fmt ":
            rate = struct.unpack_from("<I", content, start + 8)[0] if size >= 16 else 0
        elif name == b"data":
            length += size
        if name not in KEPT:
            content[place : place + 4] = PADDING
            content[start : start + size] = bytes(size)
        place = start + size + size % 2
    if not rate or not length:
        raise Broken
    return length / float(rate)
