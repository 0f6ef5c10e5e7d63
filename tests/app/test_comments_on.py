"""What people say about a statement and about a paragraph of a material."""

from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.comments import Comment
from app.models.learning import Material, MaterialVersion, StageMaterial
from app.services.learning import add_material, edit_material
from deliberation.moderation import WordState
from deliberation.paragraphs import paragraphs_of
from deliberation.roles import Role
from deliberation.stages import StageKind, StageState
from tests import factories
from tests.app.way import Room, key, make_room, saved
from tests.factories import be_participant, sign_in_as

BODY = "## Scans\n\nA scan is a picture.\n\nMost are kept by the hospital."


def _approve() -> None:
    with transaction() as session:
        for row in session.scalars(select(Comment)):
            row.state = WordState.APPROVED


def _about(room: Room) -> str:
    return room.at(f"/statement/{room.statements[0].public_id}/comments")


def test_others_words_about_a_statement_come_after_ones_own_vote(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, factories.make_participant(room.dialogue))
    assert client.post(_about(room), data={"text": "It costs too much."}).status_code == 303
    _approve()
    be_participant(client, room.participant)
    before = client.get(_about(room)).text
    assert "Vote first" in before
    assert "It costs too much." not in before
    client.post(
        room.at("/vote"),
        data={"statement_id": str(room.statements[0].public_id), "client_key": key(), "position": "1", "back": "list"},
    )
    assert "What people say about this" in client.get(room.at("/statements")).text
    assert "It costs too much." in client.get(_about(room)).text


def test_the_card_leads_to_what_people_say_about_the_statement_voted_on_last(client: FlaskClient):
    room = make_room(statements=2)
    be_participant(client, room.participant)
    assert client.get(room.at("/last/comments")).location.endswith("/statements")
    assert "about the last one" not in client.get(room.at()).text
    sent = {"statement_id": str(room.statements[1].public_id), "client_key": key(), "position": "1"}
    card = client.get(client.post(room.at("/vote"), data=sent).location).text
    assert "about the last one" in card
    assert client.get(room.at("/last/comments")).location.endswith(f"/{room.statements[1].public_id}/comments")


