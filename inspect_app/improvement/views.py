"""Pages for everybody of an inspection: what became of each recommendation, and the proof of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from inspect_app.charter.queries import clocks_for, extensions
from inspect_app.core import files
from inspect_app.core.access import may, needs, signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _, lazy
from inspect_app.improvement import queries
from inspect_app.improvement.forms import LateAnswersForm
from inspect_app.improvement.operations_fixing import closing_time_is_over, may_disagree
from inspect_app.improvement.operations_time import publish_late_answers
from inspect_app.improvement.queries_chain import chains, chains_of, fix_rate_of
from inspect_app.improvement.rules import Decision, bar_counts, bar_words
from inspect_app.improvement.values import Chain, by_news
from inspect_app.inspections.models import Inspection, Member
from inspect_app.inspections.queries import spine
from inspect_app.reports.models import Recommendation
from inspect_app.reports.queries import editions_of, recommendation_in

bp = Blueprint("improvement", __name__)
LATE_ANSWERS = lazy("The service answered after the report was published. This edition has its answers.")


def attempt(form: FlaskForm, change: Callable[[], Any]) -> bool:
    """Do what a valid form asks for; where its input is refused, put the sentence on the form and say no."""
    if not form.validate_on_submit():
        return False
    try:
        change()
    except Refused as refusal:
        if refusal.status not in (413, 422):
            raise
        form.form_errors.append(refusal.sentence)
        return False
    return True


def status_of(form: FlaskForm) -> int:
    """Return 422 for a form that was sent and refused, 200 for one that is shown."""
    return 422 if form.errors or form.form_errors else 200


def to(view: str, inspection: Inspection, sentence: str = "", **more: Any) -> ResponseReturnValue:
    """Answer with the way to a page of this room, and say what was done."""
    if sentence:
        flash(sentence, "done")
    return redirect(url_for(f"improvement.{view}", reference=inspection.reference, **more), 303)


def as_uuid(text: str | None) -> uuid.UUID | None:
    """Return an identifier from a form, or None when it is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def asked_in(inspection: Inspection, recommendation_id: uuid.UUID) -> Recommendation:
    """Return a recommendation of an inspection whose final report went out; raise Refused (404) otherwise."""
    if not queries.is_reached(inspection):
        raise Refused(_("This recommendation is not there."), 404)
    return recommendation_in(inspection, recommendation_id)


@bp.get("/inspections/<reference>/improvement")
@needs("improvement.see")
def overview(inspection: Inspection) -> ResponseReturnValue:
    """What became of each recommendation: from what was seen to what the inspectors say of it."""
    found, over = chains(inspection, inside=True), closing_time_is_over(inspection)
    return page(
        "improvement/overview.html",
        inspection=inspection,
        chains=found,
        moving=[one for one in found if not one.settlement],
        settled=[one for one in found if one.settlement],
        actions={chain.id: _can_do(inspection, chain, over) for chain in found},
        counts=bar_counts(chain.state for chain in found),
        rate=fix_rate_of(found),
        clocks=[one for one in clocks_for(inspection.id, inspection.charter_id) if one.started],
        extensions=extensions(inspection.id),
        meetings=queries.meetings_of(inspection.id),
        editions=editions_of(inspection.id),
    )


@bp.route("/inspections/<reference>/improvement/late-answers", methods=["GET", "POST"])
@needs("reports.correct")
def late_answers(inspection: Inspection) -> ResponseReturnValue:
    """Publish a new edition with the answers that came after the report was published."""
    count, form = queries.answers_not_printed(inspection), LateAnswersForm()
    if not count:
        return to("overview", inspection, _("The report has every answer that was sent."))
    if not form.is_submitted():
        form.reason.data = str(LATE_ANSWERS)
    if attempt(form, lambda: publish_late_answers(inspection, form.reason.data or "", signed_in())):
        return to("overview", inspection, _("A new edition with the answers is published."))
    return page("improvement/late_answers.html", inspection=inspection, form=form, count=count), status_of(form)


def _can_do(inspection: Inspection, chain: Chain, over: bool) -> list[tuple[str, str]]:
    """Return what the person who looks can do about one recommendation: words and address."""
    me, links = signed_in(), []
    here: dict[str, Any] = {"reference": inspection.reference, "recommendation_id": chain.id}
    mine = chain.service_id in queries.services_of(me)
    if mine and chain.answer is None and may(me, "improvement.draft", inspection):
        links.append((_("Write the answer"), "improvement.answer"))
    if mine and chain.answer and not chain.settlement and may(me, "improvement.update", inspection):
        links.append((_("Tell what you have done"), "improvement.update"))
        if chain.answer.decision == Decision.REFERRED and may(me, "improvement.decline", inspection):
            links.append((_("Tell what the elected members decided"), "improvement.decline"))
    if chain.open_round and may(me, "improvement.verdict", inspection) and me.id not in chain.open_round.by:
        links.append((_("Say whether it is fixed"), "improvement.verdict"))
    if may(me, "improvement.disagree", inspection) and not may_disagree(inspection, chain, me, over):
        links.append((_("Record that you disagree"), "improvement.disagree"))
    return [(words, url_for(endpoint, **here)) for words, endpoint in links]


@bp.get("/inspections/<reference>/proof/<uuid:proof_id>")
@needs("improvement.see")
def proof_file(inspection: Inspection, proof_id: uuid.UUID) -> ResponseReturnValue:
    """One photo or document that shows what was done."""
    proof = queries.proof_in(inspection, proof_id)
    inline = proof.file.media_type.startswith("image/")
    return files.send(proof.file, proof.file.original_name, inline=inline and "save" not in request.args)


@bp.get("/my/became")
@needs("improvement.became")
def became() -> ResponseReturnValue:
    """Everything that a person's recommendations led to, over all inspections."""
    me = signed_in()
    inspections = db.session.scalars(
        select(Inspection)
        .where(
            Inspection.id.in_(
                select(Member.inspection_id).where(
                    Member.person_id == me.id,
                    Member.role.in_(("inspector", "supporter")),
                    Member.state.in_(("accepted", "released")),
                )
            )
        )
        .options(*spine())
        .order_by(Inspection.created_at.desc())
    ).all()
    # Who left a team keeps what is public anyway, and sees no names that are not.
    inside = [one for one in inspections if may(me, "inspections.see", one)]
    outside = [one for one in inspections if one not in inside and one.published_at is not None]
    found = chains_of(inside, inside=True) | chains_of(outside)
    mine = [(one, found[one.id]) for one in inspections if found.get(one.id)]
    states = [chain.state for _one, ones in mine for chain in ones]
    return page("improvement/became.html", mine=[_told(*one) for one in mine], counts=bar_counts(states))


def _told(inspection: Inspection, found: list[Chain]) -> dict[str, Any]:
    """Return one inspection with what still moves and what is settled, newest news first."""
    moving, settled = by_news(found)
    sums = bar_words(bar_counts(chain.state for chain in found))
    return {"inspection": inspection, "moving": moving, "settled": settled, "sums": sums}
