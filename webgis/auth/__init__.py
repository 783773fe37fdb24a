"""Who is asking: accounts, sign-in sessions, tokens, languages and the guard against forged requests.

It knows nothing about what anybody may do, which is `planning.access`; it only says who somebody is.
The rules are those of OWASP ASVS 5.0, level 2 (chapters 3.5, 6, 7).
"""

from __future__ import annotations

from webgis.auth.errors import CodeNeeded, CsrfFailed, OpenIdFailed, TooManyTries, WrongCode, WrongPassword
from webgis.auth.language import current_language
from webgis.auth.requests import csrf_token, current_actor, guard_unsafe_requests, second_step_due
from webgis.auth.signing_in import give_code, samples_offered, sign_in, sign_out
from webgis.auth.signing_up import sign_up, sign_up_open

__all__ = [
    "CodeNeeded",
    "CsrfFailed",
    "OpenIdFailed",
    "TooManyTries",
    "WrongCode",
    "WrongPassword",
    "csrf_token",
    "current_actor",
    "current_language",
    "give_code",
    "guard_unsafe_requests",
    "samples_offered",
    "second_step_due",
    "sign_in",
    "sign_out",
    "sign_up",
    "sign_up_open",
]
