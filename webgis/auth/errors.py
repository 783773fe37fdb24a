"""Refusals at the door: wrong password, too many tries, forged request.

It knows nothing about HTTP; the web rooms have the status codes.
They are planning errors, so that one handler and one table of words serve them all.
"""

from __future__ import annotations

from webgis.planning.errors import NotAllowed, PlanningError, SignInNeeded


class WrongPassword(SignInNeeded):
    """No such account, or not with this password: never said which."""

    def __init__(self) -> None:
        super().__init__("wrong_password")


class TooManyTries(PlanningError):
    """Too many failed tries; retry_after seconds until the next one counts."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many_tries", minutes=-(-retry_after // 60))
        self.retry_after = retry_after


class CsrfFailed(NotAllowed):
    """An unsafe request that does not prove it comes from our own page."""
