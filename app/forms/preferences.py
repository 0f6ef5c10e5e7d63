"""Forms of preference questions: setting one up, giving dots, putting options in order, saying what is acceptable."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.fields import UuidField
from app.forms.lines import lines_of
from app.models.preferences import PreferenceOption, PreferenceQuestion
from app.models.stewardship import StewardshipModel
from app.models.voting import Statement
from deliberation.preferences import (
    DOTS,
    MOST_OPTIONS,
    Answer,
    OptionSource,
    OptionWords,
    PreferenceKind,
    QuestionFacts,
    Shift,
)
from deliberation.stewardship import Acceptance

_AGAIN = _l("This page is not complete. Load it again and send it once more.")


class BallotForm(Form):
    """What every ballot carries: a key, and the two answers that are always offered."""

    client_key = UuidField(validators=[DataRequired(_AGAIN)])
    none = BooleanField(_l("None of these"))
    no_access = BooleanField(_l("No one should get the scans for AI"))


class DotsForm(BallotForm):
    """Ticks on one page of options."""

    refusal_fields = {"too_many_dots": "dots", "dots_and_none": "none", "unknown_answer": "dots"}

    dots = SelectMultipleField(validators=[Optional()])

    def offer(self, question: PreferenceQuestion, options: Sequence[PreferenceOption]) -> "DotsForm":
        """The options of this page, in the order this person sees them."""
        self.dots.label.text = ngettext(
            "You have %(num)s dot. What do you give it to?",
            "You have %(num)s dots. What do you give them to?",
            question.dots,
        )
        self.dots.choices = [(one.key, one.text) for one in options]
        return self


class OrderForm(BallotForm):
    """The order itself is read by `read_places` and `read_press`; `order` is where what is wrong with it is said."""

    refusal_fields = {"nothing_in_order": "order", "unknown_answer": "order"}

    order = HiddenField(_l("Your order"))


class AcceptForm(Form):
    """Two radios an option, read by `read_acceptance`."""

    client_key = UuidField(validators=[DataRequired(_AGAIN)])


class QuestionForm(Form):
    """A preference question as a facilitator writes it."""

    refusal_fields = {
        "too_few_options": "options",
        "too_many_options": "options",
        "same_option_twice": "options",
        "words_too_long": "options",
        "words_empty": "title",
        "impossible_dots": "dots",
        "impossible_seats": "seats",
    }

    kind = RadioField(
        _l("How do people answer?"),
        choices=labels.choices(labels.PREFERENCE_KINDS),
        validators=[InputRequired(_l("Choose how people answer."))],
    )
    title = StringField(
        _l("The question, in plain words"), validators=[InputRequired(_l("Write the question.")), Length(max=200)]
    )
    explain = TextAreaField(_l("One or two lines under it (optional)"), validators=[Optional(), Length(max=600)])
    options = TextAreaField(_l("What people choose from"), validators=[Optional(), Length(max=MOST_OPTIONS * 320)])
    models = SelectMultipleField(_l("Add models"), validators=[Optional()])
    statements = SelectMultipleField(_l("Add statements"), validators=[Optional()])
    dots = IntegerField(
        _l("How many dots each person has"), default=DOTS, validators=[Optional(), NumberRange(1, MOST_OPTIONS)]
    )
    seats = IntegerField(
        _l("How many are chosen in the end"), default=DOTS, validators=[Optional(), NumberRange(1, MOST_OPTIONS)]
    )
    asks_acceptance = BooleanField(_l("Ask of each one whether the person could accept it"), default=True)
    is_shuffled = BooleanField(_l("Show them in another order to each person"), default=True)

    def offer(self, models: Iterable[StewardshipModel], statements: Iterable[Statement]) -> "QuestionForm":
        """What can be added beside typed words."""
        self._models, self._statements = list(models), list(statements)
        self.models.choices = [(str(one.public_id), one.name) for one in self._models]
        self.statements.choices = [(str(one.public_id), f"{one.number}. {one.text}") for one in self._statements]
        return self

    def facts(self) -> QuestionFacts:
        """What was said about the question."""
        kind = PreferenceKind(self.kind.data)
        return QuestionFacts(
            kind=kind,
            title=self.title.data or "",
            explain=self.explain.data or "",
            dots=self.dots.data or DOTS,
            seats=self.seats.data or DOTS,
            asks_acceptance=bool(self.asks_acceptance.data),
            is_shuffled=bool(self.is_shuffled.data),
        )

    def words(self, present: Sequence[PreferenceOption] = ()) -> list[OptionWords]:
        """The options: typed lines (those that stand for something go on doing so), then what was ticked."""
        known = {one.text: OptionWords(one.text, one.source, one.ref) for one in present}
        found = [known.get(line, OptionWords(line)) for line in lines_of(self.options.data)]
        for one in self._models:
            if str(one.public_id) in (self.models.data or []):
                found.append(OptionWords(one.name, OptionSource.MODEL, one.public_id))
        for row in self._statements:
            if str(row.public_id) in (self.statements.data or []):
                found.append(OptionWords(row.text, OptionSource.STATEMENT, row.public_id))
        by_ref = {one.ref or place: one for place, one in reversed(list(enumerate(found)))}
        return [one for place, one in enumerate(found) if by_ref[one.ref or place] is one]


def question_data(question: PreferenceQuestion) -> dict[str, Any]:
    """What the form shows of a question that is there."""
    return {
        "kind": question.kind.value,
        "title": question.title,
        "explain": question.explain,
        "options": "\n".join(one.text for one in question.options),
        "dots": question.dots,
        "seats": question.seats,
        "asks_acceptance": question.asks_acceptance,
        "is_shuffled": question.is_shuffled,
    }


def read_places(options: Sequence[PreferenceOption], sent: MultiDict[str, str]) -> dict[str, int]:
    """Option -> place from `place-ID`; an empty one is left out."""
    typed = {one.key: sent.get(f"place-{one.key}", "") for one in options}
    return {key: int(text) for key, text in typed.items() if text.isdecimal() and 1 <= int(text[:3]) <= MOST_OPTIONS}


def read_press(sent: MultiDict[str, str]) -> tuple[str, Shift] | None:
    """The button that was pressed, as `up:ID`; None where it was Save."""
    word, _, key = sent.get("press", "").partition(":")
    return (key, Shift(word)) if key and word in list(Shift) else None


def read_acceptance(options: Sequence[PreferenceOption], sent: MultiDict[str, str]) -> dict[str, Acceptance]:
    """Option -> what was said from `accept-ID`; no word on one is no answer."""
    said = {one.key: sent.get(f"accept-{one.key}", "") for one in options}
    return {key: Acceptance(word) for key, word in said.items() if word in list(Acceptance)}


def said_in_words(question: PreferenceQuestion, answer: Answer) -> list[str]:
    """A person's answer read back, a line for each thing: "1. Data trust", "A dot for ..."."""
    lines = []
    for one in sorted(question.options, key=lambda option: answer.places.get(option.key, 999)):
        if one.key in answer.places:
            lines.append(f"{answer.places[one.key]}. {one.text}")
        elif one.key in answer.dots:
            lines.append(one.text)
    if answer.is_none:
        lines.append(gettext("None of these"))
    if answer.no_access:
        lines.append(gettext("No one should get the scans for AI"))
    return lines
