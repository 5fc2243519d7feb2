"""Look whether what tablets sent, and the keys that open their files, are sound."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flask import current_app
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.tablet import office_keys
from inspect_app.tablet import operations_uploads as uploads
from inspect_app.tablet.models import ReceivedEntry
from inspect_app.tablet.rules import digest_of


def faults() -> Iterator[str]:
    """Yield a sentence for each fault, with what mends it."""
    for path in office_keys.paths():
        if path.stat().st_mode & 0o077:
            yield f"Others can read the office’s key {path}. Run: chmod 600 {path}."
        try:
            office_keys.load(path)
        except ValueError:
            yield f"The office’s key {path} is damaged. Bring it back from a backup."
    if uploads.folder().is_dir() and not os.access(uploads.folder(), os.W_OK):
        yield f"The folder {uploads.folder()} cannot be written. Change its owner."
    rows = select(ReceivedEntry.id, ReceivedEntry.digest, ReceivedEntry.body).where(ReceivedEntry.body.is_not(None))
    for entry, digest, body in db.session.execute(rows.execution_options(yield_per=1000)):
        if digest_of(body or "") != digest:
            yield f"The entry {entry} is not what a tablet sent. Bring the database back from a backup."


def rotate() -> str:
    """Make a new pair of keys for rescue files, and return a sentence; older files can still be loaded."""
    path = office_keys.make()
    return f"New rescue files need {path.name} in {current_app.config['VAR']}. Keep the old keys for old files."
