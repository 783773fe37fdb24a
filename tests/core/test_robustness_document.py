"""The `robustness` command: uncertain weights and data in, shares of draws out.

It knows nothing about how places are counted; that is tested with `robustness`. Golden values: smaa.json.
"""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest

from gis_core import __main__ as program
from gis_core import robustness_document
from gis_core.errors import BadInput

RISING = {"points": [[0, 0], [10, 1]]}


def identity_document(table, **changes):
    """Criteria c0, c1, … that take values as they are; alternatives a0, a1, …"""
    document = {
        "method": "value",
        "criteria": [{"id": f"c{j}", "value": "identity"} for j in range(len(table[0]))],
        "alternatives": [
            {"id": f"a{i}", "values": {f"c{j}": v for j, v in enumerate(row)}} for i, row in enumerate(table)
        ],
        "samples": 2000,
        "seed": 7,
        "weights": {"kind": "uniform"},
    }
    return document | changes


def two(**changes):
    """Two criteria with value functions, three alternatives, one with a gap."""
    document = {
        "criteria": [
            {"id": "need", "weight": 0.6, "value": RISING},
            {"id": "cost", "weight": 0.4, "value": {"points": [[1, 1], [100, 0]], "scale": "log10"}},
        ],
        "alternatives": [
            {"id": "a", "values": {"need": 5, "cost": 10}},
            {"id": "b", "values": {"need": 6, "cost": 12}},
            {"id": "c", "values": {"need": None, "cost": 10}},
        ],
        "samples": 3000,
        "seed": 1,
    }
    return document | changes


def test_reference_cases_through_the_command(vector):
    samples = 20_000
    for case in vector("smaa")["cases"]:
        found = robustness_document.run(identity_document(case["values"], samples=samples))
        assert set(found) == {
            "rank_acceptability", "central_weights", "confidence", "pairwise", "expected_rank"
        }  # fmt: skip
        json.dumps(found, allow_nan=False)
        ids = [f"a{i}" for i in range(len(case["values"]))]
        wanted = np.array(case["rank_acceptability"])
        error = np.abs(np.array([found["rank_acceptability"][i] for i in ids]) - wanted)
        assert (error <= 4 * np.sqrt(wanted * (1 - wanted) / samples) + 1e-12).all()
        pairs = np.array(case["pairwise_winning"])
        error = np.abs(np.array([[found["pairwise"][i][k] for k in ids] for i in ids]) - pairs)
        assert (error <= 4 * np.sqrt(pairs * (1 - pairs) / samples) + 1e-12).all()
        assert [found["expected_rank"][i] for i in ids] == pytest.approx(case["expected_rank"], abs=0.05)
        for name, central in zip(ids, case["central_weights"], strict=True):
            if central is None:
                assert found["central_weights"][name] is found["confidence"][name] is None
            else:
                assert found["central_weights"][name] == pytest.approx(central, abs=0.03)
                assert found["confidence"][name] == 1


def test_the_same_seed_gives_the_same_bytes_and_another_other_draws():
    first, again, other = (robustness_document.run(two(seed=s)) for s in (1, 1, 2))
    assert json.dumps(first) == json.dumps(again) != json.dumps(other)


def test_a_missing_value_is_drawn_evenly():
    found = robustness_document.run(identity_document([[0.75], [None]], samples=20_000))
    assert found["rank_acceptability"]["a0"] == pytest.approx([0.75, 0.25], abs=0.015)
    assert found["confidence"]["a0"] == pytest.approx(0.75, abs=0.015)


def test_a_shared_error_moves_all_alike_and_swaps_nobody():
    table = [[0.5], [0.4]]
    noise = {"low": -0.2, "high": 0.2}
    together = identity_document(table, noise={"c0": noise | {"shared": True}})
    apart = identity_document(table, noise={"c0": noise | {"shared": False}})
    assert robustness_document.run(together)["rank_acceptability"]["a0"] == [1, 0]
    assert robustness_document.run(apart)["rank_acceptability"]["a0"][0] == pytest.approx(0.72, abs=0.04)


def test_noise_moves_the_raw_value_and_may_be_relative():
    absolute = two(
        noise={"cost": {"low": 5, "high": 5}, "need": {"low": -1, "high": 3, "kind": "triangular"}}
    )
    relative = two(noise={"need": {"low": -0.9, "high": 0.9, "relative": True}})
    for document in (absolute, relative):
        share = robustness_document.run(document)["rank_acceptability"]
        assert sum(row[0] for row in share.values()) == pytest.approx(1)
        assert 0 < share["a"][0] < 1


