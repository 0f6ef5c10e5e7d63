"""What each statement means, as a vector."""

import sqlalchemy as sa
from alembic import op

import app.models.types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table; the rows are made by a job, or when a hint first needs them."""
    op.create_table(
        "statement_vector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=40), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", app.models.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_vector_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_vector")),
        sa.UniqueConstraint("statement_id", name=op.f("uq_statement_vector_statement_id")),
    )


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("statement_vector")
