"""What is measured inside the product's own process: queries of a page, and making the report as a PDF.

``python -m script.lib.bench.inside queries|pdf …`` prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from inspect_app import create_app
from inspect_app.core.database import db
from inspect_app.people.models import Person

NOTHING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def count_queries(app: Flask, person: str | None, path: str) -> int:
    """Return how many queries one page takes, when it has been opened before."""
    client = app.test_client()
    with app.app_context():
        key = db.session.scalar(select(Person.fs_uniquifier).where(Person.name == person)) if person else None
        engine = db.engine
    if key:
        with client.session_transaction() as session:
            session.update({"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": 0, "identity.id": key})
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(NOTHING):
            asked.append(statement)

    for _ in range(2):
        asked.clear()
        event.listen(engine, "before_cursor_execute", note)
        status = client.get(path).status_code
        event.remove(engine, "before_cursor_execute", note)
        if status != 200:
            raise RuntimeError(f"{path} was answered with {status}")
    return len(asked)


def make_pdf(app: Flask, reference: str) -> dict[str, float]:
    """Make the newest edition's PDF anew, as the worker does; return seconds, the process's peak in MB, and bytes."""
    import inspect_app.core.pdf  # noqa: F401  # the worker has loaded it when it waits for work
    from inspect_app.inspections.queries import by_reference
    from inspect_app.reports.models import Edition
    from inspect_app.reports.paper import render

    with app.app_context():
        inspection = by_reference(reference)
        edition = db.session.scalars(
            select(Edition).where(Edition.inspection_id == inspection.id).order_by(Edition.number.desc())
        ).first()
        if edition is None:
            raise RuntimeError(f"{reference} has no edition")
        begin = time.monotonic()
        data = render(edition.content, journal_head=edition.journal_head, digest=edition.digest)
        seconds = time.monotonic() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"seconds": seconds, "peak_mb": peak, "bytes": len(data)}


if __name__ == "__main__":
    application = create_app({"TESTING": True})
    if sys.argv[1] == "pdf":
        print(json.dumps(make_pdf(application, sys.argv[2])))
    else:
        pages = json.load(sys.stdin)
        print(json.dumps({name: count_queries(application, *page) for name, page in pages.items()}))
