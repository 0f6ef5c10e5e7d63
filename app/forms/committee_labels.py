"""The words people read for outcomes, levels, conditions, access and reminders."""

from flask_babel import lazy_gettext as _l

from app.forms.labels import Labels
from deliberation.committee import Outcome, ReportUse
from deliberation.panel import ChangeKind, Strength
from deliberation.register import AccessMove, AccessState, ChangeOf, ConditionStanding, Trigger
from deliberation.rubric import Level, RubricPart

OUTCOMES: Labels = {
    Outcome.GRANT: _l("Grant"),
    Outcome.GRANT_WITH_CONDITIONS: _l("Grant with conditions"),
    Outcome.REVISE: _l("Send back to be revised"),
    Outcome.DECLINE: _l("Decline"),
}
DECIDED: Labels = {
    Outcome.GRANT: _l("granted"),
    Outcome.GRANT_WITH_CONDITIONS: _l("granted with conditions"),
    Outcome.REVISE: _l("sent back to be revised"),
    Outcome.DECLINE: _l("declined"),
}
OUTCOME_HINTS: Labels = {
    Outcome.GRANT: _l("Needs a purpose and a window. It is published."),
    Outcome.GRANT_WITH_CONDITIONS: _l("Needs at least one condition with an owner and a day as well. It is published."),
    Outcome.REVISE: _l("Goes back to the applicant’s synthesis; the panel reviews the new answers."),
    Outcome.DECLINE: _l("Published only if the applicant wants it."),
}
LEVELS: Labels = {
    Level.ABSENT: _l("Not there"),
    Level.WEAK: _l("Weak"),
    Level.SOUND: _l("Sound"),
    Level.STRONG: _l("Strong"),
    Level.CANNOT_TELL: _l("Cannot tell"),
}
PARTS: Labels = {
    RubricPart.ASSESSMENT: _l("The assessment"),
    RubricPart.APPLICATION: _l("The application"),
    RubricPart.BENEFIT: _l("Public benefit"),
    RubricPart.LIMITS: _l("Limits"),
}
REPORT_USES: Labels = {
    ReportUse.NOTHING_MORE: _l("Nothing that the applicant has not seen in the panel points"),
    ReportUse.PUT_TO_APPLICANT: _l("Something of it, and we put it to the applicant as a question"),
}
STANDINGS: Labels = {
    ConditionStanding.MET: _l("met"),
    ConditionStanding.NOT_MET: _l("not met"),
    ConditionStanding.NOT_DUE: _l("not due yet"),
}
ACCESS_STATES: Labels = {
    AccessState.ACTIVE: _l("open"),
    AccessState.SUSPENDED: _l("suspended"),
    AccessState.REVOKED: _l("revoked"),
}
ACCESS_MOVES: Labels = {
    AccessMove.SUSPEND: _l("Suspend access"),
    AccessMove.RESTORE: _l("Restore access"),
    AccessMove.REVOKE: _l("Revoke access"),
}
ACCESS_MOVED: Labels = {
    AccessMove.SUSPEND: _l("Access suspended"),
    AccessMove.RESTORE: _l("Access restored"),
    AccessMove.REVOKE: _l("Access revoked"),
}
CHANGES: Labels = {
    ChangeOf.FUNCTION: _l("What it does"),
    ChangeOf.SCOPE: _l("How far it reaches"),
    ChangeOf.APPLICATION: _l("What it is used for"),
    ChangeOf.USERS: _l("Who uses it"),
    ChangeOf.DATASET: _l("The data it uses"),
}
TRIGGERS: Labels = {
    Trigger.TWO_YEARS: _l("two years after the decision"),
    Trigger.COMMITTEE_DATE: _l("the day that the committee set"),
    Trigger.DECLARED_CHANGE: _l("a change was declared"),
    Trigger.ANNUAL_NUDGE: _l("yearly reminder"),
    Trigger.ACCESS_EXPIRY: _l("access is about to end"),
    Trigger.CONDITION_DUE: _l("a condition is about to be due"),
    Trigger.LAY_RESULT: _l("the result in plain words is due"),
    Trigger.PUBLICATION: _l("the record can be published"),
}
AXES: Labels = {
    "age": _l("Age"),
    "gender": _l("Gender"),
    "region": _l("Region"),
    "ethnicity": _l("Ethnicity"),
    "socio_economic": _l("Social and economic background"),
    "health": _l("Health, or access to care"),
}
STRENGTHS: Labels = {
    Strength.EVERYONE: _l("the whole panel"),
    Strength.MOST: _l("most of the panel"),
    Strength.SOME: _l("some of the panel"),
    Strength.FEW: _l("a few of the panel"),
}
ANSWERED: Labels = {
    ChangeKind.CHANGED: _l("changed"),
    ChangeKind.NOT_CHANGED: _l("not changed"),
}
ACCESS_NOW: Labels = {
    "active": _l("open"),
    "suspended": _l("suspended"),
    "revoked": _l("revoked"),
    "ended": _l("ended"),
    "superseded": _l("replaced by a newer version"),
    "none": _l("not granted"),
}
