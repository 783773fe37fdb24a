"""What gis_core says when it cannot answer.

It carries a place in the input and a reason; it knows nothing about HTTP, exit codes or languages.
The place is a JSON Pointer (RFC 6901), so that the API and the command line can both pass it on.
"""

from __future__ import annotations


def escape(token: object) -> str:
    """One reference token of a JSON Pointer: `~` and `/` escaped (RFC 6901, section 3)."""
    return str(token).replace("~", "~0").replace("/", "~1")


class BadInput(ValueError):
    """The input breaks a rule of the method.

    message: the reason, for a person. pointer: JSON Pointer of the guilty part of the input, ""
    for the whole of it; library functions point into their own arguments.
    """

    def __init__(self, message: str, pointer: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer

    def under(self, prefix: str) -> BadInput:
        """The same complaint seen from a larger document: the pointer gets `prefix` in front."""
        return type(self)(self.message, prefix + self.pointer)


class CrsMismatch(BadInput):
    """Two things that should share a coordinate reference system do not, or one has none."""
