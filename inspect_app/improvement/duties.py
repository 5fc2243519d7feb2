"""Duties that return: one mail a week about what a service owes, and what happens when time is over."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.core.jobs import periodic
from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import send_later
from inspect_app.core.programme import zone
from inspect_app.core.time import local, now
from inspect_app.core.words import _
from inspect_app.improvement.operations_time import decide_when_over, publish_when_over
from inspect_app.improvement.owing import lines_of_mail, owed_by
from inspect_app.people.queries import holders
from inspect_app.people.rules import Role
from inspect_app.services.models import Service

HOUR = timedelta(hours=1)
MONDAY, MORNING = 0, 7


def register() -> None:
    """Register them; each looks once an hour whether it is time."""
    periodic("improvement.weekly_mail", HOUR, send_weekly)
    periodic("improvement.publish_when_over", HOUR, publish_when_over)
    periodic("improvement.decide_when_over", HOUR, decide_when_over)


def send_weekly() -> int:
    """Mail on Monday morning, in the programme's zone, to each service what it owes; once a week; return how many.

    Nothing goes out to a service that owes nothing, or whose agreed extension covers what it owes.
    """
    here = local(now(), zone())
    if here.weekday() != MONDAY or here.hour < MORNING:
        return 0
    year, week, _weekday = here.isocalendar()
    return sum(
        _mail(service, f"{year}-W{week:02d}")
        for service in db.session.scalars(select(Service).where(Service.active).order_by(Service.name))
    )


def _mail(service: Service, week: str) -> int:
    owed = owed_by(service)
    if not lines_of_mail(owed):
        return 0
    people = {one.id: one for role in (Role.SERVICE_LEAD, Role.SERVICE_STAFF) for one in holders(role, service.id)}
    for person in people.values():
        if person.email is None:
            continue  # only inspectors and supporters do without
        with spoken_to(person):
            send_later(
                person.email,
                _("What %(service)s owes this week", service=service.name),
                "message",
                {
                    "name": person.name,
                    "paragraphs": [
                        _("This is what %(service)s has promised and not done yet.", service=service.name),
                        *lines_of_mail(owed),
                    ],
                    "link": f"{current_app.config['PUBLIC_URL']}/service/{service.slug}",
                },
                person_id=person.id,
                kind="improvement.weekly",
                unique_key=f"owes:{service.id}:{person.id}:{week}",
            )
    return len(people)
