"""Ratings before and after, as an analyst reads them."""

from flask.testing import FlaskClient

from app.models.stewardship import ModelRating, StageModel
from app.queries.ratings import rating_shifts
from deliberation.roles import Role
from deliberation.stages import StageKind
from deliberation.stewardship import Acceptance, Rating
from tests import factories
from tests.app.test_reading import make_model
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant, sign_in_as


def _room() -> tuple[Room, object, object]:
    room = make_room(StageKind.COMPARE)
    model = make_model(room)
    later = factories.make_stage(room.stage.session, StageKind.COMPARE, place=2)
    saved(StageModel(stage_id=later.id, model_id=model.id, place=1))
    return room, model, later


def _rated(model, stage, person, rating: Rating, **more) -> None:
    saved(ModelRating(participant_id=person.id, model_id=model.id, stage_id=stage.id, rating=rating, **more))


def test_first_and_later_words_are_set_against_each_other_and_missing_people_are_counted(client: FlaskClient):
    room, model, later = _room()
    people = [factories.make_participant(room.dialogue) for _ in range(3)]
    _rated(model, room.stage, people[0], Rating.OPPOSE, acceptance=Acceptance.COULD_NOT)
    _rated(model, later, people[0], Rating.SUPPORT, acceptance=Acceptance.COULD_ACCEPT, difference="The talk did it.")
    _rated(model, room.stage, people[1], Rating.SUPPORT)
    _rated(model, later, people[1], Rating.SUPPORT, difference="My neighbour agrees.")
    _rated(model, room.stage, people[2], Rating.NEITHER)
    found = rating_shifts(room.dialogue)[0][0]
    assert (found.shift.towards, found.shift.same, found.shift.first_only) == (1, 1, 1)
    assert found.acceptance == ((0, 0), (1, 0))
    assert [(one.words, one.has_moved) for one in found.differences] == [
        ("The talk did it.", True), ("My neighbour agrees.", False),
    ]  # fmt: skip
    sign_in_as(client, factories.make_staff(room.dialogue, Role.ANALYST))
    html = client.get(f"/d/{room.dialogue.public_id}/analysis/ratings").text
    assert "1 moved towards support, 0 away from it, 1 chose the same word" in html
    assert "1 rated it the first time only, 0 the later time only." in html
    assert "The talk did it." in html
    assert "Strongly support" in html
    assert "%" not in html.split("<main")[1]
    assert not any(person.pseudonym in html for person in people)


def test_a_model_rated_once_is_counted_apart(client: FlaskClient):
    room, model, _ = _room()
    _rated(model, room.stage, room.participant, Rating.NEED_TO_KNOW_MORE)
    twice, once = rating_shifts(room.dialogue)
    assert twice == []
    assert once[0].counts[Rating.NEED_TO_KNOW_MORE] == 1
    sign_in_as(client, factories.make_staff(room.dialogue, Role.ANALYST))
    assert "Rated at one time only" in client.get(f"/d/{room.dialogue.public_id}/analysis/ratings").text


def test_only_analysts_read_it(client: FlaskClient):
    room, _, _ = _room()
    for role in (Role.FACILITATOR, Role.COMMISSIONER, Role.OVERSEER):
        sign_in_as(client, factories.make_staff(room.dialogue, role))
        assert client.get(f"/d/{room.dialogue.public_id}/analysis/ratings").status_code == 403


def test_words_of_a_rating_are_listed_and_can_be_taken_back(client: FlaskClient):
    room, model, later = _room()
    be_participant(client, room.participant)
    for stage in (room.stage, later):
        client.post(room.at(f"/compare/{model.public_id}", stage), data={"rating": "support", "reason": "It is calm."})
    client.post(room.at(f"/compare/{model.public_id}/difference", later), data={"difference": "The talk did it."})
    html = client.get(room.mine).text
    assert html.count("It is calm.") >= 2
    assert "The talk did it." in html
    row = factories.db.session.query(ModelRating).filter_by(stage_id=later.id).one()
    client.post(f"{room.mine}/reasons", data={"kind": "rating", "words_id": str(row.public_id)})
    html = client.get(room.mine).text
    assert "The talk did it." not in html
    kept = factories.db.session.query(ModelRating).filter_by(stage_id=later.id).one()
    assert (kept.rating, kept.reason, kept.difference) == (Rating.SUPPORT, "", "")
