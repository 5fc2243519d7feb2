"""What the public pages say, and how little they ask of the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspect_app.core.database import db
from inspect_app.core.time import at
from inspect_app.inspections import operations as inspections
from tests.improvement import steps
from tests.improvement.conftest import START
from tests.public.conftest import another, counted

HERE = "/public/NC-2026-03"


def test_a_programme_with_nothing_published_says_so(world, open_page):
    words = open_page("/public")
    assert "Nothing is published yet." in words
    assert "How it works" in words


def test_the_start_page_is_public_for_whoever_is_not_signed_in(published, nobody):
    answer = nobody.get("/")
    assert (answer.status_code, answer.location) == (302, "/public")
    page = nobody.get("/public").text
    assert 'href="/sign-in"' in page
    assert "What was found" in page


def test_the_figures_bear_their_denominators(published, open_page):
    assert "things asked for are fixed 0 of 3" in open_page("/public")
    asked = published.asked[0]
    with at(START + timedelta(days=20)):
        steps.claim(published, asked)
        steps.say(published, asked, ana="fixed", bilal="fixed", carol="fixed")
        assert "things asked for are fixed 1 of 3" in open_page("/public")
        assert "1 of 3 things asked for are fixed, say the inspectors" in open_page(HERE)


def test_the_loop_is_told_from_the_answer_to_the_verdict(published, open_page):
    with at(START + timedelta(days=20)):
        steps.claim(published, published.asked[0])
        steps.say(published, published.asked[0], ana="partly", bilal="partly", carol="fixed")
        words = open_page(HERE)
    assert "Seven of ten stops had no number." in words
    assert "What the service answered: accepted" in words
    assert "Answered in 7 of 20 working days." in words
    assert "The service says: done" in words
    assert "Only partly fixed, say the inspectors" in words
    assert "What the service answered: not accepted" in words


@pytest.mark.parametrize(
    ("words", "finds"), [("winter", True), ("STOP number", True), ("late", True), ("dragon", False)]
)
def test_one_searches_in_the_words_of_the_report(published, open_page, words, finds):
    found = open_page(f"/public?words={words}")
    assert ("Winter roads" in found) is finds
    assert ("Nothing fits" in found) is not finds


@pytest.mark.parametrize(("slug", "finds"), [("winter", True), ("schools", True), ("other", False)])
def test_one_searches_by_service(published, open_page, slug, finds):
    assert ("Winter roads" in open_page(f"/public?service={slug}")) is finds


@pytest.mark.parametrize("page", ["0", "-1", "99", "x"])
def test_a_page_that_is_not_there_is_no_fault(published, nobody, page):
    assert nobody.get(f"/public?page={page}").status_code == 200


@pytest.mark.parametrize(
    ("stage", "shown"),
    [("planning", False), ("preparing", False), ("fieldwork", False), ("moderation", True), ("checking", True)],
)
def test_going_on_tells_from_comparing_on(published, open_page, stage, shown):
    another(published, "NC-7", stage)
    assert ("Title of NC-7" in open_page("/public")) is shown


def test_on_hold_and_cancelled_tell_their_reason(published, open_page):
    rests = another(published, "NC-8", "fieldwork")
    inspections.suspend(rests, "The depot is flooded.", published.helen)
    words = open_page("/public")
    assert "Title of NC-8" in words
    assert "The depot is flooded." in words


def test_the_charter_is_public(published, open_page):
    words = open_page("/public/charter")
    assert "20 working days The service answers every recommendation, with a reason." in words


def test_a_page_asks_little_and_less_the_second_time(published, nobody):
    with counted() as first:
        nobody.get(HERE)
    with counted() as second:
        nobody.get(HERE)
    assert len(second) <= 12, second
    assert len(second) < len(first)


def test_the_list_asks_the_same_of_one_as_of_many(published, nobody):
    nobody.get("/public")
    with counted() as one:
        nobody.get("/public")
    for number in range(6):
        another(published, f"NC-{20 + number}", "moderation")
    db.session.commit()
    with counted() as many:
        nobody.get("/public")
    assert len(many) <= len(one) + 1  # the services of what goes on
