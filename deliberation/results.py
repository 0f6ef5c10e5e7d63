"""Results of a vote stage: until when nobody sees them, when the choice is fixed, and what calls for other words."""

from deliberation.errors import RuleError
from deliberation.sessions import DialogueMode
from deliberation.stages import StageState

LEAST_PUZZLED = {DialogueMode.PANEL: 3, DialogueMode.OPEN: 5}
"""So few who do not understand call for nobody yet. In an open dialogue it is the least number that is ever told."""
PUZZLED_SHARE = 10
"""One in so many of those who voted."""
TOTALS_FROM = 20
"""In an open dialogue a statement's totals are told from so many voters on; a panel's are exact."""


def results_are_hidden(state: StageState, *, early: bool) -> bool:
    """Whether nobody at all may see how people vote in a stage: until it has closed and the late votes are in.

    Args:
        state: as it stands now (`stages.state_now`), so that the two minutes of grace are over once it is closed.
        early: the facilitator said, before it opened, that totals may be seen at once.
    """
    return not early and state in {StageState.OPEN, StageState.PAUSED, StageState.CLOSING}


def check_results_choice(before: bool, wanted: bool, *, has_opened: bool) -> None:
    """RuleError `results_fixed` for another choice than before once the stage has opened: people were promised it."""
    if has_opened and before is not wanted:
        raise RuleError("results_fixed")


def totals_are_told(voted: int, mode: DialogueMode) -> bool:
    """Whether everybody may read the totals of a statement on which so many voted."""
    return mode is DialogueMode.PANEL or voted >= TOTALS_FROM


def calls_for_other_words(puzzled: int, voted: int, mode: DialogueMode) -> bool:
    """Whether so many do not understand a statement that a person should look at its words.

    Args:
        puzzled: people whose current vote is a pass with "I don't understand".
        voted: people who voted on it.
    """
    return puzzled >= LEAST_PUZZLED[mode] and puzzled * PUZZLED_SHARE >= voted
