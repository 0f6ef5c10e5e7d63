"""The words people read for meetings, minutes, concerns and evaluation. Keys are enum members."""

from flask_babel import lazy_gettext as _l

from app.forms.labels import Labels
from deliberation.concerns import ConcernState
from deliberation.evaluation import Framework, Judge, Judgement
from deliberation.meetings import AgendaKind, Presence, Standing
from deliberation.minutes import MinutesState

PRESENCES: Labels = {
    Presence.PRESENT: _l("Present"),
    Presence.DEPUTY: _l("Present as deputy"),
    Presence.OBSERVER: _l("Observing"),
    Presence.APOLOGIES: _l("Apologies"),
}
AGENDA_KINDS: Labels = {
    AgendaKind.DECLARATIONS: _l("Declarations"),
    AgendaKind.REFLECTION: _l("Reflection"),
    AgendaKind.GATE: _l("Review gate"),
    AgendaKind.ACTIONS: _l("Actions"),
    AgendaKind.OTHER: _l("Other"),
}
STANDINGS: Labels = {
    Standing.PLANNED: _l("planned"),
    Standing.HELD: _l("held"),
    Standing.CALLED_OFF: _l("called off"),
}
MINUTES_STATES: Labels = {
    MinutesState.DRAFT: _l("draft"),
    MinutesState.CIRCULATED: _l("with the members"),
    MinutesState.HELD_BACK: _l("held back by an objection"),
    MinutesState.CLEARED: _l("cleared"),
    MinutesState.PUBLISHED: _l("published"),
    MinutesState.REPLACED: _l("replaced by a later version"),
}
CONCERN_STATES: Labels = {
    ConcernState.WAITING: _l("waits for an answer"),
    ConcernState.OVERDUE: _l("answer overdue"),
    ConcernState.ANSWERED: _l("answered"),
    ConcernState.ESCALATED: _l("with the commissioner"),
    ConcernState.DECIDED: _l("answered by the commissioner"),
}
JUDGEMENTS: Labels = {
    Judgement.MET: _l("Met"),
    Judgement.PARTLY: _l("Partly met"),
    Judgement.NOT_MET: _l("Not met"),
    Judgement.NOT_APPLICABLE: _l("Not applicable"),
}
JUDGES: Labels = {
    Judge.TEAM: _l("The team"),
    Judge.EVALUATOR: _l("The evaluator"),
}
FRAMEWORKS: Labels = {
    Framework.SCIENCEWISE: _l("After Sciencewise’s principles"),
    Framework.INVOLVE: _l("After Involve’s standards"),
    Framework.OECD: _l("After the OECD’s evaluation guidelines"),
}
