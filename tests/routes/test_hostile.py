"""What nobody's browser sends: every form of the product with hostile fields, and things of other inspections.

Each form is found on a page that shows it, in the stage in which it opens, as somebody who may send it. Whatever is
sent, the answer is a page of ours, and what was sent never becomes part of a page. Nothing is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from inspect_app.core.database import db
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import by_reference
from inspect_app.inspections.rules import WAY
from inspect_app.people.models import Person
from tests.routes.addresses import ABOUT, FILL, Address, Walk, _place, addresses, answers
from tests.routes.cast import CAST
from tests.routes.conftest import browser_of, heads

STORY = "DEMO-1"
"""The inspection that has something of everything; it is put into each stage in turn."""
ROLES = ("coordinator", "team lead", "service lead", "reviewer")
SCRIPT = "<script>alert(1)</script>"
MIXED = f"\x00{SCRIPT}\u202e שלום \U0001f9c2 {{{{ 7*7 }}}} %s \r\nBcc: all@example.org"
WRONG = ("x" * 30_000, "9" * 40, "-1", "0000-00-00", "9999-12-31", "\x00", " \t\u2003\u200b ", "nan")
BODIES = (
    (b"reason=%ff%00=%zz&text=\xff\xfe&=&a&&", "application/x-www-form-urlencoded"),
    (b"[1]", "application/json"),
    (b'{"reason": 1, "text": {"a": null}}', "application/json"),
    (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    (b"<a/>", "application/xml"),
)
FILES = {
    "nothing": b"",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": b"<!doctype html><script>alert(1)</script>",
    "the beginning of a photo": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
}


@dataclass(frozen=True)
class Form:
    """One form as a page shows it: where it goes, and its fields as (name, type, value)."""

    action: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.fields)


class _Forms(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__(convert_charrefs=True)
        self.here, self.found, self.fields = here, list[Form](), list[tuple[str, str, str]]()
        self.action: str | None = None
        self.name = ""
        self.named: dict[str, Form] = {}
        self.elsewhere: dict[tuple[str, str], tuple[str, str, str]] = {}

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in pairs}
        if tag == "form" and found.get("method", "").lower() == "post":
            self.action, self.fields, self.name = found.get("action") or self.here, [], found.get("id", "")
        elif tag == "button" and not self.action and found.get("formaction"):
            self.elsewhere[found["form"], found["formaction"]] = (found["name"], tag, found["value"])
        elif tag in ("input", "select", "textarea", "button") and self.action and found.get("name"):
            kind = found.get("type", "text") if tag == "input" else tag
            names = {name for name, _, _ in self.fields}
            if kind not in ("radio", "checkbox") or "checked" in found or found["name"] not in names:
                self.fields.append((found["name"], kind, found.get("value", "")))
        elif tag == "option" and self.fields and self.fields[-1][1] == "select" and found.get("value"):
            name, kind, value = self.fields[-1]
            self.fields[-1] = (name, kind, value or found["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.action:
            form = Form(self.action, tuple(self.fields))
            self.named[self.name] = form
            self.found.append(form)
            self.action = None

    def forms(self) -> list[Form]:
        """Return each form as it is sent: to its own address, or only to those that buttons outside of it name."""
        more = [Form(action, (*self.named[name].fields, button)) for (name, action), button in self.elsewhere.items()]
        borrowed = [self.named[name] for name, _ in self.elsewhere]
        return [one for one in self.found if one not in borrowed] + more


def forms_on(path: str, page: str) -> list[Form]:
    parser = _Forms(path)
    parser.feed(page)
    return parser.forms()


@pytest.fixture
def undone(demonstration: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The demonstration, where whatever a request writes goes to the database and is undone."""

    def write_and_undo() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", write_and_undo)
    return demonstration


def set_stage(app: Flask, stage: str) -> None:
    with app.app_context():
        db.engine.dispose()
        with db.engine.begin() as connection:
            connection.execute(Inspection.__table__.update().where(Inspection.reference == STORY).values(stage=stage))


