"""Words that only staff meet, so that the Welsh catalogue may leave them empty."""

from app.forms.assessment_words import MOVE_WORDS
from app.forms.committee_words import COMMITTEE_WORDS
from app.forms.meeting_refusals import WORDS as MEETING_WORDS
from app.forms.oversight_words import REFUSALS
from app.forms.panel_words import PANEL_WORDS

STAFF_LABELS = {
    "DECISIONS", "DIALOGUE_MODES", "LATE_WINDOWS", "MOVES", "PREFERENCE_KINDS", "QUESTION_KINDS", "ROLES", "RUNGS",
    "STANDINGS", "TERMS_STATES",
}  # fmt: skip
"""Names in app/forms/labels.py that no participant's page shows."""

_OLDER = {
    "already_answered", "already_consented", "already_decided", "already_linked", "already_undone",
    "another_session_is_open", "another_stage_is_open", "asked_missing", "asked_whom_missing", "author_unknown",
    "chip_too_long", "choice_in_condition", "choice_repeated", "choices_missing", "clause_removed", "concern_closed",
    "consent_needed", "criteria_closed", "criteria_open", "criterion_repeated", "decider_is_first",
    "decision_not_newest", "decision_undone", "derived_voted", "email_on_roll", "email_wrong", "entry_before_missing",
    "entry_not_begun", "entry_too_late", "expression_later_question", "expression_list_arithmetic",
    "expression_unknown_question", "fact_unsourced", "finding_frozen", "finding_withdrawn", "grid_begun",
    "import_refused", "impossible_dots", "impossible_move", "impossible_seats", "impossible_step",
    "interests_missing", "kind_fixed", "last_administrator", "last_facilitator", "lead_not_here", "material_missing",
    "merge_target_gone", "merge_with_itself", "mode_fixed", "no_appeal", "no_lead", "no_opinion_asked",
    "no_preferences_here", "no_roll", "no_source", "no_stages", "no_such_account", "nobody_found", "nobody_in_seat",
    "not_a_staff_role", "not_a_vote", "not_consented", "not_decided_yet", "not_in_snapshot", "not_shown",
    "nothing_chosen", "nothing_cited", "nothing_entered", "nothing_on_roll", "nothing_to_add", "opinion_open",
    "origin_missing", "outside_remit", "part_not_said", "parts_repeated", "password_guessable", "password_long",
    "password_short", "password_wrong", "phone_long", "point_taken", "points_unequal", "preference_answered",
    "prompt_answered", "questionnaire_answered", "reason_missing", "refused_meanwhile", "reply_when_shown",
    "request_judged", "research_cited", "research_not_checked", "results_fixed", "role_held", "roles_apart",
    "roll_lines_wrong", "same_option_twice", "same_statement", "second_is_first", "sections_missing",
    "session_not_open", "shown_meanwhile", "something_happened", "speaker_missing", "stage_is_empty",
    "stages_still_open", "statement_fixed", "step_reason_missing", "synthetic_unmarked", "task_answered",
    "task_not_here", "term_exists", "terms_published", "too_few_options", "too_many_chips", "too_many_criteria",
    "too_many_examples", "too_many_models", "too_many_options", "too_many_parts", "unknown_move", "unknown_timezone",
    "uq_account_email", "uq_membership_account_id_dialogue_id_role", "words_changed",
}  # fmt: skip
"""Codes that only acts of staff can meet, of everything that is in app/forms/words.py itself."""

PANEL_REFUSALS = {
    "change_missing", "points_are_out", "record_closed", "report_is_out", "review_closed", "words_are_newer",
}  # fmt: skip
"""Codes about the panel's record that a panel member can meet, who is a participant of the workshop."""

STAFF_REFUSALS = (
    _OLDER
    | set(REFUSALS)
    | set(MEETING_WORDS)
    | set(COMMITTEE_WORDS)
    | set(MOVE_WORDS)
    | (set(PANEL_WORDS) - PANEL_REFUSALS)
)
"""Codes that only acts of staff can meet."""
