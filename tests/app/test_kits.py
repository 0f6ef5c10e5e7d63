"""Kits: read whole or refused with one line per problem, and made into a dialogue in one transaction."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, transaction
from app.models.analysis import Code
from app.models.comments import Prompt
from app.models.consent import ConsentText
from app.models.dialogues import Dialogue, DialogueSession, Stage
from app.models.events import Event
from app.models.learning import GlossaryTerm, Material, StageMaterial
from app.models.people import Membership
from app.models.questionnaires import Questionnaire
from app.models.stewardship import StageModel, StewardshipModel
from app.models.terms import TermsOfReference, TermsSection
from app.models.voting import StageStatement, Statement
from app.services.kits import KitError, list_kits, make_dialogue, read_kit
from app.services.kits_reading import kits_folder
from deliberation.moderation import WordState
from deliberation.roles import Role
from deliberation.sessions import DialogueMode
from deliberation.stages import StageKind
from tests.factories import make_account

KEY = "national-medical-imaging"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder of kits with a copy of the shipped one, to be broken."""
    shutil.copytree(kits_folder() / KEY, tmp_path / "kits" / KEY)
    return tmp_path / "kits"


def problems_of(folder: Path, key: str = KEY) -> tuple[str, ...]:
    with pytest.raises(KitError) as refusal:
        read_kit(key, folder)
    return refusal.value.problems


