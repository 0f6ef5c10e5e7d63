"""A table writes: taking the pen, saving a version, suggesting and answering changes, agreeing."""

import uuid

from sqlalchemy import select

from app.db import db, utcnow
from app.models.analysis import Finding
from app.models.dialogues import Stage
from app.models.drafting import Draft, DraftAgreement, DraftSuggestion, DraftVersion
from app.models.people import Account, Participant
from app.queries.drafting import agreement_by, next_number, table_in
from app.services.recording import By, check_stage_act, record
from deliberation.comments import check_words
from deliberation.drafting import (
    DRAFT_LIMIT,
    SUGGESTION_LIMIT,
    Agreement,
    DraftKind,
    SuggestionState,
    check_agreement,
    check_answer,
    check_holds_pen,
    check_newest,
    check_pen_free,
    check_quote,
)
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Action


def begin_draft(stage: Stage, kind: DraftKind, text: str, *, by: Participant) -> Draft:
    """The first version of a new draft of the person's table; they hold the pen.

    Raises:
        NotAllowed: `stage_not_open`.
        RuleError: `words_empty`, `words_too_long`.
    """
    check_stage_act(stage, Action.WRITE_DRAFT)
    draft = Draft(
        stage_id=stage.id, table_id=table_in(stage, by), number=next_number(stage), kind=kind, lang=by.lang,
        pen_holder_id=by.id, pen_used_at=utcnow(),
    )  # fmt: skip
    draft.stage = stage
    _add_version(draft, text, by)
    return draft


def take_pen(draft: Draft, *, by: Participant) -> None:
    """The person becomes the scribe; RuleError `pen_taken` while another one is writing, `not_your_table`."""
    _check_table(draft, by)
    check_pen_free(draft.pen_holder_id, draft.pen_used_at, utcnow(), by.id)
    draft.pen_holder_id, draft.pen_used_at = by.id, utcnow()
    db.session.flush()


def put_pen_down(draft: Draft, *, by: Participant) -> None:
    """Anybody else at the table may write now."""
    _check_table(draft, by)
    if draft.pen_holder_id == by.id:
        draft.pen_holder_id = draft.pen_used_at = None
        db.session.flush()


def save_draft(draft: Draft, text: str, *, based_on: int, by: Participant) -> None:
    """One more version; the same words again are no new version.

    Raises:
        RuleError: `pen_missing`; `draft_changed` when a newer version than `based_on` is there; `not_your_table`.
    """
    _check_table(draft, by)
    check_holds_pen(draft.pen_holder_id, by.id)
    check_newest(based_on, draft.current.number)
    draft.pen_used_at = utcnow()
    if draft.current.text != check_words(text, limit=DRAFT_LIMIT):
        _add_version(draft, text, by)


def show_draft(draft: Draft, *, by: Account) -> None:
    """Staff have looked at the newest version: everyone in the dialogue may see it."""
    draft.current.is_shown = True
    db.session.flush()
    _record(EventKind.WORDS_APPROVED, draft, by, {"version": draft.current.number})


