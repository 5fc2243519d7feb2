"""Photos and sounds: several at once, consent, what is said in written words, and where they are shown."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest

from inspect_app.core import files, revisions
from inspect_app.core.database import db, new_id
from inspect_app.core.errors import Refused
from inspect_app.fieldwork import operations, queries_notes
from inspect_app.fieldwork.models import Evidence, Observation
from inspect_app.fieldwork.operations import Photo, Sound
from inspect_app.reports.queries_content import _seen
from tests.fieldwork.conftest import move_to, photo, sealed
from tests.sounds import mp4, wav, webm

HERE = "/inspections/NC-1"


def record(client, **more):
    sent = {"sound": (BytesIO(webm()), "x.webm"), "caption": "", "seen_by": "team", "people": "nobody", **more}
    return client.post(f"{HERE}/sounds/new", data=sent)


def only(kind=Evidence):
    db.session.expire_all()
    return db.session.query(kind).one()


def test_several_photos_in_one_form_are_numbered_and_arrive_once(world, as_person) -> None:
    ana, one = as_person(world.ana), str(new_id())
    for _ in range(2):
        chosen = [(BytesIO(photo()), "x.jpg"), (BytesIO(photo(False)), "x.jpg")]
        sent = {"id": one, "photo": chosen, "caption": "A board", "people": "agreed", "people_how": "I asked"}
        assert ana.post(f"{HERE}/photos/new", data=sent).status_code == 303
    found = queries_notes.visible_evidence(world.inspection, world.ana)
    assert [row.caption for row in found] == ["A board (1 of 2)", "A board (2 of 2)"]
    page = ana.get(f"{HERE}/photos/{one}").get_data(as_text=True)
    assert "People in it agreed: I asked" in page


def test_one_bad_photo_of_several_keeps_all_out_and_the_words_on_the_page(world, as_person) -> None:
    sent = {"photo": [(BytesIO(photo()), "x.jpg"), (BytesIO(b"no"), "y.jpg")], "caption": "Mine", "people": "nobody"}
    answer = as_person(world.ana).post(f"{HERE}/photos/new", data=sent)
    assert (answer.status_code, "Mine" in answer.text) == (422, True)
    assert not queries_notes.visible_evidence(world.inspection, world.ana)


def test_a_photo_that_arrived_on_disk_is_quoted_by_the_hash_that_travelled(world, tmp_path) -> None:
    path = tmp_path / "part"
    path.write_bytes(photo())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    given = Photo(files.Arrived(path, digest, path.stat().st_size), "née.jpg", "A board", people="covered")
    made = operations.add_evidence(world.inspection, given, actor=world.ana)
    assert (made.file.sha256_received, made.file.sha256_received == made.file.sha256_stored) == (digest, False)
    assert path.read_bytes() == photo()


def test_a_sound_is_added_heard_written_down_and_taken_back(world, as_person) -> None:
    ana, one = as_person(world.ana), str(new_id())
    assert [record(ana, id=one).status_code for _ in range(2)] == [303, 303]
    sound = only()
    assert (sound.kind, sound.seconds, sound.caption, sound.text) == ("sound", 5, "A recording", "")
    heard = ana.get(f"{HERE}/sounds/{one}/file", headers={"Range": "bytes=0-3"})
    assert (heard.status_code, heard.mimetype, heard.data) == (206, "audio/webm", b"\x1aE\xdf\xa3")
    for page in (f"{HERE}/sounds/{one}", f"{HERE}/observations"):
        assert "5 seconds" in ana.get(page).text
    assert ana.post(f"{HERE}/sounds/{one}", data={"text": " "}).status_code == 422
    assert ana.post(f"{HERE}/sounds/{one}", data={"text": "No bus today."}).status_code == 303
    page = ana.get(f"{HERE}/sounds/{one}").text
    assert "No bus today." in page
    assert "Written down by Ana" in page
    stale = ana.post(f"{HERE}/sounds/{one}", data={"text": "Other"})
    assert (stale.status_code, "Somebody else wrote this down meanwhile" in stale.text) == (409, True)
    assert [one.content["text"] for one in revisions.history(("evidence", sound.id))] == ["No bus today.", "Other"]
    assert ana.get(f"{HERE}/photos/{one}/large").status_code == 404
    assert ana.post(f"{HERE}/sounds/{one}/withdraw").status_code == 303
    assert ana.get(f"{HERE}/sounds/{one}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"people": ""}, {"people": "covered"}, {"people": "agreed"}, {"seen_by": "all"}, {"caption": "x" * 301},
     {"sound": (BytesIO(photo()), "voice.m4a")}, {"sound": (BytesIO(b""), "")}, {"spoken": "counted"}],
)  # fmt: skip
def test_what_is_not_whole_is_refused_and_keeps_its_words(world, as_person, wrong) -> None:
    answer = record(as_person(world.ana), **{"caption": "My words", **wrong})
    assert (answer.status_code, db.session.query(Evidence).count()) == (422, 0)
    assert "caption" in wrong or "My words" in answer.text


def test_a_spoken_note_stands_for_its_text_until_somebody_writes_it_down(world, as_person) -> None:
    bilal, one, note = as_person(world.bilal), str(new_id()), str(new_id())
    for _ in range(2):
        assert record(bilal, id=one, note=note, spoken="heard", question=world.keys[0]).status_code == 303
    observation = only(Observation)
    assert (observation.text, observation.kind, observation.evidence[0].caption) == ("", "heard", "A spoken note")
    assert _seen(observation, {}).text == "A recording of 5 seconds. Nobody has written it down."
    assert "not written down yet" in bilal.get(f"{HERE}/questions/{world.keys[0]}").text
    sam = as_person(world.sam)
    assert sam.post(f"{HERE}/sounds/{one}", data={"text": "The bus came late."}).status_code == 303
    observation = only(Observation)
    seen = _seen(observation, {})
    assert (observation.text, seen.text, seen.sounds) == ("The bus came late.",) * 2 + ([],)
    assert "Typed in by Sam" in bilal.get(f"{HERE}/observations").text
    assert "Written down by Sam" in bilal.get(f"{HERE}/sounds/{one}").text


def test_a_spoken_note_goes_with_its_recording(world, as_person) -> None:
    ana, one = as_person(world.ana), str(new_id())
    record(ana, id=one, note=str(new_id()), spoken="seen")
    assert ana.post(f"{HERE}/sounds/{one}/withdraw").status_code == 303
    assert only(Observation).withdrawn_at is not None


def test_a_sound_stands_in_the_report_by_its_words_alone(world, as_person) -> None:
    ana, note = as_person(world.ana), str(new_id())
    ana.post(f"{HERE}/observations/new", data={"kind": "seen", "text": "A shut door", "note": note})
    for allowed in ("report", "team"):
        assert record(ana, id=str(new_id()), note=note, seen_by=allowed).status_code == 303
    observation = only(Observation)
    assert _seen(observation, {}).sounds == []
    for sound in observation.evidence:
        operations.write_down(world.inspection, sound, f"Knock, knock: {sound.seen_by}", actor=world.ana)
    (printed,) = _seen(observation, {}).sounds
    assert printed == {"caption": "A recording", "length": "5 seconds", "text": "Knock, knock: report"}
    assert observation.text == "A shut door"


def test_who_may_hear_and_write_down(world, as_person) -> None:
    made = operations.add_sound(world.inspection, Sound(wav(), "x", people="nobody"), actor=world.bilal)
    others = (world.ana, world.helen, world.olive, world.leanne, world.stranger)
    assert [as_person(one).get(f"{HERE}/sounds/{made.id}").status_code for one in others] == [404, 404, 404, 403, 403]
    with pytest.raises(Refused, match="can write this down"):
        operations.write_down(world.inspection, made, "x", actor=world.ana)
    sealed(world, world.bilal)
    move_to(world, "moderation")
    assert "Write it down" not in as_person(world.ana).get(f"{HERE}/sounds/{made.id}").text
    helen = as_person(world.helen)
    assert "Write it down" in helen.get(f"{HERE}/sounds/{made.id}").text
    assert helen.post(f"{HERE}/sounds/{made.id}", data={"text": "Rain on a roof"}).status_code == 303
    assert as_person(world.bilal).post(f"{HERE}/sounds/{made.id}/withdraw").status_code == 409


def test_who_types_for_somebody_hears_what_they_added(world, as_person) -> None:
    helen = as_person(world.helen)
    sent = {"sound": (BytesIO(mp4()), "memo.m4a"), "people": "agreed", "people_how": "By letter", "source": "phone"}
    assert helen.post(f"{HERE}/type-in/{world.bilal.id}/sounds/new", data=sent).status_code == 303
    made = only()
    assert (made.author_id, made.typist_id, made.seconds) == (world.bilal.id, world.helen.id, 4)
    assert "added by Helen" in helen.get(f"{HERE}/sounds/{made.id}").text
