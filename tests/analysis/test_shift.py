"""Change of mind: what is paired, what the tests say, against brute force and independent implementations."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.frames import TableError
from analysis.shift import Pairs, pairs_between, shift_interval_by_tables, shifts

COLUMNS = ["participant", "statement", "position", "cast_at"]
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def history(*rows: tuple[object, ...], undone: list[object] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=COLUMNS)
    return frame if undone is None else frame.assign(undone_at=undone)


def asked_twice(before: np.ndarray, after: np.ndarray) -> pd.DataFrame:
    """Everybody votes on every statement at 1 and again at 3; both arrays are people x statements."""
    person, statement = (axis.ravel() for axis in np.indices(before.shape))
    waves = [
        pd.DataFrame({"participant": person, "statement": statement, "position": wave.ravel(), "cast_at": moment})
        for wave, moment in ((before, 1), (after, 3))
    ]
    return pd.concat(waves, ignore_index=True)


# What is paired


def test_the_table_holds_each_person_who_voted_again_once():
    events = history((1, 7, -1, 1), (1, 7, 1, 3), (2, 7, 1, 1), (2, 7, 1, 3), (3, 7, 0, 1), (3, 7, 1, 2), (3, 7, -1, 3))
    found = shifts(pairs_between(events, 1, 3))
    assert found.statements == (7,)
    assert found.table[0].tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1]]
    assert (found.towards[0], found.away[0], found.same[0]) == (1, 1, 1)
    assert (found.compared[0], found.changed[0]) == (3, 2)


def test_somebody_who_never_voted_again_is_compared_only_when_asked_for():
    events = history((1, 7, 1, 1), (2, 7, -1, 1), (2, 7, 1, 3))
    pairs = pairs_between(events, 1, 3)
    assert shifts(pairs).compared.tolist() == [1]
    assert shifts(pairs, recast=False).compared.tolist() == [2]
    assert shifts(pairs, recast=False).same.tolist() == [1]


def test_a_vote_cast_at_the_moment_itself_is_in_force():
    pairs = pairs_between(history((1, 7, -1, 5), (1, 7, 1, 9)), 5, 9)
    assert (pairs.before.tolist(), pairs.after.tolist(), pairs.again.tolist()) == ([-1], [1], [True])


def test_votes_after_the_second_moment_are_not_read():
    found = shifts(pairs_between(history((1, 7, -1, 1), (1, 7, 0, 3), (1, 7, 1, 9)), 1, 5))
    assert found.table[0].tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]


def test_of_votes_at_the_same_time_the_later_in_the_log_counts():
    pairs = pairs_between(history((1, 7, -1, 1), (1, 7, 0, 1), (1, 7, 1, 3), (1, 7, -1, 3)), 1, 3)
    assert (pairs.before.tolist(), pairs.after.tolist()) == ([0], [-1])


def test_the_order_of_rows_in_the_table_does_not_matter_where_times_differ():
    rng = np.random.default_rng(2)
    before, after = rng.integers(-1, 2, (20, 5)), rng.integers(-1, 2, (20, 5))
    events = asked_twice(before, after)
    shuffled = shifts(pairs_between(events.sample(frac=1, random_state=1), 1, 3))
    np.testing.assert_array_equal(shuffled.table, shifts(pairs_between(events, 1, 3)).table)


def test_an_undone_vote_counts_until_then_and_the_earlier_one_from_then_on():
    events = history((1, 7, -1, 1), (1, 7, 1, 2), undone=[None, 4])
    assert pairs_between(events, 3, 5).before.tolist() == [1]
    assert pairs_between(events, 3, 5).after.tolist() == [-1]
    assert pairs_between(events, 3, 5).again.tolist() == [False]
    assert pairs_between(events, 1, 3).again.tolist() == [True]


def test_a_vote_undone_at_the_moment_itself_counts_no_more():
    assert pairs_between(history((1, 7, -1, 1), (1, 7, 1, 2), undone=[None, 3]), 3, 5).before.tolist() == [-1]


def test_a_person_whose_only_vote_was_undone_has_no_vote_after():
    found = shifts(pairs_between(history((1, 7, 1, 1), undone=[2]), 1, 3))
    assert (found.compared[0], found.before_only[0]) == (0, 1)


def test_dates_with_zones_are_compared_as_moments():
    events = history((1, 7, -1, NOW), (1, 7, 1, NOW + timedelta(hours=2)))
    london = (NOW + timedelta(hours=1)).astimezone(None)
    assert pairs_between(events, london, NOW + timedelta(days=1)).again.tolist() == [True]
    undone = events.assign(undone_at=pd.Series([None, NOW + timedelta(hours=3)], dtype=object))
    assert pairs_between(undone, london, NOW + timedelta(days=1)).after.tolist() == [-1]


def test_a_date_without_a_zone_is_read_as_utc():
    events = history((1, 7, -1, NOW), (1, 7, 1, NOW + timedelta(hours=2)))
    assert pairs_between(events, NOW.replace(tzinfo=None), NOW + timedelta(days=1)).before.tolist() == [-1]


def test_pairs_equal_a_brute_force_walk_through_the_log():
    rng = np.random.default_rng(11)
    size = 400
    events = pd.DataFrame(
        {
            "participant": rng.integers(0, 12, size),
            "statement": rng.integers(0, 6, size),
            "position": rng.integers(-1, 2, size),
            "cast_at": rng.integers(0, 100, size),
        }
    )
    undone = np.where(rng.random(size) < 0.2, events["cast_at"] + rng.integers(0, 30, size), np.nan)
    found = pairs_between(events.assign(undone_at=undone), 40, 80)
    wanted: dict[tuple[int, int], list[tuple[int, int, int] | None]] = {}
    for place, moment in enumerate((40, 80)):
        for number, (person, statement, position, cast_at) in enumerate(events.itertuples(index=False)):
            if cast_at > moment or undone[number] <= moment:
                continue
            slot = wanted.setdefault((person, statement), [None, None])
            best = slot[place]
            if best is None or (cast_at, number) >= (best[0], best[1]):
                slot[place] = (cast_at, number, position)
    assert len(found.row) == len(wanted)
    for place, (row, col) in enumerate(zip(found.row, found.col, strict=True)):
        before, after = wanted[found.participants[row], found.statements[col]]
        assert found.had_before[place] == (before is not None)
        assert found.had_after[place] == (after is not None)
        assert before is None or before[2] == found.before[place]
        assert after is None or after[2] == found.after[place]
        assert found.again[place] == (before is not None and after is not None and after[0] > 40)


@pytest.mark.parametrize(("first", "second"), [(3, 3), (5, 3)])
def test_moments_that_do_not_follow_each_other_are_refused(first: int, second: int):
    with pytest.raises(TableError) as refused:
        pairs_between(history((1, 7, 1, 1)), first, second)
    assert refused.value.code == "moments_out_of_order"


def test_a_history_without_times_is_refused():
    with pytest.raises(TableError) as refused:
        pairs_between(history((1, 7, 1, 1)).drop(columns="cast_at"), 1, 3)
    assert refused.value.code == "no_times"


def test_an_unreadable_time_of_undoing_is_refused():
    with pytest.raises(TableError) as refused:
        pairs_between(history((1, 7, 1, 1), undone=["teatime"]), 1, 3)
    assert refused.value.code == "bad_time"


# Who is missing


def test_attrition_says_who_did_not_vote_again_and_how_they_had_voted():
    events = history((1, 7, 1, 1), (1, 7, 1, 3), (2, 7, -1, 1), (3, 7, 0, 1), (4, 7, 1, 2), (5, 7, 1, 9))
    found = shifts(pairs_between(events, 1, 3))
    assert (found.before_only[0], found.after_only[0], found.both[0]) == (2, 1, 1)
    assert found.left_before[0].tolist() == [1, 1, 0]
    assert found.stayed_before[0].tolist() == [0, 0, 1]


def test_attrition_is_the_same_whichever_comparison_is_shown():
    pairs = pairs_between(history((1, 7, 1, 1), (2, 7, -1, 1), (2, 7, 1, 3)), 1, 3)
    assert shifts(pairs, recast=False).before_only.tolist() == shifts(pairs).before_only.tolist() == [1]


# Tests and intervals against oracles


def test_the_mean_shift_and_its_interval_are_those_of_the_paired_t_test():
    rng = np.random.default_rng(3)
    before, after = rng.integers(-1, 2, (23, 4)), rng.integers(-1, 2, (23, 4))
    found = shifts(pairs_between(asked_twice(before, after), 1, 3))
    for place in range(4):
        test = stats.ttest_rel(after[:, place], before[:, place])
        low, high = test.confidence_interval(0.95)
        moved = after[:, place] - before[:, place]
        assert found.mean[place] == pytest.approx(moved.mean())
        assert (found.low[place], found.high[place]) == (pytest.approx(low), pytest.approx(high))
        assert found.effect[place] == pytest.approx(moved.mean() / moved.std(ddof=1))


def test_q_values_never_lie_under_their_p_and_keep_their_order():
    rng = np.random.default_rng(4)
    found = shifts(pairs_between(asked_twice(rng.integers(-1, 2, (30, 40)), rng.integers(-1, 2, (30, 40))), 1, 3))
    assert (found.mcnemar_q >= found.mcnemar_p - 1e-12).all()
    by_p = found.homogeneity_q[np.argsort(found.homogeneity_p)]
    assert all(one <= other + 1e-12 for one, other in pairwise(by_p))


# Planted shifts, and none


def two_waves(people: int, statements: int, seed: int, moved: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Correlated answers with equal shares before and after; then `moved` of those not agreeing come to agree."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([2, 1, 3], size=statements).cumsum(axis=1)
    first, fresh = ((rng.random((people, statements, 1)) > shares[None]).sum(axis=2).clip(0, 2) - 1 for _ in range(2))
    second = np.where(rng.random((people, statements)) < 0.5, first, fresh)
    return first, np.where(rng.random((people, statements)) < moved, 1, second)


def test_a_planted_shift_is_found_and_measured():
    before, after = two_waves(200, 60, seed=1)
    after[:, :10] = two_waves(200, 60, seed=1, moved=0.5)[1][:, :10]
    found = shifts(pairs_between(asked_twice(before, after), 1, 3))
    planted = np.arange(60) < 10
    open_to_it = planted & ((before < 1).mean(axis=0) > 0.3)
    assert (found.mcnemar_q[open_to_it] < 0.05).all()
    assert open_to_it.sum() >= 5
    assert (found.mcnemar_q[~planted] < 0.05).sum() <= 2
    np.testing.assert_allclose(found.mean, (after - before).mean(axis=0))
    assert (found.towards[open_to_it] > found.away[open_to_it]).all()


@pytest.mark.parametrize("people", [12, 40, 300])
def test_without_a_shift_the_tests_are_wrong_no_more_often_than_they_say(people: int):
    """2,000 statements: a nominal 5 % may show 6.2 % by chance once in a hundred."""
    found = shifts(pairs_between(asked_twice(*two_waves(people, 2000, seed=people)), 1, 3))
    assert (found.mcnemar_p <= 0.05).mean() <= 0.062
    assert (found.homogeneity_p <= 0.05).mean() <= 0.062
    inside = (found.low <= 0) & (found.high >= 0)
    assert 0.935 <= inside[~np.isnan(found.low)].mean() <= 0.99
    assert (found.mcnemar_q < 0.05).sum() <= 2


def test_stuart_maxwell_reaches_its_nominal_level_where_many_moved():
    found = shifts(pairs_between(asked_twice(*two_waves(300, 3000, seed=8)), 1, 3))
    moves = found.table + found.table.transpose(0, 2, 1)
    many = np.minimum(np.minimum(moves[:, 0, 1], moves[:, 0, 2]), moves[:, 1, 2]) >= 20
    assert many.sum() > 400
    assert 0.035 <= (found.homogeneity_p[many] <= 0.05).mean() <= 0.065


# Edges


def test_no_votes_at_all_give_empty_figures():
    found = shifts(pairs_between(history(), 1, 3))
    assert found.statements == ()
    assert found.table.shape == (0, 3, 3)
    assert found.left_before.shape == (0, 3)
    assert len(found.mcnemar_q) == 0


def test_where_nobody_is_paired_nothing_is_claimed():
    found = shifts(pairs_between(history((1, 7, 1, 1), (2, 7, -1, 2)), 1, 3))
    assert (found.compared[0], found.before_only[0], found.after_only[0]) == (0, 1, 1)
    for figure in (found.mean, found.low, found.effect, found.changed_low, found.mcnemar_p, found.homogeneity_q):
        assert np.isnan(figure[0])


def test_where_everybody_stays_the_shift_is_nought_without_a_false_certainty():
    events = asked_twice(np.ones((12, 1), int), np.ones((12, 1), int))
    found = shifts(pairs_between(events, 1, 3))
    assert (found.mean[0], found.changed[0], found.mcnemar_p[0], found.homogeneity_p[0]) == (0, 0, 1, 1)
    assert np.isnan(found.low[0])
    assert np.isnan(found.effect[0])
    assert found.changed_high[0] == pytest.approx(1 - 0.025 ** (1 / 12))


def test_where_everybody_moves_alike_there_is_no_interval_of_the_mean():
    found = shifts(pairs_between(asked_twice(-np.ones((12, 1), int), np.ones((12, 1), int)), 1, 3))
    assert found.mean[0] == 2
    assert np.isnan(found.low[0])
    assert found.mcnemar_p[0] == pytest.approx(2 * 0.5**12)


def test_one_person_has_a_shift_and_no_interval():
    found = shifts(pairs_between(history((1, 7, -1, 1), (1, 7, 1, 3)), 1, 3))
    assert found.mean[0] == 2
    assert np.isnan(found.low[0])
    assert found.mcnemar_p[0] == 1


def test_ids_may_be_texts_and_come_sorted():
    found = shifts(pairs_between(history(("p2", "b", 1, 1), ("p2", "a", 1, 1), ("p2", "a", 0, 3)), 1, 3))
    assert found.statements == ("a", "b")
    assert found.compared.tolist() == [1, 0]


# Whole tables


def seated(people: int, statements: int, seed: int, shared: float, table: int = 6) -> tuple[Pairs, dict[int, int]]:
    """No shift on average, but people at one table move together as far as `shared` says."""
    rng = np.random.default_rng(seed)
    seats = np.arange(people) // table
    before = rng.integers(-1, 2, (people, statements))
    push = rng.normal(size=(people, statements)) * 0.6 + (rng.normal(size=(seats[-1] + 1, statements)) * shared)[seats]
    after = np.clip(np.round(before + push), -1, 1).astype(int)
    return pairs_between(asked_twice(before, after), 1, 3), dict(enumerate(seats.tolist()))


@pytest.mark.parametrize("shared", [0.0, 0.4])
def test_intervals_by_tables_cover_nought_where_tables_move_together_without_a_shift(shared: float):
    pairs, seats = seated(42, 500, seed=6, shared=shared)
    found = shift_interval_by_tables(pairs, seats, seed=1, resamples=400)
    assert 0.92 <= ((found.low <= 0) & (found.high >= 0)).mean() <= 0.98
    assert (found.tables == 7).all()


def test_intervals_that_forget_the_tables_would_be_too_narrow():
    pairs, seats = seated(42, 500, seed=6, shared=0.8)
    plain = shifts(pairs)
    by_tables = shift_interval_by_tables(pairs, seats, seed=1, resamples=400)
    forgetful = ((plain.low <= 0) & (plain.high >= 0)).mean()
    assert forgetful < 0.85 < ((by_tables.low <= 0) & (by_tables.high >= 0)).mean()


def test_with_tables_of_one_size_the_interval_is_the_t_interval_of_their_means():
    pairs, seats = seated(30, 8, seed=6, shared=0.4)
    found = shift_interval_by_tables(pairs, seats, seed=1, resamples=20_000)
    moved = (pairs.after - pairs.before).reshape(30, 8)
    means = moved.reshape(5, 6, 8).mean(axis=1)
    for place in range(8):
        low, high = stats.ttest_1samp(means[:, place], 0).confidence_interval(0.95)
        assert found.low[place] == pytest.approx(max(low, -2), abs=0.03 * (high - low))
        assert found.high[place] == pytest.approx(min(high, 2), abs=0.03 * (high - low))


def test_intervals_by_tables_are_repeatable_and_move_with_the_seed():
    pairs, seats = seated(42, 20, seed=6, shared=0.2)
    first, again, other = (shift_interval_by_tables(pairs, seats, seed=seed, resamples=200) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.low, again.low)
    assert (first.low != other.low).any()


def test_two_tables_are_too_few_for_an_interval():
    pairs, seats = seated(12, 5, seed=6, shared=0.2)
    found = shift_interval_by_tables(pairs, seats, seed=1)
    assert (found.tables == 2).all()
    assert np.isnan(found.low).all()


def test_somebody_without_a_table_counts_as_a_table_of_their_own():
    pairs, seats = seated(18, 5, seed=6, shared=0.2)
    del seats[0]
    assert (shift_interval_by_tables(pairs, seats, seed=1, resamples=50).tables == 4).all()
