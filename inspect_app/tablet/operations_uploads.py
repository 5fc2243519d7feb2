"""Photos and sounds on their way, in pieces that go on where they stopped, straight to the disk.

What the table says has arrived is on the disk, safe against power loss; what lies behind that in the file was cut off
in the middle and is written anew. Whoever adds a piece holds the file, so that two who send at once never mix.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BufferedRandom
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import delete, func, or_, select, update

from inspect_app.core.database import begin_writing, db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.files import sync_folder
from inspect_app.core.time import now
from inspect_app.core.words import _, lazy
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person
from inspect_app.people.rules import Role
from inspect_app.tablet.models import Upload

KEPT_FOR = timedelta(days=30)
"""How long an upload waits for its next piece, or for the entry that it belongs to."""
MOST_UNFINISHED = 50
MOST_WAITING_BYTES = 2 * 1024**3
AT_ONCE = 256 * 1024
ORPHANED_AFTER = timedelta(hours=1)

NOT_THERE = lazy("This upload is not there any more. Begin anew.")
HELD = lazy("Another window sends this too. Wait for it.")
ELSEWHERE = lazy("The office has another part of this.")
DAMAGED = lazy("This was damaged on its way. It is sent anew.")
NO_ROOM = lazy("The office has no room for this now. Your tablet keeps it and tries again.")
TOO_MANY = lazy("Too much of yours is on its way. Let it arrive first.")


class Damaged(Refused):
    """What arrived is not what the tablet has: the hash differs; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__(DAMAGED, 460)


def folder() -> Path:
    """Return where uploads lie until their entry has come."""
    return Path(current_app.config["VAR"]) / "uploads"


def path_of(upload: Upload) -> Path:
    """Return the file of an upload."""
    return folder() / str(upload.id)


def largest() -> int:
    """Return the most bytes of one upload."""
    return int(current_app.config["MAX_UPLOAD_BYTES"])


