"""The sentences people read when a rule refuses: one per code, in each language."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from deliberation.errors import RuleError

WORDS = {
    "not_allowed": _l("You do not have permission to do this."),
    "stage_not_open": _l("This part is not open now. What you have already said is kept."),
    "impossible_move": _l("This is %(state)s, so you cannot %(move)s it."),
    "session_not_open": _l("Open the session first: a stage can only be open while its session is open."),
    "stage_is_empty": _l("There is nothing in this stage yet. Add something for people to do before you open it."),
    "another_stage_is_open": _l("Another stage of this session is open. Close it or pause it first."),
    "no_stages": _l("This session has no stages yet. Add one before you open it."),
    "material_missing": _l("A promised version is missing: %(materials)s."),
    "another_session_is_open": _l("Another session is open. Close it or pause it first."),
    "stages_still_open": _l("A stage of this session is still open. Close it first."),
    "unknown_position": _l("Choose agree, disagree or pass."),
    "not_votable": _l("This statement cannot be voted on here."),
    "words_empty": _l("Write something first."),
    "words_too_long": _l("This is %(over)s characters too long. The limit is %(limit)s."),
    "already_withdrawn": _l("The author has taken these words back."),
    "reason_missing": _l("Choose a reason from the list."),
    "already_decided": _l("This has already been decided."),
    "combination_incomplete": _l("Choose an answer to each of the four questions."),
    "unknown_answer": _l("Choose one of the answers shown."),
    "sections_missing": _l("These required sections hold no clause yet: %(sections)s."),
    "synthetic_unmarked": _l("This dialogue was made up. It can only be published with the word SYNTHETIC on it."),
    "consent_text_missing": _l("The words for this consent are missing. Ask the team to add them."),
    "no_pseudonym_left": _l("No free pseudonym was found. Please try again."),
    "mode_fixed": _l("Somebody has joined already, so the mode can no longer be changed."),
    "unknown_timezone": _l("This is not a time zone. An example is Europe/London."),
    "something_happened": _l("Something has already happened here, so it cannot be removed. You can close it instead."),
    "kind_fixed": _l("People have already done something in this stage, so its kind can no longer be changed."),
    "prompt_answered": _l("People have answered the question “%(prompt)s”, so it has to stay as it is."),
    "too_many_models": _l("At most %(limit)s models can be compared at a sitting. You chose %(count)s."),
    "statement_fixed": _l("People have voted on or cited this statement, so its words stay. Reword it as a new one."),
    "unchanged": _l("These are the same words as before."),
    "decision_undone": _l("This decision has already been undone."),
    "decision_not_newest": _l("There is a newer decision about these words. Undo that one first."),
    "points_unequal": _l("Give equally many points for and against. Now it is %(for_it)s for and %(against)s against."),
    "fact_unsourced": _l("“%(fact)s” needs a source, or say that it is not known."),
    "term_exists": _l("This word is in the glossary already."),
    "nothing_to_add": _l("Write at least one statement, one on each line."),
    "uq_account_email": _l("An account with this e-mail address exists already."),
    "key_reused": _l("This page was sent before with another answer. Look at the page again and choose once more."),
    "nothing_to_undo": _l("There is no vote here that could be undone."),
    "not_yours": _l("These words are not yours to take back."),
    "rating_missing": _l("Choose one of the words first."),
    "page_missing": _l("This page of questions is not there any more. Go back to what is next."),
    "no_reply_here": _l("You can reply to what others said, but not to a reply."),
    "pass_missing": _l("You can only give a reason after you passed."),
    "number_too_low": _l("The number has to be at least %(low)s."),
    "number_too_high": _l("The number has to be at most %(high)s."),
    "not_a_number": _l("Write a number, such as 3."),
    "answer_required": _l("Write what it is, or choose another answer."),
    "conflict": _l("Somebody else changed this at the same time. Look again and try once more."),
}


def sentence(refusal: RuleError) -> str:
    """The sentence for a refusal; a code without one is shown as it is, so that nothing is hidden."""
    words = WORDS.get(refusal.code)
    if words is None:
        return gettext("This was refused: %(code)s", code=str(refusal))
    return str(words) % dict(refusal.facts)
