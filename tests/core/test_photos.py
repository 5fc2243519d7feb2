"""Photos: what hides in them goes, what is damaged or hostile is refused in plain words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from inspect_app.core import photos
from inspect_app.core.errors import Refused
from inspect_app.core.photos import clean_photo, thumbnail

REAL = Path(__file__).parents[3] / "shared" / "data" / "photos"


def real(name: str) -> bytes:
    path = REAL / name
    if not path.is_file():
        pytest.skip(f"the collection of real photos is not here: {path}")
    return path.read_bytes()


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB", kind: str = "PNG", **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, more.pop("colour", None) or 0).save(out, kind, **more)
    return out.getvalue()


def with_facts(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Maker"
    exif[ExifTags.Base.DateTime] = "2026:01:02 03:04:05"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (55.0, 53.0, 0.0)
    return picture(kind="JPEG", exif=exif)


def test_position_device_and_time_are_stripped_and_named() -> None:
    clean = clean_photo(with_facts())
    assert clean.stripped == ("position", "device", "time")
    assert b"Maker" not in clean.data
    with Image.open(BytesIO(clean.data)) as image:
        assert not image.getexif()
        assert not image.info.keys() & {"exif", "xmp", "icc_profile", "comment"}


def test_a_photo_taken_upright_stands_upright() -> None:
    clean = clean_photo(with_facts(orientation=6))
    assert (clean.width, clean.height) == (40, 60)


def test_a_large_photo_is_made_smaller_and_a_small_one_is_not_made_larger() -> None:
    large = clean_photo(picture((4096, 1024)))
    assert (large.width, large.height) == (2048, 512)
    small = clean_photo(picture((30, 20)))
    assert (small.width, small.height) == (30, 20)


def test_a_thumbnail_is_at_most_480_pixels_long() -> None:
    with Image.open(BytesIO(thumbnail(picture((1000, 2000))))) as image:
        assert image.size == (240, 480)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    with Image.open(BytesIO(clean_photo(picture(mode=mode)).data)) as image:
        assert image.mode == "RGB"
        assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("I;16", "PNG")]
)
def test_every_kind_of_colour_becomes_plain_colour(mode: str, kind: str) -> None:
    with Image.open(BytesIO(clean_photo(picture(mode=mode, kind=kind)).data)) as image:
        assert image.mode == "RGB"


def test_sixteen_bits_keep_their_brightness() -> None:
    grey = picture(mode="I;16", colour=32768)
    with Image.open(BytesIO(clean_photo(grey).data)) as image:
        assert image.getpixel((5, 5)) == (128, 128, 128)


def test_of_a_moving_picture_the_first_frame_stays() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    with Image.open(BytesIO(clean_photo(out.getvalue()).data)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_of_a_photo_with_a_second_picture_behind_it_the_first_stays() -> None:
    out = BytesIO()
    first, second = Image.new("RGB", (40, 20), "white"), Image.new("RGB", (20, 10), "black")
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert (clean_photo(out.getvalue()).width, clean_photo(out.getvalue()).height) == (40, 20)


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"GIF89a" + bytes(50)]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"not a photo.*HEIC") as refusal:
        clean_photo(data)
    assert refusal.value.status == 422


def test_half_a_photo_is_refused_as_damaged() -> None:
    import inspect_app.core.pdf  # noqa: F401  # printing must not teach Pillow to accept it

    whole = picture((400, 400), kind="JPEG")
    with pytest.raises(Refused, match="damaged"):
        clean_photo(whole[: len(whole) // 2])


def test_too_many_pixels_are_refused_before_one_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("decoded")

    data = picture((8000, 7000), mode="1")
    monkeypatch.setattr(photos.Image.Image, "draft", never)
    with pytest.raises(Refused, match="50 million"):
        clean_photo(data)


@pytest.mark.parametrize("name", ["gps_DSCN0010.jpg", "jpg_iphone_4.jpg"])
def test_a_real_photo_loses_its_position(name: str) -> None:
    clean = clean_photo(real(name))
    assert "position" in clean.stripped
    assert max(clean.width, clean.height) <= 2048
    with Image.open(BytesIO(clean.data)) as image:
        assert not image.getexif().get_ifd(ExifTags.IFD.GPSInfo)


def test_a_real_heic_photo_becomes_a_jpeg_of_the_right_shape() -> None:
    clean = clean_photo(real("heic_iphone_13_pro_max.HEIC"))
    assert (clean.media_type, clean.width, clean.height) == ("image/jpeg", 1536, 2048)
    assert clean.stripped == ("device", "time", "other")


def test_a_real_heic_photo_that_is_cut_off_is_refused() -> None:
    data = real("heic_iphone_13_pro_max.HEIC")
    with pytest.raises(Refused, match="damaged"):
        clean_photo(data[: len(data) * 9 // 10])


@pytest.mark.parametrize("name", ["orient_Landscape_3.jpg", "orient_Landscape_6.jpg", "orient_Landscape_8.jpg"])
def test_a_real_photo_is_turned_as_it_was_held(name: str) -> None:
    clean = clean_photo(real(name))
    plain = clean_photo(real("orient_Landscape_0.jpg"))
    assert (clean.width, clean.height) == (plain.width, plain.height)


@pytest.mark.parametrize(
    "name", ["odd_cmyk.jpg", "gps_empty_ifd.jpg", "bad_invalid_exif_01551.jpg", "orient_exif_imagemagick.png"]
)
def test_an_odd_but_whole_photo_is_taken(name: str) -> None:
    assert clean_photo(real(name)).media_type == "image/jpeg"


@pytest.mark.parametrize(
    "name",
    [
        "bad_truncated.jpg",
        "bad_corrupt-header.jpg",
        "heic_empty_0_bytes.heic",
        "heic_truncated.heic",
        "odd_ultrahdr.jpg",
        "bomb_lottapixel.jpg",
        "poly_jpg_in_pdf.pdf",
    ],
)
def test_a_damaged_or_hostile_photo_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        clean_photo(real(name))
