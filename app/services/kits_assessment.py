"""The complete example of an assessment that a kit brings, in `transparency/assessment.yaml`; a kit may have none."""

from datetime import date
from typing import Any

from app.services.kits_fields import Fields, Problems
from app.services.kits_format import KitAssessment
from deliberation.assessment_template import AssessmentQuestion
from deliberation.harms import HarmRating, Scenario

NAME = "transparency/assessment.yaml"


def read_assessment(problems: Problems) -> KitAssessment | None:
    """Answers by question and harms, in the shape that a version of an assessment keeps."""
    if not (problems.folder / NAME).is_file():
        return None
    head = problems.fields(NAME, problems.yaml(NAME))
    answers = problems.fields(f"{NAME}, answers", head.values.get("answers"))
    for key in answers.values:
        if key not in set(AssessmentQuestion):
            answers.problem(f"there is no question {key!r}")
    scale, rated_by = head.whole("scale", least=3, most=5), head.text("rated_by", limit=200)
    harms = [_harm(row, scale, rated_by) for row in problems.each(f"{NAME}, harms", head.values.get("harms"))]
    known = [question.value for question in AssessmentQuestion if question in answers.values]
    content = {
        "answers": {key: answers.text(key) for key in known},
        "harms": [{"key": str(number), **harm} for number, harm in enumerate(harms, 1)],
    }
    return KitAssessment(head.text("title", limit=200), content)


def _harm(row: Fields, scale: int, rated_by: str) -> dict[str, Any]:
    due = row.values.get("due_on")
    if not isinstance(due, date):
        row.problem("`due_on` has to be a date, such as 2027-01-15")
    return {
        "text": row.text("text", limit=1000),
        "stakeholder": row.text("stakeholder", limit=200),
        "scenario": row.one_of("scenario", Scenario, Scenario.MOST_LIKELY).value,
        **{rating.value: row.whole(rating.value, least=1, most=scale) for rating in HarmRating},
        "rated_by": rated_by,
        "mitigation": row.text("mitigation", limit=4000),
        "owner": row.text("owner", limit=200),
        "due_on": due.isoformat() if isinstance(due, date) else "",
    }