def begin(inspection: Inspection, person: Person, sha256: str, size: int, name: str) -> Upload:
    """Make room for a photo or sound that a person sends.

    Raises :class:`Refused`: 403 for somebody who never was on the team, 413 too large, 422 empty, 429 too many at once.
    """
    if not person.holds(Role.COORDINATOR) and not any(one.person_id == person.id for one in inspection.members):
        raise Refused(_("Only the team of this inspection can add photos and sounds."), 403)
    if size > largest():
        raise Refused(
            _("This file is too large. The largest that can be sent is %(size)s MB.", size=largest() // 1048576), 413
        )
    if size <= 0:
        raise Refused(_("This file is empty."), 422)
    _require_room(person, size)
    moment = now()
    upload = Upload(
        id=new_id(),
        person_id=person.id,
        inspection_id=inspection.id,
        sha256=sha256,
        name=name[-200:] or "file",
        size=size,
        offset=0,
        begun_at=moment,
        changed_at=moment,
    )
    folder().mkdir(mode=0o700, exist_ok=True)
    with path_of(upload).open("xb"):
        sync_folder(folder())
    db.session.add(upload)
    db.session.flush()
    return upload


def _require_room(person: Person, size: int) -> None:
    mine = Upload.person_id == person.id
    unfinished = db.session.scalar(select(func.count()).where(mine, Upload.done_at.is_(None)).select_from(Upload)) or 0
    waiting = db.session.scalar(select(func.sum(Upload.size)).where(mine)) or 0
    if unfinished >= MOST_UNFINISHED or waiting + size > MOST_WAITING_BYTES:
        raise Refused(TOO_MANY, 429)


def upload_of(person: Person, upload_id: uuid.UUID) -> Upload:
    """Return somebody's own upload as it stands now; raise Refused (404) for everybody else's."""
    db.session.commit()  # what was read before may be old
    found = db.session.get(Upload, upload_id, populate_existing=True)
    if found is None or found.person_id != person.id:
        raise Refused(NOT_THERE, 404)
    return found


def append(person: Person, upload_id: uuid.UUID, offset: int, piece: IO[bytes], length: int) -> Upload:
    """Add a piece that begins at ``offset``; what arrived of it is kept, even when the network broke in the middle.

    Raises :class:`Refused`: 404 not there, 409 another piece is wanted, 413 longer than was said, 423 somebody else is
    sending, 503 no room; :class:`Damaged` when it is whole and not what was announced.
    """
    path = path_of(upload_of(person, upload_id))
    with _held(path) as file:
        upload = upload_of(person, upload_id)
        if offset != upload.offset:
            raise Refused(ELSEWHERE, 409)
        if length > upload.size - offset:
            raise Refused(_("This is longer than was announced."), 413)
        if os.fstat(file.fileno()).st_size < offset:  # the disk lost what the table knows of: a restored backup
            _forget(upload)
            raise Refused(NOT_THERE, 404)
        reached = _write(file, offset, piece, length)
        is_whole = reached == upload.size
        if is_whole and _hash(file) != upload.sha256:
            _forget(upload)
            raise Damaged
        begin_writing()
        _note(upload, offset, reached, is_whole)
        db.session.commit()  # while the file is held
        return upload


@contextmanager
def _held(path: Path) -> Iterator[BufferedRandom]:
    try:
        file = path.open("r+b")
    except FileNotFoundError as fault:
        raise Refused(NOT_THERE, 404) from fault
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Refused(HELD, 423) from fault
        yield file


def _write(file: IO[bytes], offset: int, piece: IO[bytes], length: int) -> int:
    """Write what arrives behind what is there; return how far it reaches, when it is safe on the disk."""
    try:
        file.truncate(offset)
        file.seek(offset)
        while length > 0:
            part = _read(piece, min(length, AT_ONCE))
            if not part:
                break
            file.write(part)
            length -= len(part)
        file.flush()
        os.fsync(file.fileno())
    except OSError as fault:
        raise Refused(NO_ROOM, 503) from fault
    return file.tell()


def _read(piece: IO[bytes], size: int) -> bytes:
    """Return what comes next; nothing when the network broke."""
    try:
        return piece.read(size)
    except OSError:
        return b""


def _hash(file: BufferedRandom) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _note(upload: Upload, offset: int, reached: int, is_whole: bool) -> None:
    moment = now()
    change = (
        update(Upload)
        .where(Upload.id == upload.id, Upload.offset == offset)
        .values(offset=reached, changed_at=moment, done_at=moment if is_whole else None)
        .returning(Upload.id)
    )
    if db.session.scalar(change) is None:
        raise Refused(ELSEWHERE, 409)
    db.session.refresh(upload)


def forget(upload: Upload) -> None:
    """Take an upload whose entry is stored out of the table; its file goes when nobody can need it any more."""
    db.session.execute(delete(Upload).where(Upload.id == upload.id))


def arrive(person: Person, inspection: Inspection, sha256: str, size: int, source: Path, name: str) -> Upload:
    """Take in a whole file that came on another way (a rescue file), and whose hash was checked."""
    moment = now()
    upload = Upload(
        id=new_id(),
        person_id=person.id,
        inspection_id=inspection.id,
        sha256=sha256,
        name=name[-200:] or "file",
        size=size,
        offset=size,
        begun_at=moment,
        changed_at=moment,
        done_at=moment,
    )
    folder().mkdir(mode=0o700, exist_ok=True)
    source.replace(path_of(upload))
    sync_folder(folder())
    db.session.add(upload)
    db.session.flush()
    return upload


def _forget(upload: Upload) -> None:
    begin_writing()
    forget(upload)
    db.session.commit()
    path_of(upload).unlink(missing_ok=True)


def drop(person: Person, upload_id: uuid.UUID) -> None:
    """Throw an upload away, as its owner wants. Raises Refused: 404 not there, 423 somebody is sending."""
    upload = upload_of(person, upload_id)
    if not path_of(upload).exists():
        _forget(upload)
        return
    with _held(path_of(upload)):
        _forget(upload)


def clean_up() -> int:
    """Throw away what nobody goes on with, and files that no row speaks of; return how many files went."""
    too_old = now() - KEPT_FOR
    is_old = or_(Upload.changed_at < too_old, Upload.done_at < too_old)
    db.session.execute(delete(Upload).where(is_old))
    db.session.flush()
    known = {str(one) for one in db.session.scalars(select(Upload.id))}
    fresh = (now() - ORPHANED_AFTER).timestamp()
    gone = 0
    for path in folder().glob("*") if folder().is_dir() else ():
        if path.name not in known and path.stat().st_mtime < fresh:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
