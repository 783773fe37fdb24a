"""From judgements to weights of the catalogue: ways, laws, inconsistency, and refusals at the guilty place."""

from __future__ import annotations

import random
from typing import Any

import pytest

from webgis.planning.catalogues.catalogue import catalogue
from webgis.planning.catalogues.vocabulary import GROUPS
from webgis.planning.errors import BadDocument
from webgis.planning.ranking.weighing import ALIKE, comparisons, pairs, weigh, weigh_together
from webgis.planning.sentences.messages import message

CRITERIA = [item.id for item in catalogue().criteria]


def judged(times: Any) -> dict[str, Any]:
    """A judgement for every pair, times(a, b) as much."""
    return {
        "pairs": [
            {"a": a, "b": b, "times": times(a, b)}
            for members in comparisons().values()
            for a, b in pairs(members)
        ]
    }


@pytest.mark.parametrize("seed", range(20))
def test_weights_sum_to_1_and_keep_the_order_of_what_was_said(seed: int) -> None:
    lot = random.Random(seed)
    points = {name: lot.randint(0, 100) for name in lot.sample(CRITERIA, 6)} | {CRITERIA[0]: 100}
    for way in ("swing", "direct"):
        found = weigh(way, {"points": points}).weights
        assert list(found) == CRITERIA
        assert sum(found.values()) == pytest.approx(1)
        for a in CRITERIA:
            for b in CRITERIA:
                assert found[a] * points.get(b, 0) == pytest.approx(found[b] * points.get(a, 0))
    ranks = {name: place for place, name in enumerate(lot.sample(CRITERIA, len(CRITERIA)), 1)}
    found = weigh("roc", {"ranks": ranks}).weights
    assert sum(found.values()) == pytest.approx(1)
    assert sorted(CRITERIA, key=lambda name: -found[name]) == sorted(CRITERIA, key=lambda name: ranks[name])


@pytest.mark.parametrize("seed", range(20))
def test_pairs_that_follow_from_weights_give_those_weights_back(seed: int) -> None:
    lot = random.Random(seed)
    strength = {name: lot.uniform(1, 3) for name in [*GROUPS, *CRITERIA]}
    found = weigh("ahp", judged(lambda a, b: strength[a] / strength[b]))
    assert found.consistent
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.again == ()
    assert sum(found.weights.values()) == pytest.approx(1)
    for item in catalogue().criteria:
        for other in catalogue().criteria:
            if item.group == other.group:
                ratio = strength[item.id] / strength[other.id]
                assert found.weights[item.id] / found.weights[other.id] == pytest.approx(ratio)


def test_circular_judgements_are_named_with_what_would_fit() -> None:
    circle = comparisons()["benefit"]
    wrong = {(circle[0], circle[1]): 5, (circle[1], circle[2]): 5, (circle[0], circle[2]): 1 / 5}
    found = weigh("ahp", judged(lambda a, b: wrong.get((a, b), 1)))
    assert not found.consistent
    assert found.consistency_ratio and found.consistency_ratio > 0.1
    assert len(found.again) == 3
    assert {one.a for one in found.again} | {one.b for one in found.again} <= set(circle)
    mended = {(one.a, one.b): one.fitting for one in found.again}
    told = weigh(
        "ahp", judged(lambda a, b: mended.get((a, b), 1 / mended.get((b, a), 1 / wrong.get((a, b), 1))))
    )
    assert told.consistency_ratio is not None and told.consistency_ratio < found.consistency_ratio


def test_no_comparison_has_more_members_than_pairs_allow() -> None:
    assert set(comparisons()[ALIKE]) == {item.group for item in catalogue().criteria} <= set(GROUPS)
    assert all(len(members) <= 9 for members in comparisons().values())


@pytest.mark.parametrize(
    ("way", "judgements", "pointer", "code"),
    [
        ("guess", {}, "/method", "unknown_way"),
        ("swing", {}, "/judgements/points", "judgements_missing"),
        ("swing", {"points": {}}, "/judgements/points", "judgements_missing"),
        ("swing", {"points": {"land": 0}}, "/judgements/points", "points_invalid"),
        ("direct", {"points": {"land": 5, "flood": -1}}, "/judgements/points/flood", "points_invalid"),
        ("direct", {"points": {"beauty/x": 5}}, "/judgements/points/beauty~1x", "weights_unknown"),
        ("roc", {"ranks": {"land": 0}}, "/judgements/ranks/land", "ranks_invalid"),
        ("ahp", {"pairs": [{"a": "land", "b": "flood", "times": 2}]}, "/judgements/pairs/0", "pair_unknown"),
        ("ahp", {"pairs": [{"a": "land", "b": "swadaya", "times": 2}]}, "/judgements/pairs", "pair_missing"),
        ("ahp", {"pairs": [{"a": "land", "b": "swadaya", "times": 10}]}, "/judgements/pairs/0/times",
         "times_out_of_range"),
        ("ahp", {"pairs": 2 * [{"a": "land", "b": "swadaya", "times": 2}]}, "/judgements/pairs/1", "pair_twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_weighed_is_refused_at_its_place(
    way: str, judgements: dict[str, Any], pointer: str, code: str
) -> None:
    with pytest.raises(BadDocument) as caught:
        weigh(way, judgements)
    problem = caught.value.problems[0]
    assert (problem.pointer, problem.code) == (pointer, code)
    for lang in ("id", "en"):
        assert "{" not in message(problem.code, problem.params, lang)
        assert message(problem.code, problem.params, lang) != problem.code


def test_pairs_are_named_in_words() -> None:
    told = message("pair_twice", {"a": "readiness", "b": "land"}, "en")
    assert told == "“Readiness” and “Land readiness” are compared twice."


def test_people_who_judged_by_pairs_are_put_together_by_geometric_means() -> None:
    """Twice and eight times as much are four times together; opposite judgements cancel."""
    found = weigh_together([judged(lambda a, b: 2), judged(lambda a, b: 8)])
    assert found.weights == pytest.approx(weigh("ahp", judged(lambda a, b: 4)).weights)
    assert found.consistency_ratio == pytest.approx(weigh("ahp", judged(lambda a, b: 4)).consistency_ratio)
    strength = {name: 1 + i / 10 for i, name in enumerate([*GROUPS, *CRITERIA])}
    sides = judged(lambda a, b: strength[a] / strength[b]), judged(lambda a, b: strength[b] / strength[a])
    assert weigh_together(sides).weights == pytest.approx(weigh("ahp", judged(lambda a, b: 1)).weights)
