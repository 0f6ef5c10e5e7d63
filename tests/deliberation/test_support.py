"""Support for combinations: the same answers are one, and everybody is asked about few."""

from deliberation.support import COMBINATIONS_A_SITTING, Offered, combination_key, is_enough, next_combination
from tests.deliberation.refusals import refused_code

ANSWERS = {
    "who_sets_rules": "experts",
    "who_decides": "each_person",
    "can_say_no": "opt_out",
    "who_checks": "courts",
}


def test_the_same_four_answers_have_one_key_in_whatever_order():
    assert combination_key(ANSWERS) == combination_key(dict(reversed(ANSWERS.items())))
    assert combination_key(ANSWERS) != combination_key({**ANSWERS, "who_checks": "public_register"})


def test_a_key_needs_all_four_answers():
    assert refused_code(lambda: combination_key({**ANSWERS, "who_checks": ""})) == "combination_incomplete"


def test_the_combination_with_the_fewest_answers_comes_next_and_an_answered_one_never():
    offered = [Offered(1, 5, False), Offered(2, 1, True), Offered(3, 2, False)]
    assert next_combination(offered, "anybody") == 3
    assert next_combination([Offered(2, 1, True)], "anybody") is None


def test_people_begin_at_different_combinations():
    offered = [Offered(n, 0, False) for n in range(1, 9)]
    assert len({next_combination(offered, f"person {n}") for n in range(40)}) > 3


def test_seven_are_enough():
    assert not is_enough(COMBINATIONS_A_SITTING - 1)
    assert is_enough(COMBINATIONS_A_SITTING)
