"""What an analysis answers: one frozen result of ids, counts and figures."""

from dataclasses import dataclass

from analysis.frames import Id

ROBUST, POLIS = "robust", "polis"
METHODS = (ROBUST, POLIS)


@dataclass(frozen=True)
class ParticipantResult:
    """A participant on the map; `group` is None for somebody with too few votes.

    `strength` is the share of bootstraps that put them into the same group again; None where none were made.
    """

    id: Id
    votes: int
    x: float
    y: float
    group: str | None
    strength: float | None = None


@dataclass(frozen=True)
class GroupStatement:
    """One group on one statement: counts, add-one probabilities, z values, ratios to the other groups.

    `approval_low`, `approval_high` bound the share agreeing (95 %); `q_value` says how surprising the difference
    from the other groups is, corrected for all statements and groups (1.0 where it cannot be asked).
    """

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
    approval_low: float = 0.0
    approval_high: float = 1.0
    q_value: float = 1.0


@dataclass(frozen=True)
class StatementResult:
    """A statement over everybody who voted on it, and by group. `passed` + agree + disagree = seen.

    `approval` is agree / seen (None where nobody saw it) with 95 % bounds; `standardised_approval` weighs each
    group by its size, with 95 % bounds; lower bounds of bridging are one-sided 90 %; `gap_low`, `gap_high` bound the
    divisiveness (95 %), `between_share` is the part of the variance of votes that lies between groups. Values that need
    groups are None without. Snapshots of the first format have none of these.
    """

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
    approval: float | None = None
    approval_low: float = 0.0
    approval_high: float = 1.0
    standardised_approval: float | None = None
    standardised_low: float | None = None
    standardised_high: float | None = None
    bridging_min_low: float | None = None
    bridging_mean_low: float | None = None
    gap_low: float | None = None
    gap_high: float | None = None
    between_share: float | None = None
    priority: float | None = None
    important_agree: int = 0
    important_disagree: int = 0


@dataclass(frozen=True)
class GroupResult:
    """An opinion group and the middle of its members on the map.

    `stability` is the median Jaccard index with its best counterpart over bootstraps, and `stability_word` stable,
    tentative or not_distinguishable; None where no bootstraps were made.
    """

    label: str
    size: int
    x: float
    y: float
    stability: float | None = None
    stability_word: str | None = None


@dataclass(frozen=True)
class Structure:
    """How many groups there are and why: `verdict` is groups, axis_only, one_group, too_few, given or untested.

    `share` is the part of the variance on each axis. The p values are shares of simulated votes that did as
    well as the real ones (1.0 when not asked): `axis_p` and `dealt_p` of votes dealt anew, `cloud_p` of one cloud;
    `groups_p` is the larger of the last two. `stability` is the median adjusted Rand index over bootstraps of the
    `tried` groups, with its word; None where no bootstraps were made.
    """

    verdict: str
    groups: int
    share: tuple[float, float]
    silhouettes: tuple[tuple[int, float], ...]
    null_silhouette: float
    groups_p: float
    axis_p: float
    dealt_p: float = 1.0
    cloud_p: float = 1.0
    cloud_silhouette: float = 0.0
    tried: int = 0
    stability: float | None = None
    stability_word: str | None = None


@dataclass(frozen=True)
class ListedStatement:
    """A statement of a list, with its rank from 1, direction (agree or disagree) and score.

    `q_value` is given in lists of what sets a group apart: above .1 it may well be chance.
    """

    rank: int
    statement: Id
    direction: str
    score: float
    q_value: float | None = None


@dataclass(frozen=True)
class Representative:
    """What sets a group apart."""

    group: str
    statements: tuple[ListedStatement, ...]


@dataclass(frozen=True)
class SlateSeat:
    """A statement of the slate: `supporters` of its `seen` agree, `newly_covered` of them with none before it."""

    rank: int
    statement: Id
    supporters: int
    seen: int
    newly_covered: int
    tied: tuple[Id, ...] = ()


@dataclass(frozen=True)
class SlateResult:
    """A few statements that together speak for as many people as can be.

    `covered` of `people` agree with at least one. `is_jr` says whether no group large enough for a seat is passed over;
    otherwise `passed_over` people agree on `passed_over_statement` and with nothing chosen.
    """

    method: str
    seats: tuple[SlateSeat, ...]
    covered: int
    people: int
    is_jr: bool
    passed_over: int = 0
    passed_over_statement: Id | None = None


@dataclass(frozen=True)
class FlaggedSet:
    """How many people were flagged together, and why: same_answers, together or fast. Who they are stays out."""

    kind: str
    people: int


@dataclass(frozen=True)
class MovedStatement:
    """A statement whose share agreeing differs without the flagged people by more than 5 in 100."""

    statement: Id
    approval: float
    without: float


@dataclass(frozen=True)
class Without:
    """What the same analysis would say without flagged people. Nothing is removed from the result itself."""

    people: int
    verdict: str
    groups: int
    consensus_agree: tuple[Id, ...]
    consensus_disagree: tuple[Id, ...]
    moved: tuple[MovedStatement, ...]


@dataclass(frozen=True)
class Resistance:
    """What was flagged, by set; `looked_for` are the kinds; `without` is None where nobody was flagged."""

    looked_for: tuple[str, ...]
    flagged: tuple[FlaggedSet, ...]
    without: Without | None = None


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

    method       robust (groups tested against chance, and tried again), or polis (as Polis groups)
    k            a number of groups asked for (None: found, and tested against chance)
    min_votes    votes needed to be grouped; below fill_to people the most active join
    permutations shuffled copies against which the axis and groups are tested; level is the test's
    clouds       simulated conversations of one cloud against which groups are tested; cloud_level is the test's
    bootstraps   refits on people drawn again, for the stability of groups
    seats        statements of the slate
    is_panel     a recruited panel: speed and arrivals are not looked at
    """

    seed: int = 0
    method: str = ROBUST
    k: int | None = None
    min_votes: int = 7
    fill_to: int = 15
    max_groups: int = 5
    min_group_size: int = 5
    starts: int = 20
    permutations: int = 99
    level: float = 0.02
    clouds: int = 199
    cloud_level: float = 0.03
    bootstraps: int = 100
    list_length: int = 5
    min_texts: int = 6
    max_themes: int = 12
    seats: int = 5
    is_panel: bool = False


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
    unsure: tuple[ListedStatement, ...] = ()
    minority: tuple[ListedStatement, ...] = ()
    slate: SlateResult | None = None
    resistance: Resistance | None = None

    @property
    def seed(self) -> int:
        """The seed of the settings."""
        return self.settings.seed

    @property
    def verdict(self) -> str:
        """The verdict of the structure."""
        return self.structure.verdict
