"""Why somebody voted as they did: chips, own words, or nothing."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, Length, Optional

from app.forms.base import Form
from app.forms.fields import UuidField
from app.forms.own_words import WordsForm
from app.forms.vote_settings import chip_words


class ReasonForm(WordsForm):
    """Reasons to tick, and a box. `listed` says that the list was on the page, so that no tick means none."""

    chips = SelectMultipleField(_l("Tick any that fit"), validators=[Optional()], validate_choice=False)
    listed = HiddenField(validators=[Optional(), AnyOf(["yes"])])
    back = HiddenField(validators=[Optional(), AnyOf(["list"])])
    text = TextAreaField(
        _l("Or in your own words"), validators=[Length(max=20_000, message=_l("This is much too long."))]
    )

    def offer(self, chips: tuple[str, ...]) -> "ReasonForm":
        """The reasons that the stage offers, in the reader's language."""
        self.chips.choices = [SelectChoice(one, chip_words(one)) for one in chips]
        return self

    @property
    def chosen(self) -> list[str] | None:
        """What is ticked; None where the list was not on the page."""
        return list(self.chips.data or []) if self.listed.data else None


class TakeBackForm(Form):
    """Which reason is taken back."""

    reason_id = UuidField()
