"""One participant's ballot in one vote stage, in one prepared query: what is placed, voted on, put off, at hand."""

import uuid
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, case, func, literal, select, union_all

from app.models.voting import Exposure, StageStatement, Statement, Vote
from app.prepared import Prepared, is_among, listed
from deliberation.moderation import WordState
from deliberation.routing import Candidate
from deliberation.voting import Origin, is_set_finished

_PLACED, _VOTED, _SHOWN_BEFORE = 0, 1, 2
_BALLOT = Prepared(
    # three plain lists in one go, put together below: joined here, a database would sort and group for each vote
    union_all(
        select(
            literal(_PLACED), StageStatement.statement_id, case((StageStatement.is_pinned, 0), else_=1),
            StageStatement.place, StageStatement.id, StageStatement.times_shown,
            case((Statement.public_id == bindparam("sent", type_=Statement.public_id.type), 1), else_=0),
        )
        .join(
            Statement, and_(Statement.id == StageStatement.statement_id, Statement.state == literal(WordState.APPROVED))
        )
        .where(StageStatement.stage_id == bindparam("stage_id")),
        select(literal(_VOTED), Vote.statement_id, Vote.id, literal(0), literal(0), literal(0), literal(0))
        .where(
            Vote.participant_id == bindparam("participant_id"),
            Vote.stage_id == bindparam("stage_id"),
            Vote.undone_at.is_(None),
        ),
        select(
            literal(_SHOWN_BEFORE), Exposure.statement_id, Exposure.id,
            case((Exposure.answered_at.is_(None), 1), else_=0), literal(0), literal(0), literal(0),
        )
        .where(Exposure.participant_id == bindparam("participant_id"), Exposure.stage_id == bindparam("stage_id")),
    )
)  # fmt: skip


_PLACED_IN = Prepared(
    select(StageStatement.statement_id, StageStatement.is_pinned, StageStatement.times_shown)
    .join(Statement, and_(Statement.id == StageStatement.statement_id, Statement.state == literal(WordState.APPROVED)))
    .where(StageStatement.stage_id == bindparam("stage_id"))
    .order_by(StageStatement.is_pinned.desc(), StageStatement.place, StageStatement.id)
)
_OWN_OF_MANY = Prepared(
    lambda dialect: union_all(
        select(Vote.participant_id, Vote.stage_id, literal(_VOTED), Vote.statement_id, Vote.id, literal(0)).where(
            is_among(dialect, Vote.participant_id, "people"),
            is_among(dialect, Vote.stage_id, "stages"),
            Vote.undone_at.is_(None),
        ),
        select(
            Exposure.participant_id, Exposure.stage_id, literal(_SHOWN_BEFORE), Exposure.statement_id, Exposure.id,
            case((Exposure.answered_at.is_(None), 1), else_=0),
        ).where(
            is_among(dialect, Exposure.participant_id, "people"), is_among(dialect, Exposure.stage_id, "stages")
        ),
    )
)  # fmt: skip
_MANY_SHOWN = Prepared(
    lambda dialect: select(
        Statement.id, Statement.public_id, Statement.text, Statement.lang, Statement.origin, Statement.author_id
    ).where(is_among(dialect, Statement.id, "ids"))
)
_NEWEST_OF_MANY = Prepared(
    lambda dialect: (
        select(Vote.participant_id, func.max(Vote.id))
        .where(is_among(dialect, Vote.participant_id, "people"))
        .group_by(Vote.participant_id)
    )
)
_WITH_KEYS = Prepared(
    lambda dialect: select(
        Vote.client_key, Vote.id, Vote.participant_id, Vote.statement_id, Vote.position, Vote.is_important
    ).where(is_among(dialect, Vote.client_key, "keys"))
)
_KEYS_OF = Prepared(lambda dialect: select(Vote.id, Vote.client_key).where(is_among(dialect, Vote.id, "ids")))
_IDS = Prepared(
    lambda dialect: select(Statement.public_id, Statement.id).where(is_among(dialect, Statement.public_id, "keys"))
)


