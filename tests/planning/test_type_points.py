"""Reference points of a work type: where each number comes from, what is refused at load, and what follows them."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from gis_core import rank_document
from gis_core.upkeep import present_value
from gis_core.value import ValueFunction
from tests.planning.conftest import KELURAHAN, actor
from webgis.planning.catalogues import catalogue as catalogue_module
from webgis.planning.catalogues import type_points
from webgis.planning.catalogues.catalogue import WorkType, catalogue, of_files
from webgis.planning.judging import plan_homes, scoring
from webgis.planning.judging.desk import Desk
from webgis.planning.ranking.explanation import explain
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.settings import ROOT
from webgis.store.database import Database

ROAD_M, DRAIN_M, PER_HA, GRANT = 3.1, 2.1, 66.0, 750e6
"""Metres to a household, households on a hectare, and rupiah, as the words of the bases have them."""
COST = next(item for item in of_files().criteria if item.id == "cost_per_poor")
PEOPLE = next(item for item in of_files().criteria if item.id == "poor_served")


def two_digits(x: float) -> float:
    return float(f"{x:.2g}")


def least_cost(work: WorkType) -> tuple[float, str]:
    """Rupiah of a unit over its life for each household it can serve, if all are poor, and by which basis."""
    whole = work.unit_cost * (1 + present_value(work.upkeep, work.life, catalogue().discount_rate))
    if work.unit == "m":
        return whole * (DRAIN_M if "drain" in work.network else ROAD_M), "frontage"
    if work.capacity is not None or work.unit == "house":
        return whole / (work.capacity or 1), "capacity"
    return whole / (PER_HA * math.pi * work.reach**2 / 10_000), "circle"


@pytest.mark.parametrize("work", of_files().work_types.values(), ids=lambda work: work.key)
def test_the_points_of_a_type_follow_from_its_unit_cost(work: WorkType) -> None:
    least, basis = least_cost(work)
    assert COST.bases[work.key] == basis
    assert COST.core.own[work.key].points == ((two_digits(least), 1.0), (10 * two_digits(least), 0.0))
    most = two_digits(GRANT / least)
    known = PEOPLE.core.own.get(work.key)
    if most >= 150:
        assert known is None, "a type that a grant could bring to 150 is judged by the points of all"
    else:
        assert known is not None
        assert known.points == (
            (0, 0),
            (round(most * 20 / 150), 0.4),
            (round(most * 60 / 150), 0.8),
            (most, 1),
        )


def test_the_words_of_the_bases_have_these_numbers() -> None:
    wanted = {
        "frontage": (f"{ROAD_M:g}", f"{DRAIN_M:g}"),
        "circle": (f"{PER_HA:g}",),
        "grant": ("750",),
        "capacity": (),
    }
    assert set(of_files().bases) == set(wanted)
    for key, numbers in wanted.items():
        indonesian, english = of_files().bases[key]
        for number in numbers:
            assert number.replace(".", ",") in indonesian and number in english


def test_the_document_has_the_points_of_every_type() -> None:
    document = (ROOT / "docs" / "method.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ((?:of all|0: 0).+) \|$", document, re.M))
    assert set(told) == set(of_files().work_types)

    def written(value: ValueFunction) -> str:
        return ", ".join(f"{x:.10g}: {v:g}" for x, v in value.points)

    for kind, row in told.items():
        people, cost, basis = row.split(" | ")
        own = PEOPLE.core.own.get(kind)
        assert people == (f"{written(own)} ({PEOPLE.bases[kind]})" if own else "of all")
        assert (cost, basis) == (written(COST.core.own[kind]), COST.bases[kind])


GOOD = {"points": [[0, 0], [12, 1]], "basis": "grant"}
SERVICES = {"mck": "mck", "tap": "water", "borehole": "water"}


@pytest.mark.parametrize(
    ("criterion", "table", "said"),
    [
        ("land", {"mck": GOOD}, "only poor_served and cost_per_poor may have of_type, not land"),
        ("poor_served", {"mkc": GOOD}, "poor_served.of_type names unknown work types: mkc"),
        ("poor_served", {"mck": {"points": GOOD["points"]}}, "mck must have points and basis, .* it has points"),
        ("poor_served", {"mck": GOOD | {"scale": "log10"}}, "nothing else; it has basis, points, scale"),
        ("poor_served", {"mck": GOOD | {"basis": "guess"}}, "mck has the unknown basis guess; known: grant"),
        ("poor_served", {"mck": GOOD | {"points": [[0, 0], [12, 0.9]]}}, "mck.points: .*must reach 0 and 1"),
        ("poor_served", {"mck": GOOD | {"points": [[0, 0], [0, 1]]}}, "mck.points: .*strictly rise"),
        ("poor_served", {"mck": GOOD | {"points": [[0, 0], ["many", 1]]}}, "mck.points: .*many"),
        ("poor_served", {"mck": GOOD | {"points": [0, 12]}}, "mck.points: "),
        ("poor_served", {"mck": GOOD | {"points": [[0, 1], [12, 0]]}}, "values must rise with the quantity"),
        ("poor_served", {"mck": GOOD | {"points": [[3, 0], [12, 1]]}}, "must begin at 0 with value 0"),
        ("poor_served", {"tap": GOOD}, "tap and borehole give the same service, .* not 12 and 150"),
    ],
)  # fmt: skip
def test_points_that_cannot_be_are_refused_with_their_place(
    criterion: str, table: dict[str, Any], said: str
) -> None:
    of_all = ValueFunction([(0, 0), (150, 1)])
    with pytest.raises(ValueError, match=rf"criteria\.toml: .*{said}"):
        type_points.read(criterion, table, of_all, SERVICES, {"grant"})


def test_the_file_is_checked_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = catalogue_module.read_table

    def spoiled(name: str) -> dict[str, Any]:
        table = read(name)
        if name == "criteria":
            table["poor_served"]["of_type"]["drain_new"] = GOOD
        return table

    monkeypatch.setattr(catalogue_module, "read_table", spoiled)
    with pytest.raises(ValueError, match="drain_new and drain_repair give the same service"):
        of_files.__wrapped__()


def test_a_run_and_its_explanation_read_each_work_by_the_points_of_its_type(
    shared_db: Database, desk: Desk
) -> None:
    planner = actor(shared_db, "planner")
    run = rank_kelurahan(shared_db, desk, planner, KELURAHAN, keep=False)
    seen = set()
    for row in run["ranking"]:
        for item in (PEOPLE, COST):
            raw = row["values"][item.id]
            if raw is None:
                continue
            value = float(item.core.as_of(row["work_type"]).value(raw))
            weight = row["effective_weights"][item.id]
            assert row["contributions"][item.id] == pytest.approx(100 * weight * value), row["title"]
            seen |= {row["work_type"]} if row["work_type"] in item.core.own else set()
    assert len(seen) > 5
    dear = next(row for row in run["ranking"] if row["work_type"] in PEOPLE.core.own)
    steps = {step.criterion.id: step for step in explain(shared_db, desk, planner, dear["id"]).steps}
    assert steps["poor_served"].criterion.core.value == PEOPLE.core.own[dear["work_type"]]
    assert steps["poor_served"].points == pytest.approx(dear["contributions"]["poor_served"])


def test_the_program_gives_the_scores_of_the_application(shared_db: Database, desk: Desk) -> None:
    """A run as a document of `python -m gis_core rank`, reference points of types in the shape of criteria.toml."""
    run = rank_kelurahan(shared_db, desk, actor(shared_db, "planner"), KELURAHAN, keep=False)

    def points(value: ValueFunction) -> list[list[float]]:
        return [list(point) for point in value.points]

    criteria = [
        {
            "id": item.id, "weight": run["weights"][item.id], "group": item.core.group,
            "value": {
                "points": run["own_points"].get(item.id) or points(item.core.value), "scale": item.core.value.scale,
            },
            "missing": "zero" if item.core.missing == "zero" else {"baseline": item.core.missing},
            "of_type": {
                kind: {"points": points(value), "basis": item.bases[kind]} for kind, value in item.core.own.items()
            },
        }
        for item in of_files().criteria
    ]  # fmt: skip
    works = [
        {
            "id": row["id"], "work_type": row["work_type"], "not_asked": row["waived"],
            "values": {k: v for k, v in row["values"].items() if k not in row["waived"]},
            "gates": dict.fromkeys(row["gates_failed"], False),
        }
        for row in run["ranking"]
    ]  # fmt: skip
    answer = rank_document.run({"criteria": criteria, "alternatives": works})
    found = {row["id"]: (row["rank"], row["score"]) for row in answer["ranking"]}
    assert found == {row["id"]: (row["rank"], pytest.approx(row["score"])) for row in run["ranking"]}
    read = {name for names in answer["details"]["read_by_type"].values() for name in names}
    assert read == {"poor_served", "cost_per_poor"}


def test_a_plan_weighs_a_household_by_the_last_point_of_its_service() -> None:
    worth = plan_homes.worth_of(scoring.criteria(None))
    mck = of_files().work_types["mck"]
    assert worth.of_service[mck.service] == pytest.approx(150 / PEOPLE.core.own["mck"].points[-1][0])
    assert of_files().work_types["drain_new"].service not in worth.of_service
