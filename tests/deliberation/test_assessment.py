"""The states of an application for access: every walk keeps to the reference, and each refusal says why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.assessment import DECISIONS, FINAL, GRANTS, MOVES, ApplicationState, Facts, Mover
from deliberation.assessment_guards import check_move, possible_moves, what_blocks
from deliberation.errors import RuleError
from tests.deliberation.refusals import refused_code

S = ApplicationState
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

REFERENCE = """
draft > submitted closed
submitted > screened_out screened_in closed
screened_in > workshop_scheduled closed
workshop_scheduled > workshop_held closed
workshop_held > notes_checked closed
notes_checked > synthesis closed
synthesis > resubmitted closed
resubmitted > panel_review closed
panel_review > committee_review closed
committee_review > query granted granted_with_conditions revise declined closed
query > response closed
response > query committee_review granted granted_with_conditions revise declined closed
granted > response_window
granted_with_conditions > response_window
revise > synthesis closed
declined > response_window
response_window > published unpublished_by_choice
published > review_due closed
unpublished_by_choice > closed
review_due > iterating closed
iterating > superseded closed
"""
"""Section 1 of the reference, read once more by hand; `closed` before a decision is the applicant who withdraws."""
ARROWS = {
    S(line.split(" > ")[0]): {S(word) for word in line.split(" > ")[1].split()}
    for line in REFERENCE.strip().splitlines()
}
WITHDRAWN_FROM = {state for state, to in ARROWS.items() if S.CLOSED in to} - {
    S.PUBLISHED, S.UNPUBLISHED_BY_CHOICE, S.REVIEW_DUE, S.ITERATING,
}  # fmt: skip
BY = {
    S.SUBMITTED: {Mover.APPLICANT},
    S.SCREENED_OUT: {Mover.COMMITTEE, Mover.CHAIR},
    S.SCREENED_IN: {Mover.COMMITTEE, Mover.CHAIR},
    S.WORKSHOP_SCHEDULED: {Mover.FACILITATOR},
    S.WORKSHOP_HELD: {Mover.FACILITATOR},
    S.NOTES_CHECKED: {Mover.FACILITATOR, Mover.RAPPORTEUR},
    S.RESUBMITTED: {Mover.APPLICANT},
    S.PANEL_REVIEW: {Mover.FACILITATOR},
    S.QUERY: {Mover.COMMITTEE, Mover.CHAIR},
    S.RESPONSE: {Mover.APPLICANT, Mover.CHAIR},
    **{decision: {Mover.CHAIR} for decision in DECISIONS},
    S.ITERATING: {Mover.APPLICANT, Mover.FACILITATOR},
}


def _may_move(state: S, to: S) -> set[Mover]:
    dates = {Mover.FACILITATOR, Mover.CHAIR, Mover.PROGRAM}
    if to is S.CLOSED and state in WITHDRAWN_FROM:
        return {Mover.APPLICANT}
    if to is S.SYNTHESIS:
        return {Mover.FACILITATOR, Mover.APPLICANT} if state is S.NOTES_CHECKED else dates | {Mover.APPLICANT}
    if to is S.COMMITTEE_REVIEW:
        return {Mover.FACILITATOR, Mover.PROGRAM} if state is S.PANEL_REVIEW else {Mover.COMMITTEE, Mover.CHAIR}
    if to is S.REVIEW_DUE:
        return dates | {Mover.APPLICANT}
    return BY.get(to, dates)


def _holds(facts: Facts, to: S) -> list[tuple[str, bool]]:
    """Each sentence of the reference that guards `to`, told another way than in the rule."""
    heard = [
        ("panel_due_missing", facts.panel_due_at is not None),
        ("panel_review_open", facts.is_panel_heard or (facts.panel_due_at or NOW) <= NOW),
    ]
    aside = [("stood_aside", not facts.is_stood_aside)]
    decision = [
        *aside, *heard, ("scores_missing", facts.is_scored),
        ("points_unreasoned", facts.points_reasoned >= facts.points),
    ]  # fmt: skip
    grant = [*decision, ("window_missing", facts.has_window)]
    day_14 = facts.decided_at is not None and facts.decided_at + timedelta(days=14) <= NOW
    responded = [("response_window_open", facts.decided_at is not None and (day_14 or facts.has_responded))]
    granted = facts.outcome in GRANTS
    summary = [("summary_missing", facts.has_summary)]
    closing = []
    if to is S.CLOSED and facts.state not in WITHDRAWN_FROM and granted:
        closing = [
            ("review_first", facts.state is not S.PUBLISHED),
            ("access_still_open", facts.is_ended),
            ("lay_result_missing", facts.has_lay_result or facts.is_revoked),
        ]
    from_panel = facts.state is S.PANEL_REVIEW
    return {
        S.SUBMITTED: [("lead_missing", facts.has_lead), ("note_taker_missing", facts.has_note_taker), *summary],
        S.SCREENED_IN: [*aside, ("incomplete_stops", facts.is_screened_complete is True)],
        S.SCREENED_OUT: aside,
        S.WORKSHOP_SCHEDULED: [("workshop_date_missing", facts.workshop_at is not None)],
        S.WORKSHOP_HELD: [
            ("workshop_date_missing", facts.workshop_at is not None),
            ("workshop_not_yet", (facts.workshop_at or NOW) <= NOW),
        ],
        S.NOTES_CHECKED: [("panel_has_not_checked", facts.has_panel_checked)],
        S.SYNTHESIS: [("points_not_released", facts.are_points_released or facts.state is S.REVISE)],
        S.RESUBMITTED: [*summary, ("points_unanswered", facts.points_answered >= facts.points)],
        S.PANEL_REVIEW: [("panel_due_missing", facts.panel_due_at is not None)],
        S.COMMITTEE_REVIEW: [
            *heard, ("addendum_missing", facts.has_addendum), ("report_not_sent", facts.is_report_sent),
        ] if from_panel else [],
        S.QUERY: aside,
        S.RESPONSE: [*aside, ("query_still_open", Mover.APPLICANT in facts.movers or facts.is_query_overdue)],
        S.GRANTED: [*grant, ("conditions_present", facts.conditions == 0)],
        S.GRANTED_WITH_CONDITIONS: [
            *grant, ("conditions_missing", facts.conditions > 0), ("conditions_loose", facts.loose_conditions == 0),
        ],
        S.REVISE: decision,
        S.DECLINED: decision,
        S.PUBLISHED: [
            *responded,
            ("publication_not_wanted", granted or facts.wants_publication is True),
            ("contact_missing", facts.has_contact),
        ],
        S.UNPUBLISHED_BY_CHOICE: [
            *responded,
            ("publication_required", not granted),
            ("publication_wanted", facts.wants_publication is not True),
        ],
        S.REVIEW_DUE: [("no_grant_to_review", granted), ("review_not_due", facts.has_review_trigger)],
        S.CLOSED: closing,
        S.SUPERSEDED: [("successor_missing", facts.has_published_successor)],
    }.get(to, [])  # fmt: skip


def _no_arrow(state: S, to: S) -> str:
    before_notes = {S.DRAFT, S.SUBMITTED, S.SCREENED_IN, S.WORKSHOP_SCHEDULED, S.WORKSHOP_HELD}
    before_committee = before_notes | {S.NOTES_CHECKED, S.SYNTHESIS, S.RESUBMITTED, S.PANEL_REVIEW}
    if state in {S.SCREENED_OUT, S.SUPERSEDED, S.CLOSED}:
        return "application_final"
    if to is S.SYNTHESIS and state in before_notes:
        return "notes_not_checked"
    if to in DECISIONS and state in before_committee:
        return "panel_review_first"
    if to in DECISIONS and state is S.QUERY:
        return "query_open"
    if to in {S.PUBLISHED, S.UNPUBLISHED_BY_CHOICE} and state in DECISIONS:
        return "response_window_first"
    return "impossible_application_move"


def _expected(facts: Facts, to: S, why: str) -> str | None:
    if to not in ARROWS.get(facts.state, set()):
        return _no_arrow(facts.state, to)
    if not facts.movers & _may_move(facts.state, to):
        return "not_your_move"
    for code, holds in _holds(facts, to):
        if not holds:
            return code
    must_say = DECISIONS | {S.SCREENED_IN, S.SCREENED_OUT, S.QUERY, S.RESPONSE, S.CLOSED, S.REVIEW_DUE}
    return "move_why_missing" if to in must_say and not why.strip() else None


MOMENTS = st.sampled_from([None, NOW - timedelta(days=14), NOW - timedelta(days=13), NOW, NOW + timedelta(seconds=1)])
FLAGS = [name for name, kind in Facts.__annotations__.items() if kind in {bool, "bool"}]
MOSTLY = st.sampled_from([True, True, True, True, True, True, False])
HAPPENED = st.fixed_dictionaries({
    **{name: MOSTLY for name in FLAGS if name != "is_stood_aside"},
    "is_stood_aside": MOSTLY.map(lambda holds: not holds),
    "is_screened_complete": st.sampled_from([None, False, True, True, True]),
    "workshop_at": MOMENTS,
    "panel_due_at": MOMENTS,
    "points": st.sampled_from([0, 2]),
    "points_answered": st.sampled_from([1, 2, 2, 2]),
    "points_reasoned": st.sampled_from([1, 2, 2, 2]),
    "conditions": st.sampled_from([0, 1]),
    "loose_conditions": st.sampled_from([0, 0, 0, 1]),
    "wants_publication": st.sampled_from([None, False, True]),
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_on_every_random_walk_a_forbidden_move_is_refused_with_its_reason_and_an_allowed_one_passes(data):
    state, outcome, decided_at, walked = S.DRAFT, None, None, [S.DRAFT]
    for _ in range(data.draw(st.integers(1, 40))):
        happened = data.draw(HAPPENED)
        movers = data.draw(st.one_of(st.just(frozenset(Mover)), st.frozensets(st.sampled_from(list(Mover)))))
        why = data.draw(st.sampled_from(["Because.", "Because.", "Because.", "", " "]))
        along = sorted(ARROWS.get(state, ()))
        to = data.draw(st.sampled_from([*along, *along, *along, *S]))
        facts = Facts(state=state, movers=movers, outcome=outcome, decided_at=decided_at, **happened)
        refused = refused_code(lambda: check_move(facts, to, why=why, now=NOW))  # noqa: B023
        assert refused == _expected(facts, to, why), (facts, to)
        if refused is None:
            state = to
            walked.append(to)
            if to in DECISIONS:
                outcome, decided_at = to, data.draw(MOMENTS)
    if S.SYNTHESIS in walked:
        assert S.NOTES_CHECKED in walked[: walked.index(S.SYNTHESIS)]
    if GRANTS & set(walked):
        assert S.PANEL_REVIEW in walked
    if S.PUBLISHED in walked:
        assert S.RESPONSE_WINDOW in walked


@given(happened=HAPPENED, state=st.sampled_from(list(S)), movers=st.frozensets(st.sampled_from(list(Mover))))
def test_what_is_offered_is_just_what_is_accepted(happened, state, movers):
    facts = Facts(state=state, movers=movers, outcome=S.GRANTED, decided_at=NOW - timedelta(days=20), **happened)
    accepted = [to for to in S if refused_code(lambda to=to: check_move(facts, to, why="Because.", now=NOW)) is None]
    assert possible_moves(facts, NOW) == accepted


def test_the_table_of_moves_is_the_reference():
    assert {state: set(to) for state, to in MOVES.items()} == ARROWS


def test_no_state_but_the_final_ones_is_a_dead_end():
    past = NOW - timedelta(days=20)
    for conditions in (0, 1):
        for outcome in DECISIONS:
            ready = Facts(
                state=S.DRAFT, movers=frozenset(Mover), conditions=conditions, outcome=outcome, decided_at=past,
                workshop_at=past, panel_due_at=past, is_screened_complete=True,
                **{name: name != "is_stood_aside" for name in FLAGS},
            )  # fmt: skip
            for state in S:
                onward = possible_moves(replace(ready, state=state), NOW)
                assert bool(onward) == (state not in FINAL), state


def test_every_state_can_be_reached_from_the_draft():
    reached, waiting = {S.DRAFT}, [S.DRAFT]
    while waiting:
        for to in MOVES.get(waiting.pop(), {}):
            if to not in reached:
                reached.add(to)
                waiting.append(to)
    assert reached == set(S)


def every_code() -> set[str]:
    """The codes of all refusals that this module expects somewhere."""
    codes = {_no_arrow(state, to) for state in S for to in S}
    codes |= {code for to in S for code, _ in _holds(Facts(state=S.DRAFT), to)}
    codes |= {code for code, _ in _holds(Facts(state=S.PANEL_REVIEW), S.COMMITTEE_REVIEW)}
    codes |= {code for code, _ in _holds(Facts(state=S.PUBLISHED, outcome=S.GRANTED), S.CLOSED)}
    return codes | {"not_your_move", "move_why_missing", "move_why_too_long"}


def test_nobody_but_the_chair_decides():
    for mover in set(Mover) - {Mover.CHAIR}:
        for decision in DECISIONS:
            facts = Facts(state=S.COMMITTEE_REVIEW, movers=frozenset({mover}))
            with pytest.raises(RuleError, match="not_your_move"):
                check_move(facts, decision, why="Because.", now=NOW)


def test_thirteen_days_are_too_few_and_fourteen_are_enough_for_publication():
    facts = Facts(
        state=S.RESPONSE_WINDOW, movers=frozenset({Mover.PROGRAM}), outcome=S.GRANTED, decided_at=NOW, has_contact=True
    )
    early = NOW + timedelta(days=14) - timedelta(seconds=1)
    assert what_blocks(facts, S.PUBLISHED, early).code == "response_window_open"
    assert what_blocks(replace(facts, has_responded=True), S.PUBLISHED, early) is None
    assert what_blocks(facts, S.PUBLISHED, NOW + timedelta(days=14)) is None
