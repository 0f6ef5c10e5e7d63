"""What of oversight needs a person, for the home of a dialogue."""

from dataclasses import dataclass
from datetime import datetime

from app.models.advice import ReviewPack
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.queries.advice import AdviceLine, advice_of
from app.queries.gates import ItemRow, changed_since_review
from app.queries.oversight import group_of, member_of
from app.queries.packs import lines_of, open_packs, packs_of, timing_of
from deliberation.advice import AdviceState
from deliberation.oversight import Severity
from deliberation.packs import PackState, Timing


@dataclass(frozen=True)
class OversightHome:
    """Must-fix advice that is open, advice without an answer, what changed since review, packs due and to be read."""

    must_fixes: list[AdviceLine]
    waiting: int
    changed: list[ItemRow]
    packs: list[tuple[ReviewPack, Timing]]
    to_read: list[ReviewPack]

    @property
    def is_any(self) -> bool:
        """Whether anything needs anybody."""
        return bool(self.must_fixes or self.waiting or self.changed or self.packs or self.to_read)


def oversight_home(dialogue: Dialogue, account: Account | None, now: datetime, *, runs: bool) -> OversightHome | None:
    """What needs a person; packs that are due for those who make them, packs to be read for a member."""
    group = group_of(dialogue)
    if group is None:
        return None
    advice, member = advice_of(group), member_of(group, account)
    done = {AdviceState.CLOSED, AdviceState.WITHDRAWN}
    due = [(pack, timing_of(dialogue, pack, now)) for pack in open_packs(group)] if runs else []
    newest = packs_of(group, drafts=False)[:1] if member is not None else []
    return OversightHome(
        must_fixes=[one for one in advice if one.advice.severity is Severity.MUST_FIX and one.state not in done],
        waiting=sum(one.waits for one in advice),
        changed=changed_since_review(dialogue),
        packs=[(pack, when) for pack, when in due if when.state in {PackState.SOON, PackState.LATE}],
        to_read=[pack for pack in newest if any(not line.is_read for line in lines_of(pack, member))],
    )
