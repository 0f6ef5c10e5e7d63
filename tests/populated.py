"""A dialogue with at least one thing of each table, for tests that walk over every address."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from app.db import db, transaction, utcnow
from app.models import (
    analysis,
    comments,
    dialogues,
    learning,
    on_behalf,
    people,
    questionnaires,
    questions,
    requests,
    stewardship,
    terms,
    vault,
    voting,
)
from app.models.types import new_public_id
from app.services import analysis as analysis_service
from app.services import jobs, joining, kits, roll, sealing, staffing
from deliberation.comments import StaffVoice
from deliberation.moderation import WordState
from deliberation.on_behalf import EntryWay
from deliberation.paragraphs import paragraphs_of
from deliberation.questions import AnswerKind
from deliberation.requests import Judgement, Station
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.staffing import STAFF_ROLES
from deliberation.stages import StageKind, StageState
from deliberation.stewardship import Acceptance, CombinationQuestion, Rating
from deliberation.terms import EvidenceKind, LinkStance, TermsState, WordingKind
from deliberation.voting import Origin
from tests import populated_desk
from tests.factories import make_account, make_participant
from tests.populated_access import add_access
from tests.populated_committee import add_committee
from tests.populated_meetings import meet
from tests.populated_models import add_models_work
from tests.populated_oversight import add_oversight
from tests.populated_panel import add_workshop
from tests.populated_research import add_research
from tests.populated_together import add_ballots, add_draft

KIT = "national-medical-imaging"


@dataclass
class Populated:
    """A dialogue, its people, and what stands in addresses.

    `ids`: name in an address ("statement_id") -> candidates, best first. `staff`: one account a role.
    """

    dialogue: dialogues.Dialogue
    staff: dict[Role, people.Account]
    participant: people.Participant
    ids: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def make_populated() -> Populated:
    """One dialogue made from the kit, every session and stage open, and one thing of each table in it."""
    maker = make_account("facilitator")
    with transaction():
        dialogue = kits.make_dialogue(kits.read_kit(KIT), by=maker)
        dialogue.mode = DialogueMode.PANEL
    staff = {Role.FACILITATOR: maker, Role.ADMINISTRATOR: make_account("administrator", administrator=True)}
    for role in STAFF_ROLES:
        if role is not Role.FACILITATOR:
            staff[role] = make_account(role.value)
            with transaction():
                staffing.grant_role(dialogue, staff[role].email, role, by=maker)
    _open_everything(dialogue)
    person = make_participant(dialogue)
    made = Populated(dialogue, staff, person)
    _people(made)
    _views(made)
    models = db.session.scalars(
        select(stewardship.StewardshipModel).where(stewardship.StewardshipModel.dialogue_id == dialogue.id)
    )
    made.ids |= add_models_work(dialogue, person, maker, next(iter(models)))
    made.ids |= populated_desk.look_after(
        dialogue, made.participant, made.staff[Role.FACILITATOR], made.ids["statement_id"][1]
    )
    _terms(made)
    _questions(made)
    with transaction():
        made.ids |= add_research(dialogue, staff, person, made.ids["clause_id"][0])
    with transaction():
        made.ids |= add_access(dialogue, staff)
        made.ids |= add_workshop(dialogue, staff, person)
        made.ids |= add_oversight(dialogue, staff, person)
        made.ids |= meet(dialogue, staff)
    with transaction():
        made.ids |= add_committee(dialogue, staff)  # last: it is about the panel's points and the findings
        sealing.seal(limit=10_000)
    return made


def _open_everything(dialogue: dialogues.Dialogue) -> None:
    """All stages at once, which no facilitator could: every address of a stage has to be reachable."""
    with transaction() as session:
        mine = select(dialogues.DialogueSession.id).where(dialogues.DialogueSession.dialogue_id == dialogue.id)
        opened = {"state": StageState.OPEN, "opened_at": utcnow()}
        session.execute(
            update(dialogues.DialogueSession).where(dialogues.DialogueSession.id.in_(mine)).values(**opened)
        )
        session.execute(update(dialogues.Stage).where(dialogues.Stage.session_id.in_(mine)).values(**opened))


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _first(query: Any) -> Any:
    found = db.session.scalar(query)
    assert found is not None
    return found


def _stage(made: Populated, kind: StageKind) -> dialogues.Stage:
    return _stages(made, kind)[0]


def _stages(made: Populated, kind: StageKind | None = None) -> list[dialogues.Stage]:
    found = [stage for session in made.dialogue.sessions for stage in session.stages]
    return [stage for stage in found if kind is None or stage.kind is kind]


def _people(made: Populated) -> None:
    dialogue, person, maker = made.dialogue, made.participant, made.staff[Role.FACILITATOR]
    with transaction():
        seat = roll.add_seat(dialogue, "Example Person", "person@example.org", by=maker)
        _add(vault.VaultSeatLink(seat_id=seat.id, participant_id=person.id))
        empty = roll.add_seat(dialogue, "Another Person", by=maker)
        made.texts["token"] = roll.issue_link(empty, by=maker)
        joining.enter_lobby(dialogue, "Another Person")
        joining.issue_return_code(person, by=person)
        joining.add_device(person)
        entry = _first(select(vault.VaultLobbyEntry).where(vault.VaultLobbyEntry.dialogue_id == dialogue.id))
        _add(people.Login(account_id=maker.id, token_digest=uuid.uuid4().hex, expires_at=utcnow()))
        session = dialogue.sessions[0]
        table = _add(dialogues.BreakoutTable(session_id=session.id, number=1))
        _add(dialogues.TableSeat(session_id=session.id, table_id=table.id, participant_id=person.id))
        membership = _first(
            select(people.Membership).where(people.Membership.account_id == made.staff[Role.ANALYST].id)
        )
        made.ids |= {
            "dialogue_id": [dialogue.public_id],
            "session_id": [one.public_id for one in dialogue.sessions],
            "stage_id": [one.public_id for one in _stages(made)],
            "seat_id": [seat.public_id],
            "entry_id": [entry.public_id],
            "account_id": [made.staff[Role.ANALYST].public_id],
            "membership_id": [membership.public_id],
        }


def _views(made: Populated) -> None:
    """What one participant read, voted, wrote, rated and answered; and what was decided about the words."""
    dialogue, person, maker = made.dialogue, made.participant, made.staff[Role.FACILITATOR]
    with transaction():
        vote_stage, discuss, compare = (_stage(made, k) for k in (StageKind.VOTE, StageKind.DISCUSS, StageKind.COMPARE))
        survey, learn = _stage(made, StageKind.SURVEY), _stage(made, StageKind.LEARN)
        placed = list(
            db.session.scalars(select(voting.StageStatement).where(voting.StageStatement.stage_id == vote_stage.id))
        )
        for number, one in enumerate(placed[:6]):
            _vote(person, one.statement_id, number % 3 - 1, vote_stage)
        statement = placed[0].statement
        own = _add(
            voting.Statement(
                dialogue_id=dialogue.id, number=9_000, text="People should be asked.", origin=Origin.PARTICIPANT,
                author_id=person.id, stage_id=vote_stage.id,
            )
        )  # fmt: skip
        condition = _add(
            voting.Condition(participant_id=person.id, statement_id=statement.id, text="Only if it is checked.")
        )
        _add(
            voting.VoteReason(
                participant_id=person.id, statement_id=statement.id, stage_id=vote_stage.id, position=-1,
                chips=["usual_risky"],
            )
        )  # fmt: skip
        _add(
            voting.Exposure(
                participant_id=person.id, statement_id=statement.id, stage_id=vote_stage.id, probability=1.0
            )
        )
        prompt = _prompt(discuss)
        comment = _add(
            comments.Comment(
                dialogue_id=dialogue.id, author_id=person.id, prompt_id=prompt.id, text="It should be fair to all.",
                state=WordState.APPROVED, stage_id=discuss.id,
            )
        )  # fmt: skip
        _add(comments.Comment(dialogue_id=dialogue.id, author_id=person.id, parent_id=comment.id, text="I agree."))
        _add(comments.CommentWording(comment_id=comment.id, author_id=person.id, text="Fair?", replaced_at=utcnow()))
        reply = _add(
            comments.StaffReply(
                dialogue_id=dialogue.id, comment_id=comment.id, voice=StaffVoice.FACILITATOR, text="Thank you.",
                written_by_id=maker.id,
            )
        )  # fmt: skip
        models = [one.model for one in _placed_models(compare)]
        for stage in _stages(made, StageKind.COMPARE):  # in each, so that a second rating stands beside a first
            for place in _placed_models(stage):
                _add(
                    stewardship.ModelRating(
                        participant_id=person.id, model_id=place.model_id, stage_id=stage.id, rating=Rating.SUPPORT,
                        acceptance=Acceptance.COULD_ACCEPT,
                    )
                )  # fmt: skip
        asked_for = _first(select(requests.DataRequest).where(requests.DataRequest.dialogue_id == dialogue.id))
        judged = _add(
            requests.StepJudgement(
                participant_id=person.id, request_id=asked_for.id, model_id=models[0].id, way=f"model:{models[0].key}",
                step=Station.DECIDE, judgement=Judgement.ONLY_IF, words="Only if a panel looks first.",
                stage_id=compare.id,
            )
        )  # fmt: skip
        answers = {question.value: "none" for question in CombinationQuestion}
        _add(stewardship.Combination(participant_id=person.id, stage_id=compare.id, answers=answers))
        asked = _first(
            select(questionnaires.Questionnaire).where(questionnaires.Questionnaire.dialogue_id == dialogue.id)
        )
        _add(questionnaires.Response(participant_id=person.id, questionnaire_id=asked.id, stage_id=survey.id))
        material = _first(
            select(learning.Material).join(learning.StageMaterial).where(learning.StageMaterial.stage_id == learn.id)
        )
        made.texts["paragraph"] = next(p.anchor for p in paragraphs_of(material.current.body) if p.anchor)
        _add(learning.MaterialReading(participant_id=person.id, version_id=material.current.id))
        _add(learning.ModelReading(participant_id=person.id, model_id=models[0].id))
        _add(dialogues.StageProgress(participant_id=person.id, stage_id=learn.id))
        preferred = add_ballots(person)
        draft, suggestion = add_draft(_stage(made, StageKind.DRAFT), person)
        term = _first(select(learning.GlossaryTerm).where(learning.GlossaryTerm.dialogue_id == dialogue.id))
        jobs.ask("analysis", dialogue_id=dialogue.id, dialogue=dialogue.id)
        all_models = db.session.scalars(
            select(stewardship.StewardshipModel).where(stewardship.StewardshipModel.dialogue_id == dialogue.id)
        )
        materials = db.session.scalars(select(learning.Material).where(learning.Material.dialogue_id == dialogue.id))
        sheet = _add(
            on_behalf.EntrySheet(
                client_key=new_public_id(), dialogue_id=dialogue.id, participant_id=person.id, stage_id=vote_stage.id,
                way=EntryWay.PAPER, asked_whom="Sam", asked_on=utcnow().date(), entered_by_id=maker.id,
            )
        )  # fmt: skip
        _add(on_behalf.EntryOnBehalf(sheet_id=sheet.id, statement_id=own.id))
        made.ids |= {
            "sheet_id": [sheet.public_id],
            "participant_id": [person.public_id],
            "statement_id": [statement.public_id, own.public_id],
            "comment_id": [comment.public_id],
            "reply_id": [reply.public_id],
            "condition_id": [condition.public_id],
            "prompt_id": [prompt.public_id],
            "model_id": [models[0].public_id, *(one.public_id for one in all_models)],
            "material_id": [material.public_id, *(one.public_id for one in materials)],
            "request_id": [asked_for.public_id],
            "judgement_id": [judged.public_id],
            "way_id": [models[0].public_id],
            "other_id": [models[1].public_id],
            "term_id": [term.public_id],
            "draft_id": [draft.public_id],
            "suggestion_id": [suggestion.public_id],
            "preference_id": [one.public_id for one in preferred],
            "questionnaire_id": [asked.public_id],
        }


def _vote(person: people.Participant, statement_id: int, position: int, stage: dialogues.Stage) -> None:
    facts = {"participant_id": person.id, "statement_id": statement_id, "position": position, "cast_at": utcnow()}
    vote = _add(voting.Vote(client_key=new_public_id(), stage_id=stage.id, session_id=stage.session_id, **facts))
    _add(voting.CurrentVote(vote_id=vote.id, **facts))


def _prompt(stage: dialogues.Stage) -> comments.Prompt:
    found = db.session.scalar(select(comments.Prompt).where(comments.Prompt.stage_id == stage.id))
    return found or _add(comments.Prompt(stage_id=stage.id, place=1, text="What matters most?"))


def _placed_models(stage: dialogues.Stage) -> list[stewardship.StageModel]:
    return list(db.session.scalars(select(stewardship.StageModel).where(stewardship.StageModel.stage_id == stage.id)))


def _terms(made: Populated) -> None:
    """A snapshot, a theme, a finding that cites it, and a clause that rests on the finding."""
    dialogue, analyst = made.dialogue, made.staff[Role.ANALYST]
    commissioner = made.staff[Role.COMMISSIONER]
    with transaction():
        snapshot = analysis_service.take_snapshot(dialogue, by=analyst)
        statement = _first(select(voting.Statement).where(voting.Statement.public_id == made.ids["statement_id"][0]))
        theme = _add(analysis.Theme(snapshot_id=snapshot.id, place=99, title="Being asked"))
        _add(analysis.ThemeMember(theme_id=theme.id, statement_id=statement.id))
        finding = _add(
            analysis.Finding(
                dialogue_id=dialogue.id, snapshot_id=snapshot.id, number=1, text="People want to be asked.",
                written_by_id=analyst.id,
            )
        )  # fmt: skip
        _add(analysis.Citation(finding_id=finding.id, kind=EvidenceKind.THEME, theme_id=theme.id))
        _add(analysis.Citation(finding_id=finding.id, kind=EvidenceKind.STATEMENT, statement_id=statement.id))
        condition = _first(select(voting.Condition).where(voting.Condition.public_id == made.ids["condition_id"][0]))
        _add(analysis.ConditionCitation(finding_id=finding.id, condition_id=condition.id))
        _add(analysis.ThemeCondition(theme_id=theme.id, condition_id=condition.id))
        document = _first(select(terms.TermsOfReference).where(terms.TermsOfReference.dialogue_id == dialogue.id))
        document.state, document.published_at = TermsState.PUBLISHED, utcnow()
        clause = _add(terms.Clause(section_id=document.sections[0].id, place=1))
        _add(
            terms.ClauseWording(
                clause_id=clause.id, version=1, kind=WordingKind.COMMISSIONER, text="Applicants ask a panel.",
                written_by_id=commissioner.id,
            )
        )  # fmt: skip
        link = _add(
            terms.EvidenceLink(
                clause_id=clause.id, finding_id=finding.id, snapshot_id=snapshot.id, stance=LinkStance.SUPPORTS,
                linked_by_id=commissioner.id,
            )
        )  # fmt: skip
        made.ids |= {
            "snapshot_id": [snapshot.public_id],
            "theme_id": [theme.public_id],
            "finding_id": [finding.public_id],
            "section_id": [document.sections[0].public_id],
            "clause_id": [clause.public_id],
            "link_id": [link.public_id],
        }


def _questions(made: Populated) -> None:
    """A specialist, a question by another participant that this one joined, and an answer to it."""
    dialogue, maker = made.dialogue, made.staff[Role.FACILITATOR]
    other = make_participant(dialogue)
    with transaction():
        specialist = _add(questions.Specialist(dialogue_id=dialogue.id, name="Dr Example", interests="None."))
        question = _add(
            questions.Question(
                dialogue_id=dialogue.id, author_id=other.id, text="Who may see a scan?", state=WordState.APPROVED
            )
        )
        _add(questions.QuestionJoin(question_id=question.id, participant_id=made.participant.id))
        answer = _add(questions.Answer(question_id=question.id, specialist_id=specialist.id))
        _add(
            questions.AnswerVersion(
                answer_id=answer.id, number=1, kind=AnswerKind.NOBODY_KNOWS, written_by_id=maker.id,
                published_at=utcnow(),
            )
        )  # fmt: skip
        made.ids |= {
            "specialist_id": [specialist.public_id],
            "question_id": [question.public_id],
            "answer_id": [answer.public_id],
        }
