"""Edge cases of the analysis: each small input gives an honest answer and no warning."""

import numpy as np
import pandas as pd
import pytest

from analysis.agreement import Counts, figures, representative
from analysis.frames import TableError, Tables, checked
from analysis.groups import eligible
from analysis.matrix import opinion_matrix
from analysis.pipeline import analyse
from analysis.results import Settings
from analysis.snapshot import canonical_json
from tests.analysis.builders import planted, statements, tables, votes

QUICK = Settings(permutations=9, level=0.1, starts=4)


def test_no_votes_give_no_groups_and_counts_of_zero() -> None:
    result = analyse(Tables(statements=statements([1, 2])))
    assert (result.verdict, result.groups, result.participants) == ("too_few", (), ())
    assert [(one.seen, one.group_aware_consensus) for one in result.statements] == [(0, None), (0, None)]
    assert result.excluded.without_votes == (1, 2)


def test_no_statements_at_all_are_an_empty_answer() -> None:
    result = analyse(Tables(statements=statements([])))
    assert (result.statements, result.verdict) == ((), "too_few")


def test_one_person_is_too_few() -> None:
    result = analyse(tables([(1, 1, 1), (1, 2, -1)], [1, 2]))
    assert result.verdict == "too_few"
    assert [(one.label, one.size) for one in result.groups] == [("A", 1)]


def test_one_statement_has_one_axis_and_nobody_is_lost() -> None:
    result = analyse(tables([(i, 1, 1 if i % 2 else -1) for i in range(40)], [1]), QUICK)
    assert result.structure.share[1] == 0.0
    assert sum(one.size for one in result.groups) == 40


def test_all_passes_leave_no_axis() -> None:
    result = analyse(tables([(i, j, 0) for i in range(20) for j in range(8)], range(8)), QUICK)
    assert (result.verdict, result.structure.share) == ("one_group", (0.0, 0.0))
    assert all(one.passed == 20 for one in result.statements)


def test_identical_votes_are_one_group_without_an_axis() -> None:
    result = analyse(tables([(i, j, 1) for i in range(20) for j in range(8)], range(8)), QUICK)
    assert result.verdict == "one_group"
    assert {(one.x, one.y) for one in result.participants} == {(0.0, 0.0)}


def test_a_statement_without_votes_is_counted_as_zero() -> None:
    result = analyse(tables([(i, 1, 1) for i in range(12)], [1, 2]), QUICK)
    assert (result.statements[1].seen, result.statements[1].group_aware_consensus) == (0, 0.5)


def test_all_statements_refused_leave_an_empty_map_and_exact_counts() -> None:
    rows = [(i, j, 1 if i < 10 else -1) for i in range(20) for j in range(3)]
    result = analyse(tables(rows, range(3), refused=range(3)), QUICK)
    assert result.verdict == "one_group"
    assert [one.agree for one in result.statements] == [10, 10, 10]
    assert (result.consensus_agree, result.excluded.refused) == ((), (0, 1, 2))


def test_refused_and_meta_statements_keep_their_votes_but_are_never_listed() -> None:
    rows = [(i, j, 1) for i in range(20) for j in range(4)]
    result = analyse(tables(rows, range(4), refused=[0], meta=[1]), QUICK)
    assert [one.statement for one in result.consensus_agree] == [2, 3]
    assert [one.seen for one in result.statements] == [20] * 4
    assert (result.excluded.refused, result.excluded.meta) == ((0,), (1,))


def test_the_last_vote_wins() -> None:
    given = Tables(statements=statements([1]), votes=votes([(1, 1, 1), (1, 1, -1), (1, 1, 0)], times=[5, 9, 7]))
    result = analyse(given)
    assert (result.statements[0].disagree, result.statements[0].seen) == (1, 1)
    assert result.excluded.superseded_votes == 2


def test_of_votes_at_the_same_time_the_later_in_the_log_wins() -> None:
    given = Tables(statements=statements([1]), votes=votes([(1, 1, 1), (1, 1, -1)], times=[5, 5]))
    assert analyse(given).statements[0].disagree == 1


def test_dates_order_votes_as_numbers_do() -> None:
    frame = votes([(1, 1, 1), (1, 1, -1)])
    frame["cast_at"] = pd.to_datetime(["2026-05-02T10:00:00Z", "2026-05-01T10:00:00Z"])
    assert analyse(Tables(statements=statements([1]), votes=frame)).statements[0].agree == 1


