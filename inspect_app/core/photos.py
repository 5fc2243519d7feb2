"""Photos: decoded safely, turned upright, made smaller, and freed from everything but the picture.

A photo from a tablet says where and with what it was taken. None of that is kept: the picture is decoded
and written anew as a plain sRGB JPEG, so that nothing hidden in the file can survive.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from inspect_app.core.errors import Refused
from inspect_app.core.words import lazy

pillow_heif.register_heif_opener(thumbnails=False)

MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2048
JPEG_QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

NOT_A_PHOTO = lazy("This file is not a photo. Choose a JPEG, PNG, WebP or HEIC picture.")
DAMAGED = lazy("This photo is damaged and cannot be opened. Take it again, or choose another one.")
TOO_MANY_PIXELS = lazy("This photo is too large. Choose one with fewer than 50 million pixels (50 megapixels).")

DEVICE_TAGS = {
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.Software,
    ExifTags.Base.HostComputer,
    ExifTags.Base.BodySerialNumber,
    ExifTags.Base.LensModel,
    ExifTags.Base.LensSerialNumber,
}
TIME_TAGS = {ExifTags.Base.DateTime, ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized}
SHAPE_TAGS = {ExifTags.Base.Orientation, ExifTags.Base.ExifOffset, ExifTags.Base.GPSInfo}


@dataclass(frozen=True)
class CleanPhoto:
    """A photo fit to be kept: ``width`` and ``height`` in pixels; ``stripped`` names what was taken out.

    The words in ``stripped`` are ``position``, ``device``, ``time`` and ``other``.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    stripped: tuple[str, ...]


def clean_photo(data: bytes | Path, longest_side: int = LONGEST_SIDE) -> CleanPhoto:
    """Return the photo upright, at most ``longest_side`` pixels long, without metadata; a path is read bit by bit.

    Raises Refused (status 422) when the data is no photo, is damaged, or has more than 50 million pixels.
    """
    return _remade(data, longest_side)


def thumbnail(data: bytes, longest_side: int = 480) -> bytes:
    """Return a small JPEG of the photo for lists; raises Refused as :func:`clean_photo` does."""
    return _remade(data, longest_side).data


def _remade(data: bytes | Path, longest_side: int) -> CleanPhoto:
    with _opened(data) as image:
        try:
            stripped = _hidden_facts(image)
            profile = image.info.get("icc_profile")
            # JPEG can be decoded at a half, a quarter … of its size: most of the time is saved here.
            image.draft(None, (longest_side, longest_side))
            image.load()
            upright = ImageOps.exif_transpose(image)
            picture = _in_srgb(_on_white(upright), profile)
            picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
            out = BytesIO()
            picture.info.clear()
            picture.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=False)
        except Exception as error:  # decoders raise anything, SyntaxError and struct.error too
            raise Refused(DAMAGED, 422) from error
    return CleanPhoto(out.getvalue(), "image/jpeg", picture.width, picture.height, stripped)


def _opened(data: bytes | Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Size is checked below, by a stricter limit, before a single pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data) if isinstance(data, bytes) else data, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Refused(TOO_MANY_PIXELS, 422) from error
    except UnidentifiedImageError as error:
        raise Refused(NOT_A_PHOTO, 422) from error
    except Exception as error:
        raise Refused(DAMAGED, 422) from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise Refused(TOO_MANY_PIXELS, 422)
    if image.format == "HEIF" and _is_cut_off(data):
        image.close()
        raise Refused(DAMAGED, 422)
    return image


def _is_cut_off(data: bytes | Path) -> bool:
    """Say whether a HEIC file ends in the middle of a box; the decoder would paint the rest grey."""
    data, place = data if isinstance(data, bytes) else data.read_bytes(), 0
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        if size == 1:  # a large box: its size stands in the eight bytes after its name
            size = int.from_bytes(data[place + 8 : place + 16])
        if size == 0:  # the last box, as long as the file
            return False
        if size < 8:
            return True
        place += size
    return place > len(data)


def _hidden_facts(image: Image.Image) -> tuple[str, ...]:
    found: set[str] = set()
    if image.info.keys() & {"xmp", "comment", "Comment", "photoshop", "XML:com.adobe.xmp"}:
        found.add("other")
    try:
        exif = image.getexif()
        tags = set(exif) | set(exif.get_ifd(ExifTags.IFD.Exif))
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            found.add("position")
    except Exception:  # noqa: BLE001  unreadable metadata raises anything; it goes away all the same
        return ("other",)
    if tags & DEVICE_TAGS:
        found.add("device")
    if tags & TIME_TAGS:
        found.add("time")
    if tags - DEVICE_TAGS - TIME_TAGS - SHAPE_TAGS:
        found.add("other")
    return tuple(word for word in ("position", "device", "time", "other") if word in found)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a pixel: JPEG has 8
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image
    coloured = image.convert("RGBA")
    white = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(white, coloured).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a broken colour profile is no reason to refuse a photo
        if converted is not None:
            return converted
    return image.convert("RGB")
