"""Two at the same moment: one looks after it, the other is told who does; and the same comes in once."""

from __future__ import annotations

from sqlalchemy import func, select

from inspect_app.concerns.models import Concern, Hazard
from inspect_app.core import journal
from inspect_app.core.database import db, new_id
from inspect_app.core.time import now
from tests.concerns.conftest import WORDS, raised, reported
from tests.together import at_once, entries, post, statuses


def test_lead_and_deputy_say_at_once_that_they_look_after_it(world, app) -> None:
    got = raised(world)
    db.session.get_one(Concern, got.id).deputy_since = now()
    address = f"/safeguarding/{got.id}/acknowledge"
    said = at_once(post(app, world.nadia, address), post(app, world.dev, address))
    assert statuses(said) == [303, 303]
    found = journal.restricted_entries(("concern", got.id))
    assert [one.kind for one in found] == ["concern.raised", "concern.acknowledged"]
    assert db.session.get_one(Concern, got.id).acknowledged_by_id == found[1].actor_id
    assert list(journal.broken_chains()) == []


def test_of_two_who_close_at_once_one_is_told(world, app) -> None:
    got = reported(world)
    here = f"/inspections/NC-1/dangers/{got.id}"
    both = [post(app, one, f"{here}/acknowledge") for one in (world.leanne, world.helen)]
    assert statuses(at_once(*both)) == [303, 303]
    both = [post(app, one, f"{here}/note", text="Done", go="close") for one in (world.leanne, world.helen)]
    assert statuses(at_once(*both)) == [303, 409]
    kinds = [one.kind for one in entries(world.inspection)]
    assert kinds == ["hazard.reported", "hazard.acknowledged", "hazard.closed"]


def test_the_same_sent_many_times_at_once_is_one(world, app) -> None:
    for page, table in (("somebody-may-be-harmed", Concern), ("something-is-dangerous", Hazard)):
        told = {"id": new_id(), "what": WORDS, "where": "Here"}
        said = at_once(*[post(app, world.ana, f"/inspections/NC-1/{page}", **told) for _ in range(4)])
        assert statuses(said) == [303] * 4
        assert db.session.scalar(select(func.count()).select_from(table)) == 1


def test_many_people_tell_at_once_and_all_are_heard(world, app) -> None:
    people = (world.ana, world.bilal, world.sam, world.helen)
    tells = [post(app, one, "/inspections/NC-1/somebody-may-be-harmed", what=f"{one.name}: {WORDS}") for one in people]
    assert statuses(at_once(*tells)) == [303] * 4
    assert db.session.scalar(select(func.count()).select_from(Concern)) == 4
    assert list(journal.broken_chains()) == []
