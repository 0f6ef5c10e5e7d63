"""Following a request: choose, walk, judge, the end, two ways beside each other, and numbers anybody can change."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction
from app.models.events import Event
from app.models.requests import DataRequest, RequestAssumption, StepJudgement
from app.models.stewardship import Combination
from app.services.leaving import leave_dialogue
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.requests import Judgement, RequestKind, Station
from deliberation.roles import Role
from deliberation.stages import StageKind, StageState
from deliberation.stewardship import NOBODY, CombinationQuestion
from tests import factories
from tests.app.test_reading import make_model
from tests.app.way import Room, make_room, saved
from tests.factories import be_participant

STOPS = 6


def make_request(room: Room, kind: RequestKind = RequestKind.NEW, title: str = "A firm wants scans") -> DataRequest:
    place = db.session.query(DataRequest).count() + 1
    facts = {"who": "Brightlung.", "purpose": "To train a tool.", "money": "It sells it.", "data": "40,000 scans."}
    words = {**facts, "wrong": "It may be sold on."}
    row = DataRequest(dialogue_id=room.dialogue.id, key=f"r{place}", place=place, kind=kind, title=title, **words)
    return saved(row)


class Walk:
    """A room with two models and a request, and addresses in it."""

    def __init__(self, kind: StageKind = StageKind.COMPARE, request: RequestKind = RequestKind.NEW, **changes) -> None:
        self.room = make_room(kind, **changes)
        self.group = make_model(self.room, "A panel", place=1)
        self.own = make_model(self.room, "Choose each time", place=2)
        with transaction():
            self.group.approaches, self.group.asked = ["collective"], "not_asked"
            self.own.approaches, self.own.asked = ["individual"], "each_time"
        self.request = make_request(self.room, request)

    def at(self, tail: str = "", way=None) -> str:
        by = (way or self.group).public_id
        return self.room.at(f"/requests/{self.request.public_id}/by/{by}{tail}")

    def judge(self, client: FlaskClient, number: int, judgement: str, way=None):
        return client.post(self.at(f"/stop/{number}", way), data={"judgement": judgement})


@pytest.fixture
def walk(client: FlaskClient) -> Walk:
    made = Walk()
    be_participant(client, made.room.participant)
    return made


def judgements() -> list[StepJudgement]:
    db.session.expire_all()
    return list(db.session.scalars(select(StepJudgement).order_by(StepJudgement.id)))


def events(kind: EventKind) -> int:
    return db.session.query(Event).filter_by(kind=kind).count()


def test_a_stage_that_compares_offers_to_follow_a_request(client: FlaskClient, walk: Walk):
    assert "Follow a request" in client.get(walk.room.at()).text
    html = client.get(walk.room.at("/requests")).text
    assert "A firm wants scans" in html
    assert "Invented for discussion" in html


def test_choosing_a_way_sets_off_at_the_first_stop(client: FlaskClient, walk: Walk):
    choose = walk.room.at(f"/requests/{walk.request.public_id}")
    html = client.get(choose).text
    assert "A panel" in html
    assert "Choose each time" in html
    answer = client.post(choose, data={"way": str(walk.group.public_id)})
    assert answer.location == walk.at("/stop/1")
    assert events(EventKind.REQUEST_FOLLOWED) == 1


def test_each_stop_is_one_page_that_says_where_it_is(client: FlaskClient, walk: Walk):
    for number in range(1, STOPS + 1):
        html = client.get(walk.at(f"/stop/{number}")).text
        assert f"Stop {number} of {STOPS}" in html
        assert html.count("<h1") == 1
        assert html.count('class="fm-vote"') == 3
        assert html.count('aria-current="step"') == 1
    assert client.get(walk.at("/stop/7")).status_code == 404
    assert client.get(walk.at("/stop/0")).status_code == 404


def test_saying_fine_leads_to_the_next_stop_and_the_last_to_the_end(client: FlaskClient, walk: Walk):
    assert walk.judge(client, 1, "fine").location == walk.at("/stop/2") + "#now"
    assert walk.judge(client, STOPS, "not_ok").location == walk.at("/end")
    assert [(row.step, row.judgement) for row in judgements()] == [
        (Station.ARRIVES, Judgement.FINE),
        (Station.DISAGREE, Judgement.NOT_OK),
    ]
    assert events(EventKind.STEP_JUDGED) == 2


def test_a_changed_mind_replaces_what_was_said_and_its_words_go(client: FlaskClient, walk: Walk):
    asked = walk.judge(client, 2, "only_if").location
    assert "Only if what?" in client.get(asked.split("#")[0]).text
    assert client.post(walk.at("/stop/2/only-if"), data={"words": "They are paid."}).status_code == 303
    row = judgements()[0]
    assert (row.judgement, row.words, row.state) == (Judgement.ONLY_IF, "They are paid.", WordState.WAITING)
    assert "They are paid." in client.get(walk.at("/stop/2")).text
    walk.judge(client, 2, "fine")
    assert [(row.judgement, row.words) for row in judgements()] == [(Judgement.FINE, "")]


def test_only_if_may_be_said_without_words(client: FlaskClient, walk: Walk):
    walk.judge(client, 2, "only_if")
    assert client.post(walk.at("/stop/2/only-if"), data={"words": " "}).location == walk.at("/stop/3") + "#now"
    assert judgements()[0].words == ""


def test_words_that_are_too_long_come_back_with_the_page(client: FlaskClient, walk: Walk):
    walk.judge(client, 2, "only_if")
    answer = client.post(walk.at("/stop/2/only-if"), data={"words": "a" * 501})
    assert answer.status_code == 422
    assert "a" * 501 in answer.text
    assert "The limit is 500" in answer.text


def test_a_condition_needs_an_only_if_and_a_judgement_is_one_of_three(client: FlaskClient, walk: Walk):
    assert client.post(walk.at("/stop/2/only-if"), data={"words": "Paid."}).status_code == 422
    assert walk.judge(client, 2, "maybe").status_code in {409, 422}
    assert judgements() == []


def test_going_on_without_saying_is_allowed_and_the_end_says_so(client: FlaskClient, walk: Walk):
    assert "Go on without saying" in client.get(walk.at("/stop/1")).text
    walk.judge(client, 3, "fine")
    html = client.get(walk.at("/end")).text
    assert html.count("you said nothing here") == STOPS - 1
    assert "fine at 1" in html
    assert "this request makes 6 stops" in html


def test_what_is_not_known_is_said_to_be_not_known(client: FlaskClient, walk: Walk):
    with transaction():
        walk.group.facts = {}
    assert "Not known." in client.get(walk.at("/stop/2")).text
    assert "takes nobody knows how long" in client.get(walk.at("/end")).text


def test_two_ways_stand_beside_each_other_with_what_was_said(client: FlaskClient, walk: Walk):
    walk.judge(client, 3, "not_ok")
    html = client.get(walk.at(f"/beside/{walk.own.public_id}")).text
    assert html.count("<section") == 2
    assert "A panel" in html
    assert "Choose each time" in html
    assert html.count("Not OK") == 1
    assert "You would be asked 12 times a year: about once a month." in html


def test_own_mix_can_be_followed_by_its_author_alone(client: FlaskClient, walk: Walk):
    answers = dict.fromkeys([question.value for question in CombinationQuestion], "panel_of_people")
    answers |= {"can_say_no": "opt_out"}
    where = {"stage_id": walk.room.stage.id, "answers": answers}
    mine = saved(Combination(participant_id=walk.room.participant.id, **where))
    assert "Your own mix" in client.get(walk.room.at(f"/requests/{walk.request.public_id}")).text
    assert "A panel sets the rules" in client.get(walk.at("/stop/1", mine)).text
    walk.judge(client, 1, "fine", mine)
    assert judgements()[0].answers == answers
    assert judgements()[0].way == "mix:panel_of_people/panel_of_people/opt_out/panel_of_people"
    be_participant(client, factories.make_participant(walk.room.dialogue))
    assert client.get(walk.at("/stop/1", mine)).status_code == 404


def test_a_mix_in_which_nobody_gets_scans_ends_with_a_no(client: FlaskClient, walk: Walk):
    answers = dict.fromkeys([question.value for question in CombinationQuestion], NOBODY)
    where = {"stage_id": walk.room.stage.id, "answers": answers}
    mine = saved(Combination(participant_id=walk.room.participant.id, **where))
    assert "The answer is no" in client.get(walk.at("/stop/2", mine)).text


@pytest.mark.parametrize("kind", RequestKind)
def test_every_kind_of_request_can_be_walked_to_its_end(client: FlaskClient, kind):
    walk = Walk(request=kind)
    be_participant(client, walk.room.participant)
    for way in (walk.group, walk.own):
        for number in range(1, STOPS + 1):
            assert client.get(walk.at(f"/stop/{number}", way)).status_code == 200
        assert client.get(walk.at("/end", way)).status_code == 200


def test_anybody_changes_the_numbers_and_nothing_is_written(client: FlaskClient, walk: Walk):
    html = client.get(walk.at("/burden")).text
    assert "300 requests a year mean an evening in most weeks for the people who decide." in html
    numbers = {"requests_a_year": 1000, "minutes_each": 20, "people": 15, "full_in_ten": 10, "yours_in_hundred": 4}
    changed = client.get(walk.at("/burden"), query_string={**numbers, "days_to_decide": "", "days_to_answer": 3}).text
    assert "about 3 evenings a week" in changed
    assert "15 people decide together." in changed
    assert "How long this takes is not known" in changed
    assert "Back to our guesses" in changed
    assert "requests_a_year=1000" in changed.split("Back to the end")[0].rsplit("<a", 1)[1]
    assert db.session.query(RequestAssumption).count() == 0


@pytest.mark.parametrize("wrong", ["0", "-4", "many", "", "1e3", "999999999999999999999"])
def test_a_number_that_makes_no_sense_is_named_beside_its_field(client: FlaskClient, walk: Walk, wrong):
    html = client.get(walk.at("/burden"), query_string={"requests_a_year": wrong, "people": "7"}).text
    assert "There is a problem" in html
    assert 'id="requests_a_year-error"' in html
    assert client.get(walk.at("/end"), query_string={"requests_a_year": wrong}).status_code == 200


def test_numbers_of_the_dialogue_are_where_everybody_starts(client: FlaskClient, walk: Walk):
    saved(RequestAssumption(dialogue_id=walk.room.dialogue.id, name="people", value=9, source=None))
    assert "9 people decide together." in client.get(walk.at("/end")).text


def test_in_a_closed_stage_it_can_be_read_and_nothing_said(client: FlaskClient):
    walk = Walk(stage={"state": StageState.CLOSED})
    be_participant(client, walk.room.participant)
    html = client.get(walk.at("/stop/2")).text
    assert "fm-vote" not in html
    assert walk.judge(client, 2, "fine").status_code in {403, 409}
    assert judgements() == []


def test_a_vote_stage_or_one_without_models_or_requests_offers_nothing(client: FlaskClient):
    walk = Walk(StageKind.DISCUSS)
    be_participant(client, walk.room.participant)
    assert client.get(walk.room.at("/requests")).status_code == 404
    bare = make_room(StageKind.COMPARE)
    be_participant(client, bare.participant)
    assert client.get(bare.at("/requests")).status_code == 404
    assert "Follow a request" not in client.get(bare.at()).text


def test_staff_preview_each_page_and_send_nothing(client: FlaskClient):
    walk = Walk()
    factories.sign_in_as(client, factories.make_staff(walk.room.dialogue, Role.FACILITATOR))
    base = f"/d/{walk.room.dialogue.public_id}/preview/s/{walk.room.stage.public_id}/requests"
    way = {"request_id": walk.request.public_id, "way_id": walk.group.public_id}
    asked = [{}, {"request_id": walk.request.public_id}, *({**way, "number": n} for n in range(1, STOPS + 1))]
    asked += [{**way, "page": "end"}, {**way, "page": "burden"}, {**way, "other_id": walk.own.public_id}]
    for query in asked:
        answer = client.get(base, query_string=query)
        assert answer.status_code == 200, query
        assert 'method="post"' not in answer.text.split("<main")[1].split("</main>")[0], query
    assert "fm-pick" in client.get(base).text
    assert judgements() == []


def test_leaving_takes_what_was_said_along(client: FlaskClient, walk: Walk):
    walk.judge(client, 1, "not_ok")
    with transaction():
        leave_dialogue(walk.room.dialogue, by=walk.room.participant)
    assert judgements() == []


def test_another_dialogue_s_request_or_model_is_not_found(client: FlaskClient, walk: Walk):
    other = Walk()
    be_participant(client, walk.room.participant)
    assert client.get(walk.at("/stop/1", other.group)).status_code == 404
    away = walk.room.at(f"/requests/{other.request.public_id}")
    assert client.get(away).status_code == 404
