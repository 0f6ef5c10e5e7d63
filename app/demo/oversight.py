"""Oversight in the example: a group, its gates, three packs, and advice of every kind with answers. SYNTHETIC."""

import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import force_locale
from sqlalchemy import select

from app.db import db, utcnow
from app.demo.oversight_words import CHANGE, FIRST, GROUP, LAST, PEOPLE, REMIT, RULES, SECOND, TERMS, Person, Piece
from app.forms.oversight_labels import GATE_WORDS
from app.models.advice import ReviewPack, ReviewReading
from app.models.dialogues import Dialogue
from app.models.learning import Material
from app.models.oversight import OversightGroup, OversightMember, ReviewGate, ReviewItem
from app.models.people import Account, Membership
from app.queries.gates import gates_of
from app.queries.oversight import GroupTerms, MemberFacts, group_of
from app.queries.packs import words_of
from app.services import advice as acts
from app.services import gates, oversight, packs
from app.services.accounts import add_account
from app.services.learning import edit_material
from deliberation.advice import Said
from deliberation.oversight import ItemKind
from deliberation.paragraphs import paragraphs_of
from deliberation.roles import Role

Staff = dict[str, Account]


def begin_oversight(dialogue: Dialogue, staff: Staff) -> None:
    """Before the first session: the group, its gates, the first two packs, and what became of their advice."""
    by, now = staff["facilitator"], utcnow()
    first_day = dialogue.sessions[0].starts_at or now
    group = _group(dialogue, staff, first_day)
    with force_locale(dialogue.lang):
        words = {code: (str(title), str(asked)) for code, (title, asked) in GATE_WORDS.items()}
    made = gates.make_standard_gates(dialogue, group, words, by=by)
    for gate, days in zip(made, (21, 21, 10, 3, -24, -27, -30), strict=True):
        gate.due_on = (first_day - timedelta(days=days)).date()
    sent = first_day - timedelta(days=28)
    items = [one for gate in made[:3] for one in gate.items]
    _send(dialogue, group, "Pack 1: the question, who is asked, and the first texts", items, sent, 20, by=by)
    _read_all(group, sent + timedelta(days=3))
    _advise(dialogue, group, FIRST, sent + timedelta(days=4), staff)
    _change_first_text(dialogue, by)
    items = [*made[3].items, _item(group, "health-data-and-ai")]
    sent = first_day - timedelta(days=9)
    _send(dialogue, group, "Pack 2: the cases and the last texts", items, sent, 2, by=by)
    _read_all(group, sent + timedelta(days=2), leave_out="overseer@example.org")
    _advise(dialogue, group, SECOND, sent + timedelta(days=3), staff)
    for gate in made[:2]:
        gates.close_gate(dialogue, gate, advice="The group has nothing more to say before people are asked.", by=by)
        gate.closed_at = sent


def go_on_with_oversight(dialogue: Dialogue, staff: Staff) -> None:
    """After the sessions: a pack with the findings, two pieces without an answer, and the next pack, due soon."""
    group, by, now = group_of(dialogue), staff["facilitator"], utcnow()
    assert group is not None
    by_code = {gate.code: gate for gate in gates_of(group)}
    items = [*by_code["G4"].items, _item(group, "health-data-and-ai")]
    _send(dialogue, group, "Pack 3: what seems to come out of it", items, now - timedelta(days=2), 8, by=by)
    _advise(dialogue, group, LAST, now - timedelta(days=1), staff)
    day = (now + timedelta(days=9)).date()
    packs.save_pack(
        dialogue, group, None, title="Pack 4: draft report and draft Terms of Reference", note="", meets_on=day,
        items=[*by_code["G5"].items, *by_code["G6"].items], by=by,
    )  # fmt: skip


def _group(dialogue: Dialogue, staff: Staff, first_day: datetime) -> OversightGroup:
    by = staff["facilitator"]
    terms = GroupTerms(
        GROUP, REMIT, TERMS, RULES, quorum=4, lead=by, starts_on=(first_day - timedelta(days=40)).date(),
        ends_on=(first_day + timedelta(days=365)).date(),
    )  # fmt: skip
    group = oversight.set_up_group(dialogue, terms, by=by)
    joined = (first_day - timedelta(days=35)).date()
    for person in PEOPLE:
        deputy_of = next((one for one in group.members if one.name == person.deputy_of), None)
        facts = MemberFacts(
            person.name, person.organisation, joined, _account(dialogue, person), person.is_chair, person.is_observer,
            deputy_of, person.interests,
        )  # fmt: skip
        member = oversight.add_member(group, facts, today=joined, by=by)
        if person.left:
            day = max((utcnow() - timedelta(days=person.left)).date(), joined)
            oversight.leave_group(dialogue, member, on=day, by=by)
    return group


