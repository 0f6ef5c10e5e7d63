"""Forms after a decision: the response, checks, access, declared changes, results, lessons, findings for a panel."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import committee_labels, labels
from app.forms.base import Form
from app.models.analysis import Finding
from app.models.terms import Clause
from app.queries.register import Watched
from app.queries.terms import number_of, words_now
from deliberation.register import AccessMove

_LONG = Length(max=20_000, message=_l("This is much too long."))


class ResponseForm(Form):
    """The applicant's response to a decision."""

    refusal_fields = {"words_too_long": "words"}

    words = TextAreaField(_l("Your response"), validators=[Optional(), _LONG])
    publish = RadioField(
        _l("May the record be published?"),
        choices=[SelectChoice("yes", _l("Yes, publish it")), SelectChoice("no", _l("No, keep it unpublished"))],
        validators=[Optional()],
    )

    @property
    def wants_publication(self) -> bool | None:
        """What was said of publishing; None: nothing."""
        return {"yes": True, "no": False}.get(self.publish.data or "")


class CheckForm(Form):
    """What a check of a condition found."""

    refusal_fields = {
        "check_evidence_missing": "evidence",
        "words_too_long": "evidence",
        "condition_is_due": "standing",
    }

    standing = RadioField(
        _l("What did you find?"),
        choices=labels.choices(committee_labels.STANDINGS),
        validators=[InputRequired(_l("Say what you found."))],
    )
    evidence = TextAreaField(_l("What you looked at"), validators=[Optional(), _LONG])


class AccessForm(Form):
    """Suspending, restoring or revoking access."""

    refusal_fields = {"access_reason_missing": "reason", "still_breached": "move", "access_move_impossible": "move"}

    move = RadioField(_l("What happens to access?"), validators=[InputRequired(_l("Choose what happens."))])
    reason = TextAreaField(_l("Why? The register shows it"), validators=[Optional(), _LONG])
    condition = SelectField(_l("Is it about a condition?"), validators=[Optional()])

    def offer(self, moves: Iterable[AccessMove], watched: Iterable[Watched]) -> "AccessForm":
        """Sets what is possible now, and the conditions."""
        self.move.choices = [SelectChoice(one.value, committee_labels.ACCESS_MOVES[one]) for one in moves]
        rows = [
            SelectChoice(str(one.condition.public_id), f"{one.condition.place}. {one.condition.words[:80]}")
            for one in watched
        ]
        self.condition.choices = [SelectChoice("", gettext("No")), *rows]
        return self


class ChangeForm(Form):
    """A change that the applicant declares."""

    refusal_fields = {"words_empty": "words", "words_too_long": "words"}

    change_of = RadioField(
        _l("What has changed?"),
        choices=labels.choices(committee_labels.CHANGES),
        validators=[InputRequired(_l("Say what has changed."))],
    )
    words = TextAreaField(_l("How has it changed?"), validators=[Optional(), _LONG])


class ResultForm(Form):
    """What came of the project, in plain words."""

    refusal_fields = {"words_empty": "words", "words_too_long": "words", "result_link_wrong": "link"}

    words = TextAreaField(_l("What came of it, in plain words"), validators=[Optional(), _LONG])
    link = StringField(_l("Where to read more (an address, if there is one)"), validators=[Optional(), Length(max=500)])


class CloseForm(Form):
    """Closing an application."""

    refusal_fields = {"move_why_missing": "why", "move_why_too_long": "why"}

    why = StringField(_l("Why is it closed?"), validators=[Optional(), Length(max=1000)])


class LessonForm(Form):
    """A lesson that names nobody."""

    refusal_fields = {"words_empty": "words", "words_too_long": "words", "lesson_names_somebody": "words"}

    words = TextAreaField(_l("What we learnt"), validators=[Optional(), _LONG])


class ChooseForm(Form):
    """A finding or a clause that the panel and the committee of one application are shown."""

    refusal_fields = {"finding_chosen": "what", "nothing_chosen_here": "what"}

    what = SelectField(_l("Finding or clause"), validators=[InputRequired(_l("Choose a finding or a clause."))])
    why = TextAreaField(_l("Why it matters for this purpose"), validators=[Optional(), _LONG])

    def offer(self, findings: Iterable[Finding], clauses: Iterable[Clause]) -> "ChooseForm":
        """Sets what can be chosen."""
        self.what.choices = [
            *(
                SelectChoice(
                    f"finding:{one.public_id}",
                    gettext("Finding %(n)s: %(words)s", n=one.number, words=_short(one.text)),
                )
                for one in findings
            ),
            *(
                SelectChoice(
                    f"clause:{one.public_id}",
                    gettext("Clause %(n)s: %(words)s", n=number_of(one), words=_short(words_now(one))),
                )
                for one in clauses
            ),
        ]
        return self


def _short(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:109]}…"
