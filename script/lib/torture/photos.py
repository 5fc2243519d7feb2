"""Photos of nothing: each different from every other, and known again even when it was made smaller on its way."""

from __future__ import annotations

import io
import random
from functools import cache

from PIL import Image, ImageChops, ImageFilter

FIELDS = 8
SIZE = (1280, 960)
LARGE = (2560, 1920)
LARGE_EVERY = 10
"""One photo in so many is larger than what travels, so that the tablet has to scale it."""
MIDDLE = 128


def fingerprint_of(number: int) -> int:
    """Return the 64 light and dark fields that the photo with this number shows, as one number."""
    return random.Random(f"photo {number}").getrandbits(FIELDS * FIELDS)  # noqa: S311  # noise, no secret


def make(number: int, size: tuple[int, int] | None = None) -> bytes:
    """Return a JPEG of 64 light and dark fields under grain; the same number gives the same fields."""
    size = size or (LARGE if number % LARGE_EVERY == LARGE_EVERY - 1 else SIZE)
    bits = fingerprint_of(number)
    fields = bytes(200 if bits >> place & 1 else 55 for place in range(FIELDS * FIELDS))
    picture = Image.frombytes("L", (FIELDS, FIELDS), fields).resize(size, Image.Resampling.NEAREST)
    grain = ImageChops.offset(_grain(size), number % size[0], number // size[0])
    out = io.BytesIO()
    Image.blend(picture, grain, 0.3).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    """Return noise, a little soft, as every photo has it: made once, and moved on by each."""
    noise = random.Random(1).randbytes(size[0] * size[1])  # noqa: S311  # noise, no secret
    return Image.frombytes("L", size, noise).filter(ImageFilter.GaussianBlur(1))


def read_fingerprint(data: bytes) -> int:
    """Return the light and dark fields of a photo, whatever its size; raise OSError where it is none."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("L", (FIELDS * FIELDS, FIELDS * FIELDS))  # read small at once where the file can be
        fields = picture.convert("L").resize((FIELDS, FIELDS), Image.Resampling.BOX).tobytes()
    return sum(1 << place for place, light in enumerate(fields) if light > MIDDLE)
