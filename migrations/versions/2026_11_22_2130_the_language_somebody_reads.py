"""The language that somebody reads.

Revision: 0014
Follows: 0013
Made: 2026-11-22 21:30:05.389108+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=12), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("language")
