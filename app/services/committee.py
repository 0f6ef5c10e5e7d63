"""What committee members do before a decision: declare, score alone, open the spread, answer points, dissent."""

from collections.abc import Mapping
from datetime import datetime

from app.db import db
from app.models.access_applications import AccessApplication
from app.models.committee import (
    CommitteeDissent,
    CommitteeInterest,
    CommitteePointAnswer,
    CommitteeRubric,
    CommitteeScore,
    CommitteeScoreChange,
)
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.queries import committee as reads
from app.services.recording import record
from deliberation.assessment import BEFORE_DECISION, ApplicationState
from deliberation.comments import check_words
from deliberation.committee import (
    ANSWER_LIMIT,
    Member,
    check_has_scored,
    check_score_change,
    check_scores,
    may_see_spread,
)
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.rubric import STANDARD, Criterion, Level, check_rubric

NOTE_LIMIT = 1000
DECLARING = tuple(state for state in BEFORE_DECISION if state is not ApplicationState.DRAFT)
"""States in which a member may declare: from the submission on, for whoever screens decides too."""


def declare_interest(application: AccessApplication, *, words: str, is_recused: bool, by: Account) -> CommitteeInterest:
    """What a member has to do with the applicant, or that there is nothing; standing aside is kept in the record.

    Raises:
        RuleError: `declaration_late` once decided, `interest_words_missing` for standing aside without saying why,
            `words_too_long`.
    """
    _check_before_decision(application)
    if is_recused and not words.strip():
        raise RuleError("interest_words_missing")
    tidy = check_words(words, limit=ANSWER_LIMIT) if words.strip() else ""
    row = CommitteeInterest(
        application_id=application.id, account_id=by.id, words=tidy, is_recused=is_recused, declared_by_id=by.id
    )
    return _kept_interest(application, row, by)


def note_away(application: AccessApplication, member: Account, *, words: str, by: Account) -> CommitteeInterest:
    """The chair notes that a member takes no part, so that the decision does not wait for them.

    Raises:
        RuleError: `not_the_chair`, `declaration_late`, `away_words_missing`, `is_recused`, `scores_are_in`.
    """
    check_chair(application, by)
    _check_before_decision(application)
    if not words.strip():
        raise RuleError("away_words_missing")
    standing = reads.member_at(application, member, reads.round_of(application))
    if standing.is_recused:
        raise RuleError("is_recused")
    if standing.has_scored:
        raise RuleError("scores_are_in")
    row = CommitteeInterest(
        application_id=application.id, account_id=member.id, words=check_words(words, limit=ANSWER_LIMIT),
        is_away=True, declared_by_id=by.id,
    )  # fmt: skip
    return _kept_interest(application, row, by)


def _kept_interest(application: AccessApplication, row: CommitteeInterest, by: Account) -> CommitteeInterest:
    db.session.add(row)
    db.session.flush()
    facts = {"is_recused": row.is_recused, "is_away": row.is_away}
    record(EventKind.COMMITTEE_INTEREST_DECLARED, by=by, dialogue_id=_dialogue(application), about=row, facts=facts)
    return row


def hand_in_scores(
    application: AccessApplication, *, levels: Mapping[str, str], notes: Mapping[str, str], by: Account, now: datetime
) -> CommitteeScore:
    """A member's whole scores, alone; handed in again they replace the old ones until the spread has been seen.

    Raises:
        RuleError: `committee_not_sitting`, or as `check_scores`.
    """
    check_sitting(application)
    number = reads.round_of(application)
    member = reads.member_at(application, by, number)
    rubric = current_rubric(application.asset.dialogue)
    keys = [one.key for one in reads.criteria_of(rubric)]
    found = check_scores(member, levels, keys)
    row = reads.score_of(application, by, number) or CommitteeScore(
        application_id=application.id, round=number, account_id=by.id
    )
    row.rubric_id, row.submitted_at = rubric.id, now
    row.levels = {key: level.value for key, level in found.items()}
    row.notes = {key: check_words(notes[key], limit=NOTE_LIMIT) for key in keys if notes.get(key, "").strip()}
    db.session.add(row)
    db.session.flush()
    _scored(application, row, by, "handed_in")
    return row


def open_spread(application: AccessApplication, *, by: Account, now: datetime) -> None:
    """Opens the spread to a member whose own scores are in; from now on every change of theirs is marked.

    Raises:
        RuleError: `spread_closed`.
    """
    number = reads.round_of(application)
    row = reads.score_of(application, by, number)
    if row is None or not may_see_spread(reads.member_at(application, by, number)):
        raise RuleError("spread_closed")
    if row.seen_at is None:
        row.seen_at = now
        db.session.flush()
        _scored(application, row, by, "spread_opened")


def change_score(
    application: AccessApplication, *, criterion: str, level: str, reason: str, by: Account, now: datetime
) -> CommitteeScoreChange:
    """One level after the spread was seen: marked, with the old one and why.

    Raises:
        RuleError: `committee_not_sitting`, or as `check_score_change`.
    """
    check_sitting(application)
    number = reads.round_of(application)
    row = reads.score_of(application, by, number)
    before = Level(row.levels[criterion]) if row is not None and criterion in row.levels else None
    after, why = check_score_change(reads.member_at(application, by, number), before, level, reason)
    assert row is not None
    assert before is not None
    change = CommitteeScoreChange(
        score_id=row.id, criterion=criterion, level_before=before, level_after=after, reason=why, changed_at=now
    )
    row.changes.append(change)
    row.levels = {**row.levels, criterion: after.value}
    db.session.flush()
    _scored(application, row, by, "changed")
    return change


