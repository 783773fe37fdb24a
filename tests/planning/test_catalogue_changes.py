"""What a city changes of the catalogue: who may, what cannot be, what old rankings keep, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.planning.conftest import KELURAHAN, actor
from tests.planning.test_proposals import a_draft
from webgis.planning.catalogues.catalogue import catalogue, of_files, put_in_force
from webgis.planning.effects import catalogue_changes
from webgis.planning.effects.catalogue_changes import Values, Wish, change, checked, in_force, list_changes
from webgis.planning.effects.catalogue_effects import effects
from webgis.planning.errors import BadDocument, Conflict, NotAllowed, NotFound
from webgis.planning.judging.desk import Desk
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan
from webgis.planning.proposals import proposals
from webgis.planning.ranking.ranking import rank_kelurahan
from webgis.store import chain, checks
from webgis.store.database import Database, household_scope

CITY = "99.01"
WHY = {"reason": "Harga baru", "source": "SHS 2026", "source_on": dt.date(2026, 1, 5)}


@pytest.fixture(autouse=True)
def files_afterwards() -> Iterator[None]:
    yield
    put_in_force(None)


def percents(**changed: str) -> dict[str, str]:
    return {item.id: f"{100 * item.core.weight:.10g}" for item in of_files().criteria} | changed


def priced(db: Database, cost: str = "900.000", seen: int = 0, key: str = "drain_new") -> int:
    return change(db, actor(db, "city", CITY), Wish(prices={key: cost}, seen=seen, **WHY))


def weighed(db: Database, seen: int = 0) -> int:
    wish = Wish(weights=percents(poor_served="8", slum_severity="20"), seen=seen, **WHY)
    return change(db, actor(db, "city", CITY), wish)


def codes(refused: pytest.ExceptionInfo[BadDocument]) -> set[tuple[str, str]]:
    return {(one.pointer, one.code) for one in refused.value.problems}


@pytest.mark.parametrize("role", ["planner", "facilitator", "reviewer", "partner"])
def test_others_may_not(db: Database, role: str) -> None:
    with pytest.raises(NotAllowed):
        change(db, actor(db, role, CITY), Wish(prices={"mck": "1"}, **WHY))
    with pytest.raises(NotAllowed):
        list_changes(db, actor(db, role, CITY))


def test_who_holds_a_part_of_the_city_reads_and_does_not_change(db: Database) -> None:
    part = actor(db, "admin", KELURAHAN)
    assert list_changes(db, part) == ()
    assert not catalogue_changes.may_change(db, part)
    with pytest.raises(NotAllowed):
        change(db, part, Wish(prices={"mck": "1"}, **WHY))


def test_a_price_makes_new_estimates_and_leaves_what_stands(db: Database) -> None:
    planner = actor(db, "planner")
    before = proposals.create_proposal(db, planner, replace(a_draft(db), cost=None))
    number = priced(db)
    with in_force(db):
        assert (catalogue().change, catalogue().version) == (number, of_files().version)
        work = catalogue().work_types["drain_new"]
        assert (work.unit_cost, work.price_source) == (900_000, "SHS 2026 (2026-01-05)")
        after = proposals.create_proposal(db, planner, replace(a_draft(db), cost=None, title="Kedua"))
        assert after.cost == round(after.volume * 900_000)
        assert proposals.get_proposal(db, planner, before.id).cost == before.cost
    assert catalogue() is of_files(), "only inside"


@pytest.mark.parametrize(
    "typed", ["0", "-5", "", "1,5", "12.34", "1e6", "abc", "1.000.000.000.001", "٣", "nan"]
)
def test_a_price_is_whole_rupiah_above_zero(db: Database, typed: str) -> None:
    with pytest.raises(BadDocument) as refused:
        priced(db, typed)
    assert codes(refused) == {("/prices/drain_new", "price_impossible")}
    assert list_changes(db, actor(db, "city", CITY)) == ()


@pytest.mark.parametrize("typed", ["900000", "900.000", "900,000", "Rp 900.000", " 900 000 "])
def test_a_price_is_read_as_people_write_it(db: Database, typed: str) -> None:
    values = checked(db, actor(db, "city", CITY), Wish(prices={"drain_new": typed}))
    assert values.work_types["drain_new"]["cost"] == 900_000


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"poor_served": "19"}, {("/weights", "percents_not_100")}),
        ({"poor_served": "-1"}, {("/weights/poor_served", "percent_impossible")}),
        (
            {"poor_served": "nan", "land": ""},
            {("/weights/poor_served", "percent_impossible"), ("/weights/land", "percent_impossible")},
        ),
        ({"poor_served": "Infinity"}, {("/weights/poor_served", "percent_impossible")}),
        ({"poor_served": "18.0001"}, {("/weights", "percents_not_100")}),
    ],
)  # fmt: skip
def test_weights_are_numbers_that_sum_to_100(db: Database, changed: Any, found: Any) -> None:
    with pytest.raises(BadDocument) as refused:
        change(db, actor(db, "city", CITY), Wish(weights=percents(**changed), **WHY))
    assert codes(refused) == found


def test_reason_source_and_day_are_asked_for(db: Database) -> None:
    city = actor(db, "city", CITY)
    with pytest.raises(BadDocument) as refused:
        change(db, city, Wish(prices={"mck": "95.000.000"}))
    assert {pointer for pointer, _ in codes(refused)} == {"/reason", "/source", "/source_on"}
    late = Wish(
        prices={"mck": "95.000.000"}, **(WHY | {"source_on": dt.date(2999, 1, 1), "reason": "x" * 501})
    )
    with pytest.raises(BadDocument) as refused:
        change(db, city, late)
    assert {pointer for pointer, _ in codes(refused)} == {"/reason", "/source_on"}


def test_who_comes_second_is_told(db: Database) -> None:
    priced(db)
    with pytest.raises(Conflict):
        priced(db, "910.000", seen=0)
    assert priced(db, "910.000", seen=1) == 2
    with pytest.raises(BadDocument) as refused:
        priced(db, "910.000", seen=2)
    assert codes(refused) == {("/change", "nothing_changes")}


def test_old_rankings_repeat_byte_for_byte(db: Database, desk: Desk) -> None:
    planner = actor(db, "planner")
    with in_force(db):
        old = rank_kelurahan(db, desk, planner, KELURAHAN)
    assert old["catalogue_change"] == 0
    weighed(db)
    priced(db, seen=1)
    with in_force(db):
        new = rank_kelurahan(db, desk, planner, KELURAHAN)
        again = rank_kelurahan(db, desk, planner, KELURAHAN, weights=old["weights"])
    assert (new["catalogue_change"], new["weights"]["slum_severity"]) == (2, 0.2)
    assert new["ranking"] != old["ranking"]
    assert repr(again["ranking"]) == repr(old["ranking"])
    city = actor(db, "city", CITY)
    assert change(db, city, Wish(back_to=0, seen=2, **WHY)) == 3
    with in_force(db):
        undone = rank_kelurahan(db, desk, planner, KELURAHAN)
    assert repr(undone["ranking"]) == repr(old["ranking"])
    assert change(db, city, Wish(back_to=2, seen=3, **WHY)) == 4
    with in_force(db):
        assert repr(rank_kelurahan(db, desk, planner, KELURAHAN)["ranking"]) == repr(new["ranking"])


def test_a_plan_names_the_change_it_was_made_under(db: Database, desk: Desk) -> None:
    weighed(db)
    wish = PlanWish(KELURAHAN, {"blm": (50_000_000, 0, 0)})
    with in_force(db):
        plan = make_plan(db, desk, actor(db, "planner"), wish)
    assert (plan["catalogue_change"], plan["weights"]["poor_served"]) == (1, 0.08)
    assert effects_plans(db, desk) == 1


def effects_plans(db: Database, desk: Desk) -> int:
    with in_force(db):
        return effects(db, desk, actor(db, "city", CITY), Values()).plans


def test_effects_are_those_that_follow(db: Database, desk: Desk) -> None:
    city = actor(db, "city", CITY)
    with in_force(db):
        before = rank_kelurahan(db, desk, city, KELURAHAN, keep=False)["ranking"]
        wish = Wish(weights=percents(poor_served="8", slum_severity="20"))
        told = effects(db, desk, city, checked(db, city, wish))
    assert told.prices == () and set(told.weights) == {"poor_served", "slum_severity"}
    weighed(db)
    with in_force(db):
        after = {row["id"]: row["rank"] for row in rank_kelurahan(db, desk, city, KELURAHAN)["ranking"]}
    moved = sum(row["rank"] is not None and row["rank"] != after[row["id"]] for row in before)
    assert moved > 0
    assert moved in {one.moved for one in told.moves}
    assert told.moved == sum(one.moved for one in told.moves)


def test_a_price_tells_whom_it_meets(db: Database, desk: Desk) -> None:
    estimated = proposals.create_proposal(db, actor(db, "planner"), replace(a_draft(db), cost=None))
    with in_force(db):
        city = actor(db, "city", CITY)
        values = checked(db, city, Wish(prices={"drain_new": "1.500.000"}))
        (told,) = effects(db, desk, city, values).prices
    assert (told.before, told.after) == (750_000, 1_500_000)
    assert 0 < told.estimated <= told.open
    assert told.difference >= round(estimated.volume * 750_000) - 1
    assert told.far_after >= told.far_before


def test_a_change_is_kept_for_ever_and_is_in_the_chain(db: Database, owner_of: Any) -> None:
    priced(db)
    with pytest.raises(DBAPIError), db.transaction() as session:
        session.execute(text("update catalogue_change set reason = 'x'"))
    owner = owner_of(db)
    with owner.transaction() as session:
        found = session.execute(
            text(
                "select action, reason, account_id is not null from revision where table_name = 'catalogue_change'"
            )
        ).all()
        assert [tuple(row) for row in found] == [("insert", "Harga baru", True)]
        assert chain.faults(session) == []
        with household_scope(session, "*"):
            assert checks.faults(session) == []
    with pytest.raises(DBAPIError), owner.transaction() as session:
        session.execute(text("delete from catalogue_change"))


@pytest.fixture
def owner_of() -> Iterator[Any]:
    """The same store with the owner's rights."""
    made: list[Database] = []

    def opened(db: Database) -> Database:
        made.append(Database(db.url, owner=True, pool_size=1))
        return made[-1]

    yield opened
    for one in made:
        one.dispose()