def _account(dialogue: Dialogue, person: Person) -> Account | None:
    """The overseer of the printed link, and the chair; both hold the role here."""
    if not person.email:
        return None
    found = db.session.scalar(select(Account).where(Account.email == person.email))
    account = found or add_account(person.email, person.name, secrets.token_urlsafe(24), by=None)
    held = select(Membership.id).where(
        Membership.account_id == account.id, Membership.dialogue_id == dialogue.id, Membership.role == Role.OVERSEER
    )
    if db.session.scalar(held) is None:
        db.session.add(Membership(account_id=account.id, dialogue_id=dialogue.id, role=Role.OVERSEER))
        db.session.flush()
    return account


def _send(
    dialogue: Dialogue, group: OversightGroup, title: str, items: Sequence[ReviewItem], at: datetime, meets_in: int,
    *, by: Account,
) -> ReviewPack:  # fmt: skip
    """A pack that went out at this moment, for a meeting so many days later."""
    meets_on = (at + timedelta(days=meets_in)).date()
    pack = packs.save_pack(dialogue, group, None, title=title, note="", meets_on=meets_on, items=items, by=by)
    packs.send_pack(dialogue, pack, by=by)
    pack.sent_at = at
    for one in pack.items:
        one.version.bound_at = min(one.version.bound_at, at)
    db.session.flush()
    return pack


def _read_all(group: OversightGroup, at: datetime, leave_out: str = "") -> None:
    """Members with an account have read everything that was sent so far."""
    versions = [one.bound for gate in gates_of(group) for one in gate.items if one.bound is not None]
    for member in group.members:
        if member.account is None or member.left_on is not None or member.account.email == leave_out:
            continue
        read = set(db.session.scalars(select(ReviewReading.version_id).where(ReviewReading.member_id == member.id)))
        for version in versions:
            if version.id not in read:
                db.session.add(ReviewReading(member_id=member.id, version_id=version.id, read_at=at))
    db.session.flush()


def _advise(
    dialogue: Dialogue, group: OversightGroup, pieces: Sequence[Piece], at: datetime, staff: Staff
) -> None:
    by = staff["facilitator"]
    for number, piece in enumerate(pieces):
        member = _speaker(group, chair=piece.by_chair)
        account, version = member.account, _item(group, piece.on).bound
        assert account is not None
        assert version is not None
        anchor = next(
            (one.anchor for one in paragraphs_of(words_of(version)) if piece.part and piece.part in one.text), ""
        )
        said = Said(piece.text, piece.type, piece.severity, anchor, piece.is_named)
        advice = acts.give_advice(dialogue, group, version, said, key=uuid.uuid4(), member=member, by=account)
        advice.raised_at = at + timedelta(hours=number)
        for response, reason, changed_in, disputed in piece.answers:
            answer = acts.answer_advice(dialogue, advice, response, reason, changed_in=changed_in, by=by)
            answer.answered_at = at + timedelta(days=2, hours=number)
            if disputed:
                acts.contest_answer(dialogue, advice, disputed, by=account)
                answer.contested_at = at + timedelta(days=3)
                acts.answer_advice(dialogue, advice, response, "We talked about it and stay with our answer.", by=by)
                acts.contest_answer(dialogue, advice, "Then it stays disputed, and is published so.", by=account)
        if piece.settled is not None:
            acts.close_advice(dialogue, advice, piece.settled, by=account)
            advice.closed_at = at + timedelta(days=4)
        if piece.override:
            acts.override_advice(dialogue, advice, piece.override, by=by)


def _change_first_text(dialogue: Dialogue, by: Account) -> None:
    """What the first must-fix asked for: from here on people read version 2."""
    found = select(Material).where(Material.dialogue_id == dialogue.id, Material.key == "health-data-and-ai")
    material = db.session.scalars(found).one()
    before, after = CHANGE
    edit_material(
        material, title=material.current.title, body=material.current.body.replace(before, after), kind=material.kind,
        minutes=material.minutes, is_invented=material.is_invented, sources=material.current.sources,
        supplied_by="Olu Example (invented)", by=by,
    )  # fmt: skip


def _speaker(group: OversightGroup, *, chair: bool) -> OversightMember:
    return next(one for one in group.members if one.account is not None and one.is_chair is chair and not one.left_on)


def _item(group: OversightGroup, name: str) -> ReviewItem:
    """The text with this key, the first item of the gate with this code, or the first session's plan ("plan")."""
    found = gates_of(group)
    gate: ReviewGate | None = next((one for one in found if one.code == name), None)
    if gate is not None:
        return gate.items[0]
    items = [one for gate in found for one in gate.items]
    if name == "plan":
        return next(one for one in items if one.kind is ItemKind.STAGE_PLAN)
    return next(one for one in items if one.material is not None and one.material.key == name)
