"""Close statements by word and by meaning: vectors are made by the worker once, and go with the words."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import jobs as worker
from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.events import Job
from app.models.people import Participant
from app.models.similar import StatementVector
from app.models.voting import Statement
from app.queries import similar
from app.queries.similar import similar_statements, similar_to_each
from app.services.contributions import withdraw
from app.services.leaving import leave_dialogue
from app.services.similar import JOB, ask_for_vectors, make_vectors
from app.services.statements import add_seeds, edit_statement
from app.services.statements_own import add_own_statement
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.voting import Origin
from tests import factories
from tests.app.way import fresh, make_room

ASK = "Patients should be asked before their scans are used."
IN_OTHER_WORDS = "Always ask the sick first before you use their scan."


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    """A dialogue with statements that are close and some that are not; their vectors are made."""
    made = factories.make_dialogue()
    for text in (ASK, "Companies should pay a lot for data.", "A panel should meet once a month.", "Doctors are busy."):
        factories.make_statement(made, text)
    make_vectors(made)
    return made


def _vectors() -> set[int]:
    return set(db.session.scalars(select(StatementVector.statement_id)))


def _own(person: Participant, dialogue: Dialogue, text: str = IN_OTHER_WORDS) -> Statement:
    made = factories.make_statement(dialogue, text, origin=Origin.PARTICIPANT, author_id=person.id)
    make_vectors(dialogue)
    assert made.id in _vectors()
    return made


def test_other_words_with_the_same_meaning_are_found(dialogue: Dialogue):
    found = similar_statements(dialogue, IN_OTHER_WORDS)
    assert [one.statement.text for one in found] == [ASK]
    assert not found[0].is_opposite


def test_without_vectors_the_words_alone_decide(app: Flask):
    made = factories.make_dialogue()
    factories.make_statement(made, ASK)
    assert [one.statement.text for one in similar_statements(made, "Ask patients before you use their scans")] == [ASK]
    assert similar_statements(made, "First obtain permission from the sick.") == []


def test_welsh_is_compared_by_words(dialogue: Dialogue):
    words = "Rhaid gofyn i gleifion cyn defnyddio sganiau"
    factories.make_statement(dialogue, words, lang="cy")
    assert make_vectors(dialogue) == 0
    assert [one.statement.text for one in similar_statements(dialogue, words, lang="cy")] == [words]


def test_a_statement_is_never_close_to_itself_and_needs_no_encoding(dialogue: Dialogue, monkeypatch):
    person = factories.make_participant(dialogue)
    own = _own(person, dialogue)
    monkeypatch.setattr("app.queries.similar.embed.embed", lambda texts: pytest.fail("encoded"))
    found = similar_statements(dialogue, own.text, excluding=own)
    assert [one.statement.text for one in found] == [ASK]
    assert {key: len(close) for key, close in similar_to_each(dialogue, [own]).items()} == {own.id: 1}


@pytest.mark.parametrize("state", [WordState.WAITING, WordState.REFUSED, WordState.WITHDRAWN])
def test_words_that_are_not_shown_to_everyone_are_never_named(app: Flask, state: WordState):
    made = factories.make_dialogue()
    factories.make_statement(made, ASK, state=state)
    assert similar_statements(made, ASK) == []


def test_statements_of_another_dialogue_are_never_named(dialogue: Dialogue):
    assert similar_statements(factories.make_dialogue(), ASK) == []


def test_the_worker_makes_what_is_missing_once(app: Flask):
    room = make_room(statements=2)
    with transaction():
        add_own_statement(room.stage, IN_OTHER_WORDS, by=room.participant)
        add_own_statement(room.stage, "Nurses should decide.", by=room.participant)
    assert db.session.query(Job).filter_by(kind=JOB).count() == 1
    assert worker.run_waiting() == 1
    assert len(_vectors()) == 4
    with transaction():
        ask_for_vectors(room.dialogue.id)
    worker.run_waiting()
    assert db.session.query(StatementVector).count() == 4


def test_new_words_get_a_new_vector(dialogue: Dialogue):
    by = factories.make_staff(dialogue, Role.FACILITATOR)
    with transaction():
        (seed,) = add_seeds(dialogue, ["Old words about nothing."], by=by)
    make_vectors(dialogue)
    seed = fresh(seed)
    with transaction():
        edit_statement(seed, text=ASK, approach=seed.approach, stance=None, by=by)
    key = seed.id
    assert key not in _vectors()
    worker.run_waiting()
    assert key in _vectors()


def test_the_vector_goes_when_words_are_taken_back(dialogue: Dialogue):
    person = factories.make_participant(dialogue)
    own = _own(person, dialogue)
    own, person = fresh(own), fresh(person)
    with transaction():
        withdraw(own, by=person)
    assert own.id not in _vectors()
    make_vectors(dialogue)
    assert own.id not in _vectors()


def test_the_vector_goes_when_its_author_leaves(dialogue: Dialogue):
    person = factories.make_participant(dialogue)
    own = _own(person, dialogue)
    mine = own.id
    with transaction():
        leave_dialogue(dialogue, by=person)
    assert mine not in _vectors()
    make_vectors(dialogue)
    assert mine not in _vectors()


def test_words_that_changed_since_the_last_hint_are_compared_as_they_are_now(dialogue: Dialogue):
    def named() -> list[str]:
        return [one.statement.text for one in similar_statements(dialogue, IN_OTHER_WORDS)]

    assert named() == [ASK]
    first = db.session.scalars(select(Statement).where(Statement.text == ASK)).one()
    for change, after in (
        ({"text": "Bananas are yellow."}, []),
        ({"text": ASK}, [ASK]),
        ({"state": WordState.REFUSED}, []),
        ({"state": WordState.APPROVED}, [ASK]),
    ):
        with transaction() as store:
            store.execute(update(Statement).where(Statement.id == first.id).values(**change))
        assert named() == after, change


def test_a_vector_made_since_the_last_hint_counts(dialogue: Dialogue):
    factories.make_statement(dialogue, "First obtain permission from the sick.")
    asked = "Obtain the sick person's consent beforehand."
    by_words = similar_statements(dialogue, asked)
    assert make_vectors(dialogue) == 1
    by_meaning = similar_statements(dialogue, asked)
    assert [one.statement.id for one in by_meaning] == [one.statement.id for one in by_words]
    assert by_meaning[0].score != by_words[0].score


def test_words_that_are_taken_back_leave_the_memory_too(dialogue: Dialogue):
    person = factories.make_participant(dialogue)
    own = _own(person, dialogue)
    similar_statements(dialogue, ASK)
    assert IN_OTHER_WORDS in str([one.corpus.texts for one in similar._remembered.values()])
    own, person = fresh(own), fresh(person)
    with transaction():
        withdraw(own, by=person)
    assert not similar._remembered
