"""What commands share: refusals in one line each, the analysis of a folder without a database, and its files."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.frames import TableError
from analysis.groups_file import GroupsFileError, read_groups
from analysis.outputs import files_of
from analysis.pipeline import analyse
from analysis.polis_export import PolisExportError, read_polis_export
from analysis.report_page import report_page
from analysis.results import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


class Refused(click.ClickException):
    """Bad input: one line for each problem, exit status 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Each problem on a line of its own, on standard error."""
        for line in self.message.splitlines():
            click.echo(f"folkmoot: {line}", err=True)


@contextmanager
def refusals() -> "Iterator[None]":
    """Turns refusals of readers and of the analysis into lines and exit status 2."""
    try:
        yield
    except (PolisExportError, GroupsFileError) as error:
        raise Refused("\n".join(error.problems)) from None
    except TableError as error:
        raise Refused(str(error)) from None


def files_of_folder(
    folder: Path, asked: Mapping[str, Any], groups: Path | None, *, say: Callable[[str], None]
) -> dict[str, str]:
    """The files of the analysis of a folder in the Polis layout. `say` hears each step."""
    say(f"reading {folder.name}")
    export = read_polis_export(folder)
    tables = export.tables
    if groups is not None:
        tables = replace(tables, groups=read_groups(groups, export.participants))
    say(f"analysing {len(tables.votes):,} votes on {len(tables.statements):,} statements")
    result = analyse(tables, Settings(**asked))
    texts = dict(zip(export.statements["statement"], export.statements["text"], strict=True))
    say("writing")
    title = export.title or folder.name
    return {**files_of(result, texts), "report.html": report_page(result, texts, title=title)}


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Writes all the files or, when it cannot, none: they are made beside and then moved in. Refused otherwise."""
    staged = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".folkmoot-", dir=folder))
        for name, text in files.items():
            (staged / name).write_text(text, encoding="utf-8", newline="")
        for name in files:
            if (folder / name).is_dir():
                raise Refused(f"cannot write to {folder}: {name} is a folder")
        for name in files:
            os.replace(staged / name, folder / name)
    except OSError as error:
        raise Refused(f"cannot write to {folder}: {error.strerror}") from None
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
