"""Oversight in the populated dialogue: a group whose member is the overseer, a gate, a pack, advice with an answer."""

import uuid

from app.db import db, utcnow
from app.models.dialogues import Dialogue
from app.models.learning import MaterialShowing
from app.models.people import Account, Participant
from app.queries.gates import choices_for
from app.queries.oversight import GroupTerms, MemberFacts
from app.services import advice, gates, oversight, packs
from deliberation.advice import Said
from deliberation.oversight import AdviceType, GateKind, ItemKind, Response, Severity
from deliberation.roles import Role


def add_oversight(dialogue: Dialogue, staff: dict[Role, Account], person: Participant) -> dict[str, list[uuid.UUID]]:
    """Inside a transaction: what stands in the addresses of oversight. The advice keeps no text back."""
    by, overseer, today = staff[Role.FACILITATOR], staff[Role.OVERSEER], utcnow().date()
    group = oversight.set_up_group(dialogue, GroupTerms("The group", lead=by), by=by)
    member = oversight.add_member(group, MemberFacts("Mo", account=overseer, is_chair=True), today=today, by=by)
    gate = gates.save_gate(
        group, None, code="G2", title="Texts", purpose="", kind=GateKind.MATERIALS, due_on=None, by=by
    )
    texts = [one for one in choices_for(dialogue, gate.kind, "") if one.kind is ItemKind.MATERIAL]
    gates.set_items(gate, texts[:1], by=by)
    pack = packs.save_pack(
        dialogue, group, None, title="Pack", note="", meets_on=today, items=list(gate.items), by=by
    )
    packs.send_pack(dialogue, pack, by=by)
    version = pack.items[0].version
    packs.mark_read(dialogue, version, member=member, by=overseer)
    said = Said("Say it in plainer words.", AdviceType.CLARITY, Severity.SHOULD)
    made = advice.give_advice(dialogue, group, version, said, key=uuid.uuid4(), member=member, by=overseer)
    advice.answer_advice(dialogue, made, Response.ACCEPTED, "We will.", by=by)
    if version.material_version_id is not None:
        db.session.add(MaterialShowing(participant_id=person.id, version_id=version.material_version_id))
    db.session.flush()
    return {
        "member_id": [member.public_id],
        "gate_id": [gate.public_id],
        "item_id": [gate.items[0].public_id],
        "pack_id": [pack.public_id],
        "version_id": [version.public_id],
        "advice_id": [made.public_id],
    }
