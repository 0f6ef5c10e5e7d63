"""Models side by side: how it works today is always there, addresses say all of it, nothing is sent."""

from flask.testing import FlaskClient

from deliberation.roles import Role
from deliberation.stages import StageKind, StageState
from tests import factories
from tests.app.test_reading import make_model
from tests.app.way import Room, make_room
from tests.factories import be_participant, sign_in_as


def _room() -> tuple[Room, list]:
    room = make_room(StageKind.COMPARE)
    today = make_model(room, "How it works today", is_current=True)
    return room, [today, make_model(room, "A trust", 2), make_model(room, "A panel", 3), make_model(room, "Opt-out", 4)]


def _html(client: FlaskClient, room: Room, *models, more: str = "") -> str:
    names = [f"{name}={model.public_id}" for name, model in zip(("with", "and", "and"), models, strict=False)]
    return client.get(room.at(f"/side-by-side?{'&'.join([*names, more])}")).text


def test_how_it_works_today_is_always_in_the_set_and_comes_first(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    html = _html(client, room, models[1]).split('<table class="fm-abreast"')[1].split("</table>")[0]
    assert html.index("How it works today") < html.index("A trust")
    assert html.count('role="columnheader"') == 2


def test_three_at_most_stand_side_by_side_and_none_twice(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    assert _html(client, room, models[1], models[2]).count('role="columnheader"') == 3
    assert _html(client, room, models[1], models[1]).count('role="columnheader"') == 2
    assert _html(client, room, models[1], models[0]).count('role="columnheader"') == 2


def test_each_answer_says_whose_it_is_under_each_question(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    table = _html(client, room, models[1]).split("<tbody")[1].split("</tbody>")[0]
    rows = table.split("<tr")[1:]
    assert len(rows) == 6 + 2
    assert all(row.count('class="fm-abreast__who"') == 2 for row in rows)
    assert "Who decides?" in rows[0]
    assert "It is calm." in table
    assert len(_html(client, room, models[1], more="all=1").split("<tbody")[1].split("<tr")) > len(rows) + 1


def test_it_needs_no_script_and_sends_nothing(client: FlaskClient):
    room, models = _room()
    be_participant(client, room.participant)
    main = _html(client, room, models[1]).split("<main")[1].split("</main>")[0]
    assert 'method="get"' in main
    assert 'method="post"' not in main


def test_ideas_of_parts_that_have_not_been_open_are_not_shown(client: FlaskClient):
    room, _ = _room()
    later = factories.make_stage(room.stage.session, StageKind.LEARN, state=StageState.PLANNED, place=2)
    hidden = make_model(Room(room.dialogue, later, room.participant, []), "A secret idea")
    be_participant(client, room.participant)
    assert "A secret idea" not in _html(client, room)
    assert 'role="columnheader"' not in _html(client, room, hidden)


def test_addresses_that_name_nothing_are_as_if_nothing_were_picked(client: FlaskClient):
    room, _ = _room()
    be_participant(client, room.participant)
    answer = client.get(room.at("/side-by-side?with=nonsense&and="))
    assert answer.status_code == 200
    assert "Pick an idea." in answer.text


def test_staff_preview_it(client: FlaskClient):
    room, models = _room()
    sign_in_as(client, factories.make_staff(room.dialogue, Role.OVERSEER))
    address = f"/d/{room.dialogue.public_id}/preview/s/{room.stage.public_id}/side-by-side?with={models[1].public_id}"
    assert "A trust" in client.get(address).text
