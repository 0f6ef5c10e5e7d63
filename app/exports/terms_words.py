"""The sentences of the Terms of Reference that pages and files share."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, ngettext

from app.queries.analysis import Tally
from app.queries.conditions import ConditionLine
from app.queries.evidence import Resting
from app.queries.research_terms import NamedQuestion
from deliberation.research_questions import ResearchState
from deliberation.terms import LinkStance, WordingKind

SYNTHETIC = "SYNTHETIC: no real person said this"
"""Never translated: the word has to be the same on each page and file."""


def counts(tally: Tally) -> str:
    """Whole numbers, never percentages: "31 agree, 4 disagree, 12 pass, of 47 who voted"."""
    if not tally.is_open:
        return str(gettext("Fewer than 20 people voted on this, so the numbers are not shown."))
    return str(
        gettext(
            "%(agree)s agree, %(disagree)s disagree, %(passed)s pass, of %(seen)s who voted",
            agree=f"{tally.agree:,}",
            disagree=f"{tally.disagree:,}",
            passed=f"{tally.passed:,}",
            seen=f"{tally.seen:,}",
        )
    )


def rests_on(rest: Resting) -> str:
    """The one sentence above a walk back."""
    if not rest.findings:
        return str(gettext("This clause rests on no finding yet."))
    parts = [
        ngettext("%(num)s finding", "%(num)s findings", rest.findings),
        ngettext("%(num)s theme", "%(num)s themes", rest.themes),
        ngettext("%(num)s statement", "%(num)s statements", rest.statements),
    ]
    if rest.comments:
        parts.append(ngettext("%(num)s comment", "%(num)s comments", rest.comments))
    if rest.conditions:
        parts.append(ngettext("%(num)s condition", "%(num)s conditions", rest.conditions))
    sentence = gettext(
        "This clause rests on %(parts)s and %(votes)s votes, in a dialogue where %(people)s people voted. "
        "%(against)s of these votes went the other way.",
        parts=", ".join(parts),
        votes=f"{rest.votes:,}",
        people=f"{rest.people:,}",
        against=f"{rest.against:,}",
    )
    if rest.hidden:
        sentence += " " + ngettext(
            "%(num)s statement is not counted here, because fewer than 20 people voted on it.",
            "%(num)s statements are not counted here, because fewer than 20 people voted on them.",
            rest.hidden,
        )
    return str(sentence)


def only_if(lines: Sequence[ConditionLine]) -> str:
    """What a clause depends on, in people's own words; those that cannot be quoted are counted."""
    quoted = "; ".join(f"“{one.text}”" for one in lines if one.text is not None)
    return " ".join(part for part in (quoted, unquoted_conditions(lines)) if part)


def unquoted_conditions(lines: Sequence[ConditionLine]) -> str:
    """How many conditions are not quoted; empty for none."""
    count = sum(one.text is None for one in lines)
    if not count:
        return ""
    return str(ngettext("(%(num)s condition that is not quoted)", "(%(num)s conditions that are not quoted)", count))


def gone() -> str:
    """In place of words that are no longer shown."""
    return str(gettext("(These words are no longer shown. The numbers stay.)"))


def stances() -> Mapping[LinkStance, str]:
    """Why a finding is under a clause."""
    return {LinkStance.SUPPORTS: str(gettext("supports")), LinkStance.TEMPERS: str(gettext("pulls the other way"))}


def wordings() -> Mapping[WordingKind, str]:
    """Whose words a wording is."""
    return {
        WordingKind.PARTICIPANTS: str(gettext("The participants' wording")),
        WordingKind.COMMISSIONER: str(gettext("The commissioner's wording")),
    }


def research_states() -> Mapping[ResearchState, str]:
    """What became of a research question that a clause names."""
    return {
        ResearchState.INCLUDED: str(gettext("included")),
        ResearchState.REFRAMED: str(gettext("included in other words")),
        ResearchState.PARKED: str(gettext("put aside for later")),
        ResearchState.DECLINED: str(gettext("not taken up")),
    }


def research_facts(one: NamedQuestion) -> str:
    """How many source questions, its priority, and edits since participants saw it, in one line."""
    parts = [ngettext("%(num)s source question", "%(num)s source questions", one.sources)]
    if one.rank is not None:
        parts.append(gettext("place %(rank)s in the participants' order", rank=one.rank))
    if one.approvals is not None:
        parts.append(ngettext("approved by %(num)s person", "approved by %(num)s people", one.approvals))
    if one.edits:
        parts.append(
            ngettext(
                "reworded %(num)s time since it was raised", "reworded %(num)s times since it was raised", one.edits
            )
        )
    else:
        parts.append(gettext("in the words in which it was raised"))
    return ", ".join(str(part) for part in parts)
