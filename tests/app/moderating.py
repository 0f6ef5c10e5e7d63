"""What tests of the moderation desk share: words that wait, addresses, forms."""

from typing import Any

from app.db import db, transaction
from app.models.comments import Comment, Prompt
from app.models.dialogues import Dialogue
from app.models.voting import Condition, Statement
from app.queries.moderation import Filters, queue
from deliberation.moderation import WordState
from deliberation.stages import StageKind
from deliberation.voting import Origin
from tests.factories import make_participant, make_session, make_stage, make_statement


def waiting_statement(dialogue: Dialogue, text: str = "Words of a person.", **changes: Any) -> Statement:
    return make_statement(dialogue, text, origin=Origin.PARTICIPANT, state=WordState.WAITING, **changes)


def waiting_comment(dialogue: Dialogue, text: str = "A comment.") -> Comment:
    talk = make_stage(make_session(dialogue, number=7), StageKind.DISCUSS)
    with transaction() as session:
        prompt = Prompt(stage_id=talk.id, place=1, text="What worries you?")
        session.add(prompt)
        session.flush()
        comment = Comment(dialogue_id=dialogue.id, prompt_id=prompt.id, stage_id=talk.id, text=text)
        session.add(comment)
    return comment


def waiting_condition(dialogue: Dialogue) -> Condition:
    person = make_participant(dialogue)
    statement = make_statement(dialogue, "Seeded.")
    with transaction() as session:
        row = Condition(participant_id=person.id, statement_id=statement.id, text="On who checks.")
        session.add(row)
    return row


def address(dialogue: Dialogue, rest: str = "") -> str:
    return f"/d/{dialogue.public_id}/moderation{rest}"


def sent(kind: str, words: Any, decision: str = "approve", **more: str) -> dict[str, str]:
    return {"kind": kind, "words": str(words.public_id), "decision": decision, **more}


def words_in(dialogue: Dialogue, filters: Filters) -> list[Any]:
    return [entry.words for entry in queue(dialogue, filters).entries]


def again(rows: list[Any]) -> list[Any]:
    db.session.expire_all()
    return rows
