"""Checks of the words in `kits/`: counts, keys, balance, sources, minutes and reading age."""

import re
from collections import Counter
from statistics import median

import pytest
import yaml

from deliberation.assessment_gaps import find_gaps
from deliberation.assessment_template import AssessmentQuestion
from deliberation.harms import Scenario
from tests.deliberation.kit_reading import (
    AGENDAS,
    APPROACHES,
    CURRENT,
    EXAMPLE,
    FACTS,
    FOLDERS,
    KINDS,
    RUNGS,
    UNPLACED,
    WHOLE,
    Kit,
    negations,
    plain_text,
    reading_grade,
)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def kit(request: pytest.FixtureRequest) -> Kit:
    """Any kit."""
    return Kit(request.param)


@pytest.fixture(scope="module", params=WHOLE, ids=lambda folder: folder.name)
def whole(request: pytest.FixtureRequest) -> Kit:
    """A kit of a whole dialogue."""
    return Kit(request.param)


def test_the_reading_grade_tells_plain_from_hard_sentences() -> None:
    hard = "Participatory stewardship necessitates proportionate institutional accountability arrangements."
    assert reading_grade("The cat sat on the mat. It was a warm day.") < 3
    assert reading_grade(hard) > 15


def test_the_double_negative_check_finds_one() -> None:
    assert negations("Nobody should not be asked.") == 2
    assert negations("Nobody should be asked. That is not hard.") == 1


def test_the_example_kit_holds_what_the_issue_asks_for() -> None:
    kit = Kit(EXAMPLE)
    assert len(kit.statements) == 30
    assert len(kit.models) >= 13  # twelve models and the card on today
    assert [session["number"] for session in kit.sessions] == [1, 2, 3, 4]
    assert [section["number"] for section in kit.terms["sections"]] == list(range(1, 16))
    assert len(kit.codebook) == 20
    assert len(kit.glossary) >= 25
    assert sum(material["kind"] == "case" for material in kit.materials.values()) == 2


def test_the_key_is_the_name_of_the_folder(kit: Kit) -> None:
    assert kit.about["key"] == kit.folder.name
    assert kit.about["mode"] in {"panel", "open"}
    assert [approach["key"] for approach in kit.about["approaches"]] in ([], list(APPROACHES))
    assert kit.about["approaches"] or kit.folder in AGENDAS


def test_every_key_is_used_once(kit: Kit) -> None:
    for keys in (
        [path.stem for path in (kit.folder / "models").glob("*.yaml")],
        [statement["key"] for statement in kit.statements],
        [statement["text"] for statement in kit.statements],
        [entry["term"].lower() for entry in kit.glossary],
        [code["key"] for code in kit.codebook],
    ):
        assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert len(kit.models) == len(list((kit.folder / "models").glob("*.yaml")))
    assert len(kit.materials) == len(list((kit.folder / "materials").glob("*.md")))


def test_every_key_in_a_stage_leads_somewhere(kit: Kit) -> None:
    statements = {statement["key"] for statement in kit.statements}
    for stage in kit.stages:
        assert stage["kind"] in KINDS, stage["title"]
        assert set(stage.get("materials", [])) <= set(kit.materials), stage["title"]
        assert set(stage.get("models", [])) <= set(kit.models), stage["title"]
        placed = stage.get("statements", [])
        assert placed == "all" or set(placed) <= statements, stage["title"]
        assert stage.get("questionnaire") in {None, *kit.questionnaires}, stage["title"]


def test_every_model_and_every_case_is_used_in_a_session(kit: Kit) -> None:
    assert {key for stage in kit.stages for key in stage.get("models", [])} == set(kit.models)
    unplaced = UNPLACED if kit.folder in AGENDAS else set()
    assert {key for stage in kit.stages for key in stage.get("materials", [])} == set(kit.materials) - unplaced


def test_every_source_is_known_has_an_address_and_is_named_by_a_card_or_text(kit: Kit) -> None:
    cited = {fact["source"] for model in kit.models.values() for fact in model["facts"].values() if fact["source"]}
    cited |= {key for material in kit.materials.values() for key in material["sources"]}
    assert cited == kit.sources
    assert all(source["url"].startswith("https://") and source["title"] for source in kit.about["sources"])


