"""The sentences people read when something about a workshop, a panel's record or an answer to it is refused."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

PANEL_WORDS: Mapping[str, LazyString] = {
    "no_such_facilitator": _l("No active account has this address. An administrator can add it."),
    "no_such_rapporteur": _l("No active account has this address. An administrator can add it."),
    "rapporteur_not_apart": _l(
        "The rapporteur sits on neither side: nobody of the applicant’s team, of the committee or who runs the steps."
    ),
    "interest_missing": _l("Say what the interest is. It is shown with the name."),
    "must_be_independent": _l("This part is for somebody who does not come from the applicant’s organisation."),
    "part_is_taken": _l("Somebody does this already."),
    "part_needed": _l("The workshop needs this person. Plan it with somebody else first."),
    "parts_missing": _l("These people are missing: %(parts)s."),
    "workshop_over": _l("The workshop has taken place, so its date stays."),
    "due_in_past": _l("Choose a moment that is still to come."),
    "band_missing": _l("Name the group, such as “under 30”."),
    "band_too_many": _l("This is more than a panel can hold. Write a number up to %(most)s."),
    "record_closed": _l("Nothing can be written here now."),
    "points_are_out": _l("The points have been sent, so they stay as they are."),
    "report_is_out": _l("The report has been sent, so it stays as it is."),
    "report_missing": _l("Write the report first."),
    "points_missing": _l("Write at least one point first."),
    "points_unchecked": _l("These points are not checked yet: %(points)s."),
    "prompt_missing": _l("Tick at least one of the six questions."),
    "dissent_missing": _l("Write the dissent into the point first, so that it goes out with it."),
    "nothing_to_keep": _l("This person said that it is right."),
    "workshop_first": _l("The workshop has to take place first."),
    "check_open": _l("Somebody asked for other words and has no answer yet (%(count)s)."),
    "check_disputed": _l("Too many of those who looked do not agree: %(right)s of %(checked)s say it is right."),
    "check_too_few": _l(
        "%(checked)s of %(panel)s have checked it. %(needed)s are needed, or fewer who all agree once time is up."
    ),
    "change_missing": _l("Say what to change."),
    "words_are_newer": _l("The words have changed while you read. Please read them again. What you wrote is below."),
    "answers_closed": _l("The points can be answered during the synthesis."),
    "place_missing": _l("Say where you changed it."),
    "notes_closed": _l("Your notes can be written from the workshop to the end of the synthesis."),
    "review_closed": _l("The time for this is over. What you said before is kept."),
    "review_running": _l("%(reviewers)s of %(panel)s have read all answers, and their time is not over."),
}
