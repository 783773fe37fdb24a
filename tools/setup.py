"""Set-up steps: Python packages, front end, translations, a browser for the tests; each skipped when nothing changed.

It knows nothing about databases or servers. Packages come from locks with hashes only.
uv is used where it is on PATH, as an accelerator; pip gives the same result.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.checkout import LOCAL, PYTHON, ROOT, Trouble, environment, local, lock, must, say, stamped, step
from tools.postgres import apt_install, apt_update

VENV = LOCAL / "venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def set_up(for_tests: bool = False) -> None:
    """Everything `run` needs; with for_tests also what the checks and tests need."""
    with lock("setup"):
        virtual_environment()
        _python_packages(for_tests)
        _front_end()
        _translations()
        if for_tests:
            _browser()


def find_browser() -> str | None:
    """A Chromium on this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _starts(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, env=environment(), capture_output=True).returncode == 0
    except OSError:
        return False


def virtual_environment(folder: Path = VENV) -> Path:
    """Keep the venv if its Python starts and is new enough; else make it, with whatever this machine offers.

    Returns its Python.
    """
    python = folder / "bin" / "python"
    if _starts(python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        return python
    shutil.rmtree(folder, ignore_errors=True)
    say(f"== making the Python environment in .local/{folder.name}")
    if _starts(sys.executable, "-m", "venv", folder):
        return python
    shutil.rmtree(folder, ignore_errors=True)
    if _starts(sys.executable, "-m", "venv", "--without-pip", folder) and installer(python, quiet=True):
        return python
    shutil.rmtree(folder, ignore_errors=True)
    package = f"python3.{sys.version_info.minor}-venv"
    try:
        apt_update()
        apt_install([package], "Python's venv module")
    except (Trouble, OSError) as problem:
        raise Trouble(
            f"This Python has no venv module; install {package} (or uv) and try again."
        ) from problem
    must([sys.executable, "-m", "venv", str(folder)], "making the Python environment")
    return python


def installer(python: Path = PYTHON, quiet: bool = False) -> list[str]:
    """Command that installs into a venv: uv, the venv's pip, or the pip of the Python that runs this."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", str(python)]
    if _starts(python, "-m", "pip", "--version"):
        return [str(python), "-m", "pip", "install"]
    if _starts(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip", "--python", str(python), "install"]
    if quiet:
        return []
    raise Trouble("There is neither pip nor uv to install Python packages with.")


def _python_packages(for_tests: bool) -> None:
    """Install from the locks. What is enough for the tests is enough to run."""
    present = _starts(PYTHON, "-c", "import flask")
    if not for_tests and present and stamped("python-test", packages_inputs(True)):
        return
    named = [part for path in _locks(for_tests) for part in ("-r", str(path))]
    kind = "test" if for_tests else "run"

    def install() -> None:
        must([*installer(), "-q", "--require-hashes", *named], f"installing Python packages ({kind})")

    step(f"python-{kind}", packages_inputs(for_tests), install, done=present)


def _locks(for_tests: bool) -> list[Path]:
    return [ROOT / name for name in ("requirements.txt", *(["requirements-dev.txt"] if for_tests else []))]


def packages_inputs(for_tests: bool) -> list[Path | str]:
    """What decides which Python packages are installed."""
    return [*_locks(for_tests), VENV / "pyvenv.cfg"]


def _front_end() -> None:
    if not (ROOT / "package.json").exists():
        say("== no package.json: the front end is skipped")
        return
    static = ROOT / "static"
    built = (static / "dist" / "manifest.json").exists()
    npm = shutil.which("npm") or ("" if built else _install_node())
    if not npm:
        say("== no npm here: the front end stays as it was built")
        return
    lock_file = ROOT / "package-lock.json"
    env = _npm_environment()

    def install() -> None:
        must([npm, "ci", "--no-audit", "--no-fund"], "installing front-end packages", env)

    step("npm", [lock_file], install, done=(ROOT / "node_modules").exists())
    sources: list[Path | str] = [
        lock_file,
        ROOT / "package.json",
        *_exists("static/src", "static/css", "tsconfig.json"),
    ]
    sources += sorted(p for p in ROOT.glob("*.mjs")) + sorted(static.glob("*.mjs"))
    step(
        "front-end",
        sources,
        lambda: must([npm, "run", "-s", "build"], "building the front end", env),
        done=built,
    )


def _install_node() -> str:
    try:
        apt_update()
        apt_install(["nodejs", "npm"], "node to build the front end")
    except (Trouble, OSError) as problem:
        advice = "node and npm are needed to build the front end: install nodejs (20 or newer) and npm."
        raise Trouble(advice) from problem
    return shutil.which("npm") or "npm"


def _npm_environment() -> dict[str, str]:
    """npm wants a folder it can write to; accounts of services have no home."""
    home = Path(os.environ.get("HOME") or "/")
    cache = {} if os.access(home, os.W_OK) else {"npm_config_cache": str(local("npm-cache"))}
    return environment(npm_config_update_notifier="false", **cache)


def _exists(*names: str) -> list[Path]:
    return [ROOT / name for name in names if (ROOT / name).exists()]


def _translations() -> None:
    folder = ROOT / "webgis" / "translations"
    catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    if not catalogues:
        return
    compiled = all(p.with_suffix(".mo").exists() for p in catalogues)
    command = [str(PYTHON), "-m", "babel.messages.frontend", "-q", "compile", "-d", str(folder)]
    step("translations", catalogues, lambda: must(command, "compiling translations"), done=compiled)


def _browser() -> None:
    """A Chromium for the browser tests; without one those tests fail in CI and are skipped elsewhere."""
    if find_browser():
        return
    try:
        apt_update()
        apt_install(["chromium"], "a browser for the tests")
    except (Trouble, OSError):
        say("== no Chromium found: browser tests will fail where CI=true and be skipped elsewhere")
