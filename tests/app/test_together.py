"""Votes that are kept together leave the very rows that single steps leave, on both stores and through the pages."""

from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, quick_read, quick_transaction, transaction, utcnow
from app.forms.voting import SentVote
from app.models.events import Event, EventPayload
from app.models.people import Participant
from app.models.voting import CurrentVote, Exposure, StageStatement, Vote
from app.queries.ballot import newest_vote_id, read_ballot
from app.queries.people import digest_of
from app.services import taking_part
from app.services.casting import Choice, Where, keep_vote, put_next
from app.services.recording import new_client_key
from app.services.together import NotPlain
from app.views import quickly
from app.views.quickly import Place
from deliberation.stages import StageState
from tests.app.way import at_hand, make_room
from tests.conftest import FreshClient
from tests.factories import be_participant, make_participant

NOW = utcnow()


class First(Random):
    """Always the first that may come."""

    def random(self) -> float:
        return 0.0


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application on either store, whose draws and clock stand still."""
    monkeypatch.setattr(quickly, "RANDOM", First())
    monkeypatch.setattr(quickly, "utcnow", lambda: NOW)
    found: Flask = request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")
    found.test_client_class = FreshClient
    return found


class Hall:
    """A room with several people who have begun, each at a device, with the first statement before them."""

    def __init__(self, app: Flask, people: int = 1, statements: int = 8) -> None:
        self.room = make_room(statements=statements)
        self.people = [self.room.participant, *(make_participant(self.room.dialogue) for _ in range(people - 1))]
        with transaction():
            for person in self.people:
                taking_part.start_stage(self.room.stage, by=person)
        self.digests = [self._device(app, person) for person in self.people]
        self.wheres = [self._where(person) for person in self.people]
        for where in self.wheres:
            with quick_transaction(db.engine) as connection:
                ballot = read_ballot(connection, where.stage_id, where.participant_id)
                put_next(connection, where, ballot.placed, ballot, First(), now=NOW)

    def _device(self, app: Flask, person: Participant) -> str:
        client = app.test_client()
        be_participant(client, person)
        with client.session_transaction() as kept:
            return digest_of(kept["device"])

    def _where(self, person: Participant) -> Where:
        stage = self.room.stage
        return Where(person.id, person.public_id, self.room.dialogue.id, stage.session_id, stage.id, None, False)

    def vote(self, statement: int, position: int, *, key=None, after: int | None = None) -> SentVote:
        public_id = self.room.statements[statement].public_id
        return SentVote(public_id, key or new_client_key(), position, statement == 1, after)

    def together(self, votes: list[tuple[int, SentVote | None]]):
        place = (self.room.dialogue.public_id, self.room.stage.public_id)
        asked = [(Place(self.digests[person], *place), vote) for person, vote in votes]
        db.session.rollback()
        with quick_transaction(db.engine) as connection:
            return quickly._keep_all(connection, asked)

    def one_by_one(self, votes: list[tuple[int, SentVote]]) -> None:
        for person, vote in votes:
            where = self.wheres[person]
            with quick_transaction(db.engine) as connection:
                ballot = read_ballot(connection, where.stage_id, where.participant_id, vote.statement_id)
                key, after = vote.client_key, vote.after
                choice = Choice(ballot.sent_id or 0, vote.statement_id, vote.position, vote.is_important, key, after)
                kept = keep_vote(connection, where, choice, ballot, now=NOW)
                ballot = ballot.with_vote(choice.statement_id, kept.vote_id)
                if not ballot.set_is_full:
                    put_next(connection, where, ballot.placed, ballot, First(), now=NOW)

    def rows(self):
        """Everything that votes wrote, by numbers of their own; who it was by the place in the hall."""
        db.session.rollback()
        who = {person.id: n for n, person in enumerate(self.people)}
        votes = db.session.scalars(select(Vote).where(Vote.participant_id.in_(who)).order_by(Vote.id)).all()
        place = {one.id: n for n, one in enumerate(votes)}
        current = db.session.scalars(select(CurrentVote).where(CurrentVote.participant_id.in_(who)))
        shown = db.session.scalars(select(Exposure).where(Exposure.stage_id == self.room.stage.id))
        placed = db.session.scalars(select(StageStatement).where(StageStatement.stage_id == self.room.stage.id)).all()
        number = {one.statement_id: one.place for one in placed}
        events = db.session.execute(
            select(
                Event.kind, Event.actor_role, Event.happened_at, EventPayload.actor, EventPayload.object_kind,
                EventPayload.object_ref, EventPayload.facts,
            )
            .join(EventPayload)
            .where(Event.dialogue_id == self.room.dialogue.id, Event.kind == "vote_cast")
            .order_by(Event.id)
        ).all()  # fmt: skip
        actors = {str(person.public_id): n for n, person in enumerate(self.people)}
        words = {str(one.public_id): number[one.id] for one in self.room.statements}
        return {
            "votes": [
                (who[v.participant_id], number[v.statement_id], v.position, v.is_important, v.is_late, v.cast_at,
                 v.undone_at is None)
                for v in votes
            ],
            "current": sorted(
                (who[c.participant_id], number[c.statement_id], place[c.vote_id], c.position, c.is_important)
                for c in current
            ),
            "shown": sorted(
                (who[e.participant_id], number[e.statement_id], round(e.probability, 9), e.shown_at,
                 e.answered_at is not None)
                for e in shown
            ),
            "times": sorted((number[c.statement_id], c.times_shown) for c in placed),
            "events": [(e[0], e[1], e[2], actors[e[3]], e[4], words[e[5]], str(e[6])) for e in events],
        }  # fmt: skip


def test_votes_together_leave_the_rows_of_single_steps(store: Flask):
    left = []
    for way in ("together", "one_by_one"):
        hall = Hall(store, people=4)
        for number in range(6):
            votes = [(person, hall.vote(number, (number + person) % 3 - 1)) for person in range(4)]
            getattr(hall, way)(votes)
        getattr(hall, way)([(2, hall.vote(2, 1)), (0, hall.vote(7, 1))])  # a change of mind, and one out of turn
        left.append(hall.rows())
    for part, rows in left[0].items():
        assert rows == left[1][part], part
    assert len(left[0]["votes"]) == len(left[0]["events"]) == 26
    assert len(left[0]["current"]) == 25


def test_each_gets_their_own_next_statement_and_what_they_passed_on(store: Flask):
    hall = Hall(store, people=3)
    outcomes = hall.together([(0, hall.vote(0, 1)), (1, hall.vote(0, 0)), (2, hall.vote(3, -1))])
    numbers = {one.id: place for place, one in enumerate(hall.room.statements)}
    assert [numbers[one.at_hand.id] for one in outcomes] == [1, 1, 0]  # the third voted out of turn
    assert [one.passed and numbers[one.passed.id] for one in outcomes] == [None, 0, None]
    assert [one.standing.person.id for one in outcomes] == [person.id for person in hall.people]
    assert [one.ballot.done for one in outcomes] == [1, 1, 1]


def test_after_five_nothing_is_put_to_a_person(store: Flask):
    hall = Hall(store)
    for number in range(5):
        [outcome] = hall.together([(0, hall.vote(number, 1))])
    assert outcome.at_hand is None
    assert len([one for one in hall.rows()["shown"] if not one[4]]) == 0


def test_five_more_goes_along_with_others_votes(store: Flask):
    hall = Hall(store, people=3)
    for number in range(5):
        hall.together([(person, hall.vote(number, 1)) for person in range(2)])
    numbers = {one.id: place for place, one in enumerate(hall.room.statements)}
    before = hall.rows()
    more, vote, still = hall.together([(0, None), (2, hall.vote(0, 1)), (1, None)])
    assert [numbers[one.at_hand.id] for one in (more, vote, still)] == [5, 1, 5]
    after = hall.rows()
    assert len(after["votes"]) == len(before["votes"]) + 1
    assert len(after["events"]) == len(before["events"]) + 1
    assert len(after["shown"]) == len(before["shown"]) + 3
    with quick_read(db.engine) as connection:
        assert [one.after for one in (more, still)] == [
            newest_vote_id(connection, hall.people[person].id) for person in (0, 1)
        ]
    [again] = hall.together([(0, None)])
    assert again.at_hand == more.at_hand
    assert hall.rows() == after


def test_what_was_skipped_comes_back_with_five_more(store: Flask):
    hall = Hall(store, people=1, statements=1)
    with transaction() as session:
        session.query(Exposure).filter_by(stage_id=hall.room.stage.id).one().answered_at = NOW
    [outcome] = hall.together([(0, None)])
    assert outcome.at_hand.id == hall.room.statements[0].id


def test_what_is_unusual_is_left_out_and_takes_nobody_with_it(store: Flask):
    hall, other = Hall(store, people=3), Hall(store)
    stranger = SentVote(other.room.statements[0].public_id, new_client_key(), 1, False, None)
    outcomes = hall.together([(0, hall.vote(0, 1)), (1, stranger), (0, hall.vote(1, 1)), (2, hall.vote(0, 1))])
    assert [one is not None for one in outcomes] == [True, False, False, True]  # a second one of a person waits
    assert [one[:2] for one in hall.rows()["votes"]] == [(0, 1), (2, 1)]


def test_a_stage_that_is_paused_keeps_nothing(store: Flask):
    hall = Hall(store, people=2)
    with transaction():
        hall.room.stage.state = StageState.PAUSED
    assert hall.together([(0, hall.vote(0, 1)), (1, hall.vote(0, 1))]) == [None, None]
    assert hall.rows()["votes"] == []


def test_the_same_vote_once_more_is_answered_as_before_and_the_others_are_kept(store: Flask):
    hall = Hall(store, people=2)
    first = hall.vote(0, -1)
    answer = hall.together([(0, first)])[0]
    before = hall.rows()
    again, other = hall.together([(0, first), (1, hall.vote(0, 1))])
    assert None not in (answer, again, other)
    for shows in ("standing", "state", "at_hand", "after", "passed", "voted"):
        assert getattr(again, shows) == getattr(answer, shows), shows
    assert (again.ballot.done, again.ballot.left) == (answer.ballot.done, answer.ballot.left) == (1, 7)
    after = hall.rows()
    assert after["votes"][:1] == before["votes"]
    assert [one[:2] for one in after["votes"]] == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    "late", ["another vote under the key of before", "no longer what counts", "older than what counts"]
)
def test_a_vote_that_comes_late_is_left_to_the_ordinary_way_and_takes_nobody_with_it(store: Flask, late):
    hall = Hall(store, people=2)
    first = hall.vote(0, 1)
    hall.together([(0, first)])
    if late != "another vote under the key of before":
        hall.together([(0, hall.vote(0, -1))])
    sent = {
        "another vote under the key of before": hall.vote(0, 0, key=first.client_key),
        "no longer what counts": first,
        "older than what counts": hall.vote(0, 0, key=first.client_key.__class__(int=5), after=0),
    }[late]
    before = len(hall.rows()["votes"])
    outcomes = hall.together([(1, hall.vote(0, 1)), (0, sent)])
    assert [one is not None for one in outcomes] == [True, False]
    assert len(hall.rows()["votes"]) == before + 1


def test_a_newer_choice_on_a_page_that_did_not_know_of_the_last_one_goes_along(store: Flask):
    hall = Hall(store, people=2)
    hall.together([(0, hall.vote(0, 1))])
    outcomes = hall.together([(0, hall.vote(0, -1, after=0)), (1, hall.vote(0, 1))])
    assert None not in outcomes
    [mine] = [one for one in db.session.scalars(select(CurrentVote)) if one.participant_id == hall.people[0].id]
    assert mine.position == -1


@pytest.mark.parametrize("again", ["the key of before", "older than what counts"])
def test_a_vote_that_another_process_keeps_first_takes_the_transaction_back(
    store: Flask, monkeypatch: pytest.MonkeyPatch, again
):
    hall = Hall(store, people=2)
    first = hall.vote(0, 1)
    hall.together([(0, first)])
    hall.together([(0, hall.vote(0, -1))])
    before = hall.rows()
    monkeypatch.setattr(quickly, "votes_with_keys", lambda connection, keys: dict)  # it was not there to be read
    monkeypatch.setattr(quickly, "keys_of_votes", lambda connection, ids: dict)
    late = first if again == "the key of before" else hall.vote(0, 0, key=first.client_key.__class__(int=5), after=0)
    with pytest.raises(NotPlain):
        hall.together([(1, hall.vote(0, 1)), (0, late)])
    assert hall.rows() == before


def test_the_next_person_counts_what_was_shown_in_the_same_moment(store: Flask, monkeypatch: pytest.MonkeyPatch):
    hall = Hall(store, people=6, statements=12)
    seen = []
    honest = quickly.choose

    def noted(candidates, ballot, rng, again):
        seen.append(sum(one.times_seen for one in candidates))
        return honest(candidates, ballot, rng, again=again)

    monkeypatch.setattr(quickly, "choose", noted)
    hall.together([(person, hall.vote(0, 1)) for person in range(6)])
    assert seen == list(range(6, 12))


def test_many_who_look_see_what_each_would_see_alone(store: Flask):
    hall, other = Hall(store, people=3), Hall(store, people=1)
    for number in range(5):  # the second person has a full set, and nothing at hand
        hall.together([(1, hall.vote(number, 1))])
    hall.together([(0, hall.vote(0, -1))])
    its = (hall.room.dialogue.public_id, hall.room.stage.public_id)
    theirs = (other.room.dialogue.public_id, other.room.stage.public_id)
    places = [Place(digest, *its) for digest in hall.digests]
    places += [Place(other.digests[0], *theirs), Place(other.digests[0], *its), places[0]]
    with quick_read(db.engine) as connection:
        together = quickly._look_together(connection, places)
    assert [one is not None for one in together] == [True, True, True, True, False, True]
    for place, outcome in zip(places, together, strict=True):
        assert quickly.look(db.engine, place) == outcome
        if outcome is not None:
            person, stage = outcome.standing.person.id, outcome.standing.stage.id
            with quick_read(db.engine) as connection:
                ballot = read_ballot(connection, stage, person)
                assert outcome.after == newest_vote_id(connection, person)
            assert outcome.ballot == ballot
            assert (outcome.at_hand and outcome.at_hand.id) == ballot.at_hand_id
    assert [one and one.at_hand is None for one in together[:3]] == [False, True, False]


def test_a_paused_stage_is_not_looked_at_here(store: Flask):
    hall = Hall(store)
    with transaction():
        hall.room.stage.state = StageState.PAUSED
    place = Place(hall.digests[0], hall.room.dialogue.public_id, hall.room.stage.public_id)
    assert quickly.look(db.engine, place) is None


def test_somebody_votes_by_the_pages(store: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quickly, "utcnow", lambda: utcnow() + timedelta(0))
    client, room = store.test_client(), make_room(statements=7)
    be_participant(client, room.participant)
    client.get(room.at())
    client.post(room.at("/start"))
    for number in range(5):
        shown = at_hand(client.get(room.at()).text)
        reply = client.post(
            room.at("/vote"), data={**shown, "position": 1 - number % 3}, headers={"Folkmoot-Fragment": "1"}
        )
        assert reply.status_code == 200
    assert "/vote/more" in client.get(room.at()).text
    assert len(list(db.session.scalars(select(CurrentVote)))) == 5
