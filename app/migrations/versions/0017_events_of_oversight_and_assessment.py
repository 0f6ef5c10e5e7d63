"""Events of the oversight group and of assessments, and the rapporteur as a role."""

import sqlalchemy as sa
from alembic import op

from app.migrations.event_kinds import allow_event_kinds

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BEFORE = (
    "dialogue_created", "dialogue_edited", "dialogue_imported", "membership_granted", "membership_ended",
    "seat_added", "seat_edited", "invitation_issued", "lobby_entered", "lobby_matched", "lobby_refused",
    "participant_joined", "participant_left", "device_added", "device_left", "return_code_issued",
    "consent_recorded", "session_edited", "session_opened", "session_paused", "session_closed", "stage_edited",
    "stage_opened", "stage_paused", "stage_closed", "stage_started", "stage_finished", "material_edited",
    "glossary_edited", "material_read", "questionnaire_edited", "model_edited", "model_rated",
    "combination_made", "statement_added", "statement_edited", "statement_placed", "statement_withdrawn",
    "statement_shown", "statement_skipped", "vote_cast", "vote_undone", "pass_explained", "comment_added",
    "comment_withdrawn", "words_approved", "words_refused", "moderation_undone", "response_saved",
    "analysis_requested", "snapshot_taken", "theme_edited", "finding_written", "clause_written",
    "clause_removed", "evidence_linked", "evidence_unlinked", "terms_published", "terms_exported",
    "vote_explained", "statement_reworded", "statement_split", "statements_merged", "reword_answered",
    "comment_edited", "specialist_edited", "question_asked", "question_joined", "question_assigned",
    "question_answered", "question_withdrawn", "research_question_raised", "research_question_clarified",
    "research_question_merged", "feasibility_noted", "research_question_prioritised",
    "research_question_decided", "criterion_raised", "criteria_chosen", "grid_filled", "combination_supported",
    "request_edited", "request_followed", "step_judged", "assumption_changed", "draft_written",
    "draft_change_suggested", "draft_change_answered", "draft_agreed", "preference_question_edited",
    "preference_stated", "policy_edited", "second_opinion_asked", "second_opinion_given", "appeal_made",
    "appeal_decided", "welfare_concern_raised", "welfare_concern_closed", "duty_edited", "moderation_exported",
    "entered_on_behalf",
)
ADDED = (
    "oversight_group_edited", "oversight_member_edited", "oversight_interest_declared", "review_gate_edited",
    "review_item_bound", "review_gate_closed", "review_pack_sent", "review_pack_read", "advice_given",
    "advice_edited", "advice_answered", "advice_contested", "advice_closed", "material_released",
    "material_shown", "oversight_meeting_edited", "attendance_recorded", "oversight_action_edited",
    "minutes_edited", "minutes_circulated", "minutes_objected", "minutes_cleared", "minutes_published",
    "concern_raised", "concern_answered", "evaluation_edited", "oversight_exported", "data_asset_edited",
    "application_started", "application_edited", "application_team_edited", "application_moved",
    "assessment_edited", "assessment_versioned", "harm_edited", "application_screened", "workshop_planned",
    "panel_edited", "panel_point_edited", "panel_point_checked", "panel_points_released", "panel_report_edited",
    "panel_report_checked", "panel_report_sent", "applicant_notes_edited", "panel_point_answered",
    "panel_review_given", "panel_addendum_written", "committee_interest_declared", "application_scored",
    "application_query_asked", "application_query_answered", "application_reasoned", "application_decided",
    "applicant_responded", "application_published", "review_reminded", "access_condition_checked",
    "access_changed", "application_scope_changed", "lay_result_written", "register_exported",
)
ROLES_BEFORE = (
    "participant", "facilitator", "analyst", "commissioner", "overseer", "applicant", "panel_member",
    "committee_member", "evaluator", "administrator",
)


def _allow_roles(roles: tuple[str, ...]) -> None:
    quoted = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("membership") as table:
        table.drop_constraint(op.f("ck_membership_role"), type_="check")
        table.create_check_constraint(op.f("ck_membership_role"), sa.text(f"role IN ({quoted})"))


def upgrade() -> None:
    """Takes the new kinds and the new role too."""
    allow_event_kinds((*BEFORE, *ADDED))
    _allow_roles((*ROLES_BEFORE, "rapporteur"))


def downgrade() -> None:
    """Takes the old ones only; refused by the database where something of a new kind is there."""
    _allow_roles(ROLES_BEFORE)
    allow_event_kinds(BEFORE)
