"""What the tests of gis_core share: hypothesis profile, reference vectors, the program in this process.

It knows nothing about the other test rooms, nor about what the vectors say.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from gis_core import __main__ as program
from tests.shared import shared

# The same examples are tried everywhere.
settings.register_profile("core", settings.get_profile("suite"), max_examples=60, derandomize=True)
settings.load_profile("core")


@pytest.fixture(scope="session")
def vector() -> Callable[[str], Any]:
    """vector(name): a reference vector."""
    return lambda name: json.loads(shared("reference", f"{name}.json").read_text())


@pytest.fixture(scope="session")
def table() -> Callable[..., list[dict[str, str]]]:
    """table(folder, name): the rows of a public CSV table."""

    def read(*parts: str) -> list[dict[str, str]]:
        with shared("data", *parts).open(newline="") as stream:
            return list(csv.DictReader(stream))

    return read


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str, Any], tuple[int, Any]]:
    """ask(command, document or its text): exit code and answer, in this process for speed."""

    def run(command: str, document: Any) -> tuple[int, Any]:
        path = tmp_path / "in.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        code = program.main([command, str(path)])
        answer = json.loads(
            capsys.readouterr().out, parse_constant=lambda c: pytest.fail(f"{c} in the output")
        )
        return code, answer

    return run