@dataclass(frozen=True)
class Opened:
    client: FlaskClient
    form: Form


def every_form(app: Flask) -> Iterator[Opened]:
    """Open each page once, in the first stage in which somebody may; yield each form with who may send it."""
    with app.app_context():
        stood = by_reference(STORY).stage
    seen: set[tuple[str, str]] = set()
    urls = app.url_map.bind("localhost")
    try:
        for stage in (stood, *WAY):
            set_stage(app, stage)
            for role in ROLES:
                client = browser_of(app, CAST[STORY][role])
                for path in _new_pages(app, role, seen):
                    page = client.get(path)
                    assert page.status_code < 500, path
                    for form in forms_on(path, page.text if page.mimetype == "text/html" else ""):
                        endpoint = urls.match(urlsplit(form.action).path, method="POST")[0]
                        if (endpoint, "POST") not in seen:
                            seen.add((endpoint, "POST"))
                            yield Opened(client, form)
    finally:
        set_stage(app, stood)


def _new_pages(app: Flask, role: str, seen: set[tuple[str, str]]) -> list[str]:
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.name == CAST[STORY][role])).one()
        walk = Walk(by_reference(STORY), person)
        said = answers(walk)
        found = [one for one in addresses(app, walk, "GET") if said[one.permission, one.about]]
    fresh = [one for one in found if (one.endpoint, role) not in seen and (one.endpoint, "opened") not in seen]
    seen |= {(one.endpoint, role) for one in fresh}
    return [one.path for one in fresh]


def faults_of(response: TestResponse, path: str) -> list[str]:
    found = []
    if response.status_code >= 500:
        found.append(f"{path}: broke with {response.status_code}")
    if response.mimetype == "text/html" and SCRIPT in response.text:
        found.append(f"{path}: what was sent became part of the page")
    if response.status_code >= 400 and not ("<h1" in response.text or response.is_json):
        found.append(f"{path}: {response.status_code} without a page of ours")
    if response.location and urlsplit(response.location).netloc not in ("", "localhost"):
        found.append(f"{path}: leads away to {response.location}")
    return found


def send(opened: Opened, what: str, **request: object) -> list[str]:
    try:
        response = opened.client.post(opened.form.action, **request)
    except Exception as error:  # noqa: BLE001  # a test application lets every fault through; here each is told
        return [f"{opened.form.action} with {what}: {type(error).__name__}: {str(error)[:200]}"]
    return [f"{fault} ({what})" for fault in faults_of(response, opened.form.action)]


