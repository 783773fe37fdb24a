"""A slum form in public: no group below five can be read or worked out, and nothing more is hidden than that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from gis_core import slum
from tests.planning.conftest import KELURAHAN, NEXT_DOOR
from webgis.planning.access import PUBLIC, Actor, Role
from webgis.planning.mapping import slums
from webgis.planning.mapping.slum_privacy import NOTHING, for_the_public, shown_to
from webgis.planning.mapping.slum_sums import PEOPLE, Kept
from webgis.planning.mapping.slum_treatment import ITEMS, POINTS, treatment
from webgis.planning.mapping.slums import Criterion, Form
from webgis.store.database import Database

QUANTITIES = {
    "area_verified_ha": 1.0, "buildings": 40.0, "persons": 160.0, "households": 40.0, "road_ideal_m": 200.0,
    "drain_ideal_m": 200.0,
}  # fmt: skip


CODES = [code for code in slum.CRITERIA if slum.BASES[code] in PEOPLE]


def form(volumes: dict[str, float], **quantities: float) -> Form:
    bases = QUANTITIES | quantities
    table = np.array([[volumes.get(code, 0.0) for code in slum.CRITERIA]])
    shares = slum.shares(table, {name: [value] for name, value in bases.items()})
    made = slum.assess(shares)
    lines = tuple(
        Criterion(
            code, float(table[0, j]), bases[slum.BASES[code]], float(shares[0, j]), int(made.scores[0, j])
        )
        for j, code in enumerate(slum.CRITERIA)
    )
    return Form(
        "1", 2026, lines, dict(zip(slum.ASPECTS, made.aspects[0].tolist(), strict=True)), float(made.mean[0]),
        int(made.total[0]), str(made.grade[0]), (), bases, {}, None, None,
        treatment(str(made.grade[0]), {}, None, None), False, "uji", None, 1,
    )  # fmt: skip


def line(found: Form, code: str) -> Criterion:
    return next(item for item in found.lines if item.code == code)


def test_small_groups_and_small_rests_are_hidden_with_what_they_enter() -> None:
    found = for_the_public(form({"3a": 3.0, "5a": 38.0, "6a": 20.0, "2a": 3.0}))
    for code in ("3a", "5a"):
        assert (line(found, code).volume, line(found, code).share) == (None, None)
    assert found.aspects["3"] is None
    assert found.aspects["5"] is None
    assert found.mean is None
    assert line(found, "6a").volume == 20.0
    assert line(found, "2a").volume == 3.0, "metres tell of nobody"
    assert line(found, "6b").volume is None, "none at all looks like a few"
    assert found.total == form({"3a": 3.0, "5a": 38.0, "6a": 20.0, "2a": 3.0}).total


def test_a_form_without_small_groups_is_whole() -> None:
    whole = form(dict.fromkeys(CODES, 12.0))
    assert for_the_public(whole) == whole


def test_an_rt_of_few_homes_tells_no_base() -> None:
    found = for_the_public(form({"3a": 8.0}, households=19.0, persons=71.0))
    assert found.quantities["households"] is None
    assert found.quantities["persons"] is None
    assert line(found, "5a").base is None
    assert found.quantities["buildings"] == 40.0


def test_few_people_are_not_told_where_nobody_counted_homes() -> None:
    whole = form({})
    unknown = tuple(replace(one, volume=None, base=None, share=None) for one in whole.lines)
    for persons, told in ((19.0, None), (20.0, 20.0)):
        quantities = {"persons": persons, "households": None, "buildings": None}
        found = for_the_public(replace(whole, lines=unknown, quantities=quantities))
        assert found.quantities["persons"] == told


def test_only_those_who_see_the_workspace_read_it_whole(shared_db: Database) -> None:
    planner = Actor("1", "Sri", "", (Role("planner", KELURAHAN),))
    code = slums.slum_areas(shared_db, KELURAHAN)[0].code
    area = slums.profile(shared_db, code)
    few = next(one.code for one in area.forms[-1].lines if one.code in CODES and (one.volume or 0) < 5)
    assert shown_to(shared_db, planner, area) == area
    for other in (PUBLIC, Actor("2", "Mitra", "", (Role("partner", "99.01"),))):
        assert line(shown_to(shared_db, other, area).forms[-1], few).volume is None
    for beside in (replace(area, kelurahan=NEXT_DOOR), replace(area, kelurahan=None)):
        assert line(shown_to(shared_db, planner, beside).forms[-1], few).volume is None


def test_a_kawasan_beside_its_rt_tells_of_homes_only_points() -> None:
    whole = form(dict.fromkeys(slum.CRITERIA, 12.0))
    told = for_the_public(whole, NOTHING, above=True)
    assert (told.total, told.grade) == (whole.total, whole.grade)
    for before, after in zip(whole.lines, told.lines, strict=True):
        assert after.score == before.score
        numbers = (after.volume, after.share, after.base)
        assert numbers == (
            (None,) * 3 if before.code in CODES else (before.volume, before.share, before.base)
        )
    assert (told.quantities["households"], told.quantities["buildings"], told.mean) == (None, None, None)


def test_a_kawasan_tells_of_homes_only_points_where_a_place_inside_is_not_told(db: Database) -> None:
    area = replace(
        slums.profile(db, slums.slum_areas(db, KELURAHAN)[0].code), level="kawasan", kelurahan=NEXT_DOOR
    )
    area = replace(area, forms=(form(dict.fromkeys(slum.CRITERIA, 12.0)),))
    with db.transaction() as session:
        session.execute(text("delete from slum_assessment"))
        session.execute(
            text("update region set households = 50 where starts_with(code, :home)"), {"home": NEXT_DOOR}
        )
    assert line(shown_to(db, PUBLIC, area).forms[0], CODES[0]).volume == 12.0
    with db.transaction() as session:
        few = text("""
            update region set households = 4
            where code = (select min(code) from region where kind = 'rt' and starts_with(code, :home))
        """)
        session.execute(few, {"home": NEXT_DOOR})
    told = shown_to(db, PUBLIC, area).forms[0]
    assert (line(told, CODES[0]).volume, told.quantities["households"], told.total) == (
        None,
        None,
        area.forms[0].total,
    )


def test_what_is_kept_back_goes_with_all_that_tells_it() -> None:
    whole = replace(
        form({"2a": 200.0}),
        doubts=(
            {"criterion": "", "code": "total_differs", "given": "7", "computed": 5},
            {"criterion": "2a", "code": "x"},
        ),
        treatment=treatment("light", {item: max(POINTS[item]) for item in ITEMS}, True, True),
    )
    told = for_the_public(whole, Kept(frozenset({"6a"}), True, True, True))
    assert (told.total, told.grade, told.out, told.mean, line(told, "6a").score) == (None,) * 5
    assert (told.treatment.order, told.treatment.classification, told.treatment.pattern) == (None,) * 3
    assert told.treatment.points == whole.treatment.points
    assert [doubt["criterion"] for doubt in told.doubts] == ["2a"]
    assert line(told, "2a").score == 5


@pytest.mark.parametrize("code", CODES)
def test_every_hidden_volume_could_be_one_of_five_and_not_only_a_small_group(code: str) -> None:
    """Exact: all volumes of all bases, told apart by everything that is published of them."""
    alike: dict[object, set[tuple[int, int]]] = {}
    for base in range(1, 61):
        for volume in range(base + 1):
            whole = form({code: float(volume)}, **{slum.BASES[code]: float(base)})
            told = line(for_the_public(whole), code)
            alike.setdefault((told.volume, told.base, told.score), set()).add((volume, base))
    for could_be in alike.values():
        groups = ({volume for volume, _ in could_be}, {base - volume for volume, base in could_be})
        for group in groups:
            assert min(group) >= 5 or (0 in group and len(group) >= 5) or max(group) - min(group) >= 5, (
                could_be
            )


@given(
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 40).map(float)), st.integers(1, 40).map(float),
)  # fmt: skip
def test_nothing_hidden_can_be_worked_out(volumes: dict[str, float], households: float) -> None:
    whole = form(volumes, households=households)
    found = for_the_public(whole)
    for before, after in zip(whole.lines, found.lines, strict=True):
        if slum.BASES[before.code] not in PEOPLE:
            assert after == before
            continue
        volume, base = before.volume or 0.0, before.base or 0.0
        assert (after.volume is None) == (volume < 5 or base - volume < 5 or base < 20)
        assert (after.share is None) == (after.volume is None)
    for aspect, codes in slum.ASPECTS.items():
        hidden = any(line(found, code).volume is None for code in codes)
        assert (found.aspects[aspect] is None) == hidden
    assert (found.mean is None) == any(item.volume is None for item in found.lines)
