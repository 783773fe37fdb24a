"""JSON read strictly: what two parsers could read differently, or what cannot be stored, is refused with a reason.

It knows nothing about models. Refused are NaN and Infinity, numbers beyond double precision, duplicate members,
NUL characters and lone surrogates, deep nesting (RFC 8259 section 4 and 9, ASVS 1.5.3).
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, NoReturn

from flask import Request

from webgis.planning.errors import PlanningError

DEEPEST: Final = 64
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


class BadJson(PlanningError):
    """The body cannot be read as JSON."""


class NotJson(PlanningError):
    """The body does not claim to be JSON."""


class StrictRequest(Request):
    """A request whose JSON is read strictly, also by the library that fills the models."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The JSON object of the body. Raises NotJson or BadJson whatever the flags say."""
        if not self.is_json and self.mimetype != "application/geo+json":
            raise NotJson("not_json")
        return parse(self.get_data())


def parse(body: bytes) -> dict[str, Any]:
    """A JSON object from bytes. Raises BadJson."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadJson("bad_encoding") from None
    if _depth(text) > DEEPEST:
        raise BadJson("too_deep")
    try:
        found = json.loads(
            text, object_pairs_hook=_members, parse_float=_number, parse_int=_whole, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        raise BadJson("bad_json", reason=error.msg, at=error.pos) from None
    if not isinstance(found, dict):
        raise BadJson("not_an_object")
    if "\\u" in text or "\x00" in text:
        _check_texts(found)
    return found


def _depth(text: str) -> int:
    """How deep brackets nest, counted before parsing so that no parser recurses too far."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return 0
    deep = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", _STRINGS.sub("", text)):
        deep += 1 if bracket in "[{" else -1
        deepest = max(deepest, deep)
    return deepest


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise BadJson("duplicate_member", name=twice.encode("utf-8", "replace").decode())
    return found


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        _refuse(digits)
    return value


def _whole(digits: str) -> int:
    if len(digits) > 19:
        _refuse(digits)
    return int(digits)


def _no_number(word: str) -> NoReturn:
    raise BadJson("not_a_number", word=word)


def _refuse(digits: str) -> NoReturn:
    raise BadJson("number_too_large", number=digits)


def _check_texts(found: Any) -> None:
    rest = [found]
    while rest:
        item = rest.pop()
        if isinstance(item, str):
            if _UNSTORABLE.search(item):
                raise BadJson("bad_text")
        elif isinstance(item, dict):
            rest.extend((*item.keys(), *item.values()))
        elif isinstance(item, list):
            rest.extend(item)
