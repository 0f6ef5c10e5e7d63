"""Sessions: what is missing before one opens, and what keeps it from closing."""

import pytest

from deliberation.errors import RuleError
from deliberation.sessions import Readiness, check_session_move, missing_before_opening
from deliberation.stages import Move, StageState

READY = Readiness(stages=3, open_stages=0)


def test_a_session_with_stages_and_words_opens():
    assert check_session_move(Move.OPEN, StageState.PLANNED, READY, others_open=0) is StageState.OPEN
    assert missing_before_opening(READY) == []


@pytest.mark.parametrize(
    ("ready", "others", "code"),
    [
        (Readiness(0, 0), 0, "no_stages"),
        (Readiness(2, 0, ("case",)), 0, "material_missing"),
        (READY, 1, "another_session_is_open"),
    ],
)
def test_opening_is_refused_with_its_reason(ready, others, code):
    with pytest.raises(RuleError, match=code):
        check_session_move(Move.OPEN, StageState.PLANNED, ready, others_open=others)


def test_a_session_does_not_close_over_an_open_stage():
    with pytest.raises(RuleError, match="stages_still_open"):
        check_session_move(Move.CLOSE, StageState.OPEN, Readiness(3, 1), others_open=0)
    assert check_session_move(Move.CLOSE, StageState.OPEN, READY, others_open=0) is StageState.CLOSED


def test_a_planned_session_is_not_paused():
    with pytest.raises(RuleError, match="impossible_move"):
        check_session_move(Move.PAUSE, StageState.PLANNED, READY, others_open=0)