def _scored(application: AccessApplication, row: CommitteeScore, by: Account, what: str) -> None:
    facts = {"what": what, "round": row.round}
    record(EventKind.APPLICATION_SCORED, by=by, dialogue_id=_dialogue(application), about=row, facts=facts)


def answer_points(
    application: AccessApplication, *, words: Mapping[int, str], by: Account, now: datetime
) -> None:
    """Keeps how the committee answers panel points (inner key -> words; empty takes an answer away again).

    Raises:
        RuleError: `committee_not_sitting`, as `check_has_scored`, or `words_too_long`.
    """
    check_sitting(application)
    number = reads.round_of(application)
    check_has_scored(reads.member_at(application, by, number))
    held, changed = reads.point_answers(application, number), 0
    for point_id, typed in words.items():
        row = held.get(point_id)
        if not typed.strip():
            if row is not None:
                db.session.delete(row)
                changed += 1
            continue
        tidy = check_words(typed, limit=ANSWER_LIMIT)
        if row is not None and row.words == tidy:
            continue
        row = row or CommitteePointAnswer(application_id=application.id, round=number, point_id=point_id)
        row.words, row.written_by_id, row.written_at = tidy, by.id, now
        db.session.add(row)
        changed += 1
    db.session.flush()
    if changed:
        facts = {"what": "points", "count": changed, "round": number}
        record(
            EventKind.APPLICATION_REASONED, by=by, dialogue_id=_dialogue(application), about=application, facts=facts
        )


def keep_dissent(
    application: AccessApplication, *, words: str, is_named: bool, by: Account, now: datetime
) -> CommitteeDissent | None:
    """A member's own dissent, under their name or as "one member"; empty words take it back before the decision.

    Raises:
        RuleError: `committee_not_sitting`, as `check_has_scored`, or `words_too_long`.
    """
    check_sitting(application)
    number = reads.round_of(application)
    check_has_scored(reads.member_at(application, by, number))
    row = reads.dissent_by(application, by, number)
    if not words.strip():
        if row is not None:
            db.session.delete(row)
            db.session.flush()
        return None
    row = row or CommitteeDissent(application_id=application.id, round=number, account_id=by.id)
    row.words, row.is_named, row.written_at = check_words(words, limit=ANSWER_LIMIT), is_named, now
    db.session.add(row)
    db.session.flush()
    facts = {"what": "dissent", "is_named": is_named, "round": number}
    # An unnamed dissent is in the record without its author: the program keeps it.
    who = by if is_named else None
    record(EventKind.APPLICATION_REASONED, by=who, dialogue_id=_dialogue(application), about=application, facts=facts)
    return row


def edit_rubric(dialogue: Dialogue, criteria: list[Criterion], *, by: Account, now: datetime) -> CommitteeRubric:
    """A new version of the rubric; scores keep the version they were given on.

    Raises:
        RuleError: as `check_rubric`, or `unchanged`.
    """
    tidy = check_rubric(criteria)
    newest = reads.newest_rubric(dialogue)
    if tidy == reads.criteria_of(newest):
        raise RuleError("unchanged")
    row = _rubric(dialogue, tidy, version=(newest.version if newest else 1) + 1, by=by, now=now)
    facts = {"what": "rubric", "version": row.version}
    record(EventKind.APPLICATION_REASONED, by=by, dialogue_id=dialogue.id, about=row, facts=facts)
    return row


def current_rubric(dialogue: Dialogue) -> CommitteeRubric:
    """The newest version; the standard one is kept as version 1 the first time it is used."""
    return reads.newest_rubric(dialogue) or _rubric(dialogue, STANDARD, version=1, by=None, now=None)


def _rubric(
    dialogue: Dialogue, criteria: tuple[Criterion, ...], *, version: int, by: Account | None, now: datetime | None
) -> CommitteeRubric:
    rows = [{"key": one.key, "part": one.part.value, "words": one.words} for one in criteria]
    row = CommitteeRubric(
        dialogue_id=dialogue.id, version=version, criteria=rows, written_by_id=by.id if by else None
    )
    if now is not None:
        row.written_at = now
    db.session.add(row)
    db.session.flush()
    return row


def check_sitting(application: AccessApplication) -> None:
    """RuleError `committee_not_sitting` unless the application is before the committee."""
    if application.state not in reads.SITTING:
        raise RuleError("committee_not_sitting")


def check_chair(application: AccessApplication, by: Account) -> None:
    """RuleError `not_the_chair`."""
    if application.asset.chair_account_id != by.id:
        raise RuleError("not_the_chair")


def chair_standing(application: AccessApplication, by: Account) -> Member:
    """Where the chair stands; RuleError `not_the_chair` for anybody else."""
    check_chair(application, by)
    return reads.member_at(application, by, reads.round_of(application))


def _check_before_decision(application: AccessApplication) -> None:
    if application.state not in DECLARING:
        raise RuleError("declaration_late")


def _dialogue(application: AccessApplication) -> int:
    return application.asset.dialogue_id
