"""Every page that can be read, by everybody, on every inspection of the demonstration."""

from __future__ import annotations

from html import escape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from inspect_app.core import access
from inspect_app.core.access import Answer, Standing
from inspect_app.core.database import db
from inspect_app.inspections.queries import by_reference
from inspect_app.people.models import Person
from tests.routes.addresses import Address, Walk, addresses, answers
from tests.routes.cast import CAST, NOBODY, PLACES, REFUSED, WALKED, begins_at
from tests.routes.conftest import browser_of, heads
from tests.routes.pages import faults_of

SAYS_WHY = frozenset({403, 404, 409, 410, 422})
"""What a room's own rule may answer to somebody whom the table allows: each with a page that says why."""


def person_of(reference: str, role: str) -> Person | None:
    name = CAST[reference][role]
    return db.session.scalars(select(Person).where(Person.name == name)).one() if name else None


def plan(app: Flask, reference: str, role: str, method: str) -> list[tuple[Address, Answer]]:
    """Return every address with what the table of permissions says to this person."""
    with app.app_context():
        walk = Walk(by_reference(reference), person_of(reference, role))
        said = answers(walk)
        return [(one, said[one.permission, one.about]) for one in addresses(app, walk, method)]


def _tells_a_script(response: TestResponse, status: int) -> bool:
    """Say whether this is no page but an answer to a script, with this status and a sentence."""
    return response.status_code == status and response.is_json and bool(response.json.get("sentence"))


def wrong_with(answer: Answer, response: TestResponse, role: str) -> str | None:
    """Say what is wrong with a response where the table gave this answer, or None."""
    if response.status_code >= 500:
        return f"broke with {response.status_code}"
    if answer:
        if response.status_code in SAYS_WHY and not response.is_json and "If you ring us" not in response.text:
            return f"{response.status_code} without our page"
        return None if response.status_code < 400 or response.status_code in SAYS_WHY else f"{response.status_code}"
    if role == NOBODY:
        to_sign_in = response.status_code == 302 and response.location.startswith("/sign-in?")
        return (
            None if to_sign_in or _tells_a_script(response, 401) else f"{response.status_code}, but nobody is signed in"
        )
    if response.status_code != answer.status:
        return f"{response.status_code} instead of {answer.status} ({answer.sentence})"
    if _tells_a_script(response, answer.status) and response.json["sentence"] == answer.sentence:
        return None
    if escape(answer.sentence) not in response.text.replace("&#34;", "&quot;").replace("&#39;", "&#x27;"):
        return f"{response.status_code} without its sentence ({answer.sentence})"
    return None


def visit(client: FlaskClient, app: Flask, one: Address, answer: Answer, role: str) -> list[str]:
    """Open one page; return what is wrong with it."""
    before = heads(app) if answer else None  # whoever the table refuses is looked at all together
    try:
        response = client.get(one.path)
    except Exception as error:  # noqa: BLE001  # a test application lets every fault through; here each is told
        return [f"broke: {type(error).__name__}: {error}"]
    found = [wrong_with(answer, response, role)]
    if before is not None and response.status_code >= 400 and heads(app) != before:
        found.append("was refused, and wrote into the journal")
    if response.mimetype == "text/html" and response.status_code not in (301, 302, 303):
        here = f'"{one.path}"'  # where to come back to: all that refusals with the same sentence differ in
        found += faults_of(response.text.replace(here, '"/here"'))
    return [fault for fault in found if fault]


@pytest.mark.parametrize(("reference", "role"), WALKED)
def test_every_page_answers_as_the_table_says(demonstration: Flask, reference: str, role: str) -> None:
    client, before = browser_of(demonstration, CAST[reference][role]), heads(demonstration)
    walked = plan(demonstration, reference, role, "GET")

    def faults(allowed: bool, places: list[tuple[str, str]]) -> list[str]:
        first = begins_at(places, (reference, role))
        ones = [(one, yes) for one, yes in walked if yes.yes is allowed and (first or one.names_something)]
        return [
            f"{one.path}: {fault}" for one, answer in ones for fault in visit(client, demonstration, one, answer, role)
        ]

    found = faults(False, REFUSED) if (reference, role) in REFUSED else []
    assert heads(demonstration) == before, "who was refused wrote into the journal"
    found += faults(True, WALKED)
    assert not found, "\n".join(found)


def test_every_standing_walks(demonstration: Flask) -> None:
    walked = set()
    for reference, role in PLACES:
        with demonstration.app_context():
            walked |= access.standings(person_of(reference, role), by_reference(reference))
    assert walked == set(Standing)


MAIL_OR_STATE = frozenset(
    {
        "fieldwork.typed_compare_sheet",
        "tablet.kept_file",
        "people.start",
        "frameworks.remove_scale",
        "improvement.change_action",
        "improvement.decide_time",
        "inspections.print_card",
        "inspections.print_cards",
        "reports.draft_file",
    }
)
"""Pages that open only in a state that the demonstration is not in; their rooms' own tests open them."""
AFTER_A_CHOICE = frozenset({"frameworks.paper_file", "inspections.paper_file"})
"""Files that a job makes; their rooms' own tests make them."""
STAGES = {"planning", "fieldwork", "answering", "closed"}
"""Where the demonstration's inspections stand."""


def stands_elsewhere(app: Flask, endpoint: str) -> bool:
    """Say whether a page opens only in stages in which no inspection of the demonstration stands."""
    stages = access.permissions()[app.view_functions[endpoint].permission].stages
    return stages is not None and not STAGES & set(stages)


def test_every_page_opens_for_somebody(demonstration: Flask) -> None:
    closed: dict[str, str] = {}
    opened: set[str] = set(MAIL_OR_STATE | AFTER_A_CHOICE)
    for reference, role in PLACES:
        client = browser_of(demonstration, CAST[reference][role])
        for one, answer in plan(demonstration, reference, role, "GET"):
            if one.endpoint in opened or stands_elsewhere(demonstration, one.endpoint):
                continue
            if answer:
                status = client.get(one.path).status_code
                opened |= {one.endpoint} if status < 400 else set()
                closed[one.endpoint] = f"{one.path} ({role}): {status}"
            closed.setdefault(one.endpoint, f"{one.path}: nobody may")
    assert {end: said for end, said in closed.items() if end not in opened} == {}
