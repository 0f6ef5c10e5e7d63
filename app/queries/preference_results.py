"""What came out of a preference question, once its stage has closed: plain counts first, then the other views."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

import pandas as pd
from sqlalchemy import select

from analysis.disclosure import shown_total
from app.db import db
from app.models.people import Participant
from app.models.preferences import PreferenceOption, PreferenceQuestion
from app.queries.preferences import newest_ballots, tie_order
from deliberation.preferences import Answer, PreferenceKind, answer_from
from deliberation.preferences_approval import Chosen, Rule, count_dots, equal_shares
from deliberation.preferences_ranking import OptionCounts, RankingResult, count_rankings
from deliberation.sessions import DialogueMode
from deliberation.stewardship import Acceptance


@dataclass(frozen=True)
class Accepted:
    """How many said of one option that they could accept it, that they could not, and how many said neither."""

    could: int
    could_not: int
    silent: int


@dataclass(frozen=True)
class OptionLine:
    """One option in plain numbers; `dots` for dots, `counts` for a ranking."""

    option: PreferenceOption
    dots: int
    counts: OptionCounts | None
    accepted: Accepted


@dataclass(frozen=True)
class Results:
    """Everything that came out of one question.

    Attributes:
        people: how many said anything. `chose` of them gave a dot, or put something in order.
        is_shown: False for an open dialogue in which too few answered for exact totals.
        lines: options, most dots or most first places first; equal ones in the order of the draw.
        ranking, chosen: the other views; one of them is None.
        order: Schulze's order as options; options in one list are level.
        rounds: (option, whether Phragmen's rule filled the place, what was level with it).
        surely, maybe: options in all sets of equal shares, and in some only.
    """

    people: int
    chose: int
    none: int
    no_access: int
    is_shown: bool
    lines: list[OptionLine]
    ranking: RankingResult | None
    chosen: Chosen | None
    order: list[list[PreferenceOption]]
    rounds: list[tuple[PreferenceOption, bool, list[PreferenceOption]]]
    surely: list[PreferenceOption]
    maybe: list[PreferenceOption]
    winner: PreferenceOption | None
    level_winners: list[PreferenceOption]


def results_of(question: PreferenceQuestion) -> Results:
    """The results as the ballots stand. The caller has checked that they may be shown."""
    answers = [answer_from(row.answer) for row in newest_ballots(question)]
    answers = [one for one in answers if not one.is_empty]
    order = tie_order(question)
    options = {one.key: one for one in question.options}
    ranking, chosen = None, None
    if question.kind is PreferenceKind.RANKING:
        ranking = count_rankings(order, [one.places for one in answers])
    else:
        chosen = _chosen(tuple(order), _dots(answers), question.seats)
    is_open = question.stage.session.dialogue.mode is DialogueMode.OPEN
    levels = ranking.order if ranking and ranking.voters else ()
    return Results(
        people=len(answers),
        chose=sum(bool(one.places or one.dots) for one in answers),
        none=sum(one.is_none for one in answers),
        no_access=sum(one.no_access for one in answers),
        is_shown=not is_open or shown_total(1, len(answers)) is not None,
        lines=_lines(order, options, answers, ranking),
        ranking=ranking,
        chosen=chosen,
        order=[_known(order, options, level) for level in levels],
        rounds=_rounds(options, chosen),
        surely=_known(order, options, chosen.surely if chosen else ()),
        maybe=_known(order, options, chosen.maybe if chosen else ()),
        winner=options[ranking.condorcet] if ranking and ranking.condorcet else None,
        level_winners=_known(order, options, ranking.weak_condorcet if ranking else ()),
    )


def answers_table(question: PreferenceQuestion) -> pd.DataFrame:
    """For analysts: one row a person and option, under pseudonyms, in an order drawn by lot.

    Columns: participant (pseudonym), option (its words), ref (what it stands for, or ""), place (whole number or
    missing), dot (bool), acceptance ("could_accept", "could_not" or ""), none, no_access (bool), late (bool).
    """
    names = dict(db.session.execute(select(Participant.id, Participant.pseudonym)).all())
    rows: list[dict[str, Any]] = []
    ballots = sorted(newest_ballots(question), key=lambda row: str(names[row.participant_id]))
    Random(question.seed).shuffle(ballots)
    for ballot in ballots:
        said = answer_from(ballot.answer)
        for option in question.options if not said.is_empty else ():
            accepted = said.acceptance.get(option.key)
            rows.append(
                {
                    "participant": names[ballot.participant_id],
                    "option": option.text,
                    "ref": str(option.ref or ""),
                    "place": said.places.get(option.key),
                    "dot": option.key in said.dots,
                    "acceptance": accepted.value if accepted else "",
                    "none": said.is_none,
                    "no_access": said.no_access,
                    "late": ballot.is_late,
                }
            )
    columns = ["participant", "option", "ref", "place", "dot", "acceptance", "none", "no_access", "late"]
    return pd.DataFrame(rows, columns=columns).astype({"place": "Int64"})


@lru_cache(maxsize=32)
def _chosen(order: tuple[str, ...], dots: tuple[frozenset[str], ...], seats: int) -> Chosen:
    """The dearest of the counts; the same ballots are not reckoned twice."""
    return equal_shares(order, dots, seats, most_states=400)


def _dots(answers: Iterable[Answer]) -> tuple[frozenset[str], ...]:
    return tuple(sorted((one.dots for one in answers), key=sorted))


def _lines(
    order: Sequence[str], options: dict[str, PreferenceOption], answers: Sequence[Answer], ranking: RankingResult | None
) -> list[OptionLine]:
    dots = count_dots(order, [one.dots for one in answers])
    found = []
    for key in order:
        said = [one.acceptance.get(key) for one in answers]
        could, could_not = said.count(Acceptance.COULD_ACCEPT), said.count(Acceptance.COULD_NOT)
        accepted = Accepted(could, could_not, len(said) - could - could_not)
        found.append(OptionLine(options[key], dots[key], ranking.counts[key] if ranking else None, accepted))
    return sorted(found, key=lambda line: -(line.counts.first if line.counts else line.dots))


def _known(
    order: Sequence[str], options: dict[str, PreferenceOption], keys: Iterable[str]
) -> list[PreferenceOption]:
    wanted = set(keys)
    return [options[key] for key in order if key in wanted]


def _rounds(
    options: dict[str, PreferenceOption], chosen: Chosen | None
) -> list[tuple[PreferenceOption, bool, list[PreferenceOption]]]:
    return [
        (options[seat.option], seat.rule is Rule.SEQ_PHRAGMEN, [options[key] for key in seat.tied])
        for seat in (chosen.seats if chosen else ())
    ]
