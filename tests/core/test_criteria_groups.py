"""Groups of criteria in documents of `rank` and `robustness`: what is not asked, what runs together, bounds."""

from __future__ import annotations

import pytest

from tests.core.program import RISING


def grouped_document():
    """Three criteria of which two are risks, and ten alternatives; the first is not asked about flood."""
    criteria = [
        {"id": name, "weight": weight, "value": RISING, "group": group}
        for name, weight, group in (("need", 0.5, "benefit"), ("flood", 0.2, "risk"), ("slope", 0.3, "risk"))
    ]
    rows = [{"id": f"p{i}", "values": {"need": i / 10, "flood": i / 10, "slope": 0.5}} for i in range(10)]
    rows[0] = {"id": "drain", "values": {"need": 0.4, "slope": 0.6}, "not_asked": ["flood"]}
    return {"method": "value", "criteria": criteria, "alternatives": rows}


def test_what_is_not_asked_gives_its_weight_to_its_group(ask):
    code, answer = ask("rank", grouped_document())
    assert code == 0
    drain = next(row for row in answer["ranking"] if row["id"] == "drain")
    assert drain["effective_weights"] == pytest.approx({"need": 0.5, "flood": 0, "slope": 0.5})
    assert (drain["score"], drain["low"], drain["completeness"]) == (pytest.approx(50), drain["score"], 1)
    assert answer["details"]["missing"] == {} and answer["details"]["missing_because"] == {
        "drain": {"flood": "not asked"}
    }
    assert sum("effective_weights" in row for row in answer["ranking"]) == 1


def test_criteria_that_run_together_are_named(ask):
    code, answer = ask("rank", grouped_document())
    wanted = [{"first": "need", "second": "flood", "rho": 1.0, "proposals": 9}]
    assert code == 0 and answer["details"]["double_counting"] == wanted
    assert ask("robustness", grouped_document() | {"samples": 10})[1]["double_counting"] == wanted


def test_places_are_told_without_a_criterion(ask):
    document = grouped_document() | {"samples": 500, "without": ["need", "flood"]}
    code, answer = ask("robustness", document)
    assert code == 0 and set(answer["without"]) == {"need", "flood"}
    with_all, apart = answer["rank_acceptability"], answer["without"]["need"]["rank_acceptability"]
    assert apart["drain"][0] > with_all["drain"][0], "its slope of 0.6 counts for more without the need"
    top = ask("robustness", document | {"top": 1})[1]
    assert top["without"]["need"]["top_acceptability"]["drain"] == pytest.approx(apart["drain"][0], abs=1e-9)
    alone = {**document, "criteria": [{"id": "need", "value": RISING}], "without": ["need"]}
    alone["alternatives"] = [{"id": "a", "values": {"need": 1}}]
    assert ask("robustness", alone)[1]["without"] == {"need": None}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda d: d["alternatives"][0].update(not_asked=["rain"]), "/alternatives/0/not_asked/0"),
        (lambda d: d["alternatives"][0].update(not_asked="flood"), "/alternatives/0/not_asked"),
        (lambda d: d["alternatives"][1].update(not_asked=["flood"]), "/alternatives/1/values/flood"),
        (lambda d: d["criteria"][0].update(group=3), "/criteria/0/group"),
        (lambda d: d.update(without=["rain"]), "/without/0"),
    ],
)
def test_faults_in_groups_and_what_is_not_asked_are_named(ask, change, pointer):
    document = grouped_document()
    change(document)
    code, answer = ask("robustness", document)
    assert (code, answer["error"]["pointer"]) == (2, pointer)


def test_bounds_of_weights_tell_how_many_weights_keep_them(ask):
    document = grouped_document() | {
        "samples": 400,
        "weights": {"kind": "interval", "lower": [0, 0, 0], "upper": [0.5, 1, 1]},
    }
    code, answer = ask("robustness", document)
    assert code == 0 and answer["weights_accepted"] == pytest.approx(0.75, abs=0.1)
