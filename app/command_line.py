"""The `folkmoot` command: serve, demo, import, analyse, export, accounts, and checks."""

import getpass
import secrets
import sys
import uuid
from importlib.metadata import version
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from analysis.results import METHODS
from app import demo as demo_package
from app import jobs as worker
from app import serving
from app.commands import Refused, files_of_folder, refusals, write_files
from app.config import Settings, read_settings
from app.db import db, transaction
from app.exports import terms_docx, terms_html
from app.factory import create_app
from app.forms.words import sentence
from app.models.dialogues import Dialogue
from app.queries import terms as terms_queries
from app.queries.dialogues import find_dialogue
from app.services import accounts, analysis, imports, sealing, staffing, storage
from deliberation.errors import RuleError
from deliberation.roles import Role


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("folkmoot"), prog_name="folkmoot")
def cli() -> None:
    """Folkmoot: public dialogues, from one vote or sentence to a clause, and back.

    FOLKMOOT_DATA names the folder of database, files and keys (default: instance/).
    """


def _settings() -> Settings:
    try:
        settings = read_settings()
        settings.data_folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise Refused(f"the settings cannot be used: {error}") from None
    return settings


def _ready(settings: Settings):  # type: ignore[no-untyped-def]
    """An application on a database at the newest schema."""
    try:
        engine = storage.open_engine(settings.database_url)
        storage.migrate(engine)
        engine.dispose()
    except OperationalError as error:
        raise Refused(f"the database cannot be opened: {error.orig}") from None
    return create_app(settings)


def _dialogue(words: str) -> Dialogue:
    """A dialogue by its public id, or by a title that only it has."""
    try:
        found = find_dialogue(uuid.UUID(words))
        if found is not None:
            return found
    except ValueError:
        pass
    same_title = (Dialogue.title == words) | (Dialogue.short_title == words)
    titled = list(db.session.scalars(select(Dialogue).where(same_title)))
    if len(titled) == 1:
        return titled[0]
    why = f"{len(titled)} dialogues have this title; give its id" if titled else "no dialogue has this id or title"
    raise Refused(f"{why}: {words}")


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free port.")
def serve(host: str, port: int) -> None:
    """Serve Folkmoot: one web process and one job process."""
    settings = _settings()
    _ready(settings)
    _serve(settings, host, port, lambda address: click.echo(f"Folkmoot answers at {address}  (Ctrl-C stops it)"))


def _serve(settings: Settings, host: str, port: int, say_ready) -> None:  # type: ignore[no-untyped-def]
    try:
        host, port = serving.bind(host, port)
    except OSError as error:
        raise Refused(f"cannot listen on {host}:{port}: {error.strerror or error}") from None
    serving.serve(lambda: create_app(settings), host, port, say_ready=say_ready)


@cli.command()
@click.option("--serve", "then_serve", is_flag=True, help="Start the server and print the sign-in links.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free port.")
def demo(then_serve: bool, host: str, port: int) -> None:
    """Load the example dialogue (a synthetic panel of 47), once."""
    settings = demo_package.demo_settings(_settings())
    app = _ready(settings)
    with app.app_context():
        links = demo_package.load(say=lambda words: click.echo(words, err=True))
        storage.let_go()
    if not then_serve:
        click.echo("The example is loaded. `folkmoot demo --serve` starts it and prints the sign-in links.")
        return
    _serve(settings, host, port, lambda address: click.echo(demo_package.welcome(address, links)))


@cli.command("jobs")
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
def jobs_command(once: bool) -> None:
    """Run the job process: analyses, and the seals of the event log."""
    app = create_app(_settings())
    if once:
        with app.app_context():
            click.echo(f"{worker.run_waiting()} jobs done, {worker.seal_waiting()} events sealed")
        return
    worker.work_until_signal(app)


@cli.group()
def user() -> None:
    """Staff accounts."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name that colleagues see.")
@click.option("--role", type=click.Choice([role.value for role in Role if role is not Role.PARTICIPANT]))
@click.option("--dialogue", help="Id or title of the dialogue for --role.")
@click.option("--administrator", is_flag=True, help="Looks after accounts; reads no views.")
@click.option("--creates", is_flag=True, help="May make new dialogues.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add_user(
    email: str,
    name: str,
    role: str | None,
    dialogue: str | None,
    administrator: bool,
    creates: bool,
    password_stdin: bool,
) -> None:
    """Add a member of staff. Without a password given, one is made and printed once."""
    app = _ready(_settings())
    password, is_made = _password(password_stdin)
    if role and role != Role.ADMINISTRATOR.value and not dialogue:
        creates = creates or role == Role.FACILITATOR.value
        if role != Role.FACILITATOR.value:
            raise Refused(f"--role {role} needs --dialogue: roles belong to one dialogue")
    with app.app_context(), _refusals(), transaction():
        account = accounts.add_account(
            email=email,
            display_name=name,
            password=password,
            administrator=administrator or role == Role.ADMINISTRATOR.value,
            creates=creates,
            by=None,
        )
        if role and dialogue:
            staffing.grant_role(_dialogue(dialogue), account.email, Role(role), by=None)
    click.echo(f"Added {email}." + (f" Password: {password}" if is_made else ""))


def _password(from_stdin: bool) -> tuple[str, bool]:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n"), False
    if sys.stdin.isatty():
        typed = getpass.getpass("Password (empty: make one): ")
        if typed:
            return typed, False
    return secrets.token_urlsafe(12), True


@cli.group("import")
def import_group() -> None:
    """Make a dialogue from somebody else's files."""


