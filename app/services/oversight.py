"""The Oversight Group: its terms, and members who come, change and go. Whoever left stays in the record."""

from datetime import date

from sqlalchemy import select

from app.db import db
from app.models.dialogues import Dialogue
from app.models.oversight import OversightGroup, OversightMember
from app.models.people import Account, Membership
from app.queries.oversight import GroupTerms, MemberFacts, accounts_with, group_of, members_here
from app.services.recording import record
from app.services.staffing import end_role
from deliberation.comments import check_words, tidy
from deliberation.errors import RuleError
from deliberation.events import EventKind
from deliberation.roles import Role

WORDS_LIMIT = 20_000


def set_up_group(dialogue: Dialogue, terms: GroupTerms, *, by: Account) -> OversightGroup:
    """The group of a dialogue, made or with other terms.

    Raises:
        RuleError: `name_missing`, `words_too_long`, `ends_before_it_starts`, `lead_not_here`.
    """
    group = group_of(dialogue)
    how = "changed" if group else "made"
    if not terms.name.strip():
        raise RuleError("name_missing")
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise RuleError("ends_before_it_starts")
    if terms.lead is not None and terms.lead not in accounts_with(dialogue, [Role.FACILITATOR]):
        raise RuleError("lead_not_here")
    group = group or OversightGroup(dialogue_id=dialogue.id)
    group.name = check_words(terms.name, limit=200)
    for name in ("remit", "terms", "publication_rules"):
        setattr(group, name, _optional(getattr(terms, name)))
    for name in ("publishes_members", "publishes_minutes", "publishes_advice", "starts_on", "ends_on"):
        setattr(group, name, getattr(terms, name))
    for name in ("quorum", "pack_days", "clearance_days"):
        setattr(group, name, max(0, getattr(terms, name)))
    group.lead_id = terms.lead.id if terms.lead else None
    db.session.add(group)
    db.session.flush()
    record(EventKind.OVERSIGHT_GROUP_EDITED, by=by, dialogue_id=dialogue.id, about=group, facts={"how": how})
    return group


def add_member(group: OversightGroup, facts: MemberFacts, *, today: date, by: Account) -> OversightMember:
    """A member who joins on `facts.joined_on`, or today. RuleErrors as `edit_member`."""
    member = OversightMember(group_id=group.id, name="", joined_on=facts.joined_on or today)
    _write(group, member, facts, today)
    group.members.append(member)
    db.session.flush()
    _record(member, by, "joined")
    return member


def edit_member(member: OversightMember, facts: MemberFacts, *, today: date, by: Account) -> None:
    """Other facts about a member who is still here.

    Raises:
        RuleError: `member_gone`; `name_missing`; `chair_taken`; `chair_observes`; `not_an_overseer` or
            `account_taken` for the account; `own_deputy`.
    """
    if member.left_on is not None:
        raise RuleError("member_gone")
    _write(member.group, member, facts, today)
    db.session.flush()
    _record(member, by, "changed")


def leave_group(dialogue: Dialogue, member: OversightMember, *, on: date, by: Account) -> None:
    """The member is no longer in the group from this day; the row, and what they said, stay. Their role ends too.

    Raises:
        RuleError: `member_gone`; `left_before_joining`.
    """
    if member.left_on is not None:
        raise RuleError("member_gone")
    if on < member.joined_on:
        raise RuleError("left_before_joining")
    member.left_on = on
    held = select(Membership).where(Membership.account_id == member.account_id, Membership.role == Role.OVERSEER)
    held = held.where(Membership.dialogue_id == dialogue.id, Membership.ended_at.is_(None))
    membership = db.session.scalar(held) if member.account_id is not None else None
    if membership is not None:
        end_role(dialogue, membership, by=by)
    db.session.flush()
    _record(member, by, "left")


def declare_interests(member: OversightMember, words: str, *, today: date, by: Account) -> None:
    """A member's interests for the whole term, in their own words; "none" is an answer. RuleError `words_empty`."""
    member.interests, member.interests_on = check_words(words, limit=4000), today
    db.session.flush()
    facts = {"standing": True}
    dialogue_id = member.group.dialogue_id
    record(EventKind.OVERSIGHT_INTEREST_DECLARED, by=by, dialogue_id=dialogue_id, about=member, facts=facts)


def _write(group: OversightGroup, member: OversightMember, facts: MemberFacts, today: date) -> None:
    others = [one for one in members_here(group) if one is not member]
    if not facts.name.strip():
        raise RuleError("name_missing")
    if facts.is_chair and facts.is_observer:
        raise RuleError("chair_observes")
    if facts.is_chair and any(one.is_chair for one in others):
        raise RuleError("chair_taken")
    if facts.deputy_of is not None and facts.deputy_of not in others:
        raise RuleError("own_deputy")
    _check_account(group, facts.account, others, member.account_id)
    member.name = check_words(facts.name, limit=200)
    member.organisation = _optional(facts.organisation, 200)
    member.joined_on = facts.joined_on or member.joined_on
    member.account_id = facts.account.id if facts.account else None
    member.is_chair, member.is_observer = facts.is_chair, facts.is_observer
    member.deputy_of_id = facts.deputy_of.id if facts.deputy_of else None
    if (words := _optional(facts.interests, 4000)) != member.interests:
        member.interests, member.interests_on = words, today


def _check_account(
    group: OversightGroup, account: Account | None, others: list[OversightMember], before: int | None
) -> None:
    if account is None:
        return
    dialogue = db.session.get_one(Dialogue, group.dialogue_id)
    if account.id != before and account not in accounts_with(dialogue, [Role.OVERSEER]):
        raise RuleError("not_an_overseer")
    if any(one.account_id == account.id for one in others):
        raise RuleError("account_taken")


def _optional(words: str, limit: int = WORDS_LIMIT) -> str:
    return check_words(words, limit=limit) if tidy(words) else ""


def _record(member: OversightMember, by: Account, how: str) -> None:
    facts = {"how": how, "chair": member.is_chair, "observer": member.is_observer}
    dialogue_id = member.group.dialogue_id
    record(EventKind.OVERSIGHT_MEMBER_EDITED, by=by, dialogue_id=dialogue_id, about=member, facts=facts)
