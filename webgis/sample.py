"""Loads the made-up city Kota Tirta Asri into a database that does not have it yet.

It knows nothing about how the city was made (`sample_layers/generate.py`) or how rows get in (`webgis.store.sample`).
What people changed is never overwritten: where the region 99.01 exists, nothing is done.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import URL

from webgis import settings as configuration
from webgis.settings import ROOT, BadSetting, Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from webgis.store.database import Database

FOLDER = ROOT / "sample_layers" / "data"
CITY = "99.01"
SOURCE = "Kota Tirta Asri (data contoh)"
UNFINISHED = "unfinished"
SURVEY_YEAR = 2026
RASTERS = (
    {"kind": "dem", "file": "dem.tif", "unit": "m", "threshold": None},
    {"kind": "flood", "file": "flood.tif", "unit": "m", "threshold": 0.3},
)
Tell = Callable[[int, str], None]


def load(
    url: str | URL,
    *,
    settings: Settings | None = None,
    folder: Path = FOLDER,
    force: bool = False,
    progress: Tell = lambda percent, message: None,
) -> bool:
    """Load the sample city, its accounts and its public poverty map. True if something was loaded.

    settings: where rasters go and whether this is production, where the city is refused (BadSetting).
    force: take the city out first if it is there, with everything made in it.
    """
    from webgis.planning.mapping.hazard_areas import draw_areas
    from webgis.store import sample as store
    from webgis.store.database import Database

    own = settings or configuration.read(
        {"DATABASE_URL": str(url)} if isinstance(url, str) else _environment(url)
    )
    if own.production:
        raise BadSetting("the sample city is refused where WEBGIS_ENV=production; import your own regions")
    db = Database(own.database_url, owner=True, pool_size=1)
    try:
        before = _put_in(db, own, folder, force, progress)
        # Also for a city that was loaded before there was a layer of hazards.
        with db.transaction(reason="sample city") as session:
            draw_areas(session, own.data_dir)
        if before == "done":
            return False
        progress(90, "poverty map")
        from webgis.planning.mapping.poverty import release_poverty

        release_poverty(db, own.poverty_months, correction="kota contoh")
        progress(95, "accounts")
        from webgis.auth.accounts import add_sample_accounts

        add_sample_accounts(db)
        with db.transaction() as session:
            store.remember_digest(session, digest(folder))
        return True
    finally:
        db.dispose()


def _put_in(db: Database, own: Settings, folder: Path, force: bool, progress: Tell) -> str:
    """Facts and rasters in one transaction: "done" if nothing is left to do, else "loaded"."""
    from webgis.store import sample as store

    with db.transaction(reason="sample city") as session:
        if not force and (seen := _seen(session)):
            return seen
        store.lock_loading(session)
        if not force and (seen := _seen(session)):
            return seen
        if store.has_region(session, CITY):
            store.remove_city(session, CITY)
        _copy_rasters(folder, own.data_dir)
        _load_layers(session, folder, progress)
        store.remember_digest(session, UNFINISHED)
    return "loaded"


def _seen(session: Session) -> str:
    """ "" for a database without the city; an earlier loading that was killed half-way is taken up again."""
    from webgis.store import sample as store

    before = store.loaded_digest(session)
    if before == UNFINISHED:
        return "loaded"
    return "done" if before or store.has_region(session, CITY) else ""


def digest(folder: Path = FOLDER) -> str:
    """One hash over the names and bytes of the sample files."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_layer(folder: Path, layer: str) -> list[dict[str, Any]]:
    """The features of one layer, none if the file is missing."""
    path = folder / f"{layer}.geojson.gz"
    if not path.exists():
        return []
    features: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["features"]
    return features


def _load_layers(session: Session, folder: Path, progress: Tell) -> None:
    from webgis.store import sample as store
    from webgis.store.database import household_scope

    with household_scope(session, "*"):
        for number, layer in enumerate(store.LAYER_TABLES):
            features = read_layer(folder, layer)
            progress(5 + 7 * number, f"{layer} ({len(features)})")
            if features:
                store.load_layer(session, layer, features, SOURCE)
    store.load_forums(session, read_layer(folder, "forums"))
    for raster in RASTERS:
        if (folder / str(raster["file"])).exists():
            store.add_raster(
                session, {**raster, "path": f"sample/{raster['file']}", "year": SURVEY_YEAR, "source": SOURCE}
            )
    store.analyze(session, store.LAYER_TABLES.values())


def _copy_rasters(folder: Path, data_dir: Path) -> None:
    """Into data_dir/sample, by a rename, so that a reader never sees half a file."""
    target = data_dir / "sample"
    target.mkdir(parents=True, exist_ok=True)
    for raster in RASTERS:
        origin = folder / str(raster["file"])
        if origin.exists():
            draft = target / f".{origin.name}.{id(raster)}"
            shutil.copyfile(origin, draft)
            draft.replace(target / origin.name)


def _environment(url: URL) -> dict[str, str]:
    return {"DATABASE_URL": url.render_as_string(hide_password=False)}
