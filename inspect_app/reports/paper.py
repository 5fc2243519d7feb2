"""The report's PDF: plain content becomes a page, the page becomes a document; as a job, once for each state."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import render_template

from inspect_app.core import files
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.files import StoredFile
from inspect_app.core.jobs import Job, handler, progress
from inspect_app.core.languages import in_language
from inspect_app.core.web import day_words
from inspect_app.core.words import _, mark
from inspect_app.inspections.models import Inspection
from inspect_app.reports.content import numbered, profile_rows
from inspect_app.reports.material import NOBODY
from inspect_app.reports.models import Edition, ReportDraft


def make_draft_file(draft: ReportDraft) -> StoredFile:
    """Return a draft's PDF, made now when it is not there yet."""
    if draft.file is None:
        with in_language(draft.content["language"]):
            data = render(draft.content, stamp=_stamp(draft))
        draft.file = files.store(data, "application/pdf", f"{draft.content['reference']}-draft-{draft.number}.pdf")
        db.session.flush()
    return draft.file


def _stamp(draft: ReportDraft) -> str:
    day = day_words(draft.made_at)
    if draft.content.get("final"):
        return _("Final text, %(day)s. Not published.", day=day)
    return _("Draft %(number)s, %(day)s. Not published.", number=draft.number, day=day)


def make_edition_file(edition: Edition) -> StoredFile:
    """Return an edition's PDF, made now when it is not there yet."""
    if edition.file is None:
        data = render(edition.content, journal_head=edition.journal_head, digest=edition.digest)
        edition.file = files.store(
            data, "application/pdf", f"{edition.content['reference']}-edition-{edition.number}.pdf"
        )
        db.session.flush()
    return edition.file


def render(content: Mapping[str, Any], *, stamp: str = "", journal_head: str = "", digest: str = "") -> bytes:
    """Return the PDF of a report's content; ``stamp`` says on its cover that it is not published."""
    # The printing library takes a second to load: only who prints waits for it.
    from inspect_app.core.pdf import render_pdf

    html = page_of(content, stamp=stamp, journal_head=journal_head, digest=digest)
    return render_pdf(html, title=content["title"], language=content["language"], images=_images(content))


def page_of(content: Mapping[str, Any], *, stamp: str = "", journal_head: str = "", digest: str = "") -> str:
    """Return the HTML of the report, in the report's own language, before it becomes a PDF."""
    with in_language(content["language"]):
        return render_template(
            "reports/pdf/report.html",
            report=content,
            title=content["title"],
            language=content["language"],
            chapters=chapters(content, published=bool(journal_head)),
            draft=bool(stamp),
            stamp=stamp,
            journal_head=journal_head,
            digest=digest,
            day_of=day_of,
            dots_of=dots_of,
            named=named,
            profile_rows=profile_rows(content),
        )


def dots_of(question: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a question's dots as the picture of its spread wants them; nobody's dot bears a name."""
    return [{"position": position, "label": _(NOBODY)} for position in question["dots"]]


def named(name: str) -> str:
    """Return a name as it is printed; whoever is not named is an inspector, in the reader's language."""
    return _(NOBODY) if name == NOBODY else name


def chapters(content: Mapping[str, Any], *, published: bool) -> list[dict[str, str]]:
    """Return the chapters that have something to say, in their order."""
    texts = [(one["key"], _(one["title"])) for one in content["sections"]]
    rated = [("ratings", _("How we rated it"))] if content["themes"] else []
    found = [("findings", _("What we found"))] if content["findings"] else []
    asked = [("recommendations", _("What we ask for"))] if content["recommendations"] else []
    other = [("differently", _("Who sees it differently"))] if content["minority"] else []
    checked = [("facts", _("What the service said about the facts"))] if content.get("accuracy") else []
    met = [("met", _("When we met the service"))] if content.get("meetings") else []
    kept = [("promises", _("Who kept their promises"))] if content.get("clocks") else []
    closing = [(one["key"], _(one["title"])) for one in content["closing"]]
    about = [("who", _("Who we are, and the time we gave")), ("how-to-read", _("How to read this report"))]
    parts = [*texts, *rated, *found, *asked, *other, *checked, *met, *kept, *closing, *about]
    if published:
        parts.append(("seal", _("How to check that this is genuine")))
    return [{"id": key, "title": title} for key, title in parts]


def day_of(text: str) -> str:
    """Return a day that is written as a number (2026-03-14) in words."""
    if not text:
        return ""
    return day_words(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


def photo_files(content: Mapping[str, Any]) -> set[str]:
    """Return the identifiers of the files that a report's photos lie in."""
    return {photo["file"] for one in numbered(content) for photo in one.get("photos", ())}


def _images(content: Mapping[str, Any]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name in photo_files(content):
        stored = db.session.get(StoredFile, uuid.UUID(name))
        if stored is None:
            raise Refused(_("A photo of this report is missing. Put it back from a backup."))
        found[name] = files.read(stored)
    return found


def register() -> None:
    """Say who makes the reports that are asked for."""
    handler("report.draft")(_do_draft)
    handler("report.edition")(_do_edition)


def _do_draft(job: Job) -> dict[str, Any]:
    draft = db.session.get(ReportDraft, uuid.UUID(job.payload["draft"]))
    if draft is None:
        raise Refused(_("This draft is not there any more."))
    progress(job, 20, mark("Making the draft as a PDF. This takes a few seconds."))
    return _result(make_draft_file(draft))


def _do_edition(job: Job) -> dict[str, Any]:
    edition = db.session.get(Edition, uuid.UUID(job.payload["edition"]))
    if edition is None:
        raise Refused(_("This edition is not there any more."))
    progress(job, 20, mark("Making the report as a PDF. This takes a few seconds."))
    return _result(make_edition_file(edition))


def _result(stored: StoredFile) -> dict[str, Any]:
    return {"file": str(stored.id), "sha256": stored.sha256_stored, "bytes": stored.size}


def name_of(inspection: Inspection, what: str, number: int) -> str:
    """Return under which name a report is saved, e.g. NC-2026-03-edition-1.pdf."""
    return f"{inspection.reference}-{what}-{number}.pdf"
