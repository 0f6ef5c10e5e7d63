"""Change of mind: the page, its moments, its file, and who may see it."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import transaction
from app.models.dialogues import BreakoutTable, Dialogue, TableSeat
from app.models.people import Participant
from app.models.types import new_public_id
from app.models.voting import Statement, Vote
from app.queries.shift import change_between, moments
from app.services.leaving import leave_dialogue
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind, StageState
from tests.factories import (
    be_participant,
    make_dialogue,
    make_participant,
    make_session,
    make_staff,
    make_stage,
    make_statement,
    sign_in_as,
)

START = datetime(2026, 3, 2, 18, tzinfo=UTC)
"""The first session's votes; the second's come a week later."""
WEEK = timedelta(days=7)
NOW = START + 4 * WEEK


def vote(person: Participant, statement: Statement, position: int, at: datetime, **more: object) -> Vote:
    with transaction() as session:
        made = Vote(
            client_key=new_public_id(), participant_id=person.id, statement_id=statement.id, position=position,
            cast_at=at, **more,
        )  # fmt: skip
        session.add(made)
    return made


def make_twice(people: int = 18, *, mode: DialogueMode = DialogueMode.PANEL, seated: bool = True, **changes: object):
    """Two sessions, both closed, three tables: on the first statement five move towards agreeing and two away."""
    dialogue = make_dialogue(mode=mode, **changes)
    sessions = [make_session(dialogue, state=StageState.CLOSED, number=number) for number in (1, 2)]
    closing = [START + timedelta(hours=2), START + WEEK + timedelta(hours=2)]
    stages = []
    for session, closed_at in zip(sessions, closing, strict=True):
        stage = make_stage(
            session, state=StageState.CLOSED, opened_at=closed_at - timedelta(hours=2), closed_at=closed_at
        )
        stages.append(stage)
    persons = [make_participant(dialogue, f"Amber Heron {number}") for number in range(people)]
    if seated:
        with transaction() as db_session:
            tables = [BreakoutTable(session_id=sessions[1].id, number=number) for number in (1, 2, 3)]
            db_session.add_all(tables)
            db_session.flush()
            for number, person in enumerate(persons):
                seat = TableSeat(session_id=sessions[1].id, table_id=tables[number % 3].id, participant_id=person.id)
                db_session.add(seat)
    statements = [make_statement(dialogue, words) for words in ("Ask each person first.", "Let doctors decide.")]
    for number, person in enumerate(persons):
        before = 1 if number % 2 else -1
        after = -before if number in (0, 2, 4, 6, 8, 1, 3) else before
        for session, stage, at, position in zip(sessions, stages, (START, START + WEEK), (before, after), strict=True):
            vote(person, statements[0], position, at, session_id=session.id, stage_id=stage.id)
        vote(person, statements[1], 0, START, session_id=sessions[0].id, stage_id=stages[0].id)
    return dialogue, persons, statements


def page(client: FlaskClient, dialogue: Dialogue, *, file: bool = False, **query: str) -> str:
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    end = "change.csv" if file else "change"
    answer = client.get(f"/d/{dialogue.public_id}/analysis/{end}?{urlencode(query)}")
    assert answer.status_code == 200
    return answer.text


def plain(html: str) -> str:
    """The words of a page in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_each_statement_begins_with_one_plain_sentence(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    words = plain(page(client, dialogue))
    assert "7 of 18 people who voted again changed their answer: 5 moved towards agreeing and 2 away from it." in words
    assert "18 people voted again on at least one statement." in words
    assert "A change says nothing about its cause." in words


def test_without_a_choice_it_compares_the_end_of_the_first_session_with_now(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    assert "From 2 March 2026, 20:00 to " in plain(page(client, dialogue))


def test_a_statement_that_nobody_voted_on_again_says_who_is_missing(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    words = plain(page(client, dialogue))
    assert "1 statement on which nobody can be compared" in words
    assert "18 people had voted before and did not vote again (they had voted: 0 agree, 18 pass, 0 disagree)." in words


def test_everybody_with_a_vote_can_be_compared_too(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    words = plain(page(client, dialogue, who="all"))
    assert "7 of 18 people who were compared changed their answer" in words
    assert "18 people were compared. All kept their answer." in words


def test_ends_of_sessions_and_stages_are_offered_in_the_dialogues_time(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice(timezone="Asia/Tokyo")
    html = page(client, dialogue)
    assert '<optgroup label="Session 1: Session 1">' in html
    assert "3 Mar 2026, 05:00, end of session 1" in html
    assert "10 Mar 2026, 05:00, after “vote together”" in html


def test_late_votes_belong_before_the_end_of_their_session(app: Flask):
    dialogue, people, statements = make_twice()
    first = dialogue.sessions[0]
    late = START + timedelta(hours=14)
    vote(people[0], statements[0], 0, late, session_id=first.id, stage_id=first.stages[0].id, is_late=True)
    assert moments(dialogue, NOW)[0].at == late
    assert moments(dialogue, NOW)[1].at == START + timedelta(hours=2)


def test_a_session_that_is_still_open_has_no_end_to_choose(app: Flask):
    dialogue, _people, _statements = make_twice()
    make_stage(dialogue.sessions[1], place=2, opened_at=START + WEEK)
    with transaction() as session:
        session.refresh(dialogue)
    assert [(one.session, one.stage) for one in moments(dialogue, NOW)] == [
        ("Session 1", ""), ("Session 1", "vote together"), ("Session 2", "vote together"),
    ]  # fmt: skip


def test_moments_to_come_and_ends_of_breaks_are_not_offered(app: Flask):
    dialogue, _people, _statements = make_twice(people=3)
    times = {"opened_at": START, "closed_at": START + timedelta(hours=1)}
    make_stage(dialogue.sessions[0], StageKind.BREAK, state=StageState.CLOSED, place=2, **times)
    with transaction() as session:
        session.refresh(dialogue)
    assert [(one.number, one.stage) for one in moments(dialogue, START + WEEK)] == [(1, ""), (1, "vote together")]


def test_a_typed_time_is_read_in_the_dialogues_zone(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice(timezone="Asia/Tokyo")
    typed = {"from": "typed", "from_at": "2026-03-03T02:59", "to": "now"}
    assert "0 people voted again on at least one statement." in plain(page(client, dialogue, **typed))
    typed["from_at"] = "2026-03-03T03:00"
    assert "18 people voted again on at least one statement." in plain(page(client, dialogue, **typed))


def test_an_address_may_hold_the_times_themselves(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    html = page(client, dialogue, **{"from": "2026-03-03T09:30", "to": "2026-03-20T09:30"})
    assert "From 3 March 2026, 09:30 to 20 March 2026, 09:30" in plain(html)
    assert 'value="2026-03-03T09:30"' in html


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({"from": "typed", "from_at": "teatime", "to": "now"}, "from_at", "Enter a date and a time"),
        ({"from": "typed", "to": "now"}, "from_at", "Enter a date and a time"),
        ({"from": "now", "to": "typed", "to_at": "2026-01-01T10:00"}, "to_at", "Choose a second moment after"),
        ({"from": "now", "to": "now"}, "to", "Choose a second moment after"),
        ({"from": "nonsense", "to": "now"}, "from", "Choose a moment from the list."),
    ],
)
def test_moments_that_cannot_be_used_are_said_beside_the_field(
    app: Flask, client: FlaskClient, query: dict[str, str], field: str, words: str
):
    dialogue, _people, _statements = make_twice(people=3)
    html = page(client, dialogue, **query)
    beside = re.search(rf'id="{field}-error">(.*?)</span>\s*<(input|select)', html, re.DOTALL)
    assert beside is not None
    assert words in beside.group(1)
    assert f'href="#{field}"' in html
    assert "voted again on at least one" not in html


def test_a_page_number_out_of_reach_shows_the_last_page(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice(people=3)
    assert "voted again changed" in plain(page(client, dialogue, page="99999999999"))


def test_a_dialogue_without_votes_says_so(app: Flask, client: FlaskClient):
    dialogue = make_dialogue()
    words = plain(page(client, dialogue))
    assert "Nobody has voted yet." in words
    assert "There is a problem" not in words


def test_in_a_panel_intervals_come_from_whole_tables(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    words = plain(page(client, dialogue))
    assert "Intervals come from drawing the whole tables of session 2 again and again." in words
    change = change_between(dialogue, START + timedelta(hours=1), START + 2 * WEEK, recast=True)
    assert change.lines[0].tables == 3
    assert change.lines[0].low is not None


def test_in_an_open_dialogue_intervals_are_those_of_the_paired_t_test(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice(mode=DialogueMode.OPEN, seated=False)
    assert "Intervals are those of a paired t-test" in plain(page(client, dialogue))


def test_people_who_left_are_in_no_figure(app: Flask, client: FlaskClient):
    dialogue, people, _statements = make_twice()
    with transaction():
        leave_dialogue(dialogue, by=people[0])
    assert "6 of 17 people who voted again changed their answer" in plain(page(client, dialogue))


def test_an_undone_vote_is_no_change(app: Flask):
    dialogue, people, statements = make_twice()
    vote(people[10], statements[0], 1, START + WEEK + timedelta(hours=1), undone_at=START + WEEK + timedelta(hours=2))
    change = change_between(dialogue, START + timedelta(hours=1), START + 2 * WEEK, recast=True)
    assert (change.lines[0].changed, change.lines[0].compared) == (7, 18)


def test_words_that_were_kept_out_are_not_shown_and_their_numbers_stay(app: Flask, client: FlaskClient):
    dialogue, _people, statements = make_twice()
    with transaction() as session:
        session.get_one(Statement, statements[0].id).state = WordState.REFUSED
    html = page(client, dialogue)
    assert statements[0].text not in html
    assert "7 of 18 people" in plain(html)


def test_the_file_holds_the_figures_of_each_statement(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice()
    rows = list(csv.DictReader(io.StringIO(page(client, dialogue, file=True))))
    assert [row["number"] for row in rows] == ["1", "2"]
    first = rows[0]
    assert (first["compared"], first["towards_agree"], first["away_from_agree"]) == ("18", "5", "2")
    assert (first["disagree_to_agree"], first["agree_to_disagree"], first["tables"]) == ("5", "2", "3")
    assert float(first["mean_shift"]) == pytest.approx(6 / 18)
    assert first["first_moment"] == "2026-03-02T20:00:00+00:00"
    assert (rows[1]["compared"], rows[1]["mean_shift"], rows[1]["voted_before_only"]) == ("0", "", "18")


def test_no_cell_of_the_file_begins_a_formula(app: Flask, client: FlaskClient):
    dialogue, _people, statements = make_twice(people=3)
    with transaction() as session:
        session.get_one(Statement, statements[0].id).text = '=HYPERLINK("http://example.org")'
    rows = list(csv.DictReader(io.StringIO(page(client, dialogue, file=True))))
    assert rows[0]["text"] == '\'=HYPERLINK("http://example.org")'


def test_the_file_of_an_invented_panel_says_so_in_each_row(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice(people=3, is_synthetic=True)
    rows = list(csv.DictReader(io.StringIO(page(client, dialogue, file=True))))
    assert {row["note"] for row in rows} == {"SYNTHETIC: no real person said this"}


def test_a_file_of_moments_that_cannot_be_used_leads_to_the_page_that_says_why(app: Flask, client: FlaskClient):
    dialogue, _people, _statements = make_twice(people=3)
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    answer = client.get(f"/d/{dialogue.public_id}/analysis/change.csv?from=now&to=now&_external=1&_scheme=ftp")
    assert answer.status_code == 303
    assert answer.location == f"/d/{dialogue.public_id}/analysis/change?from=now&to=now"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANALYST, Role.PARTICIPANT)])
def test_only_analysts_see_it(app: Flask, client: FlaskClient, role: Role):
    dialogue = make_dialogue()
    sign_in_as(client, make_staff(dialogue, role))
    assert client.get(f"/d/{dialogue.public_id}/analysis/change").status_code == 403
    assert client.get(f"/d/{dialogue.public_id}/analysis/change.csv").status_code == 403


def test_participants_do_not_see_it(app: Flask, client: FlaskClient):
    dialogue, people, _statements = make_twice(people=3)
    be_participant(client, people[0])
    assert client.get(f"/d/{dialogue.public_id}/analysis/change").status_code == 403


def test_the_page_names_no_person(app: Flask, client: FlaskClient):
    dialogue, people, _statements = make_twice(people=3)
    html = page(client, dialogue) + page(client, dialogue, file=True)
    assert not [one for one in people if one.pseudonym in html or str(one.public_id) in html]


def test_the_analysis_page_leads_there(app: Flask, client: FlaskClient):
    dialogue = make_dialogue()
    sign_in_as(client, make_staff(dialogue, Role.ANALYST))
    assert f"/d/{dialogue.public_id}/analysis/change" in client.get(f"/d/{dialogue.public_id}/analysis").text
