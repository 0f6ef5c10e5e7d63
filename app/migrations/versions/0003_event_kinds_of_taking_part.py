"""Events of questions, models, drafting, preferences, moderation and acts on behalf of somebody."""

from app.migrations.event_kinds import allow_event_kinds

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = (
    "dialogue_created", "dialogue_edited", "dialogue_imported", "membership_granted", "membership_ended",
    "seat_added", "seat_edited", "invitation_issued", "lobby_entered", "lobby_matched", "lobby_refused",
    "participant_joined", "participant_left", "device_added", "device_left", "return_code_issued",
    "consent_recorded", "session_edited", "session_opened", "session_paused", "session_closed",
    "stage_edited", "stage_opened", "stage_paused", "stage_closed", "stage_started", "stage_finished",
    "material_edited", "glossary_edited", "material_read", "questionnaire_edited", "model_edited",
    "model_rated", "combination_made", "statement_added", "statement_edited", "statement_placed",
    "statement_withdrawn", "statement_shown", "statement_skipped", "vote_cast", "vote_undone",
    "pass_explained", "comment_added", "comment_withdrawn", "words_approved", "words_refused",
    "moderation_undone", "response_saved", "analysis_requested", "snapshot_taken", "theme_edited",
    "finding_written", "clause_written", "clause_removed", "evidence_linked", "evidence_unlinked",
    "terms_published", "terms_exported",
)
ADDED = (
    "vote_explained", "statement_reworded", "statement_split", "statements_merged", "reword_answered",
    "comment_edited", "specialist_edited", "question_asked", "question_joined", "question_assigned",
    "question_answered", "question_withdrawn", "research_question_raised", "research_question_clarified",
    "research_question_merged", "feasibility_noted", "research_question_prioritised",
    "research_question_decided", "criterion_raised", "criteria_chosen", "grid_filled",
    "combination_supported", "request_edited", "request_followed", "step_judged", "assumption_changed",
    "draft_written", "draft_change_suggested", "draft_change_answered", "draft_agreed",
    "preference_question_edited", "preference_stated", "policy_edited", "second_opinion_asked",
    "second_opinion_given", "appeal_made", "appeal_decided", "welfare_concern_raised",
    "welfare_concern_closed", "duty_edited", "moderation_exported", "entered_on_behalf",
)


def upgrade() -> None:
    """Takes the new kinds too."""
    allow_event_kinds((*BEFORE, *ADDED))


def downgrade() -> None:
    """Takes the old kinds only; refused by the database where an event of a new kind is there."""
    allow_event_kinds(BEFORE)
