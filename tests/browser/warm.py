"""The product as the journeys' server loads it: its commonest pages have been opened once.

So the processes that answer, which are forked from it for each journey, need not learn every template and every query
anew. What it keeps in memory was read from the demonstration as it was loaded, which each journey finds again.
"""

from __future__ import annotations

from sqlalchemy import select

from inspect_app.core.database import db
from inspect_app.people.models import Person
from wsgi import app

PAGES = {
    None: ("/sign-in",),
    "Isla Munro": ("/", "/inspections/DEMO-2", "/inspections/DEMO-2/questions"),
    "Helen Drummond": ("/", "/inspections/DEMO-4"),
}


def open_pages() -> None:
    """Open each page; leave no connection to the database behind, which no two processes may share."""
    with app.app_context():
        keys = dict(db.session.execute(select(Person.name, Person.fs_uniquifier)).tuples().all())
    for name, paths in PAGES.items():
        client = app.test_client()
        if name:
            with client.session_transaction() as session:
                key = keys[name]
                session |= {"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": 0, "identity.id": key}
        for path in paths:
            status = client.get(path).status_code
            if status != 200:
                raise RuntimeError(f"{path} was answered with {status}")
    with app.app_context():
        db.engine.dispose()


open_pages()
