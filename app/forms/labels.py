"""The words people read for each member of an enum, in each language. Keys are enum members."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from deliberation.comments import ReplySide, StaffVoice
from deliberation.consent import Purpose
from deliberation.drafting import Agreement, DraftKind, SuggestionState
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.on_behalf import EntryWay, LateWindow
from deliberation.preferences import PreferenceKind
from deliberation.questions import AnswerKind, Standing
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import Move, Setting, StageKind, StageState
from deliberation.stewardship import (
    NOBODY,
    NONE_OF_THESE,
    Acceptance,
    Approach,
    CardField,
    CombinationQuestion,
    Rating,
    Rung,
    Stance,
)
from deliberation.terms import EvidenceKind, LinkStance, TermsState, WordingKind
from deliberation.voting import Origin, PassReason, Position
from surveys.questions import QuestionKind

Labels = Mapping[str, LazyString]
"""Every enum here is a StrEnum, so a member and its value find the same words."""

STAGE_KINDS: Labels = {
    StageKind.LEARN: _l("Learn"),
    StageKind.SURVEY: _l("Questions"),
    StageKind.DISCUSS: _l("Discuss"),
    StageKind.VOTE: _l("Vote"),
    StageKind.COMPARE: _l("Compare"),
    StageKind.DRAFT: _l("Write together"),
    StageKind.PRIORITISE: _l("Put in order"),
    StageKind.RATIFY: _l("Check the words"),
    StageKind.BREAK: _l("Break"),
}
STAGE_STATES: Labels = {
    StageState.PLANNED: _l("not yet open"),
    StageState.OPEN: _l("open"),
    StageState.PAUSED: _l("paused"),
    StageState.CLOSING: _l("closing"),
    StageState.CLOSED: _l("closed"),
}
SETTINGS: Labels = {
    Setting.PLENARY: _l("Everyone together"),
    Setting.TABLES: _l("At tables"),
    Setting.ALONE: _l("Each on their own"),
}
MOVES: Labels = {
    Move.OPEN: _l("Open"),
    Move.PAUSE: _l("Pause"),
    Move.CLOSE: _l("Close"),
    Move.REOPEN: _l("Open again"),
}
DIALOGUE_MODES: Labels = {
    DialogueMode.PANEL: _l("Panel: only people on the roll take part"),
    DialogueMode.OPEN: _l("Open: anyone with the code takes part"),
}

WORD_STATES: Labels = {
    WordState.WAITING: _l("waiting to be checked"),
    WordState.APPROVED: _l("everyone can see it"),
    WordState.REFUSED: _l("not shown to everyone"),
    WordState.WITHDRAWN: _l("taken back by its author"),
}
"""Nobody reads "rejected": the words say where somebody's words went."""
DECISIONS: Labels = {
    Decision.APPROVE: _l("Show to everyone"),
    Decision.REFUSE: _l("Do not show to everyone"),
}
REASONS: Labels = {
    ReasonCode.OFF_TOPIC: _l("It is about something else"),
    ReasonCode.REPEATED: _l("Somebody has already said the same"),
    ReasonCode.UNCLEAR: _l("We could not be sure what it means"),
    ReasonCode.ABUSE: _l("It attacks or insults people"),
    ReasonCode.PERSONAL_DATA: _l("It could show who somebody is"),
    ReasonCode.LEGAL: _l("The law does not let us show it"),
}
"""As the author reads them, and as the published policy lists them."""
REASON_CONSEQUENCES: Labels = {
    ReasonCode.OFF_TOPIC: _l("It stays in the record, and the people who sort the views read it."),
    ReasonCode.REPEATED: _l("It stays in the record, and the people who sort the views read it."),
    ReasonCode.UNCLEAR: _l("It stays in the record, and the people who sort the views read it."),
    ReasonCode.ABUSE: _l("It is not used when the views are sorted."),
    ReasonCode.PERSONAL_DATA: _l("It is not used when the views are sorted."),
    ReasonCode.LEGAL: _l("It is not used when the views are sorted."),
}

