"""Who does the parts of a long command: this process, a pool of processes, or a Dask cluster.

It knows nothing about the parts. All three are used like Python's own `map`, so that a command is written once; a part
is a function of a module and reads its settings from the environment, so that it can run anywhere.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

import click

Map = Callable[[Callable[[str], Any], Iterable[str]], Iterator[Any]]
KINDS: Final = ("serial", "processes", "dask")


@contextmanager
def mapper(kind: str) -> Iterator[Map]:
    """A function like `map`, for one of KINDS; after an error the parts that wait are given up."""
    if kind == "serial":
        yield map
    elif kind == "processes":
        # A forked child would share open connections and threads with this process.
        with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool.map
    else:
        with _dask() as pool:
            yield pool.map


@contextmanager
def _dask() -> Iterator[Executor]:
    """The cluster that Dask's own setting DASK_SCHEDULER_ADDRESS names, else one on this machine."""
    try:
        import dask.config
        from distributed import Client, LocalCluster
    except ImportError:
        raise click.UsageError(
            "Dask is not installed: pip install -r requirements-batch.txt, or take --executor processes."
        ) from None
    address = dask.config.get("scheduler-address", None)
    if address:
        with Client(address) as client:
            yield client.get_executor()
        return
    with (
        LocalCluster(n_workers=os.cpu_count(), threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client.get_executor()
