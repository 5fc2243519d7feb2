"""Sounds beside photos, what they say in words, and a clear choice about the people in them.

Revision: 0007
Follows: 0006
Made: 2026-11-22 12:26:19.374300+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHECKS = {
    "kind": "kind IN ('photo', 'sound')",
    "sound_has_seconds": "(kind = 'sound') = (seconds IS NOT NULL)",
    "people": "people IN ('nobody', 'agreed', 'covered')",
    "text_whole": "(text_revision_id IS NULL) = (text_by_id IS NULL)",
}
SEEN_BY = "seen_by IN ('team', 'report')"


def upgrade() -> None:
    """Take the step: a tick at "agreed, or nobody can be seen" becomes "agreed", in just these words."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default="photo", nullable=False))
        batch_op.add_column(sa.Column("seconds", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("people", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("people_how", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("text", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("text_revision_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("text_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("text_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        sa.text(
            "UPDATE evidence SET people = 'agreed', people_how = 'Ticked: agreed, or nobody can be seen' WHERE people_agreed = :yes"
        ).bindparams(sa.bindparam("yes", True, sa.Boolean()))
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_evidence_text_revision_id_revision"), "revision", ["text_revision_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_evidence_text_by_id_person"), "person", ["text_by_id"], ["id"])
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_evidence_{name}"), rule)
        batch_op.drop_column("people_agreed")


def downgrade() -> None:
    """Take the step back. Sounds are no photos: their rows go."""
    op.execute("DELETE FROM evidence WHERE kind = 'sound'")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("people_agreed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        sa.text("UPDATE evidence SET people_agreed = :yes WHERE people IS NOT NULL").bindparams(
            sa.bindparam("yes", True, sa.Boolean())
        )
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_evidence_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_evidence_text_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_evidence_text_revision_id_revision"), type_="foreignkey")
        for name in ("text_at", "text_by_id", "text_revision_id", "text", "people_how", "people", "seconds", "kind"):
            batch_op.drop_column(name)
