"""People and works of the PAKET review that several tests of the API begin with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web import Person, signed_in, work


@pytest.fixture(scope="module")
def reviewer(app: Any) -> Person:
    """Dinas PU."""
    return signed_in(app, "reviewer")


@pytest.fixture(scope="module")
def facilitator(app: Any) -> Person:
    """Who verifies."""
    return signed_in(app, "facilitator")


def step(person: Person, place: str, action: str, note: str = "Diperiksa.") -> Any:
    """Take a step of a proposal's life."""
    return person.send("POST", f"{place}/transitions", json={"action": action, "note": note})


@pytest.fixture
def reviewed(planner: Person, facilitator: Person, reviewer: Person) -> str:
    """The address of a PAKET work under review."""
    document = work(planner)
    document["properties"]["is_paket"] = True
    made = str(planner.send("POST", "/api/v1/proposals", json=document).headers["Location"])
    for person, action in ((planner, "submit"), (facilitator, "verify"), (reviewer, "start_review")):
        assert step(person, made, action).status_code == 200
    return made
