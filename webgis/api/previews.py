"""The answer of POST /proposals/preview as a model, for the OpenAPI document.

It knows nothing about how the figures are made, which is `planning.preview`.
Units stand in the names; scores run from 0 to 100.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, Field

from webgis.api.fact_documents import FactsUsed


class Deficit(BaseModel):
    """A slum criterion that the work improves in an RT: the share of it that lacks there.

    lacking, filled: how much that is and how much of it the work fills, in the criterion's unit (m, ha, KK, buildings).
    """

    criterion: str
    zone: str
    share: float
    lacking: float
    filled: float


class AspectChange(BaseModel):
    """One of the seven aspects: points that the RT loses by it, and its part of the contribution."""

    aspect: str
    points: int
    contribution: float


class SlumChange(BaseModel):
    """The RT whose total score falls most, and the aspects of which the change is made."""

    zone: str
    name: str
    before: int
    after: int
    grade_before: str
    grade_after: str
    contribution: float | None
    aspects: list[AspectChange]


class Hazard(BaseModel):
    """Hazards under the work."""

    flood_share: float | None
    slope_percent: float | None


class Fall(BaseModel):
    """How far a drain or sewer falls from its first point to its last, and the least it should, in metres; no score.

    source: levels of its ends that the proposal names, or the height map where this is fine enough to tell; enough:
    null where nobody knows.
    """

    metres: float | None
    needed: float
    length: float
    source: Literal["levels", "heights"] | None
    enough: bool | None


class AccessGain(BaseModel):
    """What a way saves poor households on foot to the nearest motor road, in metres; it counts in no score.

    mean: over all of the kelurahan that have a way now; nearer: households that save a metre and more, mean_nearer what
    they save; joined: households that no drawn way led from to a motor road until now.
    """

    mean: float | None
    nearer: float
    mean_nearer: float | None
    joined: float


class Overlap(BaseModel):
    """Something of the same kind that is there already."""

    kind: str
    id: str | None
    title: str | None


class ProgrammeNear(BaseModel):
    """A city programme in its way, metres apart (0: they meet); same: it brings what the work would bring."""

    id: str
    title: str
    kind: str
    year: int
    budget: int | None
    office: str | None
    source: str
    source_on: dt.date
    metres: float
    same: bool


class About(BaseModel):
    """Another proposal, an asset, a city programme, or what a line should join and does not reach; where it is."""

    kind: Literal["proposal", "asset", "programme", "outlet"]
    id: str | None
    title: str | None
    geometry: dict[str, Any] | None = Field(description="GeoJSON; null where the place may not be told.")
    extends: bool = Field(False, description="A straight line from an end of the work reaches it.")


class Related(BaseModel):
    """Another proposal it hangs together with; role: what that one is to this (before: has to come first).

    measure: how strongly a rule holds, null where only people say so; outcome: what they said of it.
    """

    kind: Literal["duplicate", "conflict", "dependency", "synergy"]
    role: Literal["duplicate", "conflict", "synergy", "before", "after"]
    id: str
    title: str
    measure: float | None
    outcome: Literal["confirmed", "open"]


class Gate(BaseModel):
    """A condition that no score makes up for; passed is null if nobody could check it."""

    name: str
    passed: bool | None
    message: str


class Warned(BaseModel):
    """What a careful colleague would say; gate: the name of the condition that fails."""

    code: str
    gate: str | None
    message: str
    about: About | None = None


class PreviewDocument(FactsUsed):
    """What a work would do and where it would stand; null for those who may not see poor households."""

    work_type: str
    length_m: float
    area_m2: float
    volume: float
    unit: str
    cost: int
    volume_measured: float
    cost_computed: int
    kelurahan: str
    rw: str | None
    rt: list[str]
    inside: bool
    poor_served: float | None
    poor_total: float | None
    poor_reached: float | None
    deficits: list[Deficit]
    slum_change: SlumChange | None
    hazard: Hazard
    fall: Fall | None
    access_gain: AccessGain | None
    overlaps: list[Overlap]
    programmes: list[ProgrammeNear]
    relations: list[Related]
    gates: list[Gate]
    warnings: list[Warned]
    score: float | None = Field(ge=0, le=100)
    low: float | None
    high: float | None
    completeness: float | None
    provisional: bool
    contributions: dict[str, float]
    effective_weights: dict[str, float] = Field(
        description="Weights as they act on this work: what is not asked of it gives its weight to its group."
    )
    values: dict[str, float | None]
    waived: list[str]
    rank: int | None
    of: int | None
    data_versions: dict[str, int]
