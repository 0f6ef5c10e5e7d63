"""Statements that say nearly the same as some words: for the hint after Continue, and for the moderation desk."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import func, select

from analysis import embed
from analysis.matrix import Floats
from app.db import db
from app.models.dialogues import Dialogue
from app.models.similar import StatementVector
from app.models.voting import Statement
from deliberation.moderation import WordState
from deliberation.similar import MOST, Corpus

MOST_KNOWN = 5_000
"""How many statements of a dialogue are looked through, the newest first."""


@dataclass(frozen=True)
class Similar:
    """A statement that everyone can see, how close it is (1 and above is close), and whether it says the opposite."""

    statement: Statement
    score: float
    is_opposite: bool


def similar_statements(
    dialogue: Dialogue,
    text: str,
    *,
    excluding: Statement | None = None,
    limit: int = MOST,
    lang: str = "en",
    by_words: bool = False,
    most: int = MOST_KNOWN,
) -> list[Similar]:
    """Approved statements that are close to `text`, the closest first, opposites last; by words and by meaning.

    With `excluding` (a statement that is stored already, with `text` its words) nothing has to be encoded: its
    stored vector is used, or words alone where it has none yet. Otherwise the text is encoded here, which takes
    about 5 ms, unless words alone are to decide (`by_words`). Only the newest `most` statements are looked through.
    """
    if excluding is not None:
        return similar_to_each(dialogue, [excluding], limit=limit, most=most)[excluding.id]
    known = _known(dialogue, most)
    row = None if by_words or known.meanings is None or not embed.knows(lang) else embed.embed([text])[0]
    return _named(known, text, row, limit=limit)


def similar_to_each(
    dialogue: Dialogue, statements: Sequence[Statement], *, limit: int = MOST, most: int = MOST_KNOWN
) -> dict[int, list[Similar]]:
    """Statement id -> what is close to it, for several at once: everything is read once, and nothing is encoded."""
    known, found = _known(dialogue, most), {}
    own = _vectors_of([one.id for one in statements])
    for one in statements:
        row = embed.unpacked([own[one.id]])[0] if one.id in own else None
        found[one.id] = _named(known, one.text, row, limit=limit, excluding=one.id)
    return found


def without_vector(dialogue: Dialogue, limit: int) -> list[Statement]:
    """Statements of the dialogue that have words but no vector by the present model, the newest first."""
    language = func.substr(Statement.lang, 1, 2)
    found = (
        select(Statement)
        .outerjoin(
            StatementVector,
            (StatementVector.statement_id == Statement.id) & (StatementVector.model == embed.MODEL),
        )
        .where(
            Statement.dialogue_id == dialogue.id,
            Statement.state != WordState.WITHDRAWN,
            Statement.text != "",
            StatementVector.id.is_(None),
            language.in_(embed.LANGUAGES),
        )
        .order_by(Statement.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(found))


@dataclass(frozen=True)
class _Known:
    """What can be close, made ready to be compared."""

    rows: Sequence[Any]
    """(statement id, its words, their language), the newest first."""
    corpus: Corpus
    packed: Mapping[str, bytes]
    """Words -> their vector as it is stored: the same words have the same one."""
    meanings: embed.Meanings | None
    """The vectors of those rows that have one, in that order; None when none has."""

    @cached_property
    def without(self) -> list[int]:
        """The statements whose vector is still to be made."""
        return [key for key, text, lang in self.rows if text not in self.packed and embed.knows(lang)]

    def closeness(self, vector: Floats | None) -> list[float | None] | None:
        """For each row how close it is in meaning; None where that is not known."""
        if vector is None or self.meanings is None:
            return None
        close = self.meanings.closeness(vector).tolist()
        if len(close) == len(self.rows):
            return cast(list[float | None], close)
        following = iter(close)
        return [next(following) if text in self.packed else None for _key, text, _lang in self.rows]


_FEW = 50
_REMEMBERED = 4
_remembered: OrderedDict[tuple[int, int], _Known] = OrderedDict()
"""(dialogue, how many) -> what was made ready last, up to 20 MB each. It saves two thirds of what a hint costs, and
nothing is answered from it that does not stand in the database, word for word, at that moment."""
_remembering = threading.Lock()


def forget_texts() -> None:
    """Forgets what was made ready: words that change or go leave the memory too, not only the store."""
    with _remembering:
        _remembered.clear()


def _known(dialogue: Dialogue, most: int) -> _Known:
    """What can be close at this moment; only what changed since the last time is made ready again."""
    # on the connection, not the session: thousands of plain rows need no loading into objects
    found = db.session.connection().execute(
        select(Statement.id, Statement.text, Statement.lang)
        .where(Statement.dialogue_id == dialogue.id, Statement.state == WordState.APPROVED)
        .order_by(Statement.id.desc())
        .limit(most)
    )
    rows = list(map(tuple, found.all()))  # plain ones: thousands are compared in an instant
    with _remembering:
        before = _remembered.get((dialogue.id, most))
    known = _made_ready(rows, before)
    with _remembering:
        _remembered[dialogue.id, most] = known
        _remembered.move_to_end((dialogue.id, most))
        while len(_remembered) > _REMEMBERED:
            _remembered.popitem(last=False)
    return known


def _made_ready(rows: Sequence[Any], before: _Known | None) -> _Known:
    same = before is not None and before.rows == rows
    old = before.packed if before is not None else {}
    known = before.corpus if before is not None and same else Corpus([row[0] for row in rows], [row[1] for row in rows])
    missing = before.without if before is not None and same else [row[0] for row in rows if row[1] not in old]
    new = _vectors_of(missing)
    if before is not None and same and not new:
        return before
    packed = {text: new[key] if key in new else old[text] for key, text, _lang in rows if key in new or text in old}
    stored = [packed[text] for _key, text, _lang in rows if text in packed]
    return _Known(rows, known, packed, embed.Meanings(embed.unpacked(stored)) if stored else None)


def _named(
    known: _Known, text: str, vector: Floats | None, *, limit: int, excluding: int | None = None
) -> list[Similar]:
    """The closest, as statements."""
    near = known.corpus.nearest(text, known.closeness(vector), limit=limit, excluding=excluding)
    return [Similar(db.session.get_one(Statement, one.key), one.score, one.is_opposite) for one in near]


def _vectors_of(statement_ids: Sequence[int]) -> dict[int, bytes]:
    """Statement id -> its vector as it is stored. For very many, all in their range are read: that is quicker."""
    if not statement_ids:
        return {}
    key = StatementVector.statement_id
    within = key.in_(statement_ids)
    if len(statement_ids) > _FEW:
        within = key.between(min(statement_ids), max(statement_ids))
    found = select(key, StatementVector.vector).where(within, StatementVector.model == embed.MODEL)
    wanted = set(statement_ids)
    return {row.statement_id: row.vector for row in db.session.execute(found) if row.statement_id in wanted}
