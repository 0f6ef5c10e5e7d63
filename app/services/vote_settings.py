"""How a vote stage works: when totals are seen, how many statements it asks for, which reasons it offers."""

from collections.abc import Iterable, Mapping

from app.db import db
from app.models.dialogues import Stage
from app.models.people import Account
from app.services.recording import record
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.reasons import checked_chips
from deliberation.results import check_results_choice
from deliberation.stages import StageKind
from deliberation.voting import Position, check_minimum


def set_vote_settings(
    stage: Stage,
    *,
    results_early: bool,
    minimum: int,
    chips: Mapping[Position, Iterable[str]] | None,
    by: Account,
) -> None:
    """Sets how the stage works; each change is an event.

    Args:
        chips: reasons to choose from, by position; None for the usual ones.

    Raises:
        RuleError: `not_a_vote` for a stage of another kind; `results_fixed` for another choice about totals once the
            stage has opened; `number_too_low`, `number_too_high`, `too_many_chips`, `chip_too_long`.
    """
    if stage.kind is not StageKind.VOTE:
        raise RuleError("not_a_vote")
    check_results_choice(stage.results_early, results_early, has_opened=stage.opened_at is not None)
    check_minimum(minimum)
    stage.results_early = results_early
    stage.minimum_votes = minimum
    stage.reason_chips = None if chips is None else checked_chips(chips)
    db.session.flush()
    facts = {
        "kind": stage.kind.value,
        "how": "voting set up",
        "totals": "at once" if results_early else "after closing",
        "minimum": minimum,
        "reasons": "usual" if chips is None else "own",
    }
    record(EventKind.STAGE_EDITED, by=by, dialogue_id=stage.session.dialogue_id, about=stage, facts=facts)
