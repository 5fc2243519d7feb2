import uuid

import pytest

from inspect_app.core.access import Standing, standings
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.people.operations import add_person
from inspect_app.people.rules import Role
from inspect_app.services import operations, queries
from inspect_app.services.rules import slug_for


@pytest.fixture
def chief(app):
    person = add_person("Helen", "helen@northfield.example", None, roles=[(Role.COORDINATOR, None)], invite=False)
    db.session.commit()
    return person


@pytest.fixture
def service(chief):
    council = operations.add_organisation("Northfield Council", chief)
    added = operations.add_service("Winter maintenance", council, chief, summary="Grit and snow.")
    db.session.commit()
    return added


@pytest.fixture
def inspector(chief):
    person = add_person("Ana", "ana@northfield.example", None, roles=[(Role.INSPECTOR, None)], invite=False)
    db.session.commit()
    return person


def test_an_address_is_made_from_the_name_and_is_never_taken_twice():
    assert slug_for("Web, print & social média", ()) == "web-print-social-media"
    assert slug_for("Web", {"web", "web-2"}) == "web-3"
    assert slug_for("New", ()) == "new-2"
    assert slug_for("冬", ()) == "service"


def test_a_coordinator_adds_a_service_with_its_organisation_and_place(app, chief, as_person):
    client = as_person(chief)
    assert "There are no services yet" in client.get("/services").text
    form = {
        "id": str(uuid.uuid4()),
        "name": "Day service",
        "summary": "",
        "organisation": "",
        "new_organisation": "",
    }
    assert client.post("/services/new", data=form).status_code == 422
    form["new_organisation"] = "Riverside Trust"
    for _ in range(2):
        assert client.post("/services/new", data=form).location == "/services/day-service"
    place = {
        "id": str(uuid.uuid4()),
        "name": "Riverside House",
        "address": "Mill Walk",
        "way_there": "Bus 3.",
    }
    assert client.post("/services/day-service/places/new", data=place).status_code == 303
    page = client.get("/services/day-service").text
    assert "Bus 3." in page
    assert "Riverside Trust" in page
    site = queries.by_slug("day-service").sites[0]
    client.post(f"/services/day-service/places/{site.id}", data=place | {"way_there": "Bus 4."})
    assert "Bus 4." in client.get("/services/day-service").text


def test_a_service_can_be_closed_and_stays_to_be_read(app, chief, service, as_person):
    client = as_person(chief)
    form = {"id": str(uuid.uuid4()), "name": "Winter", "organisation": str(service.organisation_id)}
    assert client.post("/services/winter-maintenance/change", data=form).status_code == 303
    assert "not inspected any more" in client.get("/services/winter-maintenance").text
    assert list(queries.services()) == []
    assert list(queries.service_names().values()) == ["Winter"]


def test_two_services_of_one_organisation_bear_two_names(chief, service):
    with pytest.raises(Refused, match="already"):
        operations.add_service(" winter MAINTENANCE ", service.organisation, chief)
    with pytest.raises(Refused, match="Choose it from the list"):
        operations.add_organisation("northfield council", chief)
    operations.add_site(service, "Depot", "Whitehill Road", chief)
    with pytest.raises(Refused, match="place of that name"):
        operations.add_site(service, "depot", "Elsewhere", chief)


def test_an_inspector_reads_and_changes_nothing(app, service, inspector, as_person):
    client = as_person(inspector)
    page = client.get("/services/winter-maintenance")
    assert page.status_code == 200
    assert "Change this service" not in page.text
    for address in (
        "/services/new",
        "/services/winter-maintenance/change",
        "/services/winter-maintenance/places/new",
    ):
        assert client.get(address).status_code == client.post(address).status_code == 403
    with pytest.raises(Refused):
        operations.add_organisation("Mine", inspector)


def test_a_stranger_is_led_to_sign_in(app, service, client):
    assert client.get("/services").location.startswith("/sign-in?next=")


def test_an_unknown_service_or_a_place_of_another_is_not_found(app, chief, service, as_person):
    client = as_person(chief)
    other = operations.add_service("Other", service.organisation, chief)
    site = operations.add_site(other, "Hall", "Green", chief)
    db.session.commit()
    assert client.get("/services/no-such").status_code == 404
    assert client.get(f"/services/winter-maintenance/places/{site.id}").status_code == 404


def test_a_lead_is_the_lead_of_their_service_alone(app, chief, service):
    other = operations.add_service("Other", service.organisation, chief)
    given = [(Role.SERVICE_LEAD, service.id)]
    lead = add_person("Stuart", "stuart@northfield.example", chief, roles=given, invite=False)
    assert Standing.SERVICE_LEAD in standings(lead, service)
    assert Standing.SERVICE_LEAD not in standings(lead, other)
