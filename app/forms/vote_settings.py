"""The form of how a vote stage works, and the words of the usual reasons."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms.base import Form
from app.forms.labels import PASS_REASONS, Labels
from app.forms.lines import lines_of
from app.models.dialogues import Stage
from deliberation.reasons import UsualChip, offered_chips
from deliberation.voting import MOST_ASKED, Position

CHIP_WORDS: Labels = {
    UsualChip.FAIR: _l("It is fair"),
    UsualChip.SAFE: _l("It keeps people safe"),
    UsualChip.HELPS: _l("It helps patients"),
    UsualChip.WORKS: _l("It would work"),
    UsualChip.LIVED: _l("I have seen this myself"),
    UsualChip.UNFAIR: _l("It is not fair"),
    UsualChip.RISKY: _l("It puts people at risk"),
    UsualChip.SLOWS: _l("It would slow things down"),
    UsualChip.FAILS: _l("It would not work"),
    UsualChip.TOO_FAR: _l("It goes too far"),
    UsualChip.NOT_ENOUGH: _l("It does not go far enough"),
}
AFTER, AT_ONCE = "after", "at_once"


def chip_words(chip: str) -> str:
    """A reason as people read it: usual ones and those of a pass in their language, own ones as written."""
    return str(CHIP_WORDS.get(chip) or PASS_REASONS.get(chip) or chip)


class VoteSettingsForm(Form):
    """When totals are seen, how many statements before "stop here", and reasons to choose from."""

    refusal_fields = {
        "results_fixed": "totals",
        "number_too_low": "minimum",
        "number_too_high": "minimum",
    }

    totals = RadioField(
        _l("When are totals seen?"),
        choices=[
            SelectChoice(AFTER, _l("When this stage has closed. Nobody sees them before, staff and analysts included")),
            SelectChoice(AT_ONCE, _l("At once, while people are voting")),
        ],
        validators=[InputRequired(_l("Choose when totals are seen."))],
    )
    minimum = IntegerField(
        _l("Statements before “stop here” is offered"),
        validators=[
            Optional(),
            NumberRange(0, MOST_ASKED, _l("Write a number from 0 to 50.")),
        ],
    )
    agree = TextAreaField(_l("Reasons to choose from after “agree”"), validators=[Optional(), Length(max=2000)])
    disagree = TextAreaField(_l("Reasons to choose from after “disagree”"), validators=[Optional(), Length(max=2000)])

    @property
    def results_early(self) -> bool:
        """Whether totals are seen at once."""
        return self.totals.data == AT_ONCE

    def chips(self) -> dict[Position, list[str]] | None:
        """Position -> reasons; None where the usual ones were left as they are."""
        sent = {Position.AGREE: lines_of(self.agree.data), Position.DISAGREE: lines_of(self.disagree.data)}
        usual = {one: [chip_words(chip) for chip in offered_chips(None, one)] for one in sent}
        return None if sent == usual else sent


def present(stage: Stage) -> dict[str, object]:
    """What the form shows of a stage."""
    return {
        "totals": AT_ONCE if stage.results_early else AFTER,
        "minimum": stage.minimum_votes,
        "agree": _lines(offered_chips(stage.reason_chips, Position.AGREE)),
        "disagree": _lines(offered_chips(stage.reason_chips, Position.DISAGREE)),
    }


def _lines(chips: Iterable[str]) -> str:
    return "\n".join(chip_words(one) for one in chips)
