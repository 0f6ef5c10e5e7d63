"""What a kit holds once it has been read and checked: frozen values, keys resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliberation.consent import Purpose
from deliberation.policy import Policy
from deliberation.preferences import PreferenceKind
from deliberation.requests import Asked, RequestKind
from deliberation.sessions import DialogueMode
from deliberation.stages import Setting, StageKind
from deliberation.stewardship import Approach, Rung, Stance
from deliberation.tasks import Task


class KitError(Exception):
    """A kit that cannot be used. `problems` holds one plain line per problem, each naming its file."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class KitSummary:
    """A kit as it is offered in a list."""

    key: str
    title: str
    question: str
    version: str


@dataclass(frozen=True)
class KitApproach:
    """One of the ways of deciding, in plain words and at more length."""

    key: str
    name: str
    plain: str
    longer: str


@dataclass(frozen=True)
class KitSource:
    """Where facts come from."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class KitPermission:
    """An optional permission: what is asked, and the one line on what it changes."""

    purpose: Purpose
    label: str
    changes: str


@dataclass(frozen=True)
class KitTerm:
    """A glossary word."""

    term: str
    definition: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class KitModel:
    """A stewardship model's card. `facts`: field -> {text, source, not_known, by_definition}."""

    key: str
    name: str
    approaches: tuple[str, ...]
    is_current: bool
    plain: str
    facts: Mapping[str, Mapping[str, Any]]
    points_for: tuple[str, ...]
    points_against: tuple[str, ...]
    rung_claimed: Rung | None
    rung_evidenced: Rung | None
    asked: Asked | None = None


@dataclass(frozen=True)
class KitRequest:
    """An invented data request."""

    key: str
    kind: RequestKind
    title: str
    who: str
    purpose: str
    money: str
    data: str
    wrong: str


@dataclass(frozen=True)
class KitAssumption:
    """A number that burdens are reckoned from; None is not known, no source is assumed."""

    name: str
    value: int | None
    source: str | None


@dataclass(frozen=True)
class KitMaterial:
    """Something to read, in Markdown."""

    key: str
    title: str
    kind: str
    minutes: int
    is_invented: bool
    sources: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class KitStatement:
    """A seed statement."""

    key: str
    text: str
    approach: Approach
    stance: Stance | None


@dataclass(frozen=True)
class KitPreference:
    """A question that people answer by an order or by dots. `of_models`: the options are models, by key."""

    kind: PreferenceKind
    title: str
    explain: str
    dots: int
    seats: int
    asks_acceptance: bool
    of_models: bool
    options: tuple[str, ...]


@dataclass(frozen=True)
class KitStage:
    """A stage of the plan; what it holds is named by key."""

    kind: StageKind
    title: str
    intro: str
    minutes: int
    setting: Setting
    questionnaire: str | None
    materials: tuple[str, ...]
    models: tuple[str, ...]
    statements: tuple[str, ...]
    prompts: tuple[str, ...]
    preferences: tuple[KitPreference, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True)
class KitSession:
    """A session of the plan."""

    number: int
    title: str
    summary: str
    minutes: int
    days_after_first: int
    stages: tuple[KitStage, ...]


@dataclass(frozen=True)
class KitCode:
    """A starter code of the codebook."""

    key: str
    name: str
    definition: str
    include: str
    exclude: str
    example: str


@dataclass(frozen=True)
class KitSection:
    """A section of the outline of the Terms of Reference."""

    number: int
    title: str
    is_required: bool
    evidence: str
    guidance: str


@dataclass(frozen=True)
class KitAssessment:
    """A complete example of an assessment. `content`: as a version keeps it, without an application."""

    title: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Kit:
    """Everything that a dialogue is made from. `is_agenda`: of a workshop, planned elsewhere, never offered alone."""

    key: str
    version: str
    title: str
    short_title: str
    question: str
    language: str
    timezone: str
    mode: DialogueMode
    summary: str
    how_it_is_used: str
    thank_you: str
    notice: str
    welcome: str
    privacy: str
    take_part: str
    approaches: tuple[KitApproach, ...]
    sources: tuple[KitSource, ...]
    permissions: tuple[KitPermission, ...]
    glossary: tuple[KitTerm, ...]
    models: tuple[KitModel, ...]
    materials: tuple[KitMaterial, ...]
    statements: tuple[KitStatement, ...]
    sessions: tuple[KitSession, ...]
    codebook: tuple[KitCode, ...]
    questionnaires: Mapping[str, Mapping[str, Any]]
    terms_title: str
    terms_introduction: str
    sections: tuple[KitSection, ...]
    requests: tuple[KitRequest, ...] = ()
    assumptions: tuple[KitAssumption, ...] = ()
    policy: Policy | None = None
    assessment: KitAssessment | None = None
    is_agenda: bool = False
