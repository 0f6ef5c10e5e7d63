"""The words of a request's stops, in each language: titles, what is said by code, and whole-number sentences."""

from collections.abc import Mapping

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _l

from app.forms import labels
from deliberation.requests import (
    Asked,
    Aspect,
    Basis,
    Days,
    Judgement,
    RequestFact,
    RequestKind,
    Said,
    Station,
    Step,
    Total,
)
from deliberation.requests_burden import Burden, Load, Often
from deliberation.stewardship import CombinationQuestion

Words = Mapping[str, LazyString]

TITLES: Words = {
    "arrives": _l("The request comes in"),
    "arrives.again": _l("They want to use the scans again"),
    "rules": _l("Someone sets the rules"),
    "rules.experts": _l("Experts set the rules"),
    "rules.panel_of_people": _l("A panel sets the rules"),
    "rules.parliament": _l("Parliament sets the rules"),
    "rules.patients_vote": _l("All patients vote on the rules"),
    "hear": _l("You hear about it"),
    "hear.not_asked": _l("You hear about it"),
    "hear.opt_out": _l("You are told what goes on"),
    "hear.opt_in": _l("You get a note"),
    "hear.each_time": _l("You are asked"),
    "hear.by_another": _l("Your person is asked"),
    "hear.members_vote": _l("You hear about it"),
    "read.they": _l("They read it"),
    "read.group": _l("The group reads it"),
    "decide": _l("Someone decides"),
    "decide.they": _l("They decide"),
    "decide.group": _l("The group decides"),
    "decide.you": _l("You decide"),
    "decide.by_another": _l("Your person decides"),
    "decide.expert_committee": _l("Experts decide"),
    "decide.mixed_committee": _l("Experts and patients decide"),
    "decide.panel_of_people": _l("A panel decides"),
    "decide.independent_guardian": _l("The guardian decides"),
    "decide.each_person": _l("Each person decides"),
    "say": _l("Your own say"),
    "say.change": _l("You change your mind"),
    "check": _l("Someone checks"),
    "check.independent_body": _l("A body of its own checks"),
    "check.panel_of_people": _l("A panel checks"),
    "check.public_register": _l("Everyone can look it up"),
    "check.courts": _l("The courts can step in"),
    "wrong": _l("If it goes wrong"),
    "disagree": _l("If you do not agree"),
    "again": _l("Is anyone asked again?"),
    "happened": _l("It comes to light"),
    "told": _l("Who is told?"),
    "stop": _l("Who can stop it?"),
    "out": _l("Can you take your scans out?"),
    "right": _l("Who puts it right?"),
    "refused": _l("The answer is no"),
}
"""Title of a step -> its words."""

ASPECTS: Words = {
    **labels.CARD_FIELDS,
    Aspect.ASKED: _l("What are you asked?"),
    Aspect.RULES: _l("Who sets the rules?"),
    Aspect.AGAIN: _l("Does the new use need a new yes?"),
    Aspect.TOLD: _l("Are you told, and how fast?"),
    Aspect.STOP: _l("Who can say stop?"),
    Aspect.CHECKS: _l("Who checks that the rules are kept?"),
    Aspect.REFUSED: _l("What happens now?"),
    "if_it_goes_wrong": _l("Who puts it right?"),
    "appeal": _l("What can you do?"),
}
"""What is said -> the question that it answers."""

SAID: Words = {
    "asked.not_asked": _l("Nothing. You are not asked about this request."),
    "asked.opt_out": _l("Nothing about this request. You are in until you say no."),
    "asked.opt_in": _l("Once, if your scans may be used. You are out until you say yes."),
    "asked.each_time": _l("Yes or no, about this very request."),
    "asked.by_another": _l("Nothing. The person who chooses for you is asked."),
    "asked.members_vote": _l("To vote with the other members, when there is a vote."),
    "again.each_time": _l("Yes. You are asked again. No answer means no."),
    "again.opt_out": _l("No. Your one choice counts for this use too, until you say no."),
    "stop": _l("Those who said yes can say stop. How fast they can do it is not known."),
    "refused": _l("Nothing. No one gets the scans for AI. The good that it could bring does not come either."),
    **{
        f"{question}.{answer}": words
        for question in CombinationQuestion
        for answer, words in labels.COMBINATION_ANSWERS[question].items()
    },
}
"""Code of something said -> its words; an answer to one of the four questions keeps its own."""