STANDINGS: Labels = {
    Standing.TO_CHECK: _l("to be checked"),
    Standing.UNASSIGNED: _l("with nobody yet"),
    Standing.ASSIGNED: _l("with a specialist"),
    Standing.DRAFTED: _l("answer drafted"),
    Standing.ANSWERED: _l("answered"),
    Standing.MERGED: _l("put together with another"),
    Standing.NOT_SHOWN: _l("not shown to everyone"),
    Standing.WITHDRAWN: _l("taken back by its author"),
}
"""How a question stands, as those who run the log read it."""
ANSWER_KINDS: Labels = {
    AnswerKind.KNOWN: _l("An answer"),
    AnswerKind.NOBODY_KNOWS: _l("Nobody knows"),
}

ROLES: Labels = {
    Role.PARTICIPANT: _l("Participant"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.ANALYST: _l("Analyst"),
    Role.COMMISSIONER: _l("Commissioner"),
    Role.OVERSEER: _l("Overseer"),
    Role.APPLICANT: _l("Applicant"),
    Role.PANEL_MEMBER: _l("Panel member"),
    Role.RAPPORTEUR: _l("Rapporteur"),
    Role.COMMITTEE_MEMBER: _l("Committee member"),
    Role.EVALUATOR: _l("Evaluator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

APPROACHES: Labels = {
    Approach.DELEGATED: _l("Someone decides for us"),
    Approach.COLLECTIVE: _l("We decide together"),
    Approach.INDIVIDUAL: _l("I decide for myself"),
    Approach.GENERAL: _l("General"),
}
STANCES: Labels = {
    Stance.SUPPORTS: _l("Supports it"),
    Stance.CRITICISES: _l("Criticises it"),
    Stance.OPPOSES_ACCESS: _l("Is against access for AI"),
}
ORIGINS: Labels = {
    Origin.SEED: _l("From the organisers"),
    Origin.PARTICIPANT: _l("From a person who takes part"),
    Origin.DERIVED: _l("Reworded from an earlier one"),
}
CARD_FIELDS: Labels = {
    CardField.WHO_DECIDES: _l("Who decides?"),
    CardField.HOW_CHOSEN: _l("How are they chosen?"),
    CardField.WHAT_THEY_SEE: _l("What do they see?"),
    CardField.DECISION_RULE: _l("How do they decide?"),
    CardField.TIME_PER_DECISION: _l("How long does it take?"),
    CardField.COST_PER_DECISION: _l("What does it cost?"),
    CardField.SAY_NO: _l("Can I say no?"),
    CardField.APPEAL: _l("What if I disagree?"),
    CardField.IF_IT_GOES_WRONG: _l("What if it goes wrong?"),
    CardField.CANNOT_TAKE_PART: _l("What about people who cannot take part?"),
    CardField.PARTNERS: _l("Who else is part of it?"),
    CardField.REAL_EXAMPLE: _l("Is there a real one?"),
    CardField.EVIDENCE: _l("What do we know about how well it works?"),
}
RATINGS: Labels = {
    Rating.STRONGLY_SUPPORT: _l("Strongly support"),
    Rating.SUPPORT: _l("Support"),
    Rating.NEITHER: _l("Neither"),
    Rating.OPPOSE: _l("Oppose"),
    Rating.STRONGLY_OPPOSE: _l("Strongly oppose"),
    Rating.NEED_TO_KNOW_MORE: _l("I need to know more"),
}
ACCEPTANCES: Labels = {
    Acceptance.COULD_ACCEPT: _l("I could accept it"),
    Acceptance.COULD_NOT: _l("I could not accept it"),
}
RUNGS: Labels = {
    Rung.BELOW_INFORM: _l("Below inform"),
    Rung.INFORM: _l("Inform"),
    Rung.CONSULT: _l("Consult"),
    Rung.INVOLVE: _l("Involve"),
    Rung.COLLABORATE: _l("Collaborate"),
    Rung.EMPOWER: _l("Empower"),
}

COMBINATION_QUESTIONS: Labels = {
    CombinationQuestion.WHO_SETS_RULES: _l("Who sets the rules?"),
    CombinationQuestion.WHO_DECIDES: _l("Who decides about each request?"),
    CombinationQuestion.CAN_SAY_NO: _l("Can a person say no?"),
    CombinationQuestion.WHO_CHECKS: _l("Who checks that the rules are kept?"),
}
_NO_ACCESS = _l("No one should get the scans for AI")
_NONE = _l("None of these")
COMBINATION_ANSWERS: Mapping[str, Labels] = {
    CombinationQuestion.WHO_SETS_RULES: {
        "experts": _l("Experts"),
        "panel_of_people": _l("A panel of people like me"),
        "parliament": _l("Parliament"),
        "patients_vote": _l("All patients, by a vote"),
        NOBODY: _NO_ACCESS,
        NONE_OF_THESE: _NONE,
    },
    CombinationQuestion.WHO_DECIDES: {
        "expert_committee": _l("A committee of experts"),
        "mixed_committee": _l("A committee of experts and patients"),
        "panel_of_people": _l("A panel of people like me"),
        "independent_guardian": _l("One guardian who works for no one else"),
        "each_person": _l("Each person, for their own scans"),
        NOBODY: _NO_ACCESS,
        NONE_OF_THESE: _NONE,
    },
    CombinationQuestion.CAN_SAY_NO: {
        "opt_out": _l("Yes: you are in until you say no"),
        "opt_in": _l("Yes: you are out until you say yes"),
        "each_time": _l("Yes: you are asked each time"),
        "no_choice": _l("No: it is the same for everyone"),
        NOBODY: _NO_ACCESS,
        NONE_OF_THESE: _NONE,
    },
    CombinationQuestion.WHO_CHECKS: {
        "independent_body": _l("A body that works for no one else"),
        "panel_of_people": _l("A panel of people like me"),
        "public_register": _l("Everyone, in a list that is open to all"),
        "courts": _l("The courts"),
        NOBODY: _NO_ACCESS,
        NONE_OF_THESE: _NONE,
    },
}
"""Question -> answer -> words; the order is the order on the page."""

COMBINATION_PHRASES: Mapping[str, Labels] = {
    CombinationQuestion.WHO_SETS_RULES: {
        "experts": _l("experts set the rules"),
        "panel_of_people": _l("a panel of people like me sets the rules"),
        "parliament": _l("Parliament sets the rules"),
        "patients_vote": _l("all patients set the rules by a vote"),
        NOBODY: _l("there are no rules to set, as no one should get the scans for AI"),
        NONE_OF_THESE: _l("someone else sets the rules"),
    },
    CombinationQuestion.WHO_DECIDES: {
        "expert_committee": _l("a committee of experts decides about each request"),
        "mixed_committee": _l("a committee of experts and patients decides about each request"),
        "panel_of_people": _l("a panel of people like me decides about each request"),
        "independent_guardian": _l("one guardian decides about each request"),
        "each_person": _l("each person decides about their own scans"),
        NOBODY: _l("no request is granted"),
        NONE_OF_THESE: _l("someone else decides about each request"),
    },
    CombinationQuestion.CAN_SAY_NO: {
        "opt_out": _l("you are in until you say no"),
        "opt_in": _l("you are out until you say yes"),
        "each_time": _l("you are asked each time"),
        "no_choice": _l("it is the same for everyone"),
        NOBODY: _l("no one has to say no, as no one gets the scans"),
        NONE_OF_THESE: _l("a person can say no in some other way"),
    },
    CombinationQuestion.WHO_CHECKS: {
        "independent_body": _l("a body that works for no one else checks"),
        "panel_of_people": _l("a panel of people like me checks"),
        "public_register": _l("everyone can check in a list that is open to all"),
        "courts": _l("the courts check"),
        NOBODY: _l("there is nothing to check, as no one gets the scans"),
        NONE_OF_THESE: _l("someone else checks"),
    },
}
"""Question -> answer -> its part of the sentence that is read back."""

POSITIONS: Mapping[int, LazyString] = {
    Position.AGREE: _l("Agree"),
    Position.PASS: _l("Pass"),
    Position.DISAGREE: _l("Disagree"),
}
PASS_REASONS: Labels = {
    PassReason.NOT_SURE: _l("I am not sure"),
    PassReason.IT_DEPENDS: _l("It depends"),
    PassReason.DONT_UNDERSTAND: _l("I do not understand it"),
    PassReason.RATHER_NOT_SAY: _l("I would rather not say"),
}
PURPOSES: Labels = {
    Purpose.PRIVACY_NOTICE: _l("What we do with what you say"),
    Purpose.TAKE_PART: _l("Taking part"),
    Purpose.QUOTES: _l("Printing your words with no name"),
    Purpose.RECORDING: _l("Recording a session"),
    Purpose.CONTACT_LATER: _l("Getting in touch later"),
    Purpose.MACHINE_SORTING: _l("A computer may help to sort your words"),
}
MATERIAL_KINDS: Mapping[str, LazyString] = {
    "explainer": _l("Explainer"),
    "case": _l("Case study"),
    "document": _l("Document"),
    "transparency": _l("How our own programs were checked"),
}

LINK_STANCES: Labels = {
    LinkStance.SUPPORTS: _l("supports"),
    LinkStance.TEMPERS: _l("pulls the other way"),
}
EVIDENCE_KINDS: Labels = {
    EvidenceKind.THEME: _l("Theme"),
    EvidenceKind.STATEMENT: _l("Statement"),
    EvidenceKind.COMMENT: _l("Comment"),
    EvidenceKind.CONDITION: _l("Condition"),
}
WORDING_KINDS: Labels = {
    WordingKind.PARTICIPANTS: _l("The participants' wording"),
    WordingKind.COMMISSIONER: _l("The commissioner's wording"),
}
REPLY_SIDES: Labels = {
    ReplySide.FOR: _l("For it"),
    ReplySide.AGAINST: _l("Against it"),
    ReplySide.NEUTRAL: _l("Neither: I want to add something"),
}
REPLY_MARKS: Labels = {
    ReplySide.FOR: _l("for"),
    ReplySide.AGAINST: _l("against"),
    ReplySide.NEUTRAL: _l("neutral"),
}
STAFF_VOICES: Labels = {
    StaffVoice.FACILITATOR: _l("Facilitator"),
    StaffVoice.SPECIALIST: _l("Specialist"),
}
ENTRY_WAYS: Labels = {
    EntryWay.PAPER: _l("on paper"),
    EntryWay.PHONE: _l("by phone"),
    EntryWay.ROOM: _l("in the room"),
}
LATE_WINDOWS: Labels = {
    LateWindow.NONE: _l("not at all"),
    LateWindow.MORNING: _l("until ten o’clock the next morning"),
    LateWindow.THREE_DAYS: _l("for three days"),
    LateWindow.WEEK: _l("for a week"),
}
TERMS_STATES: Labels = {
    TermsState.DRAFT: _l("draft"),
    TermsState.PUBLISHED: _l("published"),
}
QUESTION_KINDS: Labels = {
    QuestionKind.RADIOGROUP: _l("One answer from a list"),
    QuestionKind.CHECKBOX: _l("Several answers from a list"),
    QuestionKind.DROPDOWN: _l("One answer from a long list that folds out"),
    QuestionKind.RATING: _l("A scale of numbers, such as 1 to 5"),
    QuestionKind.BOOLEAN: _l("Yes or no"),
    QuestionKind.TEXT: _l("A few words"),
    QuestionKind.COMMENT: _l("Their own words, in a large box"),
}


DRAFT_KINDS: Labels = {
    DraftKind.FINDING: _l("What we found"),
    DraftKind.RESEARCH_QUESTION: _l("A question to look into"),
}
SUGGESTION_ANSWERS: Labels = {
    SuggestionState.TAKEN: _l("We took it"),
    SuggestionState.PARTLY: _l("We took a part of it"),
    SuggestionState.NOT_TAKEN: _l("We did not take it"),
}
SUGGESTION_STATES: Labels = {
    SuggestionState.OPEN: _l("no answer yet"),
    SuggestionState.TAKEN: _l("taken"),
    SuggestionState.PARTLY: _l("taken in part"),
    SuggestionState.NOT_TAKEN: _l("not taken"),
}
AGREEMENTS: Labels = {
    Agreement.AGREED: _l("I agree"),
    Agreement.AGREED_EXCEPT: _l("I agree, except for something"),
}
PREFERENCE_KINDS: Labels = {
    PreferenceKind.APPROVAL: _l("Each person gives dots to the ones that matter most to them"),
    PreferenceKind.RANKING: _l("Each person puts them in order"),
}


def choices(labels: Mapping[Any, LazyString]) -> list[SelectChoice]:
    """The choices of a radio or select field, in the order of `labels`."""
    return [SelectChoice(str(getattr(member, "value", member)), words) for member, words in labels.items()]
