"""What analysts see of votes that look copied, hurried or sent together, and what would change without them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import or_, select

from analysis.frames import Id, checked
from analysis.influence import capped_common_ground, influence, usual_votes
from analysis.matrix import opinion_matrix
from analysis.resistance import Comparison, Flags, Outline, compare, counted, flags, without
from analysis.timing import shown_by_gaps
from app.db import db, utcnow
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.people import Participant
from app.models.voting import Exposure, Statement, Vote
from app.queries.analysis import statements_of, words_of
from app.queries.frames import inputs_now
from app.queries.results import hidden_in
from deliberation.sessions import DialogueMode

ANSWERED_WITH = pd.Timedelta(seconds=2)
"""The vote and the mark that what was shown is answered are written in one act, a moment apart."""
_LOG = ["participant", "statement", "position", "important", "cast_at", "stage", "imported", "vote"]


@dataclass(frozen=True)
class Line:
    """A statement on the page: its words (None when no longer shown), and how many of its voters, with and without.

    Counted are those who agree, or who disagree where `disagrees`.
    """

    number: int
    text: str | None
    lang: str
    with_all: tuple[int, int] | None
    without_flagged: tuple[int, int] | None
    disagrees: bool = False

    @property
    def move(self) -> int:
        """By how many in every 100 the share is higher without the flagged; 0 where not known."""
        one, other = self.with_all, self.without_flagged
        if not (one and other and one[1] and other[1]):
            return 0
        return round(100 * (other[0] / other[1] - one[0] / one[1]))


@dataclass(frozen=True)
class Noticed:
    """The page: flags with pseudonyms, and the comparison; `looks_at_times` is False in a panel."""

    looks_at_times: bool
    has_times: bool
    people: int
    same_answers: tuple[tuple[int, tuple[str, ...]], ...]
    together: tuple[tuple[datetime, int, tuple[str, ...]], ...]
    fast: tuple[tuple[str, int, int], ...]
    set_aside: int
    comparison: Comparison
    agree: tuple[tuple[Line | None, Line | None], ...]
    disagree: tuple[tuple[Line | None, Line | None], ...]
    moved: tuple[Line, ...]
    extra: int
    listed: int
    may_leave: int
    usual_votes: int
    leave_when_capped: int

    @property
    def in_same_answers(self) -> int:
        """How many people are in sets of the same answers."""
        return sum(len(names) for _votes, names in self.same_answers)

    @property
    def in_together(self) -> int:
        """How many people arrived together."""
        return sum(len(names) for _start, _minutes, names in self.together)

    @property
    def is_empty(self) -> bool:
        """Whether nobody was noticed."""
        return not (self.same_answers or self.together or self.fast)


def noticed_in(dialogue: Dialogue) -> Noticed:
    """The dialogue as it stands. Reads only: nobody's vote is changed or left out anywhere.

    What is noticed goes by every vote; how people voted is told only where voting has closed.
    """
    log, shown_at = _vote_log(dialogue)
    tables = replace(inputs_now(dialogue).tables, votes=log[_LOG[:5]])
    flagged = flags(tables, mode=dialogue.mode, shown_at=shown_at, openings=_openings(dialogue))
    tables = replace(tables, votes=_told(dialogue, log)[_LOG[:5]])
    matrix = opinion_matrix(checked(tables))
    comparison = compare(counted(matrix), counted(opinion_matrix(checked(without(tables, flagged)))))
    names = _names(flagged)
    lines = _Lines(dialogue, comparison)
    extra = max(1, round(len(matrix.participants) / 20))
    bound = influence(matrix, extra, pick=5)
    capped = {matrix.statements[one.column] for one in capped_common_ground(matrix, pick=5)}
    return Noticed(
        looks_at_times=dialogue.mode is DialogueMode.OPEN,
        has_times=len(flagged.computed) > 1,
        people=flagged.people,
        same_answers=tuple((one.votes, _named(names, one.people)) for one in flagged.same_answers),
        together=tuple(
            (datetime.fromtimestamp(one.start, UTC), round(one.seconds / 60), _named(names, one.people))
            for one in flagged.together
        ),
        fast=tuple((names[one.person], one.fast, one.timed) for one in flagged.fast),
        set_aside=len(flagged.set_aside),
        comparison=comparison,
        agree=lines.side_by_side(comparison.with_all.agree, comparison.without_flagged.agree),
        disagree=lines.side_by_side(comparison.with_all.disagree, comparison.without_flagged.disagree, disagrees=True),
        moved=tuple(lines.line(one.statement) for one in comparison.moved),
        extra=extra,
        listed=len(bound.listed),
        may_leave=bound.may_leave,
        usual_votes=round(usual_votes(matrix)),
        leave_when_capped=len(set(bound.listed) - capped),
    )


class _Lines:
    """Statements as lines with both counts."""

    def __init__(self, dialogue: Dialogue, comparison: Comparison) -> None:
        self.statements = statements_of(dialogue)
        self.comparison = comparison

    def line(self, statement: Id, *, disagrees: bool = False) -> Line:
        found = self.statements[int(statement)]
        return Line(
            found.number,
            words_of(found),
            found.lang,
            _of_seen(self.comparison.with_all, statement, disagrees),
            _of_seen(self.comparison.without_flagged, statement, disagrees),
            disagrees,
        )

    def side_by_side(
        self, one: tuple[Id, ...], other: tuple[Id, ...], *, disagrees: bool = False
    ) -> tuple[tuple[Line | None, Line | None], ...]:
        length = max(len(one), len(other))
        left, right = (
            [self.line(s, disagrees=disagrees) for s in part] + [None] * (length - len(part)) for part in (one, other)
        )
        return tuple(zip(left, right, strict=True))


def _of_seen(outline: Outline, statement: Id, disagrees: bool) -> tuple[int, int] | None:
    counts = outline.counts.get(statement)
    return (counts[1 if disagrees else 0], counts[2]) if counts else None


def _vote_log(dialogue: Dialogue) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Each vote that stands, in order, and when its statement was put to the person (s since 1970, NaN unknown).

    A vote has a time of reading when it answers a statement that was put alone. Votes cast in the list of all
    statements answer none, so they are never timed. In an imported conversation there is no list, and no record
    of what was shown: there the vote before says when the next statement came.
    """
    rows = db.session.execute(
        select(
            Vote.participant_id, Vote.statement_id, Vote.position, Vote.is_important, Vote.cast_at, Vote.stage_id,
            Participant.external_id.is_not(None), Vote.id,
        )
        .join(Statement, Statement.id == Vote.statement_id)
        .join(Participant, Participant.id == Vote.participant_id)
        .where(
            Statement.dialogue_id == dialogue.id,
            or_(Vote.undone_at.is_(None), Vote.undone_at > utcnow()),
            Participant.left_at.is_(None),
        )
        .order_by(Vote.id)
    ).all()  # fmt: skip
    log = pd.DataFrame([tuple(row) for row in rows], columns=_LOG)
    log["cast_at"] = pd.to_datetime(log["cast_at"], utc=True)
    shown = _shown(dialogue, log)
    when = _seconds(log["cast_at"])
    by_gaps = shown_by_gaps(log["participant"].to_numpy(dtype=np.int64), when)
    return log, np.where(log["imported"].to_numpy(dtype=bool), by_gaps, shown)


