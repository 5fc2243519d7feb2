"""The story's second part: what the service says of itself, what inspectors note, photograph, rate and seal."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from inspect_app.demo.pictures import draw
from inspect_app.demo.sounds import ringing
from inspect_app.demo.story import Facts, key
from inspect_app.demo.telling import Telling
from inspect_app.fieldwork.operations import Note, Photo, Sound, add_evidence, add_sound, capture_observation
from inspect_app.fieldwork.operations.origins import Sent
from inspect_app.fieldwork.operations.ratings import capture
from inspect_app.fieldwork.operations.seals import seal
from inspect_app.fieldwork.rules import People, Rater, RaterKind, SeenBy, Source

BETWEEN_RATINGS = timedelta(minutes=3)


def add_steps(telling: Telling) -> None:
    """Add the service's own rating, observations, photos, sounds, ratings and seals."""
    if telling.facts["self_rating"]:
        _rate_itself(telling, telling.facts["self_rating"])
    for observation in telling.facts["observations"]:
        telling.add(observation["at"], lambda one=observation: _observe(telling, one))  # type: ignore[misc]
    for photo in telling.facts["photos"]:
        observation = next(one for one in telling.facts["observations"] if one["id"] == photo["observation"])
        taken = telling.story.moment(observation["at"]) + timedelta(minutes=4)
        telling.add(taken, lambda one=photo, of=observation: _photograph(telling, one, of))  # type: ignore[misc]
    for sound in telling.facts.get("sounds", ()):
        observation = next(one for one in telling.facts["observations"] if one["id"] == sound["observation"])
        heard = telling.story.moment(observation["at"]) + timedelta(minutes=6)
        telling.add(heard, lambda one=sound, of=observation: _record(telling, one, of))  # type: ignore[misc]
    for person, said in telling.facts["ratings"].items():
        _rate(telling, person, said)


def _rate_itself(telling: Telling, said: Facts) -> None:
    lead = telling.person(said["by"])
    rater = Rater(RaterKind.SERVICE, telling.cast.services[telling.facts["services"][0]].id)
    sealed = telling.story.moment(said["sealed_at"])
    begins = sealed - BETWEEN_RATINGS * (len(said["values"]) + 1)
    for place, (criterion, one) in enumerate(said["values"].items()):
        telling.add(
            begins + BETWEEN_RATINGS * place,
            lambda criterion=criterion, one=one: capture(  # type: ignore[misc]
                telling.inspection, criterion, one["value"], one["why"], actor=lead, rater=rater
            ),
        )
    telling.add(sealed, lambda: seal(telling.inspection, actor=lead, rater=rater))


def _observe(telling: Telling, facts: Facts) -> None:
    count = facts.get("count") or {}
    typist = facts.get("typed_by")
    capture_observation(
        telling.inspection,
        Note(
            kind="counted" if count else facts["kind"],
            text=facts["text"],
            amount=Decimal(str(count["number"])) if count else None,
            unit=count.get("unit"),
            question_key=facts["criterion"],
            visit_id=key(telling.facts["reference"], facts["visit"]) if facts["visit"] else None,
        ),
        actor=telling.person(typist or facts["by"]),
        author_id=telling.person(facts["by"]).id,
        id=key(telling.facts["reference"], "observation", facts["id"]),
        sent=Sent(source=_source(telling, typist)),
    )


def _photograph(telling: Telling, photo: Facts, observation: Facts) -> None:
    add_evidence(
        telling.inspection,
        Photo(
            data=draw(photo["scene"], photo["id"]),
            name=f"{photo['scene']}.jpg",
            caption=photo["caption"],
            seen_by=SeenBy.REPORT,
            people=People.NOBODY,
            question_key=observation["criterion"],
            observation_id=key(telling.facts["reference"], "observation", observation["id"]),
        ),
        actor=telling.person(observation.get("typed_by") or observation["by"]),
        author_id=telling.person(observation["by"]).id,
        id=key(telling.facts["reference"], "photo", photo["id"]),
        source=_source(telling, observation.get("typed_by")),
    )


def _record(telling: Telling, sound: Facts, observation: Facts) -> None:
    add_sound(
        telling.inspection,
        Sound(
            data=ringing(sound["seconds"]),
            name="ringing.wav",
            caption=sound["caption"],
            seen_by=SeenBy.REPORT,
            people=People.NOBODY,
            question_key=observation["criterion"],
            observation_id=key(telling.facts["reference"], "observation", observation["id"]),
        ),
        actor=telling.person(observation["by"]),
        id=key(telling.facts["reference"], "sound", sound["id"]),
    )


def _source(telling: Telling, typist: str | None) -> str:
    """Return how something came in: on screen, typed by a supporter, or typed from paper by a coordinator."""
    if typist is None:
        return Source.SCREEN
    helps = {one["person"] for one in telling.facts["supporters"]}
    return Source.SUPPORTER if typist in helps else Source.PAPER


def _rate(telling: Telling, person: str, said: Facts) -> None:
    who = telling.person(person)
    typist = said.get("typed_by")
    begins = _begins(telling, said)
    for place, (criterion, one) in enumerate(said["values"].items()):
        telling.add(
            begins + BETWEEN_RATINGS * place,
            lambda criterion=criterion, one=one: capture(  # type: ignore[misc]
                telling.inspection,
                criterion,
                one["value"],
                one["why"],
                actor=telling.person(typist) if typist else who,
                rater=Rater(RaterKind.INSPECTOR, who.id),
                sent=Sent(source=_source(telling, typist)),
            ),
        )
    if said["sealed_at"]:
        telling.add(said["sealed_at"], lambda: seal(telling.inspection, actor=who))


def _begins(telling: Telling, said: Facts) -> datetime:
    """Return when somebody began to rate: shortly before they sealed, or after the last visit they were on."""
    if said["sealed_at"]:
        return telling.story.moment(said["sealed_at"]) - BETWEEN_RATINGS * (len(said["values"]) + 1)
    held = [visit for visit in telling.facts["visits"] if visit["held"]]
    return telling.story.moment(held[-1]["ends"]) + timedelta(minutes=20)
