"""One question of a draft as a tablet page, in easy read and on paper, at once: each in a frame of one page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core.access import needs
from inspect_app.core.errors import Refused
from inspect_app.core.web import POLICY_IN_FRAME, page
from inspect_app.core.words import _
from inspect_app.frameworks import paper
from inspect_app.frameworks.plain import PlainFramework
from inspect_app.frameworks.previews import Preview, render
from inspect_app.frameworks.queries import questions_of
from inspect_app.frameworks.rules import Question
from inspect_app.frameworks.views import bp
from inspect_app.frameworks.views_part import opened, place_in_draft

VIEWS = ("tablet", "easy", "paper")


@bp.get("/frameworks/drafts/<uuid:draft_id>/at-once")
@needs("frameworks.edit")
def at_once(draft_id: uuid.UUID) -> ResponseReturnValue:
    """Begin to look at the questions in all forms; or go on with the question, the language and the print chosen."""
    _draft, plain = opened(draft_id)
    questions = questions_of(plain)
    if not questions:
        raise Refused(_("There are no questions yet. Add one, then look at it."))
    key = request.args.get("question") or questions[0].key
    wish = _wish(plain)
    return redirect(_address(draft_id, key, wish), 303)


@bp.get("/frameworks/drafts/<uuid:draft_id>/questions/<question_key>/at-once")
@needs("frameworks.edit")
def question_at_once(draft_id: uuid.UUID, question_key: str) -> ResponseReturnValue:
    """Show one question in its three forms, with the way to the others."""
    draft, plain = opened(draft_id)
    wish = _wish(plain)
    questions = questions_of(plain, wish.language)
    place = _place(questions, question_key)
    keys = [one.key for one in questions]
    return page(
        "frameworks/at_once.html",
        draft=draft,
        plain=plain,
        question=questions[place],
        place=place + 1,
        total=len(questions),
        themes=_by_theme(questions),
        back=_address(draft_id, keys[place - 1], wish) if place else None,
        onward=_address(draft_id, keys[place + 1], wish) if place + 1 < len(keys) else None,
        home=place_in_draft(draft_id, f"question-{question_key}"),
        languages=paper.languages_of(plain),
        editions=paper.EDITION_NAMES,
        wish=wish,
        frames={view: _frame(draft_id, question_key, view, wish) for view in VIEWS},
        wholes=_wholes(draft_id, question_key, plain, wish),
    )


@bp.get("/frameworks/drafts/<uuid:draft_id>/questions/<question_key>/at-once/<any(tablet, easy, paper):view>")
@needs("frameworks.edit")
def one_of_three(draft_id: uuid.UUID, question_key: str, view: str) -> ResponseReturnValue:
    """Show one question in one of its forms, for a frame: nothing in it can be pressed or leads away."""
    _draft, plain = opened(draft_id)
    wish = _wish(plain, "language")
    questions = questions_of(plain, wish.language)
    question = questions[_place(questions, question_key)]
    if view == "paper":
        return _in_frame(paper.question_alone(plain, question_key, wish))
    return _in_frame(
        render(
            Preview(plain.title, questions, question, view == "easy", "#main", "#main", "#main", "#main", beside=True)
        )
    )


def _in_frame(html: str) -> Response:
    """Return a page that our own pages may show in a frame, and no other."""
    response = make_response(html)
    response.headers["Content-Security-Policy"] = POLICY_IN_FRAME
    return response


def _wish(plain: PlainFramework, name: str = "spoken") -> paper.Wish:
    """Return the language of the questions and the print that the address asks for, or those that come first.

    The page names the language another way than its frames: there it is also the language of the product's own words,
    as it is for who reads in it.
    """
    language, edition = request.args.get(name, ""), request.args.get("edition", "")
    return paper.Wish(
        paper.Edition(edition) if edition in paper.EDITION_NAMES else paper.Edition.NORMAL,
        language if language in paper.languages_of(plain) else plain.language,
    )


def _place(questions: Sequence[Question], key: str) -> int:
    """Return at which place a question stands, from 0. Raises Refused (404) when there is none."""
    found = next((number for number, one in enumerate(questions) if one.key == key), None)
    if found is None:
        raise Refused(_("There is no such question."), 404)
    return found


def _by_theme(questions: Sequence[Question]) -> list[tuple[str, list[tuple[int, Question]]]]:
    """Return the questions, each with its number, by the title of their theme."""
    numbered = groupby(enumerate(questions, 1), key=lambda pair: (pair[1].theme_key, pair[1].theme_title))
    return [(title, list(pairs)) for (_key, title), pairs in numbered]


def _address(draft_id: uuid.UUID, key: str, wish: paper.Wish) -> str:
    return url_for(
        "frameworks.question_at_once",
        draft_id=draft_id,
        question_key=key,
        spoken=wish.language,
        edition=wish.edition.value,
    )


def _frame(draft_id: uuid.UUID, key: str, view: str, wish: paper.Wish) -> str:
    values: dict[str, Any] = {"language": wish.language}
    if view == "paper":
        values["edition"] = wish.edition.value
    return url_for("frameworks.one_of_three", draft_id=draft_id, question_key=key, view=view, **values)


def _wholes(draft_id: uuid.UUID, key: str, plain: PlainFramework, wish: paper.Wish) -> dict[str, str]:
    """Return the addresses of the whole pages that inspectors meet, and of where the whole form is made."""
    spoken = {"language": wish.language} if wish.language != plain.language else {}
    whole: dict[str, Any] = {"draft_id": draft_id, "question_key": key, **spoken}
    return {
        "tablet": url_for("frameworks.preview_question", **whole, view="plain"),
        "easy": url_for("frameworks.preview_question", **whole, view="easy"),
        "paper": url_for("frameworks.draft_paper_choice", draft_id=draft_id),
    }
