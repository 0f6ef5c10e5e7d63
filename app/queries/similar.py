"""Statements that say nearly the same as some words: for the hint after Continue, and for the moderation desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from analysis import embed
from analysis.matrix import Floats
from app.db import db
from app.models.dialogues import Dialogue
from app.models.similar import StatementVector
from app.models.voting import Statement
from deliberation.moderation import WordState
from deliberation.similar import MOST, Known, nearest

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
    looked = _look(dialogue, most)
    if by_words or looked.vectors is None or not embed.knows(lang):
        return looked.nearest(text, {}, limit=limit)
    meanings = looked.meanings(embed.embed([text])[0])
    return looked.nearest(text, meanings, limit=limit)


def similar_to_each(
    dialogue: Dialogue, statements: Sequence[Statement], *, limit: int = MOST, most: int = MOST_KNOWN
) -> dict[int, list[Similar]]:
    """Statement id -> what is close to it, for several at once: everything is read once, and nothing is encoded."""
    looked = _look(dialogue, most)
    found = {}
    own = _vectors_of([one.id for one in statements])
    for one in statements:
        row = own.get(one.id)
        meanings = looked.meanings(embed.unpacked([row])[0]) if row is not None and looked.vectors is not None else {}
        found[one.id] = looked.nearest(one.text, meanings, limit=limit, excluding=one.id)
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
class _Looked:
    """Ids and words of what can be close, and the matrix of those that have a vector (None when none has)."""

    keys: Sequence[int]
    texts: Sequence[str]
    with_vector: Sequence[int]
    vectors: Floats | None

    def meanings(self, row: Floats) -> dict[int, float]:
        """Statement id -> closeness in meaning."""
        if self.vectors is None:
            return {}
        return dict(zip(self.with_vector, embed.closeness(row, self.vectors).tolist(), strict=True))

    def nearest(
        self, text: str, meanings: dict[int, float], *, limit: int, excluding: int | None = None
    ) -> list[Similar]:
        """The closest, as statements."""
        known = [
            Known(key, words, meanings.get(key))
            for key, words in zip(self.keys, self.texts, strict=True)
            if key != excluding
        ]
        near = nearest(text, known, limit=limit)
        return [Similar(db.session.get_one(Statement, one.key), one.score, one.is_opposite) for one in near]


def _look(dialogue: Dialogue, most: int) -> _Looked:
    # on the connection, not the session: thousands of plain rows need no loading into objects
    rows = db.session.connection().execute(
        select(Statement.id, Statement.text, StatementVector.vector)
        .outerjoin(
            StatementVector,
            (StatementVector.statement_id == Statement.id) & (StatementVector.model == embed.MODEL),
        )
        .where(Statement.dialogue_id == dialogue.id, Statement.state == WordState.APPROVED)
        .order_by(Statement.id.desc())
        .limit(most)
    ).all()
    if not rows:
        return _Looked((), (), [], None)
    keys, texts, vectors = zip(*rows, strict=True)
    stored = [vector for vector in vectors if vector is not None]
    return _Looked(
        keys=keys,
        texts=texts,
        with_vector=[key for key, vector in zip(keys, vectors, strict=True) if vector is not None],
        vectors=embed.unpacked(stored) if stored else None,
    )


def _vectors_of(statement_ids: Sequence[int]) -> dict[int, bytes]:
    rows = db.session.execute(
        select(StatementVector.statement_id, StatementVector.vector).where(
            StatementVector.statement_id.in_(statement_ids), StatementVector.model == embed.MODEL
        )
    )
    return {row.statement_id: row.vector for row in rows}
