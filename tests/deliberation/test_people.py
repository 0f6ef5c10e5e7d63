"""Rules of people: codes, links, the lobby, the roll, roles that stay apart, passwords."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.joining import (
    Admission,
    InvitationState,
    LobbyState,
    admission,
    check_invitation,
    check_waiting,
    has_roll,
    invitation_state,
    lobby_state,
    tidy_name,
)
from deliberation.logins import check_password, same_email
from deliberation.roles import Role
from deliberation.roll import check_email, read_lines
from deliberation.sessions import DialogueMode
from deliberation.staffing import STAFF_ROLES, check_end_of_role, check_new_role

NOW = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


def test_one_setting_decides_what_a_code_admits_to():
    assert admission(DialogueMode.PANEL) is Admission.LOBBY
    assert admission(DialogueMode.OPEN) is Admission.STRAIGHT_IN
    assert [has_roll(mode) for mode in (DialogueMode.PANEL, DialogueMode.OPEN)] == [True, False]


@pytest.mark.parametrize(
    ("used", "revoked", "expires"), list(product([None, EARLIER], [None, EARLIER], [LATER, NOW, EARLIER]))
)
def test_a_link_holds_only_while_unused_unrevoked_and_in_time(used, revoked, expires):
    state = invitation_state(expires_at=expires, used_at=used, revoked_at=revoked, now=NOW)
    assert (state is InvitationState.VALID) == (used is None and revoked is None and expires > NOW)


@pytest.mark.parametrize("state", [state for state in InvitationState if state is not InvitationState.VALID])
def test_a_link_that_does_not_hold_is_refused_with_its_reason(state):
    with pytest.raises(RuleError, match=f"invitation_{state.value}"):
        check_invitation(state)


def test_an_arrival_is_decided_once():
    assert lobby_state(matched_at=None, refused_at=None) is LobbyState.WAITING
    for matched, refused in ((NOW, None), (None, NOW)):
        with pytest.raises(RuleError, match="already_decided"):
            check_waiting(lobby_state(matched_at=matched, refused_at=refused))


def test_a_name_is_tidied_and_must_be_there():
    assert tidy_name("  Ann \t  Example ") == "Ann Example"
    for wrong, code in ((" \n ", "name_missing"), ("x" * 201, "name_long")):
        with pytest.raises(RuleError, match=code):
            tidy_name(wrong)


@pytest.mark.parametrize("wrong", ["@", "a@", "@b", "a b@c.org", "a@b@c", "a@b\x00", "x" * 330 + "@b.org"])
def test_what_cannot_be_an_address_is_refused(wrong):
    with pytest.raises(RuleError, match="email_wrong"):
        check_email(wrong)


@given(st.text(max_size=400))
def test_reading_a_roll_gives_lines_or_a_refusal_and_never_breaks(text):
    code, lines = "", []
    try:
        lines = read_lines(text, set())
    except RuleError as refusal:
        code = refusal.code
    assert code in {"", "nothing_on_roll", "roll_lines_wrong"}
    emails = [line.email for line in lines if line.email]
    assert len(emails) == len(set(emails))
    assert all(line.name for line in lines)


def test_a_participant_or_administrator_is_never_a_membership():
    assert {Role.PARTICIPANT, Role.ADMINISTRATOR}.isdisjoint(STAFF_ROLES)
    for role in (Role.PARTICIPANT, Role.ADMINISTRATOR):
        with pytest.raises(RuleError, match="not_a_staff_role"):
            check_new_role(role, ())


@pytest.mark.parametrize("other", [Role.FACILITATOR, Role.ANALYST])
def test_a_commissioner_never_moderates_or_writes_findings(other):
    for first, second in ((Role.COMMISSIONER, other), (other, Role.COMMISSIONER)):
        with pytest.raises(RuleError, match="roles_apart"):
            check_new_role(second, {first})


def test_a_facilitator_may_also_analyse():
    check_new_role(Role.ANALYST, {Role.FACILITATOR})
    with pytest.raises(RuleError, match="role_held"):
        check_new_role(Role.ANALYST, {Role.ANALYST})


def test_somebody_always_facilitates():
    check_end_of_role(Role.FACILITATOR, 2)
    check_end_of_role(Role.ANALYST, 1)
    with pytest.raises(RuleError, match="last_facilitator"):
        check_end_of_role(Role.FACILITATOR, 1)


@given(st.emails())
def test_an_address_has_one_spelling(email):
    assert same_email(f"  {email.upper()} ") == same_email(same_email(email.upper()))


def test_length_counts_in_a_password_and_kinds_of_characters_do_not():
    check_password("four plain words together")
    check_password("ééé ññ 汉字 words")
    for wrong, code in (("x" * 11, "password_short"), ("xy" * 101, "password_long"), ("abababababab", "guessable")):
        with pytest.raises(RuleError, match=code):
            check_password(wrong)
