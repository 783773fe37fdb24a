"""Rows of an `assess` document as arrays: forms by criterion code, what stands beside them, and their groups.

It knows nothing about scores. Every complaint points at the member that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gis_core import slum
from gis_core.documents import a_finite, a_list, a_string, an_object, member, one_of, only
from gis_core.errors import BadInput, escape
from gis_core.leaving import EXIT_RULES
from gis_core.priority import CONSIDERATIONS, Considerations, Considered, Legality, consider
from gis_core.rule_sets import PERMEN_14_2018, RULE_SETS, RuleSet

Floats = NDArray[np.float64]
_BANDS: Final = ("medium", "high")
_BESIDE: Final = ("considerations", "legality")
_FORM: Final = ("shares", "volumes", "base", *_BESIDE)
_ROW: Final = ("id", "groups")
_PAIR: Final = (*_ROW, "before", "after", *_BESIDE)


@dataclass(frozen=True)
class Settings:
    """What a document says once for all rows: the form, the considerations and their bands, the exit rule."""

    rules: RuleSet
    considerations: Considerations
    exit_rule: str | None


class Beside(NamedTuple):
    """What stands beside a form: considerations and land legality, None where not told."""

    considered: Considered | None = None
    legality: Legality | None = None


_NOTHING: Final = Beside()


@dataclass(frozen=True, eq=False)
class Form:
    """One form as given: shares (k,); volumes (k,) and base by name where given so; what stands beside it."""

    shares: Floats
    volumes: Floats | None = None
    base: Mapping[str, float] | None = None
    beside: Beside = _NOTHING


@dataclass(frozen=True, eq=False)
class Row:
    """An area: id, its form or its forms before and after, and group level -> label."""

    id: str
    forms: tuple[Form, ...]
    groups: Mapping[str, str]


def read_settings(body: Mapping[str, Any]) -> Settings:
    """Settings of a document; those of Permen 14/2018 where it names none."""
    only(body, ("rule", "rows", "before", "after", "considerations", "exit_rule"), "")
    rules = RULE_SETS[one_of(body.get("rule", PERMEN_14_2018.name), tuple(RULE_SETS), "/rule")]
    exit_rule = body.get("exit_rule")
    if exit_rule is not None:
        one_of(exit_rule, tuple(EXIT_RULES), "/exit_rule")
    return Settings(rules, _read_table(body.get("considerations")), exit_rule)


def read_row(row: Any, pointer: str, settings: Settings) -> Row:
    """A row with one form, or with forms before and after; what stands beside the pair holds for both."""
    body = an_object(row, pointer)
    name = a_string(member(body, "id", pointer), f"{pointer}/id")
    if "before" not in body and "after" not in body:
        forms = [_read_form(body, pointer, settings, also=_ROW)]
    else:
        only(body, _PAIR, pointer)
        beside = _read_beside(body, pointer, settings)
        forms = [
            _read_form(member(body, when, pointer), f"{pointer}/{when}", settings, beside)
            for when in ("before", "after")
        ]
    return Row(name, tuple(forms), _read_groups(body, pointer, forms))


def read_pair(first: Any, second: Any, pointers: tuple[str, str], settings: Settings) -> Row:
    """The rows of one id before and after; the second need not say again what stands beside the first."""
    row = read_row(first, pointers[0], settings)
    forms = [row.forms[0], _read_form(second, pointers[1], settings, row.forms[0].beside, _ROW)]
    return Row(row.id, tuple(forms), _read_groups(first, pointers[0], forms))


def _read_form(
    form: Any, pointer: str, settings: Settings, beside: Beside = _NOTHING, also: tuple[str, ...] = ("id",)
) -> Form:
    """One form as shares or as volumes over a base.

    beside: what holds where the form itself says nothing. also: members that are the row's, not the form's.
    """
    body, rules = an_object(form, pointer), settings.rules
    only(body, (*also, *_FORM), pointer)
    if ("shares" in body) == ("volumes" in body):
        raise BadInput("needs either shares or volumes with base", pointer)
    beside = _read_beside(body, pointer, settings, beside)
    if "shares" in body:
        return Form(_read_criteria(body["shares"], f"{pointer}/shares", rules), beside=beside)
    volumes = _read_criteria(body["volumes"], f"{pointer}/volumes", rules)
    base = an_object(member(body, "base", pointer), f"{pointer}/base")
    only(base, slum.BASE_QUANTITIES, f"{pointer}/base")
    bases = {name: _read_base(base, name, f"{pointer}/base") for name in set(rules.bases.values())}
    shares = slum.shares(volumes[None, :], {name: [value] for name, value in bases.items()}, rules)
    return Form(shares[0], volumes, bases, beside)


def _read_beside(
    body: Mapping[str, Any], pointer: str, settings: Settings, beside: Beside = _NOTHING
) -> Beside:
    """Considerations and legality of an object, those given where it has none."""
    considered, legality = body.get("considerations"), body.get("legality")
    return Beside(
        beside.considered
        if considered is None
        else _read_considered(considered, f"{pointer}/considerations", settings),
        beside.legality if legality is None else _read_legality(legality, f"{pointer}/legality"),
    )


def _read_criteria(given: Any, pointer: str, rules: RuleSet) -> Floats:
    """(k,) numbers by criterion code.

    An unknown code is an error: the form of 2016 has 4d, 4e and 6c, and its 4c means something else.
    """
    body = an_object(given, pointer)
    for code in body:
        if code not in rules.criteria:
            raise BadInput(f"{code} is not a criterion of {rules.name}", f"{pointer}/{escape(code)}")
    return np.array([a_finite(member(body, code, pointer), f"{pointer}/{code}") for code in rules.criteria])


def _read_base(base: Mapping[str, Any], name: str, pointer: str) -> float:
    """A base quantity, which must be positive: without a denominator there is no share."""
    quantity = a_finite(member(base, name, pointer), f"{pointer}/{name}")
    if quantity <= 0:
        raise BadInput(f"{name} must be positive, or there is no share", f"{pointer}/{name}")
    return quantity


def _read_considered(given: Any, pointer: str, settings: Settings) -> Considered:
    """Points by consideration."""
    body = an_object(given, pointer)
    points = {item: _read_points(value, f"{pointer}/{escape(item)}") for item, value in body.items()}
    try:
        return consider(points, settings.considerations)
    except BadInput as error:
        raise error.under(pointer) from None


def _read_points(value: Any, pointer: str) -> int:
    """Whole points."""
    number = a_finite(value, pointer)
    if number != int(number):
        raise BadInput("must be a whole number of points", pointer)
    return int(number)


def _read_legality(given: Any, pointer: str) -> Legality:
    """Two signs: {tenure_clear, zoning_conform}."""
    body = an_object(given, pointer)
    for name in body:
        if name not in Legality._fields:
            raise BadInput(f"must be one of {', '.join(Legality._fields)}", f"{pointer}/{escape(name)}")
    signs = [member(body, name, pointer) for name in Legality._fields]
    for name, sign in zip(Legality._fields, signs, strict=True):
        if not isinstance(sign, bool):
            raise BadInput("must be true or false", f"{pointer}/{name}")
    return Legality(*signs)


def _read_groups(body: Mapping[str, Any], pointer: str, forms: Sequence[Form]) -> dict[str, str]:
    """Level -> label, say kawasan and kelurahan; only volumes and bases can be added up."""
    if body.get("groups") is None:
        return {}
    where = f"{pointer}/groups"
    groups = {
        level: a_string(label, f"{where}/{escape(level)}")
        for level, label in an_object(body["groups"], where).items()
    }
    if any(form.volumes is None for form in forms):
        raise BadInput("needs volumes with base: shares cannot be added up", where)
    return groups


def _read_table(given: Any) -> Considerations:
    """A city's own considerations: {points: {item: [1, 3, 5]}, bands: {medium, high}}."""
    if given is None:
        return CONSIDERATIONS
    body = an_object(given, "/considerations")
    only(body, ("points", "bands"), "/considerations")
    points = an_object(member(body, "points", "/considerations"), "/considerations/points")
    bands = an_object(member(body, "bands", "/considerations"), "/considerations/bands")
    only(bands, _BANDS, "/considerations/bands")
    medium, high = (
        _read_points(member(bands, k, "/considerations/bands"), f"/considerations/bands/{k}") for k in _BANDS
    )
    if medium >= high:
        raise BadInput("high must begin above medium", "/considerations/bands/high")
    table = {}
    for item, allowed in points.items():
        where = f"/considerations/points/{escape(item)}"
        table[item] = tuple(_read_points(p, f"{where}/{i}") for i, p in enumerate(a_list(allowed, where)))
    return Considerations(table, (medium, high))
