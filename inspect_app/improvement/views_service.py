"""Pages of the service while it answers: what it owes, its answers, the meeting, more time."""

from __future__ import annotations

import uuid

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from inspect_app.charter.rules import Clock
from inspect_app.core import database
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import new_id
from inspect_app.core.revisions import Origin, Revision, Saved
from inspect_app.core.web import page
from inspect_app.core.words import _, ngettext
from inspect_app.improvement import operations_answers as operations
from inspect_app.improvement import operations_time, queries
from inspect_app.improvement.forms import AnswerForm, DecideTimeForm, MeetingForm, MoreTimeForm, ReasonForm
from inspect_app.improvement.models import Answer
from inspect_app.improvement.operations_shared import own
from inspect_app.improvement.owing import owed_by
from inspect_app.improvement.rules import DECISION_WORDS
from inspect_app.improvement.views import as_uuid, asked_in, attempt, bp, status_of, to
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.operations import record_hours
from inspect_app.inspections.rules import FEEDBACK_MEETING
from inspect_app.people.queries import names_of
from inspect_app.reports.models import Recommendation
from inspect_app.services.models import Service


@bp.get("/service/<service_slug>")
@needs("improvement.owed")
def owed(service: Service) -> ResponseReturnValue:
    """What one service owes, over all its inspections."""
    return page("improvement/owed.html", service=service, owed=owed_by(service))


@bp.get("/inspections/<reference>/answers")
@needs("improvement.answers")
def answers(inspection: Inspection) -> ResponseReturnValue:
    """The final report's recommendations, and how far the service is; opening it is recorded once."""
    if operations.undelivered(inspection, signed_in()):
        database.writing()
        operations.note_delivery(inspection, signed_in())
    asked = queries.asked_of(inspection, signed_in())
    found = queries.answers_of([one.id for one in asked])
    return page(
        "improvement/answers.html",
        inspection=inspection,
        asked=asked,
        answers=found,
        decisions=DECISION_WORDS,
        ready=[one for one in asked if _is_ready(found.get(one.id))],
        clock=_answer_clock(inspection),
    )


def _is_ready(answer: Answer | None) -> bool:
    return bool(answer and not answer.sent_at and answer.decision and answer.reason)


def _answer_clock(inspection: Inspection) -> Clock | None:
    found = operations_time.service_clocks(inspection)
    return next((one for one in found if one.when_over == "publish"), None)


@bp.route("/inspections/<reference>/answers/<uuid:recommendation_id>", methods=["GET", "POST"])
@needs("improvement.draft")
def answer(inspection: Inspection, recommendation_id: uuid.UUID) -> ResponseReturnValue:
    """Write the answer to one recommendation; nobody but the service sees it before it is sent."""
    asked = asked_in(inspection, recommendation_id)
    own(signed_in(), asked)
    form = AnswerForm()
    if request.method == "POST":
        return _save_answer(inspection, asked, form)
    standing = queries.answer_to(asked.id)
    form.revision.data = str(new_id())
    form.based_on.data = str(standing.revision_id) if standing else ""
    if standing:
        form.decision.data, form.reason.data = standing.decision, standing.reason
    return _answer_page(inspection, asked, form)


def _save_answer(inspection: Inspection, asked: Recommendation, form: AnswerForm) -> ResponseReturnValue:
    saved: list[Saved] = []

    def save() -> None:
        origin = Origin(
            author=signed_in().id,
            id=as_uuid(form.revision.data),
            based_on=as_uuid(form.based_on.data),
            language=inspection.language,
        )
        saved.append(
            operations.save_answer(inspection, asked, form.decision.data, form.reason.data or "", origin, signed_in())
        )

    if not attempt(form, save):
        return _answer_page(inspection, asked, form), 422
    meanwhile = saved[0].meanwhile
    if meanwhile is None:
        return to(
            "answers",
            inspection,
            _("Your answer to recommendation %(number)s is saved as a draft.", number=asked.number),
        )
    form.revision.data, form.based_on.data = str(new_id()), str(meanwhile.id)
    database.keep_despite_refusal()
    return _answer_page(inspection, asked, form, meanwhile=meanwhile), 409


def _answer_page(
    inspection: Inspection, asked: Recommendation, form: AnswerForm, meanwhile: Revision | None = None
) -> Response:
    return page(
        "improvement/answer.html",
        inspection=inspection,
        asked=asked,
        form=form,
        standing=queries.answer_to(asked.id),
        decisions=DECISION_WORDS,
        meanwhile=meanwhile,
        meanwhile_name=names_of({meanwhile.author_id}).get(meanwhile.author_id) if meanwhile else None,
    )


