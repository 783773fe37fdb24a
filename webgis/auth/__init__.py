"""Who is asking: accounts, sign-in sessions, tokens, languages and the guard against forged requests.

It knows nothing about what anybody may do, which is `planning.access`; it only says who somebody is.
The rules are those of OWASP ASVS 5.0, level 2 (chapters 3.5, 6, 7), met with two tables and a hash.
"""

from __future__ import annotations

from webgis.auth.errors import CsrfFailed, TooManyTries, WrongPassword
from webgis.auth.language import current_language
from webgis.auth.requests import csrf_token, current_actor, guard_unsafe_requests
from webgis.auth.signing_in import samples_offered, sign_in, sign_out

__all__ = [
    "CsrfFailed",
    "TooManyTries",
    "WrongPassword",
    "csrf_token",
    "current_actor",
    "current_language",
    "guard_unsafe_requests",
    "samples_offered",
    "sign_in",
    "sign_out",
]
