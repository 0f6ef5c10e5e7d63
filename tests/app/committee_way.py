"""What tests of the committee share: an application before it, with a workshop, panel points, and what follows."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.db import db, transaction, utcnow
from app.models.access_applications import AccessApplication
from app.models.analysis import Finding, Snapshot
from app.models.assessment import AssessmentVersion
from app.models.committee import AccessDecision
from app.models.dialogues import Dialogue
from app.models.panel import PanelAddendum, PanelPoint, PanelPointAnswer, PanelPointVersion, PanelReportVersion
from app.models.people import Account
from app.models.register import ApplicationFinding, RegisterEntry
from app.models.workshops import AssessmentWorkshop, PanelQuota
from app.services import committee as acts
from app.services import register as register_acts
from app.services.assessment_versions import keep_version
from app.services.committee_decision import decide
from app.services.responses import respond
from deliberation.assessment import ApplicationState
from deliberation.committee import ConditionDraft, DecisionDraft, Outcome, ReportUse
from deliberation.panel import Axis, ChangeKind, Strength
from deliberation.rubric import STANDARD, Level
from tests import factories
from tests.app.access_way import Office, make_office
from tests.app.way import saved

DAY = timedelta(days=1)
POINTS = ("Tell us when it has missed something.", "Check it on darker skin and smaller chests.")


@dataclass
class Sitting(Office):
    """An application before the committee. `points`: those that the panel released."""

    workshop: AssessmentWorkshop | None = None
    d2: Dialogue | None = None

    def committee(self, tail: str = "") -> str:
        """The address of the committee's page of the application, or of something below it."""
        return self.at(f"/committee{tail}")

    @property
    def points(self) -> list[PanelPoint]:
        """The released points, as they stand."""
        rows = db.session.query(PanelPoint).filter_by(workshop_id=self.workshop.id)
        return list(rows.order_by(PanelPoint.number))


def make_sitting(state: ApplicationState = ApplicationState.COMMITTEE_REVIEW, **changes: Any) -> Sitting:
    """A sitting; both members are on the committee, neither has declared."""
    office = make_office(state, contact_name="Alex Example", **changes)
    made = Sitting(**vars(office))
    made.d2 = factories.make_dialogue(title="The workshop", short_title="Workshop")
    now = utcnow()
    with transaction():
        application = db.session.get_one(AccessApplication, office.application.id)
        keep_version(application, occasion=ApplicationState.RESUBMITTED, by=None, now=now)
    made.workshop = saved(
        AssessmentWorkshop(
            application_id=office.application.id, dialogue_id=made.d2.id, starts_at=now - 30 * DAY,
            points_released_at=now - 25 * DAY, report_sent_at=now - 24 * DAY, report_sent_version=1,
            review_due_at=now - DAY,
        )
    )  # fmt: skip
    workshop_id = made.workshop.id
    for number, text in enumerate(POINTS, 1):
        point = PanelPoint(
            workshop_id=workshop_id, number=number, released_version=1, released_panel=10, released_checked=9,
            released_right=8,
        )  # fmt: skip
        point.versions.append(
            PanelPointVersion(number=1, text=text, strength=Strength.MOST, dissent="", prompts=["risks"], lang="en")
        )
        point.answer = PanelPointAnswer(kind=ChangeKind.CHANGED, words=f"We did it ({number}).", from_version=1)
        saved(point)
    saved(PanelReportVersion(workshop_id=workshop_id, number=1, text="REPORT: the room was tense.", lang="en"))
    saved(PanelAddendum(workshop_id=workshop_id, number=1, text="The panel is content.", reviewers=9, panel=10))
    for band, count in (("18 to 39", 3), ("40 to 64", 5), ("65 and over", 2)):
        saved(PanelQuota(workshop_id=workshop_id, axis=Axis.AGE, band=band, target=count, recruited=count))
    return made


def again(row: Any) -> Any:
    """The row in the open transaction."""
    return db.session.get_one(type(row), row.id)


def declares(sitting: Sitting, who: Account, *, words: str = "", aside: bool = False) -> None:
    """A member declares."""
    with transaction():
        acts.declare_interest(again(sitting.application), words=words, is_recused=aside, by=again(who))


def full(level: Level = Level.SOUND, **others: str) -> dict[str, str]:
    """One level for every line of the standard rubric, but for `others`."""
    return {**{one.key: level.value for one in STANDARD}, **others}