def _told(dialogue: Dialogue, log: pd.DataFrame) -> pd.DataFrame:
    """The log without votes of stages whose results nobody sees yet."""
    kept = np.ones(len(log), dtype=bool)
    for one in hidden_in(dialogue):
        kept &= ~((log["stage"] == one.stage_id) & (log["vote"] > one.told)).to_numpy(dtype=bool)
    return log[kept]


def _shown(dialogue: Dialogue, log: pd.DataFrame) -> NDArray[np.float64]:
    rows = db.session.execute(
        select(
            Exposure.participant_id, Exposure.statement_id, Exposure.stage_id, Exposure.shown_at, Exposure.answered_at
        )
        .join(Statement, Statement.id == Exposure.statement_id)
        .where(Statement.dialogue_id == dialogue.id, Exposure.answered_at.is_not(None))
        .order_by(Exposure.id)
    ).all()
    names = ["participant", "statement", "stage", "shown_at", "answered_at"]
    exposures = pd.DataFrame([tuple(row) for row in rows], columns=names)
    shown = np.full(len(log), np.nan)
    if exposures.empty or log.empty:
        return shown
    for name in ("shown_at", "answered_at"):
        exposures[name] = pd.to_datetime(exposures[name], utc=True)
    votes = log[["participant", "statement", "stage", "cast_at"]].assign(row=np.arange(len(log)))
    votes = votes[votes["stage"].notna()].astype({"stage": np.int64})
    pairs = votes.merge(exposures, on=names[:3])
    later = pairs["answered_at"] - pairs["cast_at"]
    pairs = pairs[(later >= pd.Timedelta(0)) & (later <= ANSWERED_WITH)]
    shown[pairs["row"].to_numpy()] = _seconds(pairs["shown_at"])
    return shown


def _seconds(moments: "pd.Series[pd.Timestamp]") -> NDArray[np.float64]:
    nanoseconds = pd.DatetimeIndex(moments).as_unit("ns").asi8
    return np.asarray(nanoseconds / 1e9, dtype=np.float64)


def _openings(dialogue: Dialogue) -> list[float]:
    """When sessions and stages opened or were to start: then many come at once."""
    sessions = db.session.execute(
        select(DialogueSession.opened_at, DialogueSession.starts_at).where(DialogueSession.dialogue_id == dialogue.id)
    ).all()
    stages = db.session.scalars(
        select(Stage.opened_at)
        .join(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DialogueSession.dialogue_id == dialogue.id)
    )
    moments = [moment for row in sessions for moment in row] + list(stages)
    return [moment.timestamp() for moment in moments if moment is not None]


def _names(flagged: Flags) -> dict[Id, str]:
    """Pseudonyms of everybody flagged."""
    people = {one for sets in (flagged.same_answers, flagged.together) for each in sets for one in each.people}
    people |= {one.person for one in flagged.fast}
    found: dict[Id, str] = {}
    for ids in _parts(sorted(int(one) for one in people)):
        rows = db.session.execute(select(Participant.id, Participant.pseudonym).where(Participant.id.in_(ids)))
        found.update({row.id: row.pseudonym for row in rows})
    return found


def _parts(ids: list[int], size: int = 500) -> Iterable[list[int]]:
    return (ids[i : i + size] for i in range(0, len(ids), size))


def _named(names: dict[Id, str], people: tuple[Id, ...]) -> tuple[str, ...]:
    return tuple(sorted(names[one] for one in people))
