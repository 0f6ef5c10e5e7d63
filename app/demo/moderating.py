"""What goes on at the example's moderation desk: a colleague, a rota, a second opinion, an appeal, new words."""

import secrets

from sqlalchemy import select

from app.db import db
from app.demo.people import demo_participant
from app.models.comments import Comment
from app.models.dialogues import Dialogue
from app.models.people import Account, Membership
from app.models.voting import Statement
from app.queries.statements import next_number
from app.services.accounts import add_account
from app.services.appeals import appeal
from app.services.duty import edit_duty
from app.services.lineage import reword
from app.services.mail import DUTY, write_mail
from app.services.moderation import decide
from app.services.opinions import ask_second
from app.services.welfare import raise_concern
from app.services.word_marks import set_flag
from deliberation.moderation import Decision, ReasonCode, WordState
from deliberation.roles import Role
from deliberation.voting import Origin

COLLEAGUE = ("moderator@example.org", "Mo Example")
SPLIT = ("It has to be clear who pays.", "It has to be clear who is in charge.")
"""Two invented ideas that a person put into one statement."""


def run_desk(dialogue: Dialogue, by: Account) -> None:
    """A desk on an ordinary day; what waits is left for the visitor."""
    mo = _colleague(dialogue)
    edit_duty(
        dialogue,
        on_duty={day: [by.public_id if day < 3 else mo.public_id] for day in range(5)},
        lead=by.public_id,
        ledger_is_public=True,
        by=by,
    )
    waiting = _comments(dialogue, WordState.WAITING)
    ask_second(
        dialogue, waiting[0], view=Decision.REFUSE, reason=ReasonCode.UNCLEAR,
        question="I read this in two ways. You too?", by=mo,
    )  # fmt: skip
    set_flag(dialogue, waiting[1], on=True, by=mo)
    raise_concern(dialogue, waiting[2], "They sound worn out. Please give them a ring.", by=mo)
    _demo_person(dialogue, mo)
    write_mail(dialogue, by, DUTY, waiting=len(waiting), opinion=1, appealed=1)


def _demo_person(dialogue: Dialogue, mo: Account) -> None:
    """The participant of the printed link meets both: a reason with a note that they asked about, and new words."""
    person = demo_participant(dialogue)
    own = Statement(
        dialogue_id=dialogue.id, number=next_number(dialogue.id), text="Who pays and who is in charge has to be clear.",
        lang="en", origin=Origin.PARTICIPANT, author_id=person.id, stage_id=_stage_of_own(dialogue),
    )  # fmt: skip
    db.session.add(own)
    db.session.flush()
    reword(dialogue, own, SPLIT, by=mo)
    comment = db.session.scalars(
        select(Comment).where(
            Comment.dialogue_id == dialogue.id, Comment.author_id == person.id, Comment.state == WordState.APPROVED
        )
    ).first()
    if comment is not None:
        note = "It would help us to know which of the three ways you mean."
        decide(dialogue, comment, Decision.REFUSE, ReasonCode.UNCLEAR, by=mo, note=note)
        appeal(dialogue, comment, "I mean the first way, where experts decide.", by=person)


def _colleague(dialogue: Dialogue) -> Account:
    email, name = COLLEAGUE
    account = db.session.scalar(select(Account).where(Account.email == email)) or add_account(
        email, name, secrets.token_urlsafe(24), by=None
    )
    db.session.add(Membership(account_id=account.id, dialogue_id=dialogue.id, role=Role.FACILITATOR))
    db.session.flush()
    return account


def _comments(dialogue: Dialogue, state: WordState) -> list[Comment]:
    found = select(Comment).where(Comment.dialogue_id == dialogue.id, Comment.state == state)
    return list(db.session.scalars(found.order_by(Comment.id)))


def _stage_of_own(dialogue: Dialogue) -> int | None:
    """Where the panel's own statements were written."""
    return db.session.scalar(
        select(Statement.stage_id).where(
            Statement.dialogue_id == dialogue.id, Statement.origin == Origin.PARTICIPANT
        )
    )