def test_there_is_nothing_to_go_back_to(db: Database) -> None:
    with pytest.raises(NotFound):
        change(db, actor(db, "city", CITY), Wish(back_to=7, **WHY))
    with pytest.raises(NotFound):
        change(db, actor(db, "city", CITY), Wish(prices={"palace": "5"}, **WHY))


def test_a_type_out_of_use_stays_where_it_is(db: Database, desk: Desk) -> None:
    city, planner = actor(db, "city", CITY), actor(db, "planner")
    draft = a_draft(db)
    old = proposals.create_proposal(db, planner, draft)
    price = f"{of_files().work_types['drain_new'].unit_cost}"
    wish = Wish(prices={"drain_new": price}, not_offered=frozenset({"drain_new"}), **WHY)
    with in_force(db):
        told = effects(db, desk, city, checked(db, city, wish))
        assert [(key, offered) for key, offered, _ in told.offered] == [
            ("drain_new", False)
        ] and not told.prices
    change(db, city, wish)
    with in_force(db):
        assert (
            catalogue().work_types["drain_new"].price_source
            == of_files().work_types["drain_new"].price_source
        )
        with pytest.raises(BadDocument) as refused:
            proposals.create_proposal(db, planner, draft)
        assert codes(refused) == {("/properties/work_type", "work_type_not_offered")}
        mended = proposals.replace_proposal(db, planner, old.id, replace(draft, title="Tetap"), old.version)
        other = proposals.replace_proposal(
            db, planner, old.id, replace(draft, work_type="drain_repair"), mended.version
        )
        with pytest.raises(BadDocument):
            proposals.replace_proposal(db, planner, old.id, draft, other.version)
