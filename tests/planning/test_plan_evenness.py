"""How evenly a plan reaches the RW and spends on them: sums that agree with its works, and who may read what."""

from __future__ import annotations

import pytest

from gis_core import inequality
from tests.planning.conftest import Planned, actor
from webgis.planning.plans import plans


def test_rupiah_follow_the_homes_a_work_serves_and_measures_split_by_rw(planned: Planned) -> None:
    plan = planned.plenty
    people = plan["households"]
    added = sum(rw["rupiah"] - rw["rupiah_before"] for rw in people["by_rw"])
    useful = sum(work["cost"] for work in plan["schedule"] if work["served"])
    # Works beside the border serve homes of no RT, too.
    assert 0.9 * useful < added <= useful + len(people["by_rw"])
    newly = people["reached"] - people["reached_before"]
    assert people["rupiah_per_reached"] == round(sum(work["cost"] for work in plan["schedule"]) / newly)
    there = [rw for rw in people["by_rw"] if rw["total"]]
    for name, key in (("reached", "reached"), ("rupiah", "rupiah")):
        measure = people["evenness"][name]["after"]
        shares, heads = [rw[key] / rw["total"] for rw in there], [rw["total"] for rw in there]
        assert measure["gini"] == pytest.approx(inequality.gini(shares, heads), abs=1e-6)
        assert measure["between"] == pytest.approx(inequality.theil(shares, heads), abs=1e-6)
        assert measure["between"] + measure["within"] == pytest.approx(measure["theil"])
        assert measure["within"] > 0
    assert people["gini"] == people["evenness"]["reached"]["after"]["gini"]


def test_officials_read_it_without_what_would_tell_of_single_homes(planned: Planned) -> None:
    told = plans.get_plan(planned.db, actor(planned.db, "city", "99.01"), planned.plenty["id"])["households"]
    assert told["evenness"]["rupiah"] is None
    assert told["evenness"]["reached"]["after"]["between"] is not None
    assert told["evenness"]["reached"]["after"]["within"] is None
    assert {rw["rupiah"] for rw in told["by_rw"]} == {None}
