"""`./dev test`: lint, types, import rule, dependencies and front-end check side by side, then pytest in the foreground.

It knows nothing about what the tests test. Failed checks are shown before pytest, so that its summary ends the output.
The tests get their own throwaway cluster and never see DATABASE_URL: a test run must not be able to lose data.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tools.checkout import PYTHON, ROOT, environment, foreground, say
from tools.cluster import TEST

MOST_LINES = 60
WHOLE_SUITE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")
"""How pytest runs where nothing was picked: a worker per core, each with its own databases and web server; the tests of
a file stay together, since they share what is dear to make, and files come in the order of tests/conftest.py."""
TYPED = ("gis_core", "webgis", "sample_layers", "migrations", "tools", "tests")


def checks() -> dict[str, list[str]]:
    """Name and command of each check that applies to this checkout."""
    python = [str(PYTHON), "-m"]
    found = {
        "ruff check": [*python, "ruff", "check", "--quiet", "--output-format", "concise", "."],
        "ruff format": [*python, "ruff", "format", "--check", "--output-format", "concise", "."],
        "mypy": [*python, "mypy", *(name for name in TYPED if any((ROOT / name).glob("**/*.py")))],
        "dependencies": [*python, "tools.dependencies"],
        "import rule": [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as run; run()"],
    }
    return found | _front_end_checks()


def _front_end_checks() -> dict[str, list[str]]:
    package = ROOT / "package.json"
    npm = shutil.which("npm")
    if npm is None or not package.exists():
        return {}
    scripts = json.loads(package.read_text()).get("scripts", {})
    return {f"npm run {name}": [npm, "run", "-s", name] for name in ("check", "test") if name in scripts}


def run_checks() -> list[str]:
    """Run all checks at once; returns the names of those that failed, after showing their output."""

    def run(item: tuple[str, Sequence[str]]) -> tuple[str, int, str]:
        name, command = item
        env = _test_environment()
        done = subprocess.run(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return name, done.returncode, done.stdout

    failed = []
    # Two compute; a third, that of the dependencies, mostly waits for what services say of packages.
    with ThreadPoolExecutor(max_workers=3) as pool:
        for name, code, output in pool.map(run, checks().items()):
            say(f"== {name}: {'ok' if code == 0 else 'FAILED'}")
            for line in output.splitlines():
                if line.startswith("skipped: "):
                    say(f"   {line}")
            if code:
                failed.append(name)
                say(shortened(output))
    return failed


def shortened(output: str) -> str:
    """Enough of a check's output to start mending."""
    lines = output.rstrip().splitlines()
    left = len(lines) - MOST_LINES
    return "\n".join(lines if left <= 0 else [*lines[:MOST_LINES], f"… and {left} more lines"])


def run_tests(arguments: Sequence[str]) -> int:
    """Checks, then pytest with the test cluster up. The worse of the two results is the exit code."""
    failed = run_checks()
    if failed:
        say(f"== FAILED before the tests: {', '.join(failed)}")
    with TEST.used():
        env = {**_test_environment(), "WEBGIS_TEST_CLUSTER": TEST.url("postgres")}
        code = foreground([str(PYTHON), "-m", "pytest", *(arguments or WHOLE_SUITE)], env, ROOT)
    return code or (1 if failed else 0)


def _test_environment() -> dict[str, str]:
    ours = ("DATABASE_URL", "WEBGIS_ENV", "WEBGIS_SECRET_KEY", "WEBGIS_DATA_DIR")
    return {name: value for name, value in environment().items() if name not in ours}
