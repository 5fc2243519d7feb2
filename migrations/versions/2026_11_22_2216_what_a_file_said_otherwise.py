"""What a file said otherwise.

Revision: 0017
Follows: 0016
Made: 2026-11-22 22:16:00+00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    with op.batch_alter_table("framework_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brought", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("framework_draft", schema=None) as batch_op:
        batch_op.drop_column("brought")
