"""The commands of ./dev: what each one takes and the order in which it calls the other parts.

It knows nothing about how a part does its work. Answers go to standard output, everything else to standard error.
Exit codes are honest: 0 done, 1 trouble (the message says what to do), 2 wrong arguments, 128+n ended by signal n.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools import server
from tools.checkout import LOCAL, MISLEADING, PYTHON, ROOT, Trouble, environment, foreground, must, say
from tools.checks import run_tests
from tools.cluster import MAIN, TEST
from tools.postgres import find
from tools.setup import set_up

PASSED_ON = ("test", "bench", "psql", "webgis")
"""Commands whose arguments belong to the program they start."""
PROBE = """
import os, sys, psycopg2
url = os.environ["DATABASE_URL"]
head, sep, rest = url.partition("://")
try:
    with psycopg2.connect(head.split("+")[0] + sep + rest, connect_timeout=10) as db, db.cursor() as cursor:
        cursor.execute("select 1 from pg_extension where extname = 'postgis'")
        found = cursor.fetchone()
except psycopg2.Error as problem:
    sys.exit(f"The database named by DATABASE_URL does not answer: {str(problem).strip()}")
if not found:
    sys.exit("The database named by DATABASE_URL has no PostGIS; run in it: create extension postgis")
"""


def parser() -> argparse.ArgumentParser:
    """What ./dev takes."""
    top = argparse.ArgumentParser(
        prog="./dev", description="Run, test and look after this checkout of Peta Swadaya."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run", help="install what is missing, then database, sample city, web server and worker"
    )
    run.add_argument(
        "--port", type=_port, help="port to listen on (the next free one from 8000 if not given)"
    )
    run.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    run.add_argument("--no-sample", action="store_true", help="do not load the sample city")
    run.add_argument("--fresh", action="store_true", help="drop this checkout's database first")
    for name, text in {
        "test": "lint, types, import rule and tests; arguments go to pytest",
        "bench": "benchmarks, all or the one named",
        "psql": "psql on the database; arguments go to psql",
        "webgis": "the application's own commands, with the database up",
    }.items():
        commands.add_parser(name, help=text, add_help=False)
    commands.add_parser("stop", help="stop servers and database of this checkout")
    commands.add_parser("reset", help="stop, and drop the private database of this checkout")
    commands.add_parser("url", help="start the database if need be and print its URL")
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    for name in MISLEADING:
        os.environ.pop(name, None)
    known, rest = parser().parse_known_args(arguments)
    if rest and known.command not in PASSED_ON:
        parser().error(f"unrecognized arguments: {' '.join(rest)}")
    if known.command in PASSED_ON:
        rest = list(arguments[arguments.index(known.command) + 1 :])
    try:
        with server.stoppable():
            return _dispatch(known, rest)
    except Trouble as problem:
        say(f"./dev {known.command}: {problem}")
        return 1
    except server.Stopped as stopped:
        return 128 + stopped.number


def _dispatch(known: argparse.Namespace, rest: list[str]) -> int:
    match known.command:
        case "run":
            return run(known.host, known.port, sample=not known.no_sample, fresh=known.fresh)
        case "test":
            os.environ.pop("DATABASE_URL", None)
            set_up(for_tests=True)
            return run_tests(rest)
        case "bench":
            return with_database(["-m", "tests.bench", *rest], for_tests=True, cwd=ROOT)
        case "webgis":
            return with_database(["-m", "webgis", *rest], programs=True)
        case "psql":
            return psql(rest)
        case "stop":
            return stop()
        case "reset":
            return reset()
        case _:
            print(given_url() or MAIN.up(), flush=True)
            return 0


def run(host: str, port: int | None, sample: bool, fresh: bool) -> int:
    """Set up, migrate, load the sample city, serve until stopped. Being stopped once ready is success."""
    if port:
        server.listen(host, port).close()
    if fresh:
        reset()
    with server.recorded():
        set_up()
        with database() as url:
            env = server.settings(url)
            must([PYTHON, "-m", "webgis", "migrate"], "migrating the database", env)
            if sample and env["WEBGIS_ENV"] == "production":
                say("== production: the sample city is not loaded")
            elif sample:
                must([PYTHON, "-m", "webgis", "sample", "load"], "loading the sample city", env)
            try:
                server.serve(host, port, env)
            except server.Stopped:
                say("stopped")
    return 0


def with_database(
    command: Sequence[str], for_tests: bool = False, cwd: Path | None = None, programs: bool = False
) -> int:
    """Run a Python program with set-up done and the database up; programs: told where those of PostgreSQL are."""
    set_up(for_tests)
    with database() as url:
        found = find() if programs else None
        return foreground(
            [str(PYTHON), *command], server.settings(url) | (found.told() if found else {}), cwd
        )


def psql(arguments: Sequence[str]) -> int:
    """psql on the private database, or on the one given."""
    if url := given_url():
        found = find()
        program = found.program("psql") if found else shutil.which("psql")
        if program is None:
            raise Trouble("psql is not installed here.")
        scheme, _, rest = url.partition("://")
        env = {**environment(), **(found.extra if found else {})}
        return foreground([program, "-d", f"{scheme.split('+')[0]}://{rest}", *arguments], env)
    with MAIN.used() as url:
        postgres = find()
        assert postgres is not None
        return foreground([postgres.program("psql"), "-d", url, *arguments], postgres.env())


def stop() -> int:
    """Stop everything of this checkout, but not a test cluster in the middle of somebody's tests."""
    server.stop_servers()
    if MAIN.running():
        MAIN.down()
        say("stopped the database")
    if TEST.running() and not TEST.down(even_if_used=False):
        say("the test database stays up: tests are using it")
    return 0


def reset() -> int:
    """Drop the private database and the files that go with it."""
    if given_url():
        raise Trouble(
            "DATABASE_URL is set: the database is yours, and ./dev never drops what it did not make."
        )
    server.stop_servers()
    MAIN.destroy()
    if TEST.down(even_if_used=False):
        TEST.destroy()
    shutil.rmtree(LOCAL / "data", ignore_errors=True)
    say("dropped the private database of this checkout")
    return 0


@contextlib.contextmanager
def database() -> Iterator[str]:
    """URL of the database in use: the given one, only checked, or the private one, started and later stopped."""
    if url := given_url():
        answer = subprocess.run([PYTHON, "-c", PROBE], env=environment(), capture_output=True, text=True)
        if answer.returncode:
            raise Trouble(answer.stderr.strip())
        yield url
    else:
        with MAIN.used() as url:
            yield url


def given_url() -> str | None:
    """DATABASE_URL, if set."""
    return os.environ.get("DATABASE_URL") or None


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{number} is not a port")
    return number
