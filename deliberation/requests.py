"""Following an invented data request through a way of deciding: its stops, one after another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deliberation.stewardship import NOBODY, NONE_OF_THESE, Approach, CardField, CombinationQuestion


class RequestKind(StrEnum):
    """What a request is about; it sets which stops there are."""

    NEW = "new"
    REUSE = "reuse"
    BREACH = "breach"


class RequestFact(StrEnum):
    """What is said about a request."""

    WHO = "who"
    PURPOSE = "purpose"
    MONEY = "money"
    DATA = "data"
    WRONG = "wrong"


class Asked(StrEnum):
    """What a way of deciding asks of each person, as far as its card says."""

    NOT_ASKED = "not_asked"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    EACH_TIME = "each_time"
    BY_ANOTHER = "by_another"
    MEMBERS_VOTE = "members_vote"


class Judgement(StrEnum):
    """What a person says at a stop."""

    FINE = "fine"
    ONLY_IF = "only_if"
    NOT_OK = "not_ok"


class Station(StrEnum):
    """The places at which a request may stop."""

    ARRIVES = "arrives"
    RULES = "rules"
    HEAR = "hear"
    READ = "read"
    DECIDE = "decide"
    SAY = "say"
    CHECK = "check"
    WRONG = "wrong"
    DISAGREE = "disagree"
    AGAIN = "again"
    HAPPENED = "happened"
    TOLD = "told"
    STOP = "stop"
    OUT = "out"
    RIGHT = "right"
    REFUSED = "refused"


class Aspect(StrEnum):
    """What is said at a stop beside what the cards say; facts of cards keep their `CardField`."""

    ASKED = "asked"
    RULES = "rules"
    AGAIN = "again"
    TOLD = "told"
    STOP = "stop"
    CHECKS = "checks"
    REFUSED = "refused"


class Basis(StrEnum):
    """What a number of days rests on."""

    BY_DEFINITION = "by_definition"
    ASSUMED = "assumed"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Said:
    """One thing said at a stop: the words of a card, or a `code` whose words live with the pages.

    Neither of the two: it is not known. `source` is the key of a source of the dialogue.
    """

    about: CardField | Aspect
    text: str = ""
    code: str = ""
    source: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.text or self.code)


@dataclass(frozen=True)
class Days:
    """How long a stop takes, in days; None where it is not known."""

    count: int | None
    basis: Basis


@dataclass(frozen=True)
class Step:
    """One stop: its title's code, what is said there (the first is said large), and facts of the request."""

    key: Station
    title: str
    said: tuple[Said, ...] = ()
    facts: tuple[RequestFact, ...] = ()
    days: Days | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources of what is said here, each once."""
        return tuple(dict.fromkeys(one.source for one in self.said if one.source))


@dataclass(frozen=True)
class Waits:
    """Days that people assume: until others have decided, and for a person to answer. None: not known."""

    to_decide: int | None = None
    to_answer: int | None = None


@dataclass(frozen=True)
class Total:
    """The whole way: days that are known or assumed, and the stops whose time is not known."""

    days: int
    is_assumed: bool
    unknown: tuple[Step, ...]


_DECIDERS = frozenset({Approach.DELEGATED.value, Approach.COLLECTIVE.value})


def steps_of_model(
    facts: Mapping[str, Mapping[str, Any]],
    approaches: Iterable[str],
    asked: Asked | None,
    kind: RequestKind,
    waits: Waits = Waits(),
    *,
    is_current: bool = False,
) -> tuple[Step, ...]:
    """The stops of a request of this kind through one model, in order.

    Args:
        facts: CardField -> {text, source, not_known}; what is missing is not known.
        asked: what the model asks of each person; None where the card does not say.
        is_current: how it works today: nothing is assumed about what is real.
    """
    card = _Card(facts)
    keys = set(approaches)
    alone = Approach.INDIVIDUAL.value in keys and not keys & _DECIDERS
    voice = "group" if keys == {Approach.COLLECTIVE.value} else "they"
    if alone:
        voice = "by_another" if asked is Asked.BY_ANOTHER else "you"
    if is_current:
        waits = Waits()
    if kind is RequestKind.BREACH:
        return _breach(
            card.say(CardField.WHO_DECIDES), card.say(CardField.SAY_NO), card.say(CardField.IF_IT_GOES_WRONG),
            card.say(CardField.APPEAL),
        )  # fmt: skip
    decide = _step(
        Station.DECIDE, voice, card.say(CardField.DECISION_RULE),
        *([card.say(CardField.WHO_DECIDES)] if alone or kind is RequestKind.REUSE else []),
        *([] if alone else [card.say(CardField.TIME_PER_DECISION)]),
        facts=[RequestFact.MONEY], days=None if alone else _days(waits.to_decide),
    )  # fmt: skip
    own = _asked(asked)
    hear = _step(
        Station.HEAR, asked.value if asked else "", own, card.say(CardField.WHAT_THEY_SEE),
        facts=[RequestFact.DATA], days=_days_to_answer(asked, waits),
    )  # fmt: skip
    read = _step(
        Station.READ, voice, card.say(CardField.WHO_DECIDES), card.say(CardField.HOW_CHOSEN),
        card.say(CardField.WHAT_THEY_SEE), facts=[RequestFact.DATA],
    )  # fmt: skip
    say = _step(Station.SAY, "change" if alone else "", card.say(CardField.SAY_NO), *([] if alone else [own]))
    end = [
        _step(Station.WRONG, "", card.say(CardField.IF_IT_GOES_WRONG), facts=[RequestFact.WRONG]),
        _step(Station.DISAGREE, "", card.say(CardField.APPEAL), card.say(CardField.CANNOT_TAKE_PART)),
    ]
    if kind is RequestKind.REUSE:
        return (_arrives(kind), _again(asked, waits), decide, say, *end)
    return (_arrives(kind), hear if alone else read, decide, say, *end)


def steps_of_combination(
    answers: Mapping[CombinationQuestion, str], kind: RequestKind, waits: Waits = Waits()
) -> tuple[Step, ...]:
    """The stops through a combination: each of its four answers has a stop of its own.

    A combination in which nobody decides ends with a no. "None of these" is not known.
    """
    who, own = answers[CombinationQuestion.WHO_DECIDES], answers[CombinationQuestion.CAN_SAY_NO]
    if NOBODY in {who, own, answers[CombinationQuestion.WHO_SETS_RULES]}:
        first = _step(Station.HAPPENED, "", facts=_OPENING) if kind is RequestKind.BREACH else _arrives(kind)
        return (first, _step(Station.REFUSED, "", Said(Aspect.REFUSED, code="refused"), facts=[RequestFact.PURPOSE]))
    rules = _answer(CombinationQuestion.WHO_SETS_RULES, answers, Aspect.RULES)
    decider = _answer(CombinationQuestion.WHO_DECIDES, answers, CardField.WHO_DECIDES)
    choice = _answer(CombinationQuestion.CAN_SAY_NO, answers, CardField.SAY_NO)
    checks = _answer(CombinationQuestion.WHO_CHECKS, answers, Aspect.CHECKS)
    right = Said(CardField.IF_IT_GOES_WRONG)
    if kind is RequestKind.BREACH:
        return _breach(decider, choice, right, Said(CardField.APPEAL), checks=checks)
    asked = asked_in(answers)
    each = who == "each_person"
    stops = {
        "rules": _step(Station.RULES, _voice(answers[CombinationQuestion.WHO_SETS_RULES]), rules),
        "decide": _step(
            Station.DECIDE, _voice(who), decider, facts=[RequestFact.MONEY],
            days=_days_to_answer(asked, waits) if each else _days(waits.to_decide),
        ),
        "say": _step(
            Station.SAY, "", _asked(asked), choice, facts=[RequestFact.DATA],
            days=_days_to_answer(asked, waits) if asked is Asked.EACH_TIME and not each else None,
        ),
        "check": _step(Station.CHECK, _voice(answers[CombinationQuestion.WHO_CHECKS]), checks),
        "wrong": _step(Station.WRONG, "", right, facts=[RequestFact.WRONG]),
    }  # fmt: skip
    middle = [stops["say"], stops["decide"]] if asked in {Asked.EACH_TIME, Asked.OPT_IN} else [
        stops["decide"], stops["say"]
    ]  # fmt: skip
    if kind is RequestKind.REUSE:
        again = _again(asked, Waits())
        return (_arrives(kind), stops["rules"], again, *middle, stops["check"], stops["wrong"])
    return (stops["rules"], _arrives(kind), *middle, stops["check"], stops["wrong"])


def asked_in(answers: Mapping[CombinationQuestion, str]) -> Asked | None:
    """What a combination asks of each person: deciding for oneself is being asked each time, unless silence counts.

    None where "none of these" leaves it open.
    """
    asked = _ASKED_BY_ANSWER.get(answers[CombinationQuestion.CAN_SAY_NO])
    if answers[CombinationQuestion.WHO_DECIDES] == "each_person" and asked not in {Asked.OPT_OUT, Asked.OPT_IN}:
        return Asked.EACH_TIME
    return asked


def total_of(steps: Sequence[Step]) -> Total:
    """The days of the whole way; stops that take no time of their own are left out."""
    timed = [step for step in steps if step.days is not None]
    known = [step.days for step in timed if step.days and step.days.count is not None]
    return Total(
        days=sum(days.count or 0 for days in known),
        is_assumed=any(days.basis is Basis.ASSUMED for days in known),
        unknown=tuple(step for step in timed if step.days and step.days.count is None),
    )


_OPENING = (RequestFact.WHO, RequestFact.PURPOSE, RequestFact.MONEY, RequestFact.DATA)
_ASKED_BY_ANSWER = {
    "opt_out": Asked.OPT_OUT, "opt_in": Asked.OPT_IN, "each_time": Asked.EACH_TIME, "no_choice": Asked.NOT_ASKED,
}  # fmt: skip


class _Card:
    """The facts of a card as things said."""

    def __init__(self, facts: Mapping[str, Mapping[str, Any]]) -> None:
        self._facts = facts

    def say(self, field: CardField) -> Said:
        fact = self._facts.get(field.value, {})
        return Said(field, text=str(fact.get("text") or ""), source=fact.get("source") or None)


def _step(
    key: Station, voice: str, *said: Said, facts: Iterable[RequestFact] = (), days: Days | None = None
) -> Step:
    return Step(key, f"{key.value}.{voice}" if voice else key.value, said, tuple(facts), days)


def _arrives(kind: RequestKind) -> Step:
    return _step(Station.ARRIVES, "again" if kind is RequestKind.REUSE else "", facts=_OPENING)


def _breach(decider: Said, out: Said, right: Said, appeal: Said, checks: Said | None = None) -> tuple[Step, ...]:
    """What happens after scans got out. No card says who is told or how fast, so neither is known."""
    unknown = Days(None, Basis.NOT_KNOWN)
    return (
        _step(Station.HAPPENED, "", facts=(*_OPENING, RequestFact.WRONG)),
        _step(Station.TOLD, "", Said(Aspect.TOLD), *([checks] if checks else []), days=unknown),
        _step(Station.STOP, "", Said(Aspect.STOP, code="stop"), decider, days=unknown),
        _step(Station.OUT, "", out, facts=[RequestFact.DATA]),
        _step(Station.RIGHT, "", right, days=unknown),
        _step(Station.DISAGREE, "", appeal),
    )


def _again(asked: Asked | None, waits: Waits) -> Step:
    """A new use of scans that somebody holds: only being asked each time says by itself that one is asked again."""
    code = {Asked.EACH_TIME: "again.each_time", Asked.OPT_OUT: "again.opt_out"}.get(asked) if asked else None
    days = _days_to_answer(asked, waits) if asked is Asked.EACH_TIME else None
    return _step(Station.AGAIN, "", Said(Aspect.AGAIN, code=code or ""), facts=[RequestFact.PURPOSE], days=days)


def _asked(asked: Asked | None) -> Said:
    return Said(Aspect.ASKED, code=f"asked.{asked.value}" if asked else "")


def _days(count: int | None) -> Days:
    return Days(count, Basis.NOT_KNOWN if count is None else Basis.ASSUMED)


def _days_to_answer(asked: Asked | None, waits: Waits) -> Days:
    """Silence counts as an answer where one is in, or out, until one says so: nobody waits."""
    return Days(0, Basis.BY_DEFINITION) if asked in {Asked.OPT_OUT, Asked.OPT_IN} else _days(waits.to_answer)


def _voice(answer: str) -> str:
    return "" if answer in {NONE_OF_THESE, NOBODY} else answer


def _answer(
    question: CombinationQuestion, answers: Mapping[CombinationQuestion, str], about: CardField | Aspect
) -> Said:
    """An answer to one of the four questions; "none of these" says nothing that is known."""
    answer = answers[question]
    return Said(about, code="" if answer == NONE_OF_THESE else f"{question.value}.{answer}")
