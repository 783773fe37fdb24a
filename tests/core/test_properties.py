"""The table of properties: every number has its row, every test it names exists, every reference vector is used.

It knows nothing about what the properties say.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.shared import SHARED

HERE = Path(__file__).parent
TABLE = (HERE.parents[1] / "docs" / "properties.md").read_text(encoding="utf-8")


def test_every_property_has_a_row():
    numbers = [int(n) for n in re.findall(r"^\| (\d+) \|", TABLE, flags=re.MULTILINE)]
    assert numbers == list(range(1, 47))


def test_every_named_test_exists():
    named = re.findall(r"`(test_\w+)::(test_\w+)`", TABLE)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not any(
            f"def {name}(" in path.read_text(encoding="utf-8") for path in HERE.parent.rglob(f"{file}.py")
        )
    ]
    assert len(named) > 60 and missing == []


def test_every_reference_vector_is_read_by_a_test():
    folder = SHARED / "reference"
    if not folder.exists():
        pytest.skip("reference material absent")
    tests = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    # The samples of the thrombosis example are named by smaa.json itself.
    data = {p.stem for p in folder.iterdir() if p.suffix in (".json", ".csv")}
    assert [name for name in sorted(data) if f'"{name}"' not in tests] == []
