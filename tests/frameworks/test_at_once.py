"""One question of a draft in all its forms at once: on a tablet, in easy read and on paper."""

from __future__ import annotations

import html
import re
import uuid
from dataclasses import replace
from types import SimpleNamespace

from inspect_app.core.database import db
from inspect_app.frameworks.editing import FIRST_SCALE
from inspect_app.frameworks.operations_drafts import begin_draft
from inspect_app.frameworks.paper import Wish, page_of
from inspect_app.frameworks.plain import PlainCriterion, PlainFramework, PlainTheme
from inspect_app.frameworks.queries import questions_of
from inspect_app.frameworks.shelf import starting_point
from tests.routes.pages import faults_of

ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
WAITING = PlainTheme(
    "waiting",
    "Waiting",
    (
        PlainCriterion("dry", "It is dry.", "Dry.", "scale", "five", (), True, True),
        PlainCriterion("second", "Second.", "Two.", "scale", "five", (), True, True),
    ),
)
BUS_STOPS = PlainFramework("bus-stops", 1, "en", "Bus stops", "Waiting for a bus.", "Ours.", (FIRST_SCALE,), (WAITING,))


def begun(plain: PlainFramework, people: SimpleNamespace) -> str:
    """Begin a draft; return its address."""
    draft = begin_draft(plain, people.helen, id=uuid.uuid4())
    db.session.commit()
    return f"/frameworks/drafts/{draft.id}"


def test_a_question_is_seen_in_all_its_forms_at_once_and_nothing_can_be_pressed(people, as_person) -> None:
    helen, home = as_person(people.helen), begun(BUS_STOPS, people)
    address = f"{home}/questions/second/at-once"
    first = helen.get(f"{home}/at-once")
    assert "/questions/dry/at-once" in first.location
    assert f"{address}?" in helen.get(first.location).text
    page = helen.get(f"{address}?edition=large").text
    assert not faults_of(page)
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page
    frames = [html.unescape(one) for one in re.findall(r'<iframe[^>]* src="([^"]+)"', page)]
    assert [re.findall(r"at-once/(\w+)", one) for one in frames] == [["tablet"], ["easy"], ["paper"]]
    shown = [helen.get(one) for one in frames]
    assert ["Second." in one.text.partition("<main")[2] for one in shown] == [True, False, True]
    assert 'id="easy-statement">Two.</h1>' in shown[1].text
    assert '<body class="large">' in shown[2].text
    for one in shown:
        assert "frame-ancestors 'self'" in one.headers["Content-Security-Policy"]
        assert not faults_of(one.text)
        assert not re.search(r'<script|<a [^>]*href="(?!#)|<button(?![^>]*\b(?:disabled|hidden)\b)', one.text)
    assert "frame-ancestors 'none'" in helen.get(address).headers["Content-Security-Policy"]
    assert helen.get(f"{home}/questions/third/at-once/paper").status_code == 404
    assert as_person(people.ana).get(address).status_code == 403


def test_the_forms_at_once_speak_the_language_of_the_questions_and_the_page_its_readers(people, as_person) -> None:
    plain = replace(starting_point("care-environment-walk"), key="walk")
    helen, home = as_person(people.helen), begun(plain, people)
    key = plain.themes[0].criteria[0].key
    german = questions_of(plain, "de")[0].statement
    address = f"{home}/questions/{key}/at-once"
    page = helen.get(f"{address}?spoken=de").text
    assert re.search(f'<h1[^>]* lang="de"[^>]*>{re.escape(html.escape(german))}</h1>', page)
    assert '<html lang="en"' in page
    assert '<html lang="de"' in helen.get(f"{address}/tablet?language=de").text
    on_paper = helen.get(f"{address}/paper?language=de").text
    assert german in html.unescape(on_paper)
    assert "Hinsehen" in on_paper
    assert ARTICLE.search(on_paper)[0] == ARTICLE.search(page_of(plain, Wish(language="de")))[0]