@dataclass(frozen=True)
class Ballot:
    """Where one person stands in a vote stage.

    `placed`: what is put to the vote, in the order of the stage, pinned ones first. `voted`: statement id -> the newest
    vote that counts here. `answered`: ids of those that were shown and voted on or put off. `waiting`: statement id ->
    the exposure that waits for an answer. `sent_id` is the inner key of the statement that was asked about, if it is on
    the ballot.
    """

    placed: Sequence[Candidate]
    voted: Mapping[int, int] = field(default_factory=dict)
    answered: Set[int] = frozenset()
    waiting: Mapping[int, int] = field(default_factory=dict)
    sent_id: int | None = None

    @property
    def at_hand_id(self) -> int | None:
        """The statement to vote on now (an undone one before whatever was to come next); None between sets."""
        return min(self.waiting, key=self.waiting.__getitem__) if self.waiting else None

    @property
    def done(self) -> int:
        """How many statements were voted on here."""
        return len(self.voted)

    @property
    def left(self) -> int:
        """How many were not yet voted on."""
        return len(self.placed) - len(self.voted)

    @property
    def skipped(self) -> int:
        """How many of those left were put off."""
        return len(self.answered - self.voted.keys())

    @property
    def can_undo(self) -> bool:
        """Whether there is a vote to take back."""
        return bool(self.voted)

    @property
    def set_is_full(self) -> bool:
        """Whether the last vote ended a set of five."""
        return is_set_finished(self.done)

    def holds(self, statement_id: int) -> bool:
        """Whether the statement is put to the vote here."""
        return any(one.statement_id == statement_id for one in self.placed)

    def with_vote(self, statement_id: int, vote_id: int) -> "Ballot":
        """The ballot once this vote counts."""
        waiting = {one: key for one, key in self.waiting.items() if one != statement_id}
        voted = {**self.voted, statement_id: vote_id}
        return replace(self, voted=voted, answered=self.answered | {statement_id}, waiting=waiting)

    def with_next(self, statement_id: int) -> "Ballot":
        """The ballot once this statement has been put to the person."""
        return replace(self, waiting={**self.waiting, statement_id: 1})


def read_ballot(connection: Connection, stage_id: int, participant_id: int, sent: uuid.UUID | None = None) -> Ballot:
    """The ballot as it stands on this connection.

    Args:
        sent: the public id of a statement, whose inner key is then in `Ballot.sent_id`.
    """
    placed, voted, answered, waiting = [], dict[int, int](), set[int](), dict[int, int]()
    rows = _BALLOT.rows(connection, stage_id=stage_id, participant_id=participant_id, sent=sent)
    for what, one, first, second, third, shown, is_sent in rows:
        if what == _PLACED:
            placed.append((first, second, third, one, shown, is_sent))
        elif what == _VOTED:
            voted[one] = max(first, voted.get(one, 0))
        elif second:
            waiting[one] = min(first, waiting.get(one, first))
        else:
            answered.add(one)
    placed.sort()  # pinned ones first, then by place
    ids = {row[3] for row in placed}
    return Ballot(
        placed=[Candidate(row[3], not row[0], row[4]) for row in placed],
        # what is no longer put to the vote is on nobody's ballot
        voted={one: key for one, key in voted.items() if one in ids},
        answered=answered & ids,
        waiting={one: key for one, key in waiting.items() if one in ids},
        sent_id=next((row[3] for row in placed if row[5]), None),
    )


@dataclass
class Own:
    """One person's part of a ballot. `waiting`: statement id -> the exposures that wait for an answer."""

    voted: dict[int, int] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    waiting: dict[int, list[int]] = field(default_factory=dict)

    def ballot(self, placed: Sequence[Candidate], ids: Set[int], sent_id: int | None) -> Ballot:
        """The whole ballot. `ids`: those of `placed`; what is no longer put to the vote is on nobody's ballot."""
        return Ballot(
            placed=placed,
            voted={one: key for one, key in self.voted.items() if one in ids},
            answered=self.answered & ids,
            waiting={one: min(keys) for one, keys in self.waiting.items() if one in ids},
            sent_id=sent_id if sent_id in ids else None,
        )


