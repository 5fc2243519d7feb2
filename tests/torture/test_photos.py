from __future__ import annotations

import io

from PIL import Image

from script.lib.torture.photos import fingerprint_of, make, read_fingerprint


def smaller(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.resize((100, 120)).save(out, "WEBP", quality=60)
    return out.getvalue()


def test_each_photo_is_known_again_when_it_was_made_smaller() -> None:
    for number in range(20):
        data = make(number)
        assert read_fingerprint(data) == read_fingerprint(smaller(data)) == fingerprint_of(number)


def test_no_two_photos_are_alike() -> None:
    assert len({make(number) for number in range(30)}) == 30
    assert len({fingerprint_of(number) for number in range(10_000)}) == 10_000
