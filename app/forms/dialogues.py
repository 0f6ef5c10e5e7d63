"""Making a dialogue, and editing its words and settings."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.forms import labels
from app.forms.base import Form
from app.forms.lines import rows_of
from app.forms.times import FORMAT
from deliberation.consent import OPTIONAL, Purpose
from deliberation.sessions import DialogueMode

BLANK = "blank"
SOURCE_NAMES = ("key", "title", "url")
WORDS = [Optional(), Length(max=20_000)]


def _needed(what: Any) -> list[Any]:
    return [InputRequired(what)]


class NewDialogueForm(Form):
    """From a kit or from blank."""

    kit = RadioField(_l("What do you want to start from?"), validators=_needed(_l("Choose a kit or blank.")))
    title = StringField(_l("Title"), validators=[Optional(), Length(max=200)])
    question = TextAreaField(_l("The central question"), validators=[Optional(), Length(max=1000)])
    mode = RadioField(
        _l("Who takes part?"),
        choices=labels.choices(labels.DIALOGUE_MODES),
        default=DialogueMode.PANEL.value,
        validators=_needed(_l("Choose who takes part.")),
    )
    starts_at = DateTimeLocalField(_l("First session starts (if you know)"), format=FORMAT, validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """From blank, a title and a question are needed; a kit brings its own."""
        fine = bool(super().validate(extra_validators))
        if self.kit.data == BLANK:
            for field, words in (
                (self.title, gettext("Give the dialogue a title.")),
                (self.question, gettext("Write the central question.")),
            ):
                if not (field.data or "").strip():
                    field.errors = [*field.errors, words]
                    fine = False
        return fine


class DialogueForm(Form):
    """Everything about a dialogue that is words or a setting."""

    refusal_fields = {"mode_fixed": "mode", "unknown_timezone": "timezone"}

    title = StringField(_l("Title"), validators=[*_needed(_l("Give the dialogue a title.")), Length(max=200)])
    short_title = StringField(
        _l("Short title"), validators=[*_needed(_l("Give the dialogue a short title.")), Length(max=60)]
    )
    question = TextAreaField(
        _l("The central question"), validators=[*_needed(_l("Write the central question.")), Length(max=1000)]
    )
    mode = RadioField(_l("Who takes part?"), choices=labels.choices(labels.DIALOGUE_MODES))
    timezone = SelectField(_l("Time zone"), validators=[Optional()])
    moderates_first = BooleanField(_l("Words are checked before everyone sees them"))
    organiser = StringField(_l("Organiser"), validators=[Optional(), Length(max=200)])
    contact_name = StringField(_l("Person to talk to"), validators=[Optional(), Length(max=200)])
    contact_phone = StringField(_l("Their phone number"), validators=[Optional(), Length(max=40)])
    summary = TextAreaField(_l("Summary"), validators=WORDS)
    welcome = TextAreaField(_l("Welcome: what, when, how long, thank-you"), validators=WORDS)
    how_it_is_used = TextAreaField(_l("What becomes of it"), validators=WORDS)
    thank_you = TextAreaField(_l("Thanks"), validators=WORDS)
    notice = TextAreaField(_l("Notice: what is invented, and who does not endorse this"), validators=WORDS)
    sources = TextAreaField(_l("Sources"), validators=WORDS)
    privacy_notice = TextAreaField(
        _l("Privacy notice"), validators=[*_needed(_l("Write the privacy notice.")), Length(max=20_000)]
    )
    take_part = TextAreaField(
        _l("Consent to take part"),
        validators=[*_needed(_l("Write the words of the consent to take part.")), Length(max=20_000)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted({*available_timezones(), *filter(None, [self.timezone.data])})
        self.timezone.choices = [SelectChoice(name, name) for name in names]

    def consent_texts(self) -> dict[Purpose, tuple[str, str]]:
        """Purpose -> (label, text), as typed."""
        texts = {}
        for purpose in Purpose:
            label = self[f"{purpose.value}_label"].data.strip() if purpose in OPTIONAL else ""
            texts[purpose] = (label, self[purpose.value].data.replace("\r\n", "\n").strip())
        return texts

    def values(self) -> dict[str, Any]:
        """The columns of the dialogue, as typed."""
        names = (
            "title", "short_title", "question", "organiser", "contact_name", "contact_phone",
            "summary", "welcome", "how_it_is_used", "thank_you", "notice", "timezone",
        )  # fmt: skip
        typed: dict[str, Any] = {name: (self[name].data or "").replace("\r\n", "\n").strip() for name in names}
        typed["moderates_first"] = self.moderates_first.data
        typed["sources"] = [row for row in rows_of(self.sources.data, SOURCE_NAMES) if row["key"]]
        if self.mode.data:
            typed["mode"] = DialogueMode(self.mode.data)
        return typed


for _purpose in OPTIONAL:
    setattr(
        DialogueForm,
        f"{_purpose.value}_label",
        StringField(_l("What is asked"), validators=[InputRequired(_l("Write what is asked.")), Length(max=200)]),
    )
    setattr(
        DialogueForm,
        _purpose.value,
        TextAreaField(
            _l("What it changes"), validators=[InputRequired(_l("Write what it changes.")), Length(max=4000)]
        ),
    )
