"""The same entry many times at the same moment is stored once, and all are told the same."""

from __future__ import annotations

from sqlalchemy import func, select

from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.fieldwork.models import Evidence, KeptWords
from inspect_app.tablet.models import ReceivedEntry
from tests.fieldwork.conftest import photo
from tests.tablet.conftest import note, rating, send, text_of
from tests.tablet.test_evidence import taken
from tests.tablet.uploading import upload
from tests.together import at_once, browser

COPIES = 32


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def copies(app, person, text: str, times: int = COPIES) -> list[tuple[int, str]]:
    def one():
        client = browser(app, person)

        def act():
            answer = send(client, text)
            return answer.status_code, answer.text

        return act

    return at_once(*(one() for _ in range(times)))


def test_the_same_entry_many_times_at_once_is_one(app, world) -> None:
    for number, make in enumerate((rating, note)):
        said = copies(app, world.ana, text_of(make(world, world.ana, sequence=number)))
        assert len(set(said)) == 1, "all get the first receipt"
        assert said[0][0] == 200
    assert (count(Revision), count(ReceivedEntry)) == (2, 2)


def test_the_same_photo_many_times_at_once_is_one(app, world, as_person) -> None:
    upload(as_person(world.ana), photo())
    said = copies(app, world.ana, text_of(taken(world, world.ana, photo())), times=6)
    assert {status for status, _ in said} == {200}
    assert (count(Evidence), count(ReceivedEntry)) == (1, 1)


def test_two_texts_under_one_number_at_once_are_both_kept(app, world) -> None:
    first = rating(world, world.ana, "good", reason="One.")
    texts = [text_of(first), text_of(rating(world, world.ana, "weak", reason="Two.", id=first["id"]))]

    def act(text):
        client = browser(app, world.ana)
        return lambda: send(client, text).status_code

    said = at_once(*(act(text) for text in texts * 3))
    assert sorted(set(said)) == [200, 409]
    assert (count(Revision), count(KeptWords), count(ReceivedEntry)) == (1, 1, 2)
