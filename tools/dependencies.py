"""The check of what we build on: locks, licences, dangerous calls, and known weaknesses where a service tells of them.

It knows nothing about what the packages do. Locks, licences and bandit need no network and can always fail; pip-audit
and npm audit are asked as well, and where no service answers, or answers without knowing a package, that is said and
counts as not looked at, never as sound (reliability paper, goal 24; ASVS 15.1.2, 15.2.1).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
LOCKS: Final = ("requirements", "requirements-dev", "requirements-peers", "requirements-batch")
FREE: Final = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|LGPL|LESSER|MPL|Mozilla|Unlicense|CC0|BlueOak|HPND|Zlib"
    r"|Public Domain|CC-BY-[34]\.0|ZPL|Python-2\.0|EUPL|OFL|Artistic)\b",
    re.IGNORECASE,
)
"""Licences that let anybody run, change and pass on the whole; LGPL and MPL as libraries beside our code."""
PROGRAMS: Final = (
    "webgis/planning/imports/reading.py",  # the child that opens foreign files
    "webgis/planning/proposals/papers.py",  # the child that looks through PDFs
    "webgis/store/dumping.py",  # pg_dump, pg_restore and psql, with arguments of our own and no shell
)
ACCEPTED: Final[Mapping[str, str | tuple[str, ...]]] = {
    "B101": "",  # assert: states what mypy cannot see; nothing of security hangs on one
    "B608": "webgis/store/",  # SQL put together from names in the code; values are bound
    "B311": "gis_core/draws.py",  # random draws of weights, seeded on purpose
    "B404": PROGRAMS,
    "B603": PROGRAMS,
    "B105": (
        "webgis/cli/people.py",
        "webgis/planning/people/people.py",
    ),  # sentences about passwords and tokens
}
"""Findings of bandit that are meant, and the only places for each."""
SERVICE_S: Final = 40


def main() -> int:
    """Run all checks; 1 if one found something."""
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(service) for service in (pip_audit, npm_audit)]
        found: list[str] = [*pins(), *front_end_lock(), *licences(), *dangerous_calls()]
    skipped: list[str] = []
    for answer in asked:
        weak, unknown = answer.result()
        found += weak
        skipped += unknown
    for line in found:
        print(line)
    for line in skipped:
        print(f"skipped: {line}")
    return 1 if found else 0


def pins(root: Path = ROOT) -> Iterator[str]:
    """Locks that leave a version or a hash open, or lack what was asked for."""
    for name in LOCKS:
        text = (root / f"{name}.txt").read_text()
        entries = [
            entry for entry in re.split(r"\n(?=\S)", text) if entry.strip() and not entry.startswith("#")
        ]
        locked = {}
        for entry in entries:
            fits = re.match(r"([\w.-]+)(?:\[[^]]*\])?==(\S+)", entry)
            if not fits or "--hash=sha256:" not in entry:
                yield f"{name}.txt: not pinned with a hash: {entry.splitlines()[0]}"
                continue
            locked[_plain(fits[1])] = fits[2]
        for line in (root / f"{name}.in").read_text().splitlines():
            wanted = re.match(r"(\w[\w.-]*)(?:\[[^]]*\])?(?:==([\w.]+))?", line)
            if not wanted:
                continue
            at = locked.get(_plain(wanted[1]))
            if at is None or wanted[2] not in (None, at):
                yield f"{name}.txt: out of step with {name}.in at {wanted[1]}"


def front_end_lock(root: Path = ROOT) -> Iterator[str]:
    """Packages of npm without a hash, or out of step with package.json."""
    asked = json.loads((root / "package.json").read_text())
    packages: dict[str, Any] = json.loads((root / "package-lock.json").read_text())["packages"]
    for kind in ("dependencies", "devDependencies"):
        if asked.get(kind, {}) != packages[""].get(kind, {}):
            yield f"package-lock.json: out of step with package.json at {kind}"
    for name, entry in packages.items():
        if name and not entry.get("link") and "integrity" not in entry:
            yield f"package-lock.json: no hash for {name}"


def licences(root: Path = ROOT) -> Iterator[str]:
    """Packages whose licence is not known to be free."""
    names = {
        _plain(name)
        for lock in LOCKS[:2]
        for name in re.findall(r"^([\w.-]+)==", (root / f"{lock}.txt").read_text(), re.MULTILINE)
    }
    for dist in metadata.distributions():
        about = dist.metadata
        if _plain(about["Name"]) not in names:
            continue
        said = [about[field][:200] for field in ("License-Expression", "License") if field in about]
        said += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
        if not FREE.search(" ".join(said)):
            yield f"licence of {about['Name']} not known to be free: {' '.join(said).strip()[:80] or 'none given'}"
    packages: dict[str, Any] = json.loads((root / "package-lock.json").read_text())["packages"]
    for name, entry in packages.items():
        if name and not FREE.search(str(entry.get("license", ""))):
            yield f"licence of {name} not known to be free: {entry.get('license', 'none given')}"


def dangerous_calls(folders: tuple[str, ...] = ("webgis", "gis_core"), root: Path = ROOT) -> Iterator[str]:
    """What bandit finds and nobody has accepted for that place."""
    done = _run([sys.executable, "-m", "bandit", "-q", "-r", *folders, "-f", "json"], root, None)
    for finding in json.loads(done.stdout)["results"]:
        place = finding["filename"].removeprefix("./")
        test = finding["test_id"]
        if test not in ACCEPTED or not place.startswith(ACCEPTED[test]):
            yield f"{place}:{finding['line_number']}: {test} {finding['issue_text']}"


def pip_audit() -> tuple[list[str], list[str]]:
    """Known weaknesses of Python packages, and what could not be looked at."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        "requirements.txt",
        "--disable-pip",
        "--require-hashes",
    ]
    try:
        done = _run([*command, "--timeout", "5", "--progress-spinner", "off", "-f", "json"])
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return [], ["pip-audit: its service does not answer"]
    weak = [
        f"{package['name']} {package['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions'])}"
        for package in packages
        for weakness in package.get("vulns", [])
    ]
    unknown = sum("skip_reason" in package for package in packages)
    return weak, [
        f"pip-audit: its service knows nothing of {unknown} of {len(packages)} packages"
    ] if unknown else []


def npm_audit() -> tuple[list[str], list[str]]:
    """Known weaknesses of npm packages, and what could not be looked at."""
    try:
        said = json.loads(_run(["npm", "audit", "--json"]).stdout)
        weaknesses = said["vulnerabilities"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, OSError):
        return [], ["npm audit: its service does not answer"]
    return [
        f"{name}: {about['severity']} weakness, {about['range']}" for name, about in weaknesses.items()
    ], []


def _run(
    command: list[str], root: Path = ROOT, seconds: float | None = SERVICE_S
) -> subprocess.CompletedProcess[str]:
    """Only a service may be given up; what runs here ends by itself, on a busy machine later."""
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=seconds, check=False)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
