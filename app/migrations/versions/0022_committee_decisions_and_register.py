"""The access committee, its decisions, and the public register."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = (
    "condition_check",
    "access_change",
    "register_entry",
    "decision_citation",
    "committee_point_answer",
    "access_condition",
    "committee_score_change",
    "application_finding",
    "access_decision",
    "review_reminder",
    "lay_result",
    "committee_score",
    "committee_query",
    "committee_interest",
    "committee_dissent",
    "committee_rubric",
    "committee_lesson",
)


def upgrade() -> None:
    """New tables alone."""
    op.create_table(
        "committee_lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_committee_lesson_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_committee_lesson_published_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_lesson")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_lesson_public_id")),
    )
    op.create_index(op.f("ix_committee_lesson_dialogue_id"), "committee_lesson", ["dialogue_id"])

    op.create_table(
        "committee_rubric",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_committee_rubric_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_committee_rubric_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_rubric")),
        sa.UniqueConstraint("dialogue_id", "version", name=op.f("uq_committee_rubric_dialogue_id_version")),
    )
    op.create_table(
        "committee_dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_committee_dissent_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_committee_dissent_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_dissent")),
        sa.UniqueConstraint(
            "application_id", "round", "account_id", name=op.f("uq_committee_dissent_application_id_round_account_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_dissent_public_id")),
    )
    op.create_index(op.f("ix_committee_dissent_account_id"), "committee_dissent", ["account_id"])

    op.create_table(
        "committee_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_recused", sa.Boolean(), nullable=False),
        sa.Column("is_away", sa.Boolean(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.Column("declared_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_committee_interest_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_committee_interest_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["account.id"], name=op.f("fk_committee_interest_declared_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_interest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_interest_public_id")),
    )
    op.create_index(op.f("ix_committee_interest_account_id"), "committee_interest", ["account_id"])
    op.create_index(op.f("ix_committee_interest_application_id"), "committee_interest", ["application_id"])

    op.create_table(
        "committee_query",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("relies_on_report", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_committee_query_answered_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_committee_query_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_committee_query_asked_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_query")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_committee_query_application_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_query_public_id")),
    )
    op.create_table(
        "committee_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_committee_score_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_committee_score_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["rubric_id"], ["committee_rubric.id"], name=op.f("fk_committee_score_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_score")),
        sa.UniqueConstraint(
            "application_id", "round", "account_id", name=op.f("uq_committee_score_application_id_round_account_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_score_public_id")),
    )
    op.create_index(op.f("ix_committee_score_account_id"), "committee_score", ["account_id"])
    op.create_index(op.f("ix_committee_score_rubric_id"), "committee_score", ["rubric_id"])

    op.create_table(
        "lay_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["access_application.id"], name=op.f("fk_lay_result_application_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_lay_result_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lay_result")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lay_result_public_id")),
    )
    op.create_index(op.f("ix_lay_result_application_id"), "lay_result", ["application_id"])

    op.create_table(
        "review_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "trigger_kind",
            sa.Enum(
                "two_years",
                "committee_date",
                "declared_change",
                "annual_nudge",
                "access_expiry",
                "condition_due",
                "lay_result",
                "publication",
                name="trigger_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_review_reminder_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_reminder")),
        sa.UniqueConstraint(
            "application_id",
            "trigger_kind",
            "due_on",
            "about_id",
            name=op.f("uq_review_reminder_application_id_trigger_kind_due_on_about_id"),
        ),
    )
    op.create_table(
        "access_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "grant",
                "grant_with_conditions",
                "revise",
                "decline",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("consensus", sa.Text(), nullable=False),
        sa.Column(
            "report_use",
            sa.Enum(
                "nothing_more",
                "put_to_applicant",
                name="report_use",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("responded_by_id", sa.Integer(), nullable=True),
        sa.Column("responded_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("response_version_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("starts_on IS NULL OR ends_on > starts_on", name=op.f("ck_access_decision_window")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_access_decision_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_access_decision_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["responded_by_id"], ["account.id"], name=op.f("fk_access_decision_responded_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["response_version_id"],
            ["assessment_version.id"],
            name=op.f("fk_access_decision_response_version_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["assessment_version.id"], name=op.f("fk_access_decision_version_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_decision")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_access_decision_application_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_decision_public_id")),
    )
    op.create_index(op.f("ix_access_decision_response_version_id"), "access_decision", ["response_version_id"])
    op.create_index(op.f("ix_access_decision_version_id"), "access_decision", ["version_id"])

    op.create_table(
        "application_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.Column("chosen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(finding_id IS NULL) <> (clause_id IS NULL)", name=op.f("ck_application_finding_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_application_finding_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["account.id"], name=op.f("fk_application_finding_chosen_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_application_finding_clause_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_application_finding_finding_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_finding")),
        sa.UniqueConstraint(
            "application_id", "clause_id", name=op.f("uq_application_finding_application_id_clause_id")
        ),
        sa.UniqueConstraint(
            "application_id", "finding_id", name=op.f("uq_application_finding_application_id_finding_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_finding_public_id")),
    )
    op.create_index(op.f("ix_application_finding_clause_id"), "application_finding", ["clause_id"])
    op.create_index(op.f("ix_application_finding_finding_id"), "application_finding", ["finding_id"])

    op.create_table(
        "committee_score_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=60), nullable=False),
        sa.Column(
            "level_before",
            sa.Enum(
                "absent",
                "weak",
                "sound",
                "strong",
                "cannot_tell",
                name="level_before",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "level_after",
            sa.Enum(
                "absent",
                "weak",
                "sound",
                "strong",
                "cannot_tell",
                name="level_after",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["score_id"], ["committee_score.id"], name=op.f("fk_committee_score_change_score_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_score_change")),
    )
    op.create_index(op.f("ix_committee_score_change_score_id"), "committee_score_change", ["score_id"])

    op.create_table(
        "access_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["access_decision.id"], name=op.f("fk_access_condition_decision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_condition")),
        sa.UniqueConstraint("decision_id", "place", name=op.f("uq_access_condition_decision_id_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_condition_public_id")),
    )
    op.create_table(
        "committee_point_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_committee_point_answer_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["panel_point.id"], name=op.f("fk_committee_point_answer_point_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_committee_point_answer_written_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_point_answer")),
        sa.UniqueConstraint(
            "application_id", "round", "point_id", name=op.f("uq_committee_point_answer_application_id_round_point_id")
        ),
    )
    op.create_index(op.f("ix_committee_point_answer_point_id"), "committee_point_answer", ["point_id"])

    op.create_table(
        "decision_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["access_decision.id"], name=op.f("fk_decision_citation_decision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_decision_citation_finding_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_citation")),
        sa.UniqueConstraint("decision_id", "finding_id", name=op.f("uq_decision_citation_decision_id_finding_id")),
    )
    op.create_index(op.f("ix_decision_citation_finding_id"), "decision_citation", ["finding_id"])

    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_register_entry_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["access_decision.id"], name=op.f("fk_register_entry_decision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_register_entry_published_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("application_id", name=op.f("uq_register_entry_application_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_register_entry_public_id")),
    )
    op.create_index(op.f("ix_register_entry_decision_id"), "register_entry", ["decision_id"])

    op.create_table(
        "access_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum("suspend", "restore", "revoke", name="move", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "change_of",
            sa.Enum(
                "function",
                "scope",
                "application",
                "users",
                "dataset",
                name="change_of",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(move IS NULL) <> (change_of IS NULL)", name=op.f("ck_access_change_one_kind")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["access_application.id"],
            name=op.f("fk_access_change_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_access_change_changed_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["condition_id"], ["access_condition.id"], name=op.f("fk_access_change_condition_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_change_public_id")),
    )
    op.create_index(op.f("ix_access_change_application_id"), "access_change", ["application_id"])
    op.create_index(op.f("ix_access_change_condition_id"), "access_change", ["condition_id"])

    op.create_table(
        "condition_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("condition_id", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum("met", "not_met", "not_due", name="standing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["account.id"], name=op.f("fk_condition_check_checked_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["condition_id"], ["access_condition.id"], name=op.f("fk_condition_check_condition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condition_check")),
        sa.UniqueConstraint("public_id", name=op.f("uq_condition_check_public_id")),
    )
    op.create_index(op.f("ix_condition_check_condition_id"), "condition_check", ["condition_id"])


def downgrade() -> None:
    """The tables go, with what is in them."""
    for name in TABLES:
        op.drop_table(name)
