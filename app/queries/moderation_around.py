"""What the desk shows of the one contribution in focus, and would not look up for a whole page."""

from dataclasses import dataclass

from app.models.dialogues import Dialogue
from app.models.moderation import Appeal, ModerationDecision, SecondOpinion
from app.models.people import Account
from app.models.voting import Statement
from app.queries.lineage import Line, lines_of
from app.queries.moderation_items import Item, similar_shown
from app.queries.opinions import open_appeal, open_opinion, opinions_on, other_moderators
from app.queries.welfare import lead_of


@dataclass(frozen=True)
class Around:
    """similar          statements that everyone can see and that say nearly the same
    opinions         (opinion, who asked, who answered)
    may_answer       the reader may give the second opinion that is waited for
    is_asked         a second opinion is waited for
    appeal           the author's wish to look again, and the decision it is about
    may_decide       the reader may answer it: another moderator than the first, where there is one
    lines            where a statement came from and what came from it
    has_lead         worries can be passed on
    """

    similar: list[Statement]
    opinions: list[tuple[SecondOpinion, Account, Account | None]]
    may_answer: bool
    is_asked: bool
    appeal: tuple[Appeal, ModerationDecision] | None
    may_decide: bool
    lines: list[Line]
    has_lead: bool


def around(dialogue: Dialogue, item: Item, reader: Account) -> Around:
    """Everything beside the words in focus."""
    asked, appeal = open_opinion(item.words), open_appeal(item.words)
    is_first = appeal is not None and appeal[1].decided_by_id == reader.id
    return Around(
        similar=similar_shown(dialogue, item.words, item.text),
        opinions=opinions_on(item.words),
        may_answer=asked is not None and asked.asked_by_id != reader.id,
        is_asked=asked is not None,
        appeal=appeal,
        may_decide=appeal is not None and not (is_first and other_moderators(dialogue, reader.id)),
        lines=lines_of(item.words) if isinstance(item.words, Statement) else [],
        has_lead=lead_of(dialogue) is not None,
    )
