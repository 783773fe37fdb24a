"""How many homes a place has: no answer to everybody tells of a place with one to four, also as a rest.

First an adversary who knows the rule and all that is told, over random trees of regions and forms; then every door.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from tests.privacy.test_canary import steady
from tests.privacy.test_exact_audit import Adversary, Terms, finds
from tests.web import HOME, Person, make_app, public, signed_in
from webgis.planning.mapping.home_counts import COUNTS, untold
from webgis.settings import database_url
from webgis.store.database import Database

Row = dict[str, Any]
MANY = 1_000


def place(code: str, parent: str | None, homes: int | None, form: int | None = None) -> Row:
    """A region as the store has it, with no counts but homes; form: homes by the form of an RT."""
    said = None if form is None else {"households": form}
    few = form is not None and form < 5
    return dict.fromkeys(COUNTS) | {
        "code": code, "parent": parent, "households": homes, "forms": said, "few": few,
    }  # fmt: skip


def tree(seed: int) -> tuple[list[Row], dict[str, int]]:
    """A kota of two kelurahan with RW and RT, and the homes of each RT; not all of it is on record."""
    draw = random.Random(seed)
    homes: dict[str, int] = {}
    rows = []
    for kelurahan in ("a", "b"):
        for rw in range(draw.randint(1, 3)):
            for rt in range(draw.randint(1, 3)):
                code = f"k.{kelurahan}-{rw}-{rt}"
                homes[code] = draw.choice((0, 1, 3, 4, 5, 7, draw.randint(8, 40), draw.randint(20, 40)))
    inside = {code: code for code in homes}
    for depth in (1, 2):
        inside |= {code.rsplit("-", depth)[0]: "" for code in homes}
    for code in sorted({"k", *inside}):
        total = sum(
            count for rt, count in homes.items() if rt == code or code == "k" or rt.startswith(code + "-")
        )
        parent = None if code == "k" else code.rpartition("-")[0] or "k"
        known = total if draw.random() < 0.8 else None
        form = homes[code] if code in homes and draw.random() < 0.4 else None
        rows.append(place(code, parent, known, form))
    return rows, homes


def published(rows: list[Row], homes: dict[str, int]) -> Adversary:
    """What everybody reads: counts that are told, bases of forms from twenty on, and the rule that hides."""
    adversary = Adversary()
    back = untold(rows)
    for code in homes:
        adversary.knows({code: 1}, 0, MANY)
    for row in rows:
        code, told = row["code"], row["households"]
        terms = {rt: 1 for rt in homes if rt == code or code == "k" or rt.startswith(code + "-")}
        if told is not None and code not in back:
            adversary.knows(terms, told, told)
        if (form := (row["forms"] or {}).get("households")) is not None and form >= 20:
            adversary.knows(terms, form, form)
        if code in back and code in homes:
            adversary.knows(terms, 0, 4)
    return adversary


def groups(homes: dict[str, int]) -> list[Terms]:
    """Every RT, and RT together: those of an RW, of a kelurahan, and all but one of them."""
    together = [
        [rt for rt in homes if rt.startswith(code)]
        for code in {code.rsplit("-", n)[0] for code in homes for n in (1, 2)}
    ]
    sets = {(rt,) for rt in homes} | {tuple(one) for one in together}
    sets |= {tuple(rt for rt in one if rt != out) for one in together for out in one if len(one) > 1}
    sets |= set(itertools.combinations(homes, 2))
    return [dict.fromkeys(one, 1) for one in sorted(sets)]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_of_homes_tells_of_no_small_place(seed: int) -> None:
    rows, homes = tree(seed)
    assert finds(published(rows, homes), groups(homes)) == []


def test_without_the_rule_for_sums_a_small_place_is_a_rest() -> None:
    """The attack: the RT of three homes is hidden by itself only, and its RW tells it."""
    adversary = Adversary()
    adversary.knows({"a": 1, "b": 1}, 33, 33)
    adversary.knows({"a": 1}, 30, 30)
    adversary.knows({"b": 1}, 0, 4)
    assert finds(adversary, [{"b": 1}]) == [({"b": 1}, (3, 3))]


@pytest.mark.parametrize(
    ("rows", "back"),
    [
        ([("k", None, 60), ("k-1", "k", 30), ("k-2", "k", 30)], set()),
        ([("k", None, 33), ("k-1", "k", 30), ("k-2", "k", 3)], {"k", "k-2"}),
        ([("k", None, 30), ("k-1", "k", 30), ("k-2", "k", 0)], {"k", "k-2"}),  # else hidden means one to four
        ([("k", None, 33), ("k-1", "k", 30), ("k-2", "k", None)], {"k"}),
        ([("k", None, 33), ("k-1", "k", None), ("k-1-1", "k-1", 30), ("k-1-2", "k-1", None)], {"k"}),
        ([("k", None, 60), ("k-1", "k", None), ("k-2", "k", None)], set()),
        ([("k", None, 33), ("k-1", "k", None, 30), ("k-2", "k", None, 3)], {"k", "k-2"}),
        ([("k", None, 33), ("k-1", "k", 30), ("k-2", "k", 12, 3)], {"k", "k-2"}),
    ],
)
def test_a_small_count_keeps_back_the_sums_above_it_and_nothing_beside_it(
    rows: list[tuple[Any, ...]], back: set[str]
) -> None:
    assert untold([place(*row) for row in rows]) == back


SMALL: tuple[str, str] = (f"{HOME}-RW001-RT001", f"{HOME}-RW001")


@pytest.fixture(scope="module")
def town(test_databases: Any) -> Iterator[dict[str, Any]]:
    """The sample city with counts at every level, and an RT of three homes."""
    url = test_databases.new("sample")
    owner = Database(database_url(url), owner=True, pool_size=1)
    app = make_app(url)
    found = {
        "owner": owner, "app": app, "public": public(app), "partner": signed_in(app, "partner"),
        "planner": signed_in(app, "planner"),
    }  # fmt: skip
    with owner.transaction() as session:
        session.execute(
            text("update region set households = 50, population = 200, buildings = 45, persons = 190")
        )
    homes(found, 3)
    yield found
    owner.dispose()


def homes(town: dict[str, Any], count: int) -> None:
    """Give the small RT some homes, and the regions above it as many more."""
    with town["owner"].transaction() as session:
        session.execute(
            text("""
                update region set households = case when code = :small then :count else 500 + :count end,
                    population = case when code = :small then 4 * :count else 2000 + 4 * :count end
                where code = :small or starts_with(:small, code || '-') or starts_with(:small, code || '.')
            """),
            {"small": SMALL[0], "count": count},
        )


def listed(person: Person, code: str) -> Any:
    found = person.client.get("/api/v1/regions?limit=1000").json["features"]
    return next(one["properties"] for one in found if one["id"] == code)


def alone(person: Person, code: str) -> Any:
    return person.client.get(f"/api/v1/regions/{code}").json["properties"]


def beside(person: Person, code: str) -> Any:
    other = SMALL[0][:-1] + "2" if code == SMALL[0] else SMALL[0]
    found = person.client.get(f"/api/v1/regions/{other}/neighbours").json["features"]
    return next(one["properties"] for one in found if one["id"] == code)


def layer_of(code: str) -> str:
    return "rt" if "-RT" in code else "rw" if "-RW" in code else "kelurahan"


def in_csv(person: Person, code: str) -> Any:
    lines = csv.DictReader(io.StringIO(person.client.get(f"/api/v1/export/{layer_of(code)}.csv").text))
    found = next(one for one in lines if one["code"] == code)
    return {name: int(found[name]) if found[name] else None for name in COUNTS}


def in_geojson(person: Person, code: str) -> Any:
    found = person.client.get(f"/api/v1/export/{layer_of(code)}.geojson?kelurahan={HOME}").json["features"]
    return next(one["properties"] for one in found if one["id"] == code)


DOORS = {"list": listed, "alone": alone, "neighbours": beside, "csv": in_csv, "geojson": in_geojson}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_keeps_a_small_place_and_its_sums_from_those_without_a_role(
    town: dict[str, Any], door: str
) -> None:
    for code in (*SMALL, *([] if door == "neighbours" else [HOME])):
        whole = DOORS[door](town["planner"], code)
        assert whole["households"] == (3 if code == SMALL[0] else 503)
        for who in ("public", "partner"):
            told = DOORS[door](town[who], code)
            assert {told.get(name) for name in COUNTS} == {None}, (who, code)
            other = f"{HOME}-RW002" if door != "neighbours" else None
            assert other is None or DOORS[door](town[who], other)["households"] == 50


def test_the_history_of_a_region_tells_everybody_no_counts(town: dict[str, Any]) -> None:
    address = f"/api/v1/regions/{HOME}-RW002/history"
    assert "households" in town["planner"].client.get(address).text
    told = town["public"].client.get(address)
    assert told.status_code == 200
    assert not any(name in told.text for name in ("households", "population", "buildings", "persons"))


ASKED = (
    "/", f"/kelurahan/{HOME}", "/usulan", f"/api/v1/slum-areas?kelurahan={HOME}&limit=1000", "/panel/summary",
    *(f"/api/v1/regions?kind={kind}&limit=1000" for kind in ("kota", "kecamatan", "kelurahan", "rw", "rt")),
    *(f"/api/v1/regions/{code}{more}" for code in (*SMALL, HOME) for more in ("", "/history", "/neighbours")),
    *(f"/api/v1/export/{layer}.{form}" for layer in ("rt", "rw", "kelurahan") for form in ("xlsx", "parquet", "csv")),
    f"/map/{HOME}.html", "/tiles/rt/14/13094/8448.mvt",
)  # fmt: skip


def answers(town: dict[str, Any]) -> dict[str, bytes]:
    found = {}
    for address in ASKED:
        answer = town["public"].client.get(address)
        assert answer.status_code == 200, address
        found[address] = steady(answer.data)
    return found


def test_no_public_answer_moves_with_a_home_of_a_small_place(town: dict[str, Any]) -> None:
    """The differencing canary: one home less, without the marks that a row was written."""
    before = answers(town)
    with town["owner"].transaction() as session:
        session.execute(text("alter table region disable trigger user"))
    try:
        homes(town, 2)
        after = answers(town)
    finally:
        homes(town, 3)
        with town["owner"].transaction() as session:
            session.execute(text("alter table region enable trigger user"))
    assert [address for address in before if before[address] != after[address]] == []
