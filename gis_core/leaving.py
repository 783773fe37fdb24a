"""When an area is no longer slum, and how many hectares that takes off: the exit rules and luas pengurangan.

It knows nothing about works or years. Which rule holds is a setting of the city and must be told with every figure
(handbook 1.6): the band of the form in force, or KOTAKU's older one with a floor of service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gis_core import slum
from gis_core.errors import BadInput
from gis_core.rule_sets import PERMEN_14_2018, RuleSet

Bools = NDArray[np.bool_]

_WORST_SCORE: Final = 5
_KOTAKU_BELOW: Final = 19
_KOTAKU_DEFICIT: Final = 0.2
_SERVICES: Final = "23456"
"""Aspects that KOTAKU wants served: road, water, drainage, wastewater, solid waste."""


class Reduction(NamedTuple):
    """left (n,): slum before, and out by the rule after; hectares that left and hectares of slum that remain."""

    left: Bools
    reduced_ha: float
    remaining_ha: float


def _exit_2018(form: slum.Assessment, rules: RuleSet) -> Bools:
    """Total below the light band; the band is of the form of 2018 and says nothing about another's total."""
    if rules is not PERMEN_14_2018:
        raise BadInput(f"exit_2018 needs a form of {PERMEN_14_2018.name}, not {rules.name}", "/exit_rule")
    return np.asarray(_highest_total(form) < rules.bands[0])


def _exit_kotaku_2016(form: slum.Assessment, rules: RuleSet) -> Bools:
    """Total below 19 and at least 80 % service of five aspects; service is 1 - the aspect's mean share (our choice)."""
    columns = [list(rules.aspects).index(aspect) for aspect in _SERVICES]
    known = ~form.unknown[:, [code[0] in _SERVICES for code in rules.criteria]].any(axis=1)
    served = (form.aspects[:, columns] <= _KOTAKU_DEFICIT + 1e-9).all(axis=1)
    return np.asarray((_highest_total(form) < _KOTAKU_BELOW) & served & known)


def _highest_total(form: slum.Assessment) -> NDArray[np.int64]:
    """The total if every unknown criterion turned out as bad as can be: nobody leaves by what nobody surveyed."""
    return np.asarray(form.total + _WORST_SCORE * form.unknown.sum(axis=1))


EXIT_RULES: Final[Mapping[str, Callable[[slum.Assessment, RuleSet], Bools]]] = MappingProxyType(
    {
        "exit_2018": _exit_2018,
        "exit_kotaku_2016": _exit_kotaku_2016,
    }
)
"""Rule -> which of n forms are not slum by it."""


def out(form: slum.Assessment, rule: str, rules: RuleSet = PERMEN_14_2018) -> Bools:
    """Which of n areas (n,) are not slum by an exit rule; rules: those the form was filled in by.

    Raises BadInput for an unknown rule and for one that does not fit the form.
    """
    if rule not in EXIT_RULES:
        raise BadInput(f"must be one of {', '.join(EXIT_RULES)}", "/exit_rule")
    return EXIT_RULES[rule](form, rules)


def reduction(before: slum.Assessment, after: slum.Assessment, hectares: ArrayLike, rule: str) -> Reduction:
    """Luas pengurangan and sisa luas of n areas, which count with their whole verified area.

    before, after: forms of 16 criteria; hectares: (n,) >= 0. Slum is what is not out by the same rule. Raises
    BadInput for an unknown rule, areas that are missing or negative, and forms of different length.
    """
    area = np.asarray(hectares, dtype=np.float64)
    if not len(before.total) == len(after.total) == area.size:
        raise BadInput("before, after and hectares must be of one length", "/hectares")
    if not (np.isfinite(area) & (area >= 0)).all():
        raise BadInput("areas must be finite and not negative", "/hectares")
    was, is_out = ~out(before, rule), out(after, rule)
    left = was & is_out
    return Reduction(left, float(area[left].sum()), float(area[~is_out].sum()))