def test_nobody_real_is_shown_as_endorsing_the_kit(kit: Kit) -> None:
    assert "endorse" in kit.about["notice"]
    for sentence in re.split(r"[.!?]\s", re.sub(r"\s+", " ", kit.text_of_everything())):
        if re.search(r"\bendors", sentence, re.IGNORECASE):
            assert re.search(r"\b(no|not|nobody)\b", sentence, re.IGNORECASE), sentence
    assert not re.search(r"NHS[- ](approved|backed|endorsed|logo)", kit.text_of_everything(), re.IGNORECASE)


def test_every_card_has_all_facts_and_each_is_sourced_or_not_known_or_part_of_the_definition(kit: Kit) -> None:
    for key, model in kit.models.items():
        assert set(model["facts"]) == FACTS, key
        assert {model["rung_claimed"], model["rung_evidenced"]} <= RUNGS, key
        for field, fact in model["facts"].items():
            ways = [bool(fact["source"]), fact["not_known"], fact.get("by_definition", False)]
            assert sum(ways) == 1, f"{key}: {field}"
            assert fact["text"].strip(), f"{key}: {field}"
            assert fact["text"].startswith("Not known") == fact["not_known"], f"{key}: {field}"


def test_arguments_for_and_against_are_equally_many_and_about_equally_long(kit: Kit) -> None:
    for key, model in kit.models.items():
        assert len(model["points_for"]) == len(model["points_against"]) >= 3, key
        ratio = sum(map(len, model["points_for"])) / sum(map(len, model["points_against"]))
        assert 0.85 <= ratio <= 1.15, f"{key}: {ratio:.2f}"


def test_there_is_one_card_on_today_and_four_or_more_models_for_each_approach(whole: Kit) -> None:
    assert [key for key, model in whole.models.items() if model["is_current"]] == [CURRENT]
    assert any(fact["source"] for fact in whole.models[CURRENT]["facts"].values())
    for approach in APPROACHES:
        models = [m for m in whole.models.values() if approach in m["approaches"] and not m["is_current"]]
        assert len(models) >= 4, approach


def test_each_approach_has_as_many_supporting_as_critical_statements(whole: Kit) -> None:
    counts = Counter((statement["approach"], statement["stance"]) for statement in whole.statements)
    numbers = {counts[approach, stance] for approach in APPROACHES for stance in ("supports", "criticises")}
    assert len(numbers) == 1
    assert numbers != {0}


def test_some_statements_oppose_access_altogether_and_as_many_favour_it(whole: Kit) -> None:
    opposing = [s for s in whole.statements if s["stance"] == "opposes_access"]
    favouring = [s for s in whole.statements if (s["approach"], s["stance"]) == ("general", "supports")]
    assert 3 <= len(opposing) <= 4
    assert len(favouring) == len(opposing)
    assert all(statement["approach"] == "general" for statement in opposing)


def test_a_statement_is_one_short_sentence_without_a_double_negative(kit: Kit) -> None:
    for statement in kit.statements:
        text = statement["text"]
        assert len(text) <= 140, text
        assert len(re.findall(r"[.!?]", text)) == 1, text
        assert text.endswith("."), text
        assert ";" not in text, text
        assert negations(text) <= 1, text


def test_the_first_votes_are_balanced(whole: Kit) -> None:
    by_key = {statement["key"]: statement for statement in whole.statements}
    first = next(stage for stage in whole.stages if stage["kind"] == "vote")
    assert len(first["statements"]) == 10
    counts = Counter((by_key[key]["approach"], by_key[key]["stance"]) for key in first["statements"])
    assert {counts[approach, stance] for approach in APPROACHES for stance in ("supports", "criticises")} == {1}
    assert counts["general", "supports"] == counts["general", "opposes_access"]


def test_every_statement_can_be_voted_on_before_and_again_in_the_last_session(whole: Kit) -> None:
    votes = [(s["number"], stage) for s in whole.sessions for stage in s["stages"] if stage["kind"] == "vote"]
    assert votes[-1][1]["statements"] == "all"
    assert votes[-1][0] == whole.sessions[-1]["number"]


