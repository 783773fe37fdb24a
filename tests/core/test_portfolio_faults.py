"""Portfolio problems that break a rule: the place of the fault, and circles by name.

It knows nothing about plans. The rules are section 5.2 and the edge cases of section 6 of the method.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from gis_core.errors import BadInput
from gis_core.portfolio import Problem, Work


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"years": 0}, "/years"), ({"funds": ("A", "A"), "budget": ((1,), (1,))}, "/funds/1"),
        ({"budget": ((1, 2),)}, "/budget/A"), ({"budget": ((-1,),)}, "/budget/A/0"),
        ({"works": (Work("w", -1),)}, "/works/0/cost"), ({"works": (Work("w", 0),)}, "/works/0/cost"),
        ({"works": (Work("w", 1, float("nan")),)}, "/works/0/value"),
        ({"works": (Work("w", 1, -1),)}, "/works/0/value"),
        ({"works": (Work("w", 1, earliest=0),)}, "/works/0/earliest"),
        ({"works": (Work("w", 1, covers=[0]),)}, "/works/0/covers/0"),
        ({"works": (Work("w", 1, share_cap={0: Fraction(2)}),)}, "/works/0/share_cap/A"),
        ({"weight": [-1]}, "/demand/0"), ({"zone_floor": {"z": 1.0}}, "/zone_floor/z"),
        ({"synergy": ((0, 0, 1.0),)}, "/synergy/0"), ({"precedence": ((0, 0),)}, "/precedence"),
        *(({"benefit_years": delta}, "/benefit_years") for delta in (0.0, -0.5, 1.5, float("nan"))),
    ],
)  # fmt: skip
def test_faults_are_named_by_place(change, pointer):
    given = {"years": 1, "funds": ("A",), "budget": ((5,),), "works": (Work("w", 1),)}
    with pytest.raises(BadInput) as error:
        Problem(**given | change)
    assert error.value.pointer == pointer


def test_a_circle_of_precedence_is_told_by_names():
    works = tuple(Work(n, 1) for n in ("pipe", "tap", "drain", "road"))
    with pytest.raises(BadInput, match="tap -> drain -> road -> tap"):
        Problem(1, (), (), works, precedence=((0, 1), (1, 2), (2, 3), (3, 1)))
