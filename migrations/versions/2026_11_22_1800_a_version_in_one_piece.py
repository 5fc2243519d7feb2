"""A version in one piece.

What a published version says is kept whole, in the structure of its file, instead of in four tables.

Revision: 0009
Follows: 0008
Made: 2026-11-22 18:00:00.000000+00:00
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

METADATA = sa.MetaData()


def _table(name: str, plain: str, json: str = "") -> sa.Table:
    uuids = [sa.Column(one, sa.Uuid()) for one in plain.split() if one.endswith("id")]
    others: list[Any] = [sa.Column(one) for one in plain.split() if not one.endswith("id")]
    return sa.Table(name, METADATA, *uuids, *others, *(sa.Column(one, sa.JSON()) for one in json.split()))


VERSION = _table("framework_version", "id framework_id number language title summary source", "document")
FRAMEWORK = _table("framework", "id key")
SCALE = _table("scale", "id version_id position key", "titles")
POINT = _table("point", "id scale_id position key", "labels descriptors")
THEME = _table("theme", "id version_id position key", "titles")
CRITERION = sa.Table(
    "criterion",
    METADATA,
    sa.Column("id", sa.Uuid()),
    sa.Column("version_id", sa.Uuid()),
    sa.Column("theme_id", sa.Uuid()),
    sa.Column("position"),
    sa.Column("key"),
    sa.Column("answer_type"),
    sa.Column("scale_key"),
    sa.Column("symbol"),
    sa.Column("may_be_not_seen", sa.Boolean()),
    sa.Column("may_not_apply", sa.Boolean()),
    sa.Column("statements", sa.JSON()),
    sa.Column("prompts", sa.JSON()),
)


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("framework_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("document", sa.JSON(), nullable=True))
    bind = op.get_bind()
    query = sa.select(VERSION, FRAMEWORK.c.key).join(FRAMEWORK, FRAMEWORK.c.id == VERSION.c.framework_id)
    for version in bind.execute(query).all():
        where = VERSION.c.id == version.id
        bind.execute(sa.update(VERSION).where(where).values(document=_document(bind, version)))
    with op.batch_alter_table("framework_version", schema=None) as batch_op:
        batch_op.alter_column("document", existing_type=sa.JSON(), nullable=False)
    for name in ("criterion", "theme", "point", "scale"):
        op.drop_table(name)


def _document(bind: sa.Connection, version: Any) -> dict[str, Any]:
    def below(table: sa.Table, column: str, row: Any) -> Any:
        return bind.execute(sa.select(table).where(table.c[column] == row.id).order_by(table.c.position)).all()

    def plain(texts: dict[str, Any]) -> str:
        return str((texts.get(version.language) or next(iter(texts.values())))["plain"])

    scales = {
        scale.key: {
            "title": plain(scale.titles),
            "points": [
                {"key": one.key, "label": plain(one.labels), "descriptor": plain(one.descriptors)}
                for one in below(POINT, "scale_id", scale)
            ],
        }
        for scale in below(SCALE, "version_id", version)
    }
    themes = [
        {
            "key": theme.key,
            "title": plain(theme.titles),
            "criteria": [_question(one, version.language, plain) for one in below(CRITERION, "theme_id", theme)],
        }
        for theme in below(THEME, "version_id", version)
    ]
    return {
        "key": version.key,
        "version": version.number,
        "language": version.language,
        "title": version.title,
        "summary": version.summary,
        "source": version.source,
        "scales": scales,
        "themes": themes,
    }


def _question(row: Any, language: str, plain: Any) -> dict[str, Any]:
    easy = (row.statements.get(language) or {}).get("easy")
    statement = {"plain": plain(row.statements)} | ({"easy": easy} if easy else {})
    answer = {"type": row.answer_type} | ({"scale": row.scale_key} if row.scale_key else {})
    return {
        "key": row.key,
        "statement": statement,
        "answer": answer,
        **({"symbol": row.symbol} if row.symbol else {}),
        "prompts": [{one["kind"]: plain(one["texts"])} for one in row.prompts],
        "not_seen": row.may_be_not_seen,
        "does_not_apply": row.may_not_apply,
    }


def downgrade() -> None:
    """Take the step back; what the four tables have no place for is lost."""
    _make_tables()
    bind = op.get_bind()
    for version in bind.execute(sa.select(VERSION)).all():
        _fill(bind, version)
    with op.batch_alter_table("framework_version", schema=None) as batch_op:
        batch_op.drop_column("document")


def _fill(bind: sa.Connection, version: Any) -> None:
    def texts(words: str, **more: str) -> dict[str, Any]:
        return {version.language: {"plain": words, **more}}

    def add(table: sa.Table, position: int, **values: Any) -> Any:
        return bind.execute(sa.insert(table).values(id=(made := uuid4()), position=position, **values)) and made

    for place, (key, scale) in enumerate(version.document["scales"].items()):
        scale_id = add(SCALE, place, version_id=version.id, key=key, titles=texts(scale["title"]))
        for number, one in enumerate(scale["points"]):
            words = {"labels": texts(one["label"]), "descriptors": texts(one["descriptor"])}
            add(POINT, number, scale_id=scale_id, key=one["key"], **words)
    position = 0
    for place, theme in enumerate(version.document["themes"]):
        theme_id = add(THEME, place, version_id=version.id, key=theme["key"], titles=texts(theme["title"]))
        for one in theme["criteria"]:
            plain = one["statement"]["plain"]
            add(
                CRITERION,
                position,
                version_id=version.id,
                theme_id=theme_id,
                key=one["key"],
                answer_type=one["answer"]["type"],
                scale_key=one["answer"].get("scale"),
                symbol=one.get("symbol"),
                may_be_not_seen=one["not_seen"],
                may_not_apply=one["does_not_apply"],
                statements=texts(plain, easy=one["statement"].get("easy", plain)),
                prompts=[
                    {"kind": kind, "texts": texts(words)}
                    for prompt in one.get("prompts", ())
                    for kind, words in prompt.items()
                    if kind != "easy"
                ],
            )
            position += 1


def _make_tables() -> None:
    def own() -> list[sa.Column[Any]]:
        return [
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("key", sa.String(length=60), nullable=False),
        ]

    def of_version(name: str) -> list[Any]:
        return [
            *own(),
            sa.Column("version_id", sa.Uuid(), nullable=False),
            sa.ForeignKeyConstraint(
                ["version_id"], ["framework_version.id"], name=op.f(f"fk_{name}_version_id_framework_version")
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("version_id", "key", name=op.f(f"uq_{name}_version_id_key")),
        ]

    op.create_table("scale", *of_version("scale"), sa.Column("titles", sa.JSON(), nullable=False))
    op.create_table(
        "point",
        *own(),
        sa.Column("scale_id", sa.Uuid(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("descriptors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["scale_id"], ["scale.id"], name=op.f("fk_point_scale_id_scale")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
        sa.UniqueConstraint("scale_id", "key", name=op.f("uq_point_scale_id_key")),
        sa.UniqueConstraint("scale_id", "position", name=op.f("uq_point_scale_id_position")),
    )
    op.create_table("theme", *of_version("theme"), sa.Column("titles", sa.JSON(), nullable=False))
    op.create_table(
        "criterion",
        *of_version("criterion"),
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("statements", sa.JSON(), nullable=False),
        sa.Column("prompts", sa.JSON(), nullable=False),
        sa.Column("answer_type", sa.String(length=20), nullable=False),
        sa.Column("scale_key", sa.String(length=60), nullable=True),
        sa.Column("may_be_not_seen", sa.Boolean(), nullable=False),
        sa.Column("may_not_apply", sa.Boolean(), nullable=False),
        sa.Column("symbol", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_criterion_theme_id_theme")),
    )
