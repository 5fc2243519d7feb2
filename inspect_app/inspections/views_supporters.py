"""Supporters: an inspector names whom they want, the coordinator says yes or no."""

from __future__ import annotations

import uuid

from flask import flash
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections import operations
from inspect_app.inspections import queries_supporters as queries
from inspect_app.inspections.forms import ReasonForm, choices
from inspect_app.inspections.forms_team import NEW_PERSON, AgreeToSupporterForm, SupporterForm
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.rules_team import TIES
from inspect_app.inspections.views import attempt, bp, myself, status_of, to
from inspect_app.people.queries import person_by_id


@bp.route("/inspections/<reference>/my-supporter", methods=["GET", "POST"])
@needs("inspections.my_supporter")
def my_supporter(inspection: Inspection) -> ResponseReturnValue:
    """Show an inspector who supports them, and let them name somebody."""
    me, form = myself(), SupporterForm()

    def name() -> None:
        operations.name_supporter(
            inspection, me, id=form.new_id, name=form.name.data, tie=form.tie.data, reach=form.reach.data
        )

    if attempt(form, name):
        flash(_("Thank you. The coordinator has your wish and will answer you."), "success")
        return to("my_supporter", inspection)
    return page(
        "inspections/my_supporter.html",
        inspection=inspection,
        form=form,
        supporter=queries.supporter_of(inspection, me.id),
        wish=queries.last_wish(inspection, me.id),
    ), status_of(form)


@bp.post("/inspections/<reference>/my-supporter/withdraw")
@needs("inspections.my_supporter")
def withdraw_wish(inspection: Inspection) -> ResponseReturnValue:
    """Take back whom one asked for."""
    operations.withdraw_wish(inspection, myself())
    flash(_("Your wish is taken back."), "success")
    return to("my_supporter", inspection)


@bp.post("/inspections/<reference>/my-supporter/end")
@needs("inspections.my_supporter")
def end_support(inspection: Inspection) -> ResponseReturnValue:
    """End the support at once."""
    operations.end_support(inspection, myself())
    flash(_("The support is ended. What was written for you stays yours."), "success")
    return to("my_supporter", inspection)


@bp.get("/inspections/<reference>/supporters")
@needs("inspections.supporters")
def supporters(inspection: Inspection) -> ResponseReturnValue:
    """Show the coordinator whom inspectors want, and what became of it."""
    there = queries.wishes(inspection)
    return page(
        "inspections/supporters.html",
        inspection=inspection,
        waiting=[one for one in there if one.state == "asked"],
        answered=[one for one in there if one.state != "asked"],
        ties=TIES,
    )


@bp.route("/inspections/<reference>/supporters/<uuid:wish_id>/yes", methods=["GET", "POST"])
@needs("inspections.decide_supporter")
def agree_to_supporter(inspection: Inspection, wish_id: uuid.UUID) -> ResponseReturnValue:
    """Say yes to a supporter, and who it is."""
    wish, form = queries.wish_of(inspection, wish_id), AgreeToSupporterForm()
    known = [(one.id, one.name) for one in queries.could_support(inspection)]
    form.person.choices = choices(
        [("", _("Choose")), (NEW_PERSON, _("A new person: %(name)s", name=wish.name)), *known]
    )

    def agree() -> None:
        person = None if form.person.data == NEW_PERSON else person_by_id(uuid.UUID(form.person.data))
        operations.agree_to_supporter(inspection, wish, myself(), person, form.email.data or None)

    if attempt(form, agree):
        told = _("%(name)s hears of your yes. The supporter is asked to join.", name=wish.inspector.name)
        flash(told, "success")
        return to("supporters", inspection)
    return page("inspections/supporter_yes.html", inspection=inspection, form=form, wish=wish, ties=TIES), status_of(
        form
    )


@bp.route("/inspections/<reference>/supporters/<uuid:wish_id>/no", methods=["GET", "POST"])
@needs("inspections.decide_supporter")
def refuse_supporter(inspection: Inspection, wish_id: uuid.UUID) -> ResponseReturnValue:
    """Say no to a supporter, with a reason."""
    wish, form = queries.wish_of(inspection, wish_id), ReasonForm()
    if wish.state != "asked":
        raise Refused(_("This wish is answered already."))
    if attempt(form, lambda: operations.refuse_supporter(inspection, wish, form.reason.data, myself())):
        flash(_("%(name)s hears of your no, and why.", name=wish.inspector.name), "success")
        return to("supporters", inspection)
    return page("inspections/supporter_no.html", inspection=inspection, form=form, wish=wish), status_of(form)
