"""The first draft of minutes, made of what was recorded at a meeting: Markdown in the language of the dialogue."""

from collections.abc import Iterable

from flask_babel import force_locale, gettext, ngettext

from app.exports.oversight_words import (
    answer_words,
    day_words,
    from_whom,
    named,
    owner_words,
    quorum_words,
    severity_words,
)
from app.exports.sanitise import when
from app.models.advice import Advice
from app.models.dialogues import Dialogue
from app.models.meetings import OversightAction
from app.queries.meetings import ItemRow, MeetingRecord, Person
from deliberation.meetings import AgendaKind, Presence


def draft_text(record: MeetingRecord, dialogue: Dialogue) -> str:
    """The draft. Where the group does not publish its members they are counted and not named."""
    with force_locale(dialogue.lang):
        parts = [*_head(record, dialogue), *_who(record)]
        for row in record.items:
            parts += _item(record, row)
        parts += _actions(record)
    return "\n\n".join(part for part in parts if part).strip()


def _head(record: MeetingRecord, dialogue: Dialogue) -> list[str]:
    meeting = record.meeting
    title = gettext("%(group)s: meeting %(number)s", group=record.group.name, number=meeting.number)
    where = when(meeting.starts_at, dialogue.timezone, "EEEE d MMMM y, HH:mm")
    return [f"# {_line(title)}", f"{where}. {_line(meeting.place)}".rstrip(" .") + "."]


def _who(record: MeetingRecord) -> list[str]:
    names = record.group.publishes_members
    lines = []
    for presence, heading in (
        (Presence.PRESENT, gettext("Present")),
        (Presence.DEPUTY, gettext("Deputies")),
        (Presence.OBSERVER, gettext("Observers")),
        (Presence.APOLOGIES, gettext("Apologies")),
    ):
        people = record.came_as(presence)
        if people:
            said = "; ".join(_came(one) for one in people) if names else str(len(people))
            lines.append(f"**{heading}:** {said}")
    return [f"## {gettext('Who was there')}", *lines, quorum_words(record.quorum)]


def _came(person: Person) -> str:
    attendance = person.attendance
    words = _line(named(person.member))
    if person.member.is_chair:
        words = gettext("%(name)s, chair", name=words)
    if attendance is not None and attendance.instead_of is not None:
        words = gettext("%(name)s for %(other)s", name=words, other=_line(attendance.instead_of.name))
    return str(words)


def _item(record: MeetingRecord, row: ItemRow) -> list[str]:
    parts = [f"## {row.number}. {_line(row.item.title)}"]
    if row.item.kind is AgendaKind.DECLARATIONS:
        parts.append(_declared(record))
    else:
        parts.append(_stepped_out(record, row))
    if row.item.kind is AgendaKind.REFLECTION:
        parts.append(_advice(record, record.reflection, gettext("No earlier advice was open or newly answered.")))
    if row.item.kind is AgendaKind.ACTIONS:
        parts.append(_list_of_actions(record, record.carried, gettext("No action was open.")))
    parts.append(row.item.note)
    if row.item.kind is AgendaKind.GATE and row.advice:
        parts += [gettext("Advice given:"), _gate_advice(record, row)]
    return parts


def _gate_advice(record: MeetingRecord, row: ItemRow) -> str:
    """Advice on a gate; what stands under the reflection already is named by its number."""
    before = [one for one in row.advice if one in record.reflection]
    lines = _advice(record, [one for one in row.advice if one not in before], "")
    if not before:
        return lines
    numbers = ", ".join(str(one.number) for one in before)
    named = gettext("Advice %(numbers)s: see part 2.", numbers=numbers)
    return f"- {named}\n{lines}".rstrip()


def _declared(record: MeetingRecord) -> str:
    said = [one for one in record.people if one.declaration is not None and one.declaration.text]
    nothing = sum(one.declaration is not None and not one.declaration.text for one in record.people)
    numbers = {row.item.id: row.number for row in record.items}
    lines = []
    for person in said:
        declaration = person.declaration
        assert declaration is not None
        out = sorted(numbers[one.item_id] for one in declaration.conflicts if one.item_id in numbers)
        name = _line(person.member.name) if record.group.publishes_members else gettext("A member")
        words = f"- {name}: {_line(declaration.text)}"
        if out:
            listed = ", ".join(str(one) for one in out)
            words += " " + ngettext(
                "Stepped out of part %(listed)s.", "Stepped out of parts %(listed)s.", len(out), listed=listed
            )
        lines.append(words)
    if nothing:
        words = ngettext(
            "%(num)s person had nothing to add to the interests that stand.",
            "%(num)s people had nothing to add to the interests that stand.",
            nothing,
        )
        lines.append(f"- {words}")
    return "\n".join(lines)


def _stepped_out(record: MeetingRecord, row: ItemRow) -> str:
    if not row.out:
        return ""
    count = len(row.out)
    if record.group.publishes_members:
        names = ", ".join(_line(one.name) for one in row.out)
        words = gettext("%(names)s stepped out of this part.", names=names)
    else:
        words = ngettext("%(num)s member stepped out of this part.", "%(num)s members stepped out of this part.", count)
    return f"{words} {quorum_words(row.quorum)}" if not row.quorum.is_reached else str(words)


def _advice(record: MeetingRecord, rows: Iterable[Advice], nothing: str) -> str:
    lines = []
    for one in rows:
        head = gettext(
            "Advice %(number)s (%(severity)s), from %(who)s, on %(thing)s",
            number=one.number,
            severity=severity_words(one.severity),
            who=_line(from_whom(one)) if record.group.publishes_members else gettext("the group"),
            thing=_line(one.item.title),
        )
        # its words are for everybody once they are answered: whoever gave them was told so
        said = f": {_line(one.text)}" if record.group.publishes_advice and one.answer is not None else "."
        answer = gettext("Answer: %(words)s.", words=_line(answer_words(one.answer)).rstrip("."))
        lines.append(f"- {head}{said} {answer}")
        if one.answer is not None and one.answer.contested_at is not None:
            lines.append(f"- {gettext('The answer to advice %(number)s is contested.', number=one.number)}")
    return "\n".join(lines) or nothing


def _actions(record: MeetingRecord) -> list[str]:
    return [f"## {gettext('Actions')}", _list_of_actions(record, record.actions, gettext("No new action was agreed."))]


def _list_of_actions(record: MeetingRecord, rows: Iterable[OversightAction], nothing: str) -> str:
    lines = []
    for one in rows:
        named_here = one.member is None or record.group.publishes_members
        facts = [_line(owner_words(one)) if named_here else gettext("a member")]
        if one.due_on is not None:
            facts.append(gettext("by %(day)s", day=day_words(one.due_on)))
        facts.append(gettext("done") if one.done_at is not None else gettext("open"))
        words = f"- **{one.code}** {_line(one.text)} ({', '.join(facts)})"
        lines.append(f"{words} {_line(one.outcome)}".rstrip())
    return "\n".join(lines) or nothing


def _line(text: str) -> str:
    """Words of people on one line, so that none of them begins a heading or a list of its own."""
    return " ".join(text.split())
