"""A box for words beside a choice, with the warning about personal data on the same page. It never blocks."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from app.forms.base import Form
from app.forms.warnings import PERSONAL_DATA
from deliberation.personal_data import find_personal_data, without


class WhyForm(Form):
    """A box that may stay empty; `keep` answers the warning."""

    refusal_fields = {"words_too_long": "why"}

    why = TextAreaField(
        _l("Why? (you can leave this out)"),
        validators=[Optional(), Length(max=20_000, message=_l("This is much too long."))],
    )
    keep = HiddenField(validators=[Optional(), AnyOf(["yes", "take_out"])])

    @property
    def words(self) -> str:
        """The words to keep: without personal data where "take it out" was chosen."""
        text = self.why.data or ""
        return without(text, find_personal_data(text)) if self.keep.data == "take_out" else text

    def warnings(self) -> list[tuple[LazyString, str]]:
        """(kind, words) of what may show who somebody is; empty once the warning was answered."""
        text = self.why.data or ""
        if self.keep.data:
            return []
        return [(PERSONAL_DATA[one.kind], text[one.start : one.end]) for one in find_personal_data(text)]
