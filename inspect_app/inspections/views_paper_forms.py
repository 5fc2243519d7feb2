"""The questions of an inspection on paper, for one inspector: a form to fill in by hand."""

from __future__ import annotations

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.frameworks import paper
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.queries import plain_version
from inspect_app.inspections import queries
from inspect_app.inspections.forms_paper import PaperForm
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.views import bp
from inspect_app.people.models import Person


@bp.get("/inspections/<reference>/paper-form")
@needs("inspections.print_forms")
def paper_choice(inspection: Inspection) -> ResponseReturnValue:
    """Choose for whom, and how, the questions are to be printed."""
    form = PaperForm(_questions(inspection), [one.person for one in queries.accepted(inspection)])
    return page("inspections/paper_choice.html", inspection=inspection, form=form)


@bp.get("/inspections/<reference>/paper-form.pdf")
@needs("inspections.print_forms")
def paper_form(inspection: Inspection) -> ResponseReturnValue:
    """Print the questions for one inspector; the code on each sheet leads to where it is typed in."""
    plain = _questions(inspection)
    wish = paper.wish_of(request.args, plain)
    person = _person(inspection, request.args.get("person", ""))
    owner = paper.Owner(inspection.reference, inspection.title, person.name if person else "")

    def code_of(sheet: int) -> str:
        reference = inspection.reference
        if person is None:
            return f"{current_app.config['PUBLIC_URL']}{url_for('fieldwork.type_in', reference=reference, sheet=sheet)}"
        way = url_for("fieldwork.typed_questions", reference=reference, person_id=person.id, sheet=sheet)
        return f"{current_app.config['PUBLIC_URL']}{way}"

    made = paper.render_form(plain, wish, owner, code_of)
    return paper.sent(made, f"questions-{inspection.reference}-{wish.edition}")


def _questions(inspection: Inspection) -> PlainFramework:
    if inspection.framework_version_id is None:
        raise Refused("Choose the questions of this inspection first.")
    return plain_version(inspection.framework_version_id)


def _person(inspection: Inspection, asked: str) -> Person | None:
    """Return the inspector whose name a form bears, None for a form without one. Raises Refused (404) otherwise."""
    if not asked:
        return None
    for member in queries.accepted(inspection):
        if str(member.person_id) == asked:
            return member.person
    raise Refused("There is no such inspector on this team.", 404)
