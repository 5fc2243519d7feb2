"""Pages of drafts and editions: make, read, confirm, correct, withdraw."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import files
from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import page
from inspect_app.core.words import _, lazy
from inspect_app.inspections.models import Inspection
from inspect_app.reports import operations_drafts, operations_editions, queries
from inspect_app.reports.content import paragraphs, profile_rows, recommendation_numbers, said_again
from inspect_app.reports.forms import CorrectionForm, StatementForm, WithdrawalForm
from inspect_app.reports.models import ReportDraft
from inspect_app.reports.paper import day_of, name_of
from inspect_app.reports.views import back_to, bp, job_of, may_read, me, tried

NOT_YET = lazy("The PDF is still being made. Look again in a moment.")


@bp.post("/inspections/<reference>/report/drafts")
@needs("reports.make_draft")
def make_draft(inspection: Inspection) -> ResponseReturnValue:
    """Freeze the report and ask for its PDF."""
    draft = operations_drafts.make_draft(inspection, me())
    return back_to(
        "reports.show_draft", inspection, _("This is draft %(number)s.", number=draft.number), number=draft.number
    )


def _readable(inspection: Inspection, number: int) -> ReportDraft:
    draft = queries.draft_numbered(inspection, number)
    if not may_read(inspection, draft):
        raise Refused(_("This draft is the team’s own. You can read the one that is sent to the service."), 403)
    return draft


@bp.get("/inspections/<reference>/report/drafts/<int:number>")
@needs("reports.read_draft")
def show_draft(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Show a draft with its numbered paragraphs."""
    draft = _readable(inspection, number)
    said = queries.confirmations_of(draft.id)
    sent, report = queries.sent_draft(inspection.id), said_again(draft.content)
    return page(
        "reports/draft.html",
        inspection=inspection,
        draft=draft,
        report=report,
        profile_rows=profile_rows(report),
        job=job_of(draft),
        day_of=day_of,
        said=said,
        is_checked=sent is not None and sent.id == draft.id,
        is_latest=number == queries.drafts_of(inspection.id)[0].number,
    )


@bp.get("/inspections/<reference>/report/drafts/<int:number>/progress")
@needs("reports.read_draft")
def draft_progress(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Show how far a draft's PDF is; the page asks again by itself."""
    draft = _readable(inspection, number)
    url = url_for("reports.draft_progress", reference=inspection.reference, number=number)
    file_url = url_for("reports.draft_file", reference=inspection.reference, number=number)
    return page("reports/progress.html", "progress", inspection=inspection, job=job_of(draft), url=url, file=file_url)


@bp.get("/inspections/<reference>/report/drafts/<int:number>.pdf")
@needs("reports.read_draft")
def draft_file(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Hand out a draft's PDF."""
    draft = _readable(inspection, number)
    if draft.file is None:
        raise Refused(NOT_YET)
    return files.send(draft.file, name_of(inspection, "draft", number), inline=True)


@bp.route("/inspections/<reference>/report/confirm", methods=["GET", "POST"])
@needs("reports.confirm")
def confirm(inspection: Inspection) -> ResponseReturnValue:
    """Say that the latest draft tells what was seen, or what one sees differently."""
    draft = queries.latest_draft(inspection.id)
    if draft is None:
        raise Refused(_("There is no draft yet. Make one first."))
    form = StatementForm()
    mine = [one for one in queries.minority_statements(inspection.id, "report") if one.person_id == me().id]
    if form.validate_on_submit() and tried(
        form, lambda: operations_drafts.state_minority(inspection, draft, form.text.data, me())
    ):
        return back_to("reports.show_report", inspection, _("Your words will stand in the report, as you wrote them."))
    if mine and not form.is_submitted():
        form.text.data = mine[0].text
    said = queries.confirmations_of(draft.id).get(me().id)
    status = 422 if form.errors or form.form_errors else 200
    return page("reports/confirm.html", inspection=inspection, draft=draft, form=form, said=said), status


@bp.post("/inspections/<reference>/report/drafts/<int:number>/confirm")
@needs("reports.confirm")
def confirm_draft(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Say yes to a draft."""
    draft = queries.draft_numbered(inspection, number)
    operations_drafts.confirm_draft(inspection, draft, me())
    return back_to(
        "reports.show_report", inspection, _("Thank you. You have confirmed draft %(number)s.", number=number)
    )


@bp.get("/inspections/<reference>/report/editions/<int:number>")
@needs("reports.read_edition")
def show_edition(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Show a published edition."""
    edition = queries.edition_numbered(inspection, number)
    report = said_again(edition.content)
    return page(
        "reports/edition.html",
        inspection=inspection,
        edition=edition,
        report=report,
        profile_rows=profile_rows(report),
        job=job_of(edition),
        day_of=day_of,
    )


@bp.get("/inspections/<reference>/report/editions/<int:number>/progress")
@needs("reports.read_edition")
def edition_progress(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Show how far an edition's PDF is; the page asks again by itself."""
    edition = queries.edition_numbered(inspection, number)
    url = url_for("reports.edition_progress", reference=inspection.reference, number=number)
    file_url = url_for("reports.edition_file", reference=inspection.reference, number=number)
    values = {"inspection": inspection, "job": job_of(edition), "url": url, "file": file_url}
    return page("reports/progress.html", "progress", **values)


@bp.get("/inspections/<reference>/report/editions/<int:number>.pdf")
@needs("reports.read_edition")
def edition_file(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Hand out an edition's PDF."""
    edition = queries.edition_numbered(inspection, number)
    if edition.file is None:
        raise Refused(NOT_YET)
    return files.send(edition.file, name_of(inspection, "edition", number), inline=True)


@bp.route("/inspections/<reference>/report/correct", methods=["GET", "POST"])
@needs("reports.correct")
def correct(inspection: Inspection) -> ResponseReturnValue:
    """Publish a corrected edition that says what was wrong."""
    latest = queries.editions_of(inspection.id)
    if not latest:
        raise Refused(_("Nothing is published yet."))
    form = CorrectionForm()
    if form.validate_on_submit():
        changes = {form.paragraph.data.strip(): form.text.data.strip()}
        made = tried(form, lambda: operations_editions.publish(inspection, me(), form.reason.data, changes))
        if made:
            return back_to(
                "reports.show_edition",
                inspection,
                _("Edition %(number)s is published.", number=made.number),
                number=made.number,
            )
    known = sorted(recommendation_numbers(latest[0].content)) + list(paragraphs(latest[0].content))
    status = 422 if form.errors or form.form_errors else 200
    return page("reports/correct.html", inspection=inspection, form=form, edition=latest[0], known=known), status


@bp.route("/inspections/<reference>/report/editions/<int:number>/withdraw", methods=["GET", "POST"])
@needs("reports.correct")
def withdraw_edition(inspection: Inspection, number: int) -> ResponseReturnValue:
    """Take an edition back, with a reason that is published."""
    edition = queries.edition_numbered(inspection, number)
    form = WithdrawalForm()
    if form.validate_on_submit():
        operations_editions.withdraw_edition(inspection, edition, form.reason.data, me())
        return back_to("reports.show_report", inspection, _("Edition %(number)s is withdrawn.", number=number))
    return page("reports/withdraw.html", inspection=inspection, form=form, edition=edition), 422 if form.errors else 200
