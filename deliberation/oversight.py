"""The Oversight Group: what is put before it at which gate, and when reviewed content has changed since."""

from enum import StrEnum


class GateKind(StrEnum):
    """What a review gate is about."""

    FRAMING = "framing"
    RECRUITMENT = "recruitment"
    MATERIALS = "materials"
    FINDINGS = "findings"
    REPORT = "report"
    TERMS = "terms"


class ItemKind(StrEnum):
    """A thing that a gate binds to its exact content."""

    FRAMING = "framing"
    RECRUITMENT = "recruitment"
    MATERIAL = "material"
    STAGE_PLAN = "stage_plan"
    FINDINGS = "findings"
    REPORT = "report"
    TERMS = "terms"


class AdviceType(StrEnum):
    """What a piece of advice is about."""

    ACCURACY = "accuracy"
    BALANCE = "balance"
    CLARITY = "clarity"
    OMISSION = "omission"
    ACCESSIBILITY = "accessibility"
    LEGAL = "legal"
    PROCESS = "process"
    CONCERN = "concern"


class Severity(StrEnum):
    """How much hangs on it. An open must-fix keeps a material from participants."""

    MUST_FIX = "must_fix"
    SHOULD = "should"
    CONSIDER = "consider"


class Response(StrEnum):
    """What those who run the dialogue do with a piece of advice; each with its reason."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"
    OUT_OF_SCOPE = "out_of_scope"
    DEFERRED = "deferred"
