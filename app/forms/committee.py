"""Forms of the access committee: declaring, scoring, asking, answering points, dissent and the decision."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import committee_labels, labels
from app.forms.base import Form
from app.models.register import ApplicationFinding
from deliberation.committee import ConditionDraft, DecisionDraft, Outcome, ReportUse
from deliberation.rubric import Criterion, Level, RubricPart

_LONG = Length(max=20_000, message=_l("This is much too long."))
_DAY = _l("This is not a day. An example is 2027-03-31.")
ROWS = 5
"""Boxes for conditions on the decision's page."""
QUERY_DAYS = 14


class DateBox(DateField):
    """A day, or nothing; anything else is an error in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads YYYY-MM-DD."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            raise ValueError(_DAY) from None


class InterestForm(Form):
    """What a member has to do with the applicant."""

    refusal_fields = {"interest_words_missing": "words", "words_too_long": "words"}

    stands = RadioField(
        _l("Do you take part?"),
        choices=[
            SelectChoice("yes", _l("Yes, I take part")),
            SelectChoice("aside", _l("No, I stand aside")),
        ],
        validators=[InputRequired(_l("Say whether you take part."))],
    )
    words = TextAreaField(_l("Your interests in this application"), validators=[Optional(), _LONG])


class AwayForm(Form):
    """The chair notes who takes no part."""

    refusal_fields = {"away_words_missing": "words", "is_recused": "member", "scores_are_in": "member"}

    member = SelectField(_l("Member"), validators=[InputRequired(_l("Choose a member."))])
    words = StringField(_l("Why"), validators=[Optional(), Length(max=500)])


class ScoreForm(Form):
    """The levels are read by `levels_in`, because the rubric is data."""


def levels_in(form: MultiDict[str, str], criteria: Iterable[Criterion]) -> tuple[dict[str, str], dict[str, str]]:
    """(criterion key -> level, criterion key -> note) as they were sent."""
    keys = [one.key for one in criteria]
    return (
        {key: form.get(f"level-{key}", "") for key in keys},
        {key: form.get(f"note-{key}", "")[:5000] for key in keys},
    )


class ChangeScoreForm(Form):
    """One level changed after the spread was seen."""

    refusal_fields = {"unchanged": "level", "unknown_answer": "level", "change_reason_missing": "reason"}

    criterion = SelectField(_l("Line"), validators=[InputRequired(_l("Choose a line."))])
    level = SelectField(
        _l("New level"),
        choices=labels.choices(committee_labels.LEVELS),
        validators=[InputRequired(_l("Choose a level."))],
    )
    reason = TextAreaField(_l("Why? It is shown with the change"), validators=[Optional(), _LONG])

    def offer(self, criteria: Iterable[Criterion]) -> "ChangeScoreForm":
        """Sets the lines to choose from."""
        self.criterion.choices = [SelectChoice(one.key, one.words) for one in criteria]
        return self


class QueryForm(Form):
    """A question to the applicant."""

    refusal_fields = {"words_empty": "words", "words_too_long": "words", "due_past": "due_on"}

    words = TextAreaField(_l("Your question to the applicant"), validators=[Optional(), _LONG])
    relies_on_report = BooleanField(_l("It puts to them something that we rely on from the rapporteur’s report"))
    due_on = DateBox(_l("Until when can they answer?"), validators=[InputRequired(_l("Choose a day."))])

    def suggest(self, today: date) -> "QueryForm":
        """A usual day, where none was typed."""
        self.due_on.data = self.due_on.data or today + timedelta(days=QUERY_DAYS)
        return self


class GoOnForm(Form):
    """Going on without an answer."""

    refusal_fields = {"move_why_missing": "why"}

    why = StringField(_l("Why do you go on without an answer?"), validators=[Optional(), Length(max=1000)])


class AnswerForm(Form):
    """The applicant's answer to a question."""

    refusal_fields = {"words_empty": "words", "words_too_long": "words"}

    words = TextAreaField(_l("Your answer"), validators=[Optional(), _LONG])


class DissentForm(Form):
    """A member's own dissent."""

    refusal_fields = {"words_too_long": "words"}

    words = TextAreaField(_l("Where you disagree, and why"), validators=[Optional(), _LONG])
    named = RadioField(
        _l("How is it shown?"),
        choices=[SelectChoice("no", _l("As “one member”")), SelectChoice("yes", _l("With my name"))],
        default="no",
        validators=[InputRequired()],
    )


