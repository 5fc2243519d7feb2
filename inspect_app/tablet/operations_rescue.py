"""Load a rescue file: what is good in it goes through the same door as what tablets send; the rest is counted."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import FileStorage

from inspect_app.core import jobs, journal
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.jobs import Job
from inspect_app.core.words import _, mark
from inspect_app.fieldwork.queries import inspection_to_save
from inspect_app.people.models import Person
from inspect_app.tablet import operations_uploads as uploads
from inspect_app.tablet import queries
from inspect_app.tablet.models import DeviceKey
from inspect_app.tablet.operations_entries import receive
from inspect_app.tablet.rescue_file import Piece, pieces, read_head
from inspect_app.tablet.rules import Entry, State, read_entry

LOAD = "tablet.load_rescue"
SHA256 = re.compile("[0-9a-f]{64}")
UNKNOWN_PERSON = mark("This office does not know the person whose file this is. Nothing was loaded.")
GONE = mark("The file is not here any more. Load it once more.")


@dataclass
class Counts:
    """What became of a file: figures alone, so that whoever loads it reads nothing."""

    safe: int = 0
    again: int = 0
    kept: int = 0
    waiting: int = 0
    damaged: int = 0
    files: int = 0
    is_whole: bool = False


@dataclass
class _Loading:
    """What was read of a file so far; ``arriving`` is the photo or sound whose parts come now."""

    person: Person
    folder: Path
    counts: Counts = field(default_factory=Counts)
    whole: dict[str, Path] = field(default_factory=dict)
    arriving: str = ""
    later: list[Entry] = field(default_factory=list)


def take_in(file: FileStorage, *, actor: Person) -> Job:
    """Keep a rescue file until a worker has loaded it; raise Refused (422) when there is none."""
    if not file.filename:
        raise Refused(_("Choose a rescue file."), 422)
    folder().mkdir(mode=0o700, exist_ok=True)
    name = str(new_id())
    file.save(folder() / name)
    return jobs.enqueue(LOAD, {"file": name}, unique_key=f"{LOAD}:{name}", asked_by=actor.id)


def folder() -> Path:
    """Return where rescue files wait for their worker."""
    return Path(current_app.config["VAR"]) / "rescue"


@jobs.handler(LOAD)
def _load(job: Job) -> dict[str, Any]:
    path = folder() / str(uuid.UUID(job.payload["file"]))
    if not path.is_file():
        raise Refused(GONE)
    try:
        counts = load(path, job.asked_by, _told_by(job, path.stat().st_size))
    except Refused:
        path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)
    return asdict(counts)


def _told_by(job: Job, size: int) -> Callable[[int], None]:
    """Return what tells how far a file is: once for each hundredth, as every telling waits for the disk."""
    told = -1

    def report(at: int) -> None:
        nonlocal told
        if (percent := min(99, 100 * at // size)) != told:
            told = percent
            jobs.progress(job, percent, mark("Being loaded."))

    return report


def load(path: Path, loaded_by: uuid.UUID | None, report: Callable[[int], None] = lambda _at: None) -> Counts:
    """Load a rescue file; doing it twice does no harm. ``report`` hears how many bytes were read.

    Raises Refused (422) when nothing of it can be loaded; what is good in a damaged file is loaded.
    """
    with path.open("rb") as file, tempfile.TemporaryDirectory(dir=folder()) as name:
        head = read_head(file, _key_of)
        person = db.session.get(Person, head.person)
        if person is None:
            raise Refused(UNKNOWN_PERSON, 422)
        loading = _Loading(person, Path(name))
        for piece in pieces(file, head):
            _take(loading, piece)
            report(file.tell())
        _once_more(loading)
    facts = {"person": str(person.id), "count": loading.counts.safe + loading.counts.kept}
    journal.append("rescue.loaded", actor=loaded_by, inspection=None, about=("person", person.id), facts=facts)
    return loading.counts


def _key_of(person: uuid.UUID, device: str) -> bytes | None:
    found = db.session.get(DeviceKey, (person, device))
    return base64.b64decode(found.key) if found else None


def _take(loading: _Loading, piece: Piece) -> None:
    kind = piece.about.get("is")
    if kind == "file":
        _take_part(loading, piece)
    elif kind == "entry":
        _take_entry(loading, piece.content)
    elif kind == "end":
        loading.counts.is_whole = True
    else:
        loading.counts.damaged += 1


def _take_part(loading: _Loading, piece: Piece) -> None:
    """Put a part of a photo or sound behind those before it; one with a part missing is left out."""
    sha256, at, size = (piece.about.get(name) for name in ("sha256", "at", "size"))
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256) or type(at) is not int or type(size) is not int:
        loading.counts.damaged += 1
        return
    path = loading.folder / sha256
    if at == 0:
        path.write_bytes(b"")
    reached = path.stat().st_size if path.is_file() else -1
    if reached != at or at + len(piece.content) > min(size, uploads.largest()):
        return
    with path.open("ab") as file:
        file.write(piece.content)
    if at + len(piece.content) < size:
        return
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
            loading.whole[sha256] = path
            return
    path.unlink()
    loading.counts.damaged += 1


def _take_entry(loading: _Loading, content: bytes) -> None:
    try:
        entry = read_entry(content)
    except Refused:
        loading.counts.damaged += 1
        return
    _receive(loading, entry, loading.later)


def _receive(loading: _Loading, entry: Entry, later: list[Entry]) -> None:
    """Store one entry as the tablet's sender would; what must wait for others is put off."""
    counts = loading.counts
    db.session.commit()
    if queries.received(entry) is not None:
        counts.again += 1
        return
    try:
        _bring_file(loading, entry)
        answer = receive(entry, loading.person)
        db.session.commit()
    except (Refused, DBAPIError):
        db.session.rollback()
        counts.waiting += 1
        return
    if not answer.is_stored:
        db.session.rollback()
        later.append(entry) if answer.values.get("after") else _count_waiting(counts)
        return
    counts.files += bool(answer.values.get("files"))
    if answer.state in (State.KEPT, State.DIFFERENT):
        counts.kept += 1
    else:
        counts.safe += 1


def _count_waiting(counts: Counts) -> None:
    counts.waiting += 1


def _bring_file(loading: _Loading, entry: Entry) -> None:
    """Put the photo or sound of an entry where its upload would lie."""
    sha256 = entry.content.get("file")
    path = loading.whole.pop(sha256, None) if isinstance(sha256, str) else None
    if path is None or entry.person != loading.person.id:
        return
    inspection = inspection_to_save(entry.inspection)
    uploads.arrive(loading.person, inspection, str(sha256), path.stat().st_size, path, entry.words("name"))
    db.session.commit()


def _once_more(loading: _Loading) -> None:
    """Store what had to wait for other entries of the file, as long as that helps."""
    waiting = loading.later
    while waiting:
        left: list[Entry] = []
        for entry in waiting:
            _receive(loading, entry, left)
        if len(left) == len(waiting):
            loading.counts.waiting += len(left)
            return
        waiting = left
