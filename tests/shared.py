"""Reference vectors and public tables that lie beside the repository and must not be copied into it.

It knows nothing about what they say. A test that needs one is skipped where it is absent.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def shared(*parts: str) -> Path:
    """A file of the shared folder, or the test is skipped."""
    found = SHARED.joinpath(*parts)
    if not found.exists():
        pytest.skip(f"reference material absent: shared/{'/'.join(parts)}")
    return found