@dataclass(frozen=True)
class Ballots:
    """What many people's ballots are made of: what is placed in each stage, each person's own part, inner keys.

    `place`: stage id -> statement id -> its place in the list of what is placed there.
    """

    placed: Mapping[int, list[Candidate]]
    place: Mapping[int, Mapping[int, int]]
    own: Mapping[tuple[int, int], Own]
    ids: Mapping[uuid.UUID, int]

    def own_of(self, participant_id: int, stage_id: int) -> Own:
        """One person's part of the ballot in a stage."""
        return self.own.get((participant_id, stage_id)) or Own()

    def of(self, participant_id: int, stage_id: int) -> Ballot:
        """One person's ballot in a stage."""
        return self.own_of(participant_id, stage_id).ballot(self.placed[stage_id], self.place[stage_id].keys(), None)


def read_ballots(
    connection: Connection, people: Set[int], stages: Set[int], sent: Set[uuid.UUID]
) -> Callable[[], Ballots]:
    """Asks for the ballots of these people in these stages, and for the inner keys of statements."""
    asked = {stage: _PLACED_IN.ask(connection, stage_id=stage) for stage in sorted(stages)}
    own = _OWN_OF_MANY.ask(connection, people=listed(connection, people), stages=listed(connection, stages))
    keys = _IDS.ask(connection, keys=listed(connection, sent))

    def found() -> Ballots:
        placed = {
            stage: [Candidate(one, bool(pinned), shown) for one, pinned, shown in rows()]
            for stage, rows in asked.items()
        }
        place = {stage: {one.statement_id: n for n, one in enumerate(there)} for stage, there in placed.items()}
        return Ballots(placed, place, _own_of_many(own()), dict(keys()))

    return found


def _own_of_many(rows: Sequence[Any]) -> dict[tuple[int, int], Own]:
    found: dict[tuple[int, int], Own] = {}
    for person, stage, what, statement, key, waits in rows:
        own = found.get((person, stage))
        if own is None:
            own = found[person, stage] = Own()
        if what == _VOTED:
            own.voted[statement] = max(key, own.voted.get(statement, 0))
        elif waits:
            own.waiting.setdefault(statement, []).append(key)
        else:
            own.answered.add(statement)
    return found


def newest_vote_ids(connection: Connection, people: Set[int]) -> Callable[[], dict[int, int]]:
    """Asks for the newest vote of each of these people, anywhere: participant id -> vote id; none for who has none."""
    asked = _NEWEST_OF_MANY.ask(connection, people=listed(connection, people))
    return lambda: dict(asked())


class Earlier(NamedTuple):
    """A vote that came before under a client key."""

    vote_id: int
    participant_id: int
    statement_id: int
    position: int
    is_important: bool


def votes_with_keys(connection: Connection, keys: Set[uuid.UUID]) -> Callable[[], dict[uuid.UUID, Earlier]]:
    """Asks which of these client keys came before: key -> the vote that came with it."""
    asked = _WITH_KEYS.ask(connection, keys=listed(connection, keys))
    return lambda: {row[0]: Earlier(*row[1:]) for row in asked()}


def keys_of_votes(connection: Connection, ids: Set[int]) -> Callable[[], dict[int, uuid.UUID]]:
    """Asks for the client keys of these votes: vote id -> key."""
    asked = _KEYS_OF.ask(connection, ids=listed(connection, ids))
    return lambda: dict(asked())


def shown_statements(connection: Connection, ids: Set[int]) -> Callable[[], dict[int, "Shown"]]:
    """Asks for statements as a card shows them: statement id -> the statement."""
    asked = _MANY_SHOWN.ask(connection, ids=listed(connection, ids))
    return lambda: {row[0]: Shown(*row) for row in asked()}


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
