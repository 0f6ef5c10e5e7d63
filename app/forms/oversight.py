"""Forms of the Oversight Group: its terms, a member, leaving, interests."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms.base import Form
from app.forms.fields import WholeNumberField
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account
from app.queries.oversight import GroupTerms, MemberFacts

_WORDS = [Optional(), Length(max=20_000)]
_DAYS = _l("Write whole days, such as 7.")


class GroupForm(Form):
    """The terms of the group."""

    refusal_fields = {"name_missing": "name", "ends_before_it_starts": "ends_on", "lead_not_here": "lead"}

    name = StringField(_l("Name of the group"), validators=[InputRequired(_l("Give it a name.")), Length(max=200)])
    remit = TextAreaField(_l("Remit"), validators=_WORDS)
    terms = TextAreaField(_l("Terms"), validators=_WORDS)
    quorum = WholeNumberField(
        _l("Quorum"),
        validators=[Optional(), NumberRange(0, 200)],
        words=_l("Write a whole number, such as 5."),
        default=0,
    )
    starts_on = DateField(_l("First day"), validators=[Optional()])
    ends_on = DateField(_l("Last day"), validators=[Optional()])
    lead = SelectField(_l("Lead of the dialogue"), validators=[Optional()])
    pack_days = WholeNumberField(
        _l("Days between a pack and its meeting"), validators=[Optional(), NumberRange(0, 90)], words=_DAYS, default=7
    )
    clearance_days = WholeNumberField(
        _l("Days after which minutes are clear"), validators=[Optional(), NumberRange(0, 90)], words=_DAYS, default=7
    )
    publication_rules = TextAreaField(_l("What is published, and when"), validators=_WORDS)
    publishes_members = BooleanField(_l("Publish who the members are, with their interests"), default=True)
    publishes_minutes = BooleanField(_l("Publish minutes once they are clear"), default=True)
    publishes_advice = BooleanField(_l("Publish advice with its answers"), default=True)

    def offer(self, leads: Iterable[Account]) -> "GroupForm":
        """Sets the facilitators to choose from."""
        named = [SelectChoice(str(one.public_id), one.display_name) for one in leads]
        self.lead.choices = [SelectChoice("", gettext("Nobody yet")), *named]
        return self

    def values(self, leads: Iterable[Account]) -> GroupTerms:
        """What was typed, as the service takes it."""
        plain = {
            name: field.data
            for name, field in self._fields.items()
            if name not in {"lead", "csrf_token"} and field.data is not None
        }
        return GroupTerms(**plain, lead=_chosen(self.lead.data, leads))

    @staticmethod
    def present(group: OversightGroup) -> dict[str, Any]:
        """What stands there now, for a form."""
        names = ("name", "remit", "terms", "quorum", "starts_on", "ends_on", "pack_days", "clearance_days")
        rules = ("publication_rules", "publishes_members", "publishes_minutes", "publishes_advice")
        return {name: getattr(group, name) for name in (*names, *rules)} | {
            "lead": str(group.lead.public_id) if group.lead else ""
        }


class MemberForm(Form):
    """A member, deputy or observer."""

    refusal_fields = {
        "name_missing": "name", "chair_taken": "is_chair", "chair_observes": "is_observer", "own_deputy": "deputy_of",
        "not_an_overseer": "account", "account_taken": "account", "ck_oversight_member_left_on": "joined_on",
    }  # fmt: skip

    name = StringField(_l("Name"), validators=[InputRequired(_l("Type a name.")), Length(max=200)])
    organisation = StringField(_l("Organisation"), validators=[Optional(), Length(max=200)])
    account = SelectField(_l("Signs in with"), validators=[Optional()])
    is_chair = BooleanField(_l("Chairs the group"))
    is_observer = BooleanField(_l("Observes: reads everything, gives no advice and does not count for the quorum"))
    deputy_of = SelectField(_l("Deputy of"), validators=[Optional()])
    joined_on = DateField(_l("In the group since"), validators=[Optional()])
    interests = TextAreaField(_l("Interests for the whole term"), validators=[Optional(), Length(max=4000)])

    def offer(self, accounts: Iterable[Account], members: Iterable[OversightMember]) -> "MemberForm":
        """Sets the overseers' accounts and the members to choose from."""
        self.account.choices = [
            SelectChoice("", gettext("No account: somebody else speaks for them")),
            *(SelectChoice(str(one.public_id), f"{one.display_name}, {one.email}") for one in accounts),
        ]
        self.deputy_of.choices = [
            SelectChoice("", gettext("Nobody")),
            *(SelectChoice(str(one.public_id), one.name) for one in members),
        ]
        return self

    def values(self, accounts: Iterable[Account], members: Iterable[OversightMember]) -> MemberFacts:
        """What was typed, as the service takes it."""
        return MemberFacts(
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            joined_on=self.joined_on.data,
            account=_chosen(self.account.data, accounts),
            is_chair=bool(self.is_chair.data),
            is_observer=bool(self.is_observer.data),
            deputy_of=_chosen(self.deputy_of.data, members),
            interests=self.interests.data or "",
        )

    @staticmethod
    def present(member: OversightMember) -> dict[str, Any]:
        """What stands there now, for a form."""
        names = ("name", "organisation", "is_chair", "is_observer", "joined_on", "interests")
        return {name: getattr(member, name) for name in names} | {
            "account": str(member.account.public_id) if member.account else "",
            "deputy_of": str(member.deputy_of.public_id) if member.deputy_of else "",
        }


class LeaveForm(Form):
    """From which day a member is no longer in the group."""

    refusal_fields = {"left_before_joining": "left_on"}

    left_on = DateField(_l("Last day in the group"), validators=[InputRequired(_l("Say which day."))])

    def day(self) -> date:
        """The day; only after `validate`."""
        assert self.left_on.data is not None
        return self.left_on.data


class InterestsForm(Form):
    """A member's own interests."""

    refusal_fields = {"words_empty": "interests", "words_too_long": "interests"}

    interests = TextAreaField(
        _l("Your interests"), validators=[InputRequired(_l("Say what interests you have, or “none”."))]
    )


def _chosen(value: str | None, rows: Iterable[Any]) -> Any:
    """The row whose public id was chosen, if any."""
    try:
        wanted = uuid.UUID(value) if value else None
    except ValueError:
        return None
    return next((one for one in rows if one.public_id == wanted), None)
