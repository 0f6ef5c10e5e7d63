"""What a warning about personal data says: what was found, where it stands, and the words without it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import AnyOf, Optional

from deliberation.personal_data import PersonalData, find_personal_data, marked, without

PERSONAL_DATA = {
    PersonalData.EMAIL: _l("an e-mail address"),
    PersonalData.NHS_NUMBER: _l("an NHS number"),
    PersonalData.PHONE: _l("a phone number"),
    PersonalData.POSTCODE: _l("a postcode"),
    PersonalData.NAME: _l("a name"),
}
NOT_CARRIED = frozenset({"csrf_token", "keep"})


class MindsPersonalData:
    """For any form with somebody's own words: what they chose once a warning about personal data was shown.

    `keep` is "yes" (keep the words as they are), "take_out" (without what was found) or "change" (back to the box).
    """

    keep = HiddenField(validators=[Optional(), AnyOf(["yes", "take_out", "change"])])


@dataclass(frozen=True)
class Part:
    """A piece of the words; `kind` is None where nothing was found."""

    kind: PersonalData | None
    words: str


@dataclass(frozen=True)
class PersonalDataWarning:
    """Everything the warning shows; `carried` are the fields of the form that has to be sent again."""

    kinds: list[str]
    parts: list[Part]
    without: str
    carried: list[tuple[str, str]]


def warning_about(text: str, sent: Iterable[tuple[str, str]]) -> PersonalDataWarning | None:
    """The warning for a text, None when nothing was found; `sent` are the names and values that came with it."""
    found = find_personal_data(text)
    if not found:
        return None
    kinds = dict.fromkeys(one.kind for one in found)
    return PersonalDataWarning(
        kinds=[str(PERSONAL_DATA[kind]) for kind in kinds],
        parts=[Part(kind, words) for kind, words in marked(text, found)],
        without=without(text, found),
        carried=[(name, value) for name, value in sent if name not in NOT_CARRIED],
    )
