"""Research questions in the Terms of Reference: named in a clause, walked back, written into the files, kept."""

from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from app.db import db, transaction
from app.exports import terms_docx, terms_html
from app.models.research_questions import ResearchQuestion
from app.models.terms import Clause
from app.queries.research_terms import links_of
from app.queries.terms import find_clause, section_summaries, terms_document, terms_of
from app.services import research_pipeline as pipeline
from app.services.research_terms import name_in_clause, take_out_of_clause
from app.services.terms import publish_terms
from deliberation.errors import RuleError
from deliberation.moderation import WordState
from deliberation.research_questions import Judgement, ResearchOrigin, ResearchStep
from deliberation.terms import clauses_without_evidence
from tests.app.test_terms import fill_required
from tests.app.way import fresh, saved
from tests.evidence_builders import Voted, clause_on, make_voted
from tests.factories import be_participant, make_participant, sign_in_as

VERBATIM = "Is a panel slow?"
CLEARER = "How many weeks longer does a panel take?"


def _raised(voted: Voted) -> ResearchQuestion:
    person = make_participant(voted.dialogue)
    facts = {"words_state": WordState.APPROVED, "origin": ResearchOrigin.PARTICIPANT}
    return saved(
        ResearchQuestion(dialogue_id=voted.dialogue.id, number=1, author_id=person.id, text=VERBATIM, **facts)
    )


def _included(voted: Voted) -> ResearchQuestion:
    row, by, yes = _raised(voted), voted.commissioner, Judgement.YES
    with transaction():
        again = db.session.get_one(ResearchQuestion, row.id)
        pipeline.clarify(again, CLEARER, by=by)
        pipeline.note_feasibility(again, is_known=Judgement.NO, in_remit=yes, is_fundable=yes, by=by)
        pipeline.prioritise(again, rank=1, approvals=34, by=by)
        pipeline.decide(again, ResearchStep.INCLUDE, reason="It came first.", by=by)
    return row


def _named(voted: Voted) -> Clause:
    row, clause = _included(voted), clause_on(voted, text="Bids answer one of these.")
    with transaction():
        name_in_clause(_clause(voted, clause), fresh(row), by=voted.commissioner)
    return clause


def _clause(voted: Voted, clause: Clause) -> Clause:
    found = find_clause(voted.dialogue, clause.public_id)
    assert found is not None
    return found


def test_only_what_was_decided_is_named_and_only_once(app: Flask):
    voted = make_voted(people=2)
    row, clause = _raised(voted), clause_on(voted)
    with pytest.raises(RuleError, match="not_decided_yet"), transaction():
        name_in_clause(_clause(voted, clause), fresh(row), by=voted.commissioner)
    with transaction():
        pipeline.decide(fresh(row), ResearchStep.PARK, reason="Later.", by=voted.commissioner)
    with transaction():
        name_in_clause(_clause(voted, clause), fresh(row), by=voted.commissioner)
    with pytest.raises(RuleError, match="already_linked"), transaction():
        name_in_clause(_clause(voted, clause), fresh(row), by=voted.commissioner)


def test_a_named_question_carries_its_clause_and_keeps_its_decision(app: Flask):
    voted = make_voted(people=2)
    clause = _named(voted)
    assert not next(one for one in terms_document(voted.dialogue).clauses if one.public_id == clause.public_id).is_bare
    assert clauses_without_evidence(section_summaries(terms_of(voted.dialogue))) == []
    row = db.session.query(ResearchQuestion).one()
    with pytest.raises(RuleError, match="research_cited"), transaction():
        pipeline.reopen(fresh(row), reason="New money.", by=voted.commissioner)
    with transaction():
        found = _clause(voted, clause)
        take_out_of_clause(found, links_of(found)[0], by=voted.commissioner)
    with transaction():
        pipeline.reopen(fresh(row), reason="New money.", by=voted.commissioner)


def test_the_clause_editor_offers_what_was_decided(client: FlaskClient):
    voted = make_voted(people=2)
    row, clause = _included(voted), clause_on(voted)
    sign_in_as(client, voted.commissioner)
    address = f"/d/{voted.dialogue.public_id}/terms/clause/{clause.public_id}"
    assert CLEARER in client.get(address).text
    assert client.post(f"{address}/research", data={"research_question": str(row.public_id)}).status_code == 303
    page = client.get(address).text
    assert "Take research question 1 away" in page
    link = links_of(_clause(voted, clause))[0]
    client.post(f"{address}/research/{link.public_id}/remove")
    assert links_of(_clause(voted, clause)) == []


def test_the_walk_back_shows_source_priority_and_edits(client: FlaskClient):
    voted = make_voted(people=2)
    clause = _named(voted)
    sign_in_as(client, voted.commissioner)
    page = client.get(f"/d/{voted.dialogue.public_id}/terms/clause/{clause.public_id}/walk-back").text
    for words in (VERBATIM, CLEARER, "1 source question", "place 1 in", "approved by 34 people", "reworded 1 time"):
        assert words in page
    assert "no public evidence is behind it" not in page


def test_both_files_hold_the_named_questions_with_their_source(app: Flask):
    voted = make_voted(people=2)
    _named(voted)
    document = terms_document(voted.dialogue)
    html = terms_html.write(document)
    word = "\n".join(one.text for one in Document(BytesIO(terms_docx.write(document))).paragraphs)
    for text in (html, word):
        assert "research question 1" in text
        assert CLEARER in text
        assert VERBATIM in text
        assert "approved by 34 people" in text
        assert "It came first." in text


def test_a_published_document_keeps_what_it_names(client: FlaskClient):
    voted = make_voted(people=2)
    clause = _named(voted)
    fill_required(voted)
    with transaction():
        publish_terms(db.session.merge(voted.dialogue), by=voted.commissioner)
    link = links_of(clause)[0]
    with pytest.raises(RuleError, match="terms_published"), transaction():
        take_out_of_clause(_clause(voted, clause), link, by=voted.commissioner)
    be_participant(client, voted.people[0])
    row = db.session.query(ResearchQuestion).one()
    page = client.get(f"/d/{voted.dialogue.public_id}/research-questions/{row.public_id}").text
    assert "Bids answer one of these." in page
