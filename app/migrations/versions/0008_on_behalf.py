"""What the team entered for somebody, and how late paper is taken."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TARGETS = ("vote", "statement", "comment")


def upgrade() -> None:
    """Two tables, and a setting of the dialogue (added in place: copying its table would touch every other)."""
    op.create_table(
        "entry_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("asked_whom", sa.String(length=200), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("way IN ('paper', 'phone', 'room')", name=op.f("ck_entry_sheet_way")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_entry_sheet_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_entry_sheet_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_entry_sheet_stage_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_entry_sheet_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_sheet")),
        sa.UniqueConstraint("client_key", name=op.f("uq_entry_sheet_client_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_sheet_public_id")),
    )
    op.create_index(op.f("ix_entry_sheet_dialogue_id"), "entry_sheet", ["dialogue_id"])
    op.create_index(op.f("ix_entry_sheet_participant_id"), "entry_sheet", ["participant_id"])
    given = " + ".join(f"(CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END)" for name in TARGETS)
    op.create_table(
        "entry_on_behalf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        *(sa.Column(f"{name}_id", sa.Integer(), nullable=True) for name in TARGETS),
        sa.Column("replaced_own", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"{given} = 1", name=op.f("ck_entry_on_behalf_one_target")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["entry_sheet.id"], name=op.f("fk_entry_on_behalf_sheet_id"), ondelete="CASCADE"
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"], [f"{name}.id"], name=op.f(f"fk_entry_on_behalf_{name}_id"), ondelete="CASCADE"
            )
            for name in TARGETS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_on_behalf")),
        *(sa.UniqueConstraint(f"{name}_id", name=op.f(f"uq_entry_on_behalf_{name}_id")) for name in TARGETS),
    )
    op.create_index(op.f("ix_entry_on_behalf_sheet_id"), "entry_on_behalf", ["sheet_id"])
    op.execute(
        "ALTER TABLE dialogue ADD COLUMN late_paper VARCHAR(40) DEFAULT 'morning' NOT NULL"
        " CONSTRAINT ck_dialogue_late_paper CHECK (late_paper IN ('none', 'morning', 'three_days', 'week'))"
    )


def downgrade() -> None:
    """Takes them out."""
    op.execute("ALTER TABLE dialogue DROP COLUMN late_paper")
    op.drop_table("entry_on_behalf")
    op.drop_table("entry_sheet")
