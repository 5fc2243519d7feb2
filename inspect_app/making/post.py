"""Mails to those who are asked: that something waits for them, and where. No words of anybody's travel by mail."""

from __future__ import annotations

from flask import current_app

from inspect_app.core.languages import spoken_to
from inspect_app.core.mail import is_silent, send_later
from inspect_app.making.models import Gathering, Voice


def asked(gathering: Gathering, voice: Voice) -> None:
    """Tell somebody that they are asked."""
    first = f"You are asked to help to make questions about “{gathering.draft.title}”."
    _send(gathering, voice, "making.asked", first, "Say in your own words what a good service does for you.")


def sent_round(gathering: Gathering, voice: Voice) -> None:
    """Tell somebody that there are questions to look at."""
    first = f"There are questions now about “{gathering.draft.title}”."
    _send(
        gathering, voice, "making.sent_round", first, "Say how much each one matters to you, and what should be better."
    )


def done(gathering: Gathering, voice: Voice) -> None:
    """Tell somebody what became of what they said."""
    first = f"The round about “{gathering.draft.title}” is over."
    _send(gathering, voice, "making.done", first, "Read what became of what you said.")


def _send(gathering: Gathering, voice: Voice, kind: str, *sentences: str) -> None:
    person = voice.person
    if is_silent() or not person.active or not person.email:
        return  # who has no e-mail finds it under "New questions"
    link = f"{current_app.config['PUBLIC_URL']}/together/{gathering.id}"
    news = "what became of it" if kind == "making.done" else "your help is wanted"
    with spoken_to(person):
        send_later(
            person.email,
            f"{gathering.draft.title}: {news}",
            "message",
            {"name": person.name, "paragraphs": list(sentences), "link": link},
            person_id=person.id,
            kind=kind,
            unique_key=f"{kind}:{voice.id}",
        )
