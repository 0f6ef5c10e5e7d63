"""Entering what somebody said on paper, by phone or in the room, undoing it, and taking consent on paper."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select

from app.db import db, utcnow
from app.models.comments import Comment, CommentWording, Prompt
from app.models.consent import Consent
from app.models.dialogues import Dialogue, Stage
from app.models.on_behalf import EntryOnBehalf, EntrySheet
from app.models.people import Account, Participant
from app.models.vault import Seat
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.joining import participant_in
from app.queries.taking_part import table_of
from app.queries.voting import ballot_of, find_votable, own_votes
from app.services.casting import Choice, Where, keep_vote
from app.services.comments import keep_comment
from app.services.consent import newest_answers, texts_for
from app.services.joining import admit
from app.services.recording import new_client_key, record, stage_thing
from app.services.statements_own import keep_own_statement
from app.services.voting import cast_vote
from deliberation.comments import CommentTarget
from deliberation.consent import NEEDED, OPTIONAL, Purpose
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.on_behalf import EntryWay, LateWindow, check_asked, check_entry
from deliberation.stages import StageState
from deliberation.voting import Position, check_votable


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet, or was said in a call.

    votes: (statement, position, whether it matters a lot). replace: inner keys of the statements whose vote by the
    person's own hand gives way; without it their own vote stays. answers: (prompt, words).
    """

    votes: Sequence[tuple[Statement, Position, bool]] = ()
    statements: Sequence[str] = ()
    answers: Sequence[tuple[Prompt, str]] = ()
    replace: Collection[int] = field(default_factory=frozenset)


