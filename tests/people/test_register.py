import uuid
from datetime import date

import pytest
from sqlalchemy import event, select

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.journal import Entry, broken_chains
from inspect_app.core.mail import MailMessage
from inspect_app.people import courses, operations, queries
from inspect_app.people.models import Person
from inspect_app.people.queries import person_by_email
from inspect_app.people.rules import Role
from tests.people.conftest import add

NEW = {
    "name": "Ana Ferreira",
    "email": "ana@northfield.example",
    "phone": "",
    "about": "",
    "role": "inspector",
}


def person(name: str) -> Person:
    return person_by_email(f"{name}@northfield.example")


def kinds() -> list[str]:
    return list(db.session.scalars(select(Entry.kind).order_by(Entry.number)))


def test_adds_a_person_once_and_writes_to_them(own_app, enter):
    client = enter("coordinator")
    data = NEW | {"id": str(uuid.uuid4())}
    first, second = client.post("/people/new", data=data), client.post("/people/new", data=data)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    with own_app.app_context():
        assert person("ana").holds(Role.INSPECTOR)
        assert kinds().count("person.added") == 7
        mail = db.session.scalars(select(MailMessage)).one()
        assert "http://127.0.0.1:8000/new-password/" in mail.body
        assert list(broken_chains()) == []
    assert "Ana Ferreira" in client.get("/people?search=ferr").text


def test_an_address_belongs_to_one_person(own_app, enter):
    data = NEW | {"id": str(uuid.uuid4()), "email": "Inspector@Northfield.example"}
    answer = enter("coordinator").post("/people/new", data=data)
    assert answer.status_code == 422
    assert "has this e-mail address already" in answer.text
    assert "Ana Ferreira" in answer.text


@pytest.mark.parametrize("who", ["inspector", "observer", "nobody", None])
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/people"),
        ("get", "/people/new"),
        ("post", "/people/new"),
        ("get", "/people/{id}"),
        ("post", "/people/{id}/change"),
        ("post", "/people/{id}/roles"),
        ("post", "/people/{id}/roles/{id}/withdraw"),
        ("post", "/people/{id}/training"),
        ("post", "/people/{id}/leave"),
        ("post", "/people/{id}/come-back"),
    ],
)
def test_only_coordinators_look_after_people(own_app, people, enter, who, method, address):
    client = enter(who) if who else own_app.test_client()
    with own_app.app_context():
        id_ = person("inspector").id
    answer = client.open(address.format(id=id_), method=method, data=NEW)
    signed_out = 302 if method == "get" else 401  # what was written comes back, to be sent after signing in
    assert answer.status_code == (403 if who else signed_out)


def test_an_unknown_person_is_not_found(enter):
    assert enter("coordinator").get(f"/people/{uuid.uuid4()}").status_code == 404


def test_a_service_role_needs_its_service(own_app, people):
    with own_app.app_context():
        with pytest.raises(Refused, match="Choose the service"):
            operations.grant_role(person("inspector"), Role.SERVICE_LEAD, None, person("coordinator"))
        with pytest.raises(Refused, match="whole programme"):
            operations.grant_role(person("inspector"), Role.REVIEWER, uuid.uuid4(), person("coordinator"))


def test_gives_and_takes_roles(own_app, enter):
    client = enter("coordinator")
    with own_app.app_context():
        id_ = person("inspector").id
    assert client.post(f"/people/{id_}/roles", data={"role": "reviewer"}).status_code == 303
    assert client.post(f"/people/{id_}/roles", data={"role": "reviewer"}).status_code == 303
    assert client.post(f"/people/{id_}/roles", data={"role": "king"}).status_code == 422
    with own_app.app_context():
        (held,) = [grant for grant in person("inspector").roles if grant.name == Role.REVIEWER]
        assert [one.id for one in queries.holders(Role.REVIEWER)].count(id_) == 1
    client.post(f"/people/{id_}/roles/{held.id}/withdraw")
    with own_app.app_context():
        assert not person("inspector").holds(Role.REVIEWER)
        assert kinds()[-2:] == ["role.granted", "role.withdrawn"]


