"""The coordinators' page: who looks after safeguarding, whom to ring, and how long things may take."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from inspect_app.concerns import queries
from inspect_app.concerns.forms import SetUpForm
from inspect_app.concerns.operations.setting import Numbers, set_up_safeguarding
from inspect_app.concerns.rules import Times
from inspect_app.concerns.views_room import bp
from inspect_app.core.access import needs, signed_in
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.people.models import Person


@bp.route("/safeguarding/people", methods=["GET", "POST"])
@needs("safeguarding.manage")
def people() -> ResponseReturnValue:
    """Say who is lead and deputy, which numbers a tablet shows, and how long things may take."""
    everybody = db.session.execute(select(Person.id, Person.name).where(Person.active).order_by(Person.name))
    form = SetUpForm(data=_standing())
    form.offer((row[0], row[1]) for row in everybody)
    if form.validate_on_submit():
        try:
            _keep(form)
        except Refused as refusal:
            if refusal.status != 422:
                raise
            form.deputy.errors = [refusal.sentence]
        else:
            flash(_("This is kept. From now on tablets show these numbers."), "success")
            return redirect(url_for("concerns.people"), 303)
    return page("concerns/people.html", form=form, leads=queries.leads(), deputies=queries.deputies()), (
        422 if form.errors else 200
    )


def _keep(form: SetUpForm) -> None:
    numbers = Numbers(
        form.answers.data.strip(),
        form.phone.data.strip(),
        (form.other_answers.data or "").strip() or None,
        (form.other_phone.data or "").strip() or None,
        form.emergency_phone.data.strip(),
    )
    times = Times(form.concern_hours.data, form.urgent_hours.data, form.hazard_hours.data, form.keep_days.data)
    set_up_safeguarding(_chosen(form.lead.data), _chosen(form.deputy.data), numbers, times, actor=signed_in())


def _chosen(key: str | None) -> Person | None:
    if not key:
        return None
    found = next((one for one in db.session.scalars(select(Person).where(Person.active)) if str(one.id) == key), None)
    if found is None:
        raise Refused(_("Choose somebody from the list."), 422)
    return found


def _standing() -> dict[str, object]:
    """Return what the form begins with: what was said before, else what stands in for it."""
    ring, row = queries.whom_to_ring(), queries.settings()
    first = ring.lines[0] if ring.lines else None
    heads, seconds = queries.leads(), queries.deputies()
    return {
        "lead": str(heads[0].id) if heads else "",
        "deputy": str(seconds[0].id) if seconds else "",
        "answers": first.answers if first else "",
        "phone": first.phone if first else "",
        "other_answers": row.other_answers if row else "",
        "other_phone": row.other_phone if row else "",
        "emergency_phone": ring.emergency,
        **asdict(queries.times()),
    }
