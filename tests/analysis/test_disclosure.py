"""The disclosure rule: small counts stay hidden, also from somebody who subtracts."""

from collections import defaultdict
from itertools import product

import pytest

from analysis.disclosure import STANDARD, DisclosureRule, shown_split, shown_total


def test_counts_from_one_to_four_are_hidden_and_others_rounded() -> None:
    assert shown_split([0, 1, 4, 5, 7, 8, 12], total_is_known=False) == (0, None, None, 5, 5, 10, 10)


def test_totals_of_a_whole_panel_are_exact_from_the_base() -> None:
    assert [shown_total(2, 47), shown_total(2, 20), shown_total(2, 19), shown_total(8, 19)] == [2, 2, None, 10]


def test_a_single_hidden_count_cannot_be_found_by_subtraction() -> None:
    assert shown_split([27, 4]) == (None, None)
    assert shown_split([1, 1, 0]) == (None, None, None)


def test_nobody_who_subtracts_and_knows_the_rule_learns_a_hidden_count() -> None:
    alike: dict[tuple[int, tuple[int | None, ...]], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(18), repeat=3):
        alike[sum(counts), shown_split(counts)].append(counts)
    for (_, shown), possible in alike.items():
        for place in (i for i, value in enumerate(shown) if value is None):
            assert len({counts[place] for counts in possible}) >= 2, (shown, possible)


def test_a_dialogue_may_set_its_own_rule() -> None:
    assert shown_split([9, 30], DisclosureRule(least=10, step=10), total_is_known=False) == (None, 30)
    assert STANDARD.base == 20


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        shown_split([-1, 3])
    with pytest.raises(ValueError, match="disclosure rule"):
        DisclosureRule(step=0)
