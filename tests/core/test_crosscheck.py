"""TOPSIS, VIKOR and PROMETHEE II as cross-checks.

It knows nothing about the official score. Golden values: outranking_distance.json and rank_reversal.json
(published figures with their sources); properties 11 to 14 of the method's section 6.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_core.crosscheck import Preference, promethee, topsis, vikor
from gis_core.errors import BadInput

KINDS = {"I": "usual", "II": "u", "III": "v", "IV": "level", "V": "linear", "VI": "gaussian"}


def words(signs):
    return ["max" if s > 0 else "min" for s in signs]


@pytest.fixture(scope="module")
def cases(vector):
    return vector("outranking_distance")["cases"]


def test_reference_topsis(cases):
    chosen = [c for c in cases if c["method"].startswith("TOPSIS")]
    for case in chosen:
        arguments = case["matrix"], case["weights"], words(case["direction"])
        assert topsis(*arguments) == pytest.approx(case["computed"]["closeness"], abs=1e-9)
        if case["published"]:
            assert topsis(*arguments) == pytest.approx(case["published"]["closeness"], abs=5e-5)
        if "minmax_computed" in case:
            assert topsis(*arguments, "minmax") == pytest.approx(case["minmax_computed"], abs=1e-9)
    assert len(chosen) == 2


def test_reference_vikor(cases):
    chosen = [c for c in cases if c["method"].startswith("VIKOR")]
    for case in chosen:
        found = vikor(case["matrix"], case["weights"], words(case["direction"]))
        wanted = case["computed"]
        assert found.q == pytest.approx(wanted["Q"]) and found.s == pytest.approx(wanted["S"])
        assert found.r == pytest.approx(wanted["R"])
        assert found.acceptable_advantage == wanted["acceptable_advantage"]
        assert found.acceptable_stability == wanted["acceptable_stability"]
    assert len(chosen) == 2


def test_reference_promethee(cases):
    chosen = [c for c in cases if c["method"].startswith("PROMETHEE")]
    for case in chosen:
        functions = None
        if "functions" in case:
            functions = [
                Preference(KINDS[f["type"].split()[0]], **{k: v for k, v in f.items() if k != "type"})
                for f in case["functions"]
            ]
        flows = promethee(case["matrix"], case["weights"], words(case["direction"]), functions).sum(axis=1)
        wanted = case["computed"]["phi_net"] if "computed" in case else case["published"]["net_flow"]
        assert flows == pytest.approx(wanted, abs=1e-8)
    assert len(chosen) == 2


def test_a_dominated_dummy_does_turn_topsis_round(vector):
    for case in vector("rank_reversal")["cases"]:
        up = ["max"] * 3
        before = topsis(case["matrix"], case["weights"], up)
        after = topsis([*case["matrix"], case["added_dominated"]], case["weights"], up)
        assert before == pytest.approx(case["topsis_before"], abs=1e-7)
        assert after[:3] == pytest.approx(case["topsis_after"], abs=1e-7)
        assert np.argmax(before) != np.argmax(after)


def test_one_alternative_and_all_equal():
    for rows in (1, 4):
        X, w, up = np.full((rows, 2), 3.0), [0.5, 0.5], ["max", "min"]
        assert topsis(X, w, up).tolist() == [1] * rows
        assert vikor(X, w, up).q.tolist() == [0] * rows
        assert promethee(X, w, up).sum(axis=1).tolist() == [0] * rows


def test_no_alternative_gives_nothing():
    X = np.empty((0, 2))
    assert len(topsis(X, [0.5, 0.5], ["max", "max"])) == len(vikor(X, [0.5, 0.5], ["max", "max"]).q) == 0
    assert promethee(X, [0.5, 0.5], ["max", "max"]).shape == (0, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        {"type": "v"}, {"type": "linear", "q": 2, "p": 2}, {"type": "level", "q": 3, "p": 2}, {"type": "gaussian"},
        {"type": "steps"}, {"type": "u", "q": -1}, {"type": "v", "p": np.nan},
    ],
)  # fmt: skip
def test_impossible_preference_functions_are_refused(arguments):
    with pytest.raises(BadInput):
        Preference(**arguments)


def test_incomplete_or_misshapen_values_are_refused():
    with pytest.raises(BadInput) as error:
        topsis([[1, 2], [3, np.nan]], [0.5, 0.5], ["max", "max"])
    assert error.value.pointer == "/values/1/1"
    with pytest.raises(BadInput):
        vikor([[1, 2]], [1.0], ["max"])
    with pytest.raises(BadInput):
        vikor([[1.0]], [1.0], ["max"], v=2)
    with pytest.raises(BadInput):
        topsis([[1.0]], [1.0], ["max"], "sum")
    with pytest.raises(BadInput):
        promethee([[1.0]], [1.0], ["max"], [])


@st.composite
def problems(draw):
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    cells = draw(st.lists(st.integers(1, 1000), min_size=n * m, max_size=n * m))
    raw = np.array(draw(st.lists(st.integers(1, 20), min_size=m, max_size=m)), dtype=float)
    return (
        np.array(cells, dtype=float).reshape(n, m),
        raw / raw.sum(),
        words(draw(st.lists(st.sampled_from([1, -1]), min_size=m, max_size=m))),
    )


PREFERENCES = st.sampled_from([
    Preference(), Preference("u", q=20), Preference("v", p=300), Preference("level", q=10, p=200),
    Preference("linear", q=10, p=200), Preference("gaussian", s=90),
])  # fmt: skip


@given(problems(), PREFERENCES)
def test_net_flows_sum_to_zero_within_one(problem, preference):
    flows = promethee(*problem, [preference] * problem[0].shape[1]).sum(axis=1)
    assert abs(flows.sum()) < 1e-9 and (np.abs(flows) <= 1 + 1e-9).all()


@given(problems())
def test_closeness_and_q_stay_between_zero_and_one(problem):
    for values in (topsis(*problem), topsis(*problem, "minmax"), vikor(*problem).q):
        assert ((values >= 0) & (values <= 1 + 1e-12)).all()


@given(problems(), st.floats(0.01, 100), st.floats(-50, 50))
def test_units_do_not_matter_to_topsis_and_origins_neither_to_vikor(problem, unit, origin):
    X, w, directions = problem
    scaled, shifted = X.copy(), X.copy()
    scaled[:, 0] *= unit
    shifted[:, 0] = shifted[:, 0] * unit + origin
    assert topsis(scaled, w, directions) == pytest.approx(topsis(X, w, directions), abs=1e-9)
    assert vikor(shifted, w, directions).s == pytest.approx(vikor(X, w, directions).s, abs=1e-7)
    assert vikor(shifted, w, directions).r == pytest.approx(vikor(X, w, directions).r, abs=1e-7)


@given(problems())
def test_what_dominates_all_others_is_first_everywhere(problem):
    X, w, directions = problem
    signs = np.array([1 if d == "max" else -1 for d in directions])
    best = signs * (X * signs).max(axis=0) + signs
    if (best == 0).all():
        return
    rows = np.vstack([best, X])
    assert np.argmax(topsis(rows, w, directions)) == 0
    assert np.argmin(vikor(rows, w, directions).q) == 0
    assert np.argmax(promethee(rows, w, directions).sum(axis=1)) == 0
