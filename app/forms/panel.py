"""Forms of the panel's record: points and report by the rapporteur, checks and reviews by the panel, answers."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField
from app.forms.panel_labels import CHANGE_KINDS, PROMPTS, REVIEWS, STRENGTHS, VERDICTS, place_words
from app.queries.panel_answers import Place
from deliberation.panel import PointWords, Prompt, Strength

_AGAIN = _l("This page is not complete. Load it again and send it once more.")
_LONG = Length(max=40_000, message=_l("This is much too long."))
_CHOOSE = InputRequired(_l("Choose one of the answers."))


class PointForm(Form):
    """One panel point; `based_on` is the version that the words were written on, 0 for a new one."""

    refusal_fields = {
        "prompt_missing": "prompts",
        "draft_changed": "text",
        "words_empty": "text",
        "words_too_long": "text",
    }

    text = TextAreaField(_l("The point, in the words of the panel"), validators=[_LONG])
    strength = RadioField(_l("How strongly was it held?"), choices=labels.choices(STRENGTHS), validators=[_CHOOSE])
    dissent = TextAreaField(_l("Who saw it in another way, and how? (no names)"), validators=[_LONG])
    prompts = SelectMultipleField(_l("Which of the six questions does it answer?"), choices=labels.choices(PROMPTS))
    change_note = StringField(_l("What changed, and why? (the panel reads this)"), validators=[Length(max=400)])
    based_on = IntegerField(widget=HiddenInput(), default=0, validators=[InputRequired(_AGAIN)])

    def words(self) -> PointWords:
        """What the point says."""
        return PointWords(
            text=self.text.data or "",
            strength=Strength(self.strength.data),
            prompts=[Prompt(one) for one in self.prompts.data or []],
            dissent=self.dissent.data or "",
            change_note=self.change_note.data or "",
        )


class ReportForm(Form):
    """The report; `based_on` is the version that the words were written on, 0 for the first."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "draft_changed": "text"}

    text = TextAreaField(_l("The report"), validators=[_LONG])
    change_note = StringField(_l("What changed, and why? (the panel reads this)"), validators=[Length(max=400)])
    based_on = IntegerField(widget=HiddenInput(), default=0, validators=[InputRequired(_AGAIN)])


class NoteForm(Form):
    """What a table said."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    text = TextAreaField(_l("What was said (no names)"), validators=[_LONG])
    prompt = SelectField(
        _l("About which question?"), choices=[SelectChoice("", _l("None of them")), *labels.choices(PROMPTS)]
    )
    where_said = StringField(_l("Where"), validators=[Length(max=200)])


class SourcesForm(Form):
    """Where a point comes from: "statement:ID", "comment:ID" or "note:ID"."""

    sources = SelectMultipleField(_l("Where it comes from"), validate_choice=False)


class CheckForm(Form):
    """What a panel member says of the words they read; `version` is the one that was on the page."""

    refusal_fields = {"change_missing": "words", "words_too_long": "words", "words_are_newer": "words"}

    verdict = RadioField(_l("Is this what the panel said?"), choices=labels.choices(VERDICTS), validators=[_CHOOSE])
    words = TextAreaField(_l("What should be changed?"), validators=[_LONG])
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(_AGAIN)])


class ReviewForm(Form):
    """Whether a point is answered."""

    refusal_fields = {"words_too_long": "words"}

    verdict = RadioField(_l("Is this an answer to the point?"), choices=labels.choices(REVIEWS), validators=[_CHOOSE])
    words = TextAreaField(_l("Do you want to say more?"), validators=[_LONG])


class TakeBackForm(Form):
    """Which of one's own checks or reviews goes."""

    kind = HiddenField(validators=[AnyOf(["point", "report", "review"])])
    said_id = UuidField(validators=[DataRequired(_AGAIN)])


class AnswerForm(Form):
    """The team's answer to a point."""

    refusal_fields = {"place_missing": "place", "why_missing": "words", "words_too_long": "words"}

    kind = RadioField(_l("What did you do?"), choices=labels.choices(CHANGE_KINDS), validators=[_CHOOSE])
    place = SelectField(_l("Where did you change it?"), validators=[Optional()], validate_choice=False)
    words = TextAreaField(_l("Your answer to the panel, or why not"), validators=[_LONG])

    def offer(self, places: list[Place]) -> "AnswerForm":
        """Sets the places to choose from."""
        self.place.choices = [
            SelectChoice("", gettext("Nowhere")),
            *(SelectChoice(one.key, place_words(one.key, one.harm)[:120]) for one in places),
        ]
        return self


class OwnNotesForm(Form):
    """The applicant's own notes; `based_on` is the version that they were written on."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "draft_changed": "text"}

    text = TextAreaField(_l("Your own notes of the workshop"), validators=[_LONG])
    based_on = IntegerField(widget=HiddenInput(), default=0, validators=[InputRequired(_AGAIN)])
