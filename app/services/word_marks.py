"""Marks of the desk: personal data found as words are written, a flag, and who is looking at them now."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, insert, inspect, select, update
from sqlalchemy.orm import Mapper

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.moderation import WordMark
from app.models.people import Account
from app.queries.word_kinds import KINDS, WordKind, Words, kind_of
from deliberation.personal_data import find_personal_data

CLAIM = timedelta(minutes=2)
"""For how long others are told that somebody is looking at words."""


def mark_of(dialogue: Dialogue, words: Words) -> WordMark:
    """The words' mark, made when there is none yet."""
    mark = db.session.scalar(select(WordMark).where(WordMark.words_ref == words.public_id))
    if mark is None:
        mark = WordMark(dialogue_id=dialogue.id, kind=kind_of(words).key, words_ref=words.public_id)
        db.session.add(mark)
        db.session.flush()
    return mark


def set_flag(dialogue: Dialogue, words: Words, *, on: bool, by: Account) -> None:
    """Flags words to come back to, or takes the flag away. A note of the desk, not an act on the words."""
    mark_of(dialogue, words).is_flagged = on
    db.session.flush()


def claim(dialogue: Dialogue, words: Words, *, by: Account) -> bool:
    """Says for two minutes that this moderator is looking; False while somebody else is."""
    mark = mark_of(dialogue, words)
    now = utcnow()
    if mark.claimed_by_id not in (None, by.id) and mark.claimed_until is not None and mark.claimed_until > now:
        return False
    mark.claimed_by_id, mark.claimed_until = by.id, now + CLAIM
    db.session.flush()
    return True


def _listen(kind: WordKind) -> None:
    """Words of each kind are looked through for personal data whenever they are written or changed."""
    event.listen(kind.model, "after_insert", _look)
    event.listen(kind.model, "after_update", _look_again)


def _look_again(mapper: Mapper[Any], connection: Connection, words: Words) -> None:
    if inspect(words).attrs[kind_of(words).text.key].history.has_changes():
        known = update(WordMark).where(WordMark.words_ref == words.public_id)
        if not connection.execute(known.values(has_personal_data=_is_personal(words))).rowcount:
            _look(mapper, connection, words)


def _look(_mapper: Mapper[Any], connection: Connection, words: Words) -> None:
    if not _is_personal(words):
        return
    kind = kind_of(words)
    dialogue_id = connection.scalar(kind.joined(select(kind.dialogue_id)).where(kind.model.id == words.id))
    connection.execute(
        insert(WordMark).values(
            dialogue_id=dialogue_id, kind=kind.key, words_ref=words.public_id, has_personal_data=True
        )
    )


def _is_personal(words: Words) -> bool:
    return bool(find_personal_data(kind_of(words).text_of(words)))


for _kind in KINDS.values():
    _listen(_kind)
