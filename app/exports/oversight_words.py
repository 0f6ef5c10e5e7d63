"""Words about the Oversight Group that its pages and files share: people, advice, answers, the quorum."""

from datetime import date

from flask_babel import format_date, gettext, ngettext

from app.models.advice import Advice, AdviceAnswer
from app.models.meetings import OversightAction
from app.models.oversight import OversightMember
from deliberation.meetings import Quorum
from deliberation.oversight import Response, Severity

SYNTHETIC = "SYNTHETIC: no real person said this"


def named(member: OversightMember) -> str:
    """Name and organisation."""
    return f"{member.name} ({member.organisation})" if member.organisation else member.name


def severity_words(severity: Severity) -> str:
    """How much hangs on a piece of advice."""
    return str(
        {
            Severity.MUST_FIX: gettext("must fix"),
            Severity.SHOULD: gettext("should"),
            Severity.CONSIDER: gettext("consider"),
        }[severity]
    )


def response_words(response: Response) -> str:
    """What was done with a piece of advice."""
    return str(
        {
            Response.ACCEPTED: gettext("accepted"),
            Response.PARTLY: gettext("accepted in part"),
            Response.NOT_ACCEPTED: gettext("not accepted"),
            Response.OUT_OF_SCOPE: gettext("out of scope"),
            Response.DEFERRED: gettext("deferred"),
        }[response]
    )


def from_whom(advice: Advice) -> str:
    """The member who let their name stand, or the group."""
    return advice.member.name if advice.is_named else str(gettext("the group"))


def answer_words(answer: AdviceAnswer | None) -> str:
    """The answer in one sentence, with the version in which something changed."""
    if answer is None:
        return str(gettext("not answered yet"))
    words = f"{response_words(answer.response)}: {answer.reason}" if answer.reason else response_words(answer.response)
    if not answer.changed_in:
        return words
    changed = gettext("changed in %(version)s", version=answer.changed_in)
    return f"{words} ({changed})"


def quorum_words(found: Quorum) -> str:
    """How many seats were filled, how many it takes, and what follows."""
    there = ngettext(
        "%(num)s of %(seats)s members was there or had a deputy.",
        "%(num)s of %(seats)s members were there or had a deputy.",
        found.counted,
        seats=found.seats,
    )
    needed = ngettext("The quorum is %(num)s.", "The quorum is %(num)s.", max(found.needed, 1))
    if found.is_reached:
        return str(gettext("%(there)s %(needed)s The meeting was quorate.", there=there, needed=needed))
    return str(
        gettext(
            "%(there)s %(needed)s The meeting was not quorate: what it said is from those who were there, "
            "not from the group.",
            there=there,
            needed=needed,
        )
    )


def owner_words(action: OversightAction) -> str:
    """Who does it."""
    return action.member.name if action.member is not None else action.owner


def day_words(day: date | None) -> str:
    """A day in the page's language; empty for none."""
    return str(format_date(day, "d MMMM y")) if day is not None else ""
