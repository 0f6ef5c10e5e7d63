"""Imports: each of the six conversations whole, its counts exact; a broken folder imports nothing."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.events import Event
from app.models.people import Membership, Participant
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.terms import terms_of
from app.services.analysis import Outcome, take_snapshot, verify_snapshot
from app.services.imports import attribution_of, import_polis
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import ReasonCode, WordState
from deliberation.sessions import DialogueMode
from tests.evidence_builders import QUICK, final_counts
from tests.factories import make_account
from tests.shared_data import CONVERSATIONS, shared_folder

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1417000000000,x,0,7,1,0,1,People should be told.
1417000000001,x,1,8,0,0,0,Waiting words.
1417000000002,x,2,8,0,1,-1,Refused words.
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1417000000010,x,0,7,1
1417000000030,x,0,8,-1
1417000000020,x,0,8,1
1417000000010,x,2,8,-1
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A whole export of three statements and two people, one of whom changed a vote."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "comments.csv").write_text(COMMENTS)
    (folder / "votes.csv").write_text(VOTES)
    return folder


def imported(folder: Path, title: str = "Imported", by: object = None) -> Dialogue:
    with transaction():
        return import_polis(folder, title=title, by=by)  # type: ignore[arg-type]


def test_an_import_keeps_people_statements_states_and_each_vote(app: Flask, small: Path):
    dialogue = imported(small)
    assert dialogue.mode is DialogueMode.OPEN
    states = dict(db.session.execute(select(Statement.external_id, Statement.state)).all())
    assert states == {"0": WordState.APPROVED, "1": WordState.WAITING, "2": WordState.REFUSED}
    assert db.session.scalar(select(Statement.reason).where(Statement.external_id == "2")) is ReasonCode.OFF_TOPIC
    assert set(db.session.scalars(select(Participant.external_id))) == {"7", "8"}
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 4
    assert len(terms_of(dialogue).sections) == 15


def test_the_last_vote_in_time_counts_whatever_the_order_of_rows(app: Flask, small: Path):
    imported(small)
    current = db.session.execute(
        select(Participant.external_id, Statement.external_id, CurrentVote.position)
        .join(Participant, Participant.id == CurrentVote.participant_id)
        .join(Statement, Statement.id == CurrentVote.statement_id)
    ).all()
    assert sorted(map(tuple, current)) == [("7", "0", 1), ("8", "0", -1), ("8", "2", -1)]


def test_an_import_is_one_event_and_not_one_for_each_vote(app: Flask, small: Path):
    imported(small)
    assert list(db.session.scalars(select(Event.kind))) == [EventKind.DIALOGUE_IMPORTED]


def test_whoever_imports_becomes_facilitator(app: Flask, small: Path):
    account = make_account()
    imported(small, by=account)
    assert db.session.scalar(select(Membership.account_id)) == account.id


def test_pseudonyms_of_an_import_are_drawn_and_differ(app: Flask, small: Path):
    imported(small)
    names = list(db.session.scalars(select(Participant.pseudonym)))
    assert len(set(names)) == len(names) == 2


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("comments.csv", None, "comments.csv is missing"),
        ("votes.csv", "timestamp,comment-id,voter-id,vote\n1,0,7,3\n", "not one of -1, 0, 1"),
        ("votes.csv", "timestamp,comment-id,voter-id,vote\n1,99,7,1\n", "which comments.csv does not have"),
        ("comments.csv", "comment-id,moderated\n0,1\n", "column comment-body is missing"),
    ],
)
def test_a_broken_folder_is_refused_with_a_line_and_imports_nothing(app: Flask, small: Path, name, text, words):
    (small / name).unlink()
    if text is not None:
        (small / name).write_text(text)
    with pytest.raises(RuleError) as refusal:
        imported(small)
    assert refusal.value.code == "import_refused"
    assert any(words in line for line in refusal.value.facts["problems"])
    assert db.session.scalar(select(func.count()).select_from(Dialogue)) == 0


def test_every_problem_is_told_at_once_with_the_title(app: Flask, small: Path):
    (small / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n1,0,7,3\nx,0,7,1\n")
    with pytest.raises(RuleError) as refusal:
        imported(small, title="  ")
    problems = refusal.value.facts["problems"]
    assert len(problems) == 3
    assert problems[0] == "the title is empty"


def test_only_conversations_of_polis_carry_its_attribution():
    assert "CC BY 4.0" in attribution_of("https://pol.is/3phdex2kjf")
    assert "2015-vtaiwan-uberx" in attribution_of("https://pol.is/3phdex2kjf")
    assert "compdemocracy/openData" in attribution_of("https://pol.is/3nemnipcrc")
    assert attribution_of("https://example.org/talk") == ""


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_counts_of_a_snapshot_equal_the_final_votes_of_the_conversation(app: Flask, name: str):
    folder = shared_folder(f"opinion/{name}")
    dialogue = imported(folder, title=name)
    with transaction():
        snapshot = take_snapshot(dialogue, by=None, settings=QUICK)
    outside = dict(db.session.execute(select(Statement.id, Statement.external_id)).all())
    found = {
        outside[one["id"]]: (one["agree"], one["disagree"], one["passed"]) for one in snapshot.result["statements"]
    }
    wanted = {one: (votes[1], votes[-1], votes[0]) for one, votes in final_counts(folder).items()}
    assert found == wanted
    assert "compdemocracy" in dialogue.attribution


def test_a_conversation_is_the_same_from_its_log_and_from_its_matrix(app: Flask, tmp_path: Path):
    folder = shared_folder("opinion/15-per-hour-seattle")
    matrix = tmp_path / "matrix"
    shutil.copytree(folder, matrix, ignore=shutil.ignore_patterns("votes.csv"))
    (matrix / "participants-votes.csv").chmod(0o644)
    made = []
    for one in (folder, matrix):
        dialogue = imported(one, title=one.name)
        with transaction():
            result = take_snapshot(dialogue, by=None, settings=QUICK).result
        made.append([(s["agree"], s["disagree"], s["passed"]) for s in result["statements"]])
    assert made[0] == made[1]


def test_an_imported_snapshot_verifies_as_equal(app: Flask):
    dialogue = imported(shared_folder("opinion/brexit-consensus"), title="Brexit")
    with transaction():
        snapshot = take_snapshot(dialogue, by=None, settings=QUICK)
    assert verify_snapshot(snapshot).outcome is Outcome.EQUAL
