"""The words people read for states, steps and origins of research questions, in each language."""

from flask_babel import lazy_gettext as _l

from app.forms.labels import Labels
from deliberation.research_questions import Judgement, ResearchOrigin, ResearchState, ResearchStep

STATES: Labels = {
    ResearchState.RAISED: _l("raised"),
    ResearchState.CLARIFIED: _l("clarified"),
    ResearchState.MERGED: _l("put together with another"),
    ResearchState.FEASIBILITY_NOTED: _l("feasibility noted"),
    ResearchState.PRIORITISED: _l("prioritised"),
    ResearchState.INCLUDED: _l("included"),
    ResearchState.REFRAMED: _l("reframed"),
    ResearchState.PARKED: _l("parked"),
    ResearchState.DECLINED: _l("declined"),
}
BECAME: Labels = {
    ResearchState.RAISED: _l("It is on the list."),
    ResearchState.CLARIFIED: _l("It is on the list, in clearer words."),
    ResearchState.MERGED: _l("It was put together with another."),
    ResearchState.FEASIBILITY_NOTED: _l("We have looked at whether it can be done."),
    ResearchState.PRIORITISED: _l("It has its place among the others."),
    ResearchState.INCLUDED: _l("It was included."),
    ResearchState.REFRAMED: _l("It was included in other words."),
    ResearchState.PARKED: _l("It was put aside for later."),
    ResearchState.DECLINED: _l("It was not taken up."),
}
"""What became of a question, as everyone reads it."""
STEPS: Labels = {
    ResearchStep.CLARIFY: _l("Clarify"),
    ResearchStep.MERGE: _l("Put together with another"),
    ResearchStep.NOTE_FEASIBILITY: _l("Note feasibility"),
    ResearchStep.PRIORITISE: _l("Prioritise"),
    ResearchStep.INCLUDE: _l("Include it as it stands"),
    ResearchStep.REFRAME: _l("Include it in other words"),
    ResearchStep.PARK: _l("Park it for later"),
    ResearchStep.DECLINE: _l("Decline it"),
    ResearchStep.REOPEN: _l("Take it up again"),
}
DONE: Labels = {
    ResearchStep.CLARIFY: _l("Put in clearer words"),
    ResearchStep.MERGE: _l("Put together with another"),
    ResearchStep.NOTE_FEASIBILITY: _l("Looked at whether it can be done"),
    ResearchStep.PRIORITISE: _l("Given its place among the others"),
    ResearchStep.INCLUDE: _l("Included"),
    ResearchStep.REFRAME: _l("Included in other words"),
    ResearchStep.PARK: _l("Put aside for later"),
    ResearchStep.DECLINE: _l("Not taken up"),
    ResearchStep.REOPEN: _l("Taken up again"),
}
"""A step that was taken."""
ORIGINS: Labels = {
    ResearchOrigin.PARTICIPANT: _l("Raised by a participant"),
    ResearchOrigin.QUESTION: _l("From a question that nobody could answer"),
    ResearchOrigin.COMMENT: _l("From a comment"),
    ResearchOrigin.PROMPT: _l("From what a table talked about"),
    ResearchOrigin.SEED: _l("On the list from the start"),
    ResearchOrigin.STAFF: _l("Raised by the team"),
}
STAFF_ORIGINS: Labels = {
    one: ORIGINS[one]
    for one in (
        ResearchOrigin.PROMPT,
        ResearchOrigin.COMMENT,
        ResearchOrigin.QUESTION,
        ResearchOrigin.SEED,
        ResearchOrigin.STAFF,
    )
}
"""Origins that staff can name."""
JUDGEMENTS: Labels = {
    Judgement.YES: _l("yes"),
    Judgement.PARTLY: _l("partly"),
    Judgement.NO: _l("no"),
    Judgement.UNSURE: _l("not sure"),
}
