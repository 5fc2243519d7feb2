"""The public pages. The address of an inspection is loaded only when it is published: see ``room``."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from inspect_app.charter.wording import amount_words
from inspect_app.core.access import needs, signed_in
from inspect_app.core.web import page, page_number
from inspect_app.insight.queries import figures
from inspect_app.inspections.rules import title
from inspect_app.public import queries, queries_home
from inspect_app.public.rules import Published
from inspect_app.public.showing import values

bp = Blueprint("public", __name__)


def for_everybody(response: Response) -> Response:
    """Let caches keep a page that bears nobody's name, and ask each time whether it is still the same."""
    if signed_in() is None:
        response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
        response.add_etag()
        response.make_conditional(request)
    return response


@bp.get("/public")
@needs("open to all")
def home() -> ResponseReturnValue:
    """Show what was published, the programme's figures, and what goes on now."""
    words, service = request.args.get("words", "").strip()[:200], request.args.get("service", "")
    rows, found = queries_home.published_page(words, service, page_number())
    searching = bool(words or service)
    return for_everybody(
        page(
            "public/home.html",
            rows=rows,
            found=found,
            words=words,
            service=service,
            searching=searching,
            services=queries_home.inspected_services(),
            figures=figures(),
            going_on=[] if searching or found.page > 1 else queries_home.going_on(),
            stage_title=title,
        )
    )


@bp.get("/public/charter")
@needs("open to all")
def charter() -> ResponseReturnValue:
    """Show what the sides promise each other."""
    return for_everybody(page("public/charter.html", charters=queries.promises(), amount_words=amount_words))


@bp.get("/public/<published>")
@needs("open to all")
def inspection(published: Published) -> ResponseReturnValue:
    """Show a published inspection, and what became of each recommendation."""
    return for_everybody(page("public/inspection.html", stage_title=title, **values(published)))
