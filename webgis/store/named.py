"""Things on the map that carry a name: assets, roads and places, found by words.

It knows nothing about rights; everybody may read these. Shapes are GeoJSON text, thinned to about two metres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from webgis.store.regions import escape_like

# Pieces of one street have the name in common; the same name elsewhere is another street.
_SEARCH = """
    with asset_hit as (
        select 'asset' as sort, a.kind, coalesce(a.name, '') as name, a.kelurahan, a.geom from asset a where {assets}
        order by a.kelurahan is distinct from :home, a.name is null, a.name not ilike :start, a.name, a.id limit :limit
    ),
    way as (
        select r.name, k.code as kelurahan, ST_Collect(r.geom order by r.id) as geom
        from road r left join region k on k.kind = 'kelurahan' and ST_Intersects(k.geom, ST_PointOnSurface(r.geom))
        where r.name ilike all (cast(:like as text[])) group by r.name, k.code
        order by k.code is distinct from :home, r.name not ilike :start, r.name limit :limit
    ),
    spot as (
        select p.kind, p.name, k.code as kelurahan, p.geom
        from place p left join region k on k.kind = 'kelurahan' and ST_Intersects(k.geom, ST_PointOnSurface(p.geom))
        where p.name ilike all (cast(:like as text[]))
        order by k.code is distinct from :home, p.name not ilike :start, p.name, p.id limit :limit
    ),
    hit as (
        select * from asset_hit
        union all select 'road', '', name, kelurahan, geom from way
        union all select 'place', kind, name, kelurahan, geom from spot
    )
    select h.sort, h.kind, h.name, k.name as kelurahan_name, ST_XMin(h.geom) as west, ST_YMin(h.geom) as south,
           ST_XMax(h.geom) as east, ST_YMax(h.geom) as north,
           ST_AsGeoJSON(ST_SimplifyPreserveTopology(h.geom, 0.00002), 5) as shape
    from hit h left join region k on k.code = h.kelurahan
    order by array_position(array['asset', 'road', 'place'], h.sort), h.kelurahan is distinct from :home,
             h.name not ilike :start, h.name
"""


def search(
    session: Session, words: Sequence[str], kinds: Mapping[str, str], home: str, limit: int
) -> list[RowMapping]:
    """Assets, roads and places whose name holds every word, up to a limit of each.

    Those of a kelurahan come first, of those the ones whose name begins with the words.
    kinds: asset kind -> what it is called, which counts as part of an asset's name.
    """
    like = [f"%{escape_like(word)}%" for word in words]
    start = f"{escape_like(words[0])}%" if words else "%"
    values: dict[str, Any] = {"like": like, "home": home, "limit": limit, "start": start}
    for n, word in enumerate(words):
        called = [kind for kind, label in kinds.items() if word.casefold() in label.casefold()]
        values |= {f"like_{n}": like[n], f"called_{n}": called}
    # Word by word, so that each is looked up in the indexes of names and kinds.
    each = [
        f"(a.name ilike :like_{n} or a.kind = any(cast(:called_{n} as text[])))" for n in range(len(words))
    ]
    query = _SEARCH.format(assets=" and ".join(each) or "true")
    return list(session.execute(text(query), values).mappings())