def test_ids_may_be_texts_and_are_never_parsed() -> None:
    result = analyse(tables([("p10", "s2", 1), ("p9", "s10", -1)], ["s2", "s10"]))
    assert [one.id for one in result.participants] == ["p10", "p9"]
    assert [one.id for one in result.statements] == ["s10", "s2"]


@pytest.mark.parametrize(
    ("rows", "ids", "code"),
    [
        ([(1, 1, 2)], [1], "unknown_position"),
        ([(1, 7, 1)], [1], "unknown_statement"),
        ([(1, 1, 1), ("x", 1, 1)], [1], "mixed_ids"),
        ([(None, 1, 1)], [1], "bad_id"),
        ([(1, 1, 1)], [1, 1], "duplicate_id"),
    ],
)
def test_unusable_tables_are_refused_by_name(rows: list[tuple[int, int, int]], ids: list[int], code: str) -> None:
    with pytest.raises(TableError) as caught:
        analyse(tables(rows, ids))
    assert caught.value.code == code


def test_a_missing_column_and_an_unknown_state_are_refused_by_name() -> None:
    with pytest.raises(TableError, match="missing columns position"):
        analyse(Tables(statements=statements([1]), votes=votes([(1, 1, 1)]).drop(columns="position")))
    with pytest.raises(TableError, match="unknown state 'odd'"):
        analyse(Tables(statements=statements([1]).assign(state="odd")))


def test_a_group_with_only_disagrees_gets_a_list_of_disagreements() -> None:
    disagree = np.array([[20, 19, 18, 0], [1, 2, 1, 0]])
    agree = np.array([[0, 0, 0, 0], [19, 18, 19, 20]])
    counts = Counts(agree=agree, disagree=disagree, seen=np.full((2, 4), 20))
    listed = representative(counts, figures(counts), 0, np.zeros(4, dtype=bool))
    assert [(one.column, one.direction) for one in listed[:3]] == [(0, "disagree"), (2, "disagree"), (1, "disagree")]


def test_figures_of_unseen_statements_are_plain_halves() -> None:
    zero = np.zeros((2, 1), dtype=np.int64)
    tests = figures(Counts(zero, zero, zero))
    assert (tests.p_agree[0, 0], tests.r_agree[0, 0], tests.zr_agree[0, 0]) == (0.5, 1.0, 0.0)


def test_exact_ties_are_listed_by_the_smaller_id() -> None:
    result = analyse(tables([(i, j, 1) for i in range(20) for j in (5, 3, 9)], [9, 5, 3]), QUICK)
    assert [one.statement for one in result.consensus_agree] == [3, 5, 9]


def test_fewer_points_than_groups_asked_for_is_too_few() -> None:
    result = analyse(tables([(i, j, 1) for i in range(4) for j in range(3)], range(3)), Settings(k=5))
    assert result.verdict == "too_few"


def test_below_fifteen_people_the_most_active_are_added() -> None:
    rows = [(i, j, 1) for i in range(20) for j in range(8 if i < 3 else 1 + i % 2)]
    matrix = opinion_matrix(checked(tables(rows, range(8))))
    who = eligible(matrix, min_votes=7, fill_to=15)
    assert who.sum() == 15
    assert who[:3].all()
    assert who[[3, 5, 7, 9, 11, 13, 15, 17, 19]].all()
    assert list(np.flatnonzero(~who)) == [10, 12, 14, 16, 18]


def test_people_under_the_threshold_are_named_and_still_counted() -> None:
    rows = [(i, j, 1 if (i + j) % 2 else -1) for i in range(20) for j in range(10)] + [(99, 0, 1)]
    result = analyse(tables(rows, range(10)), QUICK)
    assert result.excluded.below_threshold == (99,)
    assert result.statements[0].seen == 21
    assert result.participants[-1].group is None


def test_groups_from_outside_keep_their_names() -> None:
    given = planted(1, people=12, ids=9)
    regions = {i: "north" if i < 8 else "south" for i in range(11)}
    result = analyse(Tables(given.statements, given.votes, given.comments, regions))
    assert [(one.label, one.size) for one in result.groups] == [("north", 8), ("south", 3)]
    assert (result.verdict, result.excluded.not_in_given_groups) == ("given", (11,))


def test_every_small_result_is_valid_json() -> None:
    for given in (tables([], [1]), tables([(1, 1, 0)], [1]), tables([(1, 1, 1), (2, 1, -1)], [1, 2])):
        assert canonical_json(analyse(given)).startswith("{")
