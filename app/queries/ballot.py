"""One participant's ballot in one vote stage, in one prepared query: what is placed, voted on, put off, at hand."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, and_, bindparam, case, func, literal, null, select

from app.models.voting import Exposure, StageStatement, Statement, Vote
from app.prepared import Prepared
from deliberation.moderation import WordState
from deliberation.voting import Origin, is_set_finished

_own_votes = (
    select(Vote.statement_id, func.max(Vote.id).label("vote_id"))
    .where(
        Vote.participant_id == bindparam("participant_id"),
        Vote.stage_id == bindparam("stage_id"),
        Vote.undone_at.is_(None),
    )
    .group_by(Vote.statement_id)
    .subquery()
)
_own_exposures = (
    select(
        Exposure.statement_id,
        func.max(case((Exposure.answered_at.is_(None), 0), else_=1)).label("was_answered"),
        func.min(case((Exposure.answered_at.is_(None), Exposure.id), else_=null())).label("open_id"),
    )
    .where(Exposure.participant_id == bindparam("participant_id"), Exposure.stage_id == bindparam("stage_id"))
    .group_by(Exposure.statement_id)
    .subquery()
)
_BALLOT = Prepared(
    select(
        StageStatement.statement_id,
        case((StageStatement.is_pinned, 1), else_=0),
        StageStatement.times_shown,
        func.coalesce(_own_votes.c.vote_id, 0),
        func.coalesce(_own_exposures.c.was_answered, 0),
        func.coalesce(_own_exposures.c.open_id, 0),
    )
    .join(Statement, and_(Statement.id == StageStatement.statement_id, Statement.state == literal(WordState.APPROVED)))
    .outerjoin(_own_votes, _own_votes.c.statement_id == StageStatement.statement_id)
    .outerjoin(_own_exposures, _own_exposures.c.statement_id == StageStatement.statement_id)
    .where(StageStatement.stage_id == bindparam("stage_id"))
    .order_by(StageStatement.is_pinned.desc(), StageStatement.place, StageStatement.id)
)


@dataclass(frozen=True)
class Line:
    """One statement of the ballot. `vote_id`, and `open_id` of the exposure that waits for an answer: 0 for none."""

    statement_id: int
    is_pinned: int
    times_shown: int
    vote_id: int
    was_answered: int
    open_id: int


@dataclass(frozen=True)
class Ballot:
    """Where one person stands in a vote stage. Lines are in the order of the stage, pinned ones first."""

    lines: Sequence[Line]

    @property
    def at_hand_id(self) -> int | None:
        """The statement to vote on now (an undone one before whatever was to come next); None between sets."""
        waiting = [line for line in self.lines if line.open_id]
        return min(waiting, key=lambda line: line.open_id).statement_id if waiting else None

    @property
    def done(self) -> int:
        """How many statements were voted on here."""
        return sum(1 for line in self.lines if line.vote_id)

    @property
    def left(self) -> int:
        """How many were not yet voted on."""
        return sum(1 for line in self.lines if not line.vote_id)

    @property
    def skipped(self) -> int:
        """How many of those left were put off."""
        return sum(1 for line in self.lines if line.was_answered and not line.vote_id)

    @property
    def last_vote_id(self) -> int:
        """The newest vote that counts here; 0 for none."""
        return max((line.vote_id for line in self.lines), default=0)

    @property
    def can_undo(self) -> bool:
        """Whether there is a vote to take back."""
        return self.last_vote_id > 0

    @property
    def set_is_full(self) -> bool:
        """Whether the last vote ended a set of five."""
        return is_set_finished(self.done)

    def line_of(self, statement_id: int) -> Line | None:
        """The line of a statement, if it is on the ballot."""
        return next((line for line in self.lines if line.statement_id == statement_id), None)

    def with_line(self, statement_id: int, **changes: int) -> "Ballot":
        """The ballot with one line changed."""
        lines = [replace(line, **changes) if line.statement_id == statement_id else line for line in self.lines]
        return Ballot(lines)


def read_ballot(connection: Connection, stage_id: int, participant_id: int) -> Ballot:
    """The ballot as it stands on this connection."""
    rows = _BALLOT.rows(connection, stage_id=stage_id, participant_id=participant_id)
    return Ballot([Line(*row) for row in rows])


@dataclass(frozen=True)
class Shown:
    """A statement as a card shows it."""

    id: int
    public_id: uuid.UUID
    text: str
    lang: str
    origin: Origin
    author_id: int | None


_SHOWN = Prepared(
    select(
        Statement.id, Statement.public_id, Statement.text, Statement.lang, Statement.origin, Statement.author_id
    ).where(Statement.id == bindparam("statement_id"))
)
_NEWEST_VOTE = Prepared(
    select(func.coalesce(func.max(Vote.id), 0)).where(Vote.participant_id == bindparam("participant_id"))
)


def shown_statement(connection: Connection, statement_id: int) -> Shown:
    """One statement; it has to exist."""
    return Shown(*_SHOWN.row(connection, statement_id=statement_id))


def newest_vote_id(connection: Connection, participant_id: int) -> int:
    """The person's newest vote in any stage, which a page hands out as `after`; 0 for none."""
    return int(_NEWEST_VOTE.row(connection, participant_id=participant_id)[0])
