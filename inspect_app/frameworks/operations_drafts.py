"""Writes about drafts: begin, change one part at a time, publish, throw away.

Who changes a part names the state of the part that they saw. When somebody else has changed it meanwhile nothing is
written: the caller shows both, and the person chooses.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from inspect_app.core import journal
from inspect_app.core.access import require
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.frameworks.document import document_of
from inspect_app.frameworks.editing import digest_of_part
from inspect_app.frameworks.models import FrameworkDraft, FrameworkVersion
from inspect_app.frameworks.operations import publish_plain
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.queries import forget_draft, newest_version, plain_draft, plain_version
from inspect_app.frameworks.rules import DraftState
from inspect_app.people.models import Person

EDIT, PUBLISH = "frameworks.edit", "frameworks.publish"
MOST_REMEMBERED = 200
"""How many added parts a draft remembers by the form that added them: more than anybody sends twice."""

Change = Callable[[PlainFramework], PlainFramework]
Finder = Callable[[PlainFramework], Any]


@dataclass(frozen=True)
class Changed:
    """What became of a change: ``meanwhile`` is true when somebody else was faster, and nothing was written."""

    plain: PlainFramework
    meanwhile: bool = False


def begin_draft(
    plain: PlainFramework,
    actor: Person,
    *,
    id: uuid.UUID,  # noqa: A002
    based_on: FrameworkVersion | None = None,
    brought: list[dict[str, Any]] | None = None,
) -> FrameworkDraft:
    """Begin a draft that says this; the same ``id`` twice is one. ``brought`` is what a file said otherwise."""
    require(actor, EDIT)
    known = db.session.get(FrameworkDraft, id)
    if known is not None:
        return known
    moment = now()
    draft = FrameworkDraft(
        id=id,
        state=DraftState.OPEN,
        title=plain.title,
        document=document_of(plain),
        made={},
        brought=brought,
        based_on_id=based_on.id if based_on else None,
        begun_by_id=actor.id,
        begun_at=moment,
        changed_by_id=actor.id,
        changed_at=moment,
    )
    db.session.add(draft)
    db.session.flush()
    _note("framework.begun", draft, actor, {"framework": plain.key})
    return draft


def change_part(
    draft_id: uuid.UUID, part: Finder, change: Change, actor: Person, *, seen: str | None = None
) -> Changed:
    """Change a draft, unless somebody changed what ``part`` finds since it had the digest ``seen``.

    Without ``seen`` the change is made in any case. One that changes nothing is no change.
    """
    draft, plain = open_draft(draft_id, actor)
    wanted = change(plain)
    if wanted == plain:
        return Changed(plain)
    if seen is not None and digest_of_part(part(plain)) != seen:
        return Changed(plain, meanwhile=True)
    _keep(draft, wanted, actor)
    return Changed(wanted)


def add_part(
    draft_id: uuid.UUID,
    make: Callable[[PlainFramework], tuple[str, PlainFramework]],
    actor: Person,
    *,
    id: str,  # noqa: A002
) -> str:
    """Add a part to a draft and return its key; the same ``id`` twice adds it once.

    ``make`` returns the key it chose, and the framework with the part.
    """
    draft, plain = open_draft(draft_id, actor)
    if id in draft.made:
        return draft.made[id]
    key, wanted = make(plain)
    draft.made = dict([*list(draft.made.items())[1 - MOST_REMEMBERED :], (id, key)])
    _keep(draft, wanted, actor)
    return key


def publish_draft(draft_id: uuid.UUID, actor: Person) -> FrameworkVersion:
    """Publish what a draft says as the next version; one that is published already is returned.

    Raises :class:`Refused`: 422 when it cannot be published as it is, 409 when it says the same as the version before,
    or when other questions have its key.
    """
    require(actor, PUBLISH)
    draft = _locked(draft_id)
    if draft.version is not None:
        return draft.version
    _draft, plain = open_draft(draft_id, actor)
    before = newest_version(plain.key)
    based_on = draft.based_on
    if before is not None and (based_on is None or based_on.framework_id != before.framework_id):
        raise Refused(
            _(
                "Other questions have the short name “%(name)s”. Choose another under “Title and summary”.",
                name=plain.key,
            )
        )
    plain = replace(plain, version=before.number + 1 if before else 1)
    if before is not None and plain == replace(plain_version(before.id), version=plain.version):
        raise Refused(_("Nothing has changed since version %(number)s.", number=before.number))
    version = publish_plain(plain, actor)
    draft.state, draft.version_id, draft.ended_at = DraftState.PUBLISHED, version.id, now()
    db.session.flush()
    return version


def discard_draft(draft_id: uuid.UUID, actor: Person) -> None:
    """Throw a draft away; one that is thrown away already stays so."""
    require(actor, EDIT)
    draft = _locked(draft_id)
    if draft.state == DraftState.DISCARDED:
        return
    open_draft(draft_id, actor)
    draft.state, draft.ended_at = DraftState.DISCARDED, now()
    db.session.flush()
    _note("framework.discarded", draft, actor, {})


def retire_version(version: FrameworkVersion, actor: Person, *, retired: bool = True) -> None:
    """Offer a version no more for new inspections, or again; those that use it keep it. Twice is once."""
    require(actor, PUBLISH)
    if (version.retired_at is not None) == retired:
        return
    version.retired_at = now() if retired else None
    db.session.flush()
    journal.append(
        "framework.retired" if retired else "framework.offered",
        actor=actor.id,
        about=("framework_version", version.id),
        facts={"version": version.number},
    )


def open_draft(draft_id: uuid.UUID, actor: Person) -> tuple[FrameworkDraft, PlainFramework]:
    """Return a draft, locked until the request ends, and what it says.

    Raises Refused: 404 when there is none, 409 when it is published or thrown away.
    """
    require(actor, EDIT)
    draft = _locked(draft_id)
    if draft.state != DraftState.OPEN:
        raise Refused(ended(draft))
    return draft, plain_draft(draft)


def ended(draft: FrameworkDraft) -> str:
    """Return why a draft that is ended cannot be changed."""
    if draft.state == DraftState.PUBLISHED:
        return _("These questions are published. They cannot be changed any more.")
    return _("These questions are thrown away. They cannot be changed any more.")


def _locked(draft_id: uuid.UUID) -> FrameworkDraft:
    query = select(FrameworkDraft).where(FrameworkDraft.id == draft_id)
    draft = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if draft is None:
        raise Refused(_("There are no such questions."), 404)
    return draft


def _keep(draft: FrameworkDraft, plain: PlainFramework, actor: Person) -> None:
    forget_draft(draft.id)
    draft.document, draft.title = document_of(plain), plain.title
    draft.changed_by_id, draft.changed_at = actor.id, now()
    db.session.flush()


def _note(kind: str, draft: FrameworkDraft, actor: Person, facts: dict[str, Any]) -> None:
    journal.append(kind, actor=actor.id, about=("framework_draft", draft.id), facts=facts)
