"""What tests of oversight share: a dialogue with a group, members, a material at a gate, a pack that was sent."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.db import db, transaction
from app.models.advice import Advice, ReviewPack
from app.models.dialogues import Dialogue, Stage
from app.models.learning import Material, StageMaterial
from app.models.oversight import OversightGroup, OversightMember, ReviewGate, ReviewItem, ReviewVersion
from app.models.people import Account
from app.queries.gates import choices_for
from app.queries.oversight import GroupTerms, MemberFacts
from app.services import advice as advice_acts
from app.services import gates, oversight, packs
from app.services.learning import add_material, edit_material
from deliberation.advice import Said
from deliberation.oversight import AdviceType, GateKind, Severity
from deliberation.roles import Role
from deliberation.stages import StageKind
from tests import factories

TODAY = date(2026, 3, 2)
MEETS = date(2026, 3, 20)
BODY = "A scan is a picture.\n\nA computer can learn from many pictures.\n\nNobody knows yet how well."


@dataclass
class Overseen:
    """A dialogue that a group advises on."""

    dialogue: Dialogue
    group: OversightGroup
    lead: Account
    chair: Account
    overseer: Account
    member: OversightMember
    material: Material
    stage: Stage
    gate: ReviewGate

    @property
    def item(self) -> ReviewItem:
        """The material at the gate."""
        return next(one for one in self.gate.items if one.material_id == self.material.id)

    def at(self, tail: str = "") -> str:
        """An address below the group's page."""
        return f"/d/{self.dialogue.public_id}/oversight{tail}"


def make_overseen(**changes: Any) -> Overseen:
    """A group with a chair and a member, and a gate with one text that a learn stage shows."""
    dialogue = factories.make_dialogue(**changes)
    lead = factories.make_staff(dialogue, Role.FACILITATOR, "Lead")
    chair, overseer = (factories.make_staff(dialogue, Role.OVERSEER, name) for name in ("Chair", "Member"))
    stage = factories.make_stage(factories.make_session(dialogue), StageKind.LEARN)
    with transaction() as session:
        material = add_material(dialogue, title="What a scan is", body=BODY, by=lead)
        session.add(StageMaterial(stage_id=stage.id, material_id=material.id, place=1))
        group = oversight.set_up_group(dialogue, GroupTerms("The group", lead=lead), by=lead)
        facts = MemberFacts("Cleo Chair", account=chair, is_chair=True)
        oversight.add_member(group, facts, today=TODAY, by=lead)
        facts = MemberFacts("Mo Member", "A charity", account=overseer)
        member = oversight.add_member(group, facts, today=TODAY, by=lead)
        gate = gates.save_gate(
            group, None, code="G2", title="Texts", purpose="", kind=GateKind.MATERIALS, due_on=None, by=lead
        )
        wanted = [one for one in choices_for(dialogue, gate.kind, "") if one.material_id == material.id]
        gates.set_items(gate, wanted, by=lead)
    return Overseen(dialogue, group, lead, chair, overseer, member, material, stage, gate)


def send(made: Overseen, title: str = "Pack") -> ReviewPack:
    """A pack with every item of the gate, sent."""
    with transaction():
        pack = packs.save_pack(
            made.dialogue, made.group, None, title=title, note="", meets_on=MEETS, items=list(made.gate.items),
            by=made.lead,
        )  # fmt: skip
        packs.send_pack(made.dialogue, pack, by=made.lead)
    return pack


def bound(made: Overseen) -> ReviewVersion:
    """What was put before the group last."""
    found = made.item.bound
    assert found is not None
    return found


def advise(
    made: Overseen, severity: Severity = Severity.MUST_FIX, text: str = "This is not right.", **more: Any
) -> Advice:
    """A piece of advice by the member, on what was put before the group last; a pack is sent if none was."""
    if made.item.bound is None:
        send(made)
    with transaction():
        said = Said(text, AdviceType.ACCURACY, severity, **more)
        return advice_acts.give_advice(
            made.dialogue, made.group, bound(made), said, key=uuid.uuid4(), member=made.member, by=made.overseer
        )


def reword(made: Overseen, body: str) -> None:
    """The material reads otherwise from now on."""
    with transaction():
        edit_material(
            made.material, title=made.material.current.title, body=body, kind="explainer", minutes=5,
            is_invented=False, sources=(), by=made.lead,
        )  # fmt: skip


def fresh(row: Any) -> Any:
    """The row as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(type(row), row.id)
