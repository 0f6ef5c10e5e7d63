"""The register of harms: rated by name, never added up, in the order of any column, as a file, never overwritten."""

import csv
import io

from app.queries.assessment import harms_of
from tests.app.access_way import add_harm, add_person, make_office
from tests.app.way import fresh
from tests.factories import sign_in_as

SENT = {"text": "It fails at night.", "stakeholder": "Night nurses", "scenario": "worst_failing", "importance": "5"}


def test_a_harm_keeps_who_rated_it_and_changes_only_with_a_rating(app, client):
    office = make_office()
    colleague = add_person(office)
    sign_in_as(client, office.lead)
    assert client.post(office.at("/harms/new"), data=SENT).status_code == 303
    (harm,) = harms_of(fresh(office.application))
    assert (harm.importance, harm.urgency, harm.rated_by_id) == (5, None, office.lead.id)
    person = next(one for one in fresh(office.application).people if one.account_id == colleague.id)
    client.post(office.at(f"/team/{person.public_id}/pen"))
    sign_in_as(client, colleague)
    at = office.at(f"/harms/{harm.public_id}")
    assert client.post(at, data={**SENT, "owner": "Bo", "based_on": "1"}).status_code == 303
    assert fresh(harm).rated_by_id == office.lead.id
    assert client.post(at, data={**SENT, "urgency": "2", "based_on": "2"}).status_code == 303
    assert fresh(harm).rated_by_id == colleague.id


def test_two_who_change_a_harm_at_once_are_told(app, client):
    office = make_office()
    harm = add_harm(office)
    sign_in_as(client, office.lead)
    at = office.at(f"/harms/{harm.public_id}")
    assert client.post(at, data={**SENT, "based_on": "1"}).status_code == 303
    late = client.post(at, data={**SENT, "text": "Late words.", "based_on": "1"})
    assert late.status_code == 422
    assert "Late words." in late.text
    assert fresh(harm).text == "It fails at night."


def test_a_rating_off_the_scale_of_the_asset_is_refused(app, client):
    office = make_office()
    sign_in_as(client, office.lead)
    assert client.post(office.at("/harms/new"), data={**SENT, "importance": "6"}).status_code == 422
    assert client.post(office.at("/harms/new"), data={**SENT, "scenario": "nonsense"}).status_code == 422
    assert client.post(office.at("/harms/new"), data={**SENT, "text": " "}).status_code == 422
    assert harms_of(fresh(office.application)) == []


def test_links_put_the_matrix_in_the_order_of_a_column_either_way(app, client):
    office = make_office()
    for place, (text, importance) in enumerate((("Alpha", 2), ("Beta", None), ("Gamma", 5)), 1):
        add_harm(office, text, place=place, importance=importance)
    sign_in_as(client, office.lead)

    def order(query):
        shown = client.get(office.at(f"/harms{query}")).text
        return sorted(("Alpha", "Beta", "Gamma"), key=shown.index)

    assert order("?by=importance&down=1") == ["Gamma", "Alpha", "Beta"]
    assert order("?by=importance") == ["Alpha", "Gamma", "Beta"]
    assert order("?by=text&down=1") == ["Gamma", "Beta", "Alpha"]
    assert order("?by=nonsense") == ["Alpha", "Beta", "Gamma"]


def test_the_file_holds_each_rating_and_neither_sum_nor_formula(app, client):
    office = make_office()
    add_harm(office, "=1+1", importance=4, urgency=3, difficulty=2, detectability=1)
    sign_in_as(client, office.lead)
    rows = list(csv.DictReader(io.StringIO(client.get(office.at("/harms.csv")).text)))
    assert rows[0]["harm"] == "'=1+1"
    ratings = [rows[0][name] for name in ("importance", "urgency", "difficulty", "detectability")]
    assert ratings == ["4", "3", "2", "1"]
    assert not {"total", "score", "product"} & {name.lower() for name in rows[0]}
    page = client.get(office.at("/harms")).text
    assert ">10<" not in page
    assert ">24<" not in page


def test_a_harm_that_is_taken_out_leaves_the_register(app, client):
    office = make_office()
    harm, other = add_harm(office), make_office()
    strange = add_harm(other)
    sign_in_as(client, office.lead)
    assert client.post(office.at(f"/harms/{strange.public_id}/remove")).status_code == 404
    assert client.post(office.at(f"/harms/{harm.public_id}/remove")).status_code == 303
    assert harms_of(fresh(office.application)) == []
    assert client.get(office.at(f"/harms/{harm.public_id}")).status_code == 404
