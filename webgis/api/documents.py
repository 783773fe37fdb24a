"""The documents of the API that are no domain things: problems, links, and the base of what clients send.

It knows nothing about routes. What a client sends may hold known members only, so that nobody can set a state or a
version by naming it (mass assignment); what it asks for may have known parameters only.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Given(BaseModel):
    """What a client sends: known members only, never NaN."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Query(BaseModel):
    """Parameters of an address: known ones only."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    lang: Literal["id", "en"] | None = Field(None, description="Language of texts and errors.")

    @classmethod
    @cache
    def _schema(cls) -> dict[str, Any]:
        return super().model_json_schema()

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema; the plain one is made once, since it is asked for on every request."""
        return super().model_json_schema(*args, **kwargs) if args or kwargs else cls._schema()


class Fault(BaseModel):
    """One fault of what was sent."""

    pointer: str = Field(description="JSON Pointer to the guilty member, or /query/NAME for a parameter.")
    message: str


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="Relative URI that names the kind of problem.")
    title: str
    status: int
    detail: str
    errors: list[Fault]
    current_version: int | None = Field(None, description="With status 412: the version that is stored now.")


class Link(BaseModel):
    """A link to a related document."""

    rel: str
    href: str
    type: str = "application/json"
