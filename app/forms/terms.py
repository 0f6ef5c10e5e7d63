"""Forms of the Terms of Reference: a clause's words, its place, and evidence under it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Optional

from app.forms import labels
from app.forms.base import Form
from deliberation.terms import LinkStance, WordingKind

CHECKS: Mapping[str, LazyString] = {
    "required_empty": _l("This section has to hold a clause before the document can be published."),
    "bare": _l("No finding supports this clause."),
    "withdrawn": _l("A finding under this clause has been withdrawn."),
    "says_public": _l("The clause speaks of the public or of everyone; the evidence is from this dialogue's people."),
    "few_people": _l("Fewer than half of the people who voted saw the statements that support this."),
    "one_table": _l("This rests on words from one table only."),
    "dropped_dissent": _l("More than a quarter voted the other way, and no linked finding says so."),
    "draft_theme": _l("This rests on a theme that no person has checked yet."),
    "other_words": _l("Participants' words and the commissioner's words differ. Both are shown."),
}
"""Code of a check -> its sentence. A check warns; only a missing required section blocks publishing."""


class ClauseForm(Form):
    """The words of a clause, and whose words they are."""

    refusal_fields = {"words_empty": "text", "words_too_long": "text", "unchanged": "text"}

    text = TextAreaField(_l("The clause"), validators=[InputRequired(_l("Write the clause."))])
    kind = RadioField(
        _l("Whose words are these?"),
        choices=[SelectChoice(one.value, labels.WORDING_KINDS[one]) for one in WordingKind],
        default=WordingKind.COMMISSIONER.value,
        validators=[InputRequired()],
    )


class LinkForm(Form):
    """A finding put under a clause."""

    refusal_fields = {
        "finding_withdrawn": "finding",
        "already_linked": "finding",
    }

    finding = SelectField(_l("Finding"), validators=[InputRequired(_l("Choose a finding."))])
    stance = RadioField(
        _l("What does it do for this clause?"),
        choices=[SelectChoice(one.value, labels.LINK_STANCES[one]) for one in LinkStance],
        default=LinkStance.SUPPORTS.value,
        validators=[InputRequired()],
    )
    why = TextAreaField(_l("Why?"), validators=[Optional()])


class MoveForm(Form):
    """One place up or down."""

    shift = HiddenField(validators=[AnyOf(["up", "down"])])
