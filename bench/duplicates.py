"""The hint about close statements: how long it takes with 5,000 there, what the encoder costs, how well it finds.

`python -m bench duplicates` prints one JSON object; docs/methods/duplicates.md tells what came out.
"""

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from threadpoolctl import threadpool_limits

from analysis import embed
from app.config import read_settings
from app.db import db, transaction
from app.factory import create_app
from app.models.dialogues import Dialogue
from app.models.similar import StatementVector
from app.models.voting import Statement
from app.queries.similar import similar_statements, similar_to_each
from app.services.similar import make_vectors
from app.services.storage import migrate, open_engine
from bench.apart import say
from bench.duplicate_pairs import measure as pairs
from deliberation.moderation import WordState
from deliberation.sessions import DialogueMode
from deliberation.voting import Origin
from tests.shared_data import shared_folder

THERE, ASKED, CHANGED, QUEUE = 5_000, 200, 40, 20
_SUBJECTS = ("patients", "companies", "hospitals", "experts", "the government", "universities", "charities", "nurses")
_ACTS = ("see", "check", "pay for", "share", "delete", "refuse", "publish", "explain", "count", "delay")
_THINGS = ("each request", "all scans", "old images", "the contract", "their profits", "every use", "the rules")
_WHEN = ("before anyone gets access", "once a year", "for research only", "within a month", "in public", "for free")
_COST = """
import json, resource, sys, time
import numpy
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
start, before = time.perf_counter(), resident()
from analysis import embed
found = {"import_seconds": time.perf_counter() - start, "import_mb": resident() - before}
start, cpu, before = time.perf_counter(), time.process_time(), resident()
embed.embed(["Hello."])
found["load_seconds"], found["load_cpu_seconds"] = time.perf_counter() - start, time.process_time() - cpu
found["load_mb"] = resident() - before
print(json.dumps(found))
"""


def measure(*, there: int = THERE, asked: int = ASKED) -> dict[str, Any]:
    """Speed and cost here; precision and recall where the shared data is."""
    return {"encoder": encoder(), "hint": speed(there, asked), "quality": quality()}


def encoder() -> dict[str, Any]:
    """What loading costs in a process of its own, and CPU milliseconds a statement, one by one and together."""
    say("encoder")
    told = subprocess.run([sys.executable, "-c", _COST], capture_output=True, text=True, check=True).stdout
    texts = sentences(200)
    embed.embed(texts[:5])
    one_by_one = _timed([partial(embed.embed, [text]) for text in texts])
    together = _timed([lambda: embed.embed(texts)])
    return {
        "process": json.loads(told),
        "cpu_ms_one_by_one": one_by_one["cpu_ms_median"],
        "cpu_ms_together": round(together["cpu_ms_median"] / len(texts), 3),
    }


def speed(there: int, asked: int) -> dict[str, Any]:
    """Milliseconds of one hint, and of one page of the moderation desk, on SQLite with `there` statements."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(read_settings({"FOLKMOOT_DATA": folder}), is_testing=True)
        engine = open_engine(settings.database_url)
        migrate(engine)
        engine.dispose()
        with create_app(settings).app_context(), threadpool_limits(1, "blas"):  # as app/cli.py has it
            say(f"{there} statements")
            dialogue_id = _fill(there)
            dialogue = db.session.get_one(Dialogue, dialogue_id)
            while make_vectors(dialogue):
                pass
            dialogue = db.session.get_one(Dialogue, dialogue_id)
            new = sentences(asked, seed=2)
            similar_statements(dialogue, new[0])
            _leave_alone()
            hints = [partial(_afresh, partial(similar_statements, dialogue, text)) for text in new]
            hint = _timed(hints)
            changed = _timed(hints[:CHANGED], partial(_one_more, dialogue_id))
            queue = list(db.session.scalars(select(Statement).limit(QUEUE)))
            desk = _timed([lambda: similar_to_each(dialogue, queue)] * 5)
            stored = db.session.query(StatementVector).count()
            db.session.remove()
            db.engine.dispose()
    return {
        "statements": there,
        "with_vector": stored,
        "asked": asked,
        "hint": hint,
        "hint_after_a_new_statement": changed,
        f"desk_of_{QUEUE}": desk,
    }


def quality() -> dict[str, Any]:
    """Precision and recall; says so where the shared data is not there."""
    say("pairs")
    try:
        path = shared_folder("themes") / "argkp_keypoints.csv"
    except BaseException as missing:  # pytest's own way to skip
        return {"skipped": str(missing)}
    return pairs(path)


def sentences(count: int, seed: int = 1) -> list[str]:
    """Made-up statements about scans, no two alike."""
    rng = Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        who, act, what, when = (rng.choice(words) for words in (_SUBJECTS, _ACTS, _THINGS, _WHEN))
        found[f"{who.capitalize()} should {act} {what} {when}, and {rng.choice(_SUBJECTS)} should know."] = None
    return list(found)


def _fill(there: int) -> int:
    with transaction() as session:
        dialogue = Dialogue(title="B", short_title="B", question="?", mode=DialogueMode.OPEN, join_code="BENCH")
        session.add(dialogue)
        session.flush()
        fixed = {"dialogue_id": dialogue.id, "lang": "en", "origin": Origin.SEED, "state": WordState.APPROVED}
        session.execute(
            insert(Statement), [{**fixed, "number": n, "text": text} for n, text in enumerate(sentences(there), 1)]
        )
        return dialogue.id


def _leave_alone() -> None:
    """What is loaded is left to itself by the garbage collector, as in the program (app/cli.py)."""
    gc.collect()
    gc.freeze()


def _afresh(work: Callable[[], Any]) -> Any:
    """As a request meets it: nothing is in the session yet."""
    db.session.expunge_all()
    return work()


def _one_more(dialogue_id: int) -> None:
    """A statement everyone can see that was not there at the last hint; its vector is made."""
    with transaction() as session:
        number = (session.scalar(select(func.max(Statement.number))) or 0) + 1
        session.add(
            Statement(
                dialogue_id=dialogue_id, number=number, text=f"Somebody should look at scan {number}.", lang="en",
                origin=Origin.SEED, state=WordState.APPROVED,
            )
        )  # fmt: skip
    make_vectors(db.session.get_one(Dialogue, dialogue_id))


def _timed(works: Sequence[Callable[[], Any]], before: Callable[[], Any] = lambda: None) -> dict[str, float]:
    wall, cpu = [], []
    for work in works:
        before()
        start, used = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    wall.sort()
    return {
        "ms_median": round(statistics.median(wall), 2),
        "ms_p95": round(wall[min(len(wall) - 1, int(len(wall) * 0.95))], 2),
        "cpu_ms_median": round(statistics.median(cpu), 3),
    }
