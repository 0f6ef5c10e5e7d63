"""The example: a synthetic panel with planted groups, loaded whole, once, and marked everywhere."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from docx import Document
from flask import Flask

from app.config import read_settings
from app.db import db
from app.demo import load as load_example
from app.demo.load import welcome
from app.demo.panel import LEANINGS, SEED, SIZE, comment_on, make_panel, position_on, subjects_of
from app.demo.words import COMMENTS, EVIDENCE, FINDINGS, PROMPT_SUBJECTS, STATEMENTS, THEME_WORDS
from app.factory import create_app
from app.models.analysis import ConditionCitation, Finding, Snapshot
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.terms import Clause, EvidenceLink
from app.models.voting import CurrentVote, VoteReason
from app.queries.puzzled import not_understood
from app.queries.results import stages_left_out
from app.services.analysis import verify_snapshot
from app.services.sealing import verify_chain
from deliberation.comments import STATEMENT_LIMIT
from deliberation.roles import Role
from deliberation.stages import StageState
from deliberation.stewardship import Approach, Stance
from deliberation.voting import Position
from tests.factories import sign_in_as


def test_the_panel_has_its_planted_groups_and_is_the_same_for_the_same_seed():
    people = make_panel(Random(SEED))
    assert len(people) == SIZE
    assert {leaning: sum(p.leaning is leaning for p in people) for leaning, _ in LEANINGS} == dict(LEANINGS)
    assert people == make_panel(Random(SEED))


def test_people_mostly_agree_with_what_supports_their_leaning():
    person = next(p for p in make_panel(Random(SEED)) if p.is_firm and not p.opposes_access)
    rng = Random(1)
    own = [position_on(person, person.leaning, Stance.SUPPORTS, rng)[0] for _ in range(200)]
    assert own.count(Position.AGREE) > 150
    against = [position_on(person, Approach.GENERAL, Stance.OPPOSES_ACCESS, rng)[0] for _ in range(200)]
    assert against.count(Position.DISAGREE) > 100


def test_words_of_the_panel_fit_their_places():
    assert all(len(text) <= STATEMENT_LIMIT for text, _fate in STATEMENTS)
    assert len(FINDINGS) == len(EVIDENCE) == len(THEME_WORDS)
    known = set(COMMENTS)
    assert all(set(subjects) <= known for _piece, subjects in PROMPT_SUBJECTS)
    assert subjects_of("What worries you about it?") == ("worries", "against")
    assert comment_on(make_panel(Random(SEED))[0], "What worries you?", Random(2))


@pytest.fixture(scope="module")
def example(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, dict[str, str]]]:
    """An application with the whole example, loaded once for these tests."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copy(empty_database, folder / "folkmoot.db")
    made = create_app(read_settings({"FOLKMOOT_DATA": str(folder)}).for_tests())
    with made.app_context():
        links = dict(load_example(say=lambda _words: None))
        yield made, links
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def loaded(example: tuple[Flask, dict[str, str]]) -> tuple[Dialogue, dict[str, str]]:
    """The example's dialogue, and the tokens of its links."""
    return db.session.query(Dialogue).filter(Dialogue.kit.startswith("national-medical-imaging")).one(), example[1]


def test_the_example_is_loaded_whole_and_only_once(loaded: tuple[Dialogue, dict[str, str]]):
    dialogue, links = loaded
    assert dialogue.is_synthetic
    assert set(links) == {role.value for role in Role}
    assert [session.state for session in dialogue.sessions] == [StageState.CLOSED] * 3 + [StageState.OPEN]
    assert db.session.query(CurrentVote).count() > 1500
    before = db.session.query(Dialogue).count()
    assert load_example(say=lambda _words: None).keys() == links.keys()
    assert db.session.query(Dialogue).count() == before
    assert "Ctrl-C" in welcome("http://127.0.0.1:1", links)


def test_the_example_can_be_walked_back_and_checked(loaded: tuple[Dialogue, dict[str, str]]):
    dialogue, _links = loaded
    linked = {link.finding_id for link in db.session.query(EvidenceLink)}
    bare = [clause for clause in db.session.query(Clause) if not clause.links]
    assert len(bare) >= 1
    assert len([f for f in db.session.query(Finding) if f.id not in linked]) == 1
    assert verify_snapshot(db.session.query(Snapshot).one()).holds
    assert verify_chain(dialogue).holds
    assert verify_chain(dialogue).unsealed == 0


def test_the_snapshot_of_the_example_counts_every_stage_and_people_said_why(loaded: tuple[Dialogue, dict[str, str]]):
    dialogue, _links = loaded
    snapshot = db.session.query(Snapshot).one()
    assert stages_left_out(snapshot) == []
    assert db.session.query(VoteReason).count() > 100
    assert db.session.query(ConditionCitation).count() > 0
    assert [one.number for one in not_understood(dialogue)] != []


def test_pages_and_files_made_from_the_example_say_synthetic(
    loaded: tuple[Dialogue, dict[str, str]], example: tuple[Flask, dict[str, str]]
):
    (dialogue, _links), client = loaded, example[0].test_client()
    sign_in_as(client, db.session.query(Account).filter_by(email="commissioner@example.org").one())
    for page in ("", "/findings", "/terms", "/terms/export.html"):
        assert "SYNTHETIC" in client.get(f"/d/{dialogue.public_id}{page}").text, page
    docx = client.get(f"/d/{dialogue.public_id}/terms/export.docx").data
    opened = Document(BytesIO(docx))
    assert any("SYNTHETIC" in p.text for section in opened.sections for p in section.header.paragraphs)
