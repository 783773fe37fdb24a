"""Settings and material shared by the tests of gis_core: hypothesis profile and reference vectors.

It knows nothing about the other test rooms, nor about what the vectors say. They live in a shared folder
beside the repository and must not be copied into it; a test that needs them is skipped where it is absent.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

# Deadlines are off: a loaded machine is not a failure. The same examples are tried everywhere.
settings.register_profile("core", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("core")


def _shared(*parts: str) -> Path:
    found = SHARED.joinpath(*parts)
    if not found.exists():
        pytest.skip(f"reference material absent: shared/{'/'.join(parts)}")
    return found


@pytest.fixture(scope="session")
def vector() -> Callable[[str], Any]:
    """vector(name): a reference vector."""
    return lambda name: json.loads(_shared("reference", f"{name}.json").read_text())


@pytest.fixture(scope="session")
def table() -> Callable[..., list[dict[str, str]]]:
    """table(folder, name): the rows of a public CSV table."""

    def read(*parts: str) -> list[dict[str, str]]:
        with _shared("data", *parts).open(newline="") as stream:
            return list(csv.DictReader(stream))

    return read
