"""Where the facts behind a ranking or a preview come from and of when they are, for the OpenAPI document.

It knows nothing about how that is found, which is `planning.fact_dates`.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field


class FactsDocument(BaseModel):
    """A set of data of the kelurahan as it was used."""

    layer: str
    version: int
    changed_on: dt.date | None = Field(description="The day of this version of the whole layer.")
    sources: list[str] = Field(description="At most three, most rows first.")
    date: str | None = Field(
        description="The newest date of its rows in the kelurahan, a day or a year (ISO 8601). Of households the day "
        "on which at least five had been surveyed no earlier; null where fewer have a date."
    )
    how: Literal["surveyed", "year", "recorded"] | None = Field(
        description="What that date is: of a survey, register or meeting, the year of a form or raster, or when it was "
        "written down here."
    )


class FactsUsed(BaseModel):
    """What the raw values were made of; empty in runs from before this was kept."""

    facts: dict[str, FactsDocument] = Field(default_factory=dict, description="By set of data.")
    used: dict[str, dict[str, list[str]]] = Field(
        default_factory=dict,
        description="Work type -> criterion -> sets of data; `proposals` is the proposal itself, see its `changed_on`.",
    )
    units: dict[str, str] = Field(default_factory=dict, description="Criterion -> unit of its raw value.")
