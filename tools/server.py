"""`./dev run`: web server and worker as children of one process that stops all of them together.

It knows nothing about requests or jobs; it hands the programs their settings and an open port and watches them.
The port is opened here and passed on as a file descriptor, so that two checkouts can never race for one.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

from tools.checkout import LOCAL, PYTHON, ROOT, Trouble, environment, local, say
from tools.cluster import tail, web_login

FIRST_PORT = 8000
LOG_LIMIT = 5_000_000
PR_SET_PDEATHSIG = 1
Children = Mapping[str, subprocess.Popen[bytes]]


class Stopped(BaseException):
    """Ctrl-C or SIGTERM arrived."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn SIGINT, SIGTERM and SIGHUP into Stopped, once; while we clean up further ones are ignored."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, _: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def settings(database_url: str) -> dict[str, str]:
    """Environment of the application: the caller's own settings win over those of the checkout."""
    given = {
        name: os.environ[name]
        for name in ("WEBGIS_SECRET_KEY", "WEBGIS_ENV", "WEBGIS_DATA_DIR")
        if os.environ.get(name)
    }
    ours = {
        "WEBGIS_ENV": "development",
        "WEBGIS_DATA_DIR": str(LOCAL / "data"),
        **({} if "WEBGIS_SECRET_KEY" in given else {"WEBGIS_SECRET_KEY": secret_key(local() / "secret-key")}),
    }
    # One of the caller's belongs to another database: a program of this checkout that starts a server hands on its own.
    if login := web_login(database_url):
        ours["WEBGIS_WEB_DATABASE_URL"] = login
    merged = {**ours, **given}
    Path(merged["WEBGIS_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    return environment(**merged, DATABASE_URL=database_url)


def secret_key(path: Path) -> str:
    """The key that signs sessions: made once, readable by its owner only."""
    if not path.exists() or not path.read_text().strip():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(secrets.token_hex(32))
        draft.rename(path)
    return path.read_text().strip()


def listen(host: str, port: int | None) -> socket.socket:
    """An open port: the one named, or the next free one from 8000."""
    for candidate in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + 1000):
        try:
            return _open(host, candidate)
        except OSError as problem:
            if port is not None:
                raise Trouble(
                    f"Port {port} on {host} cannot be used: {problem.strerror or problem}."
                ) from problem
    raise Trouble(f"No free port between {FIRST_PORT} and {FIRST_PORT + 999} on {host}.")


def _open(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(512)
    except OSError:
        opened.close()
        raise
    return opened


def address(host: str, opened: socket.socket) -> str:
    """http://HOST:PORT of an open port."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{opened.getsockname()[1]}"


def web_command(descriptor: int) -> list[str]:
    """gunicorn on an inherited port."""
    return [
        str(PYTHON), "-m", "gunicorn", "--config", "python:webgis.serving", "--bind", f"fd://{descriptor}",
        "--chdir", str(ROOT),
    ]  # fmt: skip


def open_log(name: str) -> IO[bytes]:
    """A log to append to; one that has grown too long is kept once under another name."""
    path = local("log") / name
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return open(path, "ab")


def spawn(
    command: Sequence[str], env: Mapping[str, str], log: IO[bytes], pass_fds: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """A child in its own process group that is told to stop when we die, even by kill -9 (Linux)."""
    return subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=pass_fds,
        start_new_session=True, preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )  # fmt: skip


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop(children: Sequence[subprocess.Popen[bytes]], patience: float = 10) -> None:
    """Ask all to end, wait, then end the rest by force."""
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
    end = time.monotonic() + patience
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, end - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def worker_command() -> list[str]:
    """The background worker."""
    return [str(PYTHON), "-m", "webgis", "worker"]


def wait_healthy(url: str, children: Children, log: Path | None = None, patience: float = 60) -> None:
    """Return once /healthz answers 200; Trouble if a child dies first or time runs out."""
    probe = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:") + "/healthz"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + patience
    last = "no answer"
    while time.monotonic() < end:
        check_alive(children, log)
        try:
            with opener.open(probe, timeout=2) as answer:
                if answer.status == 200:
                    return
                last = f"status {answer.status}"
        except OSError as problem:
            last = str(problem)
        time.sleep(0.1)
    shown = log or local("log") / "web.log"
    raise Trouble(
        f"{probe} was not well within {patience:.0f} s ({last}). The end of {shown}:\n{tail(shown)}"
    )


def check_alive(children: Children, log: Path | None = None) -> None:
    """Trouble if one of the children has ended."""
    for name, child in children.items():
        if (code := child.poll()) is not None:
            shown = log or local("log") / f"{name}.log"
            raise Trouble(
                f"The {name} process ended by itself (exit code {code}). The end of {shown}:\n{tail(shown)}"
            )


def serve(host: str, port: int | None, env: Mapping[str, str]) -> None:
    """Run web and worker until Stopped; raises Trouble if one of them dies."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    with listen(host, port) as opened, open_log("web.log") as web_log, open_log("worker.log") as worker_log:
        url = address(host, opened)
        try:
            descriptor = opened.fileno()
            children["web"] = spawn(web_command(descriptor), env, web_log, [descriptor])
            children["worker"] = spawn(worker_command(), env, worker_log)
            wait_healthy(url, children)
            print(f"Ready: {url}", flush=True)
            while True:
                check_alive(children)
                time.sleep(0.5)
        finally:
            stop(list(children.values()))


# Which servers of this checkout are running


@contextlib.contextmanager
def recorded() -> Iterator[None]:
    """Hold a locked file that names us while we serve: the lock ends with us, so no process id is ever mistaken."""
    path = local("running") / str(os.getpid())
    with open(path, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def stop_servers(patience: float = 30) -> int:
    """Stop every `./dev run` of this checkout; returns how many there were."""
    found = [(path, int(path.name)) for path in local("running").iterdir() if _held(path)]
    for _, pid in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + patience
    while any(_held(path) for path, _ in found):
        if time.monotonic() > end:
            raise Trouble("A running server of this checkout did not stop.")
        time.sleep(0.1)
    if found:
        say(f"stopped {len(found)} running server(s)")
    return len(found)


def _held(path: Path) -> bool:
    """Whether the process that wrote this record still lives; removes the record if not."""
    try:
        with open(path) as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False
