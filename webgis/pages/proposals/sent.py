"""What the scripts send for a preview, read into a draft of planning.

It knows nothing about rules; wrong types are named with a pointer, everything else planning checks.
The body is the GeoJSON Feature that the API takes as well (contracts, POST /proposals/preview).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webgis.planning.errors import BadDocument, Problem
from webgis.planning.proposals.drafts import ProposalDraft


def read_draft(feature: Any) -> tuple[ProposalDraft, str | None]:
    """The draft of a Feature and the id of the proposal it would replace. Raises BadDocument."""
    if not isinstance(feature, Mapping):
        raise BadDocument([Problem("", "not_an_object")])
    given = _object(feature.get("properties"), "/properties")
    geometry = _object(feature.get("geometry"), "/geometry")
    funding = _object(given.get("funding"), "/properties/funding")
    draft = ProposalDraft(
        title=str(given.get("title") or ""),
        work_type=str(given.get("work_type") or ""),
        geometry=geometry,
        description=str(given.get("description") or ""),
        volume=_number(given.get("volume"), "/properties/volume"),
        cost=_whole(given.get("cost"), "/properties/cost"),
        funding={
            fund: _whole(amount, f"/properties/funding/{fund}") or 0 for fund, amount in funding.items()
        },
        readiness=_object(given.get("readiness"), "/properties/readiness"),
        is_paket=given.get("is_paket") is True,
        cost_reason=str(given.get("cost_reason") or ""),
    )
    return draft, str(given["id"]) if given.get("id") else None


def _object(value: Any, pointer: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadDocument([Problem(pointer, "not_an_object")])
    return value


def _number(value: Any, pointer: str) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return None if value is None else float(value)
    raise BadDocument([Problem(pointer, "number")])


def _whole(value: Any, pointer: str) -> int | None:
    number = _number(value, pointer)
    if number is not None and number != int(number):
        raise BadDocument([Problem(pointer, "whole_number")])
    return None if number is None else int(number)