ASKED_SHORT: Words = {
    Asked.NOT_ASKED: _l("you are not asked"),
    Asked.OPT_OUT: _l("you are in until you say no"),
    Asked.OPT_IN: _l("you are out until you say yes"),
    Asked.EACH_TIME: _l("you are asked for a yes or no"),
    Asked.BY_ANOTHER: _l("the person who chooses for you is asked"),
    Asked.MEMBERS_VOTE: _l("you can vote if you are a member"),
}
"""What a way asks of each person, as a part of a sentence."""
FACTS: Words = {
    RequestFact.WHO: _l("Who asks"),
    RequestFact.PURPOSE: _l("What for"),
    RequestFact.MONEY: _l("The money"),
    RequestFact.DATA: _l("The scans"),
    RequestFact.WRONG: _l("What could go wrong"),
}
BREACH_FACTS: Words = {
    **FACTS,
    RequestFact.WHO: _l("Who had the scans"),
    RequestFact.WRONG: _l("What happened"),
}
KINDS: Words = {
    RequestKind.NEW: _l("A new request"),
    RequestKind.REUSE: _l("The same scans for another purpose"),
    RequestKind.BREACH: _l("Scans got out"),
}
JUDGEMENTS: Words = {
    Judgement.FINE: _l("Fine"),
    Judgement.ONLY_IF: _l("Only if ..."),
    Judgement.NOT_OK: _l("Not OK"),
}
EVENINGS: Words = {
    Often.NEVER: _l("no evening at all"),
    Often.FEW_A_YEAR: _l("less than an evening a month"),
    Often.ONCE_A_MONTH: _l("about an evening a month"),
    Often.FEW_A_MONTH: _l("about two evenings a month"),
    Often.MOST_WEEKS: _l("an evening in most weeks"),
    Often.ONCE_A_WEEK: _l("about an evening a week"),
}
TIMES: Words = {
    Often.NEVER: _l("never"),
    Often.FEW_A_YEAR: _l("less than once a month"),
    Often.ONCE_A_MONTH: _l("about once a month"),
    Often.FEW_A_MONTH: _l("about twice a month"),
    Often.MOST_WEEKS: _l("in most weeks"),
    Often.ONCE_A_WEEK: _l("about once a week"),
}


def said_words(said: Said) -> str:
    """What is said: the card's words, or those of its code; empty when it is not known."""
    return said.text or (str(SAID[said.code]) if said.code else "")


def fact_label(fact: RequestFact, kind: RequestKind) -> str:
    """The question that a fact of a request answers."""
    return str((BREACH_FACTS if kind is RequestKind.BREACH else FACTS)[fact])


def days_words(days: Days) -> str:
    """How long a stop takes, and what that rests on."""
    if days.count is None:
        return gettext("Not known.")
    if days.basis is Basis.BY_DEFINITION:
        return gettext("No time. Nobody has to wait for your answer.")
    return ngettext("About %(num)s day. This is a guess.", "About %(num)s days. This is a guess.", days.count)


def total_words(total: Total) -> str:
    """How long the whole way takes, and which stops' time is not known, in at most three sentences."""
    parts = []
    if total.days:
        parts.append(
            ngettext("About %(num)s day in all, by our guess.", "About %(num)s days in all, by our guess.", total.days)
            if total.is_assumed
            else ngettext("%(num)s day in all.", "%(num)s days in all.", total.days)
        )
    if total.unknown:
        names = ", ".join(f"“{TITLES[step.title]}”" for step in total.unknown)
        parts.append(gettext("How long this takes is not known: %(stops)s.", stops=names))
    return " ".join(parts) or gettext("Nobody has to wait.")