@pytest.mark.parametrize(
    "weights",
    [
        {"kind": "ordinal"},
        {"kind": "ordinal", "ranks": [1, 2]},
        {"kind": "interval", "lower": [0.5, 0], "upper": [1, 0.5]},
        {"kind": "participants", "people": [[0.8, 0.2], [0.6, 0.4]]},
        {"kind": "participants", "people": [[0.8, 0.2]], "concentration": 500},
    ],
)
def test_weights_that_favour_the_first_criterion_favour_who_is_best_there(weights):
    criteria = [{"id": f"c{j}", "value": "identity", "weight": w} for j, w in enumerate((0.7, 0.3))]
    found = robustness_document.run(identity_document([[1, 0], [0, 1]], weights=weights, criteria=criteria))
    assert found["rank_acceptability"]["a0"][0] > 0.95
    assert found["central_weights"]["a0"][0] > 0.6


def test_who_fails_a_gate_is_left_out():
    document = two()
    document["alternatives"][1] = {**document["alternatives"][1], "gates": {"river": False, "land": None}}
    found = robustness_document.run(document)
    assert list(found["rank_acceptability"]) == list(found["pairwise"]) == ["a", "c"]
    assert len(found["rank_acceptability"]["a"]) == 2


def test_a_top_asks_for_that_share_only():
    whole = robustness_document.run(two())["rank_acceptability"]
    answer = robustness_document.run(two(top=2))
    assert list(answer) == ["top_acceptability"]
    wanted = {name: pytest.approx(sum(shares[:2])) for name, shares in whole.items()}
    assert answer["top_acceptability"] == wanted


def test_none_and_one():
    assert robustness_document.run(two(alternatives=[]))["rank_acceptability"] == {}
    one = robustness_document.run(two(alternatives=two()["alternatives"][:1]))
    assert one["rank_acceptability"] == {"a": [1]} and one["expected_rank"] == {"a": 1}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"method": "topsis"}, "/method"), ({"samples": 0}, "/samples"), ({"samples": 2.5}, "/samples"),
        ({"top": 0}, "/top"),
        ({"samples": 10**9}, "/samples"), ({"seed": -1}, "/seed"), ({"seed": "x"}, "/seed"),
        ({"criteria": []}, "/criteria"),
        ({"weights": {"kind": "guess"}}, "/weights/kind"), ({"weights": {"kind": "interval"}}, "/weights/lower"),
        ({"weights": {"kind": "ordinal", "ranks": [1]}}, "/weights/ranks"),
        ({"weights": {"kind": "interval", "lower": [0.6, 0.6], "upper": [1, 1]}}, "/weights/lower"),
        ({"weights": {"kind": "interval", "lower": [0.6, 0], "upper": [0.5, 1]}}, "/weights/upper/0"),
        ({"weights": {"kind": "participants", "people": []}}, "/weights/people"),
        ({"weights": {"kind": "participants", "people": [[1, 1]]}}, "/weights/people/0"),
        ({"weights": {"kind": "participants", "people": [[1]]}}, "/weights/people/0"),
        ({"weights": {"kind": "participants", "people": [[1, 0]], "concentration": 0}}, "/weights/concentration"),
        ({"weights": {"kind": "ordinal", "ranks": [1, 5]}}, "/weights/ranks/1"),
        ({"weights": {"sort": "uniform"}}, "/weights/sort"), ({"sample": 10}, "/sample"),
        ({"noise": {"price": {"low": 0, "high": 1}}}, "/noise/price"),
        ({"noise": {"cost": {"low": 0}}}, "/noise/cost/high"),
        ({"noise": {"cost": {"low": 2, "high": 1}}}, "/noise/cost/low"),
        ({"noise": {"cost": {"low": 0, "high": 1, "kind": "normal"}}}, "/noise/cost/kind"),
        ({"noise": {"cost": {"low": 0, "high": 1, "shared": 1}}}, "/noise/cost/shared"),
    ],
)  # fmt: skip
def test_bad_input_is_named(change, pointer):
    with pytest.raises(BadInput) as error:
        robustness_document.run(two(**change))
    assert error.value.pointer == pointer


def test_identity_takes_values_in_0_to_1_only():
    with pytest.raises(BadInput) as error:
        robustness_document.run(identity_document([[0.5], [1.5]]))
    assert error.value.pointer == "/alternatives/1/values/c0"
    document = copy.deepcopy(two())
    del document["criteria"][0]["weight"]
    with pytest.raises(BadInput) as error:
        robustness_document.run(document)
    assert error.value.pointer == "/criteria/0/weight"


@pytest.mark.parametrize(
    ("command", "document", "field", "wanted"),
    [
        ("robustness", identity_document([[0.5, 0.5]]), "expected_rank", {"a0": 1}),
        ("sensitivity", {"weights": [0.5, 0.5], "difference": [0.4, -0.2]}, "lead", pytest.approx(0.1)),
        ("inequality", {"x": [1, 2, 3, 4]}, "gini", pytest.approx(0.25)),
    ],
)
def test_the_program_knows_the_commands(command, document, field, wanted, tmp_path, capsys):
    path = tmp_path / "in.json"
    path.write_text(json.dumps(document))
    assert program.main([command, str(path)]) == 0
    assert json.loads(capsys.readouterr().out)[field] == wanted
