"""How often a statement was shown in a stage, counted as it happens."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the count, and fills it from what was shown so far."""
    op.add_column("stage_statement", sa.Column("times_shown", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE stage_statement SET times_shown = (SELECT count(*) FROM exposure"
        " WHERE exposure.stage_id = stage_statement.stage_id"
        " AND exposure.statement_id = stage_statement.statement_id)"
    )


def downgrade() -> None:
    """Drops the count."""
    with op.batch_alter_table("stage_statement") as table:
        table.drop_column("times_shown")
