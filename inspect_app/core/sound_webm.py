"""WebM: elements in elements (EBML, RFC 8794; Matroska, RFC 9559). Tags become void elements of the same size.

A browser that records does not know yet how long it will be: the segment and its clusters then have no size,
and end where something begins that cannot be in them. So all elements that hold others are simply walked into.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from inspect_app.core.sound_parts import Broken, IsFilm

SEGMENT, INFO, TRACKS, TRACK = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
CLUSTER, GROUP = 0x1F43B675, 0xA0
HOLDS_OTHERS = frozenset({SEGMENT, INFO, TRACKS, TRACK, CLUSTER, GROUP})
TAGS, ATTACHMENTS, TITLE, DATE, FILE_NAME = 0x1254C367, 0x1941A469, 0x7BA9, 0x4461, 0x7384
SAYS_TOO_MUCH = frozenset({TAGS, ATTACHMENTS, TITLE, DATE, FILE_NAME})
SCALE, DURATION, TRACK_TYPE, CLUSTER_TIME = 0x2AD7B1, 0x4489, 0x83, 0xE7
BLOCKS = frozenset({0xA3, 0xA1})
VOID = 0xEC
FILM, SOUND = 1, 2
NANOSECONDS = 1_000_000_000


def clean(content: bytearray) -> float | None:
    """Paint over, in place, tags, title and date; return the length in seconds, or None for an empty recording.

    Raises Broken for a file that holds no sound, IsFilm for one with moving pictures. A recording whose last
    piece is cut off can still be played, and is kept.
    """
    scale, said, began, last, sounds = 1_000_000, 0.0, 0, 0, 0
    for name, place, start, end in _elements(content):
        value = content[start:end]
        if name in SAYS_TOO_MUCH:
            _paint_over(content, place, end)
        elif name == SCALE:
            scale = int.from_bytes(value)
        elif name == DURATION:
            said = struct.unpack(">d" if len(value) == 8 else ">f", value)[0] if len(value) in (4, 8) else 0.0
        elif name == TRACK_TYPE:
            if int.from_bytes(value) == FILM:
                raise IsFilm
            sounds += int.from_bytes(value) == SOUND
        elif name == CLUSTER_TIME:
            began = int.from_bytes(value)
        elif name in BLOCKS:
            last = max(last, began + _time_of(value))
    if not sounds:
        raise Broken
    return max(said, last) * scale / NANOSECONDS or None


def _time_of(block: bytearray) -> int:
    """Return when a block sounds, counted from its cluster: two bytes behind its track's number."""
    width = 9 - block[0].bit_length() if block else 0
    return int.from_bytes(block[width : width + 2], signed=True)


def _elements(content: bytearray) -> Iterator[tuple[int, int, int, int]]:
    """Yield name and place of each element, and where its content starts and ends."""
    place = 0
    while (name := _number(content, place)) is not None and (size := _number(content, name.end)) is not None:
        if name.value in HOLDS_OTHERS:
            yield name.value, place, size.end, size.end
            place = size.end
            continue
        if size.is_unknown:
            raise Broken
        yield name.value, place, size.end, min(size.end + size.bare, len(content))
        place = size.end + size.bare


@dataclass(frozen=True)
class _Number:
    """A number of variable length: with its mark (a name), without it (a size), and where it ends."""

    value: int
    bare: int
    is_unknown: bool
    end: int


def _number(content: bytearray, place: int) -> _Number | None:
    """Read a number; return None at the end of the file, also where the file ends inside the number."""
    if place >= len(content):
        return None
    if not content[place]:
        raise Broken
    width = 9 - content[place].bit_length()
    if place + width > len(content):
        return None
    value = int.from_bytes(content[place : place + width])
    highest = (1 << 7 * width) - 1
    return _Number(value, value & highest, value & highest == highest, place + width)


def _paint_over(content: bytearray, place: int, end: int) -> None:
    """Make a void element of the same length: its name, its size in as many bytes as fit, zeros."""
    total = end - place
    width = min(8, total - 1)
    size = total - 1 - width
    content[place:end] = bytes([VOID]) + ((1 << 7 * width) | size).to_bytes(width) + bytes(size)
