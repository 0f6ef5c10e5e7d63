"""Resistance: what is flagged, what never is, and what changes without it."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.agreement import Counts, common_ground, count_all, figures
from analysis.frames import Tables, checked
from analysis.influence import capped_common_ground, influence, usual_votes
from analysis.matrix import opinion_matrix
from analysis.polis_export import read_polis_export
from analysis.resistance import Kind, Outline, compare, counted, flags, without
from analysis.same_answers import same_answers
from analysis.timing import arrivals, seconds_of, shown_by_gaps, too_fast
from bench.brigades import NEWCOMER, honest, measure, plant
from bench.simulated import simulate
from deliberation.sessions import DialogueMode
from tests.shared_data import CONVERSATIONS, shared_folder

BEGIN = 1_700_000_000.0
REAL_FLAGS = {
    "15-per-hour-seattle": (0, 105, 4),
    "bg2050-volunteers": (0, 22, 1),
    "brexit-consensus": (0, 0, 0),
    "canadian-electoral-reform": (0, 0, 5),
    "football-concussions": (3, 0, 73),
    "vtaiwan.uberx": (0, 156, 4),
}


def _tables(rows: np.ndarray, **columns: object) -> Tables:
    """People x statements of votes; NaN is not seen."""
    row, col = np.nonzero(~np.isnan(rows))
    votes = pd.DataFrame({"participant": row, "statement": col, "position": rows[row, col].astype(int)})
    statements = pd.DataFrame({"statement": np.arange(rows.shape[1]), "state": "approved"})
    return Tables(statements=statements, votes=votes.assign(**columns))


# The same answers


@pytest.mark.parametrize("groups", [1, 2, 3])
def test_nobody_is_flagged_in_honest_simulated_conversations(groups: int):
    for seed in range(5):
        flagged = flags(honest(people=300, statements=60, groups=groups, seed=seed, density=0.4))
        assert flagged.computed == frozenset(Kind)
        assert flagged.set_aside == frozenset()


@pytest.mark.parametrize("groups", [1, 2, 3])
def test_nobody_is_flagged_where_everybody_answers_every_one_of_twelve_statements(groups: int):
    for seed in range(5):
        tables = simulate(people=2_000, statements=12, groups=groups, density=50.0, seed=seed).tables
        assert same_answers(opinion_matrix(checked(tables))) == ()


def test_people_who_agree_with_everything_are_no_copies_where_many_do():
    rng = np.random.default_rng(3)
    rows = np.where(rng.random((400, 25)) < 0.99, 1.0, -1.0)
    assert same_answers(opinion_matrix(checked(_tables(rows)))) == ()


def test_a_planted_set_of_copies_is_found_whole_and_nobody_else():
    for seed in range(5):
        tables = plant(honest(seed=seed), kind="patient", seed=seed)
        flagged = flags(tables)
        (found,) = flagged.same_answers
        assert set(found.people) == {one for one in tables.votes["participant"] if one >= NEWCOMER}
        assert found.votes == 30
        assert found.chance < 0.01
        assert len(found.people) - 1 >= 10 * found.expected


def test_copies_of_fewer_than_ten_votes_are_left_alone():
    rng = np.random.default_rng(0)
    rows = rng.integers(-1, 2, (100, 9)).astype(float)
    rows[:20] = rows[0]
    assert same_answers(opinion_matrix(checked(_tables(rows)))) == ()


def test_equal_votes_on_other_statements_are_not_the_same_answers():
    rows = np.full((40, 80), np.nan)
    for i in range(40):
        rows[i, i : i + 30] = 1.0
    assert same_answers(opinion_matrix(checked(_tables(rows)))) == ()


def test_text_ids_and_the_order_of_rows_do_not_matter():
    tables = plant(honest(people=150, seed=4), kind="patient", seed=4)
    named = Tables(tables.statements, tables.votes.assign(participant="p" + tables.votes["participant"].astype(str)))
    shuffled = Tables(tables.statements, tables.votes.sample(frac=1, random_state=1))
    assert flags(shuffled) == flags(tables)
    assert flags(named).of(Kind.SAME_ANSWERS) == {f"p{one}" for one in flags(tables).of(Kind.SAME_ANSWERS)}


# Faster than reading


def test_votes_that_come_with_one_form_are_one_act_and_never_fast():
    rows = np.random.default_rng(0).integers(-1, 2, (50, 30)).astype(float)
    person = np.repeat(np.arange(50), 30)
    equal = _tables(rows, cast_at=((BEGIN + person * 900) * 1e9).astype(np.int64))
    nearly = _tables(rows, cast_at=((BEGIN + person * 900 + np.tile(np.arange(30), 50) * 0.01) * 1e9).astype(np.int64))
    assert flags(equal).fast == flags(nearly).fast == ()


def test_votes_of_the_list_are_not_timed_and_never_fast():
    rows = np.random.default_rng(0).integers(-1, 2, (50, 30)).astype(float)
    cast_at = ((BEGIN + np.repeat(np.arange(50), 30) * 900 + np.tile(np.arange(30), 50) * 0.2) * 1e9).astype(np.int64)
    tables = _tables(rows, cast_at=cast_at)
    assert len(flags(tables).fast) == 50
    assert flags(tables, shown_at=np.full(1500, np.nan)).fast == ()


@pytest.mark.parametrize(("words_a_second", "is_fast"), [(5, False), (8, False), (11, False), (13, True), (40, True)])
def test_the_fastest_speech_of_a_screen_reader_is_slower_than_the_limit(words_a_second: float, is_fast: bool):
    when = BEGIN + np.arange(1, 21) * 20 / words_a_second
    fast, timed, flagged = too_fast(
        np.zeros(20, dtype=int), np.arange(20), when, when - 20 / words_a_second, np.full(20, 20), 1
    )
    assert timed[0] == 20
    assert bool(flagged[0]) is is_fast
    assert fast[0] == (20 if is_fast else 0)


def test_nine_fast_votes_or_fewer_than_half_are_no_flag():
    when = BEGIN + np.cumsum(np.r_[np.full(10, 0.1), np.full(11, 9.0)])
    shown = np.r_[BEGIN, when[:-1]]
    whole = too_fast(np.zeros(21, dtype=int), np.arange(21), when, shown, np.full(21, 10), 1)
    assert (int(whole[0][0]), int(whole[1][0]), bool(whole[2][0])) == (10, 21, False)
    nine = too_fast(np.zeros(9, dtype=int), np.arange(9), when[:9], shown[:9], np.full(9, 10), 1)
    assert (int(nine[0][0]), bool(nine[2][0])) == (9, False)


def test_changing_a_vote_quickly_is_not_fast_for_it_was_read():
    statement = np.repeat(np.arange(20), 2)
    when = BEGIN + np.repeat(np.arange(20) * 9.0, 2) + np.tile([9.0, 9.1], 20)
    shown = shown_by_gaps(np.zeros(40, dtype=int), when)
    fast, timed, flagged = too_fast(np.zeros(40, dtype=int), statement, when, shown, np.full(20, 10), 1)
    assert (int(fast[0]), int(timed[0]), bool(flagged[0])) == (0, 19, False)


# Arriving together


def test_a_burst_is_found_and_steady_arrivals_are_none():
    steady = BEGIN + np.arange(500) * 1800.0
    assert arrivals(steady) == []
    burst = np.r_[steady, BEGIN + 400_123 + np.arange(40) * 1.0]
    (window,) = arrivals(burst)
    assert set(range(500, 540)) <= set(window.people)
    assert len(window.people) <= 41


def test_a_launch_that_ebbs_away_is_no_burst():
    rng = np.random.default_rng(0)
    for seconds in (3_600, 7_200, 86_400):
        assert arrivals(BEGIN + np.sort(rng.exponential(seconds, 800))) == []


def test_people_who_come_when_a_session_opens_are_expected():
    times = np.r_[BEGIN + np.arange(100) * 3600.0, BEGIN + 180_000 + np.arange(50) * 2.0]
    assert len(arrivals(times)) == 1
    assert arrivals(times, openings=[BEGIN + 179_900]) == []


def test_bursts_do_not_depend_on_the_order_of_people():
    rng = np.random.default_rng(5)
    times = np.r_[BEGIN + np.arange(300) * 3600.0, BEGIN + 180_000 + np.arange(50) * 2.0]
    order = rng.permutation(len(times))
    (one,), (other,) = arrivals(times), arrivals(times[order])
    assert sorted(order[list(other.people)]) == list(one.people)


# What is known of time, and modes


def test_numbers_that_are_no_times_are_told_from_times():
    assert seconds_of(np.array([], dtype=np.int64)) is None
    assert seconds_of(np.zeros(5, dtype=np.int64)) is None
    assert seconds_of(np.arange(5_000)) is None
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        times = seconds_of((np.arange(3) + 1_700_000_000) * unit)
        assert times is not None
        np.testing.assert_allclose(times, BEGIN + np.arange(3))


def test_without_times_only_the_same_answers_are_looked_for():
    tables = simulate(people=60, statements=30).tables
    assert flags(tables).computed == {Kind.SAME_ANSWERS}


def test_in_a_panel_speed_and_bursts_are_not_looked_for():
    tables = plant(honest(people=400, seed=1), kind="hurried", seed=1)
    assert flags(tables).fast
    assert flags(tables).together
    panel = flags(tables, mode=DialogueMode.PANEL)
    assert panel.computed == {Kind.SAME_ANSWERS}
    assert (panel.fast, panel.together) == ((), ())
    assert panel.same_answers == flags(tables).same_answers


@pytest.mark.parametrize("rows", [np.zeros((0, 3)), np.ones((1, 1)), np.ones((1, 30)), np.zeros((3, 12))])
def test_small_and_empty_conversations_have_flags_too(rows: np.ndarray):
    tables = _tables(rows)
    flagged = flags(tables)
    assert flagged.people == len(rows)
    assert compare(counted(opinion_matrix(checked(tables))), counted(opinion_matrix(checked(tables)))).is_equal


# With and without


def test_nothing_is_removed_from_the_tables_that_came_in():
    tables = plant(honest(people=200, seed=2), seed=2)
    before = tables.votes.copy()
    flagged = flags(tables)
    rest = without(tables, flagged)
    pd.testing.assert_frame_equal(tables.votes, before)
    assert set(rest.votes["participant"]) == set(before["participant"]) - flagged.set_aside
    assert len(rest.statements) == len(tables.statements)


def test_of_people_with_the_same_answers_one_stays():
    tables = plant(honest(people=200, seed=2), kind="patient", seed=2)
    flagged = flags(tables)
    (found,) = flagged.same_answers
    assert flagged.set_aside == set(found.people[1:])
    assert found.people[0] in set(without(tables, flagged).votes["participant"])


def test_a_comparison_names_what_moves_enters_and_leaves():
    one = Outline(10, 30, {"a": (8, 1, 10), "b": (5, 5, 10), "c": (1, 9, 10)}, ("a",), ("c",), "groups", 2)
    other = Outline(8, 24, {"a": (8, 0, 8), "b": (4, 4, 8), "c": (1, 7, 8)}, ("a", "b"), (), "one_group", 1)
    found = compare(one, other)
    assert [moved.statement for moved in found.moved] == ["a"]
    assert (found.entered, found.left, found.is_equal) == (("b",), ("c",), False)
    assert compare(one, one).is_equal


def test_once_flagged_copies_are_set_aside_the_top_ten_is_back():
    found = measure(seeds=3, kinds=("hurried", "patient"), real=False)["simulated"]
    for kind in ("hurried", "patient"):
        assert found[kind]["left_median"] >= 4
        assert found[kind]["left_without_worst"] <= 1
        assert found[kind]["bound_held"] == 1.0


# How far identical voters reach


def test_the_bound_on_influence_holds_for_every_way_a_brigade_could_vote():
    rng = np.random.default_rng(11)
    for _ in range(8):
        rows = np.where(rng.random((30, 5)) < rng.random(5), 1.0, -1.0)
        rows[rng.random(rows.shape) < 0.2] = np.nan
        matrix = opinion_matrix(checked(_tables(rows)))
        bound, alone = influence(matrix, 2, pick=2), count_all(matrix)
        reach = np.array(list(bound.reach.values()))
        worst = 0
        for ballot in product((1, -1, 0, None), repeat=5):
            agree, disagree, seen = (
                2 * np.array([[one in kinds for one in ballot]]) for kinds in ((1,), (-1,), (1, -1, 0))
            )
            more = Counts(alone.agree + agree, alone.disagree + disagree, alone.seen + seen)
            now = {one.column for one in common_ground(figures(more), matrix.left_out, pick=2)[0]}
            assert set(bound.sure) <= now
            worst = max(worst, len(set(bound.listed) - now))
            moved = more.agree[0] / more.seen[0] - alone.agree[0] / alone.seen[0]
            assert (np.abs(moved) <= reach + 1e-12).all()
        assert worst <= bound.may_leave


def test_with_a_cap_above_everybody_the_list_is_the_plain_one():
    matrix = opinion_matrix(checked(honest(people=200, seed=3)))
    plain = common_ground(figures(count_all(matrix)), matrix.left_out, pick=10)[0]
    capped = capped_common_ground(matrix, cap=10_000)
    assert [one.column for one in capped] == [one.column for one in plain]
    np.testing.assert_allclose([one.score for one in capped], [one.score for one in plain], rtol=1e-12)


def test_a_cap_takes_most_of_its_force_from_a_brigade_that_votes_on_everything():
    for seed in range(4):
        before = honest(seed=seed)
        matrices = [opinion_matrix(checked(one)) for one in (before, plant(before, kind="varied", seed=seed, known=80))]
        plain, capped = (
            [{one.column for one in listed(matrix)} for matrix in matrices]
            for listed in (lambda m: capped_common_ground(m, cap=10_000), capped_common_ground)
        )
        assert len(plain[0] - plain[1]) >= 5
        assert len(capped[0] - capped[1]) <= 2
        assert len(plain[0] - capped[0]) <= 1
    assert usual_votes(opinion_matrix(checked(_tables(np.zeros((0, 3)))))) == 0.0


# Real conversations


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_flags_in_real_conversations_are_the_published_numbers(name: str):
    tables = read_polis_export(shared_folder(f"opinion/{name}")).tables
    flagged = flags(tables)
    assert tuple(len(flagged.of(kind)) for kind in Kind) == REAL_FLAGS[name]
