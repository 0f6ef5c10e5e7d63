"""The moderation queue: order, pages by place, filters, counts, marks, and who is looking."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db, transaction, utcnow
from app.models.dialogues import Dialogue, Stage
from app.models.moderation import WordMark
from app.models.people import Account
from app.queries.moderation import Filters, Mark, Place, counts, queue, waiting_count
from app.queries.moderation_items import items_of, similar_shown
from app.queries.word_kinds import KINDS
from app.services.moderation import decide
from app.services.word_marks import claim
from deliberation.moderation import Decision, WordState
from deliberation.roles import Role
from tests.app.moderating import address, sent, waiting_comment, waiting_condition, waiting_statement, words_in
from tests.factories import make_dialogue, make_session, make_staff, make_stage, make_statement, sign_in_as

APPROVE = Decision.APPROVE


@pytest.fixture
def dialogue(app: Flask) -> Dialogue:
    return make_dialogue()


@pytest.fixture
def by(dialogue: Dialogue) -> Account:
    return make_staff(dialogue, Role.FACILITATOR)


@pytest.fixture
def stage(dialogue: Dialogue) -> Stage:
    return make_stage(make_session(dialogue))


def test_the_queue_is_oldest_first_over_all_kinds_and_counts_each_way(
    dialogue: Dialogue, by: Account, stage: Stage
) -> None:
    first, second = waiting_statement(dialogue, "First.", stage_id=stage.id), waiting_comment(dialogue, "Second.")
    third = waiting_condition(dialogue)
    make_statement(dialogue, "A seed is not in the queue.")
    waiting_statement(make_dialogue(), "Elsewhere.")
    page, found = queue(dialogue, Filters()), counts(dialogue, Filters())
    assert [entry.words for entry in page.entries] == [first, second, third]
    leads = [str(item.about[0]) for item in items_of(page.entries, utcnow())]
    assert leads == ["", "Answer to:", "Passed on this statement; what it depends on:"]
    assert found.kinds == {"statement": 1, "comment": 1, "condition": 1}
    assert found.stages == {stage.id: 1, second.stage_id: 1}
    assert waiting_count(dialogue) == found.total == 3
    assert words_in(dialogue, Filters(stage=stage)) == [first]
    assert words_in(dialogue, Filters(kind=KINDS["comment"])) == [second]
    with transaction():
        decide(dialogue, first, APPROVE, by=by)
    assert counts(dialogue, Filters()).states == {WordState.WAITING: 2, WordState.APPROVED: 1}
    assert words_in(dialogue, Filters(state=None)) == [third, second, first]


def test_the_queue_is_searched_and_filtered_and_the_counts_follow(dialogue: Dialogue, by: Account) -> None:
    scans = waiting_statement(dialogue, "Old SCANS and new ones.", is_late=True)
    welsh = waiting_statement(dialogue, "Sganiau 100%.", lang="cy")
    waiting_comment(dialogue, "New scans.")
    assert words_in(dialogue, Filters(text="scans old")) == [scans]
    assert words_in(dialogue, Filters(text="0%")) == [welsh]
    assert words_in(dialogue, Filters(lang="cy")) == [welsh]
    assert words_in(dialogue, Filters(late=True)) == [scans]
    found = counts(dialogue, Filters(text="scans"))
    assert (found.total, found.langs, found.late) == (2, {"en": 2}, 1)
    assert counts(dialogue, Filters(lang="cy")).langs == {"en": 2, "cy": 1}


def test_words_with_personal_data_are_marked_as_they_are_written_and_when_they_change(dialogue: Dialogue) -> None:
    plain, shown = waiting_statement(dialogue, "No names."), waiting_comment(dialogue, "Ring 020 7946 0958.")
    assert words_in(dialogue, Filters(mark=Mark.PERSONAL_DATA)) == [shown]
    assert counts(dialogue, Filters()).marks[Mark.PERSONAL_DATA] == 1
    with transaction():
        plain.text, shown.text = "Mail me at pat@example.org.", "Ring me."
    assert words_in(dialogue, Filters(mark=Mark.PERSONAL_DATA)) == [plain]


def test_similar_statements_that_everyone_can_see_stand_below_the_words(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    seed = make_statement(dialogue, "Patients should check every request from a company.")
    words = waiting_statement(dialogue, "A patient has to check each company's request.")
    assert similar_shown(dialogue, words, words.text) == [seed]
    sign_in_as(client, by)
    assert "Everyone can see similar ones:" in client.get(address(dialogue)).text


def test_pages_follow_a_place_so_that_new_words_and_decisions_move_nothing(dialogue: Dialogue, by: Account) -> None:
    made = [waiting_statement(dialogue, f"Number {number}.") for number in range(7)]
    first = queue(dialogue, Filters(), size=3)
    assert [one.words for one in first.entries] == made[:3]
    assert (first.has_before, first.has_after) == (False, True)
    place = first.entries[-1].place
    with transaction():
        decide(dialogue, made[1], APPROVE, by=by)
        decide(dialogue, made[2], APPROVE, by=by)
    made.append(waiting_statement(dialogue, "Number 7."))
    second = queue(dialogue, Filters(), after=place, size=3)
    assert [one.words for one in second.entries] == made[3:6]
    assert (second.has_before, second.has_after) == (True, True)
    last = queue(dialogue, Filters(), after=second.entries[-1].place, size=3)
    assert [one.words for one in last.entries] == made[6:]
    assert not last.has_after
    back = queue(dialogue, Filters(), before=second.entries[0].place, size=3)
    assert [one.words for one in back.entries] == made[:1]
    assert not back.has_before
    assert [one.words for one in queue(dialogue, Filters(), at=second.entries[0].place, size=1).entries] == [made[3]]


def test_words_of_one_moment_are_all_on_some_page(dialogue: Dialogue) -> None:
    moment = utcnow()
    made = {waiting_statement(dialogue, f"{number}", created_at=moment) for number in range(5)}
    seen, place = [], None
    for _ in made:
        (entry,) = queue(dialogue, Filters(), after=place, size=1).entries
        seen.append(entry.words)
        place = Place.read(str(entry.place))
    assert set(seen) == made


def test_a_colleague_who_is_looking_is_named_for_two_minutes(
    dialogue: Dialogue, by: Account, client: FlaskClient
) -> None:
    words, anna = waiting_statement(dialogue), make_staff(dialogue, Role.FACILITATOR, "Anna")
    with transaction():
        assert claim(dialogue, words, by=anna)
    with transaction():
        assert not claim(dialogue, words, by=by)
    sign_in_as(client, by)
    assert "Anna is looking at this now." in client.get(address(dialogue)).text
    with transaction():
        mark = db.session.scalars(select(WordMark)).one()
        mark.claimed_until = utcnow()
    assert "Anna is looking" not in client.get(address(dialogue)).text


def test_a_flag_is_set_found_and_taken_away(dialogue: Dialogue, by: Account, client: FlaskClient) -> None:
    words = waiting_statement(dialogue)
    sign_in_as(client, by)
    client.post(address(dialogue, "/flag"), data={**sent("statement", words), "on": "yes"})
    assert words_in(dialogue, Filters(mark=Mark.FLAGGED)) == [words]
    client.post(address(dialogue, "/flag"), data=sent("statement", words))
    assert words_in(dialogue, Filters(mark=Mark.FLAGGED)) == []
