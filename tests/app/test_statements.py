"""Statements: seeds, editing while nobody has voted, rewording with lineage, placing, and who sees counts."""

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.dialogues import Dialogue
from app.models.people import Account, Participant
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.stages import placed_statements
from app.queries.statements import Counts, counts_of, is_fixed, lineage_of
from app.services.statements import add_seeds, edit_statement, place_statement, reword_statement
from deliberation.errors import RuleError
from deliberation.moderation import ReasonCode, WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageState
from deliberation.stewardship import Approach, Stance
from deliberation.voting import Origin
from tests.factories import (
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
    sign_in_as,
)
from tests.factories import (
    place_statement as put,
)


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR)


def vote(person: Participant, statement: Statement, position: int) -> None:
    with transaction() as session:
        row = Vote(client_key=uuid.uuid4(), participant_id=person.id, statement_id=statement.id, position=position)
        session.add(row)
        session.flush()
        session.add(
            CurrentVote(participant_id=person.id, statement_id=statement.id, vote_id=row.id, position=position)
        )


def address(dialogue: Dialogue, rest: str = "") -> str:
    return f"/d/{dialogue.public_id}/statements{rest}"


def test_many_seeds_are_added_at_once_one_a_line_and_approved(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    sign_in_as(client, by)
    sent = {"texts": "One  idea.\r\n\r\nAnother idea.\r\n", "approach": "collective", "stance": "criticises"}
    assert client.post(address(dialogue, "/new"), data=sent).status_code == 303
    found = list(db.session.scalars(select(Statement).order_by(Statement.number)))
    assert [(s.number, s.text) for s in found] == [(1, "One idea."), (2, "Another idea.")]
    assert {(s.state, s.origin, s.approach, s.stance) for s in found} == {
        (WordState.APPROVED, Origin.SEED, Approach.COLLECTIVE, Stance.CRITICISES)
    }


def test_when_one_of_many_seeds_is_too_long_none_is_added_and_all_stay_typed(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    sign_in_as(client, by)
    sent = {"texts": "Fine one.\n" + "x" * 201, "approach": "general", "stance": ""}
    reply = client.post(address(dialogue, "/new"), data=sent)
    assert reply.status_code == 422
    assert "too long" in reply.text
    assert "Fine one." in reply.text
    assert db.session.scalar(select(Statement.id)) is None


def test_a_statement_is_edited_in_place_while_nobody_has_voted(dialogue: Dialogue, by: Account) -> None:
    (statement,) = _seeds(dialogue, by, "Old words.")
    with transaction():
        edit_statement(statement, text="New words.", approach=Approach.GENERAL, stance=None, by=by)
    assert statement.text == "New words."
    assert statement.number == 1


def test_once_voted_on_the_words_stay_and_only_approach_and_stance_change(dialogue: Dialogue, by: Account) -> None:
    (statement,) = _seeds(dialogue, by, "Old words.")
    vote(make_participant(dialogue), statement, 1)
    assert is_fixed(statement)
    with pytest.raises(RuleError, match="statement_fixed"), transaction():
        edit_statement(statement, text="New words.", approach=Approach.GENERAL, stance=None, by=by)
    with transaction():
        edit_statement(statement, text="Old words.", approach=Approach.INDIVIDUAL, stance=None, by=by)
    assert (statement.text, statement.approach) == ("Old words.", Approach.INDIVIDUAL)


def test_words_of_a_participant_are_never_edited_by_staff(dialogue: Dialogue, by: Account) -> None:
    statement = make_statement(dialogue, "Mine.", origin=Origin.PARTICIPANT)
    with pytest.raises(RuleError, match="statement_fixed"), transaction():
        edit_statement(statement, text="Yours.", approach=Approach.GENERAL, stance=None, by=by)


def test_rewording_makes_a_new_statement_that_remembers_the_old_one(dialogue: Dialogue, by: Account) -> None:
    (statement,) = _seeds(dialogue, by, "Old words.")
    session = make_session(dialogue)
    running, later = make_stage(session), make_stage(session, state=StageState.PLANNED, place=2)
    put(running, statement)
    put(later, statement, pinned=True)
    vote(make_participant(dialogue), statement, -1)
    with transaction():
        derived = reword_statement(statement, text="New words.", approach=Approach.GENERAL, stance=None, by=by)
    assert derived.origin is Origin.DERIVED
    assert lineage_of(derived) == (statement, [])
    assert lineage_of(statement) == (None, [derived])
    assert [row.statement for row in placed_statements(running)] == [statement, derived]
    assert [(row.statement, row.is_pinned) for row in placed_statements(later)] == [(derived, True)]
    assert counts_of([statement.id, derived.id]) == {statement.id: Counts(0, 0, 1)}


def test_rewording_with_the_same_words_is_refused(dialogue: Dialogue, by: Account) -> None:
    (statement,) = _seeds(dialogue, by, "Old words.")
    with pytest.raises(RuleError, match="unchanged"), transaction():
        reword_statement(statement, text=" Old  words. ", approach=Approach.GENERAL, stance=None, by=by)


def test_the_page_offers_rewording_once_people_have_voted(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    (statement,) = _seeds(dialogue, by, "Old words.")
    sign_in_as(client, by)
    edit = address(dialogue, f"/{statement.public_id}/edit")
    assert "Save as a new statement" not in client.get(edit).text
    vote(make_participant(dialogue), statement, 1)
    assert "Save as a new statement" in client.get(edit).text
    sent = {"text": "New words.", "approach": "general", "stance": ""}
    refused = client.post(edit, data=sent)
    assert refused.status_code == 422
    assert "its words stay" in refused.text
    reply = client.post(edit, data=sent | {"as_new": "1"}, follow_redirects=True)
    assert "Reworded from" in reply.text


def test_a_statement_is_placed_in_exactly_the_ticked_stages(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    statement = make_statement(dialogue)
    session = make_session(dialogue)
    one, two = make_stage(session, place=1), make_stage(session, place=2)
    put(one, statement)
    sign_in_as(client, by)
    client.post(address(dialogue, f"/{statement.public_id}/place"), data={"stage": str(two.public_id)})
    assert placed_statements(one) == []
    assert [row.statement for row in placed_statements(two)] == [statement]
    with transaction():
        place_statement(dialogue, statement, [], by=by)
    assert placed_statements(two) == []


def test_the_list_shows_everything_about_a_statement_but_no_position(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    statement = make_statement(dialogue, "Seen in the list.", approach=Approach.DELEGATED)
    put(make_stage(make_session(dialogue)), statement)
    vote(make_participant(dialogue), statement, -1)
    make_statement(dialogue, "Nobody has voted on this one.")
    sign_in_as(client, by)
    page = client.get(address(dialogue)).text
    for words in ("Seen in the list.", "From the organisers", "Someone decides for us", "1.1", ">1</td>", ">0</td>"):
        assert words in page
    assert "disagree" not in page.lower()


@pytest.mark.parametrize(
    ("role", "closed", "sees"),
    [
        (Role.ANALYST, False, False),
        (Role.ANALYST, True, True),
        (Role.FACILITATOR, False, False),
        (Role.FACILITATOR, True, True),
        (Role.COMMISSIONER, True, False),
    ],
)
def test_counts_are_shown_to_nobody_until_voting_has_closed(
    dialogue: Dialogue, client: FlaskClient, role: Role, closed: bool, sees: bool
) -> None:
    statement = make_statement(dialogue)
    put(make_stage(make_session(dialogue), state=StageState.CLOSED if closed else StageState.OPEN), statement)
    for position in (1, 1, -1):
        vote(make_participant(dialogue), statement, position)
    sign_in_as(client, make_staff(dialogue, role))
    page = client.get(address(dialogue, f"/{statement.public_id}")).text
    assert ("Of 3 who voted, 2 agreed, 1 disagreed and 0 passed." in page) == sees


def test_words_not_shown_to_everyone_are_not_found_by_the_commissioner(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    waiting = make_statement(dialogue, "Waits.", state=WordState.WAITING, origin=Origin.PARTICIPANT)
    where = address(dialogue, f"/{waiting.public_id}")
    sign_in_as(client, make_staff(dialogue, Role.COMMISSIONER))
    assert client.get(where).status_code == 404
    sign_in_as(client, by)
    assert client.get(where).status_code == 200


def test_votes_of_people_who_left_are_not_counted(dialogue: Dialogue) -> None:
    statement = make_statement(dialogue)
    stays, goes = make_participant(dialogue), make_participant(dialogue)
    vote(stays, statement, 1)
    vote(goes, statement, 1)
    with transaction():
        goes.left_at = goes.joined_at
    assert counts_of([statement.id]) == {statement.id: Counts(1, 0, 0)}


def test_a_statement_of_another_dialogue_is_not_found(dialogue: Dialogue, by: Account, client: FlaskClient) -> None:
    other = make_statement(make_dialogue())
    sign_in_as(client, by)
    assert client.get(address(dialogue, f"/{other.public_id}")).status_code == 404
    assert client.post(address(dialogue, f"/{other.public_id}/edit"), data={}).status_code == 404


def _seeds(dialogue: Dialogue, by: Account, *texts: str) -> list[Statement]:
    with transaction():
        return add_seeds(dialogue, texts, by=by)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER])
def test_words_that_their_author_took_back_are_read_by_no_staff(
    dialogue: Dialogue, client: FlaskClient, role: Role
) -> None:
    author = make_participant(dialogue)
    taken = make_statement(
        dialogue, "My son Tom.", state=WordState.WITHDRAWN, origin=Origin.PARTICIPANT, author_id=author.id
    )
    derived = make_statement(dialogue, "Families matter.", derived_from_id=taken.id)
    put(make_stage(make_session(dialogue)), taken)
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(address(dialogue, f"/{taken.public_id}")).status_code == 404
    assert "Tom" not in client.get(address(dialogue, f"/{derived.public_id}")).text
    assert "Tom" not in client.get(address(dialogue)).text


def test_staff_who_do_not_check_words_never_read_what_a_statement_was_reworded_from(
    dialogue: Dialogue, client: FlaskClient
) -> None:
    waiting = make_statement(dialogue, "Dr Jones told me so.", state=WordState.WAITING, origin=Origin.PARTICIPANT)
    derived = make_statement(dialogue, "Doctors should explain.", derived_from_id=waiting.id)
    for role, reads in ((Role.COMMISSIONER, False), (Role.EVALUATOR, False), (Role.FACILITATOR, True)):
        sign_in_as(client, make_staff(dialogue, role))
        assert ("Dr Jones" in client.get(address(dialogue, f"/{derived.public_id}")).text) is reads


@pytest.mark.parametrize(
    ("reason", "status"),
    [(ReasonCode.PERSONAL_DATA, 404), (ReasonCode.ABUSE, 404), (ReasonCode.LEGAL, 404), (ReasonCode.REPEATED, 200)],
)
def test_analysts_do_not_read_statements_that_are_kept_out_of_the_record(
    dialogue: Dialogue, client: FlaskClient, reason: ReasonCode, status: int
) -> None:
    refused = make_statement(dialogue, state=WordState.REFUSED, reason=reason, origin=Origin.PARTICIPANT)
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    assert client.get(address(dialogue, f"/{refused.public_id}")).status_code == status


@pytest.mark.parametrize(("people", "sees"), [(19, False), (20, True)])
def test_in_an_open_dialogue_facilitators_see_counts_from_twenty_voters(
    app: Flask, client: FlaskClient, people: int, sees: bool
) -> None:
    everyone = make_dialogue(mode=DialogueMode.OPEN)
    statement = make_statement(everyone)
    put(make_stage(make_session(everyone), state=StageState.CLOSED), statement)
    for _ in range(people):
        vote(make_participant(everyone), statement, 1)
    for role, expected in ((Role.FACILITATOR, sees), (Role.ANALYST, True)):
        sign_in_as(client, make_staff(everyone, role))
        page = client.get(address(everyone, f"/{statement.public_id}")).text
        assert (f"Of {people} who voted" in page) is expected