def test_ones_own_words_about_a_statement_are_there_before_the_vote(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    answer = client.post(_about(room), data={"text": "It costs too much."})
    assert "It costs too much." in client.get(answer.location).text
    assert "It costs too much." in client.get(room.mine).text
    assert room.statements[0].text in client.get(room.mine).text


def test_once_voting_has_closed_everyone_reads_and_nobody_adds(client: FlaskClient):
    room = make_room(statements=1, stage={"state": StageState.CLOSED})
    saved(
        Comment(
            dialogue_id=room.dialogue.id, author_id=room.participant.id, stage_id=room.stage.id,
            statement_id=room.statements[0].id, text="It costs too much.", state=WordState.APPROVED,
        )
    )  # fmt: skip
    be_participant(client, factories.make_participant(room.dialogue))
    assert "It costs too much." in client.get(_about(room)).text
    assert client.post(_about(room), data={"text": "Me too."}).status_code == 409


def test_a_statement_that_is_not_put_to_the_vote_here_has_no_page(client: FlaskClient):
    room = make_room(statements=1)
    other = factories.make_statement(room.dialogue, "Not placed.")
    be_participant(client, room.participant)
    assert client.get(room.at(f"/statement/{other.public_id}/comments")).status_code == 404


def test_too_much_about_a_statement_is_refused_beside_the_box(client: FlaskClient):
    room = make_room(statements=1)
    be_participant(client, room.participant)
    answer = client.post(_about(room), data={"text": "b" * 2001})
    assert answer.status_code == 422
    assert "b" * 2001 in answer.text


def _reading() -> tuple[Room, Material, str]:
    """An open learn stage with one material, and the name of its last paragraph."""
    room = make_room(StageKind.LEARN)
    by = factories.make_staff(room.dialogue, Role.FACILITATOR)
    with transaction():
        material = add_material(room.dialogue, title="Scans", body=BODY, by=by)
    saved(StageMaterial(stage_id=room.stage.id, material_id=material.id, place=1))
    return room, material, paragraphs_of(BODY)[-1].anchor


def _part(room: Room, material: Material, anchor: str) -> str:
    return room.at(f"/read/{material.public_id}/part/{anchor}")


def _edit(material: Material, body: str, room: Room) -> None:
    by = factories.make_staff(room.dialogue, Role.FACILITATOR)
    with transaction():
        edit_material(
            db.session.get(Material, material.id), title="Scans", body=body, kind="explainer", minutes=5,
            is_invented=False, sources=[], by=by,
        )  # fmt: skip


def test_each_paragraph_can_be_talked_about_and_a_heading_not(client: FlaskClient):
    room, material, anchor = _reading()
    be_participant(client, room.participant)
    page = client.get(room.at(f"/read/{material.public_id}")).text
    assert page.count("Say something about this part") == 2
    answer = client.post(_part(room, material, anchor), data={"text": "For how long?"})
    assert "For how long?" in client.get(answer.location).text
    row = db.session.scalar(select(Comment))
    assert (row.anchor, row.version_id) == (anchor, db.session.scalar(select(MaterialVersion.id)))
    after = client.get(room.at(f"/read/{material.public_id}")).text
    assert "1 comment on this part" in after
    assert "What people said about parts of this" in after
    assert "For how long?" in client.get(room.mine).text


def test_words_about_a_paragraph_follow_it_to_a_version_that_leaves_it_alone(client: FlaskClient):
    room, material, anchor = _reading()
    be_participant(client, room.participant)
    client.post(_part(room, material, anchor), data={"text": "For how long?"})
    _edit(material, BODY.replace("a picture", "a photo"), room)
    page = client.get(room.at(f"/read/{material.public_id}")).text
    assert "1 comment on this part" in page
    assert "changed since" not in page


def test_words_about_a_changed_paragraph_stay_with_their_version_and_say_so(client: FlaskClient):
    room, material, anchor = _reading()
    be_participant(client, room.participant)
    client.post(_part(room, material, anchor), data={"text": "For how long?"})
    _edit(material, BODY.replace("kept by", "stored in"), room)
    page = client.get(room.at(f"/read/{material.public_id}")).text
    assert "about version 1; this part has been changed since" in page
    assert "on this part" not in page
    old = client.get(_part(room, material, anchor)).text
    assert "Most are kept by the hospital." in old
    assert "words of version 1" in old
    assert "For how long?" in old


def test_words_sent_while_the_text_was_changed_are_kept_with_the_old_version(client: FlaskClient):
    room, material, anchor = _reading()
    be_participant(client, room.participant)
    _edit(material, BODY.replace("kept by", "stored in"), room)
    assert client.post(_part(room, material, anchor), data={"text": "For how long?"}).status_code == 303
    version = db.session.get(MaterialVersion, db.session.scalar(select(Comment.version_id)))
    assert version.number == 1


def test_a_paragraph_that_never_was_has_no_page(client: FlaskClient):
    room, material, _ = _reading()
    be_participant(client, room.participant)
    assert client.get(_part(room, material, "000000000000")).status_code == 404
    assert client.get(_part(room, material, "%20")).status_code == 404


def test_a_moderator_reads_which_paragraph_words_are_about(client: FlaskClient):
    room, material, anchor = _reading()
    be_participant(client, room.participant)
    client.post(_part(room, material, anchor), data={"text": "For how long?"})
    sign_in_as(client, factories.make_staff(room.dialogue, Role.FACILITATOR))
    desk = client.get(f"/d/{room.dialogue.public_id}/moderation").text
    assert "Most are kept by the hospital." in desk


def test_hostile_words_in_a_material_stay_words(client: FlaskClient):
    room, material, _ = _reading()
    _edit(material, "<script>alert(1)</script>\n\n[x](javascript:alert(1))", room)
    be_participant(client, room.participant)
    page = client.get(room.at(f"/read/{material.public_id}")).text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
