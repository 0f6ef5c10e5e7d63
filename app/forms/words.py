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
    "uq_account_email": _l("An account with this e-mail address exists already."),
    "conflict": _l("Somebody else changed this at the same time. Look again and try once more."),
}


def sentence(refusal: RuleError) -> str:
    """The sentence for a refusal; a code without one is shown as it is, so that nothing is hidden."""
    words = WORDS.get(refusal.code)
    if words is None:
        return gettext("This was refused: %(code)s", code=str(refusal))
    return str(words) % dict(refusal.facts)
