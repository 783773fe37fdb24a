"""In which language to answer: Indonesian or English.

It knows nothing about words. What was asked for in the URL wins, then the cookie, then what the browser prefers.
Indonesian is the default, since the people who need this most speak it.
"""

from __future__ import annotations

from typing import Final, Literal

from flask import has_request_context, request

Language = Literal["id", "en"]
DEFAULT: Final[Language] = "id"


def current_language() -> Language:
    """The language of this request; the default outside of one."""
    if not has_request_context():
        return DEFAULT
    for given in (request.args.get("lang"), request.cookies.get("lang")):
        if given == "en":
            return "en"
        if given == "id":
            return "id"
    return "en" if request.accept_languages.best_match(["id", "en"], DEFAULT) == "en" else DEFAULT
