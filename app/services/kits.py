"""Making a dialogue from a kit: everything in one transaction, so that there is never half a dialogue."""

from dataclasses import asdict
from datetime import datetime, timedelta

from app.db import db
from app.models.analysis import Code
from app.models.assessment import ExampleAssessment
from app.models.comments import Prompt
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.learning import GlossaryTerm, Material, MaterialVersion, StageMaterial
from app.models.people import Account
from app.models.questionnaires import Questionnaire
from app.models.requests import DataRequest, RequestAssumption
from app.models.stewardship import StageModel, StewardshipModel
from app.models.tasks import StageTask
from app.models.terms import TermsOfReference, TermsSection
from app.models.voting import StageStatement, Statement
from app.services.consent import add_text
from app.services.dialogues import begin_dialogue
from app.services.kits_format import Kit, KitError, KitPreference, KitStage, KitSummary
from app.services.kits_reading import list_kits, read_kit
from app.services.policy import start_policy
from app.services.preferences import write_question
from app.services.recording import record
from app.services.similar import ask_for_vectors
from deliberation.consent import Purpose, text_digest
from deliberation.events import EventKind
from deliberation.moderation import WordState
from deliberation.preferences import OptionSource, OptionWords, QuestionFacts
from deliberation.sessions import DialogueMode
from deliberation.voting import Origin

__all__ = ["Kit", "KitError", "KitSummary", "list_kits", "make_dialogue", "read_kit"]


class _Made:
    """Rows made so far, by their key in the kit."""

    def __init__(self) -> None:
        self.materials: dict[str, Material] = {}
        self.models: dict[str, StewardshipModel] = {}
        self.statements: dict[str, Statement] = {}
        self.questionnaires: dict[str, Questionnaire] = {}


def make_dialogue(
    kit: Kit,
    *,
    title: str | None = None,
    by: Account,
    question: str | None = None,
    mode: DialogueMode | None = None,
    is_synthetic: bool = False,
    first_starts_at: datetime | None = None,
) -> Dialogue:
    """A new dialogue with everything of the kit; its maker becomes its facilitator.

    Args:
        first_starts_at: when the first session starts; the others follow after the kit's days.
    """
    dialogue = begin_dialogue(
        by=by,
        title=title or kit.title,
        short_title=kit.short_title,
        question=question or kit.question,
        summary=kit.summary,
        welcome=kit.welcome,
        how_it_is_used=kit.how_it_is_used,
        thank_you=kit.thank_you,
        notice=kit.notice,
        mode=mode or kit.mode,
        lang=kit.language,
        timezone=kit.timezone,
        is_synthetic=is_synthetic,
        approaches=[asdict(approach) for approach in kit.approaches],
        sources=[asdict(source) for source in kit.sources],
        kit=f"{kit.key} {kit.version}",
    )
    _texts(kit, dialogue)
    made = _Made()
    _reading(kit, dialogue, made)
    _models(kit, dialogue, made)
    _statements(kit, dialogue, made)
    _requests(kit, dialogue)
    _questionnaires(kit, dialogue, made)
    db.session.flush()
    _sessions(kit, dialogue, made, first_starts_at)
    _codebook(kit, dialogue)
    _outline(kit, dialogue)
    if kit.assessment is not None:
        example = ExampleAssessment(
            dialogue_id=dialogue.id, title=kit.assessment.title, content=dict(kit.assessment.content)
        )
        db.session.add(example)
    if kit.policy is not None:
        start_policy(dialogue, kit.policy)
    db.session.flush()
    ask_for_vectors(dialogue.id)
    facts = {"kit": kit.key, "version": kit.version, "mode": dialogue.mode.value, "synthetic": is_synthetic}
    record(EventKind.DIALOGUE_CREATED, by=by, dialogue_id=dialogue.id, about=dialogue, facts=facts)
    return dialogue


def _texts(kit: Kit, dialogue: Dialogue) -> None:
    add_text(dialogue, Purpose.PRIVACY_NOTICE, kit.privacy, lang=kit.language)
    add_text(dialogue, Purpose.TAKE_PART, kit.take_part, lang=kit.language)
    for permission in kit.permissions:
        add_text(dialogue, permission.purpose, permission.changes, label=permission.label, lang=kit.language)


def _reading(kit: Kit, dialogue: Dialogue, made: _Made) -> None:
    for place, item in enumerate(kit.materials, 1):
        version = MaterialVersion(
            number=1,
            title=item.title,
            body=item.body,
            lang=kit.language,
            sources=list(item.sources),
            digest=text_digest(f"{item.title}\n{item.body}"),
        )
        made.materials[item.key] = Material(
            dialogue_id=dialogue.id,
            key=item.key,
            kind=item.kind,
            place=place,
            minutes=item.minutes,
            is_invented=item.is_invented,
            versions=[version],
        )
    db.session.add_all(made.materials.values())
    db.session.add_all(
        GlossaryTerm(
            dialogue_id=dialogue.id, term=word.term, definition=word.definition, also=list(word.also), lang=kit.language
        )
        for word in kit.glossary
    )


