"""The layers of a kelurahan as small GeoJSON, for a map that travels in one file.

It knows nothing about who gets the file, so it reads public layers only; poor households are not among them.
Coordinates carry 6 decimals (10 cm) and outlines are simplified by a metre: the file is sent by phone.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_LAYERS = {
    "buildings": """
        select null::jsonb, ST_SimplifyPreserveTopology(b.geom, 0.000005) from building b, region k
        where k.code = :kelurahan and b.geom && k.geom and ST_Intersects(b.geom, k.geom) order by b.id
    """,
    "roads": """
        select jsonb_build_object('class', r.class, 'name', r.name), ST_SimplifyPreserveTopology(r.geom, 0.00001)
        from road r, region k where k.code = :kelurahan and r.geom && k.geom order by r.class desc, r.id
    """,
    "water": """
        select jsonb_build_object('kind', w.kind, 'name', w.name),
               ST_Intersection(w.geom, ST_Expand(k.geom, 0.002))
        from waterway w, region k where k.code = :kelurahan and w.geom && k.geom order by w.id
    """,
    "outline": "select jsonb_build_object('name', name), geom from region where code = :kelurahan",
    "rw": """
        select jsonb_build_object('name', name), ST_SimplifyPreserveTopology(geom, 0.00001) from region
        where kind = 'rw' and parent = :kelurahan and geom is not null order by code
    """,
    "slums": """
        select jsonb_build_object('code', code, 'name', name), ST_SimplifyPreserveTopology(geom, 0.00001)
        from slum_area where kelurahan = :kelurahan and level = 'rt' and geom is not null order by code
    """,
}


def layer(session: Session, name: str, kelurahan: str) -> dict[str, Any]:
    """One layer as a FeatureCollection. Raises KeyError for a layer there is not."""
    query = text(f"""
        select coalesce(json_agg(json_build_object('type', 'Feature', 'properties', coalesce(properties, '{{}}'::jsonb),
                        'geometry', ST_AsGeoJSON(geom, 6)::json)), '[]'::json)::text
        from ({_LAYERS[name]}) as found (properties, geom)
    """)
    features = json.loads(session.execute(query, {"kelurahan": kelurahan}).scalar_one())
    return {"type": "FeatureCollection", "features": features}
