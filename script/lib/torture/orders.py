"""Part 5: two tablets of one person and the office, in any order. Nothing is lost, and the order decides nothing."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.core.time import now
from inspect_app.fieldwork import operations
from inspect_app.fieldwork.models import KeptWords, Observation, Rating, Seal
from inspect_app.fieldwork.operations import Sent
from inspect_app.fieldwork.rules import Rater, RaterKind, Source
from inspect_app.frameworks.queries import criteria_of
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import by_reference
from inspect_app.people.models import Person
from inspect_app.tablet.models import ReceivedEntry
from inspect_app.tablet.operations_entries import receive
from inspect_app.tablet.rules import read_entry
from script.lib.torture.counts import Counts
from script.lib.torture.inside import application, person_called
from script.lib.torture.names import COORDINATOR, inspector, reference

ROUNDS = 2000
MOST_ACTS = 9
MADE = (Seal, Rating, Observation, KeptWords, ReceivedEntry, Revision)


@dataclass(frozen=True)
class World:
    """Who rates where, and who types at the office."""

    inspection: Inspection
    person: Person
    typist: Person
    keys: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """One thing that somebody did: on a tablet as an entry's text, at the office as a save of a page."""

    id: uuid.UUID
    words: str
    text: str | None = None
    question: str = ""
    value: str | None = None
    sent: Sent | None = None
    is_typed: bool = False


def story(world: World, chance: random.Random) -> list[Act]:
    """Return what two tablets and the office did, in the order in which they did it; clocks may be wrong."""
    begun, acts, sequence = now() - timedelta(days=2), list[Act](), {"a": 0, "b": 0}
    skew = {who: timedelta(minutes=chance.choice((0, 0, -200, 200))) for who in ("a", "b")}
    latest: dict[tuple[str, str], list[uuid.UUID]] = {}
    notes = [_id(chance, MOST_ACTS + number) for number in range(2)]
    for number in range(chance.randint(2, MOST_ACTS)):
        who, made = chance.choice(("a", "b", "office")), _id(chance, number)
        is_note = who != "office" and chance.random() < 0.4
        subject = str(chance.choice(notes)) if is_note else chance.choice(world.keys[:2])
        others = [one for (_, about), ids in latest.items() if about == subject for one in ids]
        own = latest.setdefault((who, subject), [])
        based_on = chance.choice([*others, *own[-1:], None])
        at = begun + timedelta(minutes=10 * number) + skew.get(who, timedelta(0))
        if who == "office":
            acts.append(_at_office(world, chance, made, subject, based_on, at))
        else:
            sequence[who] += 1
            content = _note(subject, made) if is_note else _rating(subject, made, chance.choice([*world.values, None]))
            acts.append(_on_tablet(world, who, sequence[who], made, based_on, at, content))
        own.append(made)
    return acts


def _id(chance: random.Random, number: int) -> uuid.UUID:
    """Return an id that sorts anywhere, and that no other number gets."""
    return uuid.UUID(int=chance.getrandbits(64) << 64 | number, version=4)


def _rating(question: str, made: uuid.UUID, value: str | None) -> tuple[str, dict[str, Any]]:
    return "rating", {"question": question, "value": value, "reason": f"Why {made}"}


def _note(note: str, made: uuid.UUID) -> tuple[str, dict[str, Any]]:
    return "note", {"note": note, "kind": "seen", "text": f"Why {made}"}


def _on_tablet(
    world: World, device: str, sequence: int, made: uuid.UUID, based_on: uuid.UUID | None, at: datetime,
    content: tuple[str, dict[str, Any]],
) -> Act:  # fmt: skip
    entry = {
        "id": str(made),
        "kind": content[0],
        "inspection": world.inspection.reference,
        "person": str(world.person.id),
        "author": str(world.person.id),
        "device": device,
        "sequence": sequence,
        "captured_at": at.isoformat(),
        "based_on": str(based_on) if based_on else None,
        "form": str(world.inspection.framework_version_id),
        "content": content[1],
    }
    return Act(made, f"Why {made}", text=json.dumps(entry))


