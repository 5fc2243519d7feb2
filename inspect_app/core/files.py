"""Files: kept by what is in them, below the data folder, and never changed.

A file is reached only through a row of some room that says who may see it; there is no address that leads to
a file by its hash. The same content is kept once, however many rows speak of it. The place is named by the
hash of what is stored; the hash of what was received is kept too, as receipts quote it.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import Response, current_app, send_file
from sqlalchemy import BigInteger, CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.core.database import Model, UtcDateTime, db, new_id, uuid_pk
from inspect_app.core.errors import Refused
from inspect_app.core.filetypes import PDF, PICTURES, document_type, with_suffix
from inspect_app.core.photos import LONGEST_SIDE, CleanPhoto, clean_photo
from inspect_app.core.sounds import CleanSound, clean_sound
from inspect_app.core.time import now
from inspect_app.core.words import _, ngettext

MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
MAX_PHOTO_BYTES = 25 * 1024 * 1024
MAX_SOUND_BYTES = 25 * 1024 * 1024
MAX_SOUND_SECONDS = 600
LONGEST_NAME = 200


class StoredFile(Model):
    """One arrival of a file: what came in, what was kept of it, and under which name it came."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size >= 0", name="size_not_negative"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    sha256_received: Mapped[str] = mapped_column(String(64), index=True)
    sha256_stored: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    original_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


