"""What a layer's file tells beside its table: of slum areas the outcome of their last form, which gis_core computes.

It knows nothing about formats or rights. Nothing computed is stored, so it is put beside each row while that is read;
a grade and all else here is public (slum_privacy).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.slums import Standing, standings
from webgis.store import exports as store
from webgis.store.exports import Column, Part

COMPUTED: Final = (
    Column("year", "integer"), Column("total", "integer"), Column("grade", "text"), Column("out", "boolean"),
    Column("considerations", "integer"), Column("considerations_level", "text"), Column("legal", "boolean"),
    Column("priority", "integer"), Column("classification", "text"), Column("treatment", "text"),
)  # fmt: skip
"""Of a slum area, after the columns of its table; empty where nobody filled in a form or said what is needed."""


def columns(session: Session, layer: str) -> list[Column]:
    """The columns of a layer's file."""
    own = store.columns(session, layer)
    return [*own, *COMPUTED] if layer == "slum-areas" else own


def features(session: Session, part: Part) -> Iterator[str]:
    """The features of a layer, each as the text of a GeoJSON Feature."""
    if part.layer != "slum-areas":
        yield from store.features(session, part)
        return
    known = standings(session)
    names = [column.name for column in COMPUTED]
    for line in store.features(session, part):
        feature = json.loads(line)
        values = _values(known.get(feature["properties"]["code"]))
        feature["properties"] |= dict(zip(names, values, strict=True))
        yield json.dumps(feature, ensure_ascii=False)


def rows(session: Session, part: Part, shape: str | None) -> Iterator[Sequence[Sequence[Any]]]:
    """Batches of rows: the values of `columns`, then the geometry as WKB or None."""
    if part.layer != "slum-areas":
        yield from store.rows(session, part, shape)
        return
    known = standings(session)
    code = [column.name for column in store.columns(session, part.layer)].index("code")
    for batch in store.rows(session, part, shape):
        yield [[*row[:-1], *_values(known.get(row[code])), row[-1]] for row in batch]


def _values(found: Standing | None) -> list[Any]:
    """The values of COMPUTED."""
    if found is None:
        return [None] * len(COMPUTED)
    way = found.treatment
    return [
        found.outcome.year, found.outcome.total, found.outcome.grade, found.out, way.points, way.level, way.legal,
        way.order, way.classification, way.pattern,
    ]  # fmt: skip
