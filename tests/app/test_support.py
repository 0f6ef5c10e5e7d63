"""Support and dissent for combinations: the same ones are put together, nobody is told who made one."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.models.comments import Comment
from app.models.stewardship import Combination, CombinationSupport, GatheredCombination
from app.models.tasks import StageTask
from app.queries.support import weighed
from deliberation.moderation import Decision, WordState
from deliberation.roles import Role
from deliberation.stages import StageKind
from deliberation.stewardship import NOBODY, CombinationQuestion
from deliberation.support import Support
from deliberation.tasks import Task
from tests import factories
from tests.app.models_way import close
from tests.app.test_comparing import GOOD
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant, sign_in_as


def _room(**changes) -> Room:
    room = make_room(StageKind.COMPARE, **changes)
    saved(StageTask(stage_id=room.stage.id, task=Task.WEIGH_COMBINATIONS))
    return room


def _combine(client: FlaskClient, room: Room, **changed):
    be_participant(client, who := factories.make_participant(room.dialogue))
    assert client.post(room.at("/combination"), data={**GOOD, **changed}).status_code == 303
    return who


def _shown(client: FlaskClient, room: Room) -> str:
    found = re.search(r'action="([^"]*/mixes/[^"]*)"', client.get(room.at("/mixes")).text)
    return found.group(1) if found else ""


def test_combinations_with_the_same_four_answers_are_put_together(client: FlaskClient):
    room = _room()
    _combine(client, room)
    _combine(client, room, reason="Fair.")
    _combine(client, room, who_checks="public_register")
    assert db.session.query(GatheredCombination).count() == 2
    assert sorted(one.made_by for one in weighed(room.dialogue)) == [1, 2]


def test_a_combination_is_shown_as_a_sentence_without_whoever_made_it(client: FlaskClient):
    room = _room()
    maker = _combine(client, room, reason="My own reason.")
    be_participant(client, room.participant)
    html = client.get(room.at("/mixes")).text
    assert "A panel of people like me sets the rules" in html
    assert "and the courts check." in html
    assert "My own reason." not in html
    assert maker.pseudonym not in html
    assert "You said" not in html


def test_no_access_at_all_can_be_supported(client: FlaskClient):
    room = _room()
    _combine(client, room, **{question.value: NOBODY for question in CombinationQuestion})
    be_participant(client, room.participant)
    assert "No one should get the scans for AI." in client.get(room.at("/mixes")).text
    assert client.post(_shown(client, room), data={"support": "support"}).status_code == 303


def test_support_and_dissent_are_counted_and_reasons_are_kept(client: FlaskClient):
    room = _room()
    _combine(client, room)
    for support, why in (("support", ""), ("support", "Fair."), ("do_not_support", "The courts are slow.")):
        be_participant(client, factories.make_participant(room.dialogue))
        assert client.post(_shown(client, room), data={"support": support, "why": why}).status_code == 303
    found = weighed(room.dialogue)[0]
    assert found.counts == {Support.SUPPORT: 2, Support.COULD_LIVE_WITH_IT: 0, Support.DO_NOT_SUPPORT: 1}
    assert [one.text for one in found.reasons[Support.DO_NOT_SUPPORT]] == ["The courts are slow."]
    sign_in_as(client, factories.make_staff(room.dialogue, Role.ANALYST))
    html = client.get(f"/d/{room.dialogue.public_id}/combinations").text
    assert "The courts are slow." in html
    assert "waiting to be checked" in html


def test_totals_and_checked_dissent_are_shown_once_the_part_has_closed(client: FlaskClient):
    room = _room()
    _combine(client, room)
    be_participant(client, room.participant)
    client.post(_shown(client, room), data={"support": "do_not_support", "why": "The courts are slow."})
    assert "do not support it." not in client.get(room.at("/mixes")).text
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    comment = db.session.scalar(select(Comment))
    close(room)
    be_participant(client, room.participant)
    html = client.get(room.at("/mixes")).text
    assert "0 support it, 0 could live with it, 1 do not support it." in html
    assert "The courts are slow." not in html
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    decided = {"kind": "comment", "words": str(comment.public_id), "decision": Decision.APPROVE.value}
    client.post(f"/d/{room.dialogue.public_id}/moderation/decide", data=decided)
    be_participant(client, room.participant)
    assert "The courts are slow." in client.get(room.at("/mixes")).text


def test_a_changed_mind_replaces_what_was_said(client: FlaskClient):
    room = _room()
    _combine(client, room)
    be_participant(client, room.participant)
    address = _shown(client, room)
    client.post(address, data={"support": "support", "why": "Fair."})
    assert "checked" in client.get(address).text
    client.post(address, data={"support": "could_live_with_it"})
    row = db.session.scalar(select(CombinationSupport))
    assert (row.support, row.comment_id) == (Support.COULD_LIVE_WITH_IT, None)
    assert db.session.scalar(select(Comment)).state is WordState.WITHDRAWN


def test_after_seven_people_may_stop_or_go_on(client: FlaskClient):
    room = _room()
    checks = ("independent_body", "panel_of_people", "public_register", "courts")
    for number in range(8):
        _combine(client, room, who_checks=checks[number % 4], who_sets_rules="experts" if number > 3 else "parliament")
    be_participant(client, room.participant)
    for _ in range(7):
        assert client.post(_shown(client, room), data={"support": "support"}).status_code == 303
    html = client.get(room.at("/mixes")).text
    assert "You have looked at 7 mixes." in html
    assert "Stop here" in html
    assert "One more" in html
    assert "A mix from the group" in client.get(room.at("/mixes?more=1")).text


def test_nothing_is_chosen_before_and_silence_is_refused(client: FlaskClient):
    room = _room()
    _combine(client, room)
    be_participant(client, room.participant)
    assert not re.search(r"<input[^>]* checked", client.get(room.at("/mixes")).text)
    answer = client.post(_shown(client, room), data={"why": "I type a lot."})
    assert answer.status_code == 422
    assert "I type a lot." in answer.text


def test_who_leaves_takes_combination_and_support_with_them(client: FlaskClient):
    room = _room()
    _combine(client, room)
    client.post(_shown(client, room), data={"support": "support"})
    client.post(f"/d/{room.dialogue.public_id}/leave", data={"what": "dialogue"})
    assert db.session.query(Combination).count() == 0
    assert db.session.query(CombinationSupport).count() == 0
    assert weighed(room.dialogue) == []


def test_in_an_open_dialogue_small_numbers_are_not_told(client: FlaskClient):
    room = _room(mode=factories.DialogueMode.OPEN)
    _combine(client, room)
    be_participant(client, room.participant)
    client.post(_shown(client, room), data={"support": "do_not_support"})
    close(room)
    assert "a few do not support it." in client.get(room.at("/mixes")).text
