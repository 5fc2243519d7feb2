"""The bare page beside which the product is measured: a session, an access check, five queries, a few words."""

from __future__ import annotations

from flask import Flask, abort, render_template_string, session
from sqlalchemy import select

from inspect_app import config, create_app
from inspect_app.core import database
from inspect_app.core.database import db
from inspect_app.core.journal import Entry
from inspect_app.core.programme import Programme
from inspect_app.core.turns import Turns
from inspect_app.inspections.models import Inspection, Member
from inspect_app.people.models import Grant, Person

PAGE = """<!doctype html><html lang="en"><title>{{ inspection.title }}</title>
<h1>{{ inspection.title }}</h1><p>{{ programme.name }}, {{ person.name }}</p>
<ul>{% for member in members %}<li>{{ member.person.name }}</li>{% endfor %}</ul>
<ul>{% for entry in entries %}<li>{{ entry.kind }}</li>{% endfor %}</ul></html>"""


def make() -> Flask:
    """Make an application with one page on the product's own database; its tables are known from the product."""
    create_app()
    app = Flask(__name__)
    app.config.from_mapping(config.read())
    database.init_app(app)
    database.finish_requests(app)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    @app.get("/<reference>")
    def bare(reference: str) -> str:
        person = db.session.scalar(select(Person).where(Person.fs_uniquifier == session.get("_user_id")))
        if person is None or not any(grant.name == "coordinator" for grant in _roles(person)):
            abort(403)
        inspection = db.session.scalars(select(Inspection).where(Inspection.reference == reference)).one()
        return render_template_string(
            PAGE,
            person=person,
            inspection=inspection,
            programme=db.session.scalar(select(Programme)),
            members=db.session.scalars(select(Member).where(Member.inspection_id == inspection.id)).all(),
            entries=db.session.scalars(
                select(Entry).where(Entry.chain_id == inspection.id).order_by(Entry.number.desc()).limit(5)
            ).all(),
        )

    return app


def _roles(person: Person) -> list[Grant]:
    return list(person.roles)


app = make()
# Behind the same turnstile as the product: what is compared is the page, not the server.
app.wsgi_app = Turns(app.wsgi_app, app.config["MAX_CONTENT_LENGTH"])  # type: ignore[method-assign]
