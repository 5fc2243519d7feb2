"""Who plays in the story, and where: people, services and sites, made through the product's own operations."""

from __future__ import annotations

import uuid
from datetime import datetime, time

from inspect_app.core.programme import Programme, set_up
from inspect_app.core.time import at
from inspect_app.demo.story import Facts, Story, key
from inspect_app.people import operations as people
from inspect_app.people.models import Person
from inspect_app.people.rules import SERVICE_ROLES, Role
from inspect_app.services import operations as services
from inspect_app.services.models import Organisation, Service, Site

FIRST = "helen"
"""Who starts the programme, and puts on record what the others did before they could."""


class Cast:
    """Everybody and every place of the story, by key."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.people: dict[str, Person] = {}
        self.organisations: dict[str, Organisation] = {}
        self.services: dict[str, Service] = {}
        self.sites: dict[str, Site] = {}

    def gather(self) -> None:
        """Set up the programme, then its services, then its people with their roles and training."""
        self._set_up_programme()
        first = self._add(self.story.people[0], None)
        self._add_places(first)
        for facts in self.story.people[1:]:
            self._add(facts, first)

    def _set_up_programme(self) -> None:
        facts = self.story.facts["programme"]
        helper = next(one for one in self.story.people if one["key"] == facts["help_person"])
        set_up(
            Programme(
                name=facts["title"],
                organisation_name=facts["title"],
                zone=facts["zone"],
                country=facts["holidays"]["country"],
                subdivision=facts["holidays"]["region"],
                language=facts["language"],
                contact_name=helper["name"],
                contact_phone=facts["help_phone"],
                contact_email=helper["email"],
                is_demonstration=True,
            )
        )

    def _add_places(self, actor: Person) -> None:
        for facts in self.story.places["organisations"]:
            self.organisations[facts["key"]] = services.add_organisation(facts["title"], actor)
        sites = {facts["key"]: facts for facts in self.story.places["sites"]}
        for facts in self.story.places["services"]:
            service = services.add_service(
                facts["title"],
                self.organisations[facts["organisation"]],
                actor,
                summary=facts["summary"],
                slug=facts["key"],
            )
            self.services[facts["key"]] = service
            for site in (sites[one] for one in facts["sites"]):
                self.sites[site["key"]] = services.add_site(
                    service, site["title"], site["address"], actor, way_there=site["way_there"]
                )

    def _add(self, facts: Facts, actor: Person | None) -> Person:
        roles = [(Role(role), self._service_of(Role(role), facts)) for role in facts["roles"]]
        person = people.add_person(
            facts["name"],
            facts.get("email"),
            actor,
            id=key("person", facts["key"]),
            phone=facts["phone"],
            about=facts.get("about"),
            roles=roles,
            invite=False,
        )
        if facts.get("may_be_named"):
            people.set_consent(person, True, facts["name"], person)
        if facts.get("easy_read"):
            people.set_easy_read(person, True, person)
        self.people[facts["key"]] = person
        return person

    def _service_of(self, role: Role, facts: Facts) -> uuid.UUID | None:
        return self.services[facts["service"]].id if role in SERVICE_ROLES else None

    def work_of(self, key: str) -> str:
        """Return what somebody does for a living: a plan is public, and names a job rather than a person."""
        facts = next(one for one in self.story.people if one["key"] == key)
        return str(facts.get("title") or facts["about"]).rstrip(".")

    def train(self) -> None:
        """Put each training on record, on the evening of its day."""
        held = [(self.story.day(one["on_day"]), facts["key"], one) for facts in self.story.people
                for one in facts.get("training", ())]  # fmt: skip
        for day, person, training in sorted(held, key=lambda one: one[0]):
            trainer = self.people.get(training["by"])
            by = trainer.name if trainer else self.organisations[training["by"]].name
            with at(self.story.moment(datetime.combine(day - self.story.moved, time(18)))):
                people.record_training(self.people[person], training["course"], day, by, self.people[FIRST])