def _models(kit: Kit, dialogue: Dialogue, made: _Made) -> None:
    for place, item in enumerate(kit.models, 1):
        made.models[item.key] = StewardshipModel(
            dialogue_id=dialogue.id,
            key=item.key,
            place=place,
            name=item.name,
            approaches=list(item.approaches),
            is_current=item.is_current,
            plain=item.plain,
            facts={name: dict(fact) for name, fact in item.facts.items()},
            points_for=list(item.points_for),
            points_against=list(item.points_against),
            rung_claimed=item.rung_claimed,
            rung_evidenced=item.rung_evidenced,
            asked=item.asked.value if item.asked else None,
            lang=kit.language,
        )
    db.session.add_all(made.models.values())


def _statements(kit: Kit, dialogue: Dialogue, made: _Made) -> None:
    for number, item in enumerate(kit.statements, 1):
        made.statements[item.key] = Statement(
            dialogue_id=dialogue.id,
            number=number,
            text=item.text,
            lang=kit.language,
            origin=Origin.SEED,
            approach=item.approach,
            stance=item.stance,
            state=WordState.APPROVED,
        )
    db.session.add_all(made.statements.values())


def _requests(kit: Kit, dialogue: Dialogue) -> None:
    db.session.add_all(
        DataRequest(dialogue_id=dialogue.id, place=place, lang=kit.language, **asdict(item))
        for place, item in enumerate(kit.requests, 1)
    )
    db.session.add_all(RequestAssumption(dialogue_id=dialogue.id, **asdict(item)) for item in kit.assumptions)


def _questionnaires(kit: Kit, dialogue: Dialogue, made: _Made) -> None:
    for key, definition in kit.questionnaires.items():
        made.questionnaires[key] = Questionnaire(
            dialogue_id=dialogue.id,
            key=key,
            title=str(definition["title"]),
            definition=dict(definition),
            lang=kit.language,
        )
    db.session.add_all(made.questionnaires.values())


def _sessions(kit: Kit, dialogue: Dialogue, made: _Made, first_starts_at: datetime | None) -> None:
    for item in sorted(kit.sessions, key=lambda session: session.number):
        starts_at = first_starts_at + timedelta(days=item.days_after_first) if first_starts_at else None
        session = DialogueSession(
            dialogue_id=dialogue.id,
            number=item.number,
            title=item.title,
            summary=item.summary,
            minutes=item.minutes,
            starts_at=starts_at,
        )
        db.session.add(session)
        db.session.flush()
        for place, planned in enumerate(item.stages, 1):
            _stage(kit, session, place, planned, made)


def _stage(kit: Kit, session: DialogueSession, place: int, planned: KitStage, made: _Made) -> None:
    asked = made.questionnaires[planned.questionnaire].id if planned.questionnaire else None
    stage = Stage(
        session_id=session.id,
        place=place,
        kind=planned.kind,
        title=planned.title,
        intro=planned.intro,
        minutes=planned.minutes,
        setting=planned.setting,
        questionnaire_id=asked,
    )
    db.session.add(stage)
    db.session.flush()
    db.session.add_all(
        [
            *(
                StageMaterial(stage_id=stage.id, material_id=made.materials[key].id, place=n)
                for n, key in enumerate(planned.materials, 1)
            ),
            *(
                StageModel(stage_id=stage.id, model_id=made.models[key].id, place=n)
                for n, key in enumerate(planned.models, 1)
            ),
            *(
                StageStatement(stage_id=stage.id, statement_id=made.statements[key].id, place=n)
                for n, key in enumerate(planned.statements, 1)
            ),
            *(
                Prompt(stage_id=stage.id, place=n, text=text, lang=kit.language)
                for n, text in enumerate(planned.prompts, 1)
            ),
            *(StageTask(stage_id=stage.id, task=task) for task in planned.tasks),
        ]
    )
    for one in planned.preferences:
        _preference(stage, one, made)


def _preference(stage: Stage, asked: KitPreference, made: _Made) -> None:
    facts = QuestionFacts(asked.kind, asked.title, asked.explain, asked.dots, asked.seats, asked.asks_acceptance)
    options = [OptionWords(text) for text in asked.options]
    if asked.of_models:
        models = [made.models[key] for key in asked.options]
        options = [OptionWords(one.name, OptionSource.MODEL, one.public_id) for one in models]
    write_question(stage, facts, options)


def _codebook(kit: Kit, dialogue: Dialogue) -> None:
    db.session.add_all(
        Code(
            dialogue_id=dialogue.id,
            key=code.key,
            name=code.name,
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            example=code.example,
            lang=kit.language,
        )
        for code in kit.codebook
    )


def _outline(kit: Kit, dialogue: Dialogue) -> None:
    terms = TermsOfReference(
        dialogue_id=dialogue.id, title=kit.terms_title, introduction=kit.terms_introduction, lang=kit.language
    )
    terms.sections = [
        TermsSection(
            number=section.number,
            title=section.title,
            is_required=section.is_required,
            evidence_needed=section.evidence,
            guidance=section.guidance,
        )
        for section in kit.sections
    ]
    db.session.add(terms)
