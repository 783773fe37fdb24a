"""docs/method.md says what the programme does: its tables are those of the catalogue, its example is computed here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest
from shapely.geometry import LineString

from gis_core import households, network, ranking, site, slum
from gis_core.ranking import display_parts, shown_score
from gis_core.upkeep import present_value
from webgis.planning.catalogues.catalogue import CriterionDef, catalogue
from webgis.planning.catalogues.plan_rules import plan_rules
from webgis.planning.catalogues.vocabulary import COFUNDING, LAND, MAINTENANCE, TECHNICAL
from webgis.planning.judging import gates
from webgis.settings import ROOT

DOCUMENT = (ROOT / "docs" / "method.md").read_text("utf-8")
WAIVED = {"flood", "slope"}
COST = 80_000_000
KIND = "drain_new"


def example() -> dict[str, float]:
    """The raw values of the drain of the document, from its own small numbers."""
    zone = [0] * 18 + [1] * 6
    weight = [1.0] * 24
    shares = [[0.0] * 16, [0.0] * 16]
    for code, there in (("4a", (0.4, 0.8)), ("4b", (0.5, 0.9))):
        for row, share in zip(shares, there, strict=True):
            row[slum.CRITERIA.index(code)] = share
    kind = catalogue().work_types[KIND]
    upkeep = present_value(kind.upkeep * COST, kind.life, catalogue().discount_rate)
    homes = households.Points([[4.0 * k, 10.0] for k in range(24)], weight, zone)
    need = [0.0] * 4 + [1.0] * 20
    line = LineString([(0, 0), (100, 0)])
    served = households.served(line, homes, kind.reach, need).total
    whole = site.cost_per_household(COST + round(upkeep), served)
    connected = network.connection(line, [LineString([(102, -50), (102, 50)])])
    severity = site.severity([24, 48], weight, zone)
    deficit = site.deficit(shares, ["4a", "4b"], weight, zone)
    assert None not in (whole, connected, severity, deficit)
    return {
        "slum_severity": severity or 0.0, "service_deficit": deficit or 0.0,
        "slum_reduction": site.predicted_delta([0.25], [0.2475], [300]),
        "poor_served": served, "poor_share": site.poor_share(served, 40, 0.4), "vulnerable_served": 25.0,
        "cost_per_poor": whole or 0.0, "swadaya": 8_000_000 / COST,
        "cofunding": COFUNDING["letter"] * 20_000_000 / COST, "land": float(LAND["signed"]),
        "technical": 3 / len(TECHNICAL), "maintenance": 2 / len(MAINTENANCE), "connection": connected or 0.0,
        "rembuk_priority": 33 / 55,
    }  # fmt: skip


def raw_of(criterion: CriterionDef) -> float:
    """The raw value, NaN where the question is not asked of a drain."""
    return example().get(criterion.id, math.nan)


def tables(heading: str) -> Iterator[list[str]]:
    """The rows of the table under a heading, without its head."""
    section = DOCUMENT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    for line in rows[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_criteria_are_those_of_the_catalogue() -> None:
    told = {row[0].strip("`"): row for row in tables("The criteria")}
    assert list(told) == [item.id for item in catalogue().criteria]
    for item in catalogue().criteria:
        _, name, _, points, missing, weight = told[item.id]
        assert name == item.names[1]
        assert points == ", ".join(f"{x:.10g}: {v:g}" for x, v in item.core.value.points)
        assert missing == f"{item.core.missing_value:g}"
        assert weight == f"{item.core.weight:.2f}"


def test_the_worked_example_adds_up_as_the_programme_adds() -> None:
    known = catalogue().criteria
    asked = [item.id not in WAIVED for item in known]
    values = [raw_of(item) for item in known]
    made = ranking.rank([item.core for item in known], ["drain"], [values], asked=[asked], kinds=[KIND])
    weights = dict(zip(made.criteria, made.effective[0].tolist(), strict=True))
    shown = display_parts(made.contributions[0], float(made.score[0]))
    rows = {row[0].strip("`"): row for row in tables("A worked example")}
    for item, points in zip(known, shown, strict=True):
        _, _, raw, value, weight, told = rows[item.id]
        assert (weight, told) == (f"{weights[item.id]:.2f}", f"{points:.1f}"), item.id
        if item.id in WAIVED:
            assert (raw, value, weight) == ("not asked", "–", "0.00")
        else:
            assert value == f"{float(item.core.as_of(KIND).value(raw_of(item))):.3f}", item.id
            assert float(raw.replace(" ", "")) == pytest.approx(raw_of(item), rel=5e-4), item.id
    total = shown_score(float(made.score[0]))
    assert rows["**score**"][-1] == f"**{total:.1f}**"
    assert sum(float(rows[item.id][-1]) for item in known) == pytest.approx(total)


def test_the_conditions_have_the_numbers_of_the_catalogue() -> None:
    told = gates.table()
    section = DOCUMENT.split("## Conditions\n", 1)[1].split("\n## ", 1)[0]
    setback, wells, paket = told["river_setback"], told["well_distance"], told["funds"]["paket"]
    for wanted in (
        f"behind an embankment {setback['embankment']} m", f"by deeper water {setback['deeper']} m",
        *(f"{metres} m up to a depth of {depth} m" for depth, metres in setback["open"]),
        f"{wells['metres']} m from wells",
        f"{float(plan_rules().funds['paket'].least_co_funding):.0%}", f"{paket['swadaya']:.0%}", f"{paket['poor']:.0%}",
    ):  # fmt: skip
        assert wanted in section, wanted
    assert f"{catalogue().discount_rate:.0%} a year" in DOCUMENT
    assert f"at most {catalogue().way.near_m:g} m away" in DOCUMENT
    assert f"the straight line × {catalogue().way.detour:g} stands for the way" in DOCUMENT
    assert re.search(rf"Version {re.escape(catalogue().version)}\b", DOCUMENT)
