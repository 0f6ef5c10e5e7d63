"""Two people of the synthetic panel answer on paper and by phone: the team enters it for them."""

from datetime import timedelta

from sqlalchemy import select

from app.db import db, utcnow
from app.demo.people import demo_participant
from app.models.dialogues import Dialogue
from app.models.people import Account
from app.models.voting import Vote
from app.queries.dialogues import stages_in_order
from app.queries.on_behalf import people_of, statements_to_enter
from app.services.on_behalf import Sheet, enter_sheet
from app.services.recording import new_client_key
from deliberation.on_behalf import EntryWay
from deliberation.stages import StageKind
from deliberation.voting import Position

POSITIONS = (Position.AGREE, Position.PASS, Position.DISAGREE, Position.AGREE, Position.AGREE, Position.DISAGREE)
SHEETS = (
    (EntryWay.PAPER, "A letter with the answer should go to each person whose scan was used."),
    (EntryWay.PHONE, "Somebody should read the rules out to people who cannot see them."),
)
"""(how it came, the person's own statement)"""


def enter_sheets(dialogue: Dialogue, *, by: Account) -> None:
    """Six votes and one statement each, for people who have not voted in the open vote."""
    vote = [stage for stage in stages_in_order(dialogue) if stage.kind is StageKind.VOTE][-1]
    voted = set(db.session.scalars(select(Vote.participant_id).where(Vote.stage_id == vote.id)))
    visitor = demo_participant(dialogue).id
    silent = [one for one in people_of(dialogue) if one.id not in voted and one.id != visitor]
    for person, (way, text) in zip(silent, SHEETS, strict=False):
        statements = statements_to_enter(vote)[: len(POSITIONS)]
        votes = [(one, position, False) for one, position in zip(statements, POSITIONS, strict=False)]
        enter_sheet(
            vote, person, Sheet(votes=votes, statements=[text], replace={one.id for one in statements}), way=way,
            was_asked=True, asked_whom=by.display_name, asked_on=(utcnow() - timedelta(days=1)).date(),
            client_key=new_client_key(), by=by,
        )  # fmt: skip
