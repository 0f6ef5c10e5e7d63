"""The checks of a good dialogue, and what a judgement needs."""

import pytest

from deliberation.errors import RuleError
from deliberation.evaluation import CHECKS, EVIDENCE_LIMIT, Framework, Judgement, check_evidence, check_of


def test_every_check_has_a_key_of_its_own():
    assert len({check.key for check in CHECKS}) == len(CHECKS) > 30


def test_each_framework_is_there():
    assert {check.framework for check in CHECKS} == set(Framework)


def test_a_check_is_found_by_its_key():
    assert check_of("quotas_met").part == "delivery"
    with pytest.raises(RuleError, match="unknown_check"):
        check_of("made_up")


@pytest.mark.parametrize("judgement", Judgement)
def test_every_judgement_needs_its_evidence(judgement):
    assert check_evidence(judgement, "  The record says so. ") == "The record says so."
    with pytest.raises(RuleError, match="evidence_missing"):
        check_evidence(judgement, "  ")
    with pytest.raises(RuleError, match="words_too_long"):
        check_evidence(judgement, "x" * (EVIDENCE_LIMIT + 1))
