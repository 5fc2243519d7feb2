"""Sounds: known by what is in them, measured, and freed of what says where, when and with what they were recorded.

Nothing is played or decoded here. WebM, MP4 and WAV are walked box by box: what is not the sound is painted
over in its place, so that no address inside the file changes. Ogg pages carry sums of their own, so its
comments are taken out by a library.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from mutagen import FileType, MutagenError
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from inspect_app.core import sound_mp4, sound_wav, sound_webm
from inspect_app.core.errors import Refused
from inspect_app.core.sound_parts import Broken, IsFilm
from inspect_app.core.words import lazy

WEBM, OGG, MP4_SOUND, WAV = "audio/webm", "audio/ogg", "audio/mp4", "audio/wav"

NOT_A_SOUND = lazy("This file is not a sound that we can keep. Choose a WebM, Ogg (Opus), M4A or WAV recording.")
A_FILM = lazy("This file is a film. Choose a recording of sound alone.")
DAMAGED = lazy("This recording is damaged and cannot be played. Record it again, or choose another one.")


@dataclass(frozen=True)
class CleanSound:
    """A sound fit to be kept; ``seconds`` is its length where the file says it, else None."""

    data: bytes
    media_type: str
    seconds: float | None


def sound_type(data: bytes) -> str:
    """Return the media type of a sound by its first bytes; raise Refused (422) when it is none."""
    if data.startswith(b"\x1aE\xdf\xa3"):
        return WEBM
    if data.startswith(b"OggS") and b"OpusHead" in data[:200]:
        return OGG
    if data[4:8] == b"ftyp":
        return MP4_SOUND
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return WAV
    raise Refused(NOT_A_SOUND, 422)


def clean_sound(data: bytes) -> CleanSound:
    """Return the sound without tags, position, device and time.

    Raises Refused (status 422) when it is no sound of a known kind, is a film, or is damaged.
    """
    kind = sound_type(data)
    try:
        cleaned, seconds = _clean_ogg(data) if kind == OGG else _clean_in_place(data, kind)
    except IsFilm as fault:
        raise Refused(A_FILM, 422) from fault
    except (Broken, MutagenError, IndexError, ValueError, EOFError) as fault:
        raise Refused(DAMAGED, 422) from fault
    return CleanSound(cleaned, kind, seconds)


def _clean_in_place(data: bytes, kind: str) -> tuple[bytes, float | None]:
    content = bytearray(data)
    seconds: float | None = {WEBM: sound_webm.clean, MP4_SOUND: sound_mp4.clean, WAV: sound_wav.clean}[kind](content)
    cleaned = bytes(content)
    if kind == MP4_SOUND and seconds is None:
        seconds = _length_of(MP4(BytesIO(cleaned)))  # type: ignore[no-untyped-call]  # as below
    return cleaned, seconds


def _clean_ogg(data: bytes) -> tuple[bytes, float | None]:
    kept = BytesIO(data)
    sound: FileType = OggOpus(kept)  # type: ignore[no-untyped-call]  # the library types only a part of itself
    kept.seek(0)
    sound.delete(kept)
    return kept.getvalue(), _length_of(sound)


def _length_of(sound: FileType) -> float | None:
    length = getattr(sound.info, "length", None)
    return float(length) if length else None
