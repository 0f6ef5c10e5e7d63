"""The panel's record: silence is never yes, objections do not go under, and every point gets an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deliberation.errors import RuleError
from deliberation.panel import (
    ChangeKind,
    Prompt,
    Tally,
    Verdict,
    WorkshopPart,
    check_answer,
    check_checked,
    check_part,
    check_point,
    check_releasable,
    check_review_open,
    check_review_over,
    check_verdict,
    is_checked,
    missing_parts,
    needed,
    shown_bands,
    shown_count,
)
from tests.deliberation.refusals import refused_code

NOW = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    panel = draw(st.integers(0, 14))
    said = [draw(st.sampled_from(["right", "open", "kept", "silent"])) for _ in range(panel)]
    return Tally(panel, said.count("right"), said.count("open"), said.count("kept"))


DUES = st.sampled_from([None, BEFORE, NOW, AFTER])


@given(tallies(), DUES)
def test_whatever_the_panel_says_nothing_is_checked_with_an_open_objection_or_by_silence(tally: Tally, due: datetime):
    if is_checked(tally, due=due, now=NOW):
        assert tally.open == 0
        assert tally.right >= 1
        assert 2 * tally.right > tally.checked
        assert 2 * tally.checked >= tally.panel or (due is not None and due <= NOW and tally.kept == 0)


@given(tallies(), DUES)
def test_one_more_yes_never_unchecks_and_one_more_objection_never_checks(tally: Tally, due: datetime):
    assume(tally.checked < tally.panel)
    more = Tally(tally.panel, tally.right + 1, tally.open, tally.kept)
    assert not is_checked(more, due=due, now=NOW) or more.open == 0
    if is_checked(tally, due=due, now=NOW):
        assert is_checked(more, due=due, now=NOW)
    assert not is_checked(Tally(tally.panel, tally.right, tally.open + 1, tally.kept), due=due, now=NOW)


@given(tallies(), DUES)
def test_the_deadline_alone_changes_nothing_where_nobody_has_looked(tally: Tally, due: datetime):
    silent = Tally(tally.panel)
    assert refused_code(lambda: check_checked(silent, due=due, now=NOW)) == "check_too_few"


@given(st.lists(tallies(), max_size=5), DUES)
def test_points_go_out_together_or_not_at_all(said: list[Tally], due: datetime):
    points = dict(enumerate(said, 1))
    refused = refused_code(lambda: check_releasable(points, due=due, now=NOW))
    every = bool(points) and all(is_checked(one, due=due, now=NOW) for one in said)
    assert (refused is None) == every


def test_half_of_ten_is_enough_and_four_are_too_few():
    check_checked(Tally(10, right=5), due=None, now=NOW)
    with pytest.raises(RuleError) as refusal:
        check_checked(Tally(10, right=4), due=AFTER, now=NOW)
    assert refusal.value.facts == {"checked": 4, "panel": 10, "needed": 5}
    assert needed(9) == 5


def test_after_the_deadline_a_few_are_enough_if_all_of_them_agree():
    check_checked(Tally(10, right=2), due=BEFORE, now=NOW)
    assert refused_code(lambda: check_checked(Tally(10, right=2, kept=1), due=BEFORE, now=NOW)) == "check_disputed"


def test_a_rapporteur_cannot_keep_everybodys_objection_as_dissent_and_go_on():
    assert refused_code(lambda: check_checked(Tally(10, right=3, kept=3), due=AFTER, now=NOW)) == "check_disputed"
    check_checked(Tally(10, right=4, kept=3), due=AFTER, now=NOW)


def test_a_release_without_points_is_refused_and_one_names_what_is_unchecked():
    assert refused_code(lambda: check_releasable({}, due=None, now=NOW)) == "points_missing"
    with pytest.raises(RuleError) as refusal:
        check_releasable({1: Tally(10, right=6), 2: Tally(10), 3: Tally(10, right=9, open=1)}, due=BEFORE, now=NOW)
    assert refusal.value.facts == {"points": "P2, P3"}


def test_nearly_needs_words_and_not_what_we_said_does_not():
    assert refused_code(lambda: check_verdict(Verdict.NEARLY, "  ")) == "change_missing"
    check_verdict(Verdict.NOT_SAID, "")


def test_a_point_answers_a_prompt():
    assert refused_code(lambda: check_point([])) == "prompt_missing"
    check_point([Prompt.RISKS])


@pytest.mark.parametrize("part", WorkshopPart)
def test_who_comes_from_the_applicants_organisation_declares_it_and_never_writes_the_record(part: WorkshopPart):
    check_part(part, is_from_applicant=False, interest="")
    declared = refused_code(lambda: check_part(part, is_from_applicant=True, interest="Works in the same trust"))
    silent = refused_code(lambda: check_part(part, is_from_applicant=True, interest=" "))
    if part in {WorkshopPart.FACILITATOR, WorkshopPart.DEVELOPER}:
        assert (declared, silent) == (None, "interest_missing")
    else:
        assert (declared, silent) == ("must_be_independent", "must_be_independent")


def test_a_clinical_friend_is_ideal_and_never_required():
    parts = [part for part in WorkshopPart if part is not WorkshopPart.CLINICAL_FRIEND]
    assert missing_parts(parts) == []
    assert missing_parts([]) == parts


def test_each_point_is_answered_with_a_place_or_a_reason():
    assert refused_code(lambda: check_answer(ChangeKind.CHANGED, place="", reason="")) == "place_missing"
    assert refused_code(lambda: check_answer(ChangeKind.NOT_CHANGED, place="x", reason=" ")) == "why_missing"
    check_answer(ChangeKind.CHANGED, place="harms", reason="")


def test_an_addendum_waits_for_the_whole_panel_or_the_deadline():
    check_review_over(panel=10, reviewers=10, due=AFTER, now=NOW)
    check_review_over(panel=10, reviewers=0, due=BEFORE, now=NOW)
    assert refused_code(lambda: check_review_over(panel=10, reviewers=9, due=AFTER, now=NOW)) == "review_running"
    assert refused_code(lambda: check_review_over(panel=0, reviewers=0, due=None, now=NOW)) == "review_running"
    assert refused_code(lambda: check_review_open(NOW, NOW)) == "review_closed"


def test_small_counts_of_a_split_are_hidden():
    assert [shown_count(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]


@given(st.lists(st.integers(0, 14), min_size=2, max_size=6))
def test_no_count_that_is_kept_back_can_be_reckoned_from_the_size_of_the_panel(counts: list[int]):
    shown = shown_bands(counts)
    assert shown.count(None) != 1
    assert all(one is None or one == count for one, count in zip(shown, counts, strict=True))
    assert all(one is None for one, count in zip(shown, counts, strict=True) if 0 < count < 5)


def test_bands_with_large_counts_are_all_shown():
    assert shown_bands([6, 5, 0]) == [6, 5, 0]
    assert shown_bands([6, 3]) == [None, None]
    assert shown_bands([9, 5, 1, 0]) == [9, None, None, 0]
