"""The sentences people read when a rule of oversight refuses."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_a_member": _l("Only a member of the Oversight Group can do this, with their own account."),
    "ends_before_it_starts": _l("The last day is before the first."),
    "member_gone": _l("This member has left. What was written down about them stays."),
    "chair_taken": _l("The group has a chair. Change that first."),
    "chair_observes": _l("A chair cannot be an observer."),
    "own_deputy": _l("Choose another member who is in the group now."),
    "not_an_overseer": _l("Give this account the role of overseer first, under Staff."),
    "account_taken": _l("Another member signs in with this account."),
    "left_before_joining": _l("This day is before the member joined."),
    "code_taken": _l("Another gate has this code."),
    "item_reviewed": _l("“%(title)s” has been before the group, so it stays at this gate."),
    "nothing_to_review": _l("There is nothing of “%(title)s” yet that the group could look at."),
    "gate_closed": _l("This gate has closed."),
    "advice_unanswered": _l("Advice still waits for an answer: %(count)s. Answer it first."),
    "pack_sent": _l("This pack has been sent, so it stays as it is. Make another one."),
    "pack_not_sent": _l("This has not been sent to the group yet."),
    "pack_empty": _l("There is nothing in this pack."),
    "nobody_in_group": _l("The group has no members yet. Enter them first."),
    "advice_withdrawn": _l("This advice has been taken back."),
    "advice_closed": _l("This advice is settled."),
    "not_your_advice": _l("Only the member who gave this advice, or the chair, can do this."),
    "not_answered": _l("This has no answer yet."),
    "contested_before": _l("This answer is disputed already. It waits for another one."),
    "answered_before": _l("This has been answered, so it stays as it was. You can dispute the answer, or say more."),
    "not_lead": _l("Only the lead of the dialogue or the chair of the group can do this."),
    "nothing_to_override": _l("This advice keeps no text from participants."),
    "group_keeps_advice": _l("The group's own rules say that its advice is not published."),
    "material_held": _l(
        "These texts are still being checked: %(materials)s. The Oversight Group says that something in them must be"
        " fixed. Settle that first, or let the lead decide to show them and say why."
    ),
    "material_not_shown": _l("This text is still being checked. You can read it here once that is done."),
}
