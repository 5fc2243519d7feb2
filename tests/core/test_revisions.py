"""Nothing that was typed is overwritten; the newest by what it was based on stands on top."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_app.core import revisions
from inspect_app.core.database import db
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin, Saved
from inspect_app.core.time import now
from inspect_app.people.models import Person


@pytest.fixture
def writer(app: Flask) -> uuid.UUID:
    person = Person(
        name="Ana", email=f"{uuid.uuid4()}@northfield.example", fs_uniquifier=uuid.uuid4().hex, added_at=now()
    )
    db.session.add(person)
    db.session.flush()
    return person.id


class Page:
    """A subject as its room keeps it: the revision on top."""

    def __init__(self) -> None:
        self.subject = ("section", uuid.uuid4())
        self.top: uuid.UUID | None = None

    def save(self, text: str, origin: Origin) -> Saved:
        saved = revisions.save(self.subject, {"text": text}, origin, top=self.top)
        db.session.flush()
        if saved.on_top:
            self.top = saved.revision.id
        return saved


def test_a_save_based_on_the_top_becomes_the_top(writer: uuid.UUID) -> None:
    page = Page()
    first = page.save("one", Origin(writer))
    second = page.save("two", Origin(writer, based_on=first.revision.id))
    assert second.on_top
    assert not first.revision.is_top


def test_two_saves_on_the_same_ground_are_both_kept_and_the_later_one_is_told(writer: uuid.UUID) -> None:
    page = Page()
    ground = page.save("one", Origin(writer)).revision.id
    theirs = page.save("theirs", Origin(writer, based_on=ground))
    mine = page.save("mine", Origin(writer, based_on=ground))
    assert (mine.on_top, mine.meanwhile) == (False, theirs.revision)
    assert [one.content for one in revisions.history(page.subject)] == [{"text": t} for t in ("one", "theirs", "mine")]


def test_the_same_id_twice_is_one(writer: uuid.UUID) -> None:
    page, key = Page(), uuid.uuid4()
    assert page.save("one", Origin(writer, id=key)).on_top
    assert page.save("one", Origin(writer, id=key)).repeated
    assert len(revisions.history(page.subject)) == 1


def test_the_same_id_with_other_words_is_refused(writer: uuid.UUID) -> None:
    page, key = Page(), uuid.uuid4()
    page.save("one", Origin(writer, id=key))
    with pytest.raises(Refused):
        page.save("two", Origin(writer, id=key))


def test_one_device_follows_its_own_sequence(writer: uuid.UUID) -> None:
    page = Page()
    page.save("second", Origin(writer, device="tablet", sequence=2))
    assert not page.save("first, arriving late", Origin(writer, device="tablet", sequence=1)).on_top
    assert page.save("third", Origin(writer, device="tablet", sequence=3)).on_top


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(order=st.permutations(range(1, 7)))
def test_whatever_order_one_tablets_saves_arrive_in_the_last_typed_stands(writer: uuid.UUID, order: list[int]) -> None:
    page = Page()
    for sequence in order:
        page.save(f"text {sequence}", Origin(writer, device="tablet", sequence=sequence))
    top = db.session.get(revisions.Revision, page.top)
    assert top is not None
    assert top.content == {"text": "text 6"}
    assert len(revisions.history(page.subject)) == 6


def test_a_seal_notices_a_changed_revision(writer: uuid.UUID) -> None:
    page = Page()
    kept = page.save("one", Origin(writer)).revision
    before = revisions.seal_digest([kept])
    kept.digest = revisions.content_digest({"text": "other"}, kept.salt or "")
    assert revisions.seal_digest([kept]) != before
