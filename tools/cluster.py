"""A private PostGIS cluster of this checkout: made, started, shared by several commands, stopped by the last of them.

It knows nothing about migrations, sample layers or the web; it answers with URLs on a unix socket (no TCP port).
The traps it minds (root, 0700 folders, long paths, kill -9, reused process ids) were met in trials and each has a test.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from tools.checkout import LOCAL, ROOT, Trouble, local, lock, say
from tools.postgres import Postgres, find_or_install

DATABASE = "webgis"
USER = "webgis"
WEB_USER = "webgis_server"
LONGEST_SOCKET_FOLDER = 85
PLAIN = re.compile(r"[A-Za-z0-9/._@+-]+")
"""Socket folders of other characters would need quoting in URLs, settings and shells: they move elsewhere."""
UNQUOTABLE = re.compile(r"[\"$`\\\n]")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "jit": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
"""The last two keep values out of the log: statements and failing rows hold the places of families."""
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
}


@dataclass(frozen=True)
class Cluster:
    """One data folder and its socket. name is the folder in .local; a throwaway one trades safety for speed."""

    name: str
    throwaway: bool = False

    # Where it lies

    @property
    def base(self) -> Path:
        """Folder of data and log: in .local, or under var/tmp where the server's account cannot enter .local."""
        wished = LOCAL / self.name
        if UNQUOTABLE.search(str(wished)) or not _reachable(wished.parent, _server_account()[0]):
            return Path("/var/tmp") / f"webgis-{self.name}-{_tag()}"
        return wished

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return self.base / "data"

    @property
    def socket(self) -> Path:
        """Folder of the unix socket."""
        wished = self.base / "s"
        if len(str(wished)) > LONGEST_SOCKET_FOLDER or not PLAIN.fullmatch(str(wished)):
            return Path("/tmp") / f"webgis-{self.name}-{_tag()}"
        return wished

    def url(self, database: str = DATABASE) -> str:
        """URL of one of its databases, for psql, libpq and SQLAlchemy alike."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.socket))}"

    # Start and stop

    @contextlib.contextmanager
    def used(self) -> Iterator[str]:
        """Its URL while the block runs. The last user stops the server if a user (not `up`) started it."""
        with open(local("lock") / f"{self.name}.users", "a") as users:
            with lock(self.name):
                self._ensure_for_user()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self.url()
            finally:
                self._leave(users)

    def up(self) -> str:
        """Start it (if need be) and leave it running; returns its URL."""
        with lock(self.name):
            self._ensure()
        return self.url()

    def down(self, even_if_used: bool = True) -> bool:
        """Stop it. Returns whether it is down afterwards (it is not if others use it and may keep it)."""
        with lock(self.name), open(local("lock") / f"{self.name}.users", "a") as users:
            if not even_if_used and not _alone(users):
                return False
            self._stop()
        return True

    def destroy(self) -> None:
        """Stop it and remove its data."""
        with lock(self.name):
            self._stop()
            for folder in (self.socket, self.base):
                shutil.rmtree(folder, ignore_errors=True)

    def running(self) -> bool:
        """Whether its server process is alive."""
        return _is_ours(self._pid(), self.data)

    @property
    def _started_by_user(self) -> Path:
        return local("lock") / f"{self.name}.started"

    def _leave(self, users: IO[str]) -> None:
        with lock(self.name):
            fcntl.flock(users, fcntl.LOCK_UN)
            if self._started_by_user.exists() and _alone(users):
                self._stop()

    def _ensure_for_user(self) -> None:
        """As _ensure, remembering that a user started it; a start that is interrupted leaves nothing running."""
        before = self.running()
        try:
            if self._ensure():
                self._started_by_user.touch()
        except BaseException:
            if not before:
                self._stop()
            raise

    def _ensure(self) -> bool:
        """Make and start it as needed. Returns whether this call started the server."""
        postgres = find_or_install(_major_of(self.data))
        self._own_folders()
        if self.throwaway and _spoilt(self.data):
            shutil.rmtree(self.data, ignore_errors=True)
        if not (self.data / "PG_VERSION").exists():
            self._init(postgres)
        started = not (self.running() and self._answers(postgres, patience=5))
        if started:
            self._started_by_user.unlink(missing_ok=True)
            self._stop()
            self._start_or_make_anew(postgres)
        self._create_database(postgres)
        return started

    def _own_folders(self) -> None:
        uid, gid, _ = _server_account()
        for folder, mode in ((self.base, 0o755), (self.socket, 0o700)):
            folder.mkdir(parents=True, exist_ok=True)
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
                raise Trouble(f"{folder} exists and belongs to somebody else; remove it and try again.")
            if os.geteuid() == 0:
                os.chown(folder, uid, gid)
            folder.chmod(mode)
        if self.data.exists() and self.data.stat().st_uid != uid and os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{uid}:{gid}", str(self.data)], check=True)

    def _init(self, postgres: Postgres) -> None:
        """initdb beside the final place and rename, so that a killed initdb leaves no half data folder."""
        say(f"== making the database cluster {self.name}")
        fresh = self.base / "data.new"
        for locale in ("C.UTF-8", "C"):
            shutil.rmtree(fresh, ignore_errors=True)
            sync = ["--no-sync"] if self.throwaway else ["--data-checksums"]
            options = ["-D", str(fresh), "-U", USER, "-A", "trust", "-E", "UTF8", f"--locale={locale}", *sync]
            made = _as_server(postgres, "initdb", *options)
            if made.returncode == 0:
                fresh.rename(self.data)
                return
        raise Trouble(f"initdb failed:\n{made.stderr}")

    def _start_or_make_anew(self, postgres: Postgres) -> None:
        try:
            self._start(postgres, patience=10 if self.throwaway else 30)
        except Trouble:
            if not self.throwaway:
                raise
            self._stop()
            shutil.rmtree(self.data, ignore_errors=True)
            self._init(postgres)
            self._start(postgres)

    def _start(self, postgres: Postgres, patience: float = 30) -> None:
        """pg_ctl start, tried again while a killed server's zombie, backends or reused process id are in the way."""
        settings = {
            **SETTINGS,
            **(THROWAWAY if self.throwaway else {}),
            "unix_socket_directories": str(self.socket),
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        end = time.monotonic() + patience
        while True:
            self._drop_foreign_pid_file()
            log = str(self.base / "log")
            tried = _as_server(
                postgres,
                "pg_ctl",
                "-D",
                str(self.data),
                "-s",
                "-w",
                "-t",
                "60",
                "-l",
                log,
                "-o",
                options,
                "start",
            )
            if tried.returncode == 0 and self._answers(postgres, patience=10):
                return
            if time.monotonic() > end:
                raise Trouble(f"PostgreSQL did not start. The end of {log}:\n{tail(Path(log))}")
            time.sleep(0.3)

    def _stop(self) -> None:
        """Fast shutdown by signal (needs no programs); a server that hangs is ended hard, its log makes up for it."""
        self._started_by_user.unlink(missing_ok=True)
        pid = self._pid()
        for number, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if not _is_ours(pid, self.data):
                return
            assert pid is not None
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            _wait_until(lambda: not _is_ours(pid, self.data), patience)

    def _answers(self, postgres: Postgres, patience: float) -> bool:
        command = [postgres.program("pg_isready"), "-q", "-h", str(self.socket), "-U", USER, "-d", "postgres"]
        return _wait_until(lambda: subprocess.run(command, env=postgres.env()).returncode == 0, patience)

    def _create_database(self, postgres: Postgres) -> None:
        found = self._sql(postgres, "postgres", f"select 1 from pg_database where datname = '{DATABASE}'")
        if not found:
            self._sql(postgres, "postgres", f"create database {DATABASE}")
        if not self._sql(postgres, DATABASE, "select 1 from pg_extension where extname = 'postgis'"):
            self._sql(postgres, DATABASE, "create extension if not exists postgis")

    def _sql(self, postgres: Postgres, database: str, text: str) -> str:
        command = [
            postgres.program("psql"),
            "-XqtA",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            self.url(database),
            "-c",
            text,
        ]
        answer = subprocess.run(command, env=postgres.env(), capture_output=True, text=True)
        if answer.returncode:
            raise Trouble(f"The database refused: {answer.stderr.strip()}")
        return answer.stdout.strip()

    def _pid(self) -> int | None:
        """The process id in postmaster.pid, read defensively: the file may be missing, empty or half written."""
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _drop_foreign_pid_file(self) -> None:
        """Remove postmaster.pid if its process id now belongs to another program (reuse after a reboot or a copy)."""
        pid = self._pid()
        if pid is not None and command_line(pid) and not _is_ours(pid, self.data):
            (self.data / "postmaster.pid").unlink(missing_ok=True)


MAIN = Cluster("pg")
TEST = Cluster("pg-test", throwaway=True)


def web_login(url: str) -> str | None:
    """The same database for the web's own login; None for a database that is not in a cluster of this checkout."""
    ours = any(url.endswith(f"?host={quote(str(cluster.socket))}") for cluster in (MAIN, TEST))
    return url.replace(f"//{USER}@", f"//{WEB_USER}@", 1) if ours else None


def command_line(pid: int) -> str | None:
    """Command line of a process; None if there is no such process or only its zombie."""
    proc = Path("/proc") / str(pid)
    if not Path("/proc/self").exists():
        answer = subprocess.run(
            ["ps", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True
        ).stdout
        return None if not answer.strip() or answer.startswith("Z") else answer.strip()
    try:
        if (proc / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return None
        return (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        return None
    except OSError:
        return ""


def tail(path: Path, lines: int = 40) -> str:
    """The last lines of a log."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"


def _is_ours(pid: int | None, data: Path) -> bool:
    line = command_line(pid) if pid is not None else None
    return line is not None and f" {data} " in f"{line} "


def _alone(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _tag() -> str:
    return hashlib.sha256(f"{os.geteuid()} {ROOT}".encode()).hexdigest()[:10]


def _server_account() -> tuple[int, int, dict[str, Any]]:
    """User and group the server runs as, and how subprocess gets there: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid(), {}
    for name in (os.environ.get("PG_OS_USER", "postgres"), "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return (
                found.pw_uid,
                found.pw_gid,
                {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []},
            )
    raise Trouble(
        "PostgreSQL will not run as root and there is no account postgres or nobody; set PG_OS_USER."
    )


def _reachable(folder: Path, uid: int) -> bool:
    """Whether an account other than ours may walk to the folder."""
    if os.geteuid() != 0:
        return True
    found = [p.stat() for p in (folder, *folder.parents) if p.exists()]
    return all(s.st_mode & 0o001 or s.st_uid == uid for s in found)


def _as_server(postgres: Postgres, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a server program under the server's account. Output goes to a file: the server would hold a pipe open."""
    drop = _server_account()[2]
    with open(local("log") / "postgres-programs.log", "w+") as output:
        done = subprocess.run(
            [postgres.program(program), *arguments], cwd="/", env=postgres.env(), stdout=output, stderr=output,
            stdin=subprocess.DEVNULL, start_new_session=True, **drop,
        )  # fmt: skip
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, "", output.read())


def _major_of(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        return None


def _spoilt(data: Path) -> bool:
    """A throwaway cluster (fsync off) cannot be trusted after the machine went down under it: nor need it be."""
    pid_file = data / "postmaster.pid"
    try:
        return pid_file.exists() and pid_file.stat().st_mtime < _booted_at()
    except OSError:
        return False


def _booted_at() -> float:
    try:
        return time.time() - float(Path("/proc/uptime").read_text().split()[0])
    except OSError:
        return 0.0


def _wait_until(true: Any, patience: float) -> bool:
    end = time.monotonic() + patience
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
