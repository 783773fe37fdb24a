"""The catalogue: work types, kinds of assets, criteria with their reference points, funds and states.

It knows nothing about proposals or places; it reads the TOML files of webgis/catalogue once per process. Numbers that a
city decides live in those files with their source, never in code (method, first paragraph). What a city changed of them
on the page of administration is laid over the files for the time of a request or a job (`catalogue_changes`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from gis_core import slum
from gis_core.draws import Noise
from gis_core.households import Decay
from gis_core.on_foot import Rule
from gis_core.ranking import Criterion
from gis_core.value import ValueFunction
from webgis.planning.catalogues import type_points
from webgis.planning.catalogues.vocabulary import GROUPS, PRIVATE_SITE, STREETS, WATERWAYS, in_language

FOLDER = Path(__file__).resolve().parents[2] / "catalogue"


@dataclass(frozen=True)
class WorkType:
    """A kind of work: unit, geometry kinds (point, line, polygon), rupiah per unit, reach in metres.

    on_foot: whether the reach is counted along streets and gangs, not straight; nearest_way: whether it serves also
    the homes whose nearest street or gang it runs along (method 2.1); decay: how service falls off within the reach;
    improves: slum criterion -> efficiency 0..1; capacity: households
    one unit serves (None: no limit);
    served_by: kinds of assets that give the same service already; served_when: condition they need. life: years;
    upkeep: share of the cost each year; steepest: percent of slope it bears, None if slope does not matter;
    exposed: whether a flood at its place is a risk of it: not of water works, whose need it is (decision 9), nor of
    programmes that build nothing; network: what its ends should join (kinds of assets, "streets", "waterways"), empty
    if nothing; opens: "foot" or "motor", what a new way lets through, empty if it is none; least_fall: fall over
    length that its water needs, None if it carries none.
    price_source: where and when the price was paid; empty for an assumption. offered: whether it may be proposed anew.
    """

    key: str
    names: tuple[str, str]
    unit: str
    geometry: tuple[str, ...]
    unit_cost: int
    pillar: str
    reach: float
    on_foot: bool
    nearest_way: bool
    decay: Decay
    improves: Mapping[str, float]
    capacity: float | None
    served_by: tuple[str, ...]
    served_when: str | None
    life: float
    upkeep: float
    steepest: float | None
    exposed: bool
    network: tuple[str, ...]
    opens: str = ""
    least_fall: float | None = None
    price_source: str = ""
    offered: bool = True

    def name(self, lang: str) -> str:
        """The official name."""
        return in_language(self.names, lang)

    @property
    def service(self) -> str:
        """The service it gives: types that the same assets give count as one, so nobody is served twice."""
        return "+".join(sorted(self.served_by)) or self.key

    @property
    def private_site(self) -> bool:
        """Whether the work stands on a family's own plot."""
        return self.key in PRIVATE_SITE


@dataclass(frozen=True)
class AssetKind:
    """A kind of infrastructure asset."""

    key: str
    names: tuple[str, str]
    geometry: tuple[str, ...]

    def name(self, lang: str) -> str:
        """The official name."""
        return in_language(self.names, lang)


