"""Facts of sessions and stages, and the moves on them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.times import FORMAT
from deliberation.errors import RuleError
from deliberation.stages import Move, Setting, StageKind

_TITLE = [InputRequired(_l("Give it a title.")), Length(max=200)]


def _minutes(least: int) -> list[Any]:
    return [
        InputRequired(_l("Enter the minutes as a whole number.")),
        NumberRange(least, 1440, _l("Enter whole minutes, at most a day.")),
    ]


class SessionForm(Form):
    """One session."""

    title = StringField(_l("Title"), validators=_TITLE)
    summary = TextAreaField(_l("What it is for"), validators=[Optional(), Length(max=2000)])
    starts_at = DateTimeLocalField(_l("Starts"), format=FORMAT, validators=[Optional()])
    minutes = IntegerField(_l("Minutes"), default=120, validators=_minutes(1))


class StageForm(Form):
    """One stage."""

    refusal_fields = {"kind_fixed": "kind"}

    kind = RadioField(
        _l("Kind"),
        choices=labels.choices(labels.STAGE_KINDS),
        validators=[InputRequired(_l("Choose what people do in this stage."))],
    )
    title = StringField(_l("Title"), validators=_TITLE)
    intro = TextAreaField(_l("What people read first"), validators=[Optional(), Length(max=4000)])
    minutes = IntegerField(_l("Minutes"), default=10, validators=_minutes(0))
    setting = RadioField(
        _l("How people sit"), choices=labels.choices(labels.SETTINGS), default=Setting.ALONE.value
    )
    questionnaire = SelectField(_l("Questionnaire (for a stage with questions)"), validators=[Optional()])

    def offer(self, questionnaires: list[tuple[str, str]]) -> "StageForm":
        """Sets the questionnaires to choose from: (value, title)."""
        self.questionnaire.choices = [SelectChoice("", _l("None")), *(SelectChoice(*one) for one in questionnaires)]
        return self

    def values(self) -> dict[str, Any]:
        """What was typed, as the services take it; the questionnaire apart."""
        return {
            "kind": StageKind(self.kind.data),
            "title": self.title.data or "",
            "intro": self.intro.data or "",
            "minutes": self.minutes.data,
            "setting": Setting(self.setting.data),
        }


class MoveForm(Form):
    """A button: open, pause, close or reopen."""

    move = StringField()

    def wanted(self) -> Move:
        """The move; RuleError `unknown_move` for anything else."""
        try:
            return Move(self.move.data or "")
        except ValueError:
            raise RuleError("unknown_move") from None


class ShiftForm(Form):
    """A button: one place up or down."""

    step = StringField()

    def wanted(self) -> int:
        """-1 or +1."""
        return -1 if self.step.data == "-1" else 1
