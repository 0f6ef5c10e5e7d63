"""Forms of meetings: when and where, the agenda, interests, attendance, notes, actions."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import meeting_labels
from app.forms.base import Form
from app.forms.times import FORMAT, to_utc
from app.models.meetings import AgendaItem, OversightMeeting
from app.models.oversight import OversightMember, ReviewGate
from app.queries.meetings import MeetingRecord
from deliberation.meetings import AgendaKind, Attended, Presence

_LONG = _l("This is much too long.")
OTHER = "other"
"""The owner of an action who is no member."""


class MeetingForm(Form):
    """When and where a meeting is."""

    refusal_fields = {"link_wrong": "link", "minutes_out_of_range": "minutes"}

    starts_at = DateTimeLocalField(_l("Starts"), format=FORMAT, validators=[InputRequired(_l("Enter day and time."))])
    minutes = IntegerField(
        _l("Minutes"),
        default=90,
        validators=[
            InputRequired(_l("Enter the minutes as a whole number.")),
            NumberRange(1, 1440, _l("Enter whole minutes, at most a day.")),
        ],
    )
    place = StringField(_l("Place"), validators=[Optional(), Length(max=200, message=_LONG)])
    link = StringField(_l("Link to join"), validators=[Optional(), Length(max=400, message=_LONG)])
    note = TextAreaField(_l("What members should know beforehand"), validators=[Optional(), Length(max=4000)])

    def values(self, zone: str) -> dict[str, Any]:
        """What was typed, as the services take it."""
        return {
            "starts_at": to_utc(self.starts_at.data, zone),
            "minutes": self.minutes.data,
            "place": self.place.data or "",
            "link": self.link.data or "",
            "note": self.note.data or "",
        }


class ItemForm(Form):
    """One more part of an agenda."""

    refusal_fields = {"words_empty": "title", "words_too_long": "title"}

    title = StringField(_l("What to talk about"), validators=[Optional(), Length(max=1000, message=_LONG)])
    gate = SelectField(_l("About a review gate"), validators=[Optional()])

    def offer(self, gates: Iterable[ReviewGate]) -> "ItemForm":
        """Sets the gates to choose from."""
        rows = [SelectChoice(str(one.public_id), f"{one.code} {one.title}") for one in gates]
        self.gate.choices = [SelectChoice("", gettext("No gate")), *rows]
        return self


class DeclareForm(Form):
    """What a member declares at a meeting; nothing filled in says "nothing to add"."""

    refusal_fields = {"words_too_long": "text", "conflict_without_words": "text", "declarations_item": "items"}

    text = TextAreaField(_l("Interests in what is on the agenda"), validators=[Length(max=20_000, message=_LONG)])
    items = SelectMultipleField(
        _l("Parts to step out of"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )

    def offer(self, items: Iterable[AgendaItem]) -> "DeclareForm":
        """Sets the parts of the agenda that one can step out of."""
        self.items.choices = [
            SelectChoice(str(one.public_id), f"{place}. {one.title}")
            for place, one in enumerate(items, 1)
            if one.kind is not AgendaKind.DECLARATIONS
        ]
        return self

    def chosen(self, meeting: OversightMeeting) -> list[AgendaItem]:
        """The parts that were ticked."""
        wanted = set(self.items.data or [])
        return [one for one in meeting.items if str(one.public_id) in wanted]


class AttendanceForm(Form):
    """One choice for each member: `attendance_form` adds the fields."""

    def wanted(self, record: MeetingRecord) -> list[Attended]:
        """The lines of the attendance; who has none chosen is left out."""
        lines = []
        for person in record.people:
            chosen = self._fields[_field(person.member)].data
            if chosen:
                presence = Presence(chosen)
                instead = person.member.deputy_of_id if presence is Presence.DEPUTY else None
                lines.append(Attended(person.member.id, presence, instead))
        return lines


def attendance_form(record: MeetingRecord, *, bound: bool) -> AttendanceForm:
    """The form for those who belonged to the group on the day.

    Args:
        bound: read what was sent; otherwise show what is recorded.
    """
    fields: dict[str, Any] = {}
    for person in record.people:
        fields[_field(person.member)] = SelectField(
            person.member.name,
            choices=_ways(person.member),
            default=person.attendance.presence.value if person.attendance else "",
            validators=[Optional()],
        )
    kind = type("AttendanceOfMeeting", (AttendanceForm,), fields)
    made: AttendanceForm = kind() if bound else kind(formdata=None)
    return made


class NotesForm(Form):
    """A box for each part of the agenda: `notes_form` adds the fields."""

    def notes(self, items: Iterable[AgendaItem]) -> list[tuple[AgendaItem, str]]:
        """Each part with what was typed."""
        return [(one, self._fields[_field(one)].data or "") for one in items]


def notes_form(items: Sequence[AgendaItem], *, bound: bool) -> NotesForm:
    """The form for these parts, filled with what was sent or with what is recorded."""
    fields: dict[str, Any] = {
        _field(one): TextAreaField(
            f"{place}. {one.title}", default=one.note, validators=[Length(max=40_000, message=_LONG)]
        )
        for place, one in enumerate(items, 1)
    }
    kind = type("NotesOfMeeting", (NotesForm,), fields)
    made: NotesForm = kind() if bound else kind(formdata=None)
    return made


class ActionForm(Form):
    """Who does what by when, whether it is done, and what came of it."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "owner_missing": "owner"}

    text = TextAreaField(_l("What will be done"), validators=[Length(max=5000, message=_LONG)])
    member = SelectField(_l("Who does it"), validators=[Optional()])
    owner = StringField(_l("Somebody who is no member"), validators=[Optional(), Length(max=200, message=_LONG)])
    due_on = DateField(_l("By when"), validators=[Optional()])
    is_done = BooleanField(_l("It is done"))
    outcome = TextAreaField(_l("What came of it"), validators=[Optional(), Length(max=4000, message=_LONG)])

    def offer(self, members: Iterable[OversightMember]) -> "ActionForm":
        """Sets the members to choose from."""
        rows = [SelectChoice(str(one.public_id), one.name) for one in members]
        self.member.choices = [SelectChoice("", gettext("Somebody else")), *rows]
        return self


def _field(row: OversightMember | AgendaItem) -> str:
    """The name of the field of one row."""
    return f"of_{row.public_id.hex}"


def _ways(member: OversightMember) -> list[SelectChoice]:
    """How this member can have come."""
    ways = [Presence.PRESENT, Presence.APOLOGIES]
    if member.is_observer:
        ways = [Presence.OBSERVER, Presence.APOLOGIES]
    elif member.deputy_of_id is not None:
        ways = [Presence.DEPUTY, Presence.OBSERVER]
    labels = [SelectChoice(one.value, meeting_labels.PRESENCES[one]) for one in ways]
    if member.deputy_of is not None:
        labels[0] = SelectChoice(
            Presence.DEPUTY.value, gettext("Deputy for %(name)s", name=member.deputy_of.name)
        )
    return [SelectChoice("", gettext("Not recorded")), *labels]
