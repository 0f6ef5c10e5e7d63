"""Snapshots: immutable, exact, checked again without a false alarm; what each reader may see of them."""

import csv
import json
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from analysis.pipeline import analyse
from analysis.results import Settings
from app import jobs as worker
from app.db import db, transaction
from app.models.analysis import Snapshot, ThemeMember
from app.models.events import Event, Job
from app.models.voting import Statement
from app.queries.analysis import tallies, themes_of
from app.queries.frames import inputs_now
from app.queries.report import are_told
from app.services.analysis import Outcome, request_analysis, snapshot_files, verify_all, verify_snapshot
from app.services.leaving import leave_dialogue
from app.services.themes import edit_theme
from deliberation.consent import Purpose
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.moderation import ReasonCode, WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind
from tests.analysis.builders import planted
from tests.evidence_builders import allow, cast, comment_by, make_voted, snapshot_of
from tests.factories import make_session, make_staff, make_stage, make_statement, sign_in_as


def test_a_snapshot_counts_the_current_votes(app: Flask):
    voted = make_voted()
    cast(voted.people[0], voted.statements[0], 1)
    counts = tallies(snapshot_of(voted), voted.dialogue.mode, exact=True)[voted.statements[0].id]
    assert (counts.agree, counts.disagree, counts.passed, counts.seen) == (23, 1, 0, 24)


def test_a_snapshot_is_never_changed(app: Flask):
    snapshot = snapshot_of(make_voted(people=6))
    before = snapshot.seed
    with pytest.raises(RuleError), transaction() as session:
        session.execute(text("UPDATE snapshot SET seed = seed + 1 WHERE id = :id"), {"id": snapshot.id})
    assert db.session.scalar(select(Snapshot.seed)) == before


def test_a_snapshot_holds_no_word_that_anybody_wrote(app: Flask):
    voted = make_voted()
    kept = json.dumps(snapshot_of(voted).result)
    assert not [one.text for one in voted.statements if one.text in kept]
    assert voted.people[0].pseudonym not in kept


def test_numbers_do_not_move_when_votes_come_later(app: Flask):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    before = dict(snapshot.result)
    cast(voted.people[5], voted.statements[0], -1)
    db.session.expire_all()
    assert db.session.get_one(Snapshot, snapshot.id).result == before
    assert verify_snapshot(snapshot).outcome is Outcome.EQUAL


def test_a_statement_added_or_refused_later_is_no_alarm(app: Flask):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    make_statement(voted.dialogue, "A later statement.")
    with transaction() as session:
        session.get_one(Statement, voted.statements[1].id).state = WordState.REFUSED
    assert verify_snapshot(snapshot).outcome is Outcome.EQUAL


def test_a_vote_undone_later_is_no_alarm(app: Flask):
    voted = make_voted()
    vote = cast(voted.people[3], voted.statements[1], 1)
    snapshot = snapshot_of(voted)
    with transaction() as session:
        session.execute(text("UPDATE vote SET undone_at = '2999-01-01 00:00:00' WHERE id = :id"), {"id": vote.id})
    assert verify_snapshot(snapshot).outcome is Outcome.EQUAL


def test_an_undone_vote_is_not_counted(app: Flask):
    voted = make_voted()
    vote = cast(voted.people[0], voted.statements[0], 1)
    with transaction() as session:
        session.execute(text("UPDATE vote SET undone_at = '2020-01-01 00:00:00' WHERE id = :id"), {"id": vote.id})
    assert tallies(snapshot_of(voted), voted.dialogue.mode, exact=True)[voted.statements[0].id].disagree == 2


def test_after_somebody_leaves_the_published_figures_are_kept(app: Flask):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    with transaction():
        leave_dialogue(voted.dialogue, by=voted.people[0])
    answer = verify_snapshot(snapshot)
    assert answer.outcome is Outcome.KEPT
    assert answer.words == "published figures kept; 1 withdrawn since, cannot be recomputed"
    assert [holds for _number, _words, holds in verify_all(voted.dialogue)] == [True]
    assert tallies(snapshot, voted.dialogue.mode, exact=True)[voted.statements[0].id].seen == 24


def test_somebody_who_left_is_in_no_later_snapshot(app: Flask):
    voted = make_voted()
    with transaction():
        leave_dialogue(voted.dialogue, by=voted.people[0])
    assert tallies(snapshot_of(voted), voted.dialogue.mode, exact=True)[voted.statements[0].id].seen == 23


def test_a_changed_vote_in_the_past_is_told_with_its_place(app: Flask):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    with transaction() as session:
        session.execute(text("UPDATE vote SET position = -1 WHERE statement_id = :id"), {"id": voted.statements[0].id})
    answer = verify_snapshot(snapshot)
    assert answer.outcome is Outcome.DIFFERS
    assert "statements[0].agree" in answer.places


