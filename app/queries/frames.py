"""The tables of an analysis, read from the database: votes, statements, and the words that may be sorted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from analysis.frames import Tables
from app.db import db, utcnow
from app.models.comments import Comment
from app.models.consent import Consent
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.on_behalf import EntryOnBehalf, EntrySheet
from app.models.people import Participant
from app.models.requests import DataRequest, StepJudgement
from app.models.voting import Statement, Vote
from app.queries.results import Hidden, hidden_in, may_be_counted
from deliberation.consent import Purpose
from deliberation.moderation import WordState, showing

_VOTE_COLUMNS = ("participant", "statement", "position", "important", "entered")
JUDGEMENT_COLUMNS = [
    "participant", "request", "way", "step", "judgement", "words", "lang", "session", "stage", "late", "created_at",
]  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """What goes into an analysis, and what is kept apart for people to read. Ids are inner keys.

    last_vote_id  the newest vote of the dialogue: later ones are not in the tables
    read_at       when the tables were read: a vote undone later is still in them
    comments      comments whose words are in the tables
    statements    statements whose words are in the tables
    by_people     comments whose author said no to machine sorting: people read these, and they count equally
    statements_by_people  statements of such authors: their votes are in, their words are not
    hidden        stages that had not closed: their votes are not in the tables
    """

    tables: Tables
    last_vote_id: int
    read_at: datetime
    comments: tuple[int, ...]
    statements: tuple[int, ...]
    by_people: tuple[int, ...]
    statements_by_people: tuple[int, ...]
    hidden: tuple[Hidden, ...] = ()


def inputs_now(dialogue: Dialogue) -> Inputs:
    """The dialogue as it stands: current votes of everybody who has not left, each statement, readable words.

    Votes of a stage whose results are hidden are left out: nobody sees them before it closes.
    """
    now, hidden = utcnow(), hidden_in(dialogue)
    last_vote_id = (
        db.session.scalar(
            select(func.max(Vote.id))
            .join(Statement, Statement.id == Vote.statement_id)
            .where(Statement.dialogue_id == dialogue.id)
        )
        or 0
    )
    sortable = people_who_allow(dialogue, Purpose.MACHINE_SORTING)
    statements = _statements_of(dialogue)
    worded = [one for one in statements if one.author_id is None or one.author_id in sortable]
    comments = readable_comments(dialogue)
    sorted_by_machine = [one for one in comments if one.author_id is None or one.author_id in sortable]
    kept, taken = {one.id for one in worded}, {one.id for one in sorted_by_machine}
    return Inputs(
        tables=Tables(
            statements=_statements_frame(statements, kept),
            votes=votes_frame(dialogue, last_vote_id, now, hidden),
            comments=_comments_frame(sorted_by_machine),
        ),
        last_vote_id=last_vote_id,
        read_at=now,
        comments=tuple(one.id for one in sorted_by_machine),
        statements=tuple(one.id for one in worded),
        by_people=tuple(one.id for one in comments if one.id not in taken),
        statements_by_people=tuple(one.id for one in statements if one.id not in kept),
        hidden=hidden,
    )


def inputs_again(
    dialogue: Dialogue,
    last_vote_id: int,
    read_at: datetime,
    states: dict[int, tuple[str, bool]],
    worded: Collection[int],
    comments: Collection[int],
    hidden: Collection[Hidden] = (),
) -> Tables:
    """The tables of an earlier analysis, from what is still there.

    Args:
        states: statement -> its state and whether it was meta, as they were.
        worded, comments: statements and comments whose words were in the tables.
        hidden: stages whose votes were left out.
    """
    statements = [one for one in _statements_of(dialogue) if one.id in states]
    frame = _statements_frame(statements, set(worded))
    frame["state"] = [states[one][0] for one in frame["statement"]]
    frame["is_meta"] = [states[one][1] for one in frame["statement"]]
    wanted = set(comments)
    words = [one for one in _comments_of(dialogue) if one.id in wanted]
    votes = votes_frame(dialogue, last_vote_id, read_at, hidden)
    return Tables(statements=frame, votes=votes, comments=_comments_frame(words))


def votes_frame(
    dialogue: Dialogue, last_vote_id: int, read_at: datetime, hidden: Collection[Hidden] = ()
) -> pd.DataFrame:
    """Each vote up to `last_vote_id` of people who have not left: participant, statement, position, important, entered.

    `entered` says how the team came to enter it for the person ("paper", "phone", "room"); empty for their own hand.

    A vote that had been undone by `read_at` is not there, nor one cast in a stage of `hidden`.

    Rows follow the log, so the last of a person on a statement is the one that counts.
    """
    rows = db.session.execute(
        select(
            Vote.participant_id, Vote.statement_id, Vote.position, Vote.is_important, EntrySheet.way
        )
        .join(Statement, Statement.id == Vote.statement_id)
        .join(Participant, Participant.id == Vote.participant_id)
        .outerjoin(EntryOnBehalf, EntryOnBehalf.vote_id == Vote.id)
        .outerjoin(EntrySheet, EntrySheet.id == EntryOnBehalf.sheet_id)
        .where(
            Statement.dialogue_id == dialogue.id,
            Vote.id <= last_vote_id,
            or_(Vote.undone_at.is_(None), Vote.undone_at > read_at),
            Participant.left_at.is_(None),
            may_be_counted(hidden),
        )
        .order_by(Vote.id)
    ).all()
    return pd.DataFrame([(*row[:4], row[4].value if row[4] else "") for row in rows], columns=[*_VOTE_COLUMNS])


def judgements_frame(dialogue: Dialogue) -> pd.DataFrame:
    """What people who have not left say now at the stops of invented requests, one row each.

    Columns: participant (pseudonym), request and way (keys), step, judgement, words (empty unless analysts may
    read them), lang, session (its number), stage (its title), late, created_at.
    """
    rows = db.session.execute(
        select(StepJudgement, DataRequest.key, Participant.pseudonym, Stage.title, DialogueSession.number)
        .join(DataRequest, DataRequest.id == StepJudgement.request_id)
        .join(Participant, Participant.id == StepJudgement.participant_id)
        .outerjoin(Stage, Stage.id == StepJudgement.stage_id)
        .outerjoin(DialogueSession, DialogueSession.id == Stage.session_id)
        .where(DataRequest.dialogue_id == dialogue.id, Participant.left_at.is_(None))
        .order_by(StepJudgement.id)
    ).all()
    found = [
        (
            pseudonym,
            request,
            one.way,
            one.step.value,
            one.judgement.value,
            one.words if showing(one.state, one.reason).read_by_analysts else "",
            one.lang,
            number or 0,
            title or "",
            one.is_late,
            one.created_at,
        )
        for one, request, pseudonym, title, number in rows
    ]
    return pd.DataFrame(found, columns=JUDGEMENT_COLUMNS)


def people_who_allow(dialogue: Dialogue, purpose: Purpose) -> frozenset[int]:
    """Participants whose newest answer to an optional permission is yes.

    Words of an imported conversation were published under an open licence before they came here: their authors
    are counted in.
    """
    later = aliased(Consent)
    newest = (
        select(func.max(later.id))
        .where(later.participant_id == Consent.participant_id, later.purpose == purpose)
        .scalar_subquery()
    )
    said_yes = select(Consent.participant_id).where(
        Consent.purpose == purpose, Consent.is_given.is_(True), Consent.id == newest
    )
    found = db.session.scalars(
        select(Participant.id).where(
            Participant.dialogue_id == dialogue.id,
            or_(Participant.external_id.is_not(None), Participant.id.in_(said_yes)),
        )
    )
    return frozenset(found)


def readable_comments(dialogue: Dialogue) -> list[Comment]:
    """Comments that analysts read: not taken back, not kept out for abuse, personal data or legal reasons."""
    return [
        one
        for one in _comments_of(dialogue)
        if one.withdrawn_at is None and showing(one.state, one.reason).read_by_analysts
    ]


def _comments_of(dialogue: Dialogue) -> list[Comment]:
    asked = (
        select(Comment)
        .outerjoin(Participant, Participant.id == Comment.author_id)
        .where(Comment.dialogue_id == dialogue.id, Participant.left_at.is_(None))
        .order_by(Comment.id)
    )
    return list(db.session.scalars(asked))


def _statements_of(dialogue: Dialogue) -> list[Statement]:
    return list(
        db.session.scalars(select(Statement).where(Statement.dialogue_id == dialogue.id).order_by(Statement.id))
    )


def _statements_frame(statements: list[Statement], worded: Collection[int]) -> pd.DataFrame:
    """Words only where they may be sorted; a statement taken back is out whatever its state says."""
    return pd.DataFrame(
        {
            "statement": [one.id for one in statements],
            "state": [
                WordState.WITHDRAWN.value if one.withdrawn_at is not None else one.state.value for one in statements
            ],
            "is_meta": [one.is_meta for one in statements],
            "text": [one.text if one.id in worded else "" for one in statements],
            "lang": [one.lang for one in statements],
        }
    )


def _comments_frame(comments: list[Comment]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "comment": [one.id for one in comments],
            "text": [one.text for one in comments],
            "lang": [one.lang for one in comments],
        }
    )
