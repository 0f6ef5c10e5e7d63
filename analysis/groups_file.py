"""Reading a file of given groups: participant,group; every problem at once."""

from collections.abc import Collection
from pathlib import Path

from analysis.export_files import Problems, read_sheet
from analysis.frames import Id


class GroupsFileError(ValueError):
    """The file cannot be used. `problems` has one clear line per problem."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_groups(path: Path, known: Collection[Id]) -> dict[Id, str]:
    """Participant -> group. People of `known` whom the file does not name are in no group.

    GroupsFileError for a file that cannot be read, a blank cell, an unknown participant or one named twice.
    """
    problems = Problems()
    sheet = read_sheet(path, ("participant", "group"), problems)
    by_text = {str(one): one for one in known}
    found: dict[Id, str] = {}
    for row in sheet.rows if sheet else ():
        one, group = row.id("participant", problems), row.id("group", problems)
        if one is None or group is None:
            continue
        if one not in by_text:
            problems.add(f"{row.place}: participant {one[:40]} has not voted here", "unknown")
        elif by_text[one] in found:
            problems.add(f"{row.place}: participant {one[:40]} was named before", "twice")
        else:
            found[by_text[one]] = group
    if problems.lines:
        raise GroupsFileError(tuple(problems.lines))
    return found
