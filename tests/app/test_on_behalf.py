"""Entering for somebody: whose sheet, their leave, the votes, conflicts, undo, late paper, and who sees the mark."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.comments import Comment, Prompt
from app.models.consent import Consent
from app.models.events import Event
from app.models.on_behalf import EntryOnBehalf, EntrySheet
from app.models.people import Participant
from app.models.vault import Seat, VaultSeatLink
from app.models.voting import CurrentVote, Statement, Vote
from app.queries.frames import inputs_now
from app.services import roll
from app.services.leaving import leave_dialogue
from app.services.recording import new_client_key
from app.services.sheets import sheet_code
from app.services.voting import cast_vote
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.on_behalf import LateWindow
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from deliberation.voting import Position
from tests import factories
from tests.app.way import Room, fresh, key, make_room, saved
from tests.factories import be_participant, sign_in_as


@pytest.fixture
def room(client: FlaskClient) -> Room:
    """A panel with a vote of three statements, its facilitator signed in, and one person in seat 1."""
    made = make_room(statements=3)
    _seat(made)
    _facilitate(client, made)
    return made


def _seat(room: Room) -> Seat:
    by = factories.make_staff(room.dialogue, Role.FACILITATOR)
    with transaction():
        seat = roll.add_seat(room.dialogue, "Pat Example", by=by)
        db.session.add(VaultSeatLink(seat_id=seat.id, participant_id=room.participant.id))
    return seat


def _facilitate(client: FlaskClient, room: Room) -> None:
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR, "Sam"))


def _home(room: Room) -> str:
    return f"/d/{room.dialogue.public_id}/on-behalf"


def _address(room: Room, person: Participant | None = None) -> str:
    return room.at(f"/on-behalf/{(person or room.participant).public_id}")


def _facts(**more: str) -> dict[str, str]:
    asked = {"was_asked": "y", "asked_whom": "Sam", "asked_on": "2026-06-03"}
    return {"client_key": key(), "way": "paper", **asked, **more}


def _enter(client: FlaskClient, room: Room, **more: str):
    return client.post(_address(room), data=_facts(**more))


def _positions(room: Room) -> dict[int, int]:
    rows = db.session.execute(
        select(Statement.number, CurrentVote.position)
        .join(CurrentVote, CurrentVote.statement_id == Statement.id)
        .where(CurrentVote.participant_id == room.participant.id)
    )
    return {row[0]: row[1] for row in rows}


def _vote(room: Room, number: int, position: Position) -> None:
    with transaction():
        statement = db.session.get(Statement, room.statements[number - 1].id)
        cast_vote(room.stage, statement, position, client_key=new_client_key(), by=room.participant)


def test_a_seat_number_leads_to_the_entry_screen(client: FlaskClient, room: Room):
    answer = client.post(_home(room), data={"who": "1", "stage": str(room.stage.public_id)})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Seat 1" in page
    assert room.statements[0].text in page
    assert room.participant.pseudonym not in page


def test_the_code_on_a_sheet_leads_to_its_person_and_part(client: FlaskClient, room: Room):
    code = sheet_code(room.stage, room.participant)
    assert code in client.get(room.at("/sheets?who=everyone")).text
    answer = client.post(_home(room), data={"who": code.lower().replace("-", " "), "stage": str(room.stage.public_id)})
    assert answer.location.endswith(_address(room))


def test_a_number_that_nobody_has_is_refused_beside_its_field(client: FlaskClient, room: Room):
    for who in ("99", "nobody", "999999999999"):
        answer = client.post(_home(room), data={"who": who, "stage": str(room.stage.public_id)})
        assert answer.status_code == 422
        assert "Nobody here has this" in answer.text


def test_an_open_dialogue_finds_people_by_their_made_up_name(client: FlaskClient):
    room = make_room(statements=1, mode=DialogueMode.OPEN)
    _facilitate(client, room)
    sent = {"who": room.participant.pseudonym.upper(), "stage": str(room.stage.public_id)}
    assert client.post(_home(room), data=sent).location.endswith(_address(room))


def test_votes_on_a_sheet_count_as_the_persons_own_and_are_marked(client: FlaskClient, room: Room):
    answer = _enter(client, room, **{"p-1": "1", "i-1": "y", "p-2": "-1", "p-3": ""})
    assert answer.status_code == 303
    assert _positions(room) == {1: 1, 2: -1}
    page = client.get(answer.location).text
    assert "2 votes" in page
    assert "Agree" in page
    assert db.session.query(EntryOnBehalf).count() == 2
    assert db.session.scalar(select(Vote.is_important).where(Vote.position == 1))
    kinds = list(db.session.scalars(select(Event.kind)))
    assert kinds.count(EventKind.ENTERED_ON_BEHALF) == 1
    assert kinds.count(EventKind.VOTE_CAST) == 2
    be_participant(client, room.participant)
    assert "entered for you by the team (on paper)" in client.get(room.mine).text


def test_nothing_is_entered_unless_the_person_asked_for_it(client: FlaskClient, room: Room):
    answer = client.post(_address(room), data={**_facts(), "was_asked": "", "p-1": "1"})
    assert answer.status_code == 422
    assert "asked you to" in answer.text
    assert _positions(room) == {}


def test_a_refused_sheet_keeps_everything_that_was_typed(client: FlaskClient, room: Room):
    page = _enter(client, room, asked_whom="", statements="Ask us twice.", **{"p-2": "-1", "i-2": "y"}).text
    assert "Ask us twice." in page
    row = page[page.index('data-row="2"') : page.index('data-row="3"')]
    assert 'value="-1" data-key="d" aria-label="Disagree" aria-describedby="w2" checked' in row
    assert 'name="i-2" value="y" data-key="m" aria-label="Matters a lot" aria-describedby="w2" checked' in row


def test_an_empty_sheet_is_refused(client: FlaskClient, room: Room):
    answer = _enter(client, room)
    assert answer.status_code == 422
    assert db.session.query(EntrySheet).count() == 0


def test_sending_a_sheet_twice_keeps_it_once(client: FlaskClient, room: Room):
    sent = {**_facts(), "p-1": "1"}
    first, second = client.post(_address(room), data=sent), client.post(_address(room), data=sent)
    assert first.location == second.location
    assert db.session.query(Vote).count() == 1


def test_a_vote_of_their_own_stays_and_its_position_is_not_shown(client: FlaskClient, room: Room):
    _vote(room, 1, Position.DISAGREE)
    page = client.get(_address(room)).text
    assert "Their own vote, " in page
    row = page[page.index('data-row="1"') : page.index('data-row="2"')]
    assert 'value="" data-key="0" aria-label="No answer" aria-describedby="w1" checked' in row
    answer = _enter(client, room, **{"p-1": "1", "p-2": "1"})
    assert _positions(room) == {1: -1, 2: 1}
    assert "1 vote of their own stays" in client.get(answer.location).text


def test_a_vote_of_their_own_gives_way_only_where_that_is_ticked(client: FlaskClient, room: Room):
    _vote(room, 1, Position.DISAGREE)
    answer = _enter(client, room, **{"p-1": "1", "r-1": "y"})
    assert _positions(room) == {1: 1}
    assert "instead of the one before" in client.get(answer.location).text


def test_undoing_a_sheet_puts_back_what_was_there(client: FlaskClient, room: Room):
    _vote(room, 1, Position.DISAGREE)
    answer = _enter(client, room, statements="Ask us twice.", **{"p-1": "1", "r-1": "y", "p-2": "1"})
    client.post(answer.location + "/undo")
    assert _positions(room) == {1: -1}
    own = db.session.scalar(select(Statement).where(Statement.text == "Ask us twice."))
    assert own.state is WordState.WITHDRAWN
    assert "This has been undone" in client.get(answer.location).text
    client.post(answer.location + "/undo")
    assert _positions(room) == {1: -1}


def test_undoing_leaves_a_vote_that_the_person_cast_since(client: FlaskClient, room: Room):
    answer = _enter(client, room, **{"p-1": "1"})
    _vote(room, 1, Position.PASS)
    client.post(answer.location + "/undo")
    assert _positions(room) == {1: 0}


def test_own_words_on_paper_wait_to_be_checked_like_others(client: FlaskClient, room: Room):
    _enter(client, room, statements="Ask us twice.\n\nPay the panel.")
    rows = db.session.scalars(select(Statement).where(Statement.author_id == room.participant.id)).all()
    assert [row.text for row in rows] == ["Ask us twice.", "Pay the panel."]
    assert {row.state for row in rows} == {WordState.WAITING}
    be_participant(client, room.participant)
    page = client.get(room.mine).text
    assert page.count("entered for you by the team (on paper)") == 2
    assert "Take it back" in page


def test_an_answer_to_a_question_is_entered_as_a_comment(client: FlaskClient):
    room = make_room(StageKind.DISCUSS)
    saved(Prompt(stage_id=room.stage.id, place=1, text="What worries you?"))
    _facilitate(client, room)
    assert client.post(_address(room), data=_facts(**{"a-1": "The cost.", "way": "phone"})).status_code == 303
    row = db.session.scalar(select(Comment))
    assert (row.text, row.author_id, row.is_late) == ("The cost.", room.participant.id, False)
    be_participant(client, room.participant)
    assert "entered for you by the team (by phone)" in client.get(room.mine).text


def _close(room: Room, hours: float) -> None:
    with transaction() as session:
        stage = session.get(type(room.stage), room.stage.id)
        stage.state, stage.closed_at = StageState.CLOSED, utcnow() - timedelta(hours=hours)


def test_late_paper_is_taken_marked_late_when_it_was_filled_in_before(client: FlaskClient, room: Room):
    with transaction() as session:
        session.get(type(room.dialogue), room.dialogue.id).late_paper = LateWindow.THREE_DAYS
    _close(room, 30)
    assert "marked late" in client.get(_address(room)).text
    refused = _enter(client, room, **{"p-1": "1"})
    assert refused.status_code == 422
    assert "before this part closed" in refused.text
    assert _enter(client, room, statements="Late words.", was_before="y", **{"p-1": "1"}).status_code == 303
    assert _positions(room) == {1: 1}
    assert db.session.scalar(select(Vote.is_late)) is True
    assert db.session.scalar(select(Statement.is_late).where(Statement.text == "Late words.")) is True


def test_paper_after_the_window_is_refused(client: FlaskClient, room: Room):
    _close(room, 24 * 8)
    client.post(_home(room) + "/late", data={"window": "week"})
    assert fresh(room.dialogue).late_paper is LateWindow.WEEK
    answer = _enter(client, room, was_before="y", **{"p-1": "1"})
    assert answer.status_code == 422
    assert _positions(room) == {}


def test_a_pause_stops_no_paper(client: FlaskClient, room: Room):
    with transaction() as session:
        session.get(type(room.stage), room.stage.id).state = StageState.PAUSED
    assert _enter(client, room, **{"p-1": "0"}).status_code == 303
    assert db.session.scalar(select(Vote.is_late)) is False


def test_somebody_who_has_not_joined_gives_consent_on_paper_first(client: FlaskClient, room: Room):
    by = factories.make_staff(room.dialogue, Role.FACILITATOR)
    with transaction():
        seat = roll.add_seat(room.dialogue, "Kim Example", by=by)
    answer = client.post(_home(room), data={"who": str(seat.number), "stage": str(room.stage.public_id)})
    assert answer.location.endswith(f"/consent/{seat.public_id}")
    assert client.post(answer.location, data={}).status_code == 422
    assert client.post(answer.location, data={"took_part": "y", "given": ["quotes"]}).status_code == 303
    person = db.session.scalar(
        select(Participant).join(VaultSeatLink).where(VaultSeatLink.seat_id == seat.id)
    )
    given = dict(db.session.execute(select(Consent.purpose, Consent.is_given).where(
        Consent.participant_id == person.id)).all())
    assert given == {"privacy_notice": True, "take_part": True, "quotes": True, "recording": False,
                     "contact_later": False, "machine_sorting": False}
    again = client.post(_home(room), data={"who": str(seat.number), "stage": str(room.stage.public_id)})
    assert again.location.endswith(_address(room, person))


def test_nothing_is_entered_for_somebody_who_has_not_said_yes(client: FlaskClient, room: Room):
    silent = factories.make_participant(room.dialogue, consented=False)
    answer = client.post(_address(room, silent), data=_facts(**{"p-1": "1"}))
    assert answer.status_code == 422
    assert db.session.query(Vote).count() == 0


def test_others_of_the_team_see_how_many_and_not_what(client: FlaskClient, room: Room):
    answer = _enter(client, room, statements="Ask us twice.", **{"p-1": "1"})
    _facilitate(client, room)
    page = client.get(answer.location).text
    assert "1 vote" in page
    assert "Ask us twice." not in page
    assert room.statements[0].text not in page
    assert room.participant.pseudonym not in client.get(_home(room)).text


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ANALYST, Role.EVALUATOR, Role.OVERSEER])
def test_only_facilitators_enter_for_somebody(client: FlaskClient, room: Room, role):
    sign_in_as(client, factories.make_staff(room.dialogue, role))
    assert client.get(_home(room)).status_code == 403
    assert _enter(client, room, **{"p-1": "1"}).status_code == 403
    assert _positions(room) == {}


def test_analysts_tables_say_which_votes_were_entered_and_the_public_never_learns(client: FlaskClient, room: Room):
    _vote(room, 2, Position.AGREE)
    _enter(client, room, **{"p-1": "1"})
    _close(room, 1)
    votes = inputs_now(room.dialogue).tables.votes
    assert dict(zip(votes["statement"], votes["entered"], strict=True)) == {
        room.statements[0].id: "paper",
        room.statements[1].id: "",
    }
    be_participant(client, factories.make_participant(room.dialogue))
    for address in (room.at("/statements"), room.next, room.mine):
        assert "entered for" not in client.get(address).text


def test_leaving_takes_the_marks_with_it(client: FlaskClient, room: Room):
    _enter(client, room, statements="Ask us twice.", **{"p-1": "1"})
    with transaction():
        leave_dialogue(room.dialogue, by=db.session.merge(room.participant))
    assert db.session.query(EntrySheet).count() == 0
    assert db.session.query(EntryOnBehalf).count() == 0


def test_printed_sheets_have_a_box_for_each_answer_and_no_name(client: FlaskClient, room: Room):
    blank = client.get(room.at("/sheets")).text
    assert blank.count("fm-box") >= 3 * 4
    assert "_ _ _" in blank
    page = client.get(room.at("/sheets?who=everyone&size=large")).text
    assert "fm-print--large" in page
    assert "seat 1" in page
    for name in ("Pat Example", room.participant.pseudonym):
        assert name not in page
