"""Workshops on an application, their panels, the points and report of a panel, answers and the review of them."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables alone."""
    op.create_table(
        "panel_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("inducted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("fee_confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("fee_confirmed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["fee_confirmed_by_id"], ["account.id"], name=op.f("fk_panel_seat_fee_confirmed_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_panel_seat_seat_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_seat")),
        sa.UniqueConstraint("seat_id", name=op.f("uq_panel_seat_seat_id")),
    )
    op.create_table(
        "assessment_workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("access_support", sa.Text(), nullable=False),
        sa.Column("fee", sa.String(length=200), nullable=False),
        sa.Column("checks_due_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("points_released_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("report_sent_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("report_sent_version", sa.Integer(), nullable=True),
        sa.Column("report_checked", sa.Integer(), nullable=True),
        sa.Column("report_right", sa.Integer(), nullable=True),
        sa.Column("report_panel", sa.Integer(), nullable=True),
        sa.Column("review_due_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("planned_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_assessment_workshop_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_assessment_workshop_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["planned_by_id"], ["account.id"], name=op.f("fk_assessment_workshop_planned_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_workshop")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_assessment_workshop_dialogue_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_workshop_public_id")),
    )
    op.create_index(op.f("ix_assessment_workshop_application_id"), "assessment_workshop", ["application_id"])

    op.create_table(
        "applicant_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["assessment_workshop.id"], name=op.f("fk_applicant_notes_workshop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_applicant_notes_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_notes")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_applicant_notes_workshop_id_number")),
    )
    op.create_table(
        "panel_addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("reviewers", sa.Integer(), nullable=False),
        sa.Column("panel", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["assessment_workshop.id"], name=op.f("fk_panel_addendum_workshop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_panel_addendum_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_addendum")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_panel_addendum_workshop_id_number")),
    )
    op.create_table(
        "panel_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("released_version", sa.Integer(), nullable=True),
        sa.Column("released_panel", sa.Integer(), nullable=True),
        sa.Column("released_checked", sa.Integer(), nullable=True),
        sa.Column("released_right", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["assessment_workshop.id"], name=op.f("fk_panel_point_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_point")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_point_public_id")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_panel_point_workshop_id_number")),
    )
    op.create_table(
        "panel_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column(
            "axis",
            sa.Enum(
                "age",
                "gender",
                "region",
                "ethnicity",
                "socio_economic",
                "health",
                name="axis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("band", sa.String(length=80), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("recruited", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("target >= 0 AND recruited >= 0", name=op.f("ck_panel_quota_counts")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["assessment_workshop.id"], name=op.f("fk_panel_quota_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_quota")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_quota_public_id")),
        sa.UniqueConstraint("workshop_id", "axis", "band", name=op.f("uq_panel_quota_workshop_id_axis_band")),
    )
    op.create_table(
        "panel_report_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "right", "nearly", "not_said", name="verdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("said_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("kept_as_dissent", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_panel_report_check_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["assessment_workshop.id"],
            name=op.f("fk_panel_report_check_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_report_check")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_report_check_public_id")),
        sa.UniqueConstraint(
            "workshop_id",
            "version",
            "participant_id",
            name=op.f("uq_panel_report_check_workshop_id_version_participant_id"),
        ),
    )
    op.create_index(op.f("ix_panel_report_check_participant_id"), "panel_report_check", ["participant_id"])

    op.create_table(
        "panel_report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["assessment_workshop.id"],
            name=op.f("fk_panel_report_version_workshop_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_panel_report_version_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_report_version")),
        sa.UniqueConstraint("workshop_id", "number", name=op.f("uq_panel_report_version_workshop_id_number")),
    )
    op.create_table(
        "workshop_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column(
            "prompt",
            sa.Enum(
                "who",
                "risks",
                "gains",
                "fails",
                "good",
                "done",
                name="prompt",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("where_said", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["assessment_workshop.id"], name=op.f("fk_workshop_note_workshop_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_workshop_note_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_workshop_note_public_id")),
    )
    op.create_index(op.f("ix_workshop_note_workshop_id"), "workshop_note", ["workshop_id"])

    op.create_table(
        "workshop_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "facilitator",
                "rapporteur",
                "society_friend",
                "clinical_friend",
                "developer",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("is_from_applicant", sa.Boolean(), nullable=False),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_workshop_person_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["assessment_workshop.id"], name=op.f("fk_workshop_person_workshop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_workshop_person_public_id")),
    )
    op.create_index(op.f("ix_workshop_person_account_id"), "workshop_person", ["account_id"])
    op.create_index(op.f("ix_workshop_person_workshop_id"), "workshop_person", ["workshop_id"])

    op.create_table(
        "panel_point_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("changed", "not_changed", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_panel_point_answer_answered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["panel_point.id"], name=op.f("fk_panel_point_answer_point_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_point_answer")),
        sa.UniqueConstraint("point_id", name=op.f("uq_panel_point_answer_point_id")),
    )
    op.create_table(
        "panel_point_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "right", "nearly", "not_said", name="verdict", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("said_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("kept_as_dissent", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_panel_point_check_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["panel_point.id"], name=op.f("fk_panel_point_check_point_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_point_check")),
        sa.UniqueConstraint(
            "point_id", "version", "participant_id", name=op.f("uq_panel_point_check_point_id_version_participant_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_point_check_public_id")),
    )
    op.create_index(op.f("ix_panel_point_check_participant_id"), "panel_point_check", ["participant_id"])

    op.create_table(
        "panel_point_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_panel_point_source_one_source"),
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_panel_point_source_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["workshop_note.id"], name=op.f("fk_panel_point_source_note_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["panel_point.id"], name=op.f("fk_panel_point_source_point_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_panel_point_source_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_point_source")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_point_source_public_id")),
    )
    op.create_index(op.f("ix_panel_point_source_comment_id"), "panel_point_source", ["comment_id"])
    op.create_index(op.f("ix_panel_point_source_note_id"), "panel_point_source", ["note_id"])
    op.create_index(op.f("ix_panel_point_source_statement_id"), "panel_point_source", ["statement_id"])

    op.create_table(
        "panel_point_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "strength",
            sa.Enum(
                "everyone", "most", "some", "few", name="strength", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("prompts", sa.JSON(), nullable=False),
        sa.Column("change_note", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["panel_point.id"], name=op.f("fk_panel_point_version_point_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_panel_point_version_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_point_version")),
        sa.UniqueConstraint("point_id", "number", name=op.f("uq_panel_point_version_point_id_number")),
    )
    op.create_table(
        "panel_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "answered",
                "partly",
                "not_answered",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("said_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_panel_review_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["panel_point.id"], name=op.f("fk_panel_review_point_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_review")),
        sa.UniqueConstraint("point_id", "participant_id", name=op.f("uq_panel_review_point_id_participant_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_review_public_id")),
    )
    op.create_index(op.f("ix_panel_review_participant_id"), "panel_review", ["participant_id"])


def downgrade() -> None:
    """All of them go."""
    for name in (
        "panel_review",
        "panel_point_version",
        "panel_point_source",
        "panel_point_check",
        "panel_point_answer",
        "workshop_person",
        "workshop_note",
        "panel_report_version",
        "panel_report_check",
        "panel_quota",
        "panel_point",
        "panel_addendum",
        "applicant_notes",
        "assessment_workshop",
        "panel_seat",
    ):
        op.drop_table(name)
