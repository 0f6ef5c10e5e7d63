"""Forms for a person's own words: a statement, a comment, a reply."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.voting import VoteForm
from app.forms.warnings import MindsPersonalData
from deliberation.comments import ReplySide

_YES = [Optional(), AnyOf(["yes"])]


class WordsForm(MindsPersonalData, Form):
    """A box."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text"}

    text = TextAreaField(_l("In your own words"), validators=[Length(max=20_000, message=_l("This is much too long."))])


class ReplyForm(WordsForm):
    """A reply, with the mark that its writer chooses; none is an answer too."""

    side = RadioField(
        _l("Is your reply for it or against it?"), choices=labels.choices(labels.REPLY_SIDES), validators=[Optional()]
    )

    @property
    def wanted_side(self) -> ReplySide | None:
        """The mark that was chosen, if any."""
        return ReplySide(self.side.data) if self.side.data else None


class EditWordsForm(WordsForm):
    """New words for one's own comment."""

    text = TextAreaField(_l("Your words"), validators=[Length(max=20_000, message=_l("This is much too long."))])


class StatementWordsForm(WordsForm):
    """A statement; `seen` says that close ones were shown, `change` goes back to the box from there."""

    seen = HiddenField(validators=_YES)
    change = HiddenField(validators=_YES)


class CloseVoteForm(StatementWordsForm, VoteForm):
    """A vote on a close statement, with the words that wait to be sent."""