@dataclass(frozen=True)
class CriterionDef:
    """A criterion of the ranking: what gis_core needs, its names, unit, group and how far its values may be off.

    bases: work type with reference points of its own -> key of the basis they come from.
    """

    core: Criterion
    names: tuple[str, str]
    unit: str
    group: str
    noise: Noise | None
    bases: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The key of the criterion."""
        return self.core.id

    def name(self, lang: str) -> str:
        """The criterion in words."""
        return in_language(self.names, lang)


@dataclass(frozen=True)
class Overlap:
    """Criteria that say much the same, and the most they should weigh together; the first is the one to take away."""

    criteria: tuple[str, ...]
    most: float


@dataclass(frozen=True)
class Catalogue:
    """Everything at once; version is that of the criteria and goes into every ranking; discount_rate a year.

    way: how the way to works on foot is found; motor: classes of roads that cars use; height_sigma: standard error of
    the height raster in metres. change: number of the city's last change of work types or weights, 0 while the files
    stand as they are. bases: key -> where reference points of a type come from, in Indonesian and English. own_points:
    criterion -> number of the reference point that is a kelurahan's own (`references`). veto: discordance above which a
    good work is told to be much worse on one criterion.
    """

    work_types: Mapping[str, WorkType]
    asset_kinds: Mapping[str, AssetKind]
    criteria: tuple[CriterionDef, ...]
    version: str
    discount_rate: float
    overlap: Overlap
    way: Rule
    motor: tuple[str, ...]
    height_sigma: float
    own_points: Mapping[str, int]
    veto: float
    bases: Mapping[str, tuple[str, str]]
    change: int = 0


_in_force: ContextVar[Catalogue | None] = ContextVar("catalogue", default=None)


def catalogue() -> Catalogue:
    """The catalogue in force. Raises ValueError for a file that breaks its own rules."""
    return _in_force.get() or of_files()


def put_in_force(changed: Catalogue | None) -> None:
    """Use this catalogue in this thread or task from now on; None: that of the files."""
    _in_force.set(changed)


def changed(
    number: int, work_types: Mapping[str, Mapping[str, Any]], weights: Mapping[str, float] | None
) -> Catalogue:
    """The catalogue of the files with what a city changed: work type -> {cost, source, offered}; all weights or None.

    A type or criterion that the files no longer have is left out; weights of other criteria than theirs do not count.
    """
    files = of_files()
    works = {
        key: replace(
            work, unit_cost=int(told["cost"]), price_source=str(told["source"]), offered=bool(told["offered"])
        )
        if (told := work_types.get(key))
        else work
        for key, work in files.work_types.items()
    }
    criteria = files.criteria
    if weights is not None and set(weights) == {item.id for item in criteria}:
        criteria = tuple(replace(item, core=replace(item.core, weight=weights[item.id])) for item in criteria)
    return replace(files, work_types=works, criteria=criteria, change=number)


@lru_cache(maxsize=1)
def of_files() -> Catalogue:
    """The catalogue as the files of this installation have it. Raises ValueError."""
    works = {key: _work_type(key, item) for key, item in read_table("work_types").items()}
    kinds = {
        key: AssetKind(key, (item["name_id"], item["name_en"]), tuple(item["geometry"]))
        for key, item in read_table("asset_kinds").items()
    }
    table = read_table("criteria")
    version, rate = str(table.pop("version")), float(table.pop("discount_rate"))
    sigma = float(table.pop("height_sigma"))
    overlap, veto = table.pop("overlap"), float(table.pop("veto"))
    walked = table.pop("way")
    motor, way = tuple(walked.pop("motor")), Rule(**walked)
    own = {key: int(item["own_point"]) for key, item in table.items() if "own_point" in item}
    bases = {key: (item["name_id"], item["name_en"]) for key, item in table.pop("bases").items()}
    criteria = tuple(_criterion(key, item, works, bases) for key, item in table.items())
    if strange := set(overlap["criteria"]) - {item.id for item in criteria}:
        raise ValueError(f"criteria.toml: overlap names unknown {', '.join(sorted(strange))}")
    for work in works.values():
        named = {*work.served_by, *work.network} - {STREETS, WATERWAYS}
        if work.decay not in get_args(Decay):
            raise ValueError(f"work_types.toml: {work.key} has the unknown decay {work.decay}")
        if strange := (named - set(kinds)) | (set(work.improves) - set(slum.CRITERIA)):
            raise ValueError(f"work_types.toml: {work.key} names unknown {', '.join(sorted(strange))}")
    same = Overlap(tuple(overlap["criteria"]), float(overlap["most"]))
    return Catalogue(works, kinds, criteria, version, rate, same, way, motor, sigma, own, veto, bases)


def basis_name(key: str, lang: str) -> str:
    """Where reference points of a type come from, in words."""
    return in_language(catalogue().bases[key], lang)


def weighed_name(key: str, lang: str) -> str:
    """A criterion or a group of them in words; anything else stays as it is."""
    if key in GROUPS:
        return in_language(GROUPS[key], lang)
    return next((item.name(lang) for item in catalogue().criteria if item.id == key), key)


def private_types() -> dict[str, tuple[str, int]]:
    """Works on family plots -> the name that stands for their titles where people's own words are not shown, and the
    usual rupiah for a family."""
    types = ((key, catalogue().work_types[key]) for key in sorted(PRIVATE_SITE))
    return {key: (kind.names[0], kind.unit_cost) for key, kind in types}


def read_table(name: str) -> dict[str, Any]:
    """A file of the catalogue as it stands."""
    with (FOLDER / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


def _work_type(key: str, item: Mapping[str, Any]) -> WorkType:
    return WorkType(
        key=key,
        names=(item["name_id"], item["name_en"]),
        unit=item["unit"],
        geometry=tuple(item["geometry"]),
        unit_cost=int(item["unit_cost"]),
        pillar=item["daya"],
        reach=float(item["reach"]),
        on_foot=item.get("on_foot", False),
        nearest_way=item.get("nearest_way", False),
        decay=item.get("decay", "binary"),
        improves=dict(item.get("improves", {})),
        capacity=item.get("capacity"),
        served_by=tuple(item.get("served_by", ())),
        served_when=item.get("served_when"),
        life=float(item["life"]),
        upkeep=float(item["upkeep"]),
        steepest=item.get("steepest"),
        exposed=item.get("exposed", "4a" not in item.get("improves", {})),
        network=tuple(item.get("network", ())),
        opens=item.get("opens", ""),
        least_fall=item.get("least_fall"),
        price_source=item.get("price_source", ""),
    )


def _criterion(
    key: str, item: Mapping[str, Any], works: Mapping[str, WorkType], bases: Collection[str]
) -> CriterionDef:
    value = ValueFunction([tuple(p) for p in item["points"]], item.get("scale", "linear"))
    services = {work.key: work.service for work in works.values()}
    own = type_points.read(key, item.get("of_type", {}), value, services, bases)
    core = Criterion(key, float(item["weight"]), value, item.get("missing", "zero"), None, item["group"], own)
    noise = Noise(**item["uncertain"]) if "uncertain" in item else None
    of_type = {kind: told["basis"] for kind, told in item.get("of_type", {}).items()}
    return CriterionDef(core, (item["name_id"], item["name_en"]), item["unit"], item["group"], noise, of_type)
