"""What the synthetic panel does in tasks: the list of what matters, the trade-off grid, other people's mixes."""

from collections.abc import Sequence
from random import Random

from sqlalchemy import select

from app.db import db
from app.demo.panel import SyntheticPerson
from app.demo.words import CRITERIA, GRID_REASONS, MISSING, MIX_REASONS, MODEL_COMMENTS
from app.models.comments import Comment, Prompt
from app.models.criteria import Criterion
from app.models.dialogues import Dialogue, Stage, TableSeat
from app.models.people import Account, Participant
from app.models.stewardship import CombinationSupport, StewardshipModel
from app.models.tasks import StageTask
from app.queries.criteria_list import criteria_of
from app.queries.support import weighed
from app.queries.tasks import tasks_of
from app.services import criteria, points, tradeoffs
from app.services.comments import comment_on_task
from app.services.moderation import decide
from app.services.recording import record
from deliberation.criteria import CriteriaAnswer
from deliberation.events import EventKind
from deliberation.moderation import Decision, WordState
from deliberation.points import PointSide
from deliberation.stewardship import NOBODY, Approach
from deliberation.support import Support
from deliberation.tasks import Task
from deliberation.tradeoffs import APPROACHES, Mark, Verdict

Present = Sequence[tuple[int, SyntheticPerson]]
ALONE = 9
"""How many fill the grid in for themselves as well."""


def do_tasks(stage: Stage, present: Present, rng: Random, *, moderator: Account) -> None:
    """Everybody's part in the tasks of the stage."""
    for row in tasks_of(stage):
        if row.task is Task.CHECK_CRITERIA:
            _gather(stage.session.dialogue, moderator)
            _check(stage, row, present, rng)
        elif row.task is Task.FILL_GRID:
            criteria.close_list(stage.session.dialogue, by=moderator)
            _fill(stage, row, present, rng)
        else:
            _weigh(stage, row, present, rng)


def talk_about_models(dialogue: Dialogue, panel: Sequence[int], *, moderator: Account) -> None:
    """A few comments on cards, of which a facilitator takes a part into the card."""
    models = {
        model.key: model
        for model in db.session.scalars(select(StewardshipModel).where(StewardshipModel.dialogue_id == dialogue.id))
    }
    for number, (key, side, text, part) in enumerate(MODEL_COMMENTS):
        by = db.session.get_one(Participant, panel[number * 3 + 1])
        comment = Comment(dialogue_id=dialogue.id, author_id=by.id, model_id=models[key].id, text=text, lang="en")
        db.session.add(comment)
        db.session.flush()
        record(EventKind.COMMENT_ADDED, by=by, dialogue_id=dialogue.id, about=comment)
        decide(dialogue, comment, Decision.APPROVE, by=moderator)
        if part:
            points.take_point(models[key], comment, PointSide(side), part, by=moderator)


def _gather(dialogue: Dialogue, by: Account) -> None:
    """Criteria from what was said in the first session; comments that hold none of the words stay where they are."""
    said = list(
        db.session.scalars(
            select(Comment)
            .join(Prompt, Prompt.id == Comment.prompt_id)
            .where(Comment.dialogue_id == dialogue.id)
            .order_by(Comment.id)
        )
    )
    for text, pieces in CRITERIA:
        sources = [one for one in said if any(piece in one.text for piece in pieces)][:4]
        for one in sources:
            if one.state is WordState.WAITING:
                decide(dialogue, one, Decision.APPROVE, by=by)
        if sources:
            criteria.gather(dialogue, text, sources, by=by)


def _check(stage: Stage, task: StageTask, present: Present, rng: Random) -> None:
    for pid, person in present:
        by = db.session.get_one(Participant, pid)
        draw = rng.random()
        if person.opposes_access and draw < 0.6:
            answer, words = CriteriaAnswer.DISAGREE_WITH_QUESTION, "The first thing to ask is if it should happen."
        elif draw < 0.14:
            answer, words = CriteriaAnswer.SOMETHING_MISSING, rng.choice(MISSING)
        else:
            answer, words = CriteriaAnswer.THAT_IS_IT, ""
        criteria.say(stage, task, answer, words=words, by=by)


