"""Plan an inspection, one thing per page."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue

from inspect_app.charter.queries import charters
from inspect_app.core.access import needs
from inspect_app.core.database import db
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.inspections import operations, queries
from inspect_app.inspections.forms import ChoiceForm, DetailsForm, NewForm, ServicesForm, choices
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.overview import copyable
from inspect_app.inspections.views import as_uuid, attempt, bp, myself, status_of, to
from inspect_app.people.models import Person
from inspect_app.people.queries import holders
from inspect_app.people.rules import Role

COPY = "copy:"


@bp.route("/inspections/new", methods=["GET", "POST"])
@needs("inspections.create")
def new() -> ResponseReturnValue:
    """Start to plan an inspection: from its kind, or like an earlier one."""
    kinds, earlier = queries.kinds(), copyable()
    form = NewForm()
    form.start.choices = choices(
        [(kind.id, kind.title) for kind in kinds]
        + [
            (f"{COPY}{one.reference}", _("Like “%(title)s” (%(reference)s)", title=one.title, reference=one.reference))
            for one in earlier
        ]
    )
    if attempt(form, lambda: _start(form)):
        inspection = db.session.get_one(Inspection, form.new_id)
        flash(_("“%(title)s” is there. Now plan it, one step after the other.", title=inspection.title), "success")
        return to("hub", inspection)
    hints = {str(kind.id): kind.summary for kind in kinds}
    return page("inspections/new.html", form=form, hints=hints), status_of(form)


def _start(form: NewForm) -> None:
    chosen, me = form.start.data, myself()
    if chosen.startswith(COPY):
        source = queries.by_reference(chosen.removeprefix(COPY))
        operations.copy_inspection(id=form.new_id, source=source, title=form.title.data, actor=me)
        return
    kind = next(kind for kind in queries.kinds() if str(kind.id) == chosen)
    operations.create_inspection(id=form.new_id, title=form.title.data, kind=kind, actor=me)


@bp.route("/inspections/<reference>/details", methods=["GET", "POST"])
@needs("inspections.describe")
def plan_details(inspection: Inspection) -> ResponseReturnValue:
    """Change title, scope and the person to ring."""
    form = DetailsForm(obj=None, title=inspection.title, scope=inspection.scope, contact=str(inspection.contact_id))
    form.contact.choices = choices((person.id, person.name) for person in holders(Role.COORDINATOR))

    def save() -> None:
        contact = db.session.get(Person, as_uuid(form.contact.data))
        scope = (form.scope.data or "").strip() or None
        operations.change_inspection(inspection, myself(), title=form.title.data, scope=scope, contact=contact)

    return _saved(inspection) if attempt(form, save) else _shown("plan_details", inspection, form)


@bp.route("/inspections/<reference>/services", methods=["GET", "POST"])
@needs("inspections.plan")
def plan_services(inspection: Inspection) -> ResponseReturnValue:
    """Choose which services come under inspection."""
    known = queries.services()
    form = ServicesForm(services=[str(service.id) for service in inspection.services])
    form.services.choices = choices((service.id, service.name) for service in known)

    def save() -> None:
        chosen = [service for service in known if str(service.id) in form.services.data]
        operations.change_inspection(inspection, myself(), services=chosen)

    hints = {str(service.id): service.summary for service in known if service.summary}
    return _saved(inspection) if attempt(form, save) else _shown("plan_services", inspection, form, hints)


@bp.route("/inspections/<reference>/plan/questions", methods=["GET", "POST"])
@needs("inspections.plan")
def plan_questions(inspection: Inspection) -> ResponseReturnValue:
    """Choose the questions: one published version of a framework; those made for the kind come first."""
    versions = queries.framework_versions(
        inspection.kind.settings.get("framework_keys"), inspection.framework_version_id
    )
    form = ChoiceForm(choice=str(inspection.framework_version_id))
    form.choice.choices = choices(
        (one.id, _("%(title)s, version %(number)s", title=one.title, number=one.number)) for one in versions
    )
    form.choice.label.text = _("Which questions will the inspectors answer?")

    def save() -> None:
        chosen = next(one for one in versions if str(one.id) == form.choice.data)
        operations.change_inspection(inspection, myself(), framework_version=chosen)

    hints = {str(one.id): one.summary for one in versions}
    return _saved(inspection) if attempt(form, save) else _shown("plan_choice", inspection, form, hints)


@bp.route("/inspections/<reference>/plan-charter", methods=["GET", "POST"])
@needs("inspections.plan")
def plan_charter(inspection: Inspection) -> ResponseReturnValue:
    """Choose the charter that binds both sides."""
    known = charters()
    form = ChoiceForm(choice=str(inspection.charter_id))
    form.choice.choices = choices(
        (one.id, _("%(title)s, version %(number)s", title=one.title, number=one.version)) for one in known
    )
    form.choice.label.text = _("Which charter binds the team and the service?")

    def save() -> None:
        chosen = next(one for one in known if str(one.id) == form.choice.data)
        operations.change_inspection(inspection, myself(), charter=chosen)

    hints = {str(one.id): one.summary for one in known}
    return _saved(inspection) if attempt(form, save) else _shown("plan_choice", inspection, form, hints)


def _saved(inspection: Inspection) -> ResponseReturnValue:
    flash(_("The plan is saved."), "success")
    return to("hub", inspection)


def _shown(
    template: str,
    inspection: Inspection,
    form: DetailsForm | ServicesForm | ChoiceForm,
    hints: dict[str, str] | None = None,
) -> ResponseReturnValue:
    return page(f"inspections/{template}.html", inspection=inspection, form=form, hints=hints or {}), status_of(form)
