"""The words people read for tasks of stages: criteria, the trade-off grid, support for combinations, card points."""

from flask_babel import lazy_gettext as _l

from app.forms.labels import Labels
from deliberation.criteria import CriteriaAnswer
from deliberation.points import PointSide
from deliberation.support import Support
from deliberation.tasks import Task
from deliberation.tradeoffs import Filling, Mark, Verdict

TASKS: Labels = {
    Task.CHECK_CRITERIA: _l("Check the list of what matters"),
    Task.FILL_GRID: _l("Set the three ways against what matters"),
    Task.WEIGH_COMBINATIONS: _l("Say what you think of each other’s mixes"),
}
TASK_BUTTONS: Labels = {
    Task.CHECK_CRITERIA: _l("Look at the list"),
    Task.FILL_GRID: _l("Go to the three ways"),
    Task.WEIGH_COMBINATIONS: _l("Look at the mixes"),
}
CRITERIA_ANSWERS: Labels = {
    CriteriaAnswer.THAT_IS_IT: _l("Yes, that is it"),
    CriteriaAnswer.SOMETHING_MISSING: _l("Something is missing or wrong"),
    CriteriaAnswer.DISAGREE_WITH_QUESTION: _l("I disagree with the question"),
}
MARKS: Labels = {
    Mark.MEETS: _l("Yes, it does that"),
    Mark.PARTLY: _l("Partly"),
    Mark.FAILS: _l("No, it does not"),
    Mark.NOT_SURE: _l("Not sure"),
}
"""As participants read them."""
MARKS_SHORT: Labels = {
    Mark.MEETS: _l("meets it"),
    Mark.PARTLY: _l("partly"),
    Mark.FAILS: _l("fails"),
    Mark.NOT_SURE: _l("not sure"),
}
"""As staff read them in a dense table."""
VERDICTS: Labels = {
    Verdict.DELEGATED: _l("Someone decides for us comes closest"),
    Verdict.COLLECTIVE: _l("We decide together comes closest"),
    Verdict.INDIVIDUAL: _l("I decide for myself comes closest"),
    Verdict.A_MIX: _l("It takes a mix of them"),
    Verdict.NONE_MEETS_IT: _l("None of the three does it"),
    Verdict.NO_ACCESS: _l("No one should get the scans for AI"),
    Verdict.DISAGREE_WITH_QUESTION: _l("I disagree with the question"),
    Verdict.NOT_SURE: _l("Not sure"),
}
FILLINGS: Labels = {
    Filling.NOT_BEGUN: _l("not begun"),
    Filling.BEGUN: _l("begun"),
    Filling.FILLED: _l("filled in"),
}
SUPPORTS: Labels = {
    Support.SUPPORT: _l("I support it"),
    Support.COULD_LIVE_WITH_IT: _l("I could live with it"),
    Support.DO_NOT_SUPPORT: _l("I do not support it"),
}
SIDES: Labels = {
    PointSide.FOR: _l("For it"),
    PointSide.AGAINST: _l("Against it"),
}
