"""Making a dialogue from a Polis export: read whole or refused line by line, then written in one go."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Any

from sqlalchemy import insert, select

from analysis.polis_export import PolisExport, PolisExportError, read_polis_export
from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership, Participant
from app.models.types import new_public_id
from app.models.voting import CurrentVote, Statement, Vote
from app.services.consent import add_text
from app.services.dialogues import add_outline, shortened
from app.services.recording import record
from app.services.similar import ask_for_vectors
from app.services.starters import APPROACHES, CONSENT_TEXTS
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import ReasonCode, WordState
from deliberation.pseudonyms import draw_code, draw_pseudonym
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stewardship import Approach
from deliberation.voting import Origin

TITLE_LIMIT = 200
REFUSED_NOTE = "refused in the source"
"""The export says no more about a statement that its moderators refused."""

CASE_STUDIES = {
    "3phdex2kjf": "https://compdemocracy.org/case-studies/2015-vtaiwan-uberx",
    "7wmvbjcjhp": "https://compdemocracy.org/case-studies/2017-brexit-consensus",
    "2demo": "https://compdemocracy.org/case-studies/2014-seattle-15-per-hour",
    "2arcefpshi": "https://compdemocracy.org/case-studies/2015-football-concussions",
    "5mnfxu85hx": "https://compdemocracy.org/case-studies/2016-canadian-electoral-reform",
}
"""Conversation at pol.is -> the page that its licence asks to be named."""
OPEN_DATA = "https://github.com/compdemocracy/openData"
ATTRIBUTION = (
    "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY 4.0 "
    "with Attribution to The Computational Democracy Project. The data and more information about how the data "
    "was collected can be found at the following link: {link}"
)


def import_polis(folder: Path, *, title: str, by: Account | None) -> Dialogue:
    """An open dialogue with everything of the export: people, statements, each vote, and an outline.

    Nothing is dropped: refused statements are there, never shown, and their votes stay counted. Where the export
    has a log, each vote event becomes a vote and the last one counts.

    Raises:
        RuleError: `import_refused` with `problems`, one line each; nothing was written.
    """
    problems = _title_problems(title)
    try:
        export = read_polis_export(folder)
    except PolisExportError as error:
        raise RuleError("import_refused", problems=[*problems, *error.problems]) from error
    problems += _id_problems(export)
    if problems:
        raise RuleError("import_refused", problems=problems)
    dialogue = _dialogue(export, title.strip(), by)
    people = _participants(export, dialogue)
    statements = _statements(export, dialogue, people)
    _votes(export, dialogue, people, statements)
    ask_for_vectors(dialogue.id)
    facts = {
        "source": "polis",
        "participants": len(people),
        "statements": len(statements),
        "votes": len(export.votes),
        "refused": f"{int((export.statements['state'] == 'refused').sum())} {REFUSED_NOTE}",
        "notes": list(export.notes),
    }
    record(EventKind.DIALOGUE_IMPORTED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)
    return dialogue


def attribution_of(url: str) -> str:
    """The words that the licence of a conversation at pol.is asks for; empty for any other address."""
    if "pol.is/" not in url:
        return ""
    return ATTRIBUTION.format(link=CASE_STUDIES.get(url.rstrip("/").rsplit("/", 1)[-1], OPEN_DATA))


def _title_problems(title: str) -> list[str]:
    if not title.strip():
        return ["the title is empty"]
    over = len(title.strip()) - TITLE_LIMIT
    return [f"the title is {over} characters too long; the limit is {TITLE_LIMIT}"] if over > 0 else []


def _id_problems(export: PolisExport) -> list[str]:
    long = [str(one) for one in (*export.participants, *export.statements["statement"]) if len(str(one)) > 64]
    return [f"{len(long)} ids are longer than 64 characters, first {long[0][:30]}…"] if long else []


def _dialogue(export: PolisExport, title: str, by: Account | None) -> Dialogue:
    rng = SystemRandom()
    code = draw_code(rng)
    while db.session.scalar(select(Dialogue.id).where(Dialogue.join_code == code)) is not None:
        code = draw_code(rng)
    dialogue = Dialogue(
        title=title,
        short_title=shortened(title),
        question=export.title or title,
        summary=export.description,
        mode=DialogueMode.OPEN,
        lang=_language(list(export.statements["text"])),
        join_code=code,
        attribution=attribution_of(export.url),
        approaches=[dict(approach) for approach in APPROACHES],
        sources=[{"name": "Polis export", "url": export.url}] if export.url else [],
    )
    db.session.add(dialogue)
    db.session.flush()
    for purpose, (label, text) in CONSENT_TEXTS.items():
        add_text(dialogue, purpose, text, label=label)
    add_outline(dialogue)
    if by is not None:
        db.session.add(Membership(account_id=by.id, dialogue_id=dialogue.id, role=Role.FACILITATOR))
        db.session.flush()
    return dialogue


def _language(texts: Sequence[str]) -> str:
    """Chinese where every second text has Chinese signs, else English: what fonts and readers aloud need."""
    signs = sum(any("\u4e00" <= sign <= "\u9fff" for sign in text) for text in texts)
    return "zh-Hant" if texts and signs * 2 > len(texts) else "en"


def _participants(export: PolisExport, dialogue: Dialogue) -> dict[Any, int]:
    """Inner key of each participant of the export; authors who never voted are people too."""
    authors = {str(author) for author in export.statements["author"] if author}
    named = [*export.participants, *sorted(authors - {str(one) for one in export.participants})]
    rng, taken, now = SystemRandom(), set[str](), utcnow()
    rows = []
    for one in named:
        pseudonym = draw_pseudonym(taken, rng)
        taken.add(pseudonym)
        rows.append(
            {
                "public_id": new_public_id(),
                "dialogue_id": dialogue.id,
                "pseudonym": pseudonym,
                "lang": dialogue.lang,
                "joined_at": now,
                "external_id": str(one),
            }
        )
    if rows:
        db.session.execute(insert(Participant), rows)
    found = db.session.execute(
        select(Participant.external_id, Participant.id).where(Participant.dialogue_id == dialogue.id)
    )
    return {row.external_id: row.id for row in found}


def _statements(export: PolisExport, dialogue: Dialogue, people: dict[Any, int]) -> dict[Any, int]:
    now = utcnow()
    rows = []
    for number, one in enumerate(export.statements.to_dict("records"), 1):
        state = WordState(one["state"])
        author = one["author"] if isinstance(one["author"], str) and one["author"] else None
        rows.append(
            {
                "public_id": new_public_id(),
                "dialogue_id": dialogue.id,
                "number": number,
                "text": str(one["text"]),
                "lang": dialogue.lang,
                "origin": Origin.SEED if one["is_seed"] or author is None else Origin.PARTICIPANT,
                "author_id": people.get(author) if author is not None else None,
                "approach": Approach.GENERAL,
                "state": state,
                "reason": ReasonCode.OFF_TOPIC if state is WordState.REFUSED else None,
                "is_meta": bool(one["is_meta"]),
                "is_late": False,
                "external_id": str(one["statement"]),
                "created_at": _moment(int(one["created_at"]), now),
            }
        )
    db.session.execute(insert(Statement), rows)
    found = db.session.execute(select(Statement.external_id, Statement.id).where(Statement.dialogue_id == dialogue.id))
    return {row.external_id: row.id for row in found}


def _votes(export: PolisExport, dialogue: Dialogue, people: dict[Any, int], statements: dict[Any, int]) -> None:
    """Each vote in the order of time, and the last of each person on each statement as the current one."""
    now = utcnow()
    ordered = export.votes.sort_values("cast_at", kind="stable")
    log = [
        {
            "client_key": new_public_id(),
            "participant_id": people[str(one["participant"])],
            "statement_id": statements[str(one["statement"])],
            "position": int(one["position"]),
            "is_important": False,
            "is_late": False,
            "cast_at": _moment(int(one["cast_at"]), now),
        }
        for one in ordered.to_dict("records")
    ]
    db.session.execute(insert(Vote), log)
    current = [
        {
            "participant_id": one.participant_id,
            "statement_id": one.statement_id,
            "vote_id": one.id,
            "position": one.position,
            "is_important": False,
            "cast_at": one.cast_at,
        }
        for one in _newest_votes(dialogue)
    ]
    db.session.execute(insert(CurrentVote), current)


def _newest_votes(dialogue: Dialogue) -> list[Any]:
    """The last written vote of each participant on each statement."""
    rows = db.session.execute(
        select(Vote.id, Vote.participant_id, Vote.statement_id, Vote.position, Vote.cast_at)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Statement.dialogue_id == dialogue.id)
        .order_by(Vote.id)
    )
    return list({(row.participant_id, row.statement_id): row for row in rows}.values())


def _moment(milliseconds: int, now: datetime) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else now
