"""The database: one declarative base, UTC times, UUID keys, and SQLite made safe.

SQLite runs with a write-ahead log, full durability, foreign keys and a busy timeout. A transaction that
may write begins as IMMEDIATE, so that two writers wait for each other instead of failing half-way.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import DateTime, Engine, MetaData, Uuid, event, text
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from uuid6 import uuid7

from inspect_app.core.errors import Refused
from inspect_app.core.words import lazy

CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SAFE_SQLITE = (3, 51, 3)
"""The first SQLite without the WAL-reset fault (3.7.0 to 3.51.2 may, rarely, corrupt a database)."""

SAME_MOMENT = lazy("Somebody else changed this at the same moment. Look again and try once more.")
TOO_BUSY = lazy("Too many people are saving right now. Wait a moment, then send it once more.")
BUSY = frozenset({"40P01", "40001", "55P03"})
"""PostgreSQL's words for a deadlock, for two who cannot both be right, for a lock that was not to be had."""

_writes: ContextVar[bool] = ContextVar("transaction_writes", default=True)


class Base(DeclarativeBase):
    """All tables; constraints are named by convention, so that migrations can name them too."""

    metadata = MetaData(naming_convention=CONVENTION)


class KeepingSession(Session):
    """A session of one database, that keeps hold of its objects while it lets go of them.

    Without the last, CPython 3.11 can crash (a use after free; gone in 3.12, which collects garbage at safer moments):
    an object of a cycle, such as an inspection and its members, is collected while SQLAlchemy sets an attribute of
    its state, and its state's own clean-up sets the same attributes in the middle of that.
    """

    @cached_property
    def _engine(self) -> Engine:
        return self._db.engine

    def get_bind(self, *_given: Any, **_more: Any) -> Engine:
        """Return the one database that there is; each statement asks."""
        return self._engine

    def expunge_all(self) -> None:
        """Let go of every object, and only then let them be collected."""
        kept = list(self.identity_map.values())
        super().expunge_all()
        kept.clear()


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "class_": KeepingSession})

if TYPE_CHECKING:

    class Model(Base):
        """What every table is made from."""

        __abstract__ = True
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: refused without a zone, stored in UTC, read back in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn a moment of any zone into UTC; raise ValueError when it has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the moment its zone back, which SQLite forgets."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_kept_uuid = lru_cache(maxsize=20_000)(uuid.UUID)


class KeptUuid(Uuid[uuid.UUID]):
    """An identifier as SQLite keeps it, 32 hexadecimal letters: read again and again, and made an object once."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], uuid.UUID | None]:  # noqa: ARG002
        """Return what turns the letters of a column into an identifier."""
        return lambda letters: None if letters is None else _kept_uuid(letters)


def new_id() -> uuid.UUID:
    """Return a new identifier; later ones sort after earlier ones."""
    return uuid.UUID(bytes=uuid7().bytes)


def uuid_pk() -> Mapped[uuid.UUID]:
    """Return a primary key column whose value its maker chooses."""
    return mapped_column(Uuid, primary_key=True, default=new_id)


def writing() -> None:
    """Begin a transaction that may write, in a request that came as a read (a page that notes its opening)."""
    db.session.rollback()
    _writes.set(True)


def init_app(app: Flask) -> None:
    """Bind the database to the application, and let each request end in one commit."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    options: dict[str, Any] = dict(app.config.get("SQLALCHEMY_ENGINE_OPTIONS") or {})
    options["hide_parameters"] = True  # a fault is logged without the words that somebody wrote
    if url.startswith("sqlite"):
        options["module"] = safe_sqlite()
    else:
        options.setdefault("pool_pre_ping", True)
    options.setdefault("hide_parameters", True)  # a fault in a log must not repeat what somebody wrote
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
    app.before_request(_choose_transaction)


def finish_requests(app: Flask) -> None:
    """End each transaction before anything else looks at the answer: whoever waits to write may go on.

    Called when all rooms have joined, as what is registered last looks first.
    """
    app.after_request(_finish_transaction)


def safe_sqlite() -> Any:
    """Return the SQLite module; raise RuntimeError when it still has the WAL-reset fault."""
    import pysqlite3

    if pysqlite3.sqlite_version_info < SAFE_SQLITE:
        raise RuntimeError(
            f"SQLite {pysqlite3.sqlite_version} can damage a database (WAL-reset fault). "
            "Install pysqlite3 with SQLite 3.51.3 or later."
        )
    return pysqlite3


def _prepare_sqlite(engine: Engine) -> None:
    engine.dialect.colspecs = {**engine.dialect.colspecs, Uuid: KeptUuid}

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")


def may_write() -> bool:
    """Say whether what is read now may be read to be changed."""
    return _writes.get()


def keep_despite_refusal() -> None:
    """Commit although the answer is a refusal: what is kept here is the very words that were refused."""
    db.session.commit()


def reads_first(view: Any) -> Any:
    """Mark a view that checks who is asking before it writes, and calls :func:`begin_writing` itself.

    Writers of SQLite wait for each other; so they wait for the writing alone, not for the checks before it.
    """
    view.reads_first = True
    return view


def begin_writing() -> None:
    """End the reading part of a request whose view reads first. What was loaded stays loaded, and may be stale."""
    db.session.commit()
    _writes.set(True)


def only_read() -> None:
    """End a transaction in which nothing was changed: whoever waits for it may go on. What was loaded stays loaded."""
    db.session.commit()
    _writes.set(False)


def _choose_transaction() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    reads = request.method in ("GET", "HEAD", "OPTIONS") or getattr(view, "reads_first", False)
    _writes.set(not reads)


def _finish_transaction(response: Response) -> Response:
    """Commit what a request did when it went well; otherwise nothing of it stays. What comes after that only reads."""
    if response.status_code < 400:
        try:
            db.session.commit()
        except DBAPIError as error:
            db.session.rollback()
            _writes.set(False)
            return current_app.make_response(current_app.handle_user_exception(error))
    elif may_write():  # what only reads has nothing to undo
        db.session.rollback()
    _writes.set(False)
    return response


def refusal_of(error: DBAPIError) -> Refused | None:
    """Say in a sentence what a fault of the database means, when it is nobody's mistake; None for any other fault.

    Two made the same thing at the same moment, or it was so busy that it gave up (SQLite waits for 15 seconds;
    PostgreSQL ends one of two that wait for each other).
    """
    said = str(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError) and (state == "23505" or said.startswith("UNIQUE constraint failed")):
        return Refused(SAME_MOMENT)
    if isinstance(error, OperationalError) and (state in BUSY or "database is locked" in said):
        return Refused(TOO_BUSY, 503)
    return None


def is_reachable() -> bool:
    """Say whether the database answers."""
    return bool(db.session.execute(text("SELECT 1")).scalar_one() == 1)
