"""The folder we work in: its paths, its locks, the stamps that let finished steps be skipped, the environment.

It knows nothing about databases, packages or servers; every other part of the launcher stands on it.
Stamps hold the sha256 of a step's inputs, as build systems do, so that time stamps and git checkouts cannot lie.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCAL = ROOT / ".local"
PYTHON = LOCAL / "venv" / "bin" / "python"
MISLEADING = ("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
"""Left by QGIS, conda and OSGeo shells, these make the wheels' own PROJ and GDAL read foreign files."""


class Trouble(Exception):
    """Something the person at the keyboard can mend; the message says how."""


def say(text: str) -> None:
    """A line for people. Standard output belongs to answers (the URL, the Ready line)."""
    print(text, file=sys.stderr, flush=True)


def environment(**more: str) -> dict[str, str]:
    """The caller's environment without misleading variables, with this checkout (and no other) importable anywhere."""
    kept = {k: v for k, v in os.environ.items() if k not in MISLEADING}
    ours = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONUNBUFFERED": "1"}
    return {**kept, **ours, **more}


def local(*parts: str) -> Path:
    """A folder inside .local, made if it is missing."""
    folder = LOCAL.joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def lock(name: str) -> Iterator[None]:
    """One process of this checkout at a time; freed by the kernel however the process ends."""
    with open(local("lock") / name, "a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint(inputs: Iterable[Path | str]) -> str:
    """sha256 over texts, files, and folders with all their files; a missing file counts as empty."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            total.update(f"text {item}\0".encode())
            continue
        files = sorted(p for p in item.rglob("*") if p.is_file()) if item.is_dir() else [item]
        for path in files:
            if "__pycache__" in path.parts:
                continue
            total.update(f"file {path.relative_to(item.parent)}\0".encode())
            total.update(hashlib.sha256(path.read_bytes() if path.exists() else b"").digest())
    return total.hexdigest()


def stamped(name: str, inputs: Iterable[Path | str]) -> bool:
    """Whether the step was done with exactly these inputs."""
    stamp = local("stamps") / name
    return stamp.exists() and stamp.read_text() == fingerprint(inputs)


def step(name: str, inputs: Sequence[Path | str], action: Callable[[], object], done: bool = True) -> bool:
    """Run the action unless its stamp matches and its result is there (done). Returns whether it ran."""
    if done and stamped(name, inputs):
        return False
    wanted = fingerprint(inputs)
    stamp = local("stamps") / name
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(wanted)
    return True


def must(
    command: Sequence[str | Path], what: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> None:
    """Run a command whose output goes to standard error; Trouble if it fails."""
    say(f"== {what}")
    try:
        code = subprocess.run(command, env=env or environment(), cwd=cwd, stdout=sys.stderr).returncode
    except OSError as problem:
        raise Trouble(f"{what}: {problem}") from problem
    if code:
        raise Trouble(f"{what} failed with exit code {code}.")


def foreground(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run a command that owns the terminal: it gets Ctrl-C itself, and SIGTERM from us; returns its exit code."""
    child = subprocess.Popen(command, env=env, cwd=cwd)
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
    }
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 128 - code if code < 0 else code