def test_the_stages_of_a_session_add_up_to_its_minutes(whole: Kit) -> None:
    for session in whole.sessions:
        assert sum(stage["minutes"] for stage in session["stages"]) == session["minutes"], session["title"]
    assert max(session["minutes"] for session in whole.sessions) == whole.about["minutes_per_session"]


def test_nobody_sits_for_more_than_75_minutes_without_a_break(kit: Kit) -> None:
    for session in kit.sessions:
        sitting = 0
        for stage in session["stages"]:
            sitting = 0 if stage["kind"] == "break" else sitting + stage["minutes"]
            assert sitting <= 75, f"{session['title']}: {stage['title']}"


def test_a_comparison_has_the_card_on_today_first_and_six_models_at_most(whole: Kit) -> None:
    comparisons = [stage for stage in whole.stages if stage["kind"] == "compare" and not stage.get("tasks")]
    assert comparisons
    for stage in comparisons:
        assert stage["models"][0] == CURRENT, stage["title"]
        assert 2 <= len(stage["models"]) <= 6, stage["title"]


def test_each_stage_has_what_its_kind_needs(kit: Kit) -> None:
    for stage in kit.stages:
        assert all(stage[field] for field in ("title", "intro", "minutes")), stage
        assert stage["setting"] in {"plenary", "tables", "alone"}, stage["title"]
        needed = {"discuss": "prompts", "vote": "statements", "survey": "questionnaire", "compare": "models"}
        if stage["kind"] in needed and not stage.get("tasks"):
            assert stage.get(needed[stage["kind"]]), stage["title"]
        if stage["kind"] == "learn":
            assert stage.get("materials") or stage.get("models"), stage["title"]


def test_the_surveys_come_first_and_last_and_the_end_is_ratified(whole: Kit) -> None:
    assert whole.stages[0].get("questionnaire") == "before"
    assert whole.stages[-1].get("questionnaire") == "after"
    assert {"prioritise", "ratify"} <= {stage["kind"] for stage in whole.sessions[-1]["stages"]}


def test_cases_say_that_they_are_invented_and_explainers_are_not(kit: Kit) -> None:
    for material in kit.materials.values():
        assert material["invented"] == (material["kind"] == "case"), material["key"]
        assert ("Invented for discussion" in material["body"]) == material["invented"], material["key"]


def test_permissions_are_the_four_optional_ones_and_each_says_what_it_changes(kit: Kit) -> None:
    assert [p["key"] for p in kit.permissions] == ["quotes", "recording", "contact_later", "machine_sorting"]
    for permission in kit.permissions:
        assert "If no" in permission["changes"], permission["label"]


def test_the_privacy_notice_says_what_it_must(kit: Kit) -> None:
    notice = (kit.folder / "consent" / "privacy.md").read_text(encoding="utf-8").lower()
    said = "controller, lawful basis, how long, object, who sees what, take something back"
    for word in [*said.split(", "), "impact assessment", "transparency record"]:
        assert word in notice, word


def test_the_transparency_record_covers_the_three_tools(whole: Kit) -> None:
    record = (whole.folder / "transparency" / "record.md").read_text(encoding="utf-8")
    assert all(name in record for name in ("Groups of views", "Draft themes", "Which statement comes next"))


def test_folkmoots_own_assessment_is_a_complete_example_in_which_the_gap_report_finds_nothing(whole: Kit) -> None:
    assessment = yaml.safe_load((whole.folder / "transparency" / "assessment.yaml").read_text(encoding="utf-8"))
    assert set(assessment["answers"]) == set(AssessmentQuestion)
    assert {harm["scenario"] for harm in assessment["harms"]} == set(Scenario)
    assert find_gaps(assessment) == []


def test_a_questionnaire_is_short_and_each_item_can_be_skipped(kit: Kit) -> None:
    for name in kit.questionnaires:
        questions = kit.questions(name)
        assert 1 <= len(questions) <= 10, name
        assert all(question.get("isRequired", False) is False for question in questions), name


def test_paired_items_are_the_same_before_and_after_and_knowledge_is_not_a_test_of_people(whole: Kit) -> None:
    before, after = (
        {q["name"]: q for q in whole.questions(name) if q["name"].startswith("pair_")} for name in ("before", "after")
    )
    assert before == after
    assert len(before) >= 4
    knowledge = [question["description"] for name, question in before.items() if "_know_" in name]
    assert knowledge
    assert all("checks our materials, not you" in description for description in knowledge)


