"""Sounds for the demonstration: made by arithmetic, so that nobody's voice is used."""

from __future__ import annotations

import io
import math
import struct
import wave

RATE = 8000
TONE = 425
"""The pitch of a telephone that rings, in hertz."""


def ringing(seconds: int) -> bytes:
    """Return a WAV of a telephone that nobody answers: one second of tone, one of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(_sample(place) for place in range(RATE * seconds)))
    return out.getvalue()


def _sample(place: int) -> bytes:
    loud = 0.0 if place // RATE % 2 else 9000.0
    return struct.pack("<h", round(loud * math.sin(2 * math.pi * TONE * place / RATE)))
