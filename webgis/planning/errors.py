"""What planning says when it refuses: a code and its numbers, never a sentence.

It knows nothing about HTTP or languages; `messages` has the words and the web rooms have the status codes.
One class per kind of refusal, raised where the rule lives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class PlanningError(Exception):
    """A refusal: code (key of `messages`), params for the sentence, pointer into the document sent."""

    def __init__(self, code: str, pointer: str = "", **params: Any) -> None:
        super().__init__(code)
        self.code, self.pointer, self.params = code, pointer, params


class SignInNeeded(PlanningError):
    """Nobody is signed in, and this needs somebody."""

    def __init__(self, code: str = "sign_in_needed", **params: Any) -> None:
        super().__init__(code, **params)


class NotAllowed(PlanningError):
    """The account has no right to this."""


class NotFound(PlanningError):
    """There is no such thing, or not for this caller."""


class VersionNeeded(PlanningError):
    """A write must say which version it changes."""


class StaleVersion(PlanningError):
    """Somebody saved first; current is what is stored now."""

    def __init__(self, current: Any, **params: Any) -> None:
        super().__init__("stale_version", **params)
        self.current = current


class Conflict(PlanningError):
    """The thing is not in a state that allows this."""


class TooOften(PlanningError):
    """The same was done too often lately; retry_after seconds until it may be done again."""

    def __init__(self, code: str, retry_after: int) -> None:
        super().__init__(code, minutes=-(-retry_after // 60))
        self.retry_after = retry_after


@dataclass(frozen=True)
class Problem:
    """One fault of a document: where (JSON Pointer), which (code) and its numbers."""

    pointer: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


class BadDocument(PlanningError):
    """A document breaks rules; every fault that could be found at once is named.

    summary: code of a sentence about all faults, filled by params; without one the first fault stands for all.
    """

    def __init__(self, problems: list[Problem], summary: str | None = None, **params: Any) -> None:
        first = problems[0]
        super().__init__(summary or first.code, first.pointer, **(params if summary else first.params))
        self.problems, self.summed = problems, summary is not None
