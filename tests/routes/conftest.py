"""The demonstration, on this run's database, for those who walk through all of it."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app import create_app
from inspect_app.core import files
from inspect_app.core.database import db, new_id
from inspect_app.core.journal import Chain
from inspect_app.core.mail import silence
from inspect_app.core.time import now
from inspect_app.fieldwork.models import SheetPhoto
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.operations_paper import For, ask_for_form
from inspect_app.frameworks.paper import Owner, Wish
from inspect_app.frameworks.queries import plain_version
from inspect_app.frameworks.reading import read_framework
from inspect_app.inspections.models import Inspection
from inspect_app.making import operations as making
from inspect_app.making import operations_voices
from inspect_app.making.rules import Side
from inspect_app.people.models import Person
from tests.demonstration import copy_of, database_of

SETTINGS = {
    "TESTING": True,
    "DEMONSTRATION": True,
    "SECRET_KEY": "a key for tests that is long enough, surely",
    "SECURITY_PASSWORD_HASH": "plaintext",
    "SECURITY_PASSWORD_SCHEMES": ["plaintext"],
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with the demonstration in it: loaded once in a run, and copied for each worker."""
    folder = copy_of(tmp_path_factory, "walk")
    app = create_app({**SETTINGS, "VAR": folder, "SQLALCHEMY_DATABASE_URI": database_of(folder)})
    with app.app_context():
        make_questions(*(db.session.scalars(select(Person).where(Person.name == one)).one() for one in MAKERS))
        make_forms(*(db.session.scalars(select(Person).where(Person.name == one)).one() for one in MAKERS))
        db.session.commit()
    return app


MAKERS = ("Helen Drummond", "Isla Munro")


def make_questions(helen: Person, isla: Person) -> None:
    """Begin a draft with everything that a draft can have, and send it round to an inspector."""
    plain = read_framework(DRAFT)
    with silence():
        gathering = making.begin(begin_draft(plain, helen, id=new_id(), brought=[]).id, "What is good?", actor=helen)
        making.ask(gathering, isla, Side.CITIZEN, actor=helen)
        operations_voices.say(gathering, "A roof.", person=isla, id=new_id())
        making.send_round(gathering, plain, actor=helen)
        operations_voices.weigh(gathering, {"question": 5}, {"question": "Why?"}, plain, person=isla)


def make_forms(helen: Person, isla: Person) -> None:
    """Ask for a form on paper for nobody, and for one of each inspection, which its inspectors filled in."""
    for inspection in db.session.scalars(select(Inspection).where(Inspection.framework_version_id.is_not(None))):
        plain, wish = plain_version(inspection.framework_version_id), Wish(language="en")
        owner = Owner(inspection.reference, inspection.title)
        belongs = For(inspection.id, None, owner, lambda number: f"{number}/")
        form = ask_for_form(plain, wish, actor=helen, version_id=inspection.framework_version_id, belongs=belongs)
        form.file = file = files.store(b"%PDF", "application/pdf", "form.pdf")
        form.sheets = [[(plain.themes[0].criteria[0].key, 1)]]
        for member in (one for one in inspection.members if one.role == "inspector" and one.state == "accepted"):
            db.session.add(
                SheetPhoto(
                    id=new_id(), inspection_id=inspection.id, person_id=member.person_id, form=form, sheet=1,
                    typist_id=helen.id, file=file, thumbnail=file, added_at=now(),
                )
            )  # fmt: skip
        ask_for_form(plain, wish, actor=isla, version_id=inspection.framework_version_id)


DRAFT = """
key: draft
version: 1
language: en
title: A draft
summary: It is being made.
source: Our own wording.
scales:
  five:
    title: How good is it?
    points: [{key: bad, label: Bad, descriptor: It is bad.}, {key: good, label: Good, descriptor: It is good.}]
lists:
  rooms: {options: [{key: hall, label: Hall}]}
themes:
  - key: theme
    title: A theme
    criteria: [{key: question, statement: {plain: Is it so?}, answer: {type: scale, scale: five}}]
"""
"""Questions that a coordinator of the story is making."""


def browser_of(app: Flask, name: str | None) -> FlaskClient:
    """Return a browser without script in which somebody of the story is signed in, or nobody."""
    client = app.test_client()
    if name is None:
        return client
    with app.app_context():
        key = db.session.scalars(select(Person.fs_uniquifier).where(Person.name == name)).one()
    with client.session_transaction() as session:
        session |= {"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": 0, "identity.id": key}
    return client


def heads(app: Flask) -> dict[uuid.UUID, str]:
    """Return the head of every chain of the journal."""
    with app.app_context():
        return dict(db.session.execute(select(Chain.id, Chain.head)).tuples().all())