def test_words_of_people_who_said_no_to_a_machine_are_read_by_people(app: Flask):
    voted = make_voted()
    stage = make_stage(make_session(voted.dialogue), StageKind.DISCUSS)
    yes = comment_by(voted.people[0], stage, "Tell people what was decided about them.")
    no = comment_by(voted.people[1], stage, "I want a person to read this, not a computer.")
    allow(voted.people[0], Purpose.MACHINE_SORTING)
    inputs = inputs_now(voted.dialogue)
    assert inputs.comments == (yes.id,)
    assert inputs.by_people == (no.id,)
    members = set(db.session.scalars(select(ThemeMember.comment_id).where(ThemeMember.comment_id.is_not(None))))
    snapshot_of(voted)
    assert no.id not in members


def test_words_refused_for_abuse_are_out_and_off_topic_ones_stay(app: Flask):
    voted = make_voted(people=2)
    stage = make_stage(make_session(voted.dialogue), StageKind.DISCUSS)
    kept = comment_by(voted.people[0], stage, "About something else.", state=WordState.REFUSED)
    out = comment_by(voted.people[1], stage, "An insult.", state=WordState.REFUSED)
    with transaction() as session:
        session.merge(kept).reason = ReasonCode.OFF_TOPIC
        session.merge(out).reason = ReasonCode.ABUSE
    inputs = inputs_now(voted.dialogue)
    assert kept.id in inputs.by_people
    assert out.id not in (*inputs.comments, *inputs.by_people)


def test_taking_back_the_machine_permission_keeps_published_figures(app: Flask):
    voted = make_voted()
    stage = make_stage(make_session(voted.dialogue), StageKind.DISCUSS)
    allow(voted.people[0], Purpose.MACHINE_SORTING)
    comment_by(voted.people[0], stage, "Tell people what was decided about them.")
    snapshot = snapshot_of(voted)
    assert verify_snapshot(snapshot).outcome is Outcome.EQUAL
    allow(voted.people[0], Purpose.MACHINE_SORTING, given=False)
    assert verify_snapshot(snapshot).outcome is Outcome.KEPT


def test_a_request_is_a_job_that_the_worker_turns_into_a_snapshot(app: Flask):
    voted = make_voted()
    with transaction():
        first = request_analysis(voted.dialogue, by=voted.analyst)
        again = request_analysis(voted.dialogue, by=voted.analyst)
        assert first.id == again.id
    account = voted.analyst.id
    assert worker.run_waiting() == 1
    assert db.session.scalars(select(Job.state)).all() == ["done"]
    assert db.session.scalars(select(Snapshot.taken_by_id)).all() == [account]
    kinds = list(db.session.scalars(select(Event.kind)))
    assert EventKind.ANALYSIS_REQUESTED in kinds
    assert EventKind.SNAPSHOT_TAKEN in kinds


def test_snapshot_json_holds_no_row_for_a_person_and_tables_name_nobody(app: Flask):
    voted = make_voted(is_synthetic=True)
    files = snapshot_files(snapshot_of(voted))
    whole = json.loads(files["snapshot.json"])
    assert "participants" not in whole
    assert (whole["people"], whole["structure"]["verdict"]) == (24, "groups")
    first = next(csv.DictReader(files["statements.csv"].splitlines()))
    assert first["text"].startswith("SYNTHETIC: ")
    counts = [first[name] for name in ("number", "state", "seen", "agree", "disagree", "pass", "important")]
    assert counts == ["1", "approved", "24", "22", "2", "0", "5"]
    assert files["participants.csv"].splitlines()[0] == "participant,votes,x,y,group,strength"
    assert "SYNTHETIC" in files["report.html"]


@pytest.mark.parametrize(
    ("verdict", "word", "by_analysts", "by_others"),
    [
        ("groups", "stable", True, True),
        ("groups", "tentative", True, False),
        ("groups", None, True, False),
        ("given", None, True, True),
        ("axis_only", "not_distinguishable", False, False),
        ("untested", None, False, False),
    ],
)
def test_only_stable_groups_are_told_outside_the_analysts_desk(
    verdict: str, word: str | None, by_analysts: bool, by_others: bool
):
    result = analyse(planted(1, people=20), Settings(permutations=0, bootstraps=0))
    said = replace(result, structure=replace(result.structure, verdict=verdict, stability_word=word))
    assert (are_told(said, exact=True), are_told(said, exact=False)) == (by_analysts, by_others)


def test_the_report_shows_the_slate_to_facilitators_and_intervals_to_analysts_only(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    address = f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}"
    sign_in_as(client, voted.analyst)
    page = client.get(address).text
    assert "together speak for" in page
    assert "How sure is it?" in page
    sign_in_as(client, make_staff(voted.dialogue, Role.FACILITATOR))
    page = client.get(address).text
    assert "together speak for" in page
    assert "How sure is it?" not in page


