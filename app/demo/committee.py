"""The committee in the example: an older record in the register, and an application that waits for its decision."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.db import db, utcnow
from app.demo.access import make_filled
from app.demo.committee_words import ANSWERS, CONDITIONS, LESSON, OLD_POINTS, OLD_REASONS, OLD_RESULT, TENDONS
from app.models.access_applications import AccessApplication, ApplicationMove, DataAsset
from app.models.analysis import Finding
from app.models.committee import CommitteeInterest
from app.models.dialogues import Dialogue
from app.models.panel import PanelPoint, PanelPointAnswer, PanelPointVersion
from app.models.people import Account, Membership
from app.models.terms import Clause, EvidenceLink, TermsOfReference, TermsSection
from app.models.workshops import AssessmentWorkshop, PanelQuota
from app.queries.committee import newest_decision
from app.queries.committee_material import points_for
from app.services import committee as acts
from app.services import committee_queries, public_findings, register
from app.services.access_applications import add_person
from app.services.accounts import add_account
from app.services.assessment_versions import keep_version
from app.services.committee_decision import decide
from app.services.dialogues import make_blank_dialogue
from app.services.responses import respond
from deliberation.assessment import ApplicationState, Mover, Part
from deliberation.committee import ConditionDraft, DecisionDraft, Outcome, ReportUse
from deliberation.panel import Axis, ChangeKind, Strength
from deliberation.register import ConditionStanding
from deliberation.roles import Role
from deliberation.rubric import STANDARD, Level

S = ApplicationState
SECOND = ("priya.committee@example.org", "Priya Example")
DAY = timedelta(days=1)


def sit(dialogue: Dialogue, staff: dict[str, Account]) -> None:
    """A second member; the older record; findings and a first score for application 1, if it is with the committee."""
    second = _member(dialogue)
    asset = db.session.scalars(select(DataAsset).where(DataAsset.dialogue_id == dialogue.id)).one()
    first = db.session.scalar(
        select(AccessApplication).where(AccessApplication.asset_id == asset.id, AccessApplication.number == 1)
    )
    _older_record(asset, staff, second)
    register.publish_lesson(dialogue, words=LESSON, by=staff["committee_member"], now=utcnow())
    if first is not None:
        _show_findings(first, staff["analyst"])
        if first.state is S.COMMITTEE_REVIEW:
            _first_steps(first, staff, second)


def _member(dialogue: Dialogue) -> Account:
    email, name = SECOND
    account = db.session.scalar(select(Account).where(Account.email == email))
    account = account or add_account(email, name, "an invented person signs in with no password", by=None)
    db.session.add(Membership(account_id=account.id, dialogue_id=dialogue.id, role=Role.COMMITTEE_MEMBER))
    db.session.flush()
    return account


def _show_findings(application: AccessApplication, by: Account) -> None:
    """Two findings and a clause that speak for and against the purpose."""
    findings = db.session.scalars(
        select(Finding)
        .where(Finding.dialogue_id == application.asset.dialogue_id, Finding.withdrawn_at.is_(None))
        .order_by(Finding.number)
        .limit(2)
    )
    whys = ("It asks for what this team has to publish.", "It says what would make people stop trusting it.")
    for finding, why in zip(findings, whys, strict=False):
        public_findings.choose(application, f"finding:{finding.public_id}", why=why, by=by)
    clause = db.session.scalar(
        select(Clause)
        .join(TermsSection, TermsSection.id == Clause.section_id)
        .join(TermsOfReference, TermsOfReference.id == TermsSection.terms_id)
        .join(EvidenceLink, EvidenceLink.clause_id == Clause.id)
        .where(TermsOfReference.dialogue_id == application.asset.dialogue_id, Clause.removed_at.is_(None))
        .order_by(TermsSection.number, Clause.place)
        .limit(1)
    )
    if clause is not None:
        public_findings.choose(application, f"clause:{clause.public_id}", why="The fund asks the same.", by=by)


def _first_steps(application: AccessApplication, staff: dict[str, Account], second: Account) -> None:
    """One member has scored and asked; the chair, whom the printed link signs in, scores alone next."""
    now = utcnow()
    acts.declare_interest(
        application, words="I sat on a panel with their radiologist in 2023. No money.", is_recused=False, by=second
    )
    levels = {one.key: Level.SOUND.value for one in STANDARD}
    levels |= {"candid": Level.STRONG.value, "mitigations": Level.WEAK.value, "agreement": Level.CANNOT_TELL.value}
    notes = {"mitigations": "Two have no date that anybody could check."}
    acts.hand_in_scores(application, levels=levels, notes=notes, by=second, now=now - 2 * DAY)
    query = committee_queries.ask(
        application,
        words="We read that people wanted to know who looks at the scans at night. Who does, and since when?",
        relies_on_report=True, due_on=(now + 12 * DAY).date(), by=second, now=now - 2 * DAY,
    )  # fmt: skip
    words = "A radiologist is on call from 8 in the evening. This has been so since March. We add it to section 3."
    committee_queries.answer(query, words=words, by=staff["applicant"], now=now - DAY)


def _older_record(asset: DataAsset, staff: dict[str, Account], second: Account) -> None:
    """An application of some months ago, from its decision on through the services; what came before is put there."""
    chair, lead = staff["committee_member"], staff["applicant"]
    start = utcnow() - 150 * DAY
    made = make_filled(asset, TENDONS, lead=lead)
    add_person(made, "bo.applicant@example.org", Part.TEAM, by=lead)
    _put_before_committee(made, staff, start)
    for member in (chair, second):
        db.session.add(
            CommitteeInterest(
                application_id=made.id, account_id=member.id, words="", declared_by_id=member.id, declared_at=start
            )
        )
        level = Level.STRONG if member is chair else Level.SOUND
        levels = {one.key: level.value for one in STANDARD}
        if member is second:
            levels["monitoring"] = Level.WEAK.value
        acts.hand_in_scores(made, levels=levels, notes={}, by=member, now=start)
        acts.open_spread(made, by=member, now=start)
    points = points_for(made)
    acts.answer_points(
        made, words={one.id: words for one, words in zip(points, ANSWERS, strict=True)}, by=chair, now=start
    )
    acts.keep_dissent(made, words="I would have waited for a second hospital.", is_named=False, by=second, now=start)
    _decide(made, chair, start)
    respond(made, words="We agree, and report in spring.", wants_publication=None, by=lead, now=start + 5 * DAY)
    register.publish(made, by=staff["facilitator"], now=start + 6 * DAY)
    decision = newest_decision(made)
    assert decision is not None
    evidence = "Their report of the first quarter, read on the day it came."
    register.check_condition(
        decision.conditions[0], standing=ConditionStanding.MET, evidence=evidence, by=chair, now=start + 95 * DAY
    )
    register.write_result(made, words=OLD_RESULT, by=lead, now=start + 140 * DAY)


def _decide(made: AccessApplication, chair: Account, start: datetime) -> None:
    day = start.date()
    finding = db.session.scalar(
        select(Finding).where(Finding.dialogue_id == made.asset.dialogue_id).order_by(Finding.number).limit(1)
    )
    if finding is not None:
        public_findings.choose(made, f"finding:{finding.public_id}", why="It is about openness.", by=chair)
    conditions = [ConditionDraft(words, owner, day + days * DAY) for words, owner, days in CONDITIONS]
    draft = DecisionDraft(
        Outcome.GRANT_WITH_CONDITIONS, OLD_REASONS, ReportUse.NOTHING_MORE,
        "Finding torn tendons on shoulder MRI, at two named hospitals", day + 7 * DAY, day + 330 * DAY, conditions,
        day + 300 * DAY,
    )  # fmt: skip
    cited = {finding.public_id: "The applicant publishes each quarter, as people asked."} if finding else {}
    decide(made, draft, consensus="All members value how plain it is.", cited=cited, by=chair, now=start)


def _put_before_committee(made: AccessApplication, staff: dict[str, Account], start: datetime) -> None:
    """The steps before the committee as rows: the other application shows them in full."""
    facilitator, lead = staff["facilitator"], staff["applicant"]
    before = [
        (S.DRAFT, S.SUBMITTED, Mover.APPLICANT, lead, -60), (S.SUBMITTED, S.SCREENED_IN, Mover.CHAIR, None, -55),
        (S.SCREENED_IN, S.WORKSHOP_SCHEDULED, Mover.FACILITATOR, facilitator, -50),
        (S.WORKSHOP_SCHEDULED, S.WORKSHOP_HELD, Mover.FACILITATOR, facilitator, -30),
        (S.WORKSHOP_HELD, S.NOTES_CHECKED, Mover.FACILITATOR, facilitator, -24),
        (S.NOTES_CHECKED, S.SYNTHESIS, Mover.FACILITATOR, facilitator, -23),
        (S.SYNTHESIS, S.RESUBMITTED, Mover.APPLICANT, lead, -15),
        (S.RESUBMITTED, S.PANEL_REVIEW, Mover.FACILITATOR, facilitator, -14),
        (S.PANEL_REVIEW, S.COMMITTEE_REVIEW, Mover.FACILITATOR, facilitator, -5),
    ]  # fmt: skip
    for source, to, mover, who, days in before:
        account = who or staff["committee_member"]
        made.moves.append(
            ApplicationMove(
                state_before=source, state_after=to, moved_as=mover, moved_by_id=account.id, moved_at=start + days * DAY
            )
        )
    made.state = S.COMMITTEE_REVIEW
    db.session.flush()
    for occasion, days in ((S.SUBMITTED, -60), (S.RESUBMITTED, -15)):
        keep_version(made, occasion=occasion, by=lead, now=start + days * DAY)
    _workshop(made, facilitator, start)


def _workshop(made: AccessApplication, facilitator: Account, start: datetime) -> None:
    room = make_blank_dialogue(
        title="Workshop: torn tendons (ended)", short_title="Tendons", question="What does it mean for us?",
        mode=made.asset.dialogue.mode, is_synthetic=True, by=facilitator,
    )  # fmt: skip
    # whoever ran it is done with it: the facilitator of the example has one dialogue to begin with
    db.session.execute(update(Membership).where(Membership.dialogue_id == room.id).values(ended_at=start))
    workshop = AssessmentWorkshop(
        application_id=made.id, dialogue_id=room.id, starts_at=start - 30 * DAY, points_released_at=start - 24 * DAY,
        report_sent_at=start - 24 * DAY, review_due_at=start - 6 * DAY, planned_by_id=facilitator.id,
    )  # fmt: skip
    db.session.add(workshop)
    db.session.flush()
    for number, (text, strength, kind, words) in enumerate(OLD_POINTS, 1):
        point = PanelPoint(
            workshop_id=workshop.id, number=number, released_version=1, released_panel=10, released_checked=9,
            released_right=9,
        )  # fmt: skip
        point.versions.append(
            PanelPointVersion(number=1, text=text, strength=Strength(strength), prompts=["risks"], lang="en")
        )
        point.answer = PanelPointAnswer(kind=ChangeKind(kind), words=words, from_version=1, answered_at=start)
        db.session.add(point)
    for axis, band, count in (
        (Axis.AGE, "18 to 39", 5), (Axis.AGE, "40 and over", 5), (Axis.HEALTH, "has had a scan", 6),
        (Axis.HEALTH, "has not", 4),
    ):  # fmt: skip
        db.session.add(PanelQuota(workshop_id=workshop.id, axis=axis, band=band, target=count, recruited=count))
    db.session.flush()
