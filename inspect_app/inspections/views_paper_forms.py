"""The questions of an inspection on paper, for one inspector: a form to fill in by hand."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs, signed_in
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _
from inspect_app.frameworks import paper, queries_paper
from inspect_app.frameworks.operations_paper import For, ask_for_form
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.queries import plain_version
from inspect_app.inspections import queries
from inspect_app.inspections.forms_paper import PaperForm
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.views import bp
from inspect_app.people.models import Person


@bp.route("/inspections/<reference>/paper-form", methods=["GET", "POST"])
@needs("inspections.print_forms")
def paper_choice(inspection: Inspection) -> ResponseReturnValue:
    """Choose for whom, and how, the questions are to be printed, and have them made."""
    plain = _questions(inspection)
    if request.method == "GET":
        form = PaperForm(plain, [one.person for one in queries.accepted(inspection)])
        return page("inspections/paper_choice.html", inspection=inspection, form=form)
    made = ask_for_form(
        plain,
        paper.wish_of(request.form, plain),
        actor=signed_in(),
        version_id=inspection.framework_version_id,
        belongs=_for(inspection, _person(inspection, request.form.get("person", ""))),
    )
    return redirect(url_for("inspections.paper_form", reference=inspection.reference, form_number=made.number), 303)


@bp.get("/inspections/<reference>/paper-form/<int:form_number>")
@needs("inspections.print_forms")
def paper_form(inspection: Inspection, form_number: int) -> ResponseReturnValue:
    """Show how far a form is, and the way to it."""
    return page("inspections/paper_form.html", **_shown(inspection, form_number))


@bp.get("/inspections/<reference>/paper-form/<int:form_number>/progress")
@needs("inspections.print_forms")
def paper_progress(inspection: Inspection, form_number: int) -> ResponseReturnValue:
    """Show how far a form is; the page asks again by itself."""
    return page("inspections/paper_form.html", "progress", **_shown(inspection, form_number))


@bp.get("/inspections/<reference>/paper-form/<int:form_number>.pdf")
@needs("inspections.print_forms")
def paper_file(inspection: Inspection, form_number: int) -> ResponseReturnValue:
    """Hand a form out, to be printed."""
    form = queries_paper.form_of(inspection.id, form_number)
    if form.file is None:
        raise Refused(_(queries_paper.NOT_YET))
    return files.send(form.file, f"questions-{inspection.reference}-{form.number}-{form.edition}", inline=False)


def _for(inspection: Inspection, person: Person | None) -> For:
    """Return whose form it is; the code on each sheet leads to where the sheet is typed in."""

    def code_of(number: int) -> str:
        here: dict[str, Any] = {"reference": inspection.reference, "form": number}
        if person is None:
            way = url_for("fieldwork.type_in", **here)
        else:
            way = url_for("fieldwork.typed_questions", person_id=person.id, **here)
        return f"{current_app.config['PUBLIC_URL']}{way}&sheet="

    owner = paper.Owner(inspection.reference, inspection.title, person.name if person else "")
    return For(inspection.id, person.id if person else None, owner, code_of)


def _shown(inspection: Inspection, number: int) -> dict[str, Any]:
    form = queries_paper.form_of(inspection.id, number)
    here: dict[str, Any] = {"reference": inspection.reference, "form_number": number}
    return {
        "inspection": inspection,
        "form": form,
        "job": queries_paper.job_of(form),
        "url": url_for("inspections.paper_progress", **here),
        "file": url_for("inspections.paper_file", **here),
        "edition": paper.EDITION_NAMES[paper.Edition(form.edition)],
    }


def _questions(inspection: Inspection) -> PlainFramework:
    if inspection.framework_version_id is None:
        raise Refused(_("Choose the questions of this inspection first."))
    return plain_version(inspection.framework_version_id)


def _person(inspection: Inspection, asked: str) -> Person | None:
    """Return the inspector whose name a form bears, None for a form without one. Raises Refused (404) otherwise."""
    if not asked:
        return None
    for member in queries.accepted(inspection):
        if str(member.person_id) == asked:
            return member.person
    raise Refused(_("There is no such inspector on this team."), 404)
