"""What the synthetic panel says about statements and parts of a text, with marked replies, and what the team adds."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select

from app.db import db, utcnow
from app.demo.people import demo_participant
from app.models.comments import Comment
from app.models.dialogues import Dialogue, Stage
from app.models.people import Account, Participant
from app.models.voting import Statement
from app.queries.dialogues import stages_in_order
from app.queries.stages import materials_of
from app.services.comments import keep_comment
from app.services.moderation import decide
from app.services.staff_replies import reply_as_staff
from deliberation.comments import CommentTarget, ReplySide, StaffVoice
from deliberation.moderation import Decision, WordState
from deliberation.paragraphs import paragraphs_of
from deliberation.stages import StageKind

FOR, AGAINST, NEUTRAL = ReplySide.FOR, ReplySide.AGAINST, ReplySide.NEUTRAL
SEED = 11

Replies = tuple[tuple[ReplySide, str], ...]

ON_STATEMENTS: tuple[tuple[str, str, Replies], ...] = (
    ("I should be asked before", "I said yes to the scan, not to what comes after. Asking is good manners.",
     ((FOR, "Yes. One short letter would do."), (FOR, "I would want this for my children most of all."),
      (AGAINST, "I do not want a letter each month. Ask me once."), (FOR, "A text with yes or no is not much work."),
      (NEUTRAL, "What about people who have died? Who is asked then?"),
      (AGAINST, "If they ask us all, it may take years."))),
    ("I should be asked before", "It depends on who wants them. My hospital can go ahead. A firm should ask.", ()),
    ("A committee puts too much", "Five people in a room cannot know what we all think.",
     ((AGAINST, "They can hear from us first and then decide."), (FOR, "And we never get to vote them out."))),
    ("It would take too long", "My brother waited for a scan result. Slow is not harmless.",
     ((FOR, "Same in our family."), (AGAINST, "A panel could set the rules once. Then each request is quick."))),
)  # fmt: skip
"""(how a statement begins, what somebody says about it, marked replies)"""

ON_PARAGRAPHS: tuple[tuple[str, str, Replies], ...] = (
    ("If it has seen few people like you", "Who checks that it has seen people like me?",
     ((FOR, "I would like to see that number for each tool."),)),
    ("It may miss things", "A list of what can go wrong is good. Please add what happens then.", ()),
    ("committee ran access", "Who sat on this committee?", ((NEUTRAL, "And were they paid?"),)),
)  # fmt: skip
"""(words of a paragraph, what somebody says about it, marked replies)"""

FROM_THE_TEAM = (
    ("It depends on who wants them", StaffVoice.FACILITATOR, "", "",
     "Thank you. We put this to all tables in the next session: does it matter who asks?"),
    ("Who checks that it has seen", StaffVoice.SPECIALIST, "Dr Robin Example (invented)",
     "Works for a hospital that buys such tools. Not paid by a maker.",
     "The maker has to test it. The hospital should test it again with its own patients. Not each one does."),
)  # fmt: skip


def talk_about_things(dialogue: Dialogue, *, by: Account) -> None:
    """Comments on statements of the open vote and on paragraphs of the first text, checked by a moderator."""
    rng = Random(SEED)
    stages = stages_in_order(dialogue)
    vote = [stage for stage in stages if stage.kind is StageKind.VOTE][-1]
    said: dict[str, Comment] = {}
    for start, text, replies in ON_STATEMENTS:
        found = db.session.scalar(
            select(Statement).where(Statement.dialogue_id == dialogue.id, Statement.text.startswith(start)).limit(1)
        )
        if found is not None:
            said[text] = _say(vote, CommentTarget.STATEMENT, {"statement_id": found.id}, text, replies, rng, by)
    for words, text, replies in ON_PARAGRAPHS:
        learn, answers = _paragraph_with(stages, words)
        if learn is not None:
            said[text] = _say(learn, CommentTarget.PARAGRAPH, answers, text, replies, rng, by)
    for start, voice, speaker, interests, text in FROM_THE_TEAM:
        comment = next((one for words, one in said.items() if words.startswith(start)), None)
        if comment is not None:
            reply_as_staff(dialogue, comment, text, voice=voice, speaker=speaker, interests=interests, by=by)


def _paragraph_with(stages: Sequence[Stage], words: str) -> tuple[Stage | None, dict[str, int | str]]:
    """The first stage that shows a paragraph with these words, and the paragraph's place."""
    for stage in stages:
        for material in materials_of(stage):
            for one in paragraphs_of(material.current.body):
                if words in " ".join(one.text.split()):
                    return stage, {"version_id": material.current.id, "anchor": one.anchor}
    return None, {}


def _say(
    stage: Stage, target: CommentTarget, answers: dict[str, int | str], text: str,
    replies: Replies, rng: Random, by: Account,
) -> Comment:  # fmt: skip
    dialogue = stage.session.dialogue
    visitor = demo_participant(dialogue).id
    people = [one for one in _people(dialogue) if one.id != visitor]
    comment = _kept(stage, target, answers, text, rng.choice(people), by)
    for side, words in replies:
        _kept(stage, CommentTarget.COMMENT, {"parent_id": comment.id}, words, rng.choice(people), by, side=side)
    return comment


def _kept(
    stage: Stage, target: CommentTarget, answers: dict[str, int | str], text: str, author: Participant, by: Account,
    **more: ReplySide,
) -> Comment:  # fmt: skip
    comment = keep_comment(stage, target, answers, text, is_late=False, by=author, **more)
    comment.created_at = (stage.closed_at or utcnow()) - timedelta(minutes=20)
    if comment.state is WordState.WAITING:
        decide(stage.session.dialogue, comment, Decision.APPROVE, by=by)
    return comment


def _people(dialogue: Dialogue) -> list[Participant]:
    asked = select(Participant).where(Participant.dialogue_id == dialogue.id, Participant.left_at.is_(None))
    return list(db.session.scalars(asked.order_by(Participant.id)))
