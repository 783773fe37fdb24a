"""Reading JSON documents with a complaint for every fault, and writing numbers back.

It knows nothing about what the fields mean; that is for `assess` and `rank` documents to say.
JSON Pointers (RFC 6901) name the faulty place, as problem documents of the web API do.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from gis_core.errors import BadInput, escape

LARGEST: Final = 1e15
"""The largest amount that is added up: more rupiah or people than there are, and sums below it stay exact."""


def parse(text: str) -> Any:
    """A JSON document; BadInput for what is not JSON (NaN and Infinity are let through as numbers).

    A member named twice in one object is refused: parsers differ on which of the two counts (RFC 8259, section 4).
    """
    try:
        return json.loads(text, object_pairs_hook=_members)
    except BadInput:
        raise
    except RecursionError as error:
        raise BadInput("the document is nested too deeply") from error
    except ValueError as error:
        raise BadInput(f"not a JSON document: {error}") from error


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, once every member is there only once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise BadInput(f"the member {json.dumps(twice)} stands twice in one object; leave one out")
    return found


def an_object(value: Any, pointer: str) -> dict[str, Any]:
    """The value as a JSON object, or BadInput."""
    if not isinstance(value, dict):
        raise BadInput(f"must be an object, not {_kind(value)}", pointer)
    return value


def a_list(value: Any, pointer: str) -> list[Any]:
    """The value as a JSON array, or BadInput."""
    if not isinstance(value, list):
        raise BadInput(f"must be an array, not {_kind(value)}", pointer)
    return value


def a_string(value: Any, pointer: str) -> str:
    """The value as a string, or BadInput."""
    if not isinstance(value, str):
        raise BadInput(f"must be a string, not {_kind(value)}", pointer)
    return value


def a_number(value: Any, pointer: str) -> float:
    """The value as a number, or BadInput; NaN and infinite pass, for the caller to judge."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput(f"must be a number, not {_kind(value)}", pointer)
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def a_finite(value: Any, pointer: str) -> float:
    """The value as a finite number, or BadInput."""
    number = a_number(value, pointer)
    if not math.isfinite(number):
        raise BadInput("must be a finite number", pointer)
    return number


def an_amount(value: Any, pointer: str) -> float:
    """The value as a number that is added up or handed to a solver, of at most LARGEST either way, or BadInput."""
    number = a_finite(value, pointer)
    if abs(number) > LARGEST:
        raise BadInput(f"must not be larger than {LARGEST:.0e}; take a larger unit", pointer)
    return number


def a_flag(value: Any, pointer: str) -> bool:
    """The value as true or false, or BadInput."""
    if not isinstance(value, bool):
        raise BadInput(f"must be true or false, not {_kind(value)}", pointer)
    return value


def member(document: Mapping[str, Any], name: str, pointer: str) -> Any:
    """A member that must be there, or BadInput."""
    if name not in document:
        raise BadInput(f"{name} is missing", f"{pointer}/{escape(name)}")
    return document[name]


def only(document: Mapping[str, Any], known: Iterable[str], pointer: str, what: str = "member") -> None:
    """BadInput at the first member that is none of the known ones: what is misspelt must not be lost silently."""
    allowed = list(known)
    for name in document:
        if name not in allowed:
            raise BadInput(
                f"unknown {what}; known: {', '.join(allowed) or 'none'}", f"{pointer}/{escape(name)}"
            )


def one_of(value: Any, allowed: tuple[str, ...], pointer: str) -> str:
    """The value as one of a few words, or BadInput naming them."""
    if not isinstance(value, str) or value not in allowed:
        raise BadInput(f"must be one of {', '.join(allowed)}", pointer)
    return value


def no_minus_zero(answer: Any) -> Any:
    """An answer with 0 for every -0.0, which solvers leave and which says nothing to a reader."""
    if isinstance(answer, dict):
        return {name: no_minus_zero(value) for name, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [no_minus_zero(value) for value in answer]
    return answer + 0.0 if isinstance(answer, float) else answer


def _kind(value: Any) -> str:
    """The JSON name of a value's type, for messages."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    names = {dict: "an object", list: "an array", str: "a string", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)
