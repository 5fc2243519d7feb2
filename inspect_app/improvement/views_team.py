"""Pages of the inspectors: is it fixed? And how both sides record that they disagree."""

from __future__ import annotations

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.improvement import operations_fixing as operations
from inspect_app.improvement import queries
from inspect_app.improvement.forms import ReasonForm, VerdictForm
from inspect_app.improvement.rules import WORD_WORDS, Word
from inspect_app.improvement.views import as_uuid, asked_in, attempt, bp, status_of, to
from inspect_app.inspections.models import Inspection


@bp.route("/inspections/<reference>/improvement/<uuid:recommendation_id>/verdict", methods=["GET", "POST"])
@needs("improvement.verdict")
def verdict(inspection: Inspection, recommendation_id: uuid.UUID) -> ResponseReturnValue:
    """Look at what the service did, and say whether it is fixed."""
    asked, form = asked_in(inspection, recommendation_id), VerdictForm()
    chain = operations.chain_of(inspection, asked)
    looking = chain.open_round
    if request.method == "GET" and looking:
        form.update.data = str(looking.update_id)
    if attempt(
        form,
        lambda: operations.give_verdict(
            inspection,
            asked,
            as_uuid(form.update.data) or asked.id,
            form.word.data,
            form.reason.data or "",
            signed_in(),
        ),
    ):
        return to("overview", inspection, _("Thank you. Your word is recorded."))
    own = queries.verdict_by(looking.update_id, signed_in().id) if looking else None
    claim = next((one for one in chain.updates if looking and one.id == looking.update_id), None)
    return page(
        "improvement/verdict.html",
        inspection=inspection,
        asked=asked,
        chain=chain,
        form=form,
        claim=claim,
        own=own,
        own_words=WORD_WORDS[Word(own.word)] if own else "",
    ), status_of(form)


@bp.route("/inspections/<reference>/improvement/<uuid:recommendation_id>/disagreement", methods=["GET", "POST"])
@needs("improvement.disagree")
def disagree(inspection: Inspection, recommendation_id: uuid.UUID) -> ResponseReturnValue:
    """Record, for everybody to read, that service and inspectors still disagree."""
    asked, form = asked_in(inspection, recommendation_id), ReasonForm()
    over = operations.closing_time_is_over(inspection)
    refusal = operations.may_disagree(inspection, operations.chain_of(inspection, asked), signed_in(), over)
    if refusal:
        raise Refused(refusal)
    if attempt(
        form,
        lambda: operations.record_disagreement(inspection, asked, form.reason.data or "", signed_in()),
    ):
        return to("overview", inspection, _("It is recorded that both sides disagree."))
    action = url_for("improvement.disagree", reference=inspection.reference, recommendation_id=asked.id)
    words = {
        "title": _("Both sides disagree"),
        "hint": _(
            "The service says that it is done. The inspectors do not say that it is fixed. "
            "Write why this stays so. Both sides' words are published."
        ),
        "button": _("Record the disagreement"),
    }
    return page(
        "improvement/reason.html", inspection=inspection, asked=asked, form=form, action=action, words=words
    ), status_of(form)