def replace(path: Path, old: str, new: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")


def counted(row: type) -> int:
    return db.session.scalar(select(func.count()).select_from(row)) or 0


def test_the_shipped_kit_is_listed_and_reads_whole() -> None:
    assert KEY in {kit.key for kit in list_kits()}
    kit = read_kit(KEY)
    assert len(kit.models) >= 13
    assert len(kit.statements) == 30
    assert [session.number for session in kit.sessions] == [1, 2, 3, 4]
    everything = [s for session in kit.sessions for s in session.stages if s.title == "All the statements"]
    assert len(everything[0].statements) == 30


def test_a_kit_that_is_not_there_is_refused_and_a_path_is_no_key(copy: Path) -> None:
    assert problems_of(copy, "nowhere") == ("there is no kit called 'nowhere'",)
    assert "no kit" in problems_of(copy, "../kits")[0]


def test_requests_of_a_kit_are_six_and_each_says_that_it_is_invented(copy: Path) -> None:
    assert len(read_kit(KEY).requests) == 6
    replace(copy / KEY / "requests.yaml", "invented: true", "invented: false")
    replace(copy / KEY / "requests.yaml", "kind: breach", "kind: leak")
    replace(copy / KEY / "requests.yaml", "name: people", "name: persons")
    replace(copy / KEY / "requests.yaml", "value: 300\n    assumed: true", "value: 300")
    replace(copy / KEY / "requests.yaml", "value: 20\n", "value: 100000\n")
    problems = problems_of(copy)
    assert len(problems) == 5
    assert all(line.startswith("requests.yaml, ") for line in problems)
    assert "requests.yaml, assumptions, item 2: `value` has to be from 1 to 600" in problems


def test_a_kit_without_requests_is_whole(copy: Path) -> None:
    (copy / KEY / "requests.yaml").unlink()
    kit = read_kit(KEY, copy)
    assert (kit.requests, kit.assumptions) == ((), ())


def test_a_request_that_is_there_twice_or_cites_an_unknown_source_is_named(copy: Path) -> None:
    replace(copy / KEY / "requests.yaml", "key: overseas-firm", "key: rare-disease")
    replace(copy / KEY / "requests.yaml", "value: 12\n    assumed: true", "value: 12\n    source: nowhere")
    assert problems_of(copy) == (
        "requests.yaml, requests: 'rare-disease' is there twice",
        "requests.yaml, assumptions: it names the source 'nowhere', which is not in the kit",
    )


def test_a_broken_kit_gives_one_line_for_each_problem_with_its_file(copy: Path) -> None:
    kit = copy / KEY
    (kit / "welcome.md").unlink()
    replace(kit / "kit.yaml", "mode: panel", "mode: parliament")
    replace(kit / "sessions.yaml", "questionnaire: before", "questionnaire: never")
    replace(kit / "sessions.yaml", "materials: [how-to-weigh-up]", "materials: [not-there]")
    replace(kit / "materials/05-case-chest-scans.md", "invented: true", "invented: false")
    problems = problems_of(copy)
    assert len(problems) == len(set(problems)) == 5
    assert all("\n" not in line for line in problems)
    assert "welcome.md: the file is missing" in problems
    assert "kit.yaml: `mode` is 'parliament'; it has to be one of panel, open" in problems
    named = "sessions.yaml, session 1, stage 1: it names the questionnaire 'never', which is not in the kit"
    assert named in problems
    assert "materials/05-case-chest-scans.md: a case has to say `invented: true`" in problems


def test_a_fact_without_source_that_does_not_say_not_known_is_refused(copy: Path) -> None:
    replace(copy / KEY / "models/01-how-it-works-today.yaml", "source: nccid", "source: null")
    (line,) = problems_of(copy)
    assert line == (
        "models/01-how-it-works-today.yaml, who_decides: it has no source and does not say that it is not known"
    )


def test_yaml_that_is_not_well_formed_says_near_which_line(copy: Path) -> None:
    (copy / KEY / "glossary.yaml").write_text("- {term: a\n- b: [", encoding="utf-8")
    assert any(line.startswith("glossary.yaml: it is not well-formed YAML near line") for line in problems_of(copy))


def test_a_file_that_is_not_utf_8_is_refused(copy: Path) -> None:
    (copy / KEY / "consent/take_part.md").write_bytes(b"\xff\xfe\x00")
    assert problems_of(copy) == ("consent/take_part.md: the file cannot be read as UTF-8 text",)


def test_a_questionnaire_that_cannot_be_asked_is_refused_by_name(copy: Path) -> None:
    replace(copy / KEY / "questionnaires/before.json", '"type": "radiogroup"', '"type": "matrix"')
    (line,) = problems_of(copy)
    assert line.startswith("questionnaires/before.json: not a questionnaire that can be asked")
    assert "pair_use_for_ai" in line


def test_a_kit_of_the_wrong_shape_everywhere_is_refused_without_a_fault(copy: Path) -> None:
    for path in (copy / KEY).rglob("*.yaml"):
        path.write_text("- 3\n- [4]\n", encoding="utf-8")
    assert len(problems_of(copy)) > 10


def test_the_wording_of_a_kit_cannot_build_objects(copy: Path) -> None:
    (copy / KEY / "terms.yaml").write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")
    assert any("terms.yaml: it is not well-formed YAML" in line for line in problems_of(copy))


def test_a_dialogue_made_from_the_kit_holds_everything_of_it(app: Flask) -> None:
    maker = make_account(creates=True)
    kit = read_kit(KEY)
    first = datetime(2030, 3, 1, 18, 0, tzinfo=UTC)
    with transaction():
        dialogue = make_dialogue(kit, by=maker, title="Ours", first_starts_at=first)
    assert dialogue.title == "Ours"
    assert dialogue.mode is DialogueMode.PANEL
    assert not dialogue.is_synthetic
    assert counted(StewardshipModel) == len(kit.models)
    assert counted(Material) == len(kit.materials)
    assert counted(GlossaryTerm) == len(kit.glossary)
    assert counted(Code) == len(kit.codebook)
    assert counted(Questionnaire) == 2
    assert counted(ConsentText) == 6
    assert counted(TermsOfReference) == 1
    assert counted(TermsSection) == 15
    assert counted(DialogueSession) == 4
    planned = [stage for session in kit.sessions for stage in session.stages]
    assert counted(Stage) == len(planned)
    assert counted(StageStatement) == sum(len(stage.statements) for stage in planned)
    assert counted(StageModel) == sum(len(stage.models) for stage in planned)
    assert counted(StageMaterial) == sum(len(stage.materials) for stage in planned)
    assert counted(Prompt) == sum(len(stage.prompts) for stage in planned)
    assert {s.state for s in db.session.scalars(select(Statement))} == {WordState.APPROVED}
    last = db.session.scalars(select(DialogueSession).where(DialogueSession.number == 4)).one()
    assert last.starts_at == datetime(2030, 3, 22, 18, 0, tzinfo=UTC)
    surveys = list(db.session.scalars(select(Stage).where(Stage.kind == StageKind.SURVEY)))
    assert all(stage.questionnaire_id for stage in surveys)


def test_whoever_makes_a_dialogue_becomes_its_facilitator_and_it_is_recorded(app: Flask) -> None:
    maker = make_account(creates=True)
    with transaction():
        dialogue = make_dialogue(read_kit(KEY), by=maker, is_synthetic=True)
    membership = db.session.scalars(select(Membership)).one()
    assert (membership.account_id, membership.role) == (maker.id, Role.FACILITATOR)
    assert dialogue.is_synthetic
    kinds = [event.kind.value for event in db.session.scalars(select(Event).order_by(Event.id))]
    assert kinds == ["membership_granted", "dialogue_created"]


def test_when_making_a_dialogue_fails_half_way_nothing_of_it_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = make_account(creates=True)

    def fail(*_: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr("app.services.kits._outline", fail)
    with pytest.raises(RuntimeError), transaction():
        make_dialogue(read_kit(KEY), by=maker)
    assert counted(Dialogue) == counted(Statement) == counted(Membership) == 0


def test_two_dialogues_of_one_kit_have_different_join_codes(app: Flask) -> None:
    maker = make_account(creates=True)
    with transaction():
        codes = {make_dialogue(read_kit(KEY), by=maker).join_code for _ in range(2)}
    assert len(codes) == 2
