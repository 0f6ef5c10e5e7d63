"""Two steps without a page of their own: the synthesis begins, an application is closed."""

from flask.testing import FlaskClient

from app.db import transaction, utcnow
from app.services import register as acts
from deliberation.assessment import ApplicationState
from deliberation.committee import Outcome
from deliberation.register import AccessMove
from tests.app.committee_way import again, decides, make_sitting, published, ready, responds, state_of
from tests.factories import sign_in_as

S = ApplicationState


def test_the_synthesis_begins_by_the_team_or_the_facilitator_once_the_panel_has_checked(app, client: FlaskClient):
    for state, code in ((S.WORKSHOP_HELD, 409), (S.NOTES_CHECKED, 303)):
        sitting = make_sitting(state)
        sign_in_as(client, sitting.chair)
        assert client.post(sitting.at("/synthesis")).status_code == 403
        sign_in_as(client, sitting.lead)
        assert ("Begin the synthesis" in client.get(sitting.at()).text) == (code == 303)
        assert client.post(sitting.at("/synthesis")).status_code == code
    assert state_of(sitting) is S.SYNTHESIS


def test_an_open_access_is_not_closed_and_a_revoked_one_is_with_why(app, client: FlaskClient):
    sitting = published()
    sign_in_as(client, sitting.facilitator)
    data = {"close-why": "Access was revoked."}
    assert client.post(sitting.at("/close"), data=data).status_code == 422
    with transaction():
        acts.change_access(
            again(sitting.application), AccessMove.REVOKE, reason="Data was copied.", by=again(sitting.chair),
            now=utcnow(),
        )  # fmt: skip
        again(sitting.application).state = S.REVIEW_DUE
    assert client.post(sitting.at("/close"), data={"close-why": " "}).status_code == 422
    assert "Close this application" in client.get(sitting.at("/publication")).text
    assert client.post(sitting.at("/close"), data=data).status_code == 303
    assert state_of(sitting) is S.CLOSED


def test_what_was_declined_and_kept_private_is_closed(app, client: FlaskClient):
    sitting = ready(make_sitting())
    decides(sitting, Outcome.DECLINE)
    responds(sitting, publish=False)
    sign_in_as(client, sitting.facilitator)
    client.post(sitting.at("/publication/private"))
    assert client.post(sitting.at("/close"), data={"close-why": "The way has ended."}).status_code == 303
    assert state_of(sitting) is S.CLOSED