def store(
    data: bytes | BinaryIO, media_type: str, original_name: str, received_sha256: str | None = None
) -> StoredFile:
    """Put the content on disk, safe against power loss, and return its flushed row.

    ``received_sha256`` is the hash of what arrived, where it differs from what is stored.
    """
    content = data if isinstance(data, bytes) else data.read()
    digest = hashlib.sha256(content).hexdigest()
    _write_once(path_of(digest), content)
    row = StoredFile(
        id=new_id(),
        sha256_received=received_sha256 or digest,
        sha256_stored=digest,
        size=len(content),
        media_type=media_type,
        original_name=_tame(original_name),
        stored_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


@dataclass(frozen=True)
class Arrived:
    """A file that has already come, in pieces, and lies on disk; ``sha256`` is the hash of the bytes that travelled.

    Whoever takes it over neither changes nor deletes it.
    """

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class ReadyPhoto:
    """A photo that is fit to be kept, and the hash of what came."""

    photo: CleanPhoto
    sha256_received: str


@dataclass(frozen=True)
class ReadySound:
    """A sound that is fit to be kept, and the hash of what came."""

    sound: CleanSound
    sha256_received: str


def ready_photo(data: bytes | BinaryIO | Arrived) -> ReadyPhoto:
    """Free a photo of position and device data, which takes up to a second: before anything is written, if possible.

    Raises Refused when it is no photo or too large.
    """
    side = int(current_app.config.get("PHOTO_SIDE", LONGEST_SIDE))
    if isinstance(data, Arrived):
        _refuse_above(data.size, "MAX_PHOTO_BYTES", MAX_PHOTO_BYTES)
        return ReadyPhoto(clean_photo(data.path, side), data.sha256)
    content = _limited(data, "MAX_PHOTO_BYTES", MAX_PHOTO_BYTES)
    return ReadyPhoto(clean_photo(content, side), hashlib.sha256(content).hexdigest())


def ready_sound(data: bytes | BinaryIO | Arrived) -> ReadySound:
    """Free a sound of its tags; raise Refused when it is none, is too large, or longer than a recording may be."""
    if isinstance(data, Arrived):
        _refuse_above(data.size, "MAX_SOUND_BYTES", MAX_SOUND_BYTES)
        ready = ReadySound(clean_sound(data.path.read_bytes()), data.sha256)
    else:
        content = _limited(data, "MAX_SOUND_BYTES", MAX_SOUND_BYTES)
        ready = ReadySound(clean_sound(content), hashlib.sha256(content).hexdigest())
    longest = int(current_app.config.get("MAX_SOUND_SECONDS", MAX_SOUND_SECONDS))
    # A recorder stops a moment after it was told to.
    if (ready.sound.seconds or 0) > longest + 5:
        raise Refused(_("This recording is too long. Record at most %(length)s at once.", length=minutes(longest)), 422)
    return ready


def minutes(seconds: int) -> str:
    """Return a length in words: whole minutes where it is that, else seconds."""
    if seconds % 60 == 0:
        return ngettext("%(n)s minute", "%(n)s minutes", seconds // 60)
    return ngettext("%(n)s second", "%(n)s seconds", seconds)


def store_photo(data: bytes | BinaryIO | Arrived | ReadyPhoto, original_name: str) -> StoredFile:
    """Keep a photo without position and device data; raise Refused when it is no photo or too large."""
    ready = data if isinstance(data, ReadyPhoto) else ready_photo(data)
    return store(ready.photo.data, ready.photo.media_type, original_name, ready.sha256_received)


def store_sound(data: bytes | BinaryIO | Arrived | ReadySound, original_name: str) -> tuple[StoredFile, float | None]:
    """Keep a sound without tags; return its row and its length in seconds where the file says it."""
    ready = data if isinstance(data, ReadySound) else ready_sound(data)
    row = store(ready.sound.data, ready.sound.media_type, original_name, ready.sha256_received)
    return row, ready.sound.seconds


def store_document(data: bytes | BinaryIO, original_name: str) -> StoredFile:
    """Keep a document of a known kind; raise Refused for other kinds and for one that is too large.

    A picture is treated as a photo: it loses its position and device data.
    """
    content = _limited(data, "MAX_DOCUMENT_BYTES", MAX_DOCUMENT_BYTES)
    media_type = document_type(content, original_name)
    if media_type in PICTURES:
        return store_photo(content, original_name)
    return store(content, media_type, original_name)


def open_file(stored: StoredFile) -> BinaryIO:
    """Open the content for reading; raise FileNotFoundError when it is gone (``check`` reports that)."""
    return path_of(stored.sha256_stored).open("rb")


def read(stored: StoredFile) -> bytes:
    """Return the whole content; raise FileNotFoundError when it is gone."""
    return path_of(stored.sha256_stored).read_bytes()


def path_of(sha256: str) -> Path:
    """Return where content with that hash lies."""
    return files_folder() / sha256[:2] / sha256


def files_folder() -> Path:
    """Return the folder of all stored files."""
    return Path(current_app.config["VAR"]) / "files"


def missing_or_changed() -> Iterator[str]:
    """Yield a sentence for each file that is gone or no longer what was stored."""
    rows = select(StoredFile.sha256_stored, StoredFile.original_name).order_by(StoredFile.stored_at)
    for digest, name in db.session.execute(rows).all():
        path = path_of(digest)
        if not path.is_file():
            yield f"The file “{name}” is missing ({path}). Put it back from a backup."
            continue
        with path.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        if found != digest:
            yield f"The file “{name}” has changed on disk ({path}). Put it back from a backup."


def send(stored: StoredFile, download_name: str, inline: bool = False, *, may_stay: bool = True) -> Response:
    """Answer with the file, so that a browser shows or saves it but never runs anything in it.

    The caller has asked whether the person may see it. The browser asks again each time, so that a right
    that was taken away takes effect at once. ``may_stay`` False: the browser keeps no copy, as the next person who
    takes a shared tablet must find none.
    """
    response = send_file(
        path_of(stored.sha256_stored),
        mimetype=stored.media_type,
        as_attachment=not inline,
        download_name=with_suffix(_tame(download_name), stored.media_type),
        conditional=True,
        etag=stored.sha256_stored,
    )
    response.headers["Cache-Control"] = "private, no-cache" if may_stay else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Browsers refuse to show a PDF inside a sandbox; it runs nothing in our origin anyway.
    shown_pdf = inline and stored.media_type == PDF
    policy = "frame-ancestors 'none'" if shown_pdf else "default-src 'none'; sandbox"
    response.headers["Content-Security-Policy"] = policy
    return response


def _limited(data: bytes | BinaryIO, setting: str, default: int) -> bytes:
    limit = int(current_app.config.get(setting, default))
    content = data if isinstance(data, bytes) else data.read(limit + 1)
    _refuse_above(len(content), setting, default)
    return content


def _refuse_above(size: int, setting: str, default: int) -> None:
    limit = int(current_app.config.get(setting, default))
    if size > limit:
        raise Refused(
            _("This file is too large. The largest that can be added is %(size)s MB.", size=limit // 1048576), 413
        )


def _tame(name: str) -> str:
    """Return a name without path, control signs or excess length; only ever shown, never opened."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    return clean[-LONGEST_NAME:] or "file"


def _write_once(path: Path, content: bytes) -> None:
    """Write under a passing name, then rename: whoever finds the path finds the whole content."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with passing.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe against power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
