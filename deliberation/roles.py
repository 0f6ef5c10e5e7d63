"""Permission is one table: role x action x stage kind x stage state, closed by default."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from deliberation.errors import NotAllowed
from deliberation.stages import StageKind, StageState
from deliberation.tasks import TASK_KINDS, Task


class Role(StrEnum):
    """Roles are memberships of one dialogue; only the administrator is global."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    ANALYST = "analyst"
    COMMISSIONER = "commissioner"
    OVERSEER = "overseer"
    APPLICANT = "applicant"
    PANEL_MEMBER = "panel_member"
    RAPPORTEUR = "rapporteur"
    COMMITTEE_MEMBER = "committee_member"
    EVALUATOR = "evaluator"
    ADMINISTRATOR = "administrator"


class Relation(StrEnum):
    """How the thing acted on belongs to the actor."""

    OWN = "own"
    SAME_TABLE = "same_table"
    SAME_DIALOGUE = "same_dialogue"
    OTHER = "other"


class Action(StrEnum):
    """Everything that anybody may be allowed to do."""

    # taking part
    TAKE_PART = "take_part"
    READ_MATERIAL = "read_material"
    CAST_VOTE = "cast_vote"
    ADD_STATEMENT = "add_statement"
    ADD_COMMENT = "add_comment"
    RATE_MODEL = "rate_model"
    COMBINE_MODELS = "combine_models"
    FOLLOW_REQUEST = "follow_request"
    STATE_PREFERENCE = "state_preference"
    WRITE_DRAFT = "write_draft"
    CHECK_CRITERIA = "check_criteria"
    FILL_GRID = "fill_grid"
    WEIGH_COMBINATIONS = "weigh_combinations"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    SEE_OWN_CONTRIBUTIONS = "see_own_contributions"
    WITHDRAW_OWN_WORDS = "withdraw_own_words"
    EDIT_OWN_WORDS = "edit_own_words"
    CHANGE_OWN_PERMISSIONS = "change_own_permissions"
    APPEAL = "appeal"
    LEAVE = "leave"
    ASK_QUESTION = "ask_question"
    SEE_QUESTIONS = "see_questions"
    RAISE_RESEARCH_QUESTION = "raise_research_question"
    SEE_RESEARCH_QUESTIONS = "see_research_questions"
    # running a dialogue
    SEE_DIALOGUE = "see_dialogue"
    PREVIEW = "preview"
    EDIT_DIALOGUE = "edit_dialogue"
    RUN_SESSION = "run_session"
    MANAGE_ROLL = "manage_roll"
    MANAGE_STAFF = "manage_staff"
    MODERATE = "moderate"
    REPLY_AS_STAFF = "reply_as_staff"
    ENTER_ON_BEHALF = "enter_on_behalf"
    GATHER_WORDS = "gather_words"
    CHOOSE_CRITERIA = "choose_criteria"
    READ_WELFARE = "read_welfare"
    SEE_PROCESS_RECORD = "see_process_record"
    RUN_QUESTION_LOG = "run_question_log"
    SEE_RESEARCH_BOARD = "see_research_board"
    SHAPE_RESEARCH_QUESTION = "shape_research_question"
    NOTE_FEASIBILITY = "note_feasibility"
    DECIDE_RESEARCH_QUESTION = "decide_research_question"
    # from views to terms
    RUN_ANALYSIS = "run_analysis"
    SEE_ANALYSIS = "see_analysis"
    WRITE_FINDING = "write_finding"
    SEE_FINDINGS = "see_findings"
    WRITE_CLAUSE = "write_clause"
    SEE_DRAFT_TERMS = "see_draft_terms"
    SEE_PUBLISHED_TERMS = "see_published_terms"
    PUBLISH_TERMS = "publish_terms"
    # access to data
    SEE_ACCESS = "see_access"
    SEE_APPLICATION = "see_application"
    MANAGE_DATA_ASSETS = "manage_data_assets"
    APPLY_FOR_ACCESS = "apply_for_access"
    SCREEN_APPLICATION = "screen_application"
    PLAN_STEPS = "plan_steps"
    SEE_EXAMPLE_ASSESSMENT = "see_example_assessment"
    # a workshop on an application, and its panel's record
    PLAN_WORKSHOP = "plan_workshop"
    SEE_WORKSHOP = "see_workshop"
    ANSWER_PANEL = "answer_panel"
    READ_PANEL_REPORT = "read_panel_report"
    RECRUIT_PANEL = "recruit_panel"
    WRITE_PANEL_RECORD = "write_panel_record"
    CHECK_PANEL_RECORD = "check_panel_record"
    # the access committee and what follows a decision
    SEE_COMMITTEE = "see_committee"
    JUDGE_APPLICATION = "judge_application"
    ANSWER_COMMITTEE = "answer_committee"
    CHOOSE_PUBLIC_FINDINGS = "choose_public_findings"
    PUBLISH_RECORD = "publish_record"
    WATCH_ACCESS = "watch_access"
    SEE_COMMITTEE_RECORD = "see_committee_record"
    SEE_PUBLIC_IN_PANEL = "see_public_in_panel"
    # the oversight group
    SEE_OVERSIGHT = "see_oversight"
    RUN_OVERSIGHT = "run_oversight"
    GIVE_ADVICE = "give_advice"
    ANSWER_ADVICE = "answer_advice"
    OVERRIDE_ADVICE = "override_advice"
    DECLARE_INTEREST = "declare_interest"
    # meetings of the Oversight Group, concerns, evaluation
    SEE_MEETINGS = "see_meetings"
    RUN_MEETINGS = "run_meetings"
    DECLARE_AT_MEETING = "declare_at_meeting"
    OBJECT_TO_MINUTES = "object_to_minutes"
    SEE_CONCERNS = "see_concerns"
    RAISE_CONCERN = "raise_concern"
    ANSWER_CONCERN = "answer_concern"
    SEE_EVALUATION = "see_evaluation"
    JUDGE_DIALOGUE = "judge_dialogue"
    EXPORT_OVERSIGHT = "export_oversight"
    # outside any dialogue
    CREATE_DIALOGUE = "create_dialogue"
    MANAGE_ACCOUNTS = "manage_accounts"


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: the roles they hold in the dialogue at hand."""

    roles: frozenset[Role]


@dataclass(frozen=True)
class Thing:
    """What is acted on: how it belongs to the actor, and the stage it happens in, if any."""

    relation: Relation = Relation.SAME_DIALOGUE
    stage_kind: StageKind | None = None
    stage_state: StageState | None = None


@dataclass(frozen=True)
class Row:
    """One row of the table. Empty `kinds` or `states`: the action belongs to no stage."""

    role: Role
    action: Action
    kinds: frozenset[StageKind] = field(default_factory=frozenset)
    states: frozenset[StageState] = field(default_factory=frozenset)
    relations: frozenset[Relation] = frozenset({Relation.OWN, Relation.SAME_TABLE, Relation.SAME_DIALOGUE})


_OPEN = frozenset({StageState.OPEN, StageState.CLOSING})
_READABLE = frozenset({StageState.OPEN, StageState.PAUSED, StageState.CLOSING, StageState.CLOSED})
_OWN = frozenset({Relation.OWN})
_TALKING = frozenset({
    StageKind.DISCUSS, StageKind.LEARN, StageKind.COMPARE, StageKind.DRAFT, StageKind.PRIORITISE, StageKind.RATIFY,
})  # fmt: skip


def _in_stages(action: Action, kinds: Iterable[StageKind], states: frozenset[StageState] = _OPEN) -> Row:
    return Row(Role.PARTICIPANT, action, frozenset(kinds), states)


def _rows(role: Role, *actions: Action) -> list[Row]:
    return [Row(role, action) for action in actions]


PERMISSIONS: tuple[Row, ...] = (
    # A participant sees and changes their own; the acts of a stage need the stage to be open.
    Row(Role.PARTICIPANT, Action.TAKE_PART),
    Row(Role.PARTICIPANT, Action.SEE_OWN_CONTRIBUTIONS, relations=_OWN),
    Row(Role.PARTICIPANT, Action.WITHDRAW_OWN_WORDS, relations=_OWN),
    Row(Role.PARTICIPANT, Action.EDIT_OWN_WORDS, relations=_OWN),
    Row(Role.PARTICIPANT, Action.CHANGE_OWN_PERMISSIONS, relations=_OWN),
    Row(Role.PARTICIPANT, Action.APPEAL, relations=_OWN),
    Row(Role.PARTICIPANT, Action.LEAVE, relations=_OWN),
    Row(Role.PARTICIPANT, Action.SEE_PUBLISHED_TERMS),
    # A question can be asked at any time: it often comes after the stage that raised it.
    Row(Role.PARTICIPANT, Action.ASK_QUESTION),
    Row(Role.PARTICIPANT, Action.SEE_QUESTIONS),
    Row(Role.PARTICIPANT, Action.RAISE_RESEARCH_QUESTION),
    Row(Role.PARTICIPANT, Action.SEE_RESEARCH_QUESTIONS),
    _in_stages(Action.READ_MATERIAL, StageKind, _READABLE),
    _in_stages(Action.CAST_VOTE, [StageKind.VOTE]),
    _in_stages(Action.ADD_STATEMENT, [StageKind.VOTE]),
    _in_stages(Action.ADD_COMMENT, [*_TALKING, StageKind.VOTE]),
    _in_stages(Action.RATE_MODEL, [StageKind.COMPARE]),
    _in_stages(Action.COMBINE_MODELS, [StageKind.COMPARE]),
    _in_stages(Action.FOLLOW_REQUEST, [StageKind.COMPARE, StageKind.LEARN]),
    _in_stages(Action.STATE_PREFERENCE, [StageKind.PRIORITISE, StageKind.COMPARE]),
    _in_stages(Action.WRITE_DRAFT, [StageKind.DRAFT]),
    *(_in_stages(Action(task.value), TASK_KINDS[task]) for task in Task),
    _in_stages(Action.ANSWER_QUESTIONNAIRE, [StageKind.SURVEY]),
    # The question log as participants read it; who runs it also sees what waits to be checked.
    *(
        Row(role, Action.SEE_QUESTIONS)
        for role in (Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR)
    ),
    Row(Role.FACILITATOR, Action.RUN_QUESTION_LOG),
    # Facilitator and analyst shape research questions; what becomes of them the commissioner decides, in public.
    *(
        Row(role, Action.SEE_RESEARCH_QUESTIONS)
        for role in (Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR)
    ),
    *(
        Row(role, action)
        for role in (Role.FACILITATOR, Role.ANALYST)
        for action in (Action.SEE_RESEARCH_BOARD, Action.SHAPE_RESEARCH_QUESTION, Action.NOTE_FEASIBILITY)
    ),
    *_rows(
        Role.COMMISSIONER, Action.SEE_RESEARCH_BOARD, Action.NOTE_FEASIBILITY, Action.DECIDE_RESEARCH_QUESTION,
    ),
    # A facilitator runs everything that people meet, and never writes findings or clauses.
    *_rows(
        Role.FACILITATOR, Action.SEE_DIALOGUE, Action.PREVIEW, Action.EDIT_DIALOGUE, Action.RUN_SESSION,
        Action.MANAGE_ROLL, Action.MANAGE_STAFF, Action.MODERATE, Action.SEE_PROCESS_RECORD, Action.SEE_ANALYSIS,
        Action.SEE_FINDINGS, Action.SEE_DRAFT_TERMS, Action.SEE_PUBLISHED_TERMS, Action.CREATE_DIALOGUE,
        Action.REPLY_AS_STAFF, Action.ENTER_ON_BEHALF,
        Action.GATHER_WORDS, Action.CHOOSE_CRITERIA,
        Action.READ_WELFARE,  # and of the facilitators only the one whom the dialogue names as safeguarding lead
    ),
    *_rows(
        Role.ANALYST, Action.SEE_DIALOGUE, Action.PREVIEW, Action.RUN_ANALYSIS, Action.SEE_ANALYSIS,
        Action.WRITE_FINDING, Action.SEE_FINDINGS, Action.SEE_DRAFT_TERMS, Action.SEE_PUBLISHED_TERMS,
        Action.GATHER_WORDS,
    ),
    # The commissioner never moderates, never edits findings, never sees unpublished words.
    *_rows(
        Role.COMMISSIONER, Action.SEE_DIALOGUE, Action.PREVIEW, Action.SEE_FINDINGS, Action.WRITE_CLAUSE,
        Action.SEE_DRAFT_TERMS, Action.SEE_PUBLISHED_TERMS, Action.PUBLISH_TERMS,
    ),
    *_rows(
        Role.OVERSEER, Action.SEE_DIALOGUE, Action.PREVIEW, Action.SEE_FINDINGS, Action.SEE_DRAFT_TERMS,
        Action.SEE_PUBLISHED_TERMS,
    ),
    # The evaluator reads the whole process record, never identities.
    *_rows(
        Role.EVALUATOR, Action.SEE_DIALOGUE, Action.PREVIEW, Action.SEE_PROCESS_RECORD, Action.SEE_FINDINGS,
        Action.SEE_DRAFT_TERMS, Action.SEE_PUBLISHED_TERMS,
    ),
    # The team reads what the group says; only the group says it, and only those who run the dialogue answer.
    *(
        Row(role, Action.SEE_OVERSIGHT)
        for role in (Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR)
    ),
    *_rows(Role.FACILITATOR, Action.RUN_OVERSIGHT, Action.ANSWER_ADVICE),
    *_rows(Role.COMMISSIONER, Action.ANSWER_ADVICE),
    # ... of them the lead of the dialogue and the chair of the group alone
    *(Row(role, Action.OVERRIDE_ADVICE) for role in (Role.FACILITATOR, Role.OVERSEER)),
    *_rows(Role.OVERSEER, Action.GIVE_ADVICE, Action.DECLARE_INTEREST),
    # Meetings: the facilitator keeps the record, members declare and object, the evaluator and commissioner read.
    *(
        Row(role, action)
        for role in (Role.FACILITATOR, Role.COMMISSIONER, Role.OVERSEER, Role.EVALUATOR)
        for action in (Action.SEE_MEETINGS, Action.SEE_CONCERNS, Action.SEE_EVALUATION, Action.EXPORT_OVERSIGHT)
    ),
    *_rows(Role.FACILITATOR, Action.RUN_MEETINGS, Action.DECLARE_AT_MEETING, Action.JUDGE_DIALOGUE),
    *_rows(Role.OVERSEER, Action.DECLARE_AT_MEETING, Action.OBJECT_TO_MINUTES),
    *_rows(Role.EVALUATOR, Action.JUDGE_DIALOGUE),
    *_rows(Role.ANALYST, Action.SEE_CONCERNS, Action.SEE_EVALUATION),
    # Who may raise a concern; of those who may answer, the chair, the lead and, once escalated, the commissioner do.
    *(
        Row(role, Action.RAISE_CONCERN)
        for role in (Role.FACILITATOR, Role.ANALYST, Role.COMMISSIONER, Role.OVERSEER)
    ),
    *(Row(role, Action.ANSWER_CONCERN) for role in (Role.FACILITATOR, Role.COMMISSIONER, Role.OVERSEER)),
    *_rows(Role.APPLICANT, Action.SEE_DIALOGUE, Action.SEE_PUBLISHED_TERMS),
    *_rows(Role.PANEL_MEMBER, Action.SEE_DIALOGUE, Action.SEE_PUBLISHED_TERMS),
    *_rows(Role.RAPPORTEUR, Action.SEE_DIALOGUE, Action.SEE_PUBLISHED_TERMS),
    *_rows(Role.COMMITTEE_MEMBER, Action.SEE_DIALOGUE, Action.SEE_FINDINGS, Action.SEE_PUBLISHED_TERMS),
    # Access to data: who is on an application's team, and what was handed in yet, is asked again for each application.
    *(
        Row(role, action)
        for role in (Role.FACILITATOR, Role.APPLICANT, Role.COMMITTEE_MEMBER, Role.OVERSEER, Role.EVALUATOR)
        for action in (Action.SEE_ACCESS, Action.SEE_APPLICATION)
    ),
    Row(Role.ADMINISTRATOR, Action.SEE_ACCESS),
    *(Row(role, Action.MANAGE_DATA_ASSETS) for role in (Role.FACILITATOR, Role.ADMINISTRATOR)),
    Row(Role.APPLICANT, Action.APPLY_FOR_ACCESS),
    Row(Role.COMMITTEE_MEMBER, Action.SCREEN_APPLICATION),
    *(Row(role, Action.PLAN_STEPS) for role in (Role.FACILITATOR, Role.APPLICANT)),
    *(Row(role, Action.SEE_EXAMPLE_ASSESSMENT) for role in Role),
    # A workshop on an application: planned by whoever runs the steps; the team answers the released points; the report
    # goes to the committee alone. In the workshop's own dialogue the rapporteur writes and the panel checks.
    *_rows(Role.FACILITATOR, Action.PLAN_WORKSHOP, Action.SEE_WORKSHOP, Action.RECRUIT_PANEL),
    *_rows(Role.APPLICANT, Action.SEE_WORKSHOP, Action.ANSWER_PANEL),
    *_rows(Role.COMMITTEE_MEMBER, Action.SEE_WORKSHOP, Action.READ_PANEL_REPORT),
    *(Row(role, Action.SEE_WORKSHOP) for role in (Role.OVERSEER, Role.EVALUATOR)),
    Row(Role.RAPPORTEUR, Action.WRITE_PANEL_RECORD),
    Row(Role.PANEL_MEMBER, Action.CHECK_PANEL_RECORD),
    # The committee judges; nobody else sees its pages. The applicant answers it. Who runs the steps publishes.
    *_rows(
        Role.COMMITTEE_MEMBER, Action.SEE_COMMITTEE, Action.JUDGE_APPLICATION, Action.PUBLISH_RECORD,
        Action.WATCH_ACCESS,
    ),
    *_rows(Role.APPLICANT, Action.ANSWER_COMMITTEE),
    *_rows(Role.FACILITATOR, Action.CHOOSE_PUBLIC_FINDINGS, Action.PUBLISH_RECORD),
    *_rows(Role.ANALYST, Action.CHOOSE_PUBLIC_FINDINGS),
    *(
        Row(role, Action.SEE_COMMITTEE_RECORD)
        for role in (Role.FACILITATOR, Role.EVALUATOR, Role.COMMITTEE_MEMBER)
    ),
    # In the workshop's own dialogue: what the public said, and what became of the panel's work.
    *(
        Row(role, Action.SEE_PUBLIC_IN_PANEL)
        for role in (Role.PARTICIPANT, Role.PANEL_MEMBER, Role.FACILITATOR, Role.RAPPORTEUR)
    ),
    # The administrator looks after accounts and staff, and reads no views.
    *_rows(
        Role.ADMINISTRATOR, Action.SEE_DIALOGUE, Action.MANAGE_STAFF, Action.CREATE_DIALOGUE, Action.MANAGE_ACCOUNTS,
        Action.SEE_PROCESS_RECORD, Action.SEE_PUBLISHED_TERMS,
    ),
)  # fmt: skip
"""Whatever has no row is refused."""

_BY_ACTION: dict[tuple[Role, Action], list[Row]] = {}
for _row in PERMISSIONS:
    _BY_ACTION.setdefault((_row.role, _row.action), []).append(_row)


def may(actor: Actor, action: Action, thing: Thing) -> bool:
    """Whether any of the actor's roles has a row for this action on this thing. Closed by default."""
    return any(
        _row_allows(row, thing) for role in actor.roles for row in _BY_ACTION.get((role, action), ())
    )


def check_may(actor: Actor, action: Action, thing: Thing) -> None:
    """NotAllowed (`stage_not_open` where only the stage's state stands in the way, else `not_allowed`)."""
    if may(actor, action, thing):
        return
    if thing.stage_kind is not None:
        opened = Thing(thing.relation, thing.stage_kind, StageState.OPEN)
        if may(actor, action, opened):
            state = thing.stage_state.value if thing.stage_state else ""
            raise NotAllowed("stage_not_open", state=state)
    raise NotAllowed("not_allowed", action=action.value)


def roles_that_may(action: Action) -> frozenset[Role]:
    """Roles with any row for the action, whatever the stage; for menus, audiences and the access table."""
    return frozenset(role for role, known in _BY_ACTION if known is action)


def _row_allows(row: Row, thing: Thing) -> bool:
    if thing.relation not in row.relations:
        return False
    if not row.kinds:
        return True
    return thing.stage_kind in row.kinds and thing.stage_state in row.states
