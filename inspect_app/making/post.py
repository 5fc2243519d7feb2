"""Mails to those who are asked: that something waits for them, and where. No words of anybody's travel by mail."""

from __future__ import annotations

from flask import current_app

from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import is_silent, send_later
from inspect_app.core.words import _, mark
from inspect_app.making.models import Gathering, Voice


def asked(gathering: Gathering, voice: Voice) -> None:
    """Tell somebody that they are asked."""
    first = mark("You are asked to help to make questions about “%(title)s”.")
    _send(gathering, voice, "making.asked", first, mark("Say in your own words what a good service does for you."))


def sent_round(gathering: Gathering, voice: Voice) -> None:
    """Tell somebody that there are questions to look at."""
    first = mark("There are questions now about “%(title)s”.")
    wish = mark("Say how much each one matters to you, and what should be better.")
    _send(gathering, voice, "making.sent_round", first, wish)


def done(gathering: Gathering, voice: Voice) -> None:
    """Tell somebody what became of what they said."""
    first = mark("The round about “%(title)s” is over.")
    _send(gathering, voice, "making.done", first, mark("Read what became of what you said."))


def _send(gathering: Gathering, voice: Voice, kind: str, news: str, wish: str) -> None:
    person, title = voice.person, gathering.draft.title
    if is_silent() or not person.active or not person.email:
        return  # who has no e-mail finds it under "New questions"
    link = f"{current_app.config['PUBLIC_URL']}/together/{gathering.id}"
    with spoken_to(person):
        over = _("%(title)s: what became of it", title=title)
        send_later(
            person.email,
            over if kind == "making.done" else _("%(title)s: your help is wanted", title=title),
            "message",
            {"name": person.name, "paragraphs": [_(news, title=title), _(wish)], "link": link},
            person_id=person.id,
            kind=kind,
            unique_key=f"{kind}:{voice.id}",
        )
