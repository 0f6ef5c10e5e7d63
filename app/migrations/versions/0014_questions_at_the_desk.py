"""An index by which the moderation desk reads questions in the order in which they wait."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds it."""
    op.create_index("ix_question_queue", "question", ["dialogue_id", "state", "created_at", "public_id"])


def downgrade() -> None:
    """Drops it."""
    op.drop_index("ix_question_queue", table_name="question")
