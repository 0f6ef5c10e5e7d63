"""Forms of following a request, of its numbers, and of writing one."""

from collections.abc import Iterator, Mapping

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField, WholeNumberField
from app.forms.request_words import FACTS, KINDS
from deliberation.errors import RuleError
from deliberation.requests import Judgement, RequestFact, RequestKind
from deliberation.requests_burden import BOUNDS, MAY_BE_UNKNOWN, NAMES, Assumptions

QUESTIONS = {
    "requests_a_year": _l("How many requests come in a year?"),
    "minutes_each": _l("How many minutes does the group need for one request?"),
    "people": _l("How many people decide?"),
    "full_in_ten": _l("Of every 10 requests, how many does the whole group look at?"),
    "yours_in_hundred": _l("Of every 100 requests, how many ask for your own scans?"),
    "days_to_decide": _l("How many days until others have decided?"),
    "days_to_answer": _l("How many days do you get to answer?"),
}
"""Assumption -> how it is asked for."""


class WayForm(Form):
    """Which way the request goes."""

    way = UuidField()


class JudgeForm(Form):
    """One of three buttons."""

    judgement = StringField()

    def wanted(self) -> Judgement:
        """What was pressed; RuleError `unknown_judgement` for anything else."""
        try:
            return Judgement(self.judgement.data or "")
        except ValueError:
            raise RuleError("unknown_judgement") from None


class OnlyIfForm(Form):
    """What "only if" depends on."""

    refusal_fields = {"words_too_long": "words"}

    words = TextAreaField(
        _l("Only if what? (you can leave this out)"),
        validators=[Optional(), Length(max=20_000, message=_l("This is much too long."))],
    )


class AssumptionsForm(Form):
    """The numbers that everybody starts from, as staff save them."""

    def fields(self) -> Iterator[Field]:
        """The fields in order."""
        return (self[name] for name in NAMES)

    def assumptions(self) -> Assumptions:
        """What was typed, once it is valid."""
        return Assumptions(**{name: self[name].data for name in NAMES})

    def values(self) -> Mapping[str, int | None]:
        """Name -> number, or None for not known."""
        return {name: self[name].data for name in NAMES}


class TriedAssumptionsForm(AssumptionsForm):
    """The same for anybody to try. Sent with GET: it changes nothing, so it carries no token."""

    class Meta:
        csrf = False


def _number(name: str) -> WholeNumberField:
    low, high = BOUNDS[name]
    words = _l("Write a whole number from %(low)s to %(high)s.", low=low, high=f"{high:,}")
    missing = Optional() if name in MAY_BE_UNKNOWN else InputRequired(words)
    return WholeNumberField(QUESTIONS[name], [missing, NumberRange(low, high, message=words)], words=words)


for _name in NAMES:
    setattr(AssumptionsForm, _name, _number(_name))


class RequestForm(Form):
    """An invented request, as staff write it."""

    refusal_fields = {"request_judged": "kind"}

    title = StringField(
        _l("In one line, what is asked for?"),
        validators=[InputRequired(_l("Say what is asked for.")), Length(max=200)],
    )
    kind = RadioField(
        _l("What kind of request is it?"),
        choices=labels.choices(KINDS),
        default=RequestKind.NEW.value,
        validators=[InputRequired(_l("Choose one."))],
    )

    def facts(self) -> dict[RequestFact, str]:
        """Fact -> words."""
        return {fact: self[fact.value].data or "" for fact in RequestFact}

    def fact_fields(self) -> Iterator[Field]:
        """The fields of the facts, in order."""
        return (self[fact.value] for fact in RequestFact)


for _fact in RequestFact:
    setattr(
        RequestForm,
        _fact.value,
        TextAreaField(FACTS[_fact], validators=[InputRequired(_l("Write one or two sentences.")), Length(max=400)]),
    )
