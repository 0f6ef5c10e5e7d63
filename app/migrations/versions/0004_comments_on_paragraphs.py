"""Comments on paragraphs, marks on replies, earlier wordings, and replies by the team."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TARGETS = ("prompt_id", "statement_id", "model_id", "parent_id")
SIDES = ("for", "against", "neutral")


def _one_of(columns: tuple[str, ...]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def upgrade() -> None:
    """Two tables; a comment may answer a paragraph (a place in one version of a material) and carry a mark."""
    op.create_table(
        "comment_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["participant.id"], name=op.f("fk_comment_wording_author_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_wording_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_wording")),
    )
    op.create_index(op.f("ix_comment_wording_author_id"), "comment_wording", ["author_id"])
    op.create_index(op.f("ix_comment_wording_comment_id"), "comment_wording", ["comment_id"])
    op.create_table(
        "staff_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(length=40), nullable=False),
        sa.Column("speaker", sa.String(length=200), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("voice IN ('facilitator', 'specialist')", name=op.f("ck_staff_reply_voice")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_staff_reply_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_staff_reply_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["account.id"], name=op.f("fk_staff_reply_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_reply")),
        sa.UniqueConstraint("public_id", name=op.f("uq_staff_reply_public_id")),
    )
    op.create_index(op.f("ix_staff_reply_comment_id"), "staff_reply", ["comment_id"])
    op.create_index(op.f("ix_staff_reply_dialogue_id"), "staff_reply", ["dialogue_id"])
    with op.batch_alter_table("comment") as table:
        table.add_column(sa.Column("version_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("anchor", sa.String(length=20), server_default="", nullable=False))
        table.add_column(sa.Column("side", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk_comment_version_id"), "material_version", ["version_id"], ["id"], ondelete="CASCADE"
        )
        table.drop_constraint(op.f("ck_comment_one_target"), type_="check")
        table.create_check_constraint(op.f("ck_comment_one_target"), sa.text(_one_of((*TARGETS, "version_id"))))
        table.create_check_constraint(op.f("ck_comment_side"), sa.text(f"side IN {SIDES}"))
    op.create_index(op.f("ix_comment_version_id"), "comment", ["version_id"])


def downgrade() -> None:
    """Takes them out; refused by the database where a comment on a paragraph is there."""
    op.drop_index(op.f("ix_comment_version_id"), "comment")
    with op.batch_alter_table("comment") as table:
        table.drop_constraint(op.f("ck_comment_side"), type_="check")
        table.drop_constraint(op.f("ck_comment_one_target"), type_="check")
        table.create_check_constraint(op.f("ck_comment_one_target"), sa.text(_one_of(TARGETS)))
        table.drop_constraint(op.f("fk_comment_version_id"), type_="foreignkey")
        for column in ("edited_at", "side", "anchor", "version_id"):
            table.drop_column(column)
    op.drop_table("staff_reply")
    op.drop_table("comment_wording")
