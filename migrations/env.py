"""Runs the migrations on the database that the application is configured for.

Used by ``flask --app wsgi db …``. SQLite cannot alter most of a table in place, so changes there are
made in batches: a new table is filled, and takes the old one's name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator, text

config = context.config
migrate = current_app.extensions["migrate"]


def settings() -> dict[str, Any]:
    """Say how schemas are compared and written, beside what the application itself asks for."""
    wanted = dict(migrate.configure_args)
    wanted["target_metadata"] = migrate.db.metadata
    wanted.setdefault("compare_type", True)
    wanted.setdefault("render_as_batch", True)
    wanted.setdefault("render_item", plain_types)
    wanted.setdefault("transactional_ddl", True)
    wanted.setdefault("on_version_apply", tell)
    wanted.setdefault("process_revision_directives", leave_out_an_empty_revision)
    return wanted


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write what a type of our own is in the database, so that old migrations need none of today's code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def tell(step: Any, **_others: Any) -> None:
    """Say which step was taken."""
    names = ", ".join(str(revision.doc) for revision in step.up_revisions)
    config.print_stdout("%s: %s", "Database" if step.is_upgrade else "Database, a step back", names)


def leave_out_an_empty_revision(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Write no migration file when the models and the database agree."""
    if getattr(config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        config.print_stdout("The models and the database agree: there is nothing to write.")


@contextmanager
def sqlite_without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let a batch drop and rename tables without deleting the rows that point at them.

    SQLite ignores the switch inside a transaction, so it is thrown on the driver's own connection
    before one begins. Afterwards every row is checked.

    Raises RuntimeError when a migration left a row that points at nothing.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"These tables have rows that point at nothing: {tables}.")


@contextmanager
def postgresql_with_time_limits(connection: Connection) -> Iterator[None]:
    """Give up rather than hold the whole programme behind one lock."""
    connection.execute(text("SET lock_timeout = '10s'"))
    connection.execute(text("SET statement_timeout = '10min'"))
    connection.commit()
    yield


def run_offline() -> None:
    """Write the SQL instead of running it."""
    context.configure(
        url=migrate.db.engine.url,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
        **settings(),
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Migrate the database, in one transaction."""
    with migrate.db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        guard = sqlite_without_foreign_keys if on_sqlite else postgresql_with_time_limits
        with guard(connection):
            context.configure(connection=connection, **settings())
            with context.begin_transaction():
                context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