def test_the_last_coordinator_stays(own_app, enter):
    client = enter("coordinator")
    with own_app.app_context():
        chief = person("coordinator")
        grant, id_ = chief.roles[0].id, chief.id
    answer = client.post(f"/people/{id_}/roles/{grant}/withdraw")
    assert (answer.status_code, "is the only coordinator" in answer.text) == (409, True)
    assert "cannot close your own account" in client.post(f"/people/{id_}/leave").text


def test_somebody_leaves_and_comes_back(own_app, enter):
    client, theirs = enter("coordinator"), enter("inspector")
    with own_app.app_context():
        id_ = person("inspector").id
    assert "Does Inspector leave" in client.get(f"/people/{id_}/leave").text
    client.post(f"/people/{id_}/leave")
    assert theirs.get("/me").status_code == 302
    assert "Nobody fits this search" in client.get("/people?search=inspector").text
    assert "Left" in client.get("/people?search=inspector&left=yes").text
    client.post(f"/people/{id_}/come-back")
    with own_app.app_context():
        assert person("inspector").active


def test_training_counts_from_its_day_until_its_last(own_app, people, monkeypatch):
    monkeypatch.setattr(courses, "_offered", [lambda: {"safeguarding": "Keeping people safe"}])
    with own_app.app_context():
        who, chief = person("inspector"), person("coordinator")
        days = {"held_on": date(2024, 9, 19), "valid_until": date(2025, 9, 19)}
        operations.record_training(who, "safeguarding", held_by="Nadia", actor=chief, **days)
        for day, counts in (
            (date(2024, 9, 18), False),
            (date(2025, 9, 19), True),
            (date(2025, 9, 20), False),
        ):
            assert queries.has_training(who.id, "safeguarding", day) is counts
        with pytest.raises(Refused, match="on record already"):
            operations.record_training(who, "safeguarding", held_by="Nadia", actor=chief, **days)
        with pytest.raises(Refused, match="from the list"):
            operations.record_training(who, "juggling", date(2024, 1, 1), "Nadia", chief)
        with pytest.raises(Refused, match="must have taken place"):
            operations.record_training(who, "safeguarding", date(2199, 1, 1), "Nadia", chief)


def test_everybody_decides_for_themselves_about_their_name(own_app, enter):
    client = enter("inspector")
    assert "no role yet" not in client.get("/me").text
    client.post("/me/name-in-public", data={"may_be_named": "yes", "public_name": "Ana"})
    client.post("/me/telephone", data={"phone": "07700 900111"})
    with own_app.app_context():
        me = person("inspector")
        assert (me.may_be_named, me.public_name, me.phone) == (True, "Ana", "07700 900111")
        with pytest.raises(Refused, match="for themselves"):
            operations.set_consent(me, False, None, person("coordinator"))
    client.post("/me/name-in-public", data={"may_be_named": "no", "public_name": "Ana"})
    with own_app.app_context():
        assert person("inspector").public_name is None


def test_a_long_list_needs_as_many_queries_as_a_short_one(own_app, enter):
    client = enter("coordinator")

    def queries_of_list() -> int:
        counted = []
        with own_app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *_: counted.append(1))
        assert client.get("/people").status_code == 200
        return len(counted)

    few = queries_of_list()
    with own_app.app_context():
        for number in range(40):
            add(f"person{number}", [Role.INSPECTOR, Role.REVIEWER], password=None)
        db.session.commit()
    assert queries_of_list() == few
    assert 'aria-label="Page 2"' in client.get("/people").text


def test_a_search_without_hits_says_so(enter):
    assert "Nobody fits this search" in enter("coordinator").get("/people?search=%25zz").text


def test_demonstration_people_only_in_the_demonstration(own_app, people):
    client = own_app.test_client()
    with own_app.app_context():
        id_ = str(person("inspector").id)
    assert client.post("/demonstration/sign-in", data={"person": id_}).status_code == 404
    assert "Be Inspector" not in client.get("/sign-in").text
    own_app.config["DEMONSTRATION"] = True
    assert "Be Inspector" in client.get("/sign-in").text
    assert client.post("/demonstration/sign-in", data={"person": "nonsense"}).status_code == 404
    assert client.post("/demonstration/sign-in", data={"person": id_}).status_code == 303
    assert client.get("/me").status_code == 200


def test_the_header_shows_each_person_what_is_theirs(enter):
    assert 'href="/people"' in enter("coordinator").get("/me").text
    assert 'href="/people"' not in enter("inspector").get("/me").text
