"""Forms of the criteria: gathering, wording, and what a participant says of the list."""

import uuid
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels, task_labels
from app.forms.base import Form
from app.forms.why import WhyForm
from app.models.comments import Comment
from app.models.criteria import Criterion

NEW = "new"


class GatherForm(Form):
    """Ticked comments go into a new criterion, or into one that is there."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "no_source": "comments"}

    into = SelectField(_l("Put what is ticked into"))
    text = StringField(
        _l("Its words, if it is a new one. Stay as close to what people said as you can."),
        validators=[Optional(), Length(max=500)],
    )
    comments = SelectMultipleField(_l("Comments"), validators=[Optional()], validate_choice=False)

    def offer(self, criteria: Sequence[Criterion], comments: Sequence[Comment]) -> "GatherForm":
        """Sets what can be chosen."""
        known = [SelectChoice(str(one.public_id), one.text) for one in criteria]
        self.into.choices = [SelectChoice(NEW, _l("A new criterion")), *known]
        self.comments.choices = [SelectChoice(str(one.public_id), one.text) for one in comments]
        return self

    def ticked(self) -> list[uuid.UUID]:
        """Public ids of the comments that are ticked; anything else is left out."""
        found = []
        for sent in self.comments.data or []:
            try:
                found.append(uuid.UUID(str(sent)))
            except ValueError:
                continue
        return found


class WordingForm(Form):
    """The words of one criterion."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "unchanged": "text"}

    text = StringField(_l("Words"), validators=[Optional(), Length(max=500)])


class ListForm(WhyForm):
    """Yes, that is it; something is missing; or the question itself is wrong. Nothing is chosen before."""

    answer = RadioField(
        _l("Is that what matters when someone decides?"),
        choices=labels.choices(task_labels.CRITERIA_ANSWERS),
        validators=[InputRequired(_l("Choose one of the answers first."))],
    )
    why = TextAreaField(
        _l("What is missing or wrong? (you can leave this out)"),
        validators=[Optional(), Length(max=20_000, message=_l("This is much too long."))],
    )
