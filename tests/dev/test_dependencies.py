"""The dependency check finds what it is for: each test spoils one thing in a copy and looks for its name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import dependencies
from tools.checkout import ROOT

FILES = [f"{name}.{end}" for name in dependencies.LOCKS for end in ("in", "txt")]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (*FILES, "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def edited(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text()))


def test_the_locks_of_this_checkout_are_whole(copy: Path) -> None:
    assert [*dependencies.pins(copy), *dependencies.front_end_lock(copy), *dependencies.licences(copy)] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("requirements.txt", "affine==3.0.1 \\\n", "affine>=3 \\\n", "not pinned with a hash: affine>=3"),
        ("requirements.in", "Flask==3.1.3", "Flask==3.1.2", "out of step with requirements.in at Flask"),
        ("requirements-dev.in", "bandit ", "bandit\nsafety ", "out of step with requirements-dev.in at safety"),
    ],
)  # fmt: skip
def test_a_loose_or_stale_lock_is_named(copy: Path, file: str, old: str, new: str, said: str) -> None:
    assert old in (copy / file).read_text()
    edited(copy / file, lambda text: text.replace(old, new, 1))
    assert [line for line in dependencies.pins(copy) if said in line]


def test_a_package_of_npm_without_hash_or_free_licence_is_named(copy: Path) -> None:
    lock = json.loads((copy / "package-lock.json").read_text())
    del lock["packages"]["node_modules/leaflet"]["integrity"]
    lock["packages"]["node_modules/leaflet"]["license"] = "SEE LICENSE IN SHOP"
    (copy / "package-lock.json").write_text(json.dumps(lock))
    assert list(dependencies.front_end_lock(copy)) == ["package-lock.json: no hash for node_modules/leaflet"]
    assert [line for line in dependencies.licences(copy) if "leaflet" in line]


def test_dangerous_calls_are_named_and_accepted_ones_only_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "webgis").mkdir()
    (tmp_path / "webgis" / "x.py").write_text(
        "import subprocess\nsubprocess.run('ls ' + a, shell=True)\nq = f'select * from {a}'\nassert q\n"
    )
    found = list(dependencies.dangerous_calls(("webgis",), tmp_path))
    assert {line.split(": ")[1].split()[0] for line in found} == {"B404", "B602", "B608"}


def test_a_service_that_does_not_answer_is_said_and_not_taken_for_sound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Nothing:
        stdout = json.dumps({"dependencies": [{"name": "a", "skip_reason": "not found"}], "error": "down"})

    monkeypatch.setattr(dependencies, "_run", lambda command, root=ROOT: Nothing())
    assert dependencies.pip_audit() == ([], ["pip-audit: its service knows nothing of 1 of 1 packages"])
    assert dependencies.npm_audit() == ([], ["npm audit: its service does not answer"])


def test_a_known_weakness_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Weak:
        stdout = json.dumps(
            {
                "dependencies": [
                    {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
                ],
                "vulnerabilities": {"b": {"severity": "high", "range": "<2"}},
            }
        )

    monkeypatch.setattr(dependencies, "_run", lambda command, root=ROOT: Weak())
    assert dependencies.pip_audit()[0] == ["a 1: PYSEC-1, mended in 2"]
    assert dependencies.npm_audit()[0] == ["b: high weakness, <2"]