class DecisionForm(Form):
    """The decision. Answers to points, conditions and findings are read by the functions below."""

    refusal_fields = {
        "decision_reason_missing": "reasons",
        "words_too_long": "reasons",
        "report_use_missing": "report_use",
        "report_not_put": "report_use",
        "purpose_missing": "purpose",
        "window_missing": "starts_on",
        "window_backwards": "ends_on",
        "window_past": "ends_on",
        "review_past": "review_on",
        "conditions_missing": "outcome",
        "conditions_elsewhere": "outcome",
    }

    outcome = RadioField(
        _l("Decision"),
        choices=labels.choices(committee_labels.OUTCOMES),
        validators=[InputRequired(_l("Choose a decision."))],
    )
    reasons = TextAreaField(_l("Reasons"), validators=[Optional(), _LONG])
    consensus = TextAreaField(_l("Where the members agree"), validators=[Optional(), _LONG])
    report_use = RadioField(
        _l("What does the decision take from the rapporteur’s report?"),
        choices=labels.choices(committee_labels.REPORT_USES),
        validators=[Optional()],
    )
    purpose = TextAreaField(_l("Access is granted for"), validators=[Optional(), _LONG])
    starts_on = DateBox(_l("First day"), validators=[Optional()])
    ends_on = DateBox(_l("Last day"), validators=[Optional()])
    review_on = DateBox(_l("Look at it again on (besides two years from now)"), validators=[Optional()])

    def draft(self, conditions: Sequence[ConditionDraft]) -> DecisionDraft:
        """What was typed, as the rule takes it."""
        return DecisionDraft(
            Outcome(self.outcome.data),
            self.reasons.data or "",
            ReportUse(self.report_use.data) if self.report_use.data in set(ReportUse) else None,
            self.purpose.data or "",
            self.starts_on.data,
            self.ends_on.data,
            conditions,
            self.review_on.data,
        )


def conditions_in(form: Mapping[str, str]) -> list[ConditionDraft]:
    """Conditions of which at least one box was filled."""
    found = []
    for number in range(ROWS):
        words, owner, day = (form.get(f"condition-{number}-{name}", "").strip() for name in ("words", "owner", "due"))
        if words or owner or day:
            found.append(ConditionDraft(words[:2000], owner[:200], _day(day)))
    return found


def point_words(form: Mapping[str, str], points: Mapping[uuid.UUID, int]) -> dict[int, str]:
    """Panel point (inner key) -> what was typed beside it. `points`: public id -> inner key."""
    return {key: form[f"point-{public_id}"] for public_id, key in points.items() if f"point-{public_id}" in form}


def cited_in(form: Mapping[str, str], chosen: Iterable[ApplicationFinding]) -> dict[uuid.UUID, str]:
    """Finding's public id -> how it weighed, of those that were ticked."""
    ids = [one.finding.public_id for one in chosen if one.finding is not None]
    return {one: form.get(f"why-{one}", "") for one in ids if form.get(f"cite-{one}")}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


class RubricForm(Form):
    """The rubric, one line each."""

    refusal_fields = {
        "rubric_empty": "lines",
        "rubric_repeated": "lines",
        "rubric_too_long": "lines",
        "unchanged": "lines",
    }

    lines = TextAreaField(_l("Lines of the rubric"), validators=[Optional(), _LONG])

    def fill(self, criteria: Iterable[Criterion]) -> "RubricForm":
        """The present lines, to be typed over."""
        self.lines.data = "\n".join(f"{one.key} | {one.part.value} | {one.words}" for one in criteria)
        return self

    def wanted(self) -> list[Criterion]:
        """The lines as criteria; a line of another shape is an error of the field and left out."""
        found, wrong = [], []
        for number, line in enumerate((self.lines.data or "").splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split("|", 2)]
            if len(parts) != 3 or parts[1] not in set(RubricPart) or not parts[0].isidentifier():
                wrong.append(str(number))
                continue
            found.append(Criterion(parts[0], RubricPart(parts[1]), parts[2]))
        if wrong:
            words = _l("Please look at these lines: %(lines)s.", lines=", ".join(wrong))
            self.lines.errors = [*self.lines.errors, words]
        return found


LEVELS = tuple(Level)
