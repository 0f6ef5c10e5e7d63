"""What is next is always said: the card, waiting, a pause, the end."""

from datetime import UTC, datetime

from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.dialogues import StageProgress
from deliberation.stages import StageKind, StageState
from tests import factories
from tests.app.way import fresh, make_room, vote
from tests.factories import be_participant


def _set(row, **values) -> None:
    with transaction() as session:
        for name, value in values.items():
            setattr(session.get(type(row), row.id), name, value)


def test_my_own_address_leads_to_what_is_next(client: FlaskClient):
    room = make_room(statements=1)
    assert client.get("/me").location == "/join"
    be_participant(client, room.participant)
    assert client.get("/me").location == room.next


def test_the_one_card_names_the_stage_the_minutes_and_a_start_button(client: FlaskClient):
    room = make_room(statements=1, stage={"minutes": 7})
    be_participant(client, room.participant)
    html = client.get(room.next).text
    assert "vote together" in html
    assert "About 7 minutes" in html
    assert html.count('class="fm-card') == 1
    assert f'action="{room.at("/start")}"' in html


def test_starting_twice_is_one_start(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    for _ in range(2):
        assert client.post(room.at("/start")).status_code == 303
    assert db.session.query(StageProgress).count() == 1
    assert "Carry on" in client.get(room.next).text


def test_a_finished_stage_moves_to_the_quiet_list_and_can_be_opened_again(client: FlaskClient):
    room = make_room(statements=1)
    factories.make_stage(room.stage.session, StageKind.DISCUSS, state=StageState.PLANNED, place=2)
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    client.post(room.at("/finish"))
    html = client.get(room.next).text
    assert "Nothing to do right now" in html
    assert "discuss together" in html
    assert f'href="{room.at()}"' in html
    assert client.get(room.at()).status_code == 200


def test_waiting_says_about_when_the_next_task_opens_in_the_dialogues_own_time(client: FlaskClient):
    room = make_room(statements=1, stage={"minutes": 15, "opened_at": datetime(2026, 6, 1, 17, 25, tzinfo=UTC)})
    factories.make_stage(room.stage.session, StageKind.DISCUSS, state=StageState.PLANNED, place=2)
    be_participant(client, room.participant)
    client.post(room.at("/finish"))
    html = client.get(room.next).text
    assert "The group is at “vote together” now" in html
    assert "18:40" in html


def test_waiting_for_another_session_names_its_day(client: FlaskClient):
    room = make_room(statements=1, stage={"state": StageState.CLOSED})
    later = factories.make_session(room.dialogue, number=2, state=StageState.PLANNED)
    _set(later, starts_at=datetime(2026, 6, 8, 17, 30, tzinfo=UTC))
    factories.make_stage(later, StageKind.VOTE, state=StageState.PLANNED)
    be_participant(client, room.participant)
    html = client.get(room.next).text
    assert "Monday 8 June" in html
    assert "18:30" in html
    assert "What you missed" in html


def test_a_paused_stage_is_said_to_go_on(client: FlaskClient):
    room = make_room(statements=1, stage={"state": StageState.PAUSED})
    be_participant(client, room.participant)
    assert "We are having a pause" in client.get(room.next).text
    assert client.post(room.at("/start")).status_code == 409


def test_a_paused_session_pauses_its_open_stage(client: FlaskClient):
    room = make_room(statements=1)
    _set(room.stage.session, state=StageState.PAUSED)
    be_participant(client, room.participant)
    assert "We are having a pause" in client.get(room.next).text


def test_a_planned_stage_is_not_shown_yet(client: FlaskClient):
    room = make_room(statements=1, stage={"state": StageState.PLANNED})
    be_participant(client, room.participant)
    assert client.get(room.at()).status_code == 409
    assert client.post(room.at("/start")).status_code == 409


def test_a_closed_stage_can_be_read_and_not_finished(client: FlaskClient):
    room = make_room(statements=1, stage={"state": StageState.CLOSED})
    be_participant(client, room.participant)
    html = client.get(room.at()).text
    assert "This part has closed" in html
    assert 'class="fm-vote"' not in html
    assert client.post(room.at("/finish")).status_code == 409


def test_the_closing_page_says_only_what_was_measured(client: FlaskClient):
    room = make_room(statements=2, thank_you="We are grateful.", how_it_is_used="A report follows in May.")
    be_participant(client, room.participant)
    client.post(room.at("/start"))
    vote(client, room, 1)
    vote(client, room, -1)
    client.post(room.at("/finish"))
    html = client.get(room.next).text
    assert "<h1" in html
    assert "Thank you" in html
    assert "You voted on 2 statements." in html
    assert "A report follows in May." in html
    assert "We are grateful." in html
    assert "comment" not in html


def test_a_break_says_how_long_it_is(client: FlaskClient):
    room = make_room(StageKind.BREAK, stage={"minutes": 5})
    be_participant(client, room.participant)
    html = client.get(room.at()).text
    assert "about 5 minutes long" in html
    assert client.post(room.at("/finish")).location == room.next


def test_a_stage_without_questions_says_that_people_talk(client: FlaskClient):
    room = make_room(StageKind.PRIORITISE)
    be_participant(client, room.participant)
    assert "by talking" in client.get(room.at()).text


def test_consent_comes_before_anything_else(client: FlaskClient):
    room = make_room(statements=1)
    newcomer = factories.make_participant(room.dialogue, consented=False)
    be_participant(client, newcomer)
    assert client.get(room.next).location.endswith("/before")
    assert client.post(room.at("/start")).location.endswith("/before")
    assert db.session.query(StageProgress).count() == 0


def test_each_page_of_the_way_names_the_session(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    assert "Session 1 of 1 · Session 1" in client.get(room.at()).text
    assert fresh(room.stage).title in client.get(room.next).text
