import threading

import pytest

from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.programme import Programme, programme
from inspect_app.people import first_start
from inspect_app.people.queries import active_coordinators, person_by_email
from tests.people.conftest import PASSWORD

GIVEN = {
    "programme_name": "Citizen inspection",
    "organisation_name": "Northfield Council",
    "phone": "01632 960101",
    "zone": "Europe/London",
    "region": "GB-SCT",
    "name": "Helen Drummond",
    "email": "Helen@northfield.example",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


@pytest.fixture
def key(own_app):
    with own_app.app_context():
        return first_start.setup_key()


@pytest.mark.parametrize("address", ["/", "/people", "/sign-in", "/no/such/page"])
def test_every_address_leads_to_the_start(own_app, address):
    assert own_app.test_client().get(address).location == "/start"


def test_needs_the_key_that_only_the_data_folder_knows(own_app, key):
    client = own_app.test_client()
    assert "setup_key" in client.get("/start").text
    assert client.get("/start?key=guessed").status_code == 403
    assert client.post("/start", data=GIVEN | {"key": "guessed"}).status_code == 403
    assert (own_app.config["VAR"] / "setup_key").stat().st_mode & 0o077 == 0
    assert "Name of the programme" in client.get(f"/start?key={key}").text


def test_makes_the_programme_and_signs_the_first_coordinator_in(own_app, key):
    client = own_app.test_client()
    assert client.post("/start", data=GIVEN | {"key": key}).location == "/"
    assert client.get("/people").status_code == 200
    with own_app.app_context():
        row = programme()
        assert (row.country, row.subdivision, row.zone) == ("GB", "SCT", "Europe/London")
        assert (row.contact_name, row.contact_phone) == ("Helen Drummond", "01632 960101")
        assert person_by_email("helen@northfield.example").password.startswith("$argon2")
    assert not (own_app.config["VAR"] / "setup_key").exists()


def test_works_only_while_nobody_is_there(own_app, key):
    own_app.test_client().post("/start", data=GIVEN | {"key": key})
    late = own_app.test_client()
    assert late.get(f"/start?key={key}").status_code == 409
    assert late.post("/start", data=GIVEN | {"key": key, "email": "late@northfield.example"}).status_code == 409


def test_says_what_is_missing_and_keeps_what_was_written(own_app, key):
    answer = own_app.test_client().post("/start", data=GIVEN | {"key": key, "password_again": "other", "phone": ""})
    assert answer.status_code == 422
    assert "The two passwords are not the same." in answer.text
    assert "Write a telephone number." in answer.text
    assert "Helen Drummond" in answer.text


def test_of_two_at_once_one_wins(own_app):
    results = []
    both = threading.Barrier(2)

    def begin(name: str) -> None:
        with own_app.app_context():
            row = Programme(name=name, organisation_name=name, contact_phone="1", country="GB", zone="Europe/London")
            both.wait()
            try:
                first_start.start_programme(row, name=name, email=f"{name}@northfield.example", password=PASSWORD)
                db.session.commit()
                results.append("won")
            except Refused:
                db.session.rollback()
                results.append("refused")

    threads = [threading.Thread(target=begin, args=(name,)) for name in ("ana", "bilal")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused", "won"]
    with own_app.app_context():
        assert active_coordinators() == 1


def test_the_command_prints_the_address_until_somebody_is_there(own_app, key):
    runner = own_app.test_cli_runner()
    assert runner.invoke(args=["first-start"]).output.strip() == f"http://127.0.0.1:8000/start?key={key}"
    own_app.test_client().post("/start", data=GIVEN | {"key": key})
    assert runner.invoke(args=["first-start"]).output == ""
