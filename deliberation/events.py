"""What happened, in the past tense: names of events, their commitment and their chain."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

GENESIS = "0" * 64
"""The hash before the first event of a dialogue."""


class EventKind(StrEnum):
    """Every act that is recorded. Never edited; a correction is another event."""

    DIALOGUE_CREATED = "dialogue_created"
    DIALOGUE_EDITED = "dialogue_edited"
    DIALOGUE_IMPORTED = "dialogue_imported"
    MEMBERSHIP_GRANTED = "membership_granted"
    MEMBERSHIP_ENDED = "membership_ended"
    SEAT_ADDED = "seat_added"
    SEAT_EDITED = "seat_edited"
    INVITATION_ISSUED = "invitation_issued"
    LOBBY_ENTERED = "lobby_entered"
    LOBBY_MATCHED = "lobby_matched"
    LOBBY_REFUSED = "lobby_refused"
    PARTICIPANT_JOINED = "participant_joined"
    PARTICIPANT_LEFT = "participant_left"
    DEVICE_ADDED = "device_added"
    DEVICE_LEFT = "device_left"
    RETURN_CODE_ISSUED = "return_code_issued"
    CONSENT_RECORDED = "consent_recorded"
    SESSION_EDITED = "session_edited"
    SESSION_OPENED = "session_opened"
    SESSION_PAUSED = "session_paused"
    SESSION_CLOSED = "session_closed"
    STAGE_EDITED = "stage_edited"
    STAGE_OPENED = "stage_opened"
    STAGE_PAUSED = "stage_paused"
    STAGE_CLOSED = "stage_closed"
    STAGE_STARTED = "stage_started"
    STAGE_FINISHED = "stage_finished"
    MATERIAL_EDITED = "material_edited"
    GLOSSARY_EDITED = "glossary_edited"
    MATERIAL_READ = "material_read"
    QUESTIONNAIRE_EDITED = "questionnaire_edited"
    MODEL_EDITED = "model_edited"
    MODEL_RATED = "model_rated"
    COMBINATION_MADE = "combination_made"
    STATEMENT_ADDED = "statement_added"
    STATEMENT_EDITED = "statement_edited"
    STATEMENT_PLACED = "statement_placed"
    STATEMENT_WITHDRAWN = "statement_withdrawn"
    STATEMENT_SHOWN = "statement_shown"
    STATEMENT_SKIPPED = "statement_skipped"
    VOTE_CAST = "vote_cast"
    VOTE_UNDONE = "vote_undone"
    PASS_EXPLAINED = "pass_explained"
    COMMENT_ADDED = "comment_added"
    COMMENT_WITHDRAWN = "comment_withdrawn"
    WORDS_APPROVED = "words_approved"
    WORDS_REFUSED = "words_refused"
    MODERATION_UNDONE = "moderation_undone"
    RESPONSE_SAVED = "response_saved"
    ANALYSIS_REQUESTED = "analysis_requested"
    SNAPSHOT_TAKEN = "snapshot_taken"
    THEME_EDITED = "theme_edited"
    FINDING_WRITTEN = "finding_written"
    CLAUSE_WRITTEN = "clause_written"
    CLAUSE_REMOVED = "clause_removed"
    EVIDENCE_LINKED = "evidence_linked"
    EVIDENCE_UNLINKED = "evidence_unlinked"
    TERMS_PUBLISHED = "terms_published"
    TERMS_EXPORTED = "terms_exported"


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no blanks, non-ASCII kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def commitment(salt: str, payload: Mapping[str, Any]) -> str:
    """SHA-256 over salt and payload, hex. Payload and salt can be deleted; the chain still verifies."""
    return hashlib.sha256(f"{salt}\n{canonical_json(payload)}".encode()).hexdigest()


def event_hash(previous: str, seq: int, event_id: str, kind: str, at: str, committed: str) -> str:
    """SHA-256, hex, that binds one event to the one before it."""
    body = canonical_json([previous, seq, event_id, kind, at, committed])
    return hashlib.sha256(body.encode()).hexdigest()
