"""Relations between proposals: the bounds of each rule, order, circles by name.

It knows nothing about plans. The rules are section 2.8 of the method.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from gis_core import relations
from gis_core.errors import BadInput
from gis_core.relations import Near, Proposal, Relation, Rules

X, Y = 500_000.0, 9_200_000.0
RULES = Rules(
    incompatible=frozenset({frozenset({"park", "house"})}),
    before=(Near("drain", "paving", 3, 0.5), Near("pipe", "tap", 20)),
    synergy=(Near("lamp", "park", 30), Near("park", "lamp", 30)),
)


def line(x0, x1, y=0.0):
    return LineString([(X + x0, Y + y), (X + x1, Y + y)])


def square(x, side, y=0.0):
    return box(X + x, Y + y, X + x + side, Y + y + side)


def kinds(*proposals, rules=RULES):
    return [(r.kind, r.first, r.then) for r in relations.find(proposals, rules)]


@pytest.mark.parametrize(
    ("shift", "y", "same"), [(30, 5, True), (31, 5, False), (0, 5.1, False), (0, 0, True)]
)
def test_lines_are_twins_if_seventy_percent_of_the_shorter_runs_within_five_metres(shift, y, same):
    a, b = Proposal("a", "road", line(0, 200)), Proposal("b", "road", line(100 + shift, 200 + shift, y))
    expected = shift in (0,) and y <= 5 or (shift == 30)
    assert (kinds(a, b) == [("duplicate", "a", "b")]) == same == expected


def test_areas_are_twins_from_four_fifths_of_the_smaller():
    a = Proposal("a", "park", square(0, 20))
    assert kinds(a, Proposal("b", "park", box(X + 12, Y, X + 22, Y + 10))) == [("duplicate", "a", "b")]
    assert kinds(a, Proposal("b", "park", box(X + 12.5, Y, X + 22.5, Y + 10))) == []
    assert kinds(a, Proposal("b", "road", square(0, 20))) == []


def test_points_far_apart_are_twins_if_they_serve_the_same_homes():
    a = Proposal("a", "tap", Point(X, Y), frozenset(range(10)))
    assert kinds(a, Proposal("b", "tap", Point(X + 90, Y), frozenset(range(2, 12)))) == [
        ("duplicate", "a", "b")
    ]
    assert kinds(a, Proposal("b", "tap", Point(X + 90, Y), frozenset(range(3, 13)))) == []


def test_incompatible_types_may_touch_by_two_square_metres():
    park = Proposal("p", "park", square(0, 20))
    house = lambda overlap: Proposal("h", "house", box(X + 20 - overlap, Y, X + 30, Y + 10))  # noqa: E731
    assert kinds(park, house(0.2)) == []
    assert relations.find([park, house(0.3)], RULES)[0] == Relation(
        "conflict", "p", "h", pytest.approx(3, rel=1e-6)
    )


def test_a_drain_comes_before_the_paving_of_its_segment_and_a_pipe_before_its_tap():
    drain, paving = Proposal("d", "drain", line(0, 60)), Proposal("p", "paving", line(0, 100, 2))
    assert kinds(paving, drain) == [("dependency", "d", "p")]
    assert kinds(paving, Proposal("d", "drain", line(0, 40))) == []
    pipe = Proposal("i", "pipe", line(0, 50))
    assert kinds(pipe, Proposal("t", "tap", Point(X + 70, Y))) == [("dependency", "i", "t")]
    assert kinds(pipe, Proposal("t", "tap", Point(X + 70.1, Y))) == []


def test_neighbours_that_help_each_other_are_only_suggested():
    found = kinds(Proposal("l", "lamp", Point(X - 10, Y)), Proposal("p", "park", square(0, 10)))
    assert ("synergy", "p", "l") in found and all(kind == "synergy" for kind, _, _ in found)


def test_a_circle_is_told_by_names():
    pairs = [("pipe", "tap"), ("tap", "drain"), ("drain", "road"), ("road", "tap")]
    found = [Relation("dependency", a, b, 1.0) for a, b in pairs]
    circle = relations.cycle(found)
    assert circle[0] == circle[-1] and set(circle) == {"tap", "drain", "road"}
    assert relations.cycle(found[:3]) == ()
    assert relations.cycle([Relation("duplicate", "a", "b", 1.0), Relation("duplicate", "b", "a", 1.0)]) == ()


def test_nothing_and_faults():
    assert (
        relations.find([], RULES) == () and relations.find([Proposal("a", "tap", Point(X, Y))], Rules()) == ()
    )
    with pytest.raises(BadInput) as error:
        relations.find([Proposal("a", "tap", Point(X, Y)), Proposal("a", "tap", Point(X, Y))], RULES)
    assert error.value.pointer == "/proposals/1/id"
    with pytest.raises(BadInput) as error:
        relations.find([Proposal("a", "road", LineString())], RULES)
    assert error.value.pointer.startswith("/proposals/0/footprint")


def test_points_within_ten_metres_are_one_place():
    assert relations.same_place(Point(X, Y), Point(X + 10, Y)) == 1
    assert relations.same_place(Point(X, Y), Point(X + 10.1, Y)) == 0
    assert relations.same_place(Point(X, Y), line(0, 10)) == 0


def test_points_of_one_kind_are_twins_by_place_alone():
    a, b = Proposal("a", "tap", Point(X, Y)), Proposal("b", "tap", Point(X + 9, Y))
    assert kinds(a, b, rules=Rules()) == [("duplicate", "a", "b")]


def test_an_outfall_comes_before_the_drain_that_needs_it():
    rules = Rules(before=(Near("drain", "drain", 5, at_outlet=True),))
    lower = Proposal("lower", "drain", line(100, 300))
    needs = Proposal("upper", "drain", line(0, 96), outlet=Point(X + 96, Y))
    assert kinds(lower, needs, rules=rules) == [("dependency", "lower", "upper")]
    joined = Proposal("upper", "drain", line(0, 96))
    assert kinds(lower, joined, rules=rules) == []


SHAPES = st.builds(
    lambda kind, x, y, size: {"park": square(x, size, y), "tap": Point(X + x, Y + y)}.get(
        kind, line(x, x + size, y)
    ),
    st.sampled_from(["park", "tap", "road"]),
    st.integers(0, 60),
    st.integers(0, 20),
    st.integers(5, 40),
)
WORKS = st.lists(
    st.tuples(
        st.sampled_from(["drain", "paving", "pipe", "park", "house"]),
        SHAPES,
        st.frozensets(st.integers(0, 6)),
    ),
    min_size=1,
    max_size=9,
)


@given(WORKS, st.data())
def test_relations_about_one_proposal_are_those_of_all_that_it_is_part_of(works, data):
    proposals = [Proposal(f"p{k}", *work) for k, work in enumerate(works)]
    name = data.draw(st.sampled_from(proposals)).id
    of_all = [r for r in relations.find(proposals, RULES) if name in (r.first, r.then)]
    assert list(relations.find(proposals, RULES, about=name)) == of_all


@given(SHAPES, st.lists(SHAPES, max_size=9))
def test_the_twin_among_others_is_the_first_at_the_same_place(shape, others):
    rows = [k for k, other in enumerate(others) if relations.same_place(shape, other)]
    assert relations.twin_among(shape, np.array(others, dtype=object)) == (rows[0] if rows else None)
