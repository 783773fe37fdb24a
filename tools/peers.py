"""The environment of the benchmark `science`: libraries that gis_core is measured against, in .local/peers.

It knows nothing about what is measured. What cannot be installed is named and left out, so that one missing wheel
does not cost the whole comparison.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools.checkout import LOCAL, ROOT, environment, lock, say, step
from tools.setup import installer, virtual_environment

VENV = LOCAL / "peers"
LOCK = ROOT / "requirements-peers.txt"


def peers() -> Path:
    """The Python that has gis_core's libraries and its peers; installs them on first use."""
    with lock("setup"):
        python = virtual_environment(VENV)
        step("python-peers", [LOCK, VENV / "pyvenv.cfg"], lambda: _install(python))
    return python


def _install(python: Path) -> None:
    """All at once, or one by one if that fails."""
    say("== installing the libraries that gis_core is measured against")
    if _installed(python, LOCK):
        return
    single = VENV / "single.txt"
    for pinned in re.split(r"\n(?=\S)", LOCK.read_text()):
        single.write_text(pinned)
        if not _installed(python, single, "--no-deps"):
            say(f"== could not install {pinned.split()[0]}")


def _installed(python: Path, requirements: Path, *more: str) -> bool:
    command = [*installer(python), "-q", *more, "--require-hashes", "-r", str(requirements)]
    return subprocess.run(command, env=environment(), capture_output=True).returncode == 0
