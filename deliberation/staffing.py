"""Staff of a dialogue: which roles there are, which never sit in one person, and who has to stay."""

from collections.abc import Collection

from deliberation.errors import RuleError
from deliberation.roles import Role

STAFF_ROLES = tuple(role for role in Role if role not in {Role.PARTICIPANT, Role.ADMINISTRATOR})
"""Roles that a membership can hold: participants join, and the administrator is global."""

_NEVER_TOGETHER = (
    frozenset({Role.COMMISSIONER, Role.FACILITATOR}),  # the commissioner never moderates
    frozenset({Role.COMMISSIONER, Role.ANALYST}),  # ... and never edits findings
    frozenset({Role.EVALUATOR, Role.FACILITATOR}),  # the evaluator never sees who people are
    frozenset({Role.RAPPORTEUR, Role.FACILITATOR}),  # whoever writes a panel's record leads neither talk nor programme
    frozenset({Role.RAPPORTEUR, Role.APPLICANT}),
    frozenset({Role.RAPPORTEUR, Role.COMMITTEE_MEMBER}),
)


def check_new_role(role: Role, held: Collection[Role]) -> None:
    """Whether somebody who holds `held` may get `role` as well.

    Raises:
        RuleError: `not_a_staff_role`, `role_held` or `roles_apart`.
    """
    if role not in STAFF_ROLES:
        raise RuleError("not_a_staff_role", role=role.value)
    if role in held:
        raise RuleError("role_held")
    for other in held:
        if frozenset({role, other}) in _NEVER_TOGETHER:
            raise RuleError("roles_apart", role=role.value, other=other.value)


def check_end_of_role(role: Role, facilitators: int) -> None:
    """RuleError `last_facilitator` when the only facilitator would go."""
    if role is Role.FACILITATOR and facilitators <= 1:
        raise RuleError("last_facilitator")
