"""Have questions printed: as a job, once for each state of the questions, of the wish and of whose form it is."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from inspect_app.core import files, journal, statics
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.jobs import Job, enqueue, handler, open_job, progress
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.frameworks import paper
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.operations import digest_of
from inspect_app.frameworks.paper import Owner, Wish
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.queries import draft_by_id, plain_version
from inspect_app.frameworks.queries_paper import KIND, key_of
from inspect_app.people.models import Person


@dataclass(frozen=True)
class For:
    """For which inspection and person a form is; ``code_of`` gives how its code begins, from the form's number."""

    inspection_id: uuid.UUID
    person_id: uuid.UUID | None
    owner: Owner
    code_of: Callable[[int], str]


def ask_for_form(
    plain: PlainFramework,
    wish: Wish,
    *,
    actor: Person,
    version_id: uuid.UUID | None = None,
    draft_id: uuid.UUID | None = None,
    belongs: For | None = None,
) -> PaperForm:
    """Return the form of a version or a draft; when nothing changed since it was made, the one that is kept.

    The caller has asked whether the actor may. The PDF comes from a job; a form whose job failed is asked for anew.
    """
    digest = _digest(plain, wish, belongs)
    newest = select(PaperForm).where(PaperForm.digest == digest).order_by(PaperForm.asked_at.desc()).limit(1)
    known = db.session.scalar(newest)
    if known is not None and open_job(key_of(known)) is not None:
        return known
    if known is not None and known.file_id is not None:
        _note(known, plain, actor)
        return known
    number = _next_number(belongs.inspection_id) if belongs else None
    form = PaperForm(
        id=new_id(),
        version_id=version_id,
        draft_id=draft_id,
        inspection_id=belongs.inspection_id if belongs else None,
        number=number,
        person_id=belongs.person_id if belongs else None,
        edition=wish.edition,
        language=wish.language,
        copies=wish.copies,
        is_booklet=wish.is_booklet,
        owner=asdict(belongs.owner) if belongs else None,
        code=belongs.code_of(number) if belongs and number else paper.code_for_nobody(plain, wish.language),
        digest=digest,
        asked_by_id=actor.id,
        asked_at=now(),
    )
    db.session.add(form)
    db.session.flush()
    enqueue(KIND, {"form": str(form.id)}, unique_key=key_of(form), asked_by=actor.id)
    _note(form, plain, actor)
    return form


def _note(form: PaperForm, plain: PlainFramework, actor: Person) -> None:
    """Say in the journal who printed which version in which edition; for whom it is stays out of it."""
    facts = {"framework": plain.key, "version": plain.version, "form": form.number}
    journal.append(
        "paper.printed" if form.version_id else "paper.draft_printed",
        actor=actor.id,
        inspection=form.inspection_id,
        about=("paper_form", form.id),
        facts=facts | {"edition": form.edition, "language": form.language, "booklet": form.is_booklet},
    )


def _digest(plain: PlainFramework, wish: Wish, belongs: For | None) -> str:
    """Return one hash over all that is printed, how, and by which state of the style."""
    whose = belongs and [
        str(belongs.inspection_id),
        str(belongs.person_id),
        asdict(belongs.owner),
        belongs.code_of(0),
    ]
    said = [digest_of(plain), asdict(wish), whose, statics.version()]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _next_number(inspection_id: uuid.UUID) -> int:
    highest = select(func.max(PaperForm.number)).where(PaperForm.inspection_id == inspection_id)
    return (db.session.scalar(highest) or 0) + 1


def register() -> None:
    """Say who makes the forms that are asked for."""
    handler(KIND)(_do)


def _do(job: Job) -> dict[str, Any]:
    form = db.session.get(PaperForm, uuid.UUID(job.payload["form"]))
    if form is None:
        raise Refused(_("This form is not there any more."))
    if form.file_id is None:
        plain = _questions(form)
        progress(job, 20, "Laying out the pages. A long form takes some seconds.")
        wish = Wish(paper.Edition(form.edition), form.language, form.copies, form.is_booklet)
        made = paper.render_form(
            plain, wish, Owner(**form.owner) if form.owner else None, lambda sheet: f"{form.code}{sheet}"
        )
        progress(job, 90, f"{len(made.sheets)} pages are laid out. Keeping the file.")
        form.file_id = files.store(made.data, "application/pdf", f"form-{form.number or plain.key}.pdf").id
        form.sheets = [list(sheet) for sheet in made.sheets]
        db.session.flush()
    return {"pages": len(form.sheets or ())}


def _questions(form: PaperForm) -> PlainFramework:
    if form.version_id is not None:
        return plain_version(form.version_id)
    return plain_of(draft_by_id(form.draft_id or form.id).document)
