"""What was published in four tables says the same in one piece."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from inspect_app import create_app
from inspect_app.core.database import db
from inspect_app.frameworks.document import plain_of
from inspect_app.frameworks.operations import digest_of
from inspect_app.frameworks.reading import read_framework
from tests.demonstration import POSTGRESQL, new_database

LIBRARY = Path(__file__).resolve().parents[2] / "inspect_app/frameworks/library"
OLD = ("citizen-full", "look-see", "peer-review")


@pytest.fixture
def loaded(tmp_path: Path) -> Any:
    """A database of its own."""
    address = new_database(f"test_{uuid.uuid4().hex[:12]}") if POSTGRESQL else f"sqlite:///{tmp_path / 'test.db'}"
    return create_app({"TESTING": True, "VAR": tmp_path, "SECRET_KEY": "k" * 40, "SQLALCHEMY_DATABASE_URI": address})


def fill(text: str) -> str:
    """Put a version into the four tables, as the product did then; return its digest."""
    plain = read_framework(text)
    tables = sa.MetaData()
    tables.reflect(db.engine, only=["framework", "framework_version", "scale", "point", "theme", "criterion"])
    with db.engine.begin() as connection:

        def add(name: str, **values: Any) -> uuid.UUID:
            made = uuid.uuid4()
            table = tables.tables[name]
            is_text = not isinstance(table.c.id.type, sa.Uuid)
            values = {
                key: value.hex if is_text and isinstance(value, uuid.UUID) else value for key, value in values.items()
            }
            connection.execute(sa.insert(table).values(id=made.hex if is_text else made, **values))
            return made

        def words(said: str, **more: str) -> dict[str, Any]:
            return {"en": {"plain": said, **more}}

        version = add(
            "framework_version",
            framework_id=add("framework", key=plain.key),
            number=plain.version,
            language="en",
            title=plain.title,
            summary=plain.summary,
            source=plain.source,
            digest=digest_of(plain),
            published_at=sa.func.now(),
        )
        for place, scale in enumerate(plain.scales):
            made = add("scale", version_id=version, position=place, key=scale.key, titles=words(scale.title))
            for number, one in enumerate(scale.points):
                texts = {"labels": words(one.label), "descriptors": words(one.descriptor)}
                add("point", scale_id=made, position=number, key=one.key, **texts)
        for place, theme in enumerate(plain.themes):
            made = add("theme", version_id=version, position=place, key=theme.key, titles=words(theme.title))
            for number, one in enumerate(theme.criteria):
                add(
                    "criterion",
                    version_id=version,
                    theme_id=made,
                    position=number,
                    key=one.key,
                    statements=words(one.plain, easy=one.easy),
                    prompts=[{"kind": it.kind, "texts": words(it.text)} for it in one.prompts],
                    answer_type=one.answer_type,
                    scale_key=one.scale_key,
                    may_be_not_seen=one.may_be_not_seen,
                    may_not_apply=one.may_not_apply,
                    symbol=one.symbol,
                )
    return digest_of(plain)


def standing() -> dict[str, Any]:
    table = sa.table("framework_version", sa.column("digest"), sa.column("document", sa.JSON))
    return {row.digest: row.document for row in db.session.execute(sa.select(table))}


def test_a_version_in_four_tables_becomes_one_that_says_the_same(loaded) -> None:
    with loaded.app_context():
        upgrade(revision="0008")
        digests = {fill(path.read_text(encoding="utf-8")) for path in LIBRARY.glob("*.yaml") if path.stem in OLD}
        upgrade(revision="0009")
        assert {digest_of(plain_of(document)) for document in standing().values()} == standing().keys() == digests
        db.session.rollback()
        downgrade(revision="0008")
        upgrade(revision="0009")
        assert {digest_of(plain_of(document)) for document in standing().values()} == digests
        db.session.remove()
