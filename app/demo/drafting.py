"""What the synthetic tables write together: drafts, a change suggested by another table, agreement with its limits."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from sqlalchemy import select

from app.db import db
from app.demo.panel import SyntheticPerson
from app.models.dialogues import Stage, TableSeat
from app.models.drafting import Draft
from app.models.people import Account, Participant
from app.models.types import new_public_id
from app.queries.drafting import suggestions_on
from app.services.drafting import agree, answer_suggestion, begin_draft, save_draft, show_draft, suggest_change
from deliberation.drafting import Agreement, DraftKind, SuggestionState

DRAFTS = (
    (DraftKind.FINDING, "We can live with experts deciding if people like us see every yes and every no."),
    (DraftKind.RESEARCH_QUESTION, "How many evenings would a panel need, and who would still come after a year?"),
    (DraftKind.FINDING, "Saying no has to be easy: one place, one minute, and nobody asks you why."),
    (DraftKind.RESEARCH_QUESTION, "Does the AI work less well for groups in which more people say no?"),
    (DraftKind.FINDING, "If a company earns money with our scans, some of it should come back to the NHS."),
    (DraftKind.RESEARCH_QUESTION, "Who speaks up for children and for people who cannot decide, and who checks it?"),
    (DraftKind.FINDING, "Somebody has to be named who puts it right when something goes wrong."),
)
"""One a table, in the order of the tables; more tables write none."""
CHANGED = {0: "We can live with experts deciding if people like us see every yes and every no, with the reasons."}
SUGGESTED = {
    0: ("every yes and every no", "every yes and every no, with the reasons", SuggestionState.TAKEN, ""),
    2: ("one minute", "a few minutes", SuggestionState.NOT_TAKEN, "One minute is the point: it has to be quick."),
    4: ("", "A fair share of the money should come back to the NHS, and the share is agreed before.",
        SuggestionState.PARTLY, "We like “a fair share”, but nobody here knows how to agree it before."),
}  # fmt: skip
EXCEPTIONS = ("I would not let firms from abroad in.", "It should say who pays.", "Not for scans of children.")


def write_together(
    stage: Stage, present: Sequence[tuple[int, SyntheticPerson]], facilitator: Account, rng: Random
) -> None:
    """Each table writes one; the facilitator shows them; others suggest changes; most agree, some with an exception."""
    tables: dict[int, list[Participant]] = defaultdict(list)
    here = {pid for pid, _ in present}
    seats = db.session.execute(
        select(TableSeat.table_id, TableSeat.participant_id)
        .where(TableSeat.session_id == stage.session_id)
        .order_by(TableSeat.table_id, TableSeat.id)
    )
    for table_id, pid in seats:
        if pid in here:
            tables[table_id].append(db.session.get_one(Participant, pid))
    groups = list(tables.values())
    drafts: list[Draft] = []
    for people, (kind, text) in zip(groups, DRAFTS, strict=False):
        drafts.append(begin_draft(stage, kind, text, by=people[0]))
        show_draft(drafts[-1], by=facilitator)
    for number, (quote, text, state, reason) in SUGGESTED.items():
        if number >= len(drafts) or len(groups) < 2:
            continue
        draft, scribe = drafts[number], groups[number][0]
        other = groups[(number + 1) % len(groups)][-1]
        suggest_change(draft, text, quote=quote, client_key=new_public_id(), by=other)
        answer_suggestion(draft, suggestions_on(draft)[0], state, reason=reason, by=scribe)
        if number in CHANGED:
            save_draft(draft, CHANGED[number], based_on=draft.current.number, by=scribe)
            show_draft(draft, by=facilitator)
    for draft, people in zip(drafts, groups, strict=False):
        for person in people:
            if rng.random() < 0.8:
                except_for = rng.choice(EXCEPTIONS) if rng.random() < 0.1 else ""
                agree(draft, Agreement.AGREED_EXCEPT if except_for else Agreement.AGREED, except_for, by=person)
