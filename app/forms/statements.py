"""Adding seed statements, and editing or rewording one."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from deliberation.stewardship import Approach, Stance


class _Leaning(Form):
    approach = SelectField(
        _l("Which approach is it about?"),
        choices=labels.choices(labels.APPROACHES),
        default=Approach.GENERAL.value,
    )
    stance = SelectField(
        _l("What does it do?"),
        choices=[SelectChoice("", _l("Neither, or not decided")), *labels.choices(labels.STANCES)],
        validators=[Optional()],
    )

    def leaning(self) -> tuple[Approach, Stance | None]:
        """(approach, stance) as chosen."""
        return Approach(self.approach.data), Stance(self.stance.data) if self.stance.data else None


class SeedsForm(_Leaning):
    """One statement on each line."""

    refusal_fields = {"words_too_long": "texts", "nothing_to_add": "texts"}
    texts = TextAreaField(
        _l("Statements"),
        validators=[InputRequired(_l("Write at least one statement, one on each line.")), Length(max=50_000)],
    )


class StatementForm(_Leaning):
    """One statement's words."""

    refusal_fields = {
        "words_too_long": "text", "words_empty": "text", "unchanged": "text", "statement_fixed": "text",
    }  # fmt: skip
    text = TextAreaField(_l("The statement"), validators=[InputRequired(_l("Write something first."))])
