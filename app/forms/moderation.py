"""What a moderator sends: a decision about one or several words, an undoing, and the filters in the address."""

import uuid
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from app.forms.base import Form
from app.forms.labels import REASONS
from app.models.dialogues import Dialogue
from app.queries.dialogues import find_stage
from app.queries.moderation import Filters, Mark, Place
from app.queries.word_kinds import KINDS, WordKind, Words, find_words
from deliberation.errors import RuleError
from deliberation.moderation import Decision, ReasonCode, WordState

SHOWN = "show"
STATES = (WordState.WAITING, WordState.APPROVED, WordState.REFUSED)
ANY = "any"


class AboutWords(Form):
    """A form about one thing on the desk: its kind, its public id, and the state in which it was seen."""

    kind = HiddenField()
    words = HiddenField()
    seen = HiddenField()
    read = HiddenField()

    def find(self, dialogue: Dialogue) -> Words | None:
        """The words, None for anything that is not there."""
        kind, ref = KINDS.get(self.kind.data or ""), id_of(self.words.data)
        return find_words(dialogue, kind, ref) if kind is not None and ref is not None else None

    @property
    def state_seen(self) -> WordState | None:
        """The state that the page showed."""
        return state_of(self.seen.data)


class DecideForm(AboutWords):
    """The button that was pressed: `decision` is approve or refuse; `reason` a code of the policy."""

    decision = StringField()
    reason = StringField()
    note = TextAreaField(_l("Add a line for the author"))

    def wanted(self) -> tuple[Decision, ReasonCode | None]:
        """(decision, reason); RuleError `reason_missing` for a reason that is not in the policy."""
        try:
            decision = Decision(self.decision.data or "")
            return decision, ReasonCode(self.reason.data) if self.reason.data else None
        except ValueError:
            raise RuleError("reason_missing") from None


class BulkForm(Form):
    """Several words, each as "kind:public id:state seen", and what is to happen to them."""

    what = SelectField(
        _l("What to do with the ticked ones"),
        choices=[
            SelectChoice("", _l("Choose")),
            SelectChoice(SHOWN, _l("Show to everyone")),
            *(SelectChoice(code.value, _l("Do not show: %(reason)s", reason=REASONS[code])) for code in ReasonCode),
        ],
    )
    sure = HiddenField()
    refusal_fields = {"reason_missing": "what"}

    def chosen(self, dialogue: Dialogue, ticked: list[str]) -> list[tuple[Words, WordState]]:
        """The ticked words that are there, each with the state in which it was seen."""
        found = []
        for one in dict.fromkeys(ticked):
            kind, _, rest = one.partition(":")
            ref, _, seen = rest.partition(":")
            state, key = state_of(seen), id_of(ref)
            words = find_words(dialogue, KINDS[kind], key) if kind in KINDS and key is not None else None
            if words is not None and state is not None:
                found.append((words, state))
        return found

    def wanted(self) -> tuple[Decision, ReasonCode | None]:
        """(decision, reason); RuleError `reason_missing` when nothing was chosen."""
        if self.what.data == SHOWN:
            return Decision.APPROVE, None
        try:
            return Decision.REFUSE, ReasonCode(self.what.data or "")
        except ValueError:
            raise RuleError("reason_missing") from None


class UndoForm(Form):
    """The decision to undo."""

    decision = StringField()


def id_of(typed: str | None) -> uuid.UUID | None:
    """A public id, or None for anything else."""
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def state_of(typed: str | None) -> WordState | None:
    """A state, or None for anything else."""
    return next((state for state in WordState if state.value == typed), None)


def filters_in(dialogue: Dialogue, sent: MultiDict[str, str]) -> Filters:
    """What an address asks for; anything unknown is as if it were not there."""
    stage_id = id_of(sent.get("stage"))
    state = None if sent.get("state") == ANY else state_of(sent.get("state"))
    return Filters(
        state=state if state in STATES or sent.get("state") == ANY else WordState.WAITING,
        kind=KINDS.get(sent.get("only", "")),
        stage=find_stage(dialogue, stage_id) if stage_id else None,
        lang=sent.get("lang", "")[:12],
        late=sent.get("late") == "yes",
        mark=next((mark for mark in Mark if mark.value == sent.get("mark")), None),
        text=" ".join(sent.get("q", "").split())[:200],
    )


def query_of(chosen: Filters, **more: str) -> dict[str, str]:
    """The filters as they stand in an address, with whatever comes on top."""
    kind: WordKind | None = chosen.kind
    asked: Mapping[str, str] = {
        "state": chosen.state.value if chosen.state else ANY,
        "only": kind.key if kind else "",
        "stage": str(chosen.stage.public_id) if chosen.stage else "",
        "lang": chosen.lang,
        "late": "yes" if chosen.late else "",
        "mark": chosen.mark.value if chosen.mark else "",
        "q": chosen.text,
        **more,
    }
    return {name: value for name, value in asked.items() if value}


def place_in(sent: MultiDict[str, str], name: str) -> Place | None:
    """The place in the queue that an address names."""
    return Place.read(sent.get(name, ""))


class OpinionForm(AboutWords):
    """What a moderator would do about words, with a line for the other: asked for, or given."""

    view = StringField()
    note = TextAreaField(_l("A line for the other moderator"))

    def wanted(self) -> tuple[Decision | None, ReasonCode | None]:
        """(view, reason); (None, None) for "not sure"; RuleError `reason_missing` for anything unknown."""
        typed = self.view.data or ""
        if not typed:
            return None, None
        if typed == SHOWN:
            return Decision.APPROVE, None
        try:
            return Decision.REFUSE, ReasonCode(typed)
        except ValueError:
            raise RuleError("reason_missing") from None


class AppealAnswerForm(AboutWords):
    """The answer to an author who asked to look again: `outcome` is approve or refuse."""

    outcome = StringField()
    answer = TextAreaField(_l("Your answer to the author"))
    refusal_fields = {"words_empty": "answer", "words_too_long": "answer"}

    def wanted(self) -> Decision:
        """The button that was pressed; RuleError `reason_missing` for none."""
        try:
            return Decision(self.outcome.data or "")
        except ValueError:
            raise RuleError("reason_missing") from None


class ConcernForm(AboutWords):
    """A worry about a person, for the safeguarding lead."""

    note = TextAreaField(_l("What worries you? Only the safeguarding lead will read this"))