def suggest_change(draft: Draft, text: str, *, quote: str = "", client_key: uuid.UUID, by: Participant) -> None:
    """Other words for the draft as everyone sees it, or for a quoted part. The same key again counts once.

    Raises:
        RuleError: `own_draft` at one's own table; `not_shown`; `quote_missing`; `words_empty`; `key_reused`.
    """
    check_stage_act(draft.stage, Action.WRITE_DRAFT)
    if draft.table_id == table_in(draft.stage, by):
        raise RuleError("own_draft")
    if draft.shown is None:
        raise RuleError("not_shown")
    words = check_words(text, limit=SUGGESTION_LIMIT)
    check_quote(quote, draft.shown.text)
    before = db.session.scalar(select(DraftSuggestion).where(DraftSuggestion.client_key == client_key))
    if before is not None:
        if (before.participant_id, before.draft_id, before.text) != (by.id, draft.id, words):
            raise RuleError("key_reused")
        return
    made = DraftSuggestion(
        client_key=client_key, draft_id=draft.id, version=draft.shown.number, participant_id=by.id,
        table_id=table_in(draft.stage, by), quote=" ".join(quote.split()), text=words, lang=by.lang,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _record(EventKind.DRAFT_CHANGE_SUGGESTED, draft, by, {"version": made.version, "quoted": bool(quote)})


def answer_suggestion(
    draft: Draft, suggestion: DraftSuggestion, state: SuggestionState, *, reason: str = "", by: Participant
) -> None:
    """The scribe says what the table did with it; RuleError `why_missing` where it was not taken whole."""
    _check_table(draft, by)
    check_holds_pen(draft.pen_holder_id, by.id)
    check_answer(state, reason)
    suggestion.state, suggestion.answered_at = state, utcnow()
    suggestion.reason = check_words(reason, limit=SUGGESTION_LIMIT) if reason.strip() else ""
    draft.pen_used_at = utcnow()
    db.session.flush()
    _record(EventKind.DRAFT_CHANGE_ANSWERED, draft, by, {"state": state.value})


def withdraw_suggestion(suggestion: DraftSuggestion, *, by: Participant) -> None:
    """Takes one's own suggestion back; nothing of it stays."""
    if suggestion.participant_id != by.id:
        raise RuleError("not_yours")
    _record(EventKind.DRAFT_CHANGE_ANSWERED, suggestion.draft, by, {"state": "taken back"})
    db.session.delete(suggestion)
    db.session.flush()


def agree(draft: Draft, said: Agreement, words: str = "", *, by: Participant) -> None:
    """Keeps "agreed" or "agreed except ..."; a changed mind replaces it. RuleError `except_missing`, `not_shown`."""
    check_stage_act(draft.stage, Action.WRITE_DRAFT)
    check_agreement(said, words)
    mine = table_in(draft.stage, by)
    version = draft.current if draft.table_id == mine else draft.shown
    if version is None:
        raise RuleError("not_shown")
    row = agreement_by(draft, by)
    if row is None:
        row = DraftAgreement(draft_id=draft.id, participant_id=by.id)
        db.session.add(row)
    row.said, row.version, row.table_id, row.said_at = said, version.number, mine, utcnow()
    row.words = check_words(words, limit=SUGGESTION_LIMIT) if said is Agreement.AGREED_EXCEPT else ""
    db.session.flush()
    _record(EventKind.DRAFT_AGREED, draft, by, {"said": said.value, "version": version.number})


def take_over(draft: Draft, finding: Finding, *, by: Account) -> None:
    """An analyst has written a finding with a table's words: the finding says so from now on."""
    draft.finding_id = finding.id
    db.session.flush()
    _record(EventKind.DRAFT_WRITTEN, draft, by, {"how": "taken over into a finding", "number": finding.number})


def _add_version(draft: Draft, text: str, by: Participant) -> None:
    dialogue = draft.stage.session.dialogue
    words = check_words(text, limit=DRAFT_LIMIT)
    number = len(draft.versions) + 1
    version = DraftVersion(number=number, text=words, is_shown=not dialogue.moderates_first, written_by_id=by.id)
    draft.versions.append(version)
    db.session.add(draft)
    db.session.flush()
    _record(EventKind.DRAFT_WRITTEN, draft, by, {"kind": draft.kind.value, "version": number})


def _check_table(draft: Draft, by: Participant) -> None:
    check_stage_act(draft.stage, Action.WRITE_DRAFT)
    if draft.table_id != table_in(draft.stage, by):
        raise RuleError("not_your_table")
    # one save at a time: the newest version is looked at under the row's lock
    db.session.execute(select(Draft.id).where(Draft.id == draft.id).with_for_update())
    db.session.refresh(draft)


def _record(kind: EventKind, draft: Draft, by: By, facts: dict[str, object]) -> None:
    record(kind, by=by, dialogue_id=draft.stage.session.dialogue_id, about=draft, facts=facts)
