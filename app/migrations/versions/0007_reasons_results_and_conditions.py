"""Reasons beside votes, when results are seen, and conditions under themes and findings."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COLUMNS = ("told_vote_id", "results_early", "minimum_votes", "reason_chips")


def upgrade() -> None:
    """Three tables, and four columns of the stage that none of its triggers or checks is about."""
    op.create_table(
        "vote_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("chips", sa.JSON(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position IN (-1, 1)", name=op.f("ck_vote_reason_position")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_vote_reason_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_vote_reason_statement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_vote_reason_stage_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_vote_reason_comment_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_reason")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_vote_reason_comment_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_vote_reason_public_id")),
        sa.UniqueConstraint(
            "participant_id", "statement_id", "position",
            name=op.f("uq_vote_reason_participant_id_statement_id_position"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_vote_reason_stage_id"), "vote_reason", ["stage_id"])
    op.create_index(op.f("ix_vote_reason_statement_id"), "vote_reason", ["statement_id"])
    for table, parent, more in (
        ("theme_condition", "theme", ()),
        (
            "condition_citation",
            "finding",
            (
                sa.Column("stance", sa.String(length=40), nullable=False),
                sa.CheckConstraint("stance IN ('supports', 'tempers')", name=op.f("ck_condition_citation_stance")),
            ),
        ),
    ):
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column(f"{parent}_id", sa.Integer(), nullable=False),
            sa.Column("condition_id", sa.Integer(), nullable=True),
            *more,
            sa.ForeignKeyConstraint(
                ["condition_id"], ["condition.id"], name=op.f(f"fk_{table}_condition_id"), ondelete="SET NULL"
            ),
            sa.ForeignKeyConstraint(
                [f"{parent}_id"], [f"{parent}.id"], name=op.f(f"fk_{table}_{parent}_id"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint(
                f"{parent}_id", "condition_id", name=op.f(f"uq_{table}_{parent}_id_condition_id")
            ),
        )
        op.create_index(op.f(f"ix_{table}_condition_id"), table, ["condition_id"])
    op.add_column("stage", sa.Column("told_vote_id", sa.Integer(), nullable=True))
    op.add_column("stage", sa.Column("results_early", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("stage", sa.Column("minimum_votes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("stage", sa.Column("reason_chips", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drops them; plain DROP COLUMN, since a copy of the stage would lose its checks on SQLite."""
    for column in reversed(_COLUMNS):
        op.execute(f"ALTER TABLE stage DROP COLUMN {column}")
    for table in ("condition_citation", "theme_condition", "vote_reason"):
        op.drop_table(table)