@bp.route("/inspections/<reference>/answers/send", methods=["GET", "POST"])
@needs("improvement.send")
def send(inspection: Inspection) -> ResponseReturnValue:
    """Read the answers once more, then send one or all; what was sent does not change any more."""
    if request.method == "POST":
        chosen = request.form.getlist("recommendation")
        seen = {key: as_uuid(request.form.get(f"seen-{key}")) for one in chosen if (key := as_uuid(one))}
        count = operations.send_answers(inspection, seen, signed_in())
        words = ngettext("%(n)s answer is sent.", "%(n)s answers are sent.", count)
        return to("answers", inspection, words if count else _("These answers were sent before."))
    asked = queries.asked_of(inspection, signed_in())
    found = queries.answers_of([one.id for one in asked])
    ready = [(one, found[one.id]) for one in asked if _is_ready(found.get(one.id))]
    return page("improvement/send.html", inspection=inspection, ready=ready, decisions=DECISION_WORDS)


@bp.route("/inspections/<reference>/improvement/<uuid:recommendation_id>/declined", methods=["GET", "POST"])
@needs("improvement.decline")
def decline(inspection: Inspection, recommendation_id: uuid.UUID) -> ResponseReturnValue:
    """Tell that the elected members decided against a recommendation that was passed on to them."""
    asked = asked_in(inspection, recommendation_id)
    form = ReasonForm()
    if attempt(
        form,
        lambda: operations.decline_after_referral(inspection, asked, form.reason.data or "", signed_in()),
    ):
        return to("overview", inspection, _("The decision of the elected members is recorded."))
    action = url_for("improvement.decline", reference=inspection.reference, recommendation_id=asked.id)
    words = {
        "title": _("The elected members decided not to do this"),
        "hint": _("Write what they decided and why. It is published."),
        "button": _("Record the decision"),
    }
    return page(
        "improvement/reason.html", inspection=inspection, asked=asked, form=form, action=action, words=words
    ), status_of(form)


@bp.route("/inspections/<reference>/meeting", methods=["GET", "POST"])
@needs("improvement.meeting")
def meeting(inspection: Inspection) -> ResponseReturnValue:
    """Record the meeting in which the inspectors told the service what they found."""
    form = MeetingForm()
    if request.method == "GET":
        form.id.data = str(new_id())
    if attempt(form, lambda: _record_meeting(inspection, form)):
        return to("overview", inspection, _("The meeting is recorded."))
    return page(
        "improvement/meeting.html",
        inspection=inspection,
        form=form,
        meetings=queries.meetings_of(inspection.id),
    ), status_of(form)


def _record_meeting(inspection: Inspection, form: MeetingForm) -> None:
    made = operations.record_meeting(
        inspection,
        form.held_on.data,
        form.place.data,
        form.present.data,
        form.notes.data or "",
        signed_in(),
        id=as_uuid(form.id.data),
    )
    if form.minutes.data:
        hours = uuid.uuid5(made.id, "hours")
        record_hours(inspection, id=hours, minutes=form.minutes.data, actor=signed_in(), what=FEEDBACK_MEETING)


@bp.route("/inspections/<reference>/more-time", methods=["GET", "POST"])
@needs("improvement.ask_time")
def more_time(inspection: Inspection) -> ResponseReturnValue:
    """Ask for more time for one thing that the service owes."""
    form, clocks = MoreTimeForm(), operations_time.service_clocks(inspection)
    form.key.choices = [SelectChoice(one.key, one.text) for one in clocks]
    if request.method == "GET":
        form.id.data = str(new_id())
        if len(clocks) == 1:
            form.key.data = clocks[0].key
    if clocks and attempt(
        form,
        lambda: operations_time.ask_more_time(
            inspection,
            form.key.data,
            form.until.data,
            form.reason.data or "",
            signed_in(),
            id=as_uuid(form.id.data),
        ),
    ):
        return to(
            "answers" if queries.is_reached(inspection) else "more_time",
            inspection,
            _("You have asked for more time."),
        )
    return page("improvement/more_time.html", inspection=inspection, form=form, clocks=clocks), status_of(form)


@bp.route("/inspections/<reference>/more-time/<uuid:extension_id>", methods=["GET", "POST"])
@needs("improvement.decide_time")
def decide_time(inspection: Inspection, extension_id: uuid.UUID) -> ResponseReturnValue:
    """Decide about more time."""
    extension, form = operations_time.extension_in(inspection, extension_id), DecideTimeForm()
    if attempt(
        form,
        lambda: operations_time.decide_more_time(
            inspection, extension, form.granted.data == "yes", form.reason.data or "", signed_in()
        ),
    ):
        return to("decide_time", inspection, _("Your decision is recorded."), extension_id=extension.id)
    clocks = {one.key: one for one in operations_time.service_clocks(inspection)}
    return page(
        "improvement/decide_time.html",
        inspection=inspection,
        form=form,
        extension=extension,
        clock=clocks.get(extension.commitment_key),
        names=names_of({extension.asked_by_id, extension.decided_by_id}),
    ), status_of(form)
