"""Explanations in words: they add up, they say what the numbers say, and both languages exist."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gis_core import explain, firmness, sensitivity
from gis_core.explain import Part, Shown
from gis_core.robustness import Standing, Verdict, standing

NAMES = {"a": "air", "b": "biaya", "c": "lahan"}
LANGUAGES = ("id", "en")


@pytest.mark.parametrize("seed", range(200))
def test_shown_parts_add_up_to_shown_scores_and_differences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = []
    for _ in range(2):
        parts = rng.dirichlet(np.ones(3)) * rng.uniform(0, 100) * rng.choice([1, 0.01])
        found = explain.shown(dict(zip("abc", parts.tolist(), strict=True)), float(parts.sum()))
        assert sum(part.points for part in found.parts) == pytest.approx(found.total, abs=1e-9)
        assert abs(found.total - parts.sum()) <= 0.05 + 1e-6
        scores.append(found)
    found = explain.difference(*scores)
    assert sum(part.points for part in found.parts) == pytest.approx(found.total, abs=1e-9)
    assert [abs(part.points) for part in found.parts] == sorted(
        (abs(part.points) for part in found.parts), reverse=True
    )
    back = explain.difference(scores[1], scores[0])
    assert back.total == -found.total
    assert dict(back.parts) == {name: -points for name, points in found.parts}


@pytest.mark.parametrize("seed", range(100))
def test_at_the_weight_a_swap_names_the_two_are_level_and_beyond_it_they_have_changed_places(
    seed: int,
) -> None:
    rng = np.random.default_rng(seed)
    w, d = rng.dirichlet(np.ones(3)), rng.uniform(-1, 1, 3)
    for swap in explain.swaps("abc", w.tolist(), d):
        k = "abc".index(swap.criterion)
        sentence = explain.say_swap("A", "B", swap, NAMES, "en")
        told = re.search(r"(≥|≤) (\d+)%", sentence)
        assert told
        sign, at = told[1], int(told[2]) / 100
        assert (sign == "≥") == (swap.at >= w[k])
        for place, level in ((swap.at, True), (at, False)):
            moved = w * (1 - place) / (1 - w[k])
            moved[k] = place
            ahead = float(moved @ d) * np.sign(w @ d)
            assert abs(ahead) < 1e-9 if level else ahead < 0


@pytest.mark.parametrize(
    ("weights", "lead"),
    [
        (
            [0.5, 0.3, 0.2],
            [0.4, 0.0, 0.0],
        ),  # level on all but the first: at a weight of 0 they are level, no more
        (
            [0.5, 0.3, 0.2],
            [0.4, -0.2, 0.0],
        ),  # level on the third: with all weight on it they are level, no more
        ([0.5, 0.3, 0.2], [-0.4, 0.0, 0.0]),
    ],
)
def test_who_is_only_level_at_an_end_of_a_weight_changes_no_places(weights, lead):
    found = explain.swaps("abc", weights, lead)
    assert [swap.criterion for swap in found] == [name for name in "ab" if lead[1]]
    for swap in found:
        assert 0 < swap.at < 1


def test_a_swap_at_a_whole_percent_is_told_one_further_where_it_is_no_tie():
    # 0.3 x 0.7 = 0.7 x 0.3: level at 30%, turned round at 31.
    for now, told in ((0.2, "≥ 31%"), (0.4, "≤ 29%")):
        found = {swap.criterion: swap for swap in explain.swaps("ab", [now, 1 - now], [-0.7, 0.3])}
        assert found["a"].at == pytest.approx(0.3)
        assert told in explain.say_swap("A", "B", found["a"], NAMES, "en")


def test_no_lead_no_swap_and_a_dominated_one_is_told_so() -> None:
    assert explain.swaps("ab", [0.5, 0.5], [0.2, -0.2]) == ()
    assert explain.swaps("ab", [0.5, 0.5], [0.2, 0.1]) == ()
    assert sensitivity.smallest_moved_weight([0.5, 0.5], [0.2, 0.1]) is None
    assert "no criterion" in explain.say_no_swap("A", "B", "en", dominated=True)


def test_the_share_never_says_more_than_the_word() -> None:
    told = standing(3, [0.3, 0.3, 0.2999, 0.1001])
    assert (told.top, told.inside, told.verdict) == (3, True, "fairly_robust")
    assert (
        firmness.say_standing(told, "id")
        == "Cukup kokoh: berada di 3 besar pada 89\N{NO-BREAK SPACE}% kemungkinan bobot."
    )
    assert firmness.say_standing(told, "en") == "Fairly robust: in the top 3 for 89% of the possible weights."


def test_a_place_behind_the_last_line_is_judged_by_staying_behind_it() -> None:
    told = standing(4, [0, 0.02, 0.03, 0.95])
    assert (told.top, told.inside, told.verdict) == (3, False, "robust")
    assert "di luar 3 besar" in firmness.say_standing(told, "id")
    assert standing(1, [1.0]) == (1, True, 1.0, "robust")
    assert firmness.say_standing(standing(2, [0.4, 0.6]), "en").startswith("Fairly robust: stays below first")
    assert standing(4, [0.0] * 3 + [1.0] + [0.0] * 8).top == 5
    late = standing(15, [0.0] * 14 + [1.0, 0.0])
    assert (late.top, late.inside) == (5, False), "a line at 10 of 16 would say nothing"


def test_a_score_is_told_with_its_largest_parts_and_what_is_open() -> None:
    score = explain.shown({"a": 20.04, "b": 0.0, "c": 30.0}, 50.04)
    assert explain.say_score(score, NAMES, "id") == "Nilai 50,0 dari 100: lahan 30,0, air 20,0."
    assert explain.say_score(score, NAMES, "en", 50.04, 62.0).endswith("anything from 50.0 to 62.0.")
    assert "kriteria" in explain.say_score(explain.shown({"a": 0.0}, 0.0), NAMES, "id")


def test_the_leader_is_named_first_whichever_way_it_is_asked() -> None:
    found = Shown(2.5, (Part("a", 4.0), Part("b", -1.5), Part("c", 0.0)))
    assert (
        explain.say_difference("A", "B", found, 2.5, NAMES, "id")
        == "A unggul 2,5 atas B: air +4,0, biaya −1,5."
    )
    turned = Shown(-2.5, tuple(Part(name, -points) for name, points in found.parts))
    for lang in LANGUAGES:
        assert explain.say_difference("B", "A", turned, -2.5, NAMES, lang) == explain.say_difference(
            "A", "B", found, 2.5, NAMES, lang
        )
    assert "bernilai sama" in explain.say_difference("A", "B", Shown(0.0, ()), 0.0, NAMES, "id")
    narrow = Shown(0.0, (Part("a", 1.0), Part("b", -1.0)))
    assert explain.say_difference("A", "B", narrow, -0.02, NAMES, "en") == (
        "B leads A by less than 0.1: air −1.0, biaya +1.0."
    ), "who stands behind is not told that the scores are the same"


def test_what_would_raise_it_is_what_is_left_of_each_weight() -> None:
    found = explain.gains({"a": 0.2, "b": 0.5, "c": 0.3}, {"a": 5.0, "b": 50.0, "c": 10.0}, ["a", "b", "c"])
    assert found == (("c", 20.0), ("a", 15.0))
    assert explain.say_gains(found, NAMES, "en") == "What would raise it: lahan +20.0, air +15.0."
    assert explain.say_gains((), NAMES, "id") == ""


def test_every_sentence_stands_in_both_languages_with_the_same_holes() -> None:
    for indonesian, english in (*explain.WORDS.values(), *firmness.WORDS.values()):
        holes = [sorted(re.findall(r"\{\w+\}", text)) for text in (indonesian, english)]
        assert holes[0] == holes[1]


LAND = {"land": "Lahan"}


@pytest.mark.parametrize(
    ("top", "low", "high", "indonesian", "english"),
    [
        (3, 0.1234, 0.3199,
         "3 besar tetap sama selama bobot “Lahan” antara 12,4\xa0% dan 31,9\xa0% (sekarang 18\xa0%).",
         "The top 3 stay the same while the weight of “Lahan” is between 12.4% and 31.9% (now 18%)."),
        (1, 0, 0.3, "Tempat pertama tetap sama selama bobot “Lahan” paling banyak 30\xa0% (sekarang 18\xa0%).",
         "First place stays the same while the weight of “Lahan” is at most 30% (now 18%)."),
        (10, 0.05, 1, "10 besar tetap sama selama bobot “Lahan” paling sedikit 5\xa0% (sekarang 18\xa0%).",
         "The top 10 stay the same while the weight of “Lahan” is at least 5% (now 18%)."),
    ],
)  # fmt: skip
def test_a_range_of_weights_is_rounded_to_where_it_surely_holds(top, low, high, indonesian, english):
    span = explain.Span("land", 0.18, low, high)
    assert explain.say_stays(top, span, LAND, "id") == indonesian
    assert explain.say_stays(top, span, LAND, "en") == english


def test_what_first_place_takes_is_told_in_points_and_by_a_weight():
    span = explain.Span("land", 0.18, 0.31, 1.0)
    told = explain.say_to_first(4.24, span, LAND, "en")
    assert told == (
        "It is 4.2 points short of first place. It would be first with a weight of “Lahan” of at least 31% (now 18%)."
    )
    assert explain.say_to_first(4.24, None, {}, "id") == (
        "Untuk tempat pertama kurang 4,2 nilai. Tidak ada satu bobot yang, digeser sendiri, menjadikannya yang pertama."
    )
    assert explain.say_to_first(0.01, None, {}, "en").startswith("It is 0.1 points short")
    assert "wherever a single weight" in explain.say_stays_always(3, "en")


def test_neighbours_at_the_line_and_criteria_that_run_together_in_both_languages() -> None:
    assert "1.3% of all weight" in explain.say_line(3, "A", "B", 0.0121, "en"), (
        "rounded to where it surely holds"
    )
    assert "1,3\xa0% dari seluruh bobot" in explain.say_line(3, "A", "B", 0.0121, "id")
    assert "no weights lift “B” above “A”" in explain.say_line(3, "A", "B", None, "en")
    assert explain.say_line(3, "A", "B", 0.0, "en") == "Places 3 and 4: “A” and “B” have the same score."
    assert "rise and fall together over 12 proposals (ρ = 0.89)" in firmness.say_together(
        "X", "Y", 0.899, 12, "en"
    )
    assert "(ρ = −0,89)" in firmness.say_together("X", "Y", -0.899, 12, "id")
    held = Standing(3, True, 0.5, "weight_sensitive")
    assert firmness.say_without("X", held, "en").startswith(
        "Without “X” – sensitive to the weights: in the top 3 for 50%"
    )
    changed: list[tuple[str, Verdict, Verdict]] = [("A", "robust", "fairly_robust")]
    assert "“A” (kokoh → cukup kokoh)" in firmness.say_changed("X", changed, "id")
    assert "“X” and “Y” weigh 30% together, more than 20%" in firmness.say_overweight(
        ["X", "Y"], 0.3, 0.2, "en"
    )


def test_what_holds_whatever_the_weights_leaves_these_places():
    assert firmness.say_always(4, 2, 10, False, "en") == (
        "With any weights that keep the order of importance: always ahead of 4 proposals and behind 2, so its place is "
        "between 3 and 6."
    )
    assert "di bawah" not in firmness.say_always(9, 0, 15, False, "id")
    assert "selalu di bawah 2 usulan, jadi tempatnya antara 3 dan 5" in firmness.say_always(
        0, 2, 5, False, "id"
    )
    assert firmness.say_always(0, 0, 3, True, "id") == (
        "Dengan bobot dari para peserta tempatnya bisa di mana saja antara 1 dan 3."
    )
    assert firmness.say_pair_always("A", "B", False, "id").endswith("A tetap di atas B.")


def test_the_weights_that_suit_a_proposal_are_those_that_differ_most_from_the_ones_in_use():
    names = {"a": "A", "b": "B", "c": "C"}
    central, now = {"a": 0.5, "b": 0.2, "c": 0.3}, {"a": 0.4, "b": 0.305, "c": 0.295}
    assert firmness.say_suits(central, now, names, "en") == (
        "It is first mostly where “B” weighs 20% (now 30%), “A” weighs 50% (now 40%)."
    )
    assert firmness.say_suits(now, now, names, "id").endswith("di sekitar yang sekarang.")
