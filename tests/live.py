"""A web server and a worker of our own on a copy of the sample city, for browser tests and benchmarks.

It knows nothing about pages or figures. The programs are started exactly as `./dev run` starts them.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.databases import DATA_DIR, TestDatabases
from tools import server


@contextlib.contextmanager
def serving(
    databases: TestDatabases, folder: Path, prepare: Callable[[str], None] | None = None
) -> Iterator[str]:
    """Base URL of the server while it runs; folder: an empty one for rasters, uploads and the log.

    prepare: called with the URL of the database before the server starts, to put more into it.
    """
    url = databases.new("sample")
    if prepare is not None:
        prepare(url)
    shutil.copytree(DATA_DIR / "sample", folder / "sample")
    unlimited = {"WEBGIS_TILES_PER_MINUTE": "0", "WEBGIS_FILES_PER_MINUTE": "0"}
    env = server.settings(url) | {"WEBGIS_ENV": "test", "WEBGIS_DATA_DIR": str(folder)} | unlimited
    with server.listen("127.0.0.1", 0) as opened, open(folder / "server.log", "ab") as log:
        base = server.address("127.0.0.1", opened)
        children = {"web": server.spawn(server.web_command(opened.fileno()), env, log, [opened.fileno()])}
        children["worker"] = server.spawn(server.worker_command(), env, log)
        try:
            server.wait_healthy(base, children, log=Path(log.name))
            yield base
        finally:
            server.stop(list(children.values()))
