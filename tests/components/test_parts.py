"""Lists, tags, notices and navigation have GOV.UK Frontend's structure and say their state in words."""

from types import SimpleNamespace

import pytest


def test_a_button_is_a_button_and_a_link_looks_like_one(render, shape, expected):
    assert shape(render("button", "Save")) == expected("button")
    assert shape(render("button", "Back", href="/", kind="secondary")) == expected("button_link")


def test_a_button_carries_its_value_and_what_else_it_was_given(render):
    html = render("button", "Add", name="do", value="", attrs={"type": "button", "hx-post": "/add"})
    assert 'name="do" value=""' in html
    assert 'type="button" hx-post="/add"' in html
    assert "prevent-double-click" not in html


def test_a_task_is_described_by_its_hint_and_state(render, shape, expected):
    items = [
        {"text": "Visits", "href": "/visits", "status": "2 of 3", "hint": "Date and place"},
        {"text": "Start", "status": "Waits for the team"},
    ]
    assert shape(render("task_list", items)) == expected("task_list")


def test_a_row_without_a_change_keeps_its_place_beside_rows_that_have_one(render, shape, expected):
    rows = [
        {"key": "Service", "value": "Roads", "action_href": "/change"},
        {"key": "Reference", "value": "NC-1"},
    ]
    assert shape(render("summary_list", rows)) == expected("summary_list")


def test_a_warning_says_that_it_is_one(render, shape, expected):
    assert shape(render("warning_text", "No way back")) == expected("warning_text")


def test_details_open_on_demand(render, shape, expected):
    assert shape(render("details", "How?", caller="So.")) == expected("details")


def test_breadcrumbs_end_at_this_page(render, shape, expected):
    assert shape(render("breadcrumbs", [{"text": "Start", "href": "/"}, {"text": "Team"}])) == expected("breadcrumbs")


def page(number, pages):
    """A page of a long list, as the database library describes it."""
    return SimpleNamespace(
        page=number,
        pages=pages,
        has_prev=number > 1,
        prev_num=number - 1,
        has_next=number < pages,
        next_num=number + 1,
        iter_pages=lambda: [1, None, number],
    )


def test_pages_keep_the_search_and_mark_where_one_is(render):
    html = render("pagination", page(3, 3), args={"q": "a b"})
    assert 'href="?q=a+b&amp;page=2" rel="prev"' in html
    assert 'aria-label="Page 3" aria-current="page"' in html
    assert 'rel="next"' not in html
    assert "govuk-pagination__item--ellipsis" in html
    assert render("pagination", page(1, 1)) == ""


def test_a_flash_is_announced_when_it_says_how_something_went(render):
    html = render("flashes", [("success", "Sent."), ("error", "Not sent."), ("message", "By the way.")])
    assert 'govuk-notification-banner--success" role="alert" aria-labelledby="flash-1-title"' in html
    assert 'app-banner--wrong" role="alert"' in html
    assert 'class="govuk-notification-banner" role="region" aria-labelledby="flash-3-title"' in html


@pytest.mark.parametrize(
    ("state", "word", "kind"),
    [
        ("not_started", "Not started", "plain"),
        ("running", "Running", "mid"),
        ("kept", "Kept", "ok"),
        ("late", "Late", "wrong"),
        ("paused", "Paused", "plain"),
    ],
)
def test_a_clock_says_its_state_in_a_word(render, state, word, kind):
    html = render("clock", SimpleNamespace(text="The service answers", state=state, sentence="by 6 days"))
    assert f"app-tag--{kind}" in html
    assert word in html
    assert "by 6 days" in html


def test_many_promises_are_summed_up_and_what_was_kept_is_folded(render):
    states = ["kept", "late", "kept", "running", "not_started"]
    html = render("clocks", [{"text": f"Promise {n}", "state": one, "sentence": ""} for n, one in enumerate(states)])
    assert (
        "<strong>2 of 4</strong> promises kept in time, <strong>1</strong> late, <strong>1</strong> still to keep."
        in html
    )
    before, folded = html.split("<details")
    assert "Promise 1" in before
    assert "Promise 3" in before
    assert "Promise 0" in folded
    assert "Promise 4" not in html
    assert "<details" not in render("clocks", [])


def test_a_fold_says_how_a_thing_stands_and_opens_the_rest(render, shape, expected):
    html = render("fold", "4. Paths", "wrong", "We disagree", "20 October", id="r4", caller="The rest.")
    assert shape(html) == expected("fold")
    assert '<details class="app-fold" open>' in render("fold", "Paths", open=True, caller="The rest.")


def job(status):
    """A job as the progress part needs it."""
    return SimpleNamespace(id=7, status=status, progress=40, sentence="Page 12 of 31")


def test_progress_asks_again_until_the_job_has_ended(render):
    going = render("progress", job("running"), "/jobs/7", caller="Open it")
    assert 'hx-get="/jobs/7" hx-trigger="every 1s" hx-swap="outerHTML"' in going
    assert 'value="40" aria-labelledby="job-7-sentence"' in going
    assert "Open it" not in going
    done = render("progress", job("done"), "/jobs/7", caller="Open it")
    assert "hx-get" not in done
    assert "Open it" in done
    assert "Open it" not in render("progress", job("failed"), "/jobs/7", caller="Open it")


def test_the_person_to_ring_can_be_rung_by_a_tap(render):
    html = render("person_to_ring", SimpleNamespace(name="Morag", phone="01506 280 000"))
    assert 'href="tel:01506280000"' in html
    assert "Morag" in html


def test_stages_say_where_we_are(render):
    html = render("stage_line", [{"label": "Planning", "state": "done"}, {"label": "Fieldwork", "state": "now"}])
    assert html.count('aria-current="step"') == 1
    assert "We are here" in html
    assert ", done" in html


def test_a_step_that_has_not_come_says_so(render):
    assert "Not yet." in render("loop", [{"title": "What the service did"}])


def test_an_empty_state_says_what_to_do_next(render):
    assert 'href="/people"' in render("empty", "Nobody yet.", {"text": "Find people", "href": "/people"})
    assert "<a" not in render("empty", "Nothing to do.")
