"""Terms of Reference: clauses, evidence, walking back to the counts of a snapshot, and publishing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.models.analysis import Snapshot
from app.models.dialogues import Dialogue
from app.models.terms import Clause, EvidenceLink, TermsSection
from app.models.voting import Statement
from app.queries.checks import checks_of
from app.queries.findings import Cited
from app.queries.terms import find_clause, number_of, terms_document, terms_of, where_it_went
from app.services.analysis import Outcome, take_snapshot, verify_snapshot
from app.services.findings import withdraw_finding, write_finding
from app.services.imports import import_polis
from app.services.leaving import leave_dialogue
from app.services.terms import (
    Shift,
    add_clause,
    link_evidence,
    move_clause,
    publish_terms,
    remove_clause,
    reword_clause,
    unlink_evidence,
)
from deliberation.errors import RuleError
from deliberation.roles import Role
from deliberation.terms import EvidenceKind, LinkStance, TermsState, WordingKind
from tests.evidence_builders import QUICK, Voted, cast, clause_on, final_counts, finding_on, make_voted, snapshot_of
from tests.factories import be_participant, make_participant, make_staff, sign_in_as
from tests.shared_data import shared_folder


def fill_required(voted: Voted) -> None:
    """A clause in each required section, so that the document can be published."""
    with transaction():
        for section in terms_of(voted.dialogue).sections:
            if section.is_required:
                words = f"Words of section {section.number}."
                add_clause(section, text=words, kind=WordingKind.COMMISSIONER, by=voted.commissioner)


def published(voted: Voted) -> None:
    fill_required(voted)
    with transaction():
        publish_terms(db.session.merge(voted.dialogue), by=voted.commissioner)


def page(client: FlaskClient, voted: Voted, path: str) -> str:
    reply = client.get(f"/d/{voted.dialogue.public_id}/{path}")
    assert reply.status_code == 200, reply.status_code
    return str(reply.text)


def test_every_wording_of_both_sides_is_kept_and_shown(app: Flask, client: FlaskClient):
    voted = make_voted(people=2)
    clause = clause_on(voted, text="Tell us what you did.")
    with transaction():
        reword_clause(
            db.session.merge(clause), text="Bidders report.", kind=WordingKind.COMMISSIONER, by=voted.commissioner
        )
    with transaction():
        reword_clause(
            db.session.merge(clause), text="Tell us, please.", kind=WordingKind.PARTICIPANTS, by=voted.commissioner
        )
    assert [one.text for one in clause.wordings] == ["Tell us what you did.", "Bidders report.", "Tell us, please."]
    doc = terms_document(voted.dialogue).clauses[0]
    assert (doc.text, doc.other_text) == ("Tell us, please.", "Bidders report.")
    sign_in_as(client, voted.commissioner)
    shown = page(client, voted, f"terms/clause/{clause.public_id}")
    assert all(words in shown for words in ("Tell us what you did.", "Bidders report.", "Tell us, please."))


def test_the_same_words_again_make_no_new_wording(app: Flask):
    voted = make_voted(people=2)
    clause = clause_on(voted, text="The same.")
    with pytest.raises(RuleError, match="unchanged"), transaction():
        reword_clause(
            db.session.merge(clause), text=" The same. ", kind=WordingKind.COMMISSIONER, by=voted.commissioner
        )


def test_clauses_are_numbered_by_place_and_move(app: Flask):
    voted = make_voted(people=2)
    first, second, third = (clause_on(voted, text=words) for words in ("One.", "Two.", "Three."))
    with transaction():
        move_clause(db.session.merge(third), Shift.UP, by=voted.commissioner)
        remove_clause(db.session.merge(first), by=voted.commissioner)
    db.session.expire_all()
    assert [(one.number, one.text) for one in terms_document(voted.dialogue).clauses] == [
        ("3.1", "Three."),
        ("3.2", "Two."),
    ]
    assert number_of(second) == "3.2"


def test_the_first_clause_stays_first_when_moved_up(app: Flask):
    voted = make_voted(people=2)
    first, _second = clause_on(voted, text="One."), clause_on(voted, text="Two.")
    with transaction():
        move_clause(db.session.merge(first), Shift.UP, by=voted.commissioner)
    assert terms_document(voted.dialogue).clauses[0].text == "One."


def test_a_link_is_pinned_to_the_snapshot_of_its_finding(app: Flask):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    clause_on(voted, finding_on(voted, snapshot))
    snapshot_of(voted)
    assert db.session.query(EvidenceLink).one().snapshot_id == snapshot.id


def test_a_finding_is_linked_to_a_clause_once_and_not_when_withdrawn(app: Flask):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted))
    clause = clause_on(voted, finding)
    for words, other in (("already_linked", finding), ("finding_withdrawn", finding_on(voted, snapshot_of(voted), 1))):
        if words == "finding_withdrawn":
            with transaction():
                withdraw_finding(db.session.merge(other), by=voted.analyst)
        with pytest.raises(RuleError, match=words), transaction():
            link_evidence(
                db.session.merge(clause),
                db.session.merge(other),
                stance=LinkStance.SUPPORTS,
                why="",
                by=voted.commissioner,
            )


def test_a_clause_is_bare_until_a_standing_finding_supports_it(app: Flask, client: FlaskClient):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted))
    clause = clause_on(voted)
    assert terms_document(voted.dialogue).clauses[0].is_bare
    sign_in_as(client, voted.commissioner)
    assert "fm-card--bare" in page(client, voted, "terms")
    with transaction():
        link_evidence(
            db.session.merge(clause),
            db.session.merge(finding),
            stance=LinkStance.SUPPORTS,
            why="",
            by=voted.commissioner,
        )
    assert "fm-card--bare" not in page(client, voted, "terms")
    with transaction():
        withdraw_finding(db.session.merge(finding), by=voted.analyst)
    assert terms_document(voted.dialogue).clauses[0].is_bare


def test_evidence_that_is_taken_away_is_away_and_in_the_record(app: Flask):
    voted = make_voted()
    clause = clause_on(voted, finding_on(voted, snapshot_of(voted)))
    with transaction():
        unlink_evidence(db.session.merge(clause).links[0], by=voted.commissioner)
    db.session.expire_all()
    assert terms_document(voted.dialogue).clauses[0].is_bare
    assert [one.number for one in terms_document(voted.dialogue).not_taken_forward] == [1]


def test_walking_back_says_it_all_in_one_sentence(app: Flask, client: FlaskClient):
    voted = make_voted()
    clause = clause_on(voted, finding_on(voted, snapshot_of(voted), 0))
    sign_in_as(client, voted.commissioner)
    shown = page(client, voted, f"terms/clause/{clause.public_id}/walk-back")
    assert "1 finding, 0 themes, 1 statement and 24 votes, in a dialogue where 24 people voted" in shown
    assert "2 of these votes went the other way" in shown
    assert "22 agree, 2 disagree, 0 pass, of 24 who voted" in shown
    assert "2 of 24 disagreed with statement 1" in shown
    assert "Check this number" in shown


def test_numbers_of_a_walk_back_come_from_its_snapshot_whatever_happens_later(app: Flask, client: FlaskClient):
    voted = make_voted()
    clause = clause_on(voted, finding_on(voted, snapshot_of(voted), 0))
    for person in voted.people[2:8]:
        cast(person, voted.statements[0], -1)
    with transaction():
        leave_dialogue(voted.dialogue, by=voted.people[20])
    snapshot_of(voted)
    sign_in_as(client, voted.commissioner)
    assert "22 agree, 2 disagree, 0 pass, of 24" in page(client, voted, f"terms/clause/{clause.public_id}/walk-back")


def test_a_walk_back_never_names_a_person(app: Flask, client: FlaskClient):
    voted = make_voted()
    clause = clause_on(voted, finding_on(voted, snapshot_of(voted), 0))
    for who in (voted.analyst, voted.commissioner):
        sign_in_as(client, who)
        shown = page(client, voted, f"terms/clause/{clause.public_id}/walk-back")
        assert not [one.pseudonym for one in voted.people if one.pseudonym in shown]


def test_a_statement_knows_where_it_went(app: Flask, client: FlaskClient):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    clause = clause_on(voted, finding)
    went = where_it_went(voted.dialogue, voted.statements[0])
    assert [one.id for one in went.findings] == [finding.id]
    assert [one.id for one in went.clauses] == [clause.id]
    sign_in_as(client, voted.commissioner)
    shown = page(client, voted, f"statement/{voted.statements[0].public_id}/where-it-went")
    assert "It reached 1 clause" in shown
    assert "It reached" not in page(client, voted, f"statement/{voted.statements[1].public_id}/where-it-went")


def test_those_who_read_published_terms_only_meet_no_word_of_a_draft_clause(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    clause = clause_on(voted, finding_on(voted, snapshot, 0))
    words, path = clause.wordings[-1].text, f"analysis/{snapshot.public_id}/statement/{voted.statements[0].public_id}"
    sign_in_as(client, voted.commissioner)
    assert words in page(client, voted, path)
    sign_in_as(client, make_staff(voted.dialogue, Role.COMMITTEE_MEMBER))
    assert words not in page(client, voted, path)
    assert "where-it-went" not in page(client, voted, path)


def test_checks_name_what_claims_more_than_its_evidence(app: Flask):
    voted = make_voted()
    split = finding_on(voted, snapshot_of(voted), 1, text="People want a panel.")
    clause_on(voted, split, text="The public wants a panel.")
    codes = {one.code for one in checks_of(terms_document(voted.dialogue)) if one.clause}
    assert codes == {"says_public", "dropped_dissent"}


def test_coverage_lists_bare_clauses_and_unused_findings(app: Flask, client: FlaskClient):
    voted = make_voted()
    finding_on(voted, snapshot_of(voted), 0, text="A finding left over.")
    clause_on(voted, text="A clause on nothing.")
    sign_in_as(client, voted.commissioner)
    shown = page(client, voted, "terms/coverage")
    assert "A finding left over." in shown
    assert "A clause on nothing." in shown


def test_publishing_needs_every_required_section(app: Flask):
    voted = make_voted(people=2)
    clause_on(voted)
    with pytest.raises(RuleError) as refusal, transaction():
        publish_terms(db.session.merge(voted.dialogue), by=voted.commissioner)
    assert refusal.value.code == "sections_missing"
    assert refusal.value.facts["sections"] == "1, 2, 4, 5, 6"


def test_published_words_stay(app: Flask):
    voted = make_voted(people=2)
    clause = clause_on(voted)
    published(voted)
    assert terms_of(voted.dialogue).state is TermsState.PUBLISHED
    with pytest.raises(RuleError, match="terms_published"), transaction():
        reword_clause(db.session.merge(clause), text="New.", kind=WordingKind.COMMISSIONER, by=voted.commissioner)


def test_participants_read_the_document_and_what_is_behind_it_once_it_is_published(app: Flask, client: FlaskClient):
    voted = make_voted()
    snapshot = snapshot_of(voted)
    clause = clause_on(voted, finding_on(voted, snapshot, 0))
    be_participant(client, voted.people[0])
    base = f"/d/{voted.dialogue.public_id}"
    walk = f"{base}/terms/clause/{clause.public_id}/walk-back"
    number = f"{base}/analysis/{snapshot.public_id}/statement/{voted.statements[0].public_id}"
    uncited = f"{base}/analysis/{snapshot.public_id}/statement/{voted.statements[5].public_id}"
    assert "They are being written" in client.get(f"{base}/terms/published").text
    assert client.get(walk).status_code == client.get(number).status_code == 404
    published(voted)
    be_participant(client, voted.people[0])
    assert "Bidders tell people" in client.get(f"{base}/terms/published").text
    assert "22 agree, 2 disagree" in client.get(walk).text
    assert "22 agree, 2 disagree" in client.get(number).text
    assert client.get(uncited).status_code == 404
    went = "/statement/{}/where-it-went"
    assert "22 agree, 2 disagree" in client.get(base + went.format(voted.statements[0].public_id)).text
    assert "who voted" not in client.get(base + went.format(voted.statements[5].public_id)).text
    assert client.get(f"{base}/terms").status_code == 403


def test_a_commissioner_drafts_links_and_publishes_on_pages(app: Flask, client: FlaskClient):
    voted = make_voted()
    finding = finding_on(voted, snapshot_of(voted), 0)
    sign_in_as(client, voted.commissioner)
    base = f"/d/{voted.dialogue.public_id}/terms"
    section = terms_of(voted.dialogue).sections[2].public_id
    made = client.post(f"{base}/section/{section}/clause", data={"text": "People are told.", "kind": "commissioner"})
    assert made.status_code == 303
    clause = db.session.query(Clause).one()
    sent = {"finding": str(finding.public_id), "stance": "supports", "why": "They asked."}
    linked = client.post(f"{base}/clause/{clause.public_id}/link", data=sent, follow_redirects=True)
    assert "They asked." in linked.text
    again = client.post(f"{base}/clause/{clause.public_id}/link", data=sent)
    assert again.status_code == 422
    assert "already under this clause" in again.text
    early = client.post(f"{base}/publish", follow_redirects=True).text
    assert "required sections hold no clause yet: 1, 2, 4, 5, 6" in early
    fill_required(voted)
    sign_in_as(client, voted.commissioner)
    assert "are published" in client.post(f"{base}/publish", follow_redirects=True).text


def test_an_empty_clause_is_refused_where_it_was_typed(app: Flask, client: FlaskClient):
    voted = make_voted(people=2)
    sign_in_as(client, voted.commissioner)
    section = terms_of(voted.dialogue).sections[4]
    reply = client.post(
        f"/d/{voted.dialogue.public_id}/terms/section/{section.public_id}/clause",
        data={"text": "", "kind": "participants"},
    )
    assert reply.status_code == 422
    assert 'href="#text"' in reply.text
    assert 'id="text"' in reply.text
    assert db.session.query(Clause).count() == 0


@pytest.mark.parametrize("role", [Role.ANALYST, Role.FACILITATOR, Role.OVERSEER, Role.EVALUATOR])
def test_nobody_but_the_commissioner_writes_clauses(app: Flask, client: FlaskClient, role: Role):
    voted = make_voted(people=2)
    sign_in_as(client, make_staff(voted.dialogue, role))
    section = db.session.query(TermsSection).first()
    assert section is not None
    address = f"/d/{voted.dialogue.public_id}/terms/section/{section.public_id}/clause"
    assert client.post(address, data={"text": "Mine.", "kind": "commissioner"}).status_code == 403
    assert client.post(f"/d/{voted.dialogue.public_id}/terms/publish").status_code == 403


def test_a_clause_of_another_dialogue_is_not_found(app: Flask, client: FlaskClient):
    voted, other = make_voted(people=2), make_voted(people=2)
    clause = clause_on(other)
    assert find_clause(voted.dialogue, clause.public_id) is None
    sign_in_as(client, voted.commissioner)
    for path in ("", "/walk-back"):
        address = f"/d/{voted.dialogue.public_id}/terms/clause/{clause.public_id}{path}"
        assert client.get(address).status_code == 404
    be_participant(client, make_participant(voted.dialogue))
    assert client.get(f"/d/{other.dialogue.public_id}/terms/published").status_code == 404


def clause_on_vtaiwan() -> tuple[Dialogue, Snapshot, Clause, list[Statement]]:
    """vTaiwan imported, a snapshot of it, and a clause on three of its statements."""
    voted = make_voted(people=0)
    with transaction():
        dialogue = import_polis(shared_folder("opinion/vtaiwan.uberx"), title="vTaiwan", by=None)
        snapshot = take_snapshot(dialogue, by=None, settings=QUICK)
    chosen = [
        db.session.query(Statement).filter_by(dialogue_id=dialogue.id, external_id=one).one() for one in ("0", "3", "4")
    ]
    from_ids = [Cited(EvidenceKind.STATEMENT, one.public_id) for one in chosen]
    with transaction():
        finding = write_finding(dialogue, snapshot, text="F.", limits="", cited=from_ids, by=voted.analyst)
        section = terms_of(dialogue).sections[2]
        clause = add_clause(section, text="C.", kind=WordingKind.COMMISSIONER, by=voted.commissioner)
        link_evidence(clause, finding, stance=LinkStance.SUPPORTS, why="", by=voted.commissioner)
    return dialogue, snapshot, clause, chosen


def test_a_clause_on_vtaiwan_walks_back_to_the_published_counts(app: Flask, client: FlaskClient):
    dialogue, snapshot, clause, chosen = clause_on_vtaiwan()
    truth = final_counts(shared_folder("opinion/vtaiwan.uberx"))
    sign_in_as(client, make_staff(dialogue, Role.COMMISSIONER))
    shown = client.get(f"/d/{dialogue.public_id}/terms/clause/{clause.public_id}/walk-back").text
    total = 0
    for one in chosen:
        votes = truth[str(one.external_id)]
        seen = sum(votes.values())
        total += seen
        words = f"{votes[1]} agree, {votes[-1]} disagree, {votes[0]} pass, of {seen} who voted"
        assert words in shown
        number = client.get(f"/d/{dialogue.public_id}/analysis/{snapshot.public_id}/statement/{one.public_id}").text
        assert words in number
    assert f"3 statements and {total:,} votes, in a dialogue where 1,921 people voted" in shown
    assert "CC BY 4.0" in shown
    assert verify_snapshot(snapshot).outcome is Outcome.EQUAL