def test_each_section_of_the_terms_says_what_evidence_it_needs(whole: Kit) -> None:
    for section in whole.terms["sections"]:
        assert all(section[field] for field in ("title", "evidence", "guidance")), section
    assert [section["number"] for section in whole.terms["sections"] if section["required"]] == [1, 2, 3, 4, 5, 6]


def test_statements_can_be_read_at_age_nine_to_eleven(kit: Kit) -> None:
    grades = {statement["text"]: reading_grade(statement["text"]) for statement in kit.statements}
    assert median(grades.values()) <= 6
    assert {text: round(grade, 1) for text, grade in grades.items() if grade > 8} == {}


def participants_texts(kit: Kit) -> dict[str, str]:
    """Each longer text that participants read, by where it stands."""
    texts = {"summary": kit.about["summary"] + " " + kit.about["how_it_is_used"] + " " + kit.about["thank_you"]}
    texts["welcome"] = (kit.folder / "welcome.md").read_text(encoding="utf-8")
    texts["take part"] = (kit.folder / "consent" / "take_part.md").read_text(encoding="utf-8")
    texts["permissions"] = " ".join(f"{p['label']}. {p['changes']}" for p in kit.permissions)
    texts["glossary"] = " ".join(entry["definition"] for entry in kit.glossary)
    texts["approaches"] = " ".join(f"{a['plain']} {a['longer']}" for a in kit.about["approaches"])
    texts |= {f"material {key}": material["body"] for key, material in kit.materials.items()}
    for key, model in kit.models.items():
        texts[f"model {key}"] = model["plain"]
        texts[f"facts {key}"] = " ".join(fact["text"] for fact in model["facts"].values())
        texts[f"points {key}"] = " ".join(model["points_for"] + model["points_against"])
    for session in kit.sessions:
        intros = [stage["intro"] + " " + " ".join(stage.get("prompts", [])) for stage in session["stages"]]
        texts[f"session {session['number']}"] = " ".join([session["summary"] + " ", *intros])
    for name in kit.questionnaires:
        texts[f"questionnaire {name}"] = " ".join(question["title"] for question in kit.questions(name))
    return {where: text for where, text in texts.items() if text.strip()}


def test_what_participants_read_is_at_age_nine_to_eleven(kit: Kit) -> None:
    too_hard = {where: round(reading_grade(text), 1) for where, text in participants_texts(kit).items()}
    assert {where: grade for where, grade in too_hard.items() if grade > 6} == {}


def test_no_single_sentence_that_participants_read_is_far_too_hard(kit: Kit) -> None:
    for where, text in participants_texts(kit).items():
        for sentence in re.split(r"(?<=[.!?]) ", plain_text(text)):
            if len(sentence.split()) >= 8:  # shorter ones swing too much on one word
                assert reading_grade(sentence) <= 8, f"{where}: {sentence}"


def test_no_sentence_that_participants_read_has_two_negatives(kit: Kit) -> None:
    quoted = re.compile(r'"[^"]*"')  # answers that are quoted, such as "no one should get scans for AI"
    texts = participants_texts(kit)
    texts["names"] = " ".join(f"{model['name']}." for model in kit.models.values())
    found = {where: negations(plain_text(quoted.sub("", text))) for where, text in texts.items()}
    assert {where for where, count in found.items() if count > 1} == set()


def test_each_word_of_the_glossary_stands_in_a_text(kit: Kit) -> None:
    texts = participants_texts(kit)
    texts["glossary"] = (kit.folder / "consent" / "privacy.md").read_text(encoding="utf-8")
    words = " ".join([*texts.values(), *(s["text"] for s in kit.statements), *(m["name"] for m in kit.models.values())])
    for entry in kit.glossary:
        forms = "|".join(re.escape(form) for form in [entry["term"], *entry["also"]])
        assert re.search(rf"\b({forms})\b", words, re.IGNORECASE), entry["term"]
        assert entry["definition"].count(". ") <= 1, entry["term"]


def test_the_privacy_notice_can_be_read_at_age_eleven_to_fourteen(kit: Kit) -> None:
    assert reading_grade((kit.folder / "consent" / "privacy.md").read_text(encoding="utf-8")) <= 8
