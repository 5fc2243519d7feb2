"""Type a sheet twice: the second person blind, then each difference decided by looking at the sheet."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from inspect_app.core import journal, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.core.time import now
from inspect_app.core.words import _
from inspect_app.fieldwork.models import Rating, SheetTyping
from inspect_app.fieldwork.operations.guards import require_writer
from inspect_app.fieldwork.operations.origins import Sent, origin_of
from inspect_app.fieldwork.operations.sheets import SheetAnswer, WrongAnswers, type_sheet
from inspect_app.fieldwork.queries import own_ratings
from inspect_app.fieldwork.queries_twice import differences, typed_in, typings_of
from inspect_app.fieldwork.rules import Rater, Source
from inspect_app.frameworks.models import PaperForm
from inspect_app.frameworks.rules import Question
from inspect_app.inspections.models import Inspection
from inspect_app.people.models import Person

FIRST, SECOND = "1", "2"


def keep_typing(
    inspection: Inspection, rater: Rater, form: PaperForm, sheet: int, answers: Sequence[SheetAnswer], *, actor: Person
) -> SheetTyping:
    """Keep what somebody typed from a sheet that is typed twice: theirs is the first turn, or the second.

    The second saves nothing else yet. Raises :class:`WrongAnswers` (422) and Refused: 403 wrong person, 409 too late,
    or settled already.
    """
    require_writer(inspection, rater, actor, Source.PAPER, "fieldwork.rate")
    wrong = {one.question.key: said for one in answers if (said := one.question.wrong_value(one.value))}
    if wrong:
        raise WrongAnswers(wrong)
    standing = typings_of(form, rater.id, sheet)
    turn = 1 if not standing or standing[1].typist_id == actor.id else 2
    mine = standing.get(turn)
    if mine is not None and mine.typist_id != actor.id:
        raise Refused(_("Two people have typed this sheet already."))
    if 2 in standing and standing[2].settled_at is not None:
        raise Refused(_("This sheet is settled. Open its questions one by one to change something."))
    typing = mine or SheetTyping(
        id=new_id(), inspection_id=inspection.id, person_id=rater.id, form_id=form.id, sheet=sheet, turn=turn,
        typist_id=actor.id,
    )  # fmt: skip
    content = {"answers": {one.question.key: [one.value, one.reason] for one in answers}}
    origin = origin_of(inspection, rater, actor, Sent(based_on=mine.revision_id if mine else None, source=Source.PAPER))
    top = mine.revision_id if mine else None
    saved = revisions.save(("sheet", typing.id), content, origin, top=top, inspection=inspection.id)
    db.session.flush()
    typing.revision_id = saved.revision.id
    db.session.add(typing)
    db.session.flush()
    if turn == 2:
        _append("sheet.typed_again", typing, actor)
    return typing


def settle(
    inspection: Inspection,
    rater: Rater,
    form: PaperForm,
    sheet: int,
    questions: Sequence[Question],
    decided: Mapping[str, str],
    *,
    actor: Person,
) -> int:
    """Settle a sheet that two people typed; return how many differences there were.

    ``decided`` says for each question on which they differ whose answer stands on the sheet: "1" or "2". What is
    decided becomes a revision, typed from paper by whoever decides; what is equal is confirmed. Raises Refused: 403 for
    anybody but the two, 409 when nobody typed it again or it is too late, 422 while a difference is undecided.
    """
    require_writer(inspection, rater, actor, Source.PAPER, "fieldwork.rate")
    turns = typings_of(form, rater.id, sheet)
    if actor.id not in {one.typist_id for one in turns.values()}:
        raise Refused(_("Only the two people who typed this sheet can compare it."), 403)
    if 2 not in turns:
        raise Refused(_("Nobody has typed this sheet again yet."))
    if turns[2].settled_at is not None:
        raise Refused(_("This sheet is settled already."))
    first, second = typed_in(turns[1]), typed_in(turns[2])
    differing = differences(first, second)
    if any(decided.get(key) not in (FIRST, SECOND) for key in differing):
        raise Refused(_("Decide each difference: look at the sheet."), 422)
    ratings, typists = own_ratings(inspection, rater), {one.typist_id for one in turns.values()}
    answers = []
    for question in questions:
        if question.key in differing:
            said = first if decided[question.key] == FIRST else second
            value, reason = said.get(question.key, (None, ""))
            known = _known(ratings.get(question.key), typists)
            sent = Sent(id=new_id(), based_on=known, source=Source.PAPER, is_own_state=True)
            answers.append(SheetAnswer(question, value, reason, sent))
    type_sheet(inspection, rater, answers, actor=actor)
    turns[2].settled_at = now()
    db.session.flush()
    _append("sheet.settled", turns[2], actor, differing=len(differing))
    return len(differing)


def _known(rating: Rating | None, typists: set[uuid.UUID]) -> uuid.UUID | None:
    """Return what stands, where one of the two typed it: what its inspector wrote by hand stays on top."""
    if rating is None:
        return None
    top = db.session.get(revisions.Revision, rating.revision_id)
    return rating.revision_id if top is not None and top.typist_id in typists else None


def _append(kind: str, typing: SheetTyping, actor: Person, **facts: object) -> None:
    about = {"person": str(typing.person_id), "sheet": typing.sheet, **facts}
    journal.append(kind, actor=actor.id, inspection=typing.inspection_id, about=("sheet", typing.id), facts=about)
