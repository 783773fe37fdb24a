"""What a layer's file tells beside its table: of slum areas the outcome of their last form, which gis_core computes.

It knows nothing about formats. A file of households tells who took it along. Nothing computed is stored, so it is put
beside each row while that is read, as far as the reader may know it (slum_privacy).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from webgis.planning.access import Actor
from webgis.planning.mapping.slum_privacy import standings_shown_to
from webgis.planning.mapping.slums import Standing
from webgis.store import exports as store
from webgis.store.exports import Column, Part

COMPUTED: Final = (
    Column("year", "integer"), Column("total", "integer"), Column("grade", "text"), Column("out", "boolean"),
    Column("considerations", "integer"), Column("considerations_level", "text"), Column("legal", "boolean"),
    Column("priority", "integer"), Column("classification", "text"), Column("treatment", "text"),
)  # fmt: skip
"""Of a slum area, after the columns of its table; empty where nobody said what is needed or it is not told."""


MARK: Final = (Column("taken_by", "text"), Column("taken_at", "text"), Column("taken_for", "text"))
"""Of a file of personal data, last: who took it along, when (UTC) and what for; in every row, since rows travel."""


def columns(session: Session, layer: str, mark: Sequence[str] = ()) -> list[Column]:
    """The columns of a layer's file. mark: the values of MARK, or none."""
    own = store.columns(session, layer)
    return [*own, *(COMPUTED if layer == "slum-areas" else ()), *(MARK if mark else ())]


def features(session: Session, actor: Actor, part: Part, mark: Sequence[str] = ()) -> Iterator[str]:
    """The features of a layer, each as the text of a GeoJSON Feature."""
    if part.layer != "slum-areas":
        marks = dict(zip([column.name for column in MARK], mark, strict=True)) if mark else {}
        for line in store.features(session, part):
            yield _marked(line, marks) if marks else line
        return
    known = standings_shown_to(session, actor)
    names = [column.name for column in COMPUTED]
    for line in store.features(session, part):
        feature = json.loads(line)
        values = _values(known.get(feature["properties"]["code"]))
        feature["properties"] |= dict(zip(names, values, strict=True))
        yield json.dumps(feature, ensure_ascii=False)


def rows(
    session: Session, actor: Actor, part: Part, shape: str | None, mark: Sequence[str] = ()
) -> Iterator[Sequence[Sequence[Any]]]:
    """Batches of rows: the values of `columns`, then the geometry as WKB or None."""
    if part.layer != "slum-areas":
        for batch in store.rows(session, part, shape):
            yield [[*row[:-1], *mark, row[-1]] for row in batch] if mark else batch
        return
    known = standings_shown_to(session, actor)
    code = [column.name for column in store.columns(session, part.layer)].index("code")
    for batch in store.rows(session, part, shape):
        yield [[*row[:-1], *_values(known.get(row[code])), row[-1]] for row in batch]


def _marked(line: str, marks: dict[str, str]) -> str:
    feature = json.loads(line)
    feature["properties"] |= marks
    return json.dumps(feature, ensure_ascii=False)


def _values(found: Standing | None) -> list[Any]:
    """The values of COMPUTED."""
    if found is None:
        return [None] * len(COMPUTED)
    way = found.treatment
    return [
        found.outcome.year, found.outcome.total, found.outcome.grade, found.out, way.points, way.level, way.legal,
        way.order, way.classification, way.pattern,
    ]  # fmt: skip
