"""Votes under load: a real server on SQLite and on PostgreSQL, distinct people with real forms, over loopback."""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.running import CODE, Running, running, wait_until_sealed
from bench.visitors import Refused, Visitor

PEOPLE, STATEMENTS = 96, 100
CONNECTIONS = (1, 16, 64)
SECONDS = 8.0
ARRIVALS, WINDOW, LIMIT = 1000, 10.0, 60.0


@dataclass
class Took:
    """What a run saw: milliseconds of each request, votes acknowledged, refusals in words."""

    requests: list[float] = field(default_factory=list)
    votes: int = 0
    refused: list[str] = field(default_factory=list)


def measure(stores: tuple[str, ...] = ("sqlite", "postgresql"), seconds: float = SECONDS) -> dict[str, Any]:
    """For each store: the fragment path and the plain path at 1, 16 and 64 connections; then 1,000 arrivals."""
    found: dict[str, Any] = {}
    for store in stores:
        with running(store, statements=STATEMENTS) as server:
            people = come_in(server, PEOPLE)
            found[store] = {
                "fragment": {str(n): voting(server, people, n, seconds, fragment=True) for n in CONNECTIONS},
                "page": {str(n): voting(server, people, n, seconds / 2, fragment=False) for n in CONNECTIONS[:2]},
            }
        with running(store, statements=STATEMENTS) as server:
            found[store]["arrivals"] = arrivals(server)
    return found


def come_in(server: Running, count: int) -> list[Visitor]:
    """So many people, each through the forms of joining and consent."""
    people = [Visitor(*server.addresses[0]) for _ in range(count)]

    def join(mine: list[Visitor]) -> None:
        for one in mine:
            one.join(CODE)
            one.close()

    _together([lambda n=n: join(people[n::4]) for n in range(4)])
    return people


def voting(
    server: Running, people: list[Visitor], connections: int, seconds: float, *, fragment: bool
) -> dict[str, Any]:
    """Everybody votes as fast as the server answers; each connection belongs to one person at a time."""
    wait_until_sealed()
    took = [Took() for _ in range(connections)]
    began, server_cpu, database_cpu = time.perf_counter(), server.server_cpu(), server.database_cpu()
    end = began + seconds
    _together([
        lambda n=n: _vote_until(end, people[n::connections], took[n], Random(n), fragment) for n in range(connections)
    ])  # fmt: skip
    wall = time.perf_counter() - began
    server_cpu, database_cpu = server.server_cpu() - server_cpu, server.database_cpu() - database_cpu
    requests = sorted(one for run in took for one in run.requests)
    votes = sum(run.votes for run in took)
    return {
        "votes_per_second": round(votes / wall, 1),
        "posts_per_second": round(len(requests) / wall, 1),
        "ms": {"p50": _at(requests, 0.5), "p95": _at(requests, 0.95), "p99": _at(requests, 0.99)},
        "server_cpu_ms_per_post": round(1000 * server_cpu / max(1, len(requests)), 2),
        "database_cpu_ms_per_post": round(1000 * database_cpu / max(1, len(requests)), 2),
        "server_cpu_ms_per_vote": round(1000 * server_cpu / max(1, votes), 2),
        "database_cpu_ms_per_vote": round(1000 * database_cpu / max(1, votes), 2),
        "failures": sum(len(run.refused) for run in took),
        "first_failure": next((one for run in took for one in run.refused), ""),
    }


def arrivals(server: Running, count: int = ARRIVALS, window: float = WINDOW) -> dict[str, Any]:
    """People come within `window` seconds from one address, rate limits on; each joins, consents and votes once."""
    done: list[float] = []
    failed: list[str] = []
    began = time.perf_counter()

    def one(number: int) -> None:
        visitor = Visitor(*server.addresses[0])
        try:
            visitor.join(CODE)
            if visitor.vote(Random(number), fragment=True) == 1:
                done.append(time.perf_counter() - began)
        except (Refused, OSError, EOFError) as reason:
            failed.append(str(reason))
        finally:
            visitor.close()

    threads = []
    for number in range(count):
        time.sleep(max(0.0, began + window * number / count - time.perf_counter()))
        thread = threading.Thread(target=one, args=[number])
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return {
        "people": count,
        "came_within_seconds": window,
        "voted": len(done),
        "failures": len(failed),
        "first_failure": failed[0] if failed else "",
        "last_had_voted_after_seconds": round(max(done, default=0.0), 1),
        "median_seconds_after_the_first_came": round(statistics.median(done), 1) if done else None,
    }


def _vote_until(end: float, mine: list[Visitor], took: Took, rng: Random, fragment: bool) -> None:
    for visitor in mine:
        try:
            visitor.follow(visitor.get(visitor.stage))
            while time.perf_counter() < end:
                start = time.perf_counter()
                took.votes += visitor.vote(rng, fragment=fragment)
                took.requests.append(1000 * (time.perf_counter() - start))
            return
        except StopIteration:
            continue
        except (Refused, OSError, EOFError) as reason:
            took.refused.append(repr(reason))
        finally:
            visitor.close()


def _together(work: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _at(ordered: list[float], part: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 1) if ordered else 0.0