def test_a_dialogue_without_votes_makes_a_snapshot_all_the_same(app: Flask, client: FlaskClient):
    voted = make_voted(people=0)
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}")
    assert page.status_code == 200
    assert "0 people cast 0 votes" in page.text


def test_a_theme_is_finished_by_a_person_and_can_be_opened_again(app: Flask, client: FlaskClient):
    voted = make_voted()
    theme = themes_of(snapshot_of(voted))[0]
    sign_in_as(client, voted.analyst)
    address = f"/d/{voted.dialogue.public_id}/themes/{theme.public_id}"
    sent = {"title": "Being told", "description": "People want to hear.", "is_final": "y"}
    assert client.post(address, data=sent).status_code == 303
    db.session.expire_all()
    assert theme.finalised_by_id == voted.analyst.id
    assert "checked by a person" in client.get(address).text
    refused = client.post(address, data={"title": "", "description": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in refused.text
    with transaction():
        edit_theme(db.session.merge(theme), title="Being told", description="", is_final=False, by=voted.analyst)
    assert theme.finalised_at is None


def test_a_theme_without_a_name_is_refused(app: Flask):
    voted = make_voted()
    theme = themes_of(snapshot_of(voted))[0]
    with pytest.raises(RuleError, match="words_empty"), transaction():
        edit_theme(db.session.merge(theme), title=" ", description="", is_final=True, by=voted.analyst)


def figures(page: str) -> dict[str, object]:
    found = re.findall(r'<script type="application/json" id="figure-(\w+)">(.*?)</script>', page, re.DOTALL)
    return {name: json.loads(source) for name, source in found}


def test_the_report_says_each_headline_before_its_figure(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}").text
    order = ["Who took part", "How to read this", "What brings people together", "What divides", "red lines",
             "unsure about", "Groups, if there are any", "Minority views", "What was left out"]  # fmt: skip
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    places = [next(n for n, one in enumerate(headings) if words in one) for words in order]
    assert places == sorted(places)
    assert page.index("22 of 24 agree") < page.index('id="figure-agreed"')
    assert {"agreed", "map"} <= set(figures(page))
    assert "/methods/common-ground" in page


def test_a_panel_report_has_no_percentages(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}").text
    words = re.sub(r"<[^>]*>", " ", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))
    assert "%" not in words


def test_only_analysts_get_one_dot_a_person(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    address = f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}"
    sign_in_as(client, voted.analyst)
    dots = sum(len(trace["x"]) for trace in figures(client.get(address).text)["map"]["data"])  # type: ignore[index]
    assert dots == 24
    sign_in_as(client, make_staff(voted.dialogue, Role.FACILITATOR))
    shown = figures(client.get(address).text).get("map")
    assert shown is None or all(trace["mode"] == "lines" for trace in shown["data"])  # type: ignore[index]


def test_a_chart_page_allows_what_plotly_needs_and_no_more(app: Flask, client: FlaskClient):
    voted = make_voted(people=6)
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    reply = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}")
    assert "sha256-47DEQpj8" in reply.headers["Content-Security-Policy"]
    assert "unsafe" not in reply.headers["Content-Security-Policy"]


def test_words_in_a_chart_cannot_end_its_script(app: Flask, client: FlaskClient):
    voted = make_voted(words=["</script><b>Bold</b> & more"] * 7)
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}").text
    assert "<b>Bold" not in page
    assert "&lt;/script&gt;&lt;b&gt;Bold" in page


def test_small_counts_of_an_open_dialogue_are_for_analysts_only(app: Flask, client: FlaskClient):
    voted = make_voted(people=12, mode=DialogueMode.OPEN)
    snapshot = snapshot_of(voted)
    address = f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}/statement/{voted.statements[0].public_id}"
    sign_in_as(client, voted.analyst)
    assert "10 agree, 2 disagree" in client.get(address).text
    sign_in_as(client, voted.commissioner)
    assert "Fewer than 20 people voted" in client.get(address).text


def test_verifying_says_its_answer_on_the_page(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    address = f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}/verify"
    assert "equal: the same votes" in client.post(address, follow_redirects=True).text


def test_a_snapshot_of_another_dialogue_is_not_found(app: Flask, client: FlaskClient):
    voted, other = make_voted(people=6), make_voted(people=6)
    snapshot = snapshot_of(other)
    sign_in_as(client, voted.analyst)
    assert client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}").status_code == 404
    assert client.get(f"/d/{other.dialogue.public_id}/analysis/{snapshot.public_id}").status_code == 404


def test_every_method_that_a_page_links_to_has_a_page(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    sign_in_as(client, voted.analyst)
    page = client.get(f"/d/{voted.dialogue.public_id}/analysis/{snapshot.public_id}").text
    links = set(re.findall(r'href="(/methods/[a-z-]+)"', page))
    assert len(links) >= 5
    assert [link for link in links if client.get(link).status_code != 200] == []
    assert client.get("/methods/no-such-method").status_code == 404
