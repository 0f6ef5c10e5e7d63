"""What an analysis answers: one frozen result of ids, counts and figures."""

from dataclasses import dataclass

from analysis.frames import Id


@dataclass(frozen=True)
class ParticipantResult:
    """A participant on the map; `group` is None for somebody with too few votes."""

    id: Id
    votes: int
    x: float
    y: float
    group: str | None


@dataclass(frozen=True)
class GroupStatement:
    """One group on one statement: counts, add-one probabilities, z values, ratios to the other groups."""

    group: str
    agree: int
    disagree: int
    seen: int
    p_agree: float
    p_disagree: float
    z_agree: float
    z_disagree: float
    r_agree: float
    r_disagree: float
    zr_agree: float
    zr_disagree: float


@dataclass(frozen=True)
class StatementResult:
    """A statement over everybody who voted on it, and by group. `passed` + agree + disagree = seen."""

    id: Id
    state: str
    is_meta: bool
    left_out: bool
    seen: int
    agree: int
    disagree: int
    passed: int
    important: int
    x: float
    y: float
    extremity: float
    group_aware_consensus: float | None
    bridging_min: float | None
    bridging_mean: float | None
    divisiveness: float
    by_group: tuple[GroupStatement, ...]


@dataclass(frozen=True)
class GroupResult:
    """An opinion group and the middle of its members on the map."""

    label: str
    size: int
    x: float
    y: float


@dataclass(frozen=True)
class Structure:
    """How many groups there are and why: `verdict` is groups, axis_only, one_group, too_few or given.

    `share` is the part of the variance on each axis. The p values are shares of shuffled votes that did as
    well as the real ones (1.0 when not asked).
    """

    verdict: str
    groups: int
    share: tuple[float, float]
    silhouettes: tuple[tuple[int, float], ...]
    null_silhouette: float
    groups_p: float
    axis_p: float


@dataclass(frozen=True)
class ListedStatement:
    """A statement of a list, with its rank from 1, direction (agree or disagree) and score."""

    rank: int
    statement: Id
    direction: str
    score: float


@dataclass(frozen=True)
class Representative:
    """What sets a group apart."""

    group: str
    statements: tuple[ListedStatement, ...]


@dataclass(frozen=True)
class ThemeMember:
    """A text placed in a theme. `kind` is comment or statement; strength runs from 0 to 1."""

    kind: str
    id: Id
    strength: float


@dataclass(frozen=True)
class Theme:
    """A draft theme: members, the strongest first, and its exemplars. `label` is T1, T2, ... or "other".

    `terms` are words of its texts. They are never stored in a snapshot: `themes.key_terms` makes them anew
    from the words that still stand.
    """

    label: str
    members: tuple[ThemeMember, ...]
    exemplars: tuple[ThemeMember, ...]
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Themes:
    """Draft themes, or none with the reason: too_few_texts, no_words or no_difference."""

    themes: tuple[Theme, ...]
    reason: str | None = None


@dataclass(frozen=True)
class Excluded:
    """What was left out, and why.

    refused and withdrawn statements and meta ones are out of the map and the lists, their votes stay
    counted; below_threshold people voted too little to be grouped; not_in_given_groups are named by no given
    group; superseded votes were changed later; empty texts say nothing.
    """

    refused: tuple[Id, ...]
    meta: tuple[Id, ...]
    without_votes: tuple[Id, ...]
    below_threshold: tuple[Id, ...]
    not_in_given_groups: tuple[Id, ...]
    superseded_votes: int
    empty_texts: tuple[ThemeMember, ...]


@dataclass(frozen=True)
class Settings:
    """How to analyse. Equal tables and settings give an equal result.

    k            a number of groups asked for (None: found, and tested against chance)
    min_votes    votes needed to be grouped; below fill_to people the most active join
    permutations shuffled copies against which groups are tested; level is the test's
    """

    seed: int = 0
    k: int | None = None
    min_votes: int = 7
    fill_to: int = 15
    max_groups: int = 5
    min_group_size: int = 5
    starts: int = 20
    permutations: int = 49
    level: float = 0.02
    list_length: int = 5
    min_texts: int = 6
    max_themes: int = 12


@dataclass(frozen=True)
class Result:
    """One analysis. Lists are in canonical order: ids rising, groups by size, ranks from 1."""

    settings: Settings
    participants: tuple[ParticipantResult, ...]
    statements: tuple[StatementResult, ...]
    groups: tuple[GroupResult, ...]
    structure: Structure
    consensus_agree: tuple[ListedStatement, ...]
    consensus_disagree: tuple[ListedStatement, ...]
    representative: tuple[Representative, ...]
    themes: Themes
    excluded: Excluded
    votes: int
    inputs_digest: str

    @property
    def seed(self) -> int:
        """The seed of the settings."""
        return self.settings.seed

    @property
    def verdict(self) -> str:
        """The verdict of the structure."""
        return self.structure.verdict