def attacks(form: Form, turn: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield hostile ways to fill in a form: what hurts most to each form, the others to each in its turn."""
    good = MultiDict((name, value) for name, kind, value in form.fields if kind != "file")
    written = [name for name, kind, _ in form.fields if kind in ("text", "textarea", "email", "tel", "date", "time")]
    yield "no field at all", {"data": {}}
    yield "signs and markup", {"data": {**good, **dict.fromkeys(written, MIXED)}}
    yield "nothing of ours", {"data": dict.fromkeys(form.names, str(uuid.UUID(int=7)))}
    yield "a file where one writes", {"data": {name: (BytesIO(b"x"), "x.txt") for name in form.names}}
    wrong = WRONG[turn % len(WRONG)]
    yield f"“{wrong[:20]}” where one writes", {"data": {**good, **dict.fromkeys(written, wrong)}}
    yield f"“{wrong[:20]}” everywhere", {"data": dict.fromkeys(form.names, wrong)}
    body, kind = BODIES[turn % len(BODIES)]
    yield f"the body {body!r}", {"data": body, "content_type": kind}
    files = [name for name, kind, _ in form.fields if kind == "file"]
    for what, content in FILES.items() if files else ():
        sent = {name: (BytesIO(content), "../../etc/a\x00.jpg") for name in files}
        yield f"{what} as a file", {"data": {**good, **dict.fromkeys(written, "A door"), **sent}}


def test_no_form_can_be_broken(undone: Flask) -> None:
    before = heads(undone)
    found, count = [], 0
    for turn, opened in enumerate(every_form(undone)):
        for what, request in attacks(opened.form, turn):
            found += send(opened, what, **request)
            count += 1
    assert not found, f"{len(found)} of {count}:\n" + "\n".join(found)
    assert count > 400
    assert heads(undone) == before


OTHERS = (("DEMO-2", "inspector", "DEMO-1"), ("DEMO-3", "service lead", "DEMO-1"), ("DEMO-1", "team lead", "DEMO-3"))


def crossed(app: Flask, here: Walk, there: Walk, method: str) -> Iterator[tuple[Address, str]]:
    """Yield each address of one inspection with a thing of another in it."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        named = [one for one in rule.arguments if one not in ABOUT and "uuid" in f"{rule._converters[one]!r}".lower()]
        if permission is None or method not in (rule.methods or ()) or "reference" not in rule.arguments or not named:
            continue
        values = {one: FILL[_place(rule, one)](there if one in named else here) for one in rule.arguments}
        if any(values[one] == FILL[_place(rule, one)](here) for one in named):
            continue  # both have the same: a service, a person
        yield Address(rule.endpoint, urls.build(rule.endpoint, values), permission, "reference"), str(values)


@pytest.mark.parametrize(("mine", "role", "other"), OTHERS)
def test_nothing_of_another_inspection_is_reached_through_ones_own(
    undone: Flask, mine: str, role: str, other: str
) -> None:
    client, found = browser_of(undone, CAST[mine][role]), []
    with undone.app_context():
        person = db.session.scalars(select(Person).where(Person.name == CAST[mine][role])).one()
        here, there = Walk(by_reference(mine), person), Walk(by_reference(other), person)
        paths = [(one.path, method) for method in ("GET", "POST") for one, _ in crossed(undone, here, there, method)]
    for path, method in paths:
        try:
            response = client.open(path, method=method, data={"reason": "x" * 60, "text": "x" * 60})
        except Exception as error:  # noqa: BLE001  # as above
            found.append(f"{method} {path}: {type(error).__name__}: {str(error)[:200]}")
            continue
        if response.status_code not in (403, 404, 409):
            found.append(f"{method} {path}: {response.status_code}")
    assert len(paths) > 20
    assert not found, "\n".join(found)


ADDRESSES = (
    "/",
    f"/inspections/DEMO-1/report/drafts/{'9' * 30}",
    f"/inspections/DEMO-1/report/editions/{'9' * 30}",
    f"/inspections/{'x' * 5000}",
    "/inspections/%00",
    "/published/DEMO-1%00",
    "/inspections/DEMO-1/questions/%ff",
    "/inspections/DEMO-1/report/sections/%00",
    "/services/a%00b",
    "/sign-in/link/%00",
    "/inspections/DEMO-1/go-on-without?what=%00&person=x&service=%ff",
    "/people?q=%00&page=-1",
    "/?page=99999999999999999999",
    "/inspections/new?copy=%00",
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_address_can_be_broken(undone: Flask, path: str) -> None:
    client = browser_of(undone, CAST[STORY]["coordinator"])
    for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"):
        assert client.open(path, method=method).status_code < 500, method


@pytest.mark.parametrize("path", ["/sign-in", "/new-password", "/sign-in/link"])
def test_no_form_at_the_door_can_be_broken(undone: Flask, path: str) -> None:
    client = undone.test_client()
    # The demonstration has a button for each person: one form, with another name in it.
    forms = {(one.action, *one.names): one for one in forms_on(path, client.get(path).text)}.values()
    found = [
        fault
        for form in forms
        for turn in range(len(WRONG))
        for what, request in attacks(form, turn)
        for fault in send(Opened(client, form), what, **request)
    ]
    assert forms
    assert not found, "\n".join(found)
