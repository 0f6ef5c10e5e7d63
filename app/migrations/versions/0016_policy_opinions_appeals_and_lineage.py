"""The published policy, second opinions, appeals, notices, lineage, welfare concerns, the rota and mails to staff."""

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables alone."""
    op.create_table(
        "moderation_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=True),
        sa.Column("edited_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_moderation_policy_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["edited_by_id"], ["account.id"], name=op.f("fk_moderation_policy_edited_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_policy")),
        sa.UniqueConstraint("dialogue_id", "version", name=op.f("uq_moderation_policy_dialogue_id_version")),
    )
    op.create_table(
        "moderation_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("safeguarding_lead_id", sa.Integer(), nullable=True),
        sa.Column("ledger_is_public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_moderation_setting_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["safeguarding_lead_id"],
            ["account.id"],
            name=op.f("fk_moderation_setting_safeguarding_lead_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_setting")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_moderation_setting_dialogue_id")),
    )
    op.create_table(
        "moderator_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_moderator_duty_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_moderator_duty_dialogue_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderator_duty")),
        sa.UniqueConstraint(
            "dialogue_id", "weekday", "account_id", name=op.f("uq_moderator_duty_dialogue_id_weekday_account_id")
        ),
    )
    op.create_index(op.f("ix_moderator_duty_account_id"), "moderator_duty", ["account_id"])
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_outgoing_mail_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_outgoing_mail_dialogue_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint(
            "dialogue_id", "account_id", "kind", "day", name=op.f("uq_outgoing_mail_dialogue_id_account_id_kind_day")
        ),
    )
    op.create_index(op.f("ix_outgoing_mail_account_id"), "outgoing_mail", ["account_id"])
    op.create_index(op.f("ix_outgoing_mail_state"), "outgoing_mail", ["state"])
    op.create_table(
        "second_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words_ref", sa.Uuid(), nullable=False),
        sa.Column(
            "first_view",
            sa.Enum("approve", "refuse", name="first_view", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "first_reason",
            sa.Enum(
                "off_topic",
                "repeated",
                "unclear",
                "abuse",
                "personal_data",
                "legal",
                name="first_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "second_view",
            sa.Enum("approve", "refuse", name="second_view", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "second_reason",
            sa.Enum(
                "off_topic",
                "repeated",
                "unclear",
                "abuse",
                "personal_data",
                "legal",
                name="second_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_second_opinion_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_second_opinion_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_second_opinion_dialogue_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_opinion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_second_opinion_public_id")),
    )
    op.create_index(op.f("ix_second_opinion_dialogue_id"), "second_opinion", ["dialogue_id"])
    op.create_index(op.f("ix_second_opinion_words_ref"), "second_opinion", ["words_ref"])
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("approve", "refuse", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_appeal_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["moderation_decision.id"], name=op.f("fk_appeal_decision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_appeal_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_appeal_public_id")),
    )
    op.create_index(op.f("ix_appeal_participant_id"), "appeal", ["participant_id"])
    op.create_table(
        "author_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["moderation_decision.id"], name=op.f("fk_author_notice_decision_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_author_notice_participant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_author_notice")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_author_notice_decision_id")),
    )
    op.create_index(op.f("ix_author_notice_participant_id"), "author_notice", ["participant_id"])
    op.create_table(
        "welfare_concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words_ref", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_welfare_concern_closed_by_id")),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogue.id"], name=op.f("fk_welfare_concern_dialogue_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_welfare_concern_participant_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["raised_by_id"], ["account.id"], name=op.f("fk_welfare_concern_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_concern")),
        sa.UniqueConstraint("public_id", name=op.f("uq_welfare_concern_public_id")),
    )
    op.create_index(op.f("ix_welfare_concern_dialogue_id"), "welfare_concern", ["dialogue_id"])
    op.create_index(op.f("ix_welfare_concern_participant_id"), "welfare_concern", ["participant_id"])
    op.create_table(
        "statement_lineage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("reworded", "split", "merged", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("says_same", sa.Boolean(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["statement.id"], name=op.f("fk_statement_lineage_child_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["moderation_decision.id"],
            name=op.f("fk_statement_lineage_decision_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_statement_lineage_made_by_id")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["statement.id"], name=op.f("fk_statement_lineage_parent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_lineage")),
        sa.UniqueConstraint("parent_id", "child_id", name=op.f("uq_statement_lineage_parent_id_child_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_statement_lineage_public_id")),
    )
    op.create_index(op.f("ix_statement_lineage_child_id"), "statement_lineage", ["child_id"])
    op.create_index(op.f("ix_statement_lineage_decision_id"), "statement_lineage", ["decision_id"])


def downgrade() -> None:
    """Without them."""
    for name in (
        "statement_lineage",
        "welfare_concern",
        "author_notice",
        "appeal",
        "second_opinion",
        "outgoing_mail",
        "moderator_duty",
        "moderation_setting",
        "moderation_policy",
    ):
        op.drop_table(name)