def _at_office(
    world: World, chance: random.Random, made: uuid.UUID, question: str, based_on: uuid.UUID | None, at: datetime
) -> Act:
    is_typed = chance.random() < 0.3
    source = Source.PAPER if is_typed else Source.SCREEN
    sent = Sent(made, based_on, captured_at=at, source=source, is_own_state=True)
    return Act(made, f"Why {made}", None, question, chance.choice(world.values), sent, is_typed)


def play(world: World, acts: Sequence[Act]) -> list[str]:
    """Let an office that has nothing yet receive all of it in this order; return what it did not acknowledge."""
    _begin_anew()
    return [f"{act.words} was not taken" for act in acts if not _receive(world, act)]


def _receive(world: World, act: Act) -> bool:
    if act.text is not None:
        is_stored = receive(read_entry(act.text.encode()), world.person).is_stored
    else:
        rater, actor = Rater(RaterKind.INSPECTOR, world.person.id), world.typist if act.is_typed else world.person
        operations.capture(
            world.inspection, act.question, act.value, act.words, actor=actor, rater=rater, sent=act.sent
        )
        is_stored = True
    db.session.commit()
    return is_stored


def _begin_anew() -> None:
    for table in MADE:
        db.session.execute(delete(table))
    for one in list(db.session):
        if isinstance(one, MADE):
            db.session.expunge(one)
    db.session.commit()


def standing() -> dict[str, tuple[str | None, str]]:
    """Return what stands at the office, by question and note."""
    ratings = db.session.execute(select(Rating.criterion_key, Rating.value, Rating.reason))
    found: dict[str, tuple[str | None, str]] = {key: (value, reason) for key, value, reason in ratings}
    notes = db.session.execute(select(Observation.id, Observation.kind, Observation.text))
    return found | {str(note): (kind, text) for note, kind, text in notes}


def lost_and_double(acts: Sequence[Act]) -> tuple[list[str], list[str]]:
    """Return whose words are neither current nor in the history, and whose are there twice."""
    contents = [json.dumps(one) for one in db.session.scalars(select(Revision.content))]
    contents += [json.dumps(one) for one in db.session.scalars(select(KeptWords.content))]
    times = {act.words: sum(act.words in one for one in contents) for act in acts}
    lost = [f"{words} is nowhere" for words, count in times.items() if count == 0]
    return lost, [f"{words} is there {count} times" for words, count in times.items() if count > 1]


def compare(world: World, acts: Sequence[Act], chance: random.Random) -> Counts:
    """Let it all arrive in two orders, and some of it again; say what was lost, came twice, or came out otherwise."""
    counts, ends = Counts(), []
    for is_shuffled in (False, True):
        order = [*acts, *chance.choices(acts, k=2)]
        if is_shuffled:
            chance.shuffle(order)
        faults = play(world, order)
        lost, double = lost_and_double(acts)
        ends.append(standing())
        found = (*faults, *lost, *double)
        counts = counts.plus(Counts(len(lost) + len(faults), len(double), len(acts), 0, 1, tuple(found)))
    if ends[0] != ends[1]:
        counts = counts.plus(Counts(faults=(f"another order, another end: {ends[0]} and {ends[1]}",)))
    return counts


def run(seed: int, minutes: float | None, rounds: int = ROUNDS) -> Counts:
    """Play so many stories, each in two orders; ``minutes`` ends it earlier."""
    ends_at = time.monotonic() + 60 * minutes if minutes is not None else None
    counts = Counts()
    with application():
        inspection = by_reference(reference(0))
        questions = criteria_of(inspection.framework_version_id)
        values = tuple(point.key for point in questions[0].points)
        keys = tuple(one.key for one in questions)
        world = World(inspection, person_called(inspector(0)), person_called(COORDINATOR), keys, values)
        for number in range(rounds):
            if ends_at is not None and time.monotonic() > ends_at:
                break
            chance = random.Random(f"{seed} {number}")  # noqa: S311  # stories, no secret
            found = compare(world, story(world, chance), chance)
            counts = counts.plus(found._replace(faults=tuple(f"story {number}: {one}" for one in found.faults)))
            if number % 200 == 199:
                print(f"   {number + 1} stories: {counts.line()}", flush=True)
    return counts
