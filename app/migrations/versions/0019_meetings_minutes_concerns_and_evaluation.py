"""Meetings of the Oversight Group, actions, minutes and objections, concerns, the public page, judgements."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables alone."""
    op.create_table(
        "evaluation_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("check_key", sa.String(length=40), nullable=False),
        sa.Column(
            "judge",
            sa.Enum("team", "evaluator", name="judge", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "judgement",
            sa.Enum(
                "met",
                "partly",
                "not_met",
                "not_applicable",
                name="judgement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("judged_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_evaluation_judgement_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["judged_by_id"], ["account.id"], name=op.f("fk_evaluation_judgement_judged_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_judgement")),
        sa.UniqueConstraint(
            "dialogue_id",
            "check_key",
            "judge",
            "number",
            name=op.f("uq_evaluation_judgement_dialogue_id_check_key_judge_number"),
        ),
    )
    op.create_table(
        "oversight_concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("escalated_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("escalated_why", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_oversight_concern_answer")),
        sa.CheckConstraint("(decided_at IS NULL) = (decision = '')", name=op.f("ck_oversight_concern_decision")),
        sa.CheckConstraint(
            "decided_at IS NULL OR escalated_at IS NOT NULL", name=op.f("ck_oversight_concern_escalated")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_oversight_concern_answered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_oversight_concern_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["oversight_group.id"], name=op.f("fk_oversight_concern_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["account.id"], name=op.f("fk_oversight_concern_raised_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_concern")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_oversight_concern_group_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_oversight_concern_public_id")),
    )
    op.create_index(op.f("ix_oversight_concern_raised_by_id"), "oversight_concern", ["raised_by_id"])

    op.create_table(
        "oversight_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("called_off_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_oversight_meeting_minutes")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["oversight_group.id"], name=op.f("fk_oversight_meeting_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_meeting")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_oversight_meeting_group_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_oversight_meeting_public_id")),
    )
    op.create_table(
        "oversight_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["oversight_group.id"], name=op.f("fk_oversight_page_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["account.id"], name=op.f("fk_oversight_page_opened_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_page")),
        sa.UniqueConstraint("group_id", name=op.f("uq_oversight_page_group_id")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "declarations",
                "reflection",
                "gate",
                "actions",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gate_id"], ["review_gate.id"], name=op.f("fk_agenda_item_gate_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["oversight_meeting.id"], name=op.f("fk_agenda_item_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["account.id"], name=op.f("fk_agenda_item_noted_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agenda_item_public_id")),
    )
    op.create_index(op.f("ix_agenda_item_gate_id"), "agenda_item", ["gate_id"])
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"])

    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "deputy",
                "observer",
                "apologies",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["instead_of_id"],
            ["oversight_member.id"],
            name=op.f("fk_meeting_attendance_instead_of_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["oversight_meeting.id"], name=op.f("fk_meeting_attendance_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["oversight_member.id"], name=op.f("fk_meeting_attendance_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_meeting_attendance_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_meeting_attendance_member_id"), "meeting_attendance", ["member_id"])

    op.create_table(
        "meeting_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("declared_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["account.id"], name=op.f("fk_meeting_declaration_declared_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["oversight_meeting.id"], name=op.f("fk_meeting_declaration_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["oversight_member.id"], name=op.f("fk_meeting_declaration_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_declaration")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_meeting_declaration_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_meeting_declaration_member_id"), "meeting_declaration", ["member_id"])

    op.create_table(
        "minutes_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("circulated_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("clear_by", UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(circulated_at IS NULL) = (clear_by IS NULL)", name=op.f("ck_minutes_version_circulated")),
        sa.CheckConstraint(
            "published_at IS NULL OR circulated_at IS NOT NULL", name=op.f("ck_minutes_version_published")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["oversight_meeting.id"], name=op.f("fk_minutes_version_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_minutes_version_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_version_meeting_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_minutes_version_public_id")),
    )
    op.create_table(
        "oversight_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["oversight_group.id"], name=op.f("fk_oversight_action_group_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["oversight_meeting.id"], name=op.f("fk_oversight_action_meeting_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["oversight_member.id"], name=op.f("fk_oversight_action_member_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_action")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_oversight_action_group_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_oversight_action_public_id")),
    )
    op.create_index(op.f("ix_oversight_action_meeting_id"), "oversight_action", ["meeting_id"])

    op.create_table(
        "meeting_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["meeting_declaration.id"],
            name=op.f("fk_meeting_conflict_declaration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_conflict_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_conflict")),
        sa.UniqueConstraint("declaration_id", "item_id", name=op.f("uq_meeting_conflict_declaration_id_item_id")),
    )
    op.create_index(op.f("ix_meeting_conflict_item_id"), "meeting_conflict", ["item_id"])

    op.create_table(
        "minutes_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_minutes_objection_answer")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_minutes_objection_answered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["oversight_member.id"], name=op.f("fk_minutes_objection_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["minutes_version.id"], name=op.f("fk_minutes_objection_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_objection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_minutes_objection_public_id")),
    )
    op.create_index(op.f("ix_minutes_objection_member_id"), "minutes_objection", ["member_id"])
    op.create_index(op.f("ix_minutes_objection_version_id"), "minutes_objection", ["version_id"])


def downgrade() -> None:
    """Without them."""
    op.drop_index(op.f("ix_minutes_objection_version_id"), table_name="minutes_objection")
    op.drop_index(op.f("ix_minutes_objection_member_id"), table_name="minutes_objection")
    op.drop_table("minutes_objection")
    op.drop_index(op.f("ix_meeting_conflict_item_id"), table_name="meeting_conflict")
    op.drop_table("meeting_conflict")
    op.drop_index(op.f("ix_oversight_action_meeting_id"), table_name="oversight_action")
    op.drop_table("oversight_action")
    op.drop_table("minutes_version")
    op.drop_index(op.f("ix_meeting_declaration_member_id"), table_name="meeting_declaration")
    op.drop_table("meeting_declaration")
    op.drop_index(op.f("ix_meeting_attendance_member_id"), table_name="meeting_attendance")
    op.drop_table("meeting_attendance")
    op.drop_index(op.f("ix_agenda_item_meeting_id"), table_name="agenda_item")
    op.drop_index(op.f("ix_agenda_item_gate_id"), table_name="agenda_item")
    op.drop_table("agenda_item")
    op.drop_table("oversight_page")
    op.drop_table("oversight_meeting")
    op.drop_index(op.f("ix_oversight_concern_raised_by_id"), table_name="oversight_concern")
    op.drop_table("oversight_concern")
    op.drop_table("evaluation_judgement")
