"""The committee: declaring and standing aside, scoring alone, the spread, marked changes, questions."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db, transaction, utcnow
from app.models.committee import CommitteeQuery, CommitteeScore, CommitteeScoreChange
from app.models.events import Event, EventPayload
from app.queries import committee as reads
from app.services import committee as acts
from app.services import committee_queries
from deliberation.assessment import ApplicationState
from deliberation.committee import may_see_spread
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.rubric import STANDARD, Criterion, Level, RubricPart
from tests import factories
from tests.app import committee_way as way
from tests.app.committee_way import again, declares, full, make_sitting, opens, scores, state_of
from tests.factories import sign_in_as

S = ApplicationState


def _refused(act) -> str:
    with pytest.raises(RuleError) as found, transaction():
        act()
    return found.value.code


def test_a_member_declares_before_scoring(app, client: FlaskClient):
    sitting = make_sitting()
    sign_in_as(client, sitting.chair)
    assert "Say what you have to do with the applicant" in client.get(sitting.committee()).text
    page = client.post(sitting.committee("/score"), data={f"level-{key}": level for key, level in full().items()})
    assert page.status_code == 422
    assert "Say first what you have to do with the applicant" in page.text
    client.post(sitting.committee("/interest"), data={"stands": "yes", "words": "I once worked there."})
    assert "I once worked there." in client.get(sitting.committee()).text
    reply = client.post(sitting.committee("/score"), data={f"level-{key}": level for key, level in full().items()})
    assert reply.status_code == 303


def test_standing_aside_needs_a_reason_and_nothing_typed_is_lost(app, client: FlaskClient):
    sitting = make_sitting()
    sign_in_as(client, sitting.member)
    page = client.post(sitting.committee("/interest"), data={"stands": "aside", "words": "  "})
    assert (page.status_code, "Say in a few words why you stand aside." in page.text) == (422, True)
    page = client.post(sitting.committee("/interest"), data={"words": "My sister works there."})
    assert (page.status_code, "My sister works there." in page.text) == (422, True)


def test_a_recused_member_sees_nothing_of_scores_and_does_not_decide(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    scores(sitting, sitting.chair, Level.STRONG)
    declares(sitting, sitting.member, words="My sister works there.", aside=True)
    sign_in_as(client, sitting.member)
    page = client.get(sitting.committee())
    assert page.status_code == 200
    assert "You stood aside from this application" in page.text
    for tail in ("/score", "/spread", "/questions", "/decision"):
        assert client.get(sitting.committee(tail)).status_code == 403, tail
        assert client.post(sitting.committee(tail)).status_code == 403, tail
    assert client.get(sitting.at("/conditions")).status_code == 403
    sign_in_as(client, sitting.chair)
    assert "stood aside" in client.get(sitting.committee()).text
    kinds = db.session.query(Event).filter_by(kind=EventKind.COMMITTEE_INTEREST_DECLARED).count()
    assert kinds == 2


def test_scores_of_somebody_who_stands_aside_later_are_in_the_spread_no_more(app):
    sitting = make_sitting()
    for who in (sitting.chair, sitting.member):
        declares(sitting, who)
        scores(sitting, who)
    assert reads.spread_of(sitting.application, 1).scored == 2
    declares(sitting, sitting.member, words="I was offered a job there.", aside=True)
    assert reads.spread_of(sitting.application, 1).scored == 1


def test_the_spread_stays_closed_until_ones_own_scores_are_in(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    declares(sitting, sitting.member)
    scores(sitting, sitting.chair, Level.STRONG)
    sign_in_as(client, sitting.member)
    page = client.get(sitting.committee("/spread"))
    assert "You see what others scored once your own scores are in." in page.text
    assert "fm-spread" not in page.text
    assert client.post(sitting.committee("/spread")).status_code == 409
    scores(sitting, sitting.member, Level.WEAK)
    assert "fm-spread" not in client.get(sitting.committee("/spread")).text  # it is opened by an act of one's own
    assert client.post(sitting.committee("/spread")).status_code == 303
    page = client.get(sitting.committee("/spread"))
    assert "fm-spread" in page.text
    assert "Talk about these first" in page.text
    assert sitting.chair.display_name not in page.text.split("<main")[1]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["declare0", "score0", "open0", "declare1", "score1", "open1"]))
def test_in_whatever_order_members_act_nobody_sees_the_spread_first(app, order):
    sitting = make_sitting()
    who = {"0": sitting.chair, "1": sitting.member}
    done: set[str] = set()
    for step in order:
        act, number = step[:-1], step[-1]
        try:
            {"declare": declares, "score": scores, "open": opens}[act](sitting, who[number])
            done.add(step)
        except RuleError:
            pass
        for name, account in who.items():
            member = reads.member_at(sitting.application, account, 1)
            assert may_see_spread(member) <= (f"score{name}" in done)
            assert member.has_seen == (f"open{name}" in done)


def test_the_order_of_members_never_changes_the_spread(app):
    counts = []
    for first in (True, False):
        sitting = make_sitting()
        pair = [(sitting.chair, Level.STRONG), (sitting.member, Level.WEAK)]
        for who, level in pair if first else reversed(pair):
            declares(sitting, who)
            scores(sitting, who, level)
        counts.append(reads.spread_of(sitting.application, 1).counts)
    assert counts[0] == counts[1]


def test_scores_can_be_handed_in_again_until_the_spread_is_opened(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    scores(sitting, sitting.chair, Level.WEAK)
    scores(sitting, sitting.chair, Level.SOUND)
    opens(sitting, sitting.chair)
    sign_in_as(client, sitting.chair)
    page = client.post(sitting.committee("/score"), data={f"level-{key}": level for key, level in full().items()})
    assert page.status_code == 422
    assert "You have seen the spread" in page.text
    change = {"criterion": "plain", "level": "strong", "reason": ""}
    page = client.post(sitting.committee("/spread/change"), data=change)
    assert "Say why you change this after seeing the spread." in page.text
    client.post(sitting.committee("/spread/change"), data={**change, "reason": "The summary is better than I saw."})
    row = db.session.query(CommitteeScoreChange).one()
    assert (row.level_before, row.level_after) == (Level.SOUND, Level.STRONG)
    page = client.get(sitting.committee("/spread")).text
    assert "Changed after the spread was seen: from Sound to Strong." in page
    assert "The summary is better than I saw." in page


def test_a_line_without_a_level_is_named_and_the_rest_is_kept(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    sign_in_as(client, sitting.chair)
    data = {f"level-{key}": level for key, level in full().items() if key != "merit"}
    page = client.post(sitting.committee("/score"), data={**data, "note-plain": "A short summary."})
    assert page.status_code == 422
    assert "Choose a level for each line. 1 have none yet." in page.text
    assert "A short summary." in page.text
    assert db.session.query(CommitteeScore).count() == 0


def test_the_chair_notes_who_is_away_and_nobody_else_does(app, client: FlaskClient):
    sitting = make_sitting()
    sign_in_as(client, sitting.member)
    data = {"away-member": str(sitting.chair.public_id), "away-words": "Ill"}
    assert client.post(sitting.committee("/away"), data=data).status_code == 422
    sign_in_as(client, sitting.chair)
    data["away-member"] = str(sitting.member.public_id)
    assert client.post(sitting.committee("/away"), data={**data, "away-words": ""}).status_code == 422
    assert client.post(sitting.committee("/away"), data=data).status_code == 303
    assert reads.member_at(sitting.application, sitting.member, 1).is_away
    declares(sitting, sitting.member)
    assert not reads.member_at(sitting.application, sitting.member, 1).is_away


def test_nobody_declares_once_it_is_decided(app):
    sitting = make_sitting(S.PUBLISHED)
    assert _refused(lambda: acts.declare_interest(
        again(sitting.application), words="", is_recused=False, by=again(sitting.chair)
    )) == "declaration_late"  # fmt: skip


def test_a_new_rubric_leaves_the_old_scores_on_theirs(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    scores(sitting, sitting.chair)
    sign_in_as(client, sitting.chair)
    address = f"/d/{sitting.dialogue.public_id}/committee/rubric"
    page = client.post(address, data={"lines": "plain | assessment | It is plain\nnonsense"})
    assert (page.status_code, "Please look at these lines: 2." in page.text) == (422, True)
    assert client.post(address, data={"lines": "plain | assessment | It is plain"}).status_code == 303
    assert reads.criteria_of(reads.newest_rubric(sitting.dialogue)) == (
        Criterion("plain", RubricPart.ASSESSMENT, "It is plain"),
    )
    row = db.session.query(CommitteeScore).one()
    assert reads.criteria_of(row.rubric) == STANDARD
    assert "Version 2" in client.get(address).text


def test_a_question_moves_the_application_and_the_answer_moves_it_back(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.member)
    sign_in_as(client, sitting.member)
    day = (utcnow() + timedelta(days=7)).date().isoformat()
    asked = {"words": "Who watches it at night?", "due_on": day, "relies_on_report": "y"}
    page = client.post(sitting.committee("/questions"), data={**asked, "words": ""})
    assert (page.status_code, day in page.text) == (422, True)
    assert client.post(sitting.committee("/questions"), data=asked).status_code == 303
    assert state_of(sitting) is S.QUERY
    sign_in_as(client, sitting.lead)
    page = client.get(sitting.at("/questions")).text
    assert "Who watches it at night?" in page
    assert "independent record of the workshop" in page
    assert "REPORT" not in page
    assert "Member for the committee" not in page  # a question is the committee's, not one member's
    query = db.session.query(CommitteeQuery).one()
    box = f"q{query.public_id.hex}-words"
    address = sitting.at(f"/questions/{query.public_id}")
    assert client.post(address, data={box: " "}).status_code == 422
    assert client.post(address, data={box: "A nurse on call."}).status_code == 303
    assert state_of(sitting) is S.RESPONSE
    assert client.post(address, data={box: "Twice."}).status_code == 422
    sign_in_as(client, sitting.chair)
    assert "A nurse on call." in client.get(sitting.committee("/questions")).text


def test_two_open_questions_both_need_an_answer_before_it_moves_on(app):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    day = utcnow().date() + timedelta(days=3)
    for words in ("Who?", "When?"):
        with transaction():
            committee_queries.ask(
                again(sitting.application), words=words, relies_on_report=False, due_on=day, by=again(sitting.chair),
                now=utcnow(),
            )  # fmt: skip
    rows = db.session.query(CommitteeQuery).order_by(CommitteeQuery.number).all()
    for row, state in zip(rows, (S.QUERY, S.RESPONSE), strict=True):
        with transaction():
            committee_queries.answer(again(row), words="This.", by=again(sitting.lead), now=utcnow())
        assert state_of(sitting) is state


def test_a_silent_applicant_holds_nothing_up_for_ever(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    with transaction():
        committee_queries.ask(
            again(sitting.application), words="Who?", relies_on_report=False, due_on=utcnow().date(),
            by=again(sitting.chair), now=utcnow(),
        )  # fmt: skip
    sign_in_as(client, sitting.chair)
    data = {"go-why": "No answer came."}
    assert client.post(sitting.committee("/questions/go-on"), data=data).status_code == 422
    with transaction():
        db.session.query(CommitteeQuery).one().due_on = utcnow().date() - timedelta(days=1)
    assert "Go on without an answer" in client.get(sitting.committee("/questions")).text
    assert client.post(sitting.committee("/questions/go-on"), data=data).status_code == 303
    assert state_of(sitting) is S.RESPONSE


def test_an_unnamed_dissent_leaves_no_name_in_the_record(app, client: FlaskClient):
    sitting = make_sitting()
    for who in (sitting.chair, sitting.member):
        declares(sitting, who)
        scores(sitting, who)
    sign_in_as(client, sitting.member)
    data = {"dissent-words": "The consent does not cover it.", "dissent-named": "no"}
    assert client.post(sitting.committee("/dissent"), data=data).status_code == 303
    sign_in_as(client, sitting.chair)
    page = client.get(sitting.committee("/decision")).text
    assert "One member" in page
    assert sitting.member.display_name not in page.split("<main")[1]
    event = db.session.query(Event).filter_by(kind=EventKind.APPLICATION_REASONED).one()
    payload = db.session.query(EventPayload).filter_by(event_id=event.id).one()
    assert payload.actor == "program"
    assert str(sitting.member.public_id) not in str(payload.facts)
    sign_in_as(client, sitting.member)
    client.post(sitting.committee("/dissent"), data={"dissent-words": "", "dissent-named": "no"})
    assert reads.dissents_of(sitting.application, 1) == []


def test_what_others_answer_and_where_they_disagree_is_read_after_scoring_alone(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair)
    scores(sitting, sitting.chair)
    way.answers(sitting)
    with transaction():
        acts.keep_dissent(
            again(sitting.application), words="Not yet.", is_named=True, by=again(sitting.chair), now=utcnow()
        )
    declares(sitting, sitting.member)
    sign_in_as(client, sitting.member)
    page = client.get(sitting.committee("/decision")).text
    assert "Score alone first." in page
    assert "We follow it (1)." not in page
    assert "Not yet." not in page
    assert _refused(lambda: acts.answer_points(
        again(sitting.application), words={}, by=again(sitting.member), now=utcnow()
    )) == "scores_not_in"  # fmt: skip
    scores(sitting, sitting.member)
    page = client.get(sitting.committee("/decision")).text
    assert "We follow it (1)." in page
    assert "Not yet." in page


def test_a_member_of_the_team_never_sits_on_their_own_application(app, client: FlaskClient):
    sitting = make_sitting()
    with transaction():
        again(sitting.application).people[0].account_id = sitting.member.id
    sign_in_as(client, sitting.member)
    for tail in ("", "/score", "/spread", "/questions", "/decision"):
        assert client.get(sitting.committee(tail)).status_code == 404, tail
    assert sitting.application.title not in client.get(f"/d/{sitting.dialogue.public_id}/committee").text


def test_the_list_says_what_waits_for_whom(app, client: FlaskClient):
    sitting = make_sitting()
    other = way.make_sitting(S.DRAFT)
    address = f"/d/{sitting.dialogue.public_id}/committee"
    sign_in_as(client, sitting.chair)
    assert "Declare your interests" in client.get(address).text
    declares(sitting, sitting.chair)
    assert "Score alone" in client.get(address).text
    sign_in_as(client, other.chair)
    assert "Nothing has been submitted yet." in client.get(f"/d/{other.dialogue.public_id}/committee").text


def test_the_evaluator_reads_counts_and_days_and_no_name_or_score(app, client: FlaskClient):
    sitting = make_sitting()
    declares(sitting, sitting.chair, words="I know them.")
    scores(sitting, sitting.chair, Level.WEAK)
    declares(sitting, sitting.member, words="My sister works there.", aside=True)
    sign_in_as(client, factories.make_staff(sitting.dialogue, factories.Role.EVALUATOR))
    page = client.get(sitting.committee("/record")).text.split("<main")[1]
    assert "Stood aside" in page
    for secret in ("I know them", "My sister", "Weak", "Chair", "Member "):
        assert secret not in page