@import_group.command("polis")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="The title of the new dialogue.")
def import_polis(folder: Path, title: str) -> None:
    """Import a Polis export: comments.csv with votes.csv or participants-votes.csv."""
    app = _ready(_settings())
    with app.app_context(), _refusals(), transaction():
        made = imports.import_polis(folder, title=title, by=None)
        words = f"Imported “{made.title}” as dialogue {made.public_id}"
    click.echo(words)


@cli.command()
@click.argument("source")
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the files; needed when SOURCE is a folder.")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True)
@click.option("--groups", type=click.Path(path_type=Path), help="A CSV file participant,group: groups from outside.")
@click.option("--seed", type=click.IntRange(0), help="Of every random draw; the same seed gives the same files.")
def analyse(source: str, out: Path | None, method: str, groups: Path | None, seed: int | None) -> None:
    """Analyse SOURCE: a dialogue (id or title), or a folder in the Polis export layout.

    A folder needs no database. A dialogue is kept as a snapshot, unless --groups is given. Into --out go
    snapshot.json, participants.csv, statements.csv, group_statements.csv, representative.csv, common_ground.csv,
    slate.csv and report.html.
    """
    asked: dict[str, object] = {"method": method, **({} if seed is None else {"seed": seed})}
    if Path(source).is_dir() or "/" in source:
        if out is None:
            raise Refused("a folder needs --out DIR for the files")
        with refusals():
            files = files_of_folder(Path(source), asked, groups, say=lambda words: click.echo(words, err=True))
            write_files(out, files)
        click.echo(f"Wrote {len(files)} files to {out}")
        return
    app = _ready(_settings())
    with app.app_context(), _refusals(), refusals():
        found = _dialogue(source)
        if groups is not None:
            files = analysis.dialogue_files(found, {**asked}, groups)
            words = f"Analysed “{found.title}” by the groups given"
        else:
            with transaction():
                settings = analysis.settings_for(found, asked)
                snapshot = analysis.take_snapshot(db.session.merge(found), by=None, settings=settings)
                words = f"Snapshot {snapshot.number} of “{found.title}”: {snapshot.public_id}"
                files = analysis.snapshot_files(snapshot) if out else {}
        if out is not None:
            write_files(out, files)
    click.echo(words)


@cli.group()
def export() -> None:
    """Write documents to files."""


@export.command("terms")
@click.argument("dialogue")
@click.option("--format", "kind", type=click.Choice(["docx", "html"]), default="docx", show_default=True)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def export_terms(dialogue: str, kind: str, out: Path) -> None:
    """Write the Terms of Reference with its evidence annex."""
    app = _ready(_settings())
    with app.test_request_context(), _refusals():
        document = terms_queries.terms_document(_dialogue(dialogue))
        content = terms_docx.write(document) if kind == "docx" else terms_html.write(document).encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refused(f"cannot write {out}: {error.strerror}") from None
    click.echo(f"Wrote {out}")


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    _ready(_settings())
    click.echo("The database is at the newest schema.")


@cli.command()
@click.argument("dialogue")
def verify(dialogue: str) -> None:
    """Check a dialogue's event log and each of its snapshots. Exit status 1 when something does not hold."""
    app = _ready(_settings())
    with app.app_context():
        found = _dialogue(dialogue)
        chain = sealing.verify_chain(found)
        click.echo(
            f"event log: {chain.sealed} sealed, {chain.unsealed} not yet, {chain.payloads_gone} payloads deleted, "
            + (f"BROKEN at {chain.broken_at}: {chain.why}" if not chain.holds else f"holds, head {chain.head}")
        )
        checks = analysis.verify_all(found)
        for number, words, _holds in checks:
            click.echo(f"snapshot {number}: {words}")
    if not chain.holds or not all(holds for _number, _words, holds in checks):
        sys.exit(1)


class _refusals:
    """Turns refusals of rules and of readers into lines and exit status 2."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, RuleError):
            problems = error.facts.get("problems")
            raise Refused("\n".join(problems) if problems else _plain(error)) from None


def _plain(error: RuleError) -> str:
    with create_app(_settings()).test_request_context():
        return sentence(error)
