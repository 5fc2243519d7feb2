"""Sounds are known by what is in them, measured, and freed of what says too much."""

from __future__ import annotations

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.core import files
from inspect_app.core.errors import Refused
from inspect_app.core.sounds import clean_sound
from tests.sounds import ALL, SECRET, mp4, ogg, wav, webm


@pytest.mark.parametrize("kind", ALL)
def test_a_sound_is_known_measured_and_freed_of_its_tags(kind) -> None:
    data = ALL[kind](4.0)
    clean = clean_sound(data)
    assert SECRET[:8] in data
    assert clean.media_type == kind
    assert clean.seconds == pytest.approx(4.0, abs=0.1)
    assert SECRET[:8] not in clean.data
    assert kind == "audio/ogg" or len(clean.data) == len(data)
    again = clean_sound(clean.data)
    assert (again.data, again.seconds) == (clean.data, clean.seconds)


def test_what_is_no_sound_is_refused() -> None:
    for data in (b"", b"words", b"<html>", b"RIFF\0\0\0\0WEBPxxxx", b"\xff\xd8\xff", b"ID3\4", b"%PDF-1.7"):
        with pytest.raises(Refused, match="not a sound"):
            clean_sound(data)
    for data in (mp4(handler=b"vide"), webm(kind=1)):
        with pytest.raises(Refused, match="is a film"):
            clean_sound(data)
    for data in (wav()[:40], ogg()[:60], mp4()[:100], webm()[:30], mp4(handler=b"text")):
        with pytest.raises(Refused):
            clean_sound(data)


def test_a_recording_whose_last_piece_was_lost_can_still_be_kept() -> None:
    whole = webm(8.0)
    assert clean_sound(whole[: len(whole) * 2 // 3]).seconds == pytest.approx(5.0, abs=2)


@given(st.sampled_from(sorted(ALL)), st.integers(0, 400), st.binary(min_size=1, max_size=12))
def test_damage_anywhere_is_refused_or_harmless(kind, place, noise) -> None:
    data = bytearray(ALL[kind](1.0))
    data[place : place + len(noise)] = noise
    with suppress(Refused):
        assert clean_sound(bytes(data)).media_type


def test_boxes_in_boxes_without_end_are_refused() -> None:
    deep = b"".join((8 * (2000 - n)).to_bytes(4) + b"moov" for n in range(2000))
    with pytest.raises(Refused):
        clean_sound(mp4()[:24] + deep)


def test_what_arrived_on_disk_is_taken_as_it_travelled(app, tmp_path, monkeypatch) -> None:
    path = tmp_path / "arrived"
    path.write_bytes(webm())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    ready = files.ready_sound(files.Arrived(path, digest, path.stat().st_size))
    row, seconds = files.store_sound(ready, "née 😀.webm")
    assert (row.sha256_received, row.media_type, round(seconds or 0)) == (digest, "audio/webm", 5)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    monkeypatch.setitem(app.config, "MAX_SOUND_SECONDS", 10)
    with pytest.raises(Refused, match="at most 10 seconds"):
        files.ready_sound(webm(16))
    monkeypatch.setitem(app.config, "MAX_SOUND_BYTES", 100)
    with pytest.raises(Refused, match="too large"):
        files.ready_sound(files.Arrived(path, digest, path.stat().st_size))
