"""Decisions are about words of any kind, by their public id; marks of the desk; its indexes."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = ("statement", "comment", "condition")
ONE_TARGET = " + ".join(f"(CASE WHEN {kind}_id IS NULL THEN 0 ELSE 1 END)" for kind in KINDS) + " = 1"


def upgrade() -> None:
    """Kind and public id in the place of three foreign keys; the rows keep what they were about."""
    with op.batch_alter_table("moderation_decision") as table:
        table.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default=""))
        table.add_column(sa.Column("words_ref", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("undone_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("batch", sa.Uuid(), nullable=True))
        table.drop_constraint(op.f("ck_moderation_decision_one_target"), type_="check")
        table.create_foreign_key(op.f("fk_moderation_decision_undone_by_id"), "account", ["undone_by_id"], ["id"])
    for kind in KINDS:
        op.execute(
            f"UPDATE moderation_decision SET kind = '{kind}', words_ref ="
            f" (SELECT public_id FROM {kind} WHERE {kind}.id = moderation_decision.{kind}_id)"
            f" WHERE {kind}_id IS NOT NULL"
        )
    with op.batch_alter_table("moderation_decision") as table:
        for kind in KINDS:
            table.drop_index(op.f(f"ix_moderation_decision_{kind}_id"))
            table.drop_constraint(op.f(f"fk_moderation_decision_{kind}_id"), type_="foreignkey")
            table.drop_column(f"{kind}_id")
        table.alter_column("kind", server_default=None, existing_type=sa.String(length=40))
        table.alter_column("words_ref", nullable=False, existing_type=sa.Uuid())
        table.create_index(op.f("ix_moderation_decision_words_ref"), ["words_ref"])
        table.create_index(op.f("ix_moderation_decision_batch"), ["batch"])
    op.create_table(
        "word_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words_ref", sa.Uuid(), nullable=False),
        sa.Column("has_personal_data", sa.Boolean(), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("wants_opinion", sa.Boolean(), nullable=False),
        sa.Column("is_appealed", sa.Boolean(), nullable=False),
        sa.Column("is_passed_on", sa.Boolean(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["account.id"], name=op.f("fk_word_mark_claimed_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_word_mark_dialogue_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_mark")),
        sa.UniqueConstraint("words_ref", name=op.f("uq_word_mark_words_ref")),
    )
    op.create_index(op.f("ix_word_mark_dialogue_id"), "word_mark", ["dialogue_id"])
    op.create_index("ix_statement_queue", "statement", ["dialogue_id", "state", "created_at", "public_id"])
    op.create_index(
        "ix_statement_counts", "statement", ["dialogue_id", "origin", "state", "stage_id", "lang", "is_late"]
    )
    op.create_index("ix_comment_queue", "comment", ["dialogue_id", "state", "created_at", "public_id"])
    op.create_index("ix_comment_counts", "comment", ["dialogue_id", "state", "stage_id", "lang", "is_late"])
    op.create_index("ix_condition_queue", "condition", ["state", "created_at", "public_id"])


def downgrade() -> None:
    """Three foreign keys again; decisions about words of other kinds, or of words that are gone, are dropped."""
    for name, table_name in (
        ("ix_condition_queue", "condition"), ("ix_comment_counts", "comment"), ("ix_comment_queue", "comment"),
        ("ix_statement_counts", "statement"), ("ix_statement_queue", "statement"),
    ):  # fmt: skip
        op.drop_index(name, table_name)
    op.drop_table("word_mark")
    with op.batch_alter_table("moderation_decision") as table:
        for kind in KINDS:
            table.add_column(sa.Column(f"{kind}_id", sa.Integer(), nullable=True))
    for kind in KINDS:
        op.execute(
            f"UPDATE moderation_decision SET {kind}_id ="
            f" (SELECT id FROM {kind} WHERE {kind}.public_id = moderation_decision.words_ref) WHERE kind = '{kind}'"
        )
    op.execute("DELETE FROM moderation_decision WHERE " + " AND ".join(f"{kind}_id IS NULL" for kind in KINDS))
    with op.batch_alter_table("moderation_decision") as table:
        table.drop_index(op.f("ix_moderation_decision_words_ref"))
        table.drop_index(op.f("ix_moderation_decision_batch"))
        table.drop_constraint(op.f("fk_moderation_decision_undone_by_id"), type_="foreignkey")
        for column in ("batch", "undone_by_id", "words_ref", "kind"):
            table.drop_column(column)
        for kind in KINDS:
            table.create_foreign_key(
                op.f(f"fk_moderation_decision_{kind}_id"), kind, [f"{kind}_id"], ["id"], ondelete="CASCADE"
            )
            table.create_index(op.f(f"ix_moderation_decision_{kind}_id"), [f"{kind}_id"])
        table.create_check_constraint(op.f("ck_moderation_decision_one_target"), sa.text(ONE_TARGET))