def scores(sitting: Sitting, who: Account, level: Level = Level.SOUND, **others: str) -> None:
    """A member hands their scores in."""
    with transaction():
        acts.hand_in_scores(
            again(sitting.application), levels=full(level, **others), notes={}, by=again(who), now=utcnow()
        )


def opens(sitting: Sitting, who: Account) -> None:
    """A member opens the spread."""
    with transaction():
        acts.open_spread(again(sitting.application), by=again(who), now=utcnow())


def answers(sitting: Sitting, *, but: int = 0) -> None:
    """The committee answers every point but the last `but`."""
    points = sitting.points
    words = {one.id: f"We follow it ({one.number})." for one in points[: len(points) - but]}
    with transaction():
        acts.answer_points(again(sitting.application), words=words, by=again(sitting.chair), now=utcnow())


def ready(sitting: Sitting) -> Sitting:
    """Everybody has declared and scored, every point is answered."""
    for who in (sitting.chair, sitting.member):
        declares(sitting, who)
        scores(sitting, who)
    answers(sitting)
    return sitting


def draft(outcome: Outcome = Outcome.GRANT, **changes: Any) -> DecisionDraft:
    """A decision that can be saved."""
    today = utcnow().date()
    grants = outcome in (Outcome.GRANT, Outcome.GRANT_WITH_CONDITIONS)
    values: dict[str, Any] = {
        "outcome": outcome,
        "reasons": "It is careful, and the panel was heard.",
        "report_use": ReportUse.NOTHING_MORE,
        "purpose": "Finding nodules in chest scans" if grants else "",
        "starts_on": today if grants else None,
        "ends_on": today + 365 * DAY if grants else None,
        "conditions": [ConditionDraft("Report accuracy by skin tone", "Dr Example", today + 90 * DAY)]
        if outcome is Outcome.GRANT_WITH_CONDITIONS
        else [],
    }
    return DecisionDraft(**{**values, **changes})


def decides(
    sitting: Sitting,
    outcome: Outcome = Outcome.GRANT,
    *,
    cited: Mapping[uuid.UUID, str] | None = None,
    now: datetime | None = None,
    **changes: Any,
) -> AccessDecision:
    """The chair saves a decision."""
    with transaction():
        made = decide(
            again(sitting.application), draft(outcome, **changes), cited=cited, by=again(sitting.chair),
            now=now or utcnow(),
        )  # fmt: skip
    return made


def responds(sitting: Sitting, words: str = "", *, publish: bool | None = None) -> None:
    """The applicant responds."""
    with transaction():
        respond(
            again(sitting.application), words=words, wants_publication=publish, by=again(sitting.lead), now=utcnow()
        )


def publishes(sitting: Sitting) -> RegisterEntry:
    """The facilitator publishes the record."""
    with transaction():
        return register_acts.publish(again(sitting.application), by=again(sitting.facilitator), now=utcnow())


def published(outcome: Outcome = Outcome.GRANT_WITH_CONDITIONS, **changes: Any) -> Sitting:
    """A record that is in the register."""
    made = ready(make_sitting(**changes))
    decides(made, outcome)
    responds(made, "Thank you.", publish=True)
    publishes(made)
    return made


def add_finding(sitting: Sitting, text: str = "People want to be told what was decided.") -> Finding:
    """A finding of the public dialogue that is shown for this application."""
    analyst = factories.make_account("Analyst")
    snapshot = _snapshot(sitting.dialogue)
    finding = saved(
        Finding(
            dialogue_id=sitting.dialogue.id, snapshot_id=snapshot.id, number=1, text=text, written_by_id=analyst.id
        )
    )
    saved(ApplicationFinding(application_id=sitting.application.id, finding_id=finding.id, why="It is about this."))
    return finding


def _snapshot(dialogue: Dialogue) -> Snapshot:
    return saved(
        Snapshot(
            dialogue_id=dialogue.id, number=1, settings={}, seed=1, versions={}, inputs_digest="0" * 64,
            result_digest="0" * 64, result={"participants": [], "statements": []},
        )
    )  # fmt: skip


def version_numbers(sitting: Sitting) -> list[int]:
    """Numbers of the kept versions."""
    rows = db.session.query(AssessmentVersion).filter_by(application_id=sitting.application.id)
    return [row.number for row in rows.order_by(AssessmentVersion.number)]


def state_of(sitting: Sitting) -> ApplicationState:
    """Where the application stands in the store now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(AccessApplication, sitting.application.id).state


def a_day(year: int, month: int, day: int) -> datetime:
    """Noon of a day, in UTC."""
    return datetime(year, month, day, 12, tzinfo=UTC)

