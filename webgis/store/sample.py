"""Puts features of the sample city into their tables, a whole layer in one statement.

It knows nothing about files. Properties are named like columns, so PostgreSQL itself does the typing.
The way in is COPY into a temporary jsonb table and `insert … select`, the usual bulk load.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from webgis.store.bulk import copy_rows

LAYER_TABLES: Mapping[str, str] = {
    "regions": "region", "slum_areas": "slum_area", "slum_assessments": "slum_assessment", "assets": "asset",
    "households": "household", "roads": "road", "buildings": "building", "waterways": "waterway",
    "places": "place", "spatial_plan": "spatial_zone", "city_programmes": "city_programme", "proposals": "proposal",
}  # fmt: skip
"""Layers in the order in which they go in: what is referred to comes first."""
_POLYGON_TABLES = ("region", "slum_area", "spatial_zone")
_LOCK = 990_101


def loaded_digest(session: Session) -> str | None:
    """The digest of the sample files loaded before, None if none were."""
    return session.execute(text("select digest from sample_load")).scalar_one_or_none()


def has_region(session: Session, code: str) -> bool:
    """Whether a region is there."""
    return bool(
        session.execute(
            text("select exists (select from region where code = :code)"), {"code": code}
        ).scalar_one()
    )


def lock_loading(session: Session) -> None:
    """Wait until nobody else loads; the lock goes with the transaction."""
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def remember_digest(session: Session, digest: str) -> None:
    """Note which files were loaded."""
    session.execute(
        text(
            "insert into sample_load (digest) values (:d)"
            " on conflict (one) do update set digest = :d, loaded_at = now()"
        ),
        {"d": digest},
    )


def load_layer(session: Session, layer: str, features: list[dict[str, Any]], source: str) -> int:
    """Insert the features of one layer. Returns the number of rows."""
    table = LAYER_TABLES[layer]
    session.execute(text("create temporary table if not exists sample_feature (doc jsonb) on commit drop"))
    session.execute(text("truncate sample_feature"))
    copy_rows(session, "sample_feature", ("doc",), ([json.dumps(f, separators=(",", ":"))] for f in features))
    given = {key for feature in features for key in feature["properties"]}
    columns = [c for c in _columns(session, table) if c in given and c != "geom"]
    taken = [f"(jsonb_populate_record(null::{table}, doc -> 'properties')).{c}" for c in columns]
    names = [*columns, "synthetic"]
    values = [*taken, "true"]
    if "source" not in columns:  # a programme names the paper it stands in
        names.append("source")
        values.append(":source")
    if "geom" in _columns(session, table):
        names.append("geom")
        values.append(_geometry(table))
    join = ""
    if layer == "slum_assessments":
        names.append("slum_area_id")
        values.append("area.id")
        join = "join slum_area area on area.code = doc -> 'properties' ->> 'code'"
    statement = (
        f"insert into {table} ({', '.join(names)}) select {', '.join(values)} from sample_feature {join}"
    )
    count: int = session.connection().execute(text(statement), {"source": source}).rowcount
    if layer == "proposals":
        _load_talk(session)
    return count


def _load_talk(session: Session) -> None:
    """The reviews and comments that travel inside the properties of a proposal."""
    for table, key in (("review", "reviews"), ("comment", "comments")):
        given = text(f"""
            select distinct jsonb_object_keys(item) from sample_feature,
            jsonb_array_elements(coalesce(doc -> 'properties' -> '{key}', '[]')) item
        """)
        keys = set(session.execute(given).scalars())
        columns = [c for c in _columns(session, table) if c in keys and c != "proposal_id"]
        if not columns:
            continue
        taken = ", ".join(f"(jsonb_populate_record(null::{table}, item)).{c}" for c in columns)
        session.execute(
            text(f"""
                insert into {table} (proposal_id, {", ".join(columns)})
                select (doc -> 'properties' ->> 'id')::uuid, {taken} from sample_feature,
                jsonb_array_elements(coalesce(doc -> 'properties' -> '{key}', '[]')) item
            """)
        )


def load_forums(session: Session, features: list[dict[str, Any]]) -> None:
    """The meetings of the city with their votes; they carry no source, since minutes are one."""
    for feature in features:
        row = dict(feature["properties"])
        votes = row.pop("votes")
        session.execute(
            text("""
                insert into forum (id, kelurahan, met_on, place, men, women, author)
                values (cast(:id as uuid), :kelurahan, :met_on, :place, :men, :women, :author)
            """),
            row,
        )
        session.execute(
            text("""
                insert into forum_vote (forum_id, proposal_id, men, women)
                select cast(:id as uuid), cast(key as uuid), (value ->> 'men')::int, (value ->> 'women')::int
                from jsonb_each(cast(:votes as jsonb))
            """),
            {"id": row["id"], "votes": json.dumps(votes)},
        )


def add_raster(session: Session, row: Mapping[str, Any]) -> None:
    """Register a raster file; one of the same path is left as it is."""
    session.execute(
        text("""
            insert into hazard (kind, path, unit, year, threshold, source, synthetic)
            values (:kind, :path, :unit, :year, :threshold, :source, true) on conflict (path) do nothing
        """),
        dict(row),
    )


def remove_city(session: Session, code: str) -> None:
    """Take out every made-up fact of a city, for a forced reload."""
    session.execute(text("select set_config('app.household_scope', '*', true)"))
    below = {"code": code, "like": f"{code}.%"}
    session.execute(text("delete from poverty where kelurahan like :like"), below)
    for table in ("counted", "ranking_run", "plan_run", "masterplan", "forum"):
        session.execute(text(f"delete from {table} where kelurahan like :like"), below)
    session.execute(text("delete from household where rt like :like and synthetic"), below)
    for table in ("proposal", "asset", "slum_area"):
        session.execute(text(f"delete from {table} where kelurahan like :like and synthetic"), below)
    session.execute(text("delete from city_programme where kelurahan like :like and synthetic"), below)
    for table in ("road", "building", "waterway", "place", "spatial_zone"):
        session.execute(text(f"delete from {table} where synthetic"))
    session.execute(text("delete from hazard where synthetic"))
    session.execute(text("delete from region where (code = :code or code like :like) and synthetic"), below)
    session.execute(text("delete from sample_load"))


def analyze(session: Session, tables: Iterable[str]) -> None:
    """Tell the planner what is in tables that were filled in bulk."""
    for table in tables:
        session.execute(text(f"analyze {table}"))


def _columns(session: Session, table: str) -> list[str]:
    return list(
        session.execute(
            text("""
                select attname from pg_attribute where attrelid = cast(:table as regclass)
                and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
            """),
            {"table": table},
        ).scalars()
    )


def _geometry(table: str) -> str:
    """SQL of the geometry: rounding of the files may have folded a ring, so it is made valid."""
    given = "ST_Force2D(ST_GeomFromGeoJSON(nullif(doc -> 'geometry', 'null'::jsonb)))"
    if table in _POLYGON_TABLES:
        return f"ST_Multi(ST_CollectionExtract(ST_MakeValid({given}), 3))"
    return f"ST_MakeValid({given})"
