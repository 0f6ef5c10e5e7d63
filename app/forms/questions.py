"""Forms of the question log: a question, its assignment, an answer, and who answers."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.own_words import WordsForm
from app.models.questions import Question, Specialist
from deliberation.errors import RuleError
from deliberation.moderation import Decision, ReasonCode
from deliberation.questions import AnswerKind


class AskForm(WordsForm):
    """A question; `seen` says that similar ones were shown."""

    text = TextAreaField(_l("Your question"), validators=[Length(max=20_000, message=_l("This is much too long."))])
    is_of_table = BooleanField(_l("Our table agreed on this question"))
    seen = HiddenField(validators=[Optional(), AnyOf(["yes"])])


class CheckForm(Form):
    """Whether everyone sees the words; `reason` is a code of the policy."""

    decision = StringField()
    reason = StringField()

    def wanted(self) -> tuple[Decision, ReasonCode | None]:
        """(decision, reason); RuleError `reason_missing` for anything that is not in the policy."""
        try:
            decision = Decision(self.decision.data or "")
            return decision, ReasonCode(self.reason.data) if self.reason.data else None
        except ValueError:
            raise RuleError("reason_missing") from None


class AssignForm(Form):
    """Who is asked for an answer; the empty choice is nobody."""

    specialist = SelectField(_l("Who is asked"), validators=[Optional()])

    def offer(self, specialists: Iterable[Specialist]) -> "AssignForm":
        """Sets the specialists to choose from."""
        self.specialist.choices = [SelectChoice("", gettext("Nobody yet")), *_named(specialists)]
        return self


class MergeForm(Form):
    """The question it is put together with; the empty choice parts it again."""

    refusal_fields = {"merge_with_itself": "into", "merge_target_gone": "into", "already_answered": "into"}

    into = SelectField(_l("It asks the same as"), validators=[Optional()])

    def offer(self, questions: Iterable[Question]) -> "MergeForm":
        """Sets the questions to choose from."""
        rows = [SelectChoice(str(one.public_id), _short(one.text)) for one in questions]
        self.into.choices = [SelectChoice("", gettext("No other question")), *rows]
        return self


class AnswerForm(Form):
    """What a specialist answered. The button says whether everyone sees it."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "unchanged": "text"}

    specialist = SelectField(_l("Who answers"), validators=[InputRequired(_l("Choose who answers."))])
    kind = RadioField(
        _l("What is it?"),
        choices=labels.choices(labels.ANSWER_KINDS),
        default=AnswerKind.KNOWN.value,
        validators=[InputRequired()],
    )
    text = TextAreaField(_l("The answer, in plain words"), validators=[Optional()])
    act = HiddenField(validators=[AnyOf(["draft", "publish"], message=_l("Choose one of the buttons."))])

    def offer(self, specialists: Iterable[Specialist]) -> "AnswerForm":
        """Sets the specialists to choose from."""
        self.specialist.choices = _named(specialists)
        return self


class SpecialistForm(Form):
    """Who answers, and what interests they have."""

    refusal_fields = {"words_empty": "interests", "words_too_long": "interests"}

    name = StringField(_l("Name"), validators=[InputRequired(_l("Type a name.")), Length(max=200)])
    organisation = StringField(_l("Role and organisation"), validators=[Optional(), Length(max=200)])
    interests = TextAreaField(
        _l("Interests"), validators=[InputRequired(_l("Say what interests they have, or “none”."))]
    )


def _named(specialists: Iterable[Specialist]) -> list[SelectChoice]:
    return [
        SelectChoice(str(one.public_id), f"{one.name}, {one.organisation}" if one.organisation else one.name)
        for one in specialists
    ]


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:99]}…"
