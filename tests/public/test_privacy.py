"""In public nobody is named who does not agree to it, and nothing shows that was not published."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspect_app.core.database import db, new_id
from inspect_app.core.revisions import Origin, save
from inspect_app.core.time import at, now
from inspect_app.fieldwork.models import Rating
from inspect_app.improvement.models import Answer
from inspect_app.reports.operations_editions import publish
from tests.improvement import steps
from tests.improvement.conftest import START
from tests.public.conftest import another

HERE = "/public/NC-2026-03"
SECRET = "words that nobody published"


def names_in(words: str, world) -> list[str]:
    """Return whose names stand in a page, apart from the person whom everybody may ring."""
    return [person.name for key, person in world.people.items() if person.name in words and key != "helen"]


def test_only_those_who_agree_are_named(published, open_page):
    assert names_in(open_page(HERE), published) == ["Ana Bell"]
    assert names_in(open_page("/public"), published) == []


def test_who_takes_the_consent_back_is_named_no_more(published, open_page):
    published.ana.may_be_named = False
    assert names_in(open_page(HERE), published) == []


def test_a_chosen_name_stands_for_the_real_one(published, open_page):
    published.ana.public_name = "Ana B."
    assert "Ana Bell" not in open_page(HERE)


def test_verdicts_name_only_those_who_agree(published, open_page):
    asked = published.asked[0]
    with at(START + timedelta(days=20)):
        steps.action(published, asked, owner="Kenny Moss")
        steps.claim(published, asked)
        steps.say(published, asked, ana="fixed", bilal="fixed", carol="partly")
        words = open_page(HERE)
        assert "Ana Bell: “I looked: ana.”" in words
        assert "An inspector: “I looked: bilal.”" in words
        assert names_in(words, published) == ["Ana Bell"]
        published.ana.may_be_named = False
        assert names_in(open_page(HERE), published) == []


def test_while_the_inspectors_look_nobody_reads_a_word(published, open_page):
    asked = published.asked[0]
    with at(START + timedelta(days=20)):
        steps.claim(published, asked)
        steps.say(published, asked, ana="not_fixed")
        words = open_page(HERE)
    assert "1 of 3 inspectors have said" in words
    assert "I looked: ana." not in words


def test_an_answer_that_was_not_sent_is_nobodys_business(world, open_page):
    with at(START + timedelta(days=40)):
        steps.answer(world, world.asked[0])
        steps.draft(world, world.asked[1], reason=SECRET)
        publish(world.inspection, None)
        words = open_page(HERE)
    assert SECRET not in words
    assert "Not answered The time ended on 30 March 2026." in words
    assert db.session.query(Answer).filter_by(reason=SECRET).count() == 1


def test_ratings_and_drafts_of_what_is_not_published_stay_inside(published, open_page):
    other = another(published, "NC-2026-04", "moderation", scope=SECRET)
    revision = save(("rating", new_id()), {}, Origin(author=published.bilal.id), top=None).revision
    db.session.flush()
    db.session.add(
        Rating(
            inspection_id=other.id,
            rater_kind="inspector",
            rater_id=published.bilal.id,
            criterion_key="x",
            value="weak",
            reason=SECRET,
            revision_id=revision.id,
            saved_at=now(),
        )
    )
    for address in ("/public", f"/public?words={SECRET.split()[-1]}", HERE, "/public/charter"):
        assert SECRET not in open_page(address)
    open_page("/public/NC-2026-04", 404)


def test_changes_after_publication_show_only_in_a_new_edition(published, open_page):
    published.asked[0].text = SECRET
    published.inspection.scope = SECRET
    assert SECRET not in open_page(HERE)
    assert "Nothing fits" in open_page("/public?words=nobody+published")


@pytest.mark.parametrize("path", ["photos", "proofs"])
def test_files_that_are_not_published_are_not_sent(published, nobody, path):
    assert nobody.get(f"{HERE}/{path}/{new_id()}").status_code == 404


def test_the_history_speaks_of_sides_not_of_people(published, open_page):
    words = open_page(HERE)
    assert "The programme moved it on. The service answers each recommendation." in words
    assert "The service answered recommendation 1." in words
    assert "Helen Reid" not in words
