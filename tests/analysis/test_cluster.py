"""Shards of participants: the same groups and counts as in one piece, here and on workers, one of which dies."""

import os
import signal
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from analysis.arrays import analyse_arrays
from analysis.cluster import Sharded, analyse_shards, shards_of
from bench.simulated import simulate


def _arrays(people: int = 600, statements: int = 80) -> tuple[Any, Any, Any]:
    votes = simulate(people=people, statements=statements, groups=3, density=0.4, seed=5).tables.votes
    return tuple(votes[name].to_numpy(dtype=kind) for name, kind in (
        ("participant", np.int32), ("statement", np.int32), ("position", np.int8)
    ))  # fmt: skip


def _check_equal(found: Sharded, arrays: tuple[Any, Any, Any]) -> None:
    whole = analyse_arrays(*arrays)
    assert len(whole.grouping.names) > 1
    assert found.grouping.label.tolist() == whole.grouping.label.tolist()
    assert np.array_equal(found.counts.agree, whole.counts.agree)
    assert np.array_equal(found.counts.seen, whole.counts.seen)
    np.testing.assert_allclose(found.placed.people, whole.placed.people, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.tests.zr_agree, whole.tests.zr_agree, rtol=0, atol=1e-9)


@pytest.mark.parametrize("shards", [1, 3, 8])
def test_shards_give_the_same_groups_counts_and_places_as_one_piece(shards: int) -> None:
    arrays = _arrays()
    _check_equal(analyse_shards(shards_of(*arrays, shards)), arrays)


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
            ) as cluster,
            distributed.Client(cluster) as one,
        ):
            yield one


@pytest.mark.filterwarnings("ignore")
def test_two_local_workers_give_equal_groups(client: Any) -> None:
    arrays = _arrays()
    _check_equal(analyse_shards(shards_of(*arrays, 4), client), arrays)


@pytest.mark.filterwarnings("ignore")
def test_a_worker_killed_midway_changes_nothing(client: Any) -> None:
    arrays = _arrays()
    killed = []

    class Murderous:
        """Submits as the client does, and kills one worker in the middle of the work."""

        def submit(self, function: Any, *arguments: Any) -> Any:
            future = client.submit(function, *arguments)
            if function.__name__ == "_product" and not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)
            return future

    _check_equal(analyse_shards(shards_of(*arrays, 4), Murderous()), arrays)
    assert len(killed) == 1
