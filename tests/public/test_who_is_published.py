"""What is not published does not exist in public; what is withdrawn or for practice never does."""

from __future__ import annotations

import pytest

from inspect_app.core.database import db
from inspect_app.core.jobs import work_until_empty
from inspect_app.inspections.rules import Stage
from inspect_app.reports import operations_editions, queries
from tests.public.conftest import another, practice_kind

HERE = "/public/NC-2026-03"
ADDRESSES = (HERE, f"{HERE}/report.pdf", f"{HERE}/editions/1.pdf")


@pytest.mark.parametrize("address", [*ADDRESSES, "/public/no-such-thing"])
def test_what_is_not_published_is_not_there_in_the_same_words(world, open_page, address):
    words = open_page(address, 404)
    assert "Nothing is published under this address" in words
    assert "Winter roads" not in words


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.SUSPENDED])
def test_a_stage_alone_publishes_nothing(world, open_page, stage):
    another(world, "NC-9", stage)
    open_page("/public/NC-9", 404)


def test_a_published_inspection_is_there(published, open_page):
    assert "Winter roads" in open_page(HERE)
    assert "Winter roads" in open_page("/public")


def test_an_inspection_for_practice_is_never_there(published, open_page):
    published.inspection.kind_id = practice_kind().id
    db.session.flush()
    for address in ADDRESSES:
        open_page(address, 404)
    assert "Winter roads" not in open_page("/public")


def test_a_withdrawn_report_is_gone_and_its_reason_stays(published, open_page):
    edition = queries.editions_of(published.inspection.id)[0]
    operations_editions.withdraw_edition(published.inspection, edition, "It named a child.", published.helen)
    for address in ADDRESSES:
        open_page(address, 404)
    words = open_page("/public")
    assert "Its report was withdrawn" in words
    assert "It named a child." in words
    assert "Put one number" not in words


def test_of_two_editions_the_newest_that_stands_is_shown(published, open_page, nobody):
    first = queries.editions_of(published.inspection.id)[0]
    number = first.content["findings"][0]["n"]
    corrected = operations_editions.publish(
        published.inspection, published.helen, "A word was wrong.", {number: "People find out too late."}
    )
    words = open_page(HERE)
    assert "People find out too late." in words
    assert "People find out late." not in words
    assert "Why there is a new one: A word was wrong." in words
    operations_editions.withdraw_edition(published.inspection, first, "Wrong.", published.helen)
    work_until_empty()
    assert nobody.get(f"{HERE}/editions/1.pdf").status_code == 404
    assert nobody.get(f"{HERE}/editions/2.pdf").data.startswith(b"%PDF")
    assert corrected.number == 2


@pytest.mark.alike
def test_the_pdf_is_announced_while_it_is_made_and_then_sent_to_everybody(published, nobody):
    making = nobody.get(f"{HERE}/report.pdf")
    assert making.status_code == 202
    assert making.headers["Cache-Control"] == "no-store"
    assert "is being made" in making.text
    work_until_empty()
    ready = nobody.get(f"{HERE}/report.pdf")
    assert ready.data.startswith(b"%PDF")
    assert ready.headers["Cache-Control"].startswith("public")
    assert "PDF, " in nobody.get(HERE).text


def test_caches_may_keep_pages_that_name_no_reader(published, nobody, browse):
    first = nobody.get(HERE)
    assert first.headers["Cache-Control"].startswith("public")
    assert nobody.get(HERE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert browse(published.helen).get(HERE).headers["Cache-Control"] == "private, no-store"
