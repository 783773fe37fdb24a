"""Refusals at the door: wrong password, too many tries, forged request.

It knows nothing about HTTP; the web rooms have the status codes.
They are planning errors, so that one handler and one table of words serve them all.
"""

from __future__ import annotations

from webgis.planning.errors import NotAllowed, SignInNeeded, TooOften


class WrongPassword(SignInNeeded):
    """No such account, or not with this password: never said which."""

    def __init__(self, code: str = "wrong_password") -> None:
        super().__init__(code)


class CodeNeeded(SignInNeeded):
    """The password was right; a code of the authenticator app is still missing."""

    def __init__(self) -> None:
        super().__init__("code_needed")


class WrongCode(SignInNeeded):
    """The code is not (or no longer) right."""

    def __init__(self) -> None:
        super().__init__("code_wrong")


class OpenIdFailed(SignInNeeded):
    """The provider did not vouch for anybody who has an account here."""


class TooManyTries(TooOften):
    """Too many failed tries; retry_after seconds until the next one counts."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many_tries", retry_after)


class CsrfFailed(NotAllowed):
    """An unsafe request that does not prove it comes from our own page."""
