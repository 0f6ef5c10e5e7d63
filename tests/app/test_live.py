"""A waiting phone hears in five seconds that the group has moved, and nothing else."""

from app.db import db, transaction
from app.models.dialogues import Stage
from deliberation.stages import StageState
from tests.app.way import make_room
from tests.factories import be_participant, make_participant, make_stage


def _look(client, room, seen: str = ""):
    return client.get(f"/d/{room.dialogue.public_id}/live?seen={seen}")


def test_nothing_is_sent_while_nothing_has_moved(client, app):
    room = make_room()
    be_participant(client, room.participant)
    version = _look(client, room).text
    assert version
    assert (_look(client, room, version).status_code, _look(client, room, version).text) == (204, "")


def test_a_stage_that_closes_changes_the_version(client, app):
    room = make_room()
    make_stage(room.stage.session, state=StageState.PLANNED, place=2)
    be_participant(client, room.participant)
    version = _look(client, room).text
    with transaction():
        db.session.get_one(Stage, room.stage.id).state = StageState.PAUSED
    later = _look(client, room, version)
    assert later.status_code == 200
    assert later.text != version


def test_another_dialogue_is_not_there(client, app):
    room, other = make_room(), make_room()
    be_participant(client, make_participant(other.dialogue))
    assert _look(client, room).status_code == 404
