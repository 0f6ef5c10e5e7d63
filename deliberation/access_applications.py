"""What an application for access to data says, in the order of the Five Safes, and what each route asks."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from deliberation.errors import RuleError

DETAIL_LIMIT = 4000


class Route(StrEnum):
    """What the data is wanted for."""

    RESEARCH = "research"
    TRAIN = "train"
    TEST = "test"


class Environment(StrEnum):
    """Where the data would be used."""

    SECURE = "secure"
    EXTRACT = "extract"


class OptOut(StrEnum):
    """Whether people who opted out nationally are left out."""

    APPLIED = "applied"
    NOT_APPLIED = "not_applied"


class Safe(StrEnum):
    """The Five Safes, in their order."""

    PROJECT = "project"
    PEOPLE = "people"
    SETTINGS = "settings"
    DATA = "data"
    OUTPUTS = "outputs"


class Detail(StrEnum):
    """The parts of an application that are written in words."""

    PURPOSE = "purpose"
    PUBLIC_BENEFIT = "public_benefit"
    ETHICS = "ethics"
    RESEARCH_QUESTION = "research_question"
    PRODUCT = "product"
    REGULATION = "regulation"
    TEST_PLAN = "test_plan"
    COMMERCIAL_TERMS = "commercial_terms"
    WHO_USES = "who_uses"
    TRAINING = "training"
    AGREEMENT = "agreement"
    SECURITY = "security"
    WHY_EXTRACT = "why_extract"
    DATA_WANTED = "data_wanted"
    LEGAL_BASIS = "legal_basis"
    CONFIDENTIALITY_BASIS = "confidentiality_basis"
    OPT_OUT_WHY = "opt_out_why"
    DPIA = "dpia"
    OUTPUTS = "outputs"
    OUTPUT_CHECKS = "output_checks"
    MODEL_AFTERWARDS = "model_afterwards"


_D = Detail
FORM: Mapping[Safe, tuple[Detail, ...]] = {
    Safe.PROJECT: (
        _D.PURPOSE, _D.RESEARCH_QUESTION, _D.PRODUCT, _D.REGULATION, _D.TEST_PLAN, _D.PUBLIC_BENEFIT, _D.ETHICS,
        _D.COMMERCIAL_TERMS,
    ),
    Safe.PEOPLE: (_D.WHO_USES, _D.TRAINING, _D.AGREEMENT),
    Safe.SETTINGS: (_D.SECURITY, _D.WHY_EXTRACT),
    Safe.DATA: (_D.DATA_WANTED, _D.LEGAL_BASIS, _D.CONFIDENTIALITY_BASIS, _D.OPT_OUT_WHY, _D.DPIA),
    Safe.OUTPUTS: (_D.OUTPUTS, _D.OUTPUT_CHECKS, _D.MODEL_AFTERWARDS),
}  # fmt: skip
"""The words that each of the Five Safes asks for, whatever the route."""
_ONLY_ON: Mapping[Detail, frozenset[Route]] = {
    _D.RESEARCH_QUESTION: frozenset({Route.RESEARCH}),
    _D.PRODUCT: frozenset({Route.TRAIN, Route.TEST}),
    _D.REGULATION: frozenset({Route.TRAIN, Route.TEST}),
    _D.TEST_PLAN: frozenset({Route.TEST}),
    _D.MODEL_AFTERWARDS: frozenset({Route.RESEARCH, Route.TRAIN}),
}


def asks(route: Route, detail: Detail) -> bool:
    """Whether this route asks for it: a research project has no product, a test trains no model."""
    return route in _ONLY_ON.get(detail, frozenset(Route))


def details_of(route: Route, safe: Safe) -> list[Detail]:
    """What one of the Five Safes asks on this route, in its order."""
    return [detail for detail in FORM[safe] if asks(route, detail)]


def missing_details(
    route: Route, details: Mapping[str, str], environment: Environment | None, opt_out: OptOut | None
) -> list[Detail]:
    """What the form asks on this route and nobody has written yet.

    Why an extract is needed counts only for an extract, and why the opt-out is not applied only where it is not.
    """
    excused = set()
    if environment is not Environment.EXTRACT:
        excused.add(_D.WHY_EXTRACT)
    if opt_out is not OptOut.NOT_APPLIED:
        excused.add(_D.OPT_OUT_WHY)
    wanted = [detail for safe in Safe for detail in details_of(route, safe) if detail not in excused]
    return [detail for detail in wanted if not details.get(detail, "").strip()]


def check_window(first: date | None, last: date | None, limit_days: int | None) -> None:
    """RuleError `window_backwards`, or `window_too_long` (limit, days) where the data asset sets a limit."""
    if first is None or last is None:
        return
    if last < first:
        raise RuleError("window_backwards")
    days = (last - first).days + 1
    if limit_days is not None and days > limit_days:
        raise RuleError("window_too_long", limit=limit_days, days=days)
