"""Builders from views to terms: a dialogue people voted in, its snapshot, a finding, a clause that rests on it."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.results import Settings
from app.db import db, transaction
from app.models.analysis import Finding, Snapshot
from app.models.comments import Comment, Prompt
from app.models.consent import Consent
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.models.terms import Clause, TermsOfReference
from app.models.types import new_public_id
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.findings import Cited
from app.services.analysis import take_snapshot
from app.services.dialogues import add_outline
from app.services.findings import write_finding
from app.services.terms import add_clause, link_evidence
from deliberation.consent import Purpose
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.terms import EvidenceKind, LinkStance, WordingKind
from tests.factories import make_dialogue, make_participant, make_staff, make_statement

QUICK = Settings(permutations=0, starts=2)
"""Counts do not depend on how groups are looked for."""
WORDS = (
    "People should be told what was decided about their scans.",
    "A panel of patients should see each request for scans.",
    "Companies should pay for the use of the scans.",
    "Scans should never be used to train a computer.",
    "Doctors should decide alone who gets the scans.",
    "Each person should be asked before their scan is used.",
    "The rules should be written so that all can read them.",
)


@dataclass
class Voted:
    """A dialogue with votes, and the staff who work on it."""

    dialogue: Dialogue
    analyst: Account
    commissioner: Account
    people: list[Participant]
    statements: list[Statement]


def cast(person: Participant, statement: Statement, position: int, *, important: bool = False) -> Vote:
    """A vote that counts now."""
    with transaction() as session:
        vote = Vote(
            client_key=new_public_id(),
            participant_id=person.id,
            statement_id=statement.id,
            position=position,
            is_important=important,
        )
        session.add(vote)
        session.flush()
        session.query(CurrentVote).filter_by(participant_id=person.id, statement_id=statement.id).delete()
        session.add(
            CurrentVote(participant_id=person.id, statement_id=statement.id, vote_id=vote.id, position=position)
        )
    return vote


def make_voted(people: int = 24, words: Sequence[str] = WORDS, **changes: object) -> Voted:
    """`people` vote on each statement: everybody but two agrees with the first; the others are mixed."""
    dialogue = make_dialogue(**changes)  # type: ignore[arg-type]
    with transaction():
        add_outline(dialogue)
    statements = [make_statement(dialogue, text) for text in words]
    persons = [make_participant(dialogue, f"Amber Heron {number}") for number in range(people)]
    with transaction() as session:
        for number, person in enumerate(persons):
            for place, statement in enumerate(statements):
                position = _position(number, place)
                vote = Vote(
                    client_key=new_public_id(),
                    participant_id=person.id,
                    statement_id=statement.id,
                    position=position,
                    is_important=number % 5 == 0,
                )
                session.add(vote)
                session.flush()
                session.add(
                    CurrentVote(participant_id=person.id, statement_id=statement.id, vote_id=vote.id, position=position)
                )
    return Voted(
        dialogue, make_staff(dialogue, Role.ANALYST), make_staff(dialogue, Role.COMMISSIONER), persons, statements
    )


def _position(number: int, place: int) -> int:
    if place == 0:
        return -1 if number < 2 else 1
    return (1, -1, 0)[(number * (place + 1) + place) % 3]


def snapshot_of(voted: Voted) -> Snapshot:
    """A snapshot, taken now by the analyst."""
    with transaction():
        return take_snapshot(voted.dialogue, by=voted.analyst)


def finding_on(voted: Voted, snapshot: Snapshot, *places: int, text: str = "Nearly all want to be told.") -> Finding:
    """A finding that cites statements by their places."""
    cited = [Cited(EvidenceKind.STATEMENT, voted.statements[place].public_id) for place in places or (0,)]
    with transaction():
        return write_finding(
            voted.dialogue, snapshot, text=text, limits="Only this panel was asked.", cited=cited, by=voted.analyst
        )


def clause_on(voted: Voted, *findings: Finding, text: str = "Bidders tell people what was decided.") -> Clause:
    """A clause in the third section that rests on findings."""
    with transaction():
        terms = db.session.query(TermsOfReference).filter_by(dialogue_id=voted.dialogue.id).one()
        clause = add_clause(terms.sections[2], text=text, kind=WordingKind.COMMISSIONER, by=voted.commissioner)
        for finding in findings:
            link_evidence(clause, finding, stance=LinkStance.SUPPORTS, why="It asks for it.", by=voted.commissioner)
    return clause


def comment_by(person: Participant, stage: Stage, text: str, *, state: WordState = WordState.APPROVED) -> Comment:
    """A comment on a new prompt of the stage."""
    with transaction() as session:
        place = session.query(Prompt).filter_by(stage_id=stage.id).count() + 1
        prompt = Prompt(stage_id=stage.id, place=place, text="What matters?")
        session.add(prompt)
        session.flush()
        comment = Comment(
            dialogue_id=person.dialogue_id, author_id=person.id, prompt_id=prompt.id, text=text, state=state
        )
        session.add(comment)
    return comment


def allow(person: Participant, purpose: Purpose, *, given: bool = True) -> None:
    """The person's newest answer to a permission."""
    with transaction() as session:
        session.add(Consent(participant_id=person.id, purpose=purpose, version=1, digest="0" * 64, is_given=given))


def final_counts(folder: Path) -> dict[str, Counter[int]]:
    """Statement -> votes by position, from the columns of participants-votes.csv."""
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    statements = [name for name in rows[0] if name.isdigit()]
    return {name: Counter(int(row[name]) for row in rows if row[name].strip()) for name in statements}
