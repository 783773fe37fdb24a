"""The `assess` command: a document of slum rows in, their forms, errors, changes and sums out.

It knows nothing about files and exit codes. The document is laid down in the project's contracts
("gis_core as a program"); a bad row is named in `errors` and leaves the other rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gis_core import leaving, priority, slum
from gis_core.assess_rows import Form, Row, Settings, read_pair, read_row, read_settings
from gis_core.documents import a_list, a_string, an_object, member
from gis_core.errors import BadInput
from gis_core.rule_sets import PERMEN_14_2018, RuleSet, from_2016

Json = dict[str, Any]


def run(document: Any) -> Json:
    """Answer an `assess` document.

    `rows`: each {id, shares} or {id, volumes, base}, or {id, before, after} of two such forms; beside a form may
    stand `considerations` {item: points}, `legality` {tenure_clear, zoning_conform} and, with volumes, `groups`
    {level: label}. Top-level `before` and `after` instead of `rows` are two lists matched by id, or two single
    forms (then the answer carries `delta_total` and `contribution` on top as well). `rule`: the form; one of 2016
    is scored by its own rule and `rescored` by that of 2018. `considerations`: a city's own table. `exit_rule`:
    says of every form whether it is out, and what left. delta_total = total before - total after, so an
    improvement is positive. Raises BadInput only if no row can be read.
    """
    body = an_object(document, "")
    settings = read_settings(body)
    if "rows" not in body and ("before" in body or "after" in body):
        return _compare(member(body, "before", ""), member(body, "after", ""), settings)
    rows = [(f"/rows/{i}", row) for i, row in enumerate(a_list(member(body, "rows", ""), "/rows"))]
    return _answer(rows, lambda row, pointer: read_row(row, pointer, settings), settings)


def _compare(before: Any, after: Any, settings: Settings) -> Json:
    """Two lists of rows matched by id, or two single forms."""
    if isinstance(before, dict) and isinstance(after, dict):
        pair = {"id": before.get("id", after.get("id", "")), "before": before, "after": after}
        answer = _answer([("", pair)], lambda row, pointer: read_row(row, pointer, settings), settings)
        if answer["rows"]:
            answer |= {name: answer["rows"][0][name] for name in ("delta_total", "contribution")}
        return answer
    firsts = [(f"/before/{i}", row) for i, row in enumerate(a_list(before, "/before"))]
    seconds: dict[str, tuple[str, Any]] = {}
    nameless = []
    for i, row in enumerate(a_list(after, "/after")):
        pointer = f"/after/{i}"
        try:
            name = a_string(member(an_object(row, pointer), "id", pointer), f"{pointer}/id")
            if name in seconds:
                raise BadInput("the id is used twice", f"{pointer}/id")
            seconds[name] = pointer, row
        except BadInput as error:
            nameless.append(_fault(row, error))
    unmatched = {**seconds}

    def pair_of(row: Any, pointer: str) -> Row:
        """The form of a row before, and of its namesake after."""
        first = an_object(row, pointer)
        if first.get("id") not in seconds:
            raise BadInput("there is no row of this id after", f"{pointer}/id")
        where, second = seconds[first["id"]]
        unmatched.pop(first["id"], None)
        return read_pair(first, second, (pointer, where), settings)

    answer = _answer(firsts, pair_of, settings)
    for name, (where, _) in unmatched.items():
        answer["errors"].append(
            {"id": name, "pointer": f"{where}/id", "message": "there is no row of this id before"}
        )
    answer["errors"] += nameless
    return answer


def _fault(row: Any, error: BadInput) -> Json:
    """A row that could not be read: its id as far as it has one, where and why."""
    name = row.get("id") if isinstance(row, dict) else None
    return {"id": "" if name is None else str(name), "pointer": error.pointer, "message": error.message}


def _answer(rows: list[tuple[str, Any]], read: Callable[[Any, str], Row], settings: Settings) -> Json:
    """Read every row, fill in all forms, and write the answer."""
    found: dict[str, Row] = {}  # in order, and quick to ask
    errors: list[Json] = []
    summed = 0  # forms of the rows that are summed
    for pointer, row in rows:
        try:
            named = row.get("id") if isinstance(row, dict) else None
            if isinstance(named, str) and named in found:
                raise BadInput("the id is used twice", f"{pointer}/id")
            area = read(row, pointer)
            if area.groups and len(area.forms) != (summed := summed or len(area.forms)):
                raise BadInput("rows with and without a form after cannot be added up", f"{pointer}/groups")
            found[area.id] = area
        except BadInput as error:
            errors.append(_fault(row, error))
    areas = list(found.values())
    answers = _forms([form for area in areas for form in area.forms], settings)
    answer: Json = {"rows": [], "errors": errors}
    at = 0
    for area in areas:
        answer["rows"].append({"id": area.id} | _row(answers[at : at + len(area.forms)]))
        at += len(area.forms)
    if any(area.groups for area in areas):
        answer["groups"] = _groups(areas, answer["rows"], settings)
    if settings.exit_rule is not None:
        answer["exit_rule"] = settings.exit_rule
    return answer


def _row(forms: Sequence[Json]) -> Json:
    """One form, or a pair of forms with what changed between them."""
    if len(forms) == 1:
        return forms[0]
    before, after = forms
    share = slum.contribution([before["mean"]], [after["mean"]])
    row = {
        "before": before, "after": after,
        "delta_total": before["total"] - after["total"], "contribution": float(share[0]),
    }  # fmt: skip
    return row | ({"left": after["out"] and not before["out"]} if "out" in before else {})


def _forms(forms: Sequence[Form], settings: Settings, whole_density: bool = True) -> list[Json]:
    """Forms filled in, all at once. whole_density: of RT, where the criterion is all or nothing."""
    rules = settings.rules
    shares = np.array([form.shares for form in forms]).reshape(len(forms), len(rules.criteria))
    own = slum.assess(shares, rules)
    anew = own if rules is PERMEN_14_2018 else slum.assess(from_2016(shares))
    doubts: list[list[Json]] = [[] for _ in forms]
    ones = {name: np.ones(len(forms)) for name in slum.BASE_QUANTITIES}
    for doubt in slum.doubts(shares, ones, whole_density, rules):
        doubts[doubt.row].append({"criterion": doubt.criterion, "code": doubt.code})
    answers = []
    for i, form in enumerate(forms):
        answer = _filled_in(own, i, rules) | {"doubts": doubts[i]} | _treatment(str(own.grade[i]), form)
        if anew is not own:
            answer["rescored"] = {"rule": PERMEN_14_2018.name} | _filled_in(anew, i, PERMEN_14_2018)
        answers.append(answer)
    if settings.exit_rule is not None:
        by_2018 = settings.exit_rule == "exit_2018"
        form_rules = PERMEN_14_2018 if by_2018 else rules
        out = leaving.out(anew if by_2018 else own, settings.exit_rule, form_rules)
        answers = [answer | {"out": bool(out[i])} for i, answer in enumerate(answers)]
    return answers


def _filled_in(assessed: slum.Assessment, i: int, rules: RuleSet) -> Json:
    """One filled-in form as JSON."""
    return {
        "scores": dict(zip(rules.criteria, assessed.scores[i].tolist(), strict=True)),
        "aspects": dict(zip(rules.aspects, assessed.aspects[i].tolist(), strict=True)),
        "mean": float(assessed.mean[i]),
        "total": int(assessed.total[i]),
        "grade": str(assessed.grade[i]),
    }


def _treatment(grade: str, form: Form) -> Json:
    """What considerations and legality make of a grade; members appear with what they need."""
    answer: Json = {}
    considered, legality = form.beside
    if considered is not None:
        answer["considerations"] = {"sum": considered.points, "class": considered.level}
        answer["priority"] = priority.priority(grade, considered.level)
    if legality is not None:
        answer["legality"] = "legal" if legality.legal else "not_legal"
        answer["treatment"] = priority.treatment(grade, legality.legal)
    if considered is not None and legality is not None:
        answer["classification"] = priority.classification(grade, considered.level, legality.legal)
    return answer


def _groups(areas: Sequence[Row], rows: Sequence[Json], settings: Settings) -> dict[str, list[Json]]:
    """Level -> its groups: the form by summed volumes and bases, how many rows, hectares of the rows by grade."""
    levels = dict.fromkeys(level for area in areas for level in area.groups)
    return {level: _level(level, areas, rows, settings) for level in levels}


def _level(level: str, areas: Sequence[Row], rows: Sequence[Json], settings: Settings) -> list[Json]:
    places = [i for i, area in enumerate(areas) if level in area.groups]
    labels = [areas[i].groups[level] for i in places]
    sums = [
        _sums([areas[i].forms[k] for i in places], labels, settings)
        for k in range(len(areas[places[0]].forms))
    ]
    filled = [_forms(forms, settings, whole_density=False) for forms in sums]
    answer = []
    for g, label in enumerate(sorted(set(labels))):
        members = [i for i, mine in zip(places, labels, strict=True) if mine == label]
        group = {"id": label, "rows": len(members)} | _row([forms[g] for forms in filled])
        answer.append(group | {"hectares": _hectares([(areas[i], rows[i]) for i in members])})
    return answer


def _sums(forms: Sequence[Form], labels: Sequence[str], settings: Settings) -> list[Form]:
    """The forms of the groups, by label."""
    names = set(settings.rules.bases.values())
    volumes = np.array([form.volumes for form in forms])
    bases = {name: [(form.base or {})[name] for form in forms] for name in names}
    total = slum.aggregate(volumes, bases, labels, settings.rules)
    shares = slum.shares(total.volumes, total.bases, settings.rules)
    return [Form(row) for row in shares]


def _hectares(members: Sequence[tuple[Row, Json]]) -> Json:
    """Verified hectares by grade of the rows; by grade before and after where there are both."""

    def of(k: int, grades: Sequence[str]) -> dict[str, float]:
        hectares = dict.fromkeys(slum.GRADES, 0.0)
        for (area, _), grade in zip(members, grades, strict=True):
            hectares[grade] += (area.forms[k].base or {})["area_verified_ha"]
        return hectares

    if len(members[0][0].forms) == 1:
        return of(0, [row["grade"] for _, row in members])
    return {
        when: of(k, [row[when]["grade"] for _, row in members]) for k, when in enumerate(("before", "after"))
    }
