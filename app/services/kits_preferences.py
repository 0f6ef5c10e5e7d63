"""Preference questions of a kit's stages: orders and dots."""

from app.services.kits_fields import Fields
from app.services.kits_format import KitPreference
from deliberation.errors import RuleError
from deliberation.preferences import DOTS, PreferenceKind, check_question
from deliberation.stages import StageKind

MODELS = "models"
"""`options: models` offers the models of the stage."""


def preferences(row: Fields, kind: StageKind, models: tuple[str, ...]) -> tuple[KitPreference, ...]:
    """The questions under `preferences` of a stage, each checked as a page would check it."""
    found = []
    for item in row.problems.each(row.where, row.values.get("preferences", [])):
        asked = item.one_of("kind", PreferenceKind, PreferenceKind.APPROVAL)
        of_models = item.values.get("options") == MODELS
        options = models if of_models else item.texts("options")
        dots = item.whole("dots", least=1, most=60, default=DOTS)
        seats = item.whole("seats", least=1, most=60, default=dots)
        if kind not in {StageKind.COMPARE, StageKind.PRIORITISE}:
            item.problem("dots and orders belong in a stage that compares or puts in order")
        try:
            check_question(asked, options, dots=dots, seats=seats)
        except RuleError as refusal:
            item.problem(f"not a question that can be put: {refusal}")
        title, explain = item.text("title", limit=200), item.text("explain", needed=False)
        accepts = not item.truth("skip_acceptance")
        found.append(KitPreference(asked, title, explain, dots, seats, accepts, of_models, tuple(options)))
    return tuple(found)