def enter_sheet(
    stage: Stage,
    person: Participant,
    sheet: Sheet,
    *,
    way: EntryWay,
    was_asked: bool,
    asked_whom: str,
    asked_on: date,
    was_before: bool = False,
    client_key: uuid.UUID,
    by: Account,
) -> EntrySheet:
    """Keeps everything on the sheet as the person's own, each row marked as entered by the team.

    The same key again is answered as before. A vote of the person's own stays unless it is to be replaced.

    Raises:
        RuleError: `asked_missing`, `asked_whom_missing`, `not_consented`, `entry_not_begun`, `entry_too_late`,
            `entry_before_missing`, `not_votable`, `nothing_entered`, or a refusal of the words.
    """
    before = db.session.scalar(select(EntrySheet).where(EntrySheet.client_key == client_key))
    if before is not None:
        return before
    whom = check_asked(was_asked=was_asked, whom=asked_whom)
    dialogue = stage.session.dialogue
    answers = newest_answers(person)
    if person.dialogue_id != dialogue.id or person.left_at is not None or not all(answers.get(one) for one in NEEDED):
        raise RuleError("not_consented")
    state = stage_thing(stage).stage_state or StageState.PLANNED
    is_late = check_entry(
        state=state, closed_at=stage.closed_at, now=utcnow(), window=dialogue.late_paper,
        zone=dialogue.timezone, was_before=was_before,
    )  # fmt: skip
    row = EntrySheet(
        client_key=client_key, dialogue_id=dialogue.id, participant_id=person.id, stage_id=stage.id, way=way,
        asked_whom=whom, asked_on=asked_on, is_late=is_late, entered_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    is_open = state in {StageState.OPEN, StageState.CLOSING}
    entries = [*_votes(stage, person, sheet, is_open, is_late), *_words(stage, person, sheet, is_late)]
    if not entries:
        raise RuleError("nothing_entered")
    for entry in entries:
        entry.sheet_id = row.id
    db.session.add_all(entries)
    db.session.flush()
    facts = {"way": way.value, "late": is_late, "rows": len(entries)}
    record(EventKind.ENTERED_ON_BEHALF, by=by, dialogue_id=dialogue.id, about=person, facts=facts)
    return row


def undo_sheet(sheet: EntrySheet, *, by: Account) -> None:
    """Takes out what came of a sheet: the vote before counts again, words are taken back.

    Raises:
        RuleError: `already_undone`.
    """
    if sheet.undone_at is not None:
        raise RuleError("already_undone")
    now = utcnow()
    sheet.undone_at = now
    for entry in db.session.scalars(select(EntryOnBehalf).where(EntryOnBehalf.sheet_id == sheet.id)):
        if entry.vote_id is not None:
            vote = db.session.get_one(Vote, entry.vote_id)
            vote.undone_at = vote.undone_at or now
            db.session.flush()
            _count_earlier(vote)
            continue
        words: Statement | Comment = (
            db.session.get_one(Statement, entry.statement_id)
            if entry.statement_id is not None
            else db.session.get_one(Comment, entry.comment_id)
        )
        if words.state is not WordState.WITHDRAWN:
            words.state, words.withdrawn_at = WordState.WITHDRAWN, now
        if isinstance(words, Comment):
            db.session.execute(delete(CommentWording).where(CommentWording.comment_id == words.id))
    db.session.flush()
    person = db.session.get_one(Participant, sheet.participant_id)
    facts = {"way": sheet.way.value, "undone": True}
    record(EventKind.ENTERED_ON_BEHALF, by=by, dialogue_id=sheet.dialogue_id, about=person, facts=facts)


def consent_on_paper(
    dialogue: Dialogue, seat: Seat, allowed: Collection[Purpose], *, took_part: bool, by: Account
) -> Participant:
    """Records what somebody signed or said: notice read, taking part, each permission yes or no.

    Whoever has not joined is admitted to the seat.

    Raises:
        RuleError: `consent_needed` without their yes, `already_consented` when they answered themselves.
    """
    if not took_part:
        raise RuleError("consent_needed")
    person = participant_in(seat) or admit(dialogue, seat=seat, lang=dialogue.lang)
    if all(newest_answers(person).get(one) for one in NEEDED):
        raise RuleError("already_consented")
    texts = texts_for(dialogue, (*NEEDED, *OPTIONAL), person.lang)
    for purpose, text in texts.items():
        is_given = purpose in NEEDED or purpose in allowed
        db.session.add(
            Consent(
                participant_id=person.id, purpose=purpose, version=text.version, digest=text.digest,
                is_given=is_given, recorded_at=utcnow(),
            )
        )  # fmt: skip
        facts = {"purpose": purpose.value, "version": text.version, "given": is_given, "on_paper": True}
        record(EventKind.CONSENT_RECORDED, by=by, dialogue_id=dialogue.id, about=person, facts=facts)
    db.session.flush()
    return person


def set_late_paper(dialogue: Dialogue, window: LateWindow, *, by: Account) -> None:
    """How long after closing paper is taken in this dialogue."""
    dialogue.late_paper = window
    db.session.flush()
    facts = {"late_paper": window.value}
    record(EventKind.DIALOGUE_EDITED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)


def _votes(
    stage: Stage, person: Participant, sheet: Sheet, is_open: bool, is_late: bool
) -> list[EntryOnBehalf]:
    """The vote path itself refuses a stage that is not open; `check_entry` has said that this one may be entered."""
    own, entries = own_votes(person), []
    for statement, position, important in sheet.votes:
        check_votable(is_approved=True, is_placed=find_votable(stage, statement.public_id) is not None)
        if statement.id in own and statement.id not in sheet.replace:
            continue
        # a key of its own, made now: the newest choice counts, and a sheet sent twice is stopped before it comes here
        vote_key = new_client_key()
        if is_open:
            vote_id = cast_vote(stage, statement, position, important=important, client_key=vote_key, by=person)
        else:
            where = Where(
                person.id, person.public_id, person.dialogue_id, stage.session_id, stage.id, table_of(stage, person),
                is_late,
            )  # fmt: skip
            choice = Choice(statement.id, statement.public_id, int(position), important, vote_key)
            db.session.flush()
            kept = keep_vote(db.session.connection(), where, choice, ballot_of(stage, person), now=utcnow())
            vote_id = kept.vote_id
        entries.append(EntryOnBehalf(vote_id=vote_id, replaced_own=statement.id in own))
    return entries


def _words(stage: Stage, person: Participant, sheet: Sheet, is_late: bool) -> list[EntryOnBehalf]:
    entries = []
    for text in sheet.statements:
        statement = keep_own_statement(stage, text, is_late=is_late, by=person)
        entries.append(EntryOnBehalf(statement_id=statement.id))
    for prompt, text in sheet.answers:
        answers = {"prompt_id": prompt.id}
        comment = keep_comment(stage, CommentTarget.PROMPT, answers, text, is_late=is_late, by=person)
        entries.append(EntryOnBehalf(comment_id=comment.id))
    return [one for one in entries if not _is_entered(one)]


def _is_entered(entry: EntryOnBehalf) -> bool:
    """The same words were entered before: they were kept once, and so is the mark."""
    same = select(EntryOnBehalf.id).where(
        EntryOnBehalf.statement_id == entry.statement_id
        if entry.statement_id is not None
        else EntryOnBehalf.comment_id == entry.comment_id
    )
    return db.session.scalar(same) is not None


def _count_earlier(vote: Vote) -> None:
    """The newest vote that stands counts again, where the undone one was the current one."""
    current = _current(vote.participant_id, vote.statement_id)
    if current is None or current.vote_id != vote.id:
        return
    earlier = db.session.scalar(
        select(Vote)
        .where(
            Vote.participant_id == vote.participant_id,
            Vote.statement_id == vote.statement_id,
            Vote.undone_at.is_(None),
        )
        .order_by(Vote.id.desc())
        .limit(1)
    )
    if earlier is None:
        db.session.delete(current)
    else:
        current.vote_id, current.position = earlier.id, earlier.position
        current.is_important, current.cast_at = earlier.is_important, earlier.cast_at
    db.session.flush()


def _current(participant_id: int, statement_id: int) -> CurrentVote | None:
    """Read afresh: the vote's own path writes this table past the session."""
    return db.session.scalar(
        select(CurrentVote)
        .where(CurrentVote.participant_id == participant_id, CurrentVote.statement_id == statement_id)
        .execution_options(populate_existing=True)
    )
