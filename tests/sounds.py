"""Small recordings of every kind that is kept, each with tags that say too much."""

from __future__ import annotations

import io
import struct
import wave

from mutagen.ogg import OggPage

SECRET = b"N55.8826 recorded by Bilal on a telephone"


def wav(seconds: float = 2.0) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(16000 * seconds)))
    tag = b"LIST" + struct.pack("<I", 4 + 8 + len(SECRET) + len(SECRET) % 2) + b"INFOICMT"
    tag += struct.pack("<I", len(SECRET)) + SECRET + bytes(len(SECRET) % 2)
    data = out.getvalue() + tag
    return b"RIFF" + struct.pack("<I", len(data) - 8) + data[8:]


def ogg(seconds: float = 3.0) -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    comment = b"LOCATION=" + SECRET
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 1)
    tags += struct.pack("<I", len(comment)) + comment
    out = b""
    for number, (packet, place) in enumerate(((head, 0), (tags, 0), (b"\xf8\xff\xfe", int(48000 * seconds)))):
        page = OggPage()
        page.serial, page.sequence, page.position, page.packets = 7, number, place, [packet]
        page.first, page.last = number == 0, number == 2
        out += page.write()
    return out


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(seconds: float = 4.0, handler: bytes = b"soun") -> bytes:
    length = int(1000 * seconds)
    when = struct.pack(">II", 3_800_000_000, 3_800_000_001)
    media = box(b"mdhd", bytes(4), when, struct.pack(">IIHH", 1000, length, 0, 0))
    said = box(b"hdlr", bytes(8), handler, bytes(13))
    header = box(b"mvhd", bytes(4), when, struct.pack(">II", 1000, length), bytes(80))
    track = box(b"trak", box(b"tkhd", bytes(4), when, bytes(72)), box(b"mdia", media, said, box(b"minf")))
    tags = box(b"udta", box(b"\xa9xyz", SECRET))
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + box(b"moov", header, track, tags) + box(b"mdat", b"sound")


def element(name: int, content: bytes, *, unknown: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if unknown else (len(content) | 1 << 56).to_bytes(8)
    return name.to_bytes((name.bit_length() + 7) // 8) + size + content


def webm(seconds: float = 5.0, kind: int = 2) -> bytes:
    """As a browser records: the segment and its clusters have no size, and nothing says how long it is."""
    info = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3)) + element(0x4461, SECRET[:8]))
    tracks = element(0x1654AE6B, element(0xAE, element(0xD7, b"\1") + element(0x83, bytes([kind]))))
    tags = element(0x1254C367, SECRET)
    clusters = b""
    for start in range(0, int(seconds * 1000), 1000):
        block = element(0xA3, b"\x81" + struct.pack(">h", 940) + b"\0" + b"sound")
        clusters += element(0x1F43B675, element(0xE7, start.to_bytes(4)) + block, unknown=True)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(
        0x18538067, info + tags + tracks + clusters, unknown=True
    )


ALL = {"audio/wav": wav, "audio/ogg": ogg, "audio/mp4": mp4, "audio/webm": webm}
