"""The moderation policy of a kit, in `moderation.yaml`; a kit without that file starts with the usual one."""

from app.services.kits_fields import Problems
from deliberation.errors import RuleError
from deliberation.moderation import ReasonCode
from deliberation.policy import INTRO_LIMIT, Policy, PolicyReason, check_reason

NAME = "moderation.yaml"


def read_policy(problems: Problems) -> Policy | None:
    """The policy, each of the six reasons in it; None where the kit has no such file."""
    if not (problems.folder / NAME).is_file():
        return None
    head = problems.fields(NAME, problems.yaml(NAME))
    intro = head.text("intro", limit=INTRO_LIMIT)
    reasons: dict[ReasonCode, PolicyReason] = {}
    for row in problems.each(f"{NAME}, reasons", head.values.get("reasons")):
        code = row.one_of("key", ReasonCode, ReasonCode.OFF_TOPIC)
        try:
            reasons[code] = check_reason(row.text("words"), row.text("means"), row.texts("examples"))
        except RuleError as refusal:
            row.problem(f"not a reason that can be published: {refusal}")
    for code in ReasonCode:
        if code not in reasons:
            problems.add(NAME, f"the reason {code.value!r} is missing")
    return Policy(intro, {code: reasons[code] for code in ReasonCode if code in reasons})
