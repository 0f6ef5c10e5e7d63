"""What is next: one thing at a time, always said."""

from hypothesis import given
from hypothesis import strategies as st

from deliberation.progress import Next, NextKind, StageView, what_is_next
from deliberation.stages import StageKind, StageState


def _stage(number: int, state: StageState, finished: bool = False) -> StageView:
    return StageView(number, StageKind.VOTE, state, finished)


ways = st.lists(st.tuples(st.sampled_from(StageState), st.booleans()), max_size=8).map(
    lambda pairs: [_stage(number, state, done) for number, (state, done) in enumerate(pairs, 1)]
)


def test_the_first_open_stage_that_is_not_finished_comes_first():
    way = [_stage(1, StageState.OPEN, True), _stage(2, StageState.OPEN), _stage(3, StageState.OPEN)]
    assert what_is_next(way) == Next(NextKind.DO, 2)


def test_a_closing_stage_can_still_be_done():
    assert what_is_next([_stage(1, StageState.CLOSING)]) == Next(NextKind.DO, 1)


def test_a_paused_stage_is_said_to_be_paused():
    way = [_stage(1, StageState.PAUSED), _stage(2, StageState.PLANNED)]
    assert what_is_next(way) == Next(NextKind.PAUSED, 1)


def test_a_planned_stage_is_waited_for():
    way = [_stage(1, StageState.CLOSED, True), _stage(2, StageState.PLANNED), _stage(3, StageState.PLANNED)]
    assert what_is_next(way) == Next(NextKind.WAIT, 2)


def test_the_end_comes_when_nothing_is_left_even_while_others_are_still_busy():
    assert what_is_next([_stage(1, StageState.OPEN, True)]) == Next(NextKind.FINISHED, None)
    assert what_is_next([]) == Next(NextKind.FINISHED, None)


@given(ways)
def test_there_is_always_exactly_one_thing_to_say(way):
    said = what_is_next(way)
    by_id = {stage.stage_id: stage for stage in way}
    assert (said.stage_id is None) == (said.kind is NextKind.FINISHED)
    if said.kind is NextKind.DO:
        assert by_id[said.stage_id].state in {StageState.OPEN, StageState.CLOSING}
        assert not by_id[said.stage_id].is_finished


@given(ways)
def test_nothing_that_can_be_done_is_ever_passed_over(way):
    doable = [s for s in way if s.state in {StageState.OPEN, StageState.CLOSING} and not s.is_finished]
    assert (what_is_next(way).kind is NextKind.DO) == bool(doable)
