"""Notes and photos for one of several, in a theme that is repeated.

Revision: 0015
Follows: 0014
Made: 2026-11-22 22:05:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    for table in ("observation", "evidence"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("instance", sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    """Take it back."""
    for table in ("evidence", "observation"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("instance")
