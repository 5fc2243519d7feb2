"""Reads of what is published. An inspection that is not published cannot be found here at all."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import and_, select

from inspect_app.charter.models import Charter
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile
from inspect_app.core.words import lazy
from inspect_app.improvement.models import Proof
from inspect_app.insight.queries import counts
from inspect_app.inspections.models import Inspection, Member
from inspect_app.people.models import Person
from inspect_app.public.kept import Kept
from inspect_app.public.rules import EditionLine, Published
from inspect_app.reports.models import Edition

NOT_HERE = lazy(
    "Nothing is published under this address. An inspection that is still going on is published when the service "
    "has answered, or when its time to answer is over."
)
EDITIONS_KEPT = 128
EDITION_COLUMNS = (
    Edition.inspection_id,
    Edition.id,
    Edition.number,
    Edition.published_at,
    Edition.reason,
    Edition.digest,
    Edition.journal_head,
    Edition.withdrawn_at,
    Edition.withdrawn_reason,
    Edition.file_id,
)


def published_by_reference(reference: str) -> Published:
    """Return a published inspection; raise Refused (404), in the same words, for everything else."""
    columns = (Inspection.id, Inspection.reference, Inspection.stage, Inspection.halt_reason, Inspection.charter_id)
    row = db.session.execute(select(*columns).where(Inspection.reference == reference, counts())).one_or_none()
    editions = editions_of([row.id])[row.id] if row else ()
    if row is None or all(one.withdrawn_at for one in editions):
        raise Refused(NOT_HERE, 404)
    return Published(row.id, row.reference, row.stage, row.halt_reason or "", row.charter_id, editions)


def editions_of(ids: Collection[uuid.UUID]) -> defaultdict[uuid.UUID, tuple[EditionLine, ...]]:
    """Return the editions of inspections, newest first, without their content."""
    rows = db.session.execute(
        select(*EDITION_COLUMNS, StoredFile.size)
        .outerjoin(StoredFile, StoredFile.id == Edition.file_id)
        .where(Edition.inspection_id.in_(ids))
        .order_by(Edition.number.desc())
    )
    found: defaultdict[uuid.UUID, tuple[EditionLine, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.inspection_id] += (_edition(row),)
    return found


def _edition(row: Any) -> EditionLine:
    return EditionLine(
        id=row.id,
        number=row.number,
        published_at=row.published_at,
        reason=row.reason or "",
        digest=row.digest,
        journal_head=row.journal_head,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason or "",
        file_id=row.file_id,
        size=row.size,
    )


_contents: Kept[Mapping[str, Any]] = Kept(EDITIONS_KEPT)


def content_of(edition_id: uuid.UUID) -> Mapping[str, Any]:
    """Return what an edition says; raise Refused (404) when there is none."""
    found = contents_of([edition_id])
    if edition_id not in found:
        raise Refused(NOT_HERE, 404)
    return found[edition_id]


def contents_of(edition_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Mapping[str, Any]]:
    """Return what editions say. They never change, so each is read once; nobody may change the mappings."""
    return _contents.get(edition_ids, _read_contents)


def _read_contents(edition_ids: list[uuid.UUID]) -> dict[uuid.UUID, Mapping[str, Any]]:
    rows = db.session.execute(select(Edition.id, Edition.content).where(Edition.id.in_(edition_ids)))
    return {row.id: row.content for row in rows}


def consented_names(inspection_id: uuid.UUID) -> frozenset[str]:
    """Return the names under which people of a team agree, today, to be known."""
    rows = db.session.execute(
        select(Person.name, Person.public_name)
        .join(Member, Member.person_id == Person.id)
        .where(Member.inspection_id == inspection_id, Person.may_be_named.is_(True))
    )
    return frozenset(public or name for name, public in rows)


def stored(file_id: uuid.UUID) -> StoredFile:
    """Return a stored file; the caller has found it among what is published."""
    return db.session.get_one(StoredFile, file_id)


def file_of_proof(proof_id: uuid.UUID) -> StoredFile:
    """Return the file of a proof; the caller has found it among what is published."""
    return db.session.get_one(Proof, proof_id).file


def promises() -> list[Charter]:
    """Return the newest version of each charter that an inspection which counts was run under; else the newest."""
    used = select(Inspection.charter_id).where(and_(counts(), Inspection.charter_id.is_not(None)))
    keys = select(Charter.key).where(Charter.id.in_(used))
    rows = db.session.scalars(select(Charter).order_by(Charter.title, Charter.version)).all()
    wanted = set(db.session.scalars(keys)) or {row.key for row in rows}
    return list({row.key: row for row in rows if row.key in wanted}.values())
