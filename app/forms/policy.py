"""The moderation policy as facilitators write it: an introduction, and three boxes for each reason."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from app.forms.base import Form
from deliberation.comments import check_words
from deliberation.moderation import ReasonCode
from deliberation.policy import INTRO_LIMIT, Policy, check_reason


class PolicyForm(Form):
    """`intro`, and for each reason code `<code>_words`, `<code>_means`, `<code>_examples` (one on each line)."""

    intro = TextAreaField(_l("What this policy is for"))

    def fill(self, policy: Policy) -> None:
        """Shows a policy in the boxes."""
        self.intro.data = policy.intro
        for code, reason in policy.reasons.items():
            self[f"{code.value}_words"].data = reason.words
            self[f"{code.value}_means"].data = reason.means
            self[f"{code.value}_examples"].data = "\n".join(reason.examples)

    def wanted(self) -> Policy:
        """The policy that was typed; RuleError of the box in which something is wrong."""
        reasons = {}
        self.refusal_fields = dict.fromkeys(CODES_OF_BOXES, "intro")
        intro = check_words(self.intro.data or "", limit=INTRO_LIMIT)
        for code in ReasonCode:
            words, means, examples = (self[f"{code.value}_{box}"].data or "" for box in ("words", "means", "examples"))
            wrong = "means" if words.strip() else "words"
            self.refusal_fields = {**dict.fromkeys(CODES_OF_BOXES, f"{code.value}_{wrong}")}
            self.refusal_fields["too_many_examples"] = f"{code.value}_examples"
            reasons[code] = check_reason(words, means, examples.splitlines())
        self.refusal_fields = {}
        return Policy(intro, reasons)


CODES_OF_BOXES = ("words_empty", "words_too_long")

for _code in ReasonCode:
    setattr(PolicyForm, f"{_code.value}_words", StringField(_l("The author reads")))
    setattr(PolicyForm, f"{_code.value}_means", TextAreaField(_l("When it holds")))
    setattr(PolicyForm, f"{_code.value}_examples", TextAreaField(_l("Examples, one on each line")))
