"""MP4 (M4A): boxes in boxes. Tags become free space of the same size; times of recording become zero.

The boxes are those of ISO/IEC 14496-12 (ISO base media file format).
"""

from __future__ import annotations

from collections.abc import Iterator

from inspect_app.core.sound_parts import Broken, IsFilm

HOLDS_OTHERS = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf", b"mvex"})
SAYS_TOO_MUCH = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
SAYS_WHEN = frozenset({b"mvhd", b"tkhd", b"mdhd"})
DEEPEST = 8
FILM_HANDLERS = frozenset({b"vide", b"auxv"})


def clean(content: bytearray) -> float | None:
    """Paint over, in place, tags and times; return the length in seconds where the file is in fragments, else None.

    Raises Broken for a file that is cut off or holds no sound, IsFilm for one with moving pictures.
    """
    sounds, scale, last = 0, 0, 0
    for name, place, start, end in _boxes(content, 0, len(content)):
        if name in SAYS_TOO_MUCH:
            content[place + 4 : place + 8] = b"free"
            content[start:end] = bytes(end - start)
        elif name in SAYS_WHEN:
            width = 16 if content[start] == 1 else 8  # made and changed, in 64 or in 32 bits
            content[start + 4 : start + 4 + width] = bytes(width)
            if name == b"mdhd":
                scale = int.from_bytes(content[start + 4 + width : start + 8 + width])
        elif name == b"hdlr":
            handler = bytes(content[start + 8 : start + 12])
            if handler in FILM_HANDLERS:
                raise IsFilm
            sounds += handler == b"soun"
        elif name == b"tfdt":
            width = 8 if content[start] == 1 else 4
            last = int.from_bytes(content[start + 4 : start + 4 + width])
    if not sounds:
        raise Broken
    return last / scale if last and scale else None


def _boxes(content: bytearray, place: int, end: int, depth: int = 0) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield name and place of each box, and where its content starts and ends; those inside others too."""
    if depth > DEEPEST:
        raise Broken
    while place < end:
        size = int.from_bytes(content[place : place + 4])
        name = bytes(content[place + 4 : place + 8])
        start = place + 8
        if size == 1:  # a large box: its size stands in the eight bytes after its name
            size = int.from_bytes(content[start : start + 8])
            start += 8
        elif size == 0:  # the last box, as long as the file
            size = end - place
        if place + size > end or start > place + size:
            raise Broken
        yield name, place, start, place + size
        if name in HOLDS_OTHERS:
            yield from _boxes(content, start, place + size, depth + 1)
        place += size
