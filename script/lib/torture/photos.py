"""Photos of nothing: each different from every other, and known again even when it was made smaller on its way."""

from __future__ import annotations

import io
import random
from functools import cache

from PIL import Image, ImageChops

FIELDS = 8
SIZE = (1600, 1200)
"""As large as a photo of an ordinary tablet once it is scaled; about 700 kB, which travel in two pieces."""
MIDDLE = 128


def fingerprint_of(number: int) -> int:
    """Return the 64 light and dark fields that the photo with this number shows, as one number."""
    return random.Random(f"photo {number}").getrandbits(FIELDS * FIELDS)  # noqa: S311  # noise, no secret


def make(number: int, size: tuple[int, int] = SIZE) -> bytes:
    """Return a JPEG of 64 light and dark fields under noise; the same number gives the same fields."""
    bits = fingerprint_of(number)
    fields = bytes(200 if bits >> place & 1 else 55 for place in range(FIELDS * FIELDS))
    picture = Image.frombytes("L", (FIELDS, FIELDS), fields).resize(size, Image.Resampling.NEAREST)
    mixed = Image.blend(picture, ImageChops.offset(_noise(size), number % size[0], number // size[0]), 0.2)
    out = io.BytesIO()
    mixed.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def _noise(size: tuple[int, int]) -> Image.Image:
    """Return noise as every photo has it: made once, and moved on by each."""
    return Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1]))  # noqa: S311  # no secret


def read_fingerprint(data: bytes) -> int:
    """Return the light and dark fields of a photo, whatever its size; raise OSError where it is none."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("L", (FIELDS * FIELDS, FIELDS * FIELDS))  # read small at once where the file can be
        fields = picture.convert("L").resize((FIELDS, FIELDS), Image.Resampling.BOX).tobytes()
    return sum(1 << place for place, light in enumerate(fields) if light > MIDDLE)