def total_short(total: Total) -> str:
    """The same in a few words, for a path beside another."""
    if total.days and total.unknown:
        return ngettext("about %(num)s day, and more", "about %(num)s days, and more", total.days)
    if total.days:
        return ngettext("about %(num)s day", "about %(num)s days", total.days)
    return gettext("not known") if total.unknown else gettext("no wait")


def path_sentence(name: str, stops: int, total: Total, asked: Asked | None) -> str:
    """The whole way in one sentence."""
    days = total.days
    if days and total.unknown:
        time = ngettext("takes about %(num)s day and more", "takes about %(num)s days and more", days)
    elif days:
        time = ngettext("takes about %(num)s day", "takes about %(num)s days", days)
    else:
        time = gettext("takes nobody knows how long") if total.unknown else gettext("does not have to wait")
    own = str(ASKED_SHORT[asked]) if asked else gettext("what you are asked is not known")
    return gettext("By “%(way)s”, this request makes %(stops)s stops, %(time)s, and %(asked)s.",
                   way=name, stops=stops, time=time, asked=own)  # fmt: skip


def evenings_words(load: Load) -> str:
    """How often an evening is."""
    if load.often is Often.TIMES_A_WEEK:
        return gettext("about %(count)s evenings a week", count=load.a_week)
    return str(EVENINGS[load.often])


def times_words(load: Load) -> str:
    """How often somebody is asked."""
    if load.often is Often.TIMES_A_WEEK:
        return gettext("about %(count)s times a week", count=load.a_week)
    return str(TIMES[load.often])


def burden_sentences(burden: Burden, *, requests_a_year: int) -> list[str]:
    """What it would mean in a year, one whole number a sentence."""
    found = []
    if burden.evenings is None:
        found.append(gettext("No group has to meet. Each person decides for their own scans."))
    else:
        found.append(
            ngettext(
                "%(count)s request a year means %(evenings)s for the people who decide.",
                "%(count)s requests a year mean %(evenings)s for the people who decide.",
                requests_a_year,
                count=f"{requests_a_year:,}",
                evenings=evenings_words(burden.evenings),
            )
        )
        found.append(
            ngettext("That is %(num)s evening a year.", "That is %(num)s evenings a year.", burden.evenings.a_year)
        )
        found.append(
            ngettext("Each person gives %(num)s hour a year.", "Each person gives %(num)s hours a year.",
                     burden.hours_each)
        )  # fmt: skip
        found.append(ngettext("%(num)s person decides.", "%(num)s people decide together.", burden.people))
    if burden.messages is None:
        found.append(gettext("You would not be asked about single requests."))
    else:
        found.append(
            ngettext(
                "You would be asked %(num)s time a year: %(often)s.",
                "You would be asked %(num)s times a year: %(often)s.",
                burden.messages.a_year,
                often=times_words(burden.messages),
            )
        )
    return found


def judged_sentence(counts: Mapping[Judgement, int], stops: int) -> str:
    """What somebody said along the way, counted; empty for nothing."""
    parts = []
    if counts.get(Judgement.FINE):
        parts.append(gettext("fine at %(count)s", count=counts[Judgement.FINE]))
    if counts.get(Judgement.ONLY_IF):
        parts.append(gettext("only if at %(count)s", count=counts[Judgement.ONLY_IF]))
    if counts.get(Judgement.NOT_OK):
        parts.append(gettext("not OK at %(count)s", count=counts[Judgement.NOT_OK]))
    if not parts:
        return ""
    return gettext("Of %(stops)s stops, you said: %(said)s.", stops=stops, said=", ".join(parts))


def step_title(step: Step) -> str:
    """The title of a stop."""
    return str(TITLES[step.title])


STATION_NAMES: Words = {station: TITLES.get(station.value, TITLES.get(f"{station.value}.they", _l("Stop")))
                        for station in Station}  # fmt: skip
"""A stop's name where no single way is meant, as in tables for staff."""
