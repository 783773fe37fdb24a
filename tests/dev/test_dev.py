"""The launcher: its pure parts, and quick real runs in a temporary copy whose path has spaces and a 0700 parent.

It knows nothing about the application: the copy carries a stand-in `webgis` that answers /healthz and waits.
Each test about processes is a trap that was met in the trials of the stack or in an earlier launcher.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import checkout, cluster, commands, server, setup
from tools.checkout import Trouble, fingerprint, step

APP = """
import flask
def create_app():
    app = flask.Flask("stand-in")
    app.add_url_rule("/healthz", "healthz", lambda: "ok")
    return app
"""
WARMING = """
def warm(app):
    pass
"""
MAIN = """
import os, pathlib, sys, time
if sys.argv[1:] == ["worker"]:
    pathlib.Path(os.environ["WEBGIS_DATA_DIR"], "worker.pid").write_text(str(os.getpid()))
    time.sleep(3600)
if sys.argv[1] == "fail":
    sys.exit(7)
"""


# Pure parts


def test_a_step_runs_again_only_when_its_inputs_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "LOCAL", tmp_path / ".local")
    source, runs = tmp_path / "lock.txt", []
    source.write_text("a==1")
    assert step("s", [source], lambda: runs.append(1))
    assert not step("s", [source], lambda: runs.append(2))
    assert step("s", [source], lambda: runs.append(3), done=False)
    source.write_text("a==2")
    assert step("s", [source], lambda: runs.append(4))
    assert runs == [1, 3, 4]


def test_a_failed_step_is_not_stamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "LOCAL", tmp_path / ".local")

    def fail() -> None:
        raise Trouble("no network")

    with pytest.raises(Trouble):
        step("s", ["x"], fail)
    assert step("s", ["x"], lambda: None)


def test_fingerprint_sees_contents_and_names_but_neither_times_nor_caches(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    first = fingerprint([tmp_path])
    os.utime(tmp_path / "a.py", (1, 1))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert fingerprint([tmp_path]) == first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert fingerprint([tmp_path]) != first


def test_an_unnamed_port_is_the_next_free_one() -> None:
    with server.listen("127.0.0.1", None) as first, server.listen("127.0.0.1", None) as second:
        assert server.FIRST_PORT <= first.getsockname()[1] < second.getsockname()[1]


def test_a_busy_named_port_is_refused_with_a_clear_message() -> None:
    with server.listen("127.0.0.1", 0) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} on 127.0.0.1"):
            server.listen("127.0.0.1", port)


def test_the_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    key = server.secret_key(path)
    assert len(key) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert server.secret_key(path) == key


@pytest.mark.parametrize("content", ["", "\n", "not a number\n", "4194000\n"])
def test_a_broken_or_stale_pid_file_is_no_running_server(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LOCAL", tmp_path)
    found = cluster.Cluster("x")
    monkeypatch.setattr(cluster.Cluster, "base", tmp_path / "x")
    found.data.mkdir(parents=True)
    (found.data / "postmaster.pid").write_text(content)
    assert not found.running()


def test_long_or_unusual_checkout_paths_get_a_short_socket_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a" * 90, "with space", "comma,comma", "kelurahan-é"):
        monkeypatch.setattr(cluster.Cluster, "base", tmp_path / name)
        assert len(str(cluster.Cluster("x").socket)) < 60
        assert cluster.PLAIN.fullmatch(str(cluster.Cluster("x").socket))


def test_misleading_variables_are_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROJ_LIB", "/somewhere")
    assert "PROJ_LIB" not in checkout.environment()


def test_reset_refuses_a_database_it_did_not_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@h/d")
    with pytest.raises(Trouble, match="DATABASE_URL"):
        commands.reset()


# Real runs in a copy


class Copy:
    """A temporary checkout and its ./dev."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def dev(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self._command(*arguments), env=self._env(**more), capture_output=True, text=True, timeout=240
        )

    @contextlib.contextmanager
    def running(self, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """`./dev run` until the block ends: the process and its URL."""
        process = subprocess.Popen(
            self._command("run", *arguments),
            env=self._env(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("Ready: http://127.0.0.1:"), process.communicate()[1]
            yield process, line.removeprefix("Ready: ").strip()
        finally:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=120)

    def postmaster(self) -> int | None:
        """Process id of the copy's database server, if it runs."""
        found = self._ask("MAIN._pid() if MAIN.running() else ''")
        return int(found) if found else None

    def data(self) -> Path:
        """Data folder of the copy's database."""
        return Path(self._ask("MAIN.data"))

    def kill_postmaster(self) -> None:
        """kill -9 of the copy's database server; never of another one, whatever went wrong before."""
        pid = self.postmaster()
        assert pid is not None
        assert self.data() != cluster.MAIN.data
        assert f" {self.data()} " in f"{cluster.command_line(pid)} ", "this is not the copy's server"
        os.kill(pid, signal.SIGKILL)
        assert _gone(pid)

    def _ask(self, expression: str) -> str:
        """Evaluate with the copy's tools: -P and the check keep out those of the working folder."""
        script = f"from tools.cluster import MAIN, ROOT; print(ROOT); print({expression})"
        command, env = [sys.executable, "-P", "-c", script], self._env(PYTHONPATH=str(self.root))
        answer = subprocess.run(
            command, env=env, cwd=self.root, capture_output=True, text=True, check=True
        ).stdout
        root, found = answer.splitlines()
        assert root == str(self.root.resolve()), f"asked {root} instead of the copy"
        return found

    def worker(self) -> int:
        """Process id of the copy's worker."""
        return int((self.root / ".local" / "data" / "worker.pid").read_text())

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "dev"), *arguments]

    def _env(self, **more: str) -> dict[str, str]:
        away = ("DATABASE_URL", "WEBGIS_TEST_CLUSTER", "PYTHONPATH", "WEBGIS_DATA_DIR", "WEBGIS_ENV")
        return {**{k: v for k, v in os.environ.items() if k not in away}, **more}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A checkout with a stand-in application, its packages borrowed from ours."""
    parent = tmp_path_factory.mktemp("0700 parent")
    parent.chmod(0o700)
    root = parent / "check out"
    (root / ".local" / "stamps").mkdir(parents=True)
    (root / "webgis").mkdir()
    for name in ("dev", "requirements.txt", "requirements-dev.txt"):
        shutil.copy2(checkout.ROOT / name, root)
    shutil.copytree(checkout.ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in {"__init__.py": "", "app.py": APP, "__main__.py": MAIN, "warming.py": WARMING}.items():
        (root / "webgis" / name).write_text(text)
    shutil.copy2(checkout.ROOT / "webgis" / "serving.py", root / "webgis")
    (root / ".local" / "venv").symlink_to(setup.VENV)
    (root / ".local" / "stamps" / "python-run").write_text(fingerprint(setup.packages_inputs(False)))
    made = Copy(root)
    yield made
    made.dev("reset")


def _gone(pid: int, patience: float = 10) -> bool:
    end = time.monotonic() + patience
    while cluster.command_line(pid) is not None:
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _healthy(url: str) -> bool:
    with urllib.request.urlopen(f"{url}/healthz", timeout=60) as answer:
        return bool(answer.status == 200)


def test_url_prints_one_line_and_leaves_the_database_up(copy: Copy) -> None:
    done = copy.dev("url")
    assert done.returncode == 0
    assert done.stdout.startswith("postgresql://webgis@/webgis?host=")
    assert done.stdout.count("\n") == 1
    assert copy.postmaster()
    assert copy.dev("stop").returncode == 0
    assert copy.postmaster() is None


def test_a_given_database_is_only_named_never_started(copy: Copy) -> None:
    done = copy.dev("url", DATABASE_URL="postgresql://somebody@nowhere.invalid/db")
    assert done.stdout == "postgresql://somebody@nowhere.invalid/db\n"
    assert copy.postmaster() is None
    assert copy.dev("reset", DATABASE_URL="postgresql://somebody@nowhere.invalid/db").returncode == 1
    refused = copy.dev("webgis", "migrate", DATABASE_URL="postgresql://u@localhost:1/db")
    assert refused.returncode == 1
    assert "does not answer" in refused.stderr


def test_psql_has_postgis_and_passes_its_exit_code_on(copy: Copy) -> None:
    done = copy.dev("psql", "-Atc", "select postgis_lib_version()")
    assert done.returncode == 0
    assert done.stdout[0].isdigit()
    assert copy.dev("psql", "-c", "select 1/0").returncode == 1
    assert copy.postmaster() is None


def test_exit_codes_of_application_commands_and_wrong_arguments(copy: Copy) -> None:
    assert copy.dev("webgis", "fail").returncode == 7
    assert copy.dev("run", "--nonsense").returncode == 2
    assert copy.dev("run", "--port", "99999").returncode == 2
    assert copy.dev().returncode == 2


def test_two_runs_of_one_checkout_serve_side_by_side_and_the_last_one_stops_the_database(copy: Copy) -> None:
    with copy.running() as (first, one), copy.running() as (_, two):
        assert one != two
        assert _healthy(two)
        first.send_signal(signal.SIGINT)
        assert first.wait(20) == 0
        assert _healthy(two)
        assert copy.postmaster()
    assert copy.postmaster() is None


def test_a_busy_named_port_ends_the_run_at_once(copy: Copy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        done = copy.dev("run", "--port", str(busy.getsockname()[1]))
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert done.stdout == ""


def test_a_dying_worker_stops_the_rest_and_the_exit_code_says_so(copy: Copy) -> None:
    with copy.running() as (process, url):
        os.kill(copy.worker(), signal.SIGKILL)
        assert process.wait(20) == 1
        with pytest.raises(OSError, match="refused"):
            _healthy(url)
    assert copy.postmaster() is None


def test_after_kill_9_of_everything_the_next_run_works(copy: Copy) -> None:
    with copy.running() as (process, _):
        worker = copy.worker()
        process.kill()
        assert _gone(worker), "the worker outlived its parent"
        copy.kill_postmaster()
    with copy.running() as (_, url):
        assert _healthy(url)


def test_a_reused_process_id_in_the_pid_file_does_not_stop_the_next_start(copy: Copy) -> None:
    assert copy.dev("url").returncode == 0
    copy.kill_postmaster()
    pid_file = copy.data() / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert copy.dev("psql", "-Atc", "select 1").stdout == "1\n"


def test_stop_ends_running_servers(copy: Copy) -> None:
    with copy.running() as (process, _):
        assert copy.dev("stop").returncode == 0
        assert process.wait(20) == 0
    assert copy.postmaster() is None
