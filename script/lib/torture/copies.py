"""Part 4: the same entry many times at once. One is stored, and all are told the same."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
import uuid
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from inspect_app.core.database import db
from inspect_app.core.revisions import Revision
from inspect_app.core.time import now
from inspect_app.fieldwork.models import Evidence
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import by_reference
from inspect_app.people.models import Person
from inspect_app.tablet.models import ReceivedEntry
from script.lib.torture import photos
from script.lib.torture.counts import Counts
from script.lib.torture.inside import application, browser, person_called
from script.lib.torture.names import POINTS, inspector, question, reference

ROUNDS = 200
COPIES = 32
PATIENCE = 60.0


def entry_for(inspection: Inspection, person: Person, number: int, photo: bytes | None) -> dict[str, Any]:
    """Return the entry of one round: a photo where there is one, else a rating or a note in turn."""
    words = f"Round {number}"
    if photo is not None:
        sha256 = hashlib.sha256(photo).hexdigest()
        content = {
            "photo": str(uuid.uuid4()),
            "file": sha256,
            "size": len(photo),
            "type": "image/jpeg",
            "name": "a.jpg",
            "caption": words,
            "seen_by": "team",
            "people": "nobody",
            "question": None,
            "note": None,
        }
        kind = "photo"
    elif number % 2:
        kind, content = "note", {"note": str(uuid.uuid4()), "kind": "seen", "text": words}
    else:
        kind, content = "rating", {"question": question(number % 40), "value": POINTS[number % 5], "reason": words}
    return {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "inspection": inspection.reference,
        "person": str(person.id),
        "author": str(person.id),
        "device": "tablet",
        "sequence": number + 1,
        "captured_at": now().isoformat(),
        "based_on": None,
        "form": str(inspection.framework_version_id),
        "content": content,
    }


def upload(client: FlaskClient, photo: bytes, inspection: str) -> None:
    """Send a photo before its entry; raise RuntimeError where that does not work."""
    facts = {"sha256": hashlib.sha256(photo).hexdigest(), "inspection": inspection, "name": "a.jpg"}
    metadata = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in facts.items())
    tus = {"Tus-Resumable": "1.0.0"}
    begun = client.post("/uploads", headers={**tus, "Upload-Length": str(len(photo)), "Upload-Metadata": metadata})
    kind = "application/offset+octet-stream"
    sent = client.patch(begun.location or "", data=photo, headers={**tus, "Upload-Offset": "0"}, content_type=kind)
    if sent.status_code != 204:
        raise RuntimeError(f"an upload was answered with {begun.status_code} and {sent.status_code}")


def at_once(clients: list[FlaskClient], pool: ThreadPoolExecutor, text: str) -> list[tuple[int, str]]:
    """Send the same text from all at the same moment; return what each was told."""
    start = threading.Barrier(len(clients))

    def send(client: FlaskClient) -> tuple[int, str]:
        start.wait(PATIENCE)
        response = client.post("/outbox", data=text.encode(), content_type="application/json")
        return response.status_code, response.get_data(as_text=True)

    return list(pool.map(send, clients))


def one_round(
    app: Flask, clients: list[FlaskClient], pool: ThreadPoolExecutor, entry: dict[str, Any], photo: bytes | None
) -> Counts:
    """Send one entry so many times at once, and look at what the office has of it."""
    if photo is not None:
        upload(clients[0], photo, entry["inspection"])
    text = json.dumps(entry)
    said = at_once(clients, pool, text)
    with app.app_context():
        made = Evidence if photo is not None else Revision
        wanted = uuid.UUID(entry["content"]["photo"] if photo is not None else entry["id"])
        stored = db.session.scalar(select(func.count()).select_from(made).where(made.id == wanted)) or 0
        received = select(func.count()).select_from(ReceivedEntry).where(ReceivedEntry.id == uuid.UUID(entry["id"]))
        rows = db.session.scalar(received) or 0
    digest = hashlib.sha256(text.encode()).hexdigest()
    faults = [f"told {status}: {words[:200]}" for status, words in said if status != 200 or digest not in words]
    faults += [f"{len(set(said))} different answers"] if len(set(said)) > 1 else []
    lost, double = int(stored == 0 or rows == 0), int(stored > 1 or rows > 1)
    return Counts(lost, double, 1, int(photo is not None), len(clients), tuple(faults))


def run(seed: int, minutes: float | None, rounds: int = ROUNDS, copies: int = COPIES) -> Counts:
    """Send so many entries, each so many times at once; ``minutes`` ends it earlier."""
    ends_at = time.monotonic() + 60 * minutes if minutes is not None else None
    counts, chance = Counts(), random.Random(seed)  # noqa: S311  # stories, no secret
    with application() as app, ThreadPoolExecutor(copies) as pool:
        inspection, person = by_reference(reference(0)), person_called(inspector(0))
        clients = [browser(app, person.fs_uniquifier) for _ in range(copies)]
        for number in range(rounds):
            if ends_at is not None and time.monotonic() > ends_at:
                break
            photo = photos.make(chance.getrandbits(30)) if number % 5 == 4 else None
            entry = entry_for(inspection, person, number, photo)
            db.session.rollback()
            counts = counts.plus(one_round(app, clients, pool, entry, photo))
            if number % 50 == 49:
                print(f"   {number + 1} rounds of {copies}: {counts.line()}", flush=True)
    return counts