def _fill(stage: Stage, task: StageTask, present: Present, rng: Random) -> None:
    """One at each table writes for it; the last table does not come to an end. Some write for themselves too."""
    rows = criteria_of(stage.session.dialogue)
    seats = db.session.execute(
        select(TableSeat.table_id, TableSeat.participant_id)
        .where(TableSeat.session_id == stage.session_id)
        .order_by(TableSeat.table_id, TableSeat.participant_id)
    )
    people = dict(present)
    scribes = {table: pid for table, pid in seats if pid in people}
    last = max(scribes)
    for table, pid in scribes.items():
        by, person = db.session.get_one(Participant, pid), people[pid]
        for row in rows[:2] if table == last else rows:
            why = rng.choice(GRID_REASONS) if rng.random() < 0.35 else ""
            tradeoffs.fill_row(stage, task, row, _marks(person, row, rng), why=why, for_table=True, by=by)
        if table != last:
            tradeoffs.conclude(stage, task, _verdict(person, rng), for_table=True, by=by)
    for pid, person in list(present)[:ALONE]:
        by = db.session.get_one(Participant, pid)
        for row in rows:
            tradeoffs.fill_row(stage, task, row, _marks(person, row, rng), by=by)
        tradeoffs.conclude(stage, task, _verdict(person, rng), by=by)


def _marks(person: SyntheticPerson, row: Criterion, rng: Random) -> dict[str, str]:
    """Kinder to the way that the person leans to, and never certain."""
    marks = {}
    for approach in APPROACHES:
        kind = (5, 4, 1, 1) if approach is person.leaning else (2, 4, 4, 2)
        chosen = Mark.FAILS if person.opposes_access and rng.random() < 0.7 else rng.choices(list(Mark), kind)[0]
        marks[approach.value] = chosen.value
    return marks


def _verdict(person: SyntheticPerson, rng: Random) -> Verdict:
    if person.opposes_access:
        return rng.choice([Verdict.NO_ACCESS, Verdict.NONE_MEETS_IT])
    own = {Approach.DELEGATED: Verdict.DELEGATED, Approach.COLLECTIVE: Verdict.COLLECTIVE}
    return rng.choice([Verdict.A_MIX, Verdict.A_MIX, own.get(person.leaning, Verdict.INDIVIDUAL)])


def _weigh(stage: Stage, task: StageTask, present: Present, rng: Random) -> None:
    """Most people are asked about each mix; those who are against any access say so of every mix but their own."""
    mixes = [one.gathered for one in weighed(stage.session.dialogue)]
    for pid, person in present:
        by = db.session.get_one(Participant, pid)
        for mix in rng.sample(mixes, min(3, len(mixes))):
            is_none = NOBODY in mix.key
            likes = is_none if person.opposes_access else rng.random() < (0.08 if is_none else 0.62)
            lives = not person.opposes_access and not is_none and rng.random() < 0.6
            support = Support.SUPPORT if likes else Support.COULD_LIVE_WITH_IT if lives else Support.DO_NOT_SUPPORT
            why = rng.choice(MIX_REASONS[support.value]) if rng.random() < 0.25 else ""
            comment = comment_on_task(stage, task, why, by=by) if why else None
            db.session.add(
                CombinationSupport(
                    participant_id=pid,
                    gathered_id=mix.id,
                    stage_id=stage.id,
                    support=support,
                    comment_id=comment.id if comment else None,
                )
            )
            facts = {"support": support.value, "why": comment is not None}
            record(EventKind.COMBINATION_SUPPORTED, by=by, dialogue_id=by.dialogue_id, about=mix, facts=facts)
    db.session.flush()
