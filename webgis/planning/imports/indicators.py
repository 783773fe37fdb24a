"""The slum form as a table: volumes `1av`, shares `1ap`, scores `1an` for each area and year.

It knows nothing about files or the store. Only volumes and bases are kept; shares, scores, totals and grades of a
table are compared with what gis_core computes, and a difference is a doubt (domain handbook 1.3, 1.8).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gis_core import slum
from webgis.planning.mapping.doubt_reasons import share_doubts

GRADES: Final[Mapping[str, str]] = {"none": "TK", "light": "KR", "medium": "KS", "heavy": "KB"}
SCORES: Final = (0.0, 1.0, 3.0, 5.0)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """Where a table keeps volumes, shares and scores: criterion -> column."""

    volumes: Mapping[str, str]
    shares: Mapping[str, str]
    scores: Mapping[str, str]


def recognise(columns: list[str]) -> Columns | None:
    """The columns of an indicator table; None if fewer than 12 of the 16 volumes are there."""
    lower = {name.lower(): name for name in columns}
    volumes = {k: lower[c] for k in slum.CRITERIA for c in (f"{k}v", f"v{k}") if c in lower}
    if len(volumes) < 12:
        return None
    shares = {k: lower[f"{k}p"] for k in slum.CRITERIA if f"{k}p" in lower}
    scores = {k: lower[f"{k}n"] for k in slum.CRITERIA if f"{k}n" in lower}
    return Columns(volumes, shares, scores)


def number(value: Any) -> float:
    """A finite number, NaN for anything else."""
    try:
        result = float(str(value).replace(",", ".")) if value not in (None, "") else math.nan
    except ValueError:
        return math.nan
    return result if math.isfinite(result) else math.nan


def table(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> Floats:
    """(n, 16) numbers of the criteria, NaN where missing."""
    result = np.full((len(rows), len(slum.CRITERIA)), np.nan)
    for j, code in enumerate(slum.CRITERIA):
        if code in columns:
            result[:, j] = [number(row[columns[code]]) for row in rows]
    return result


def shifted(scores: Floats, shares: Floats, total: float) -> str:
    """Why the columns of a row must have slipped, "" if they have not.

    Two signs are asked for: a score that no form gives, and a total that the scores do not add up to, shares far
    outside 0..1 or more such scores.
    """
    known = scores[np.isfinite(scores)]
    if not len(known):
        return ""
    odd = [float(s) for s in known if s not in SCORES]
    adds_up = math.isfinite(total) and abs(float(known.sum()) - total) < 0.5
    far = int(np.sum(np.abs(shares[np.isfinite(shares)]) > 5))
    if odd and (not adds_up or far >= 2 or len(odd) >= 3):
        shown = ", ".join(f"{value:g}" for value in odd[:3])
        return f"scores such as {shown}" + ("" if adds_up else "; the scores do not add up to the total")
    return ""


def bases_from_shares(volumes: Floats, shares: Floats) -> dict[str, float]:
    """Base quantities that a row's own shares imply, volume / share; a quantity no share tells of is left out."""
    found: dict[str, float] = {}
    for j, code in enumerate(slum.CRITERIA):
        v, p = volumes[j], shares[j]
        name = slum.BASES[code]
        if name not in found and math.isfinite(v) and math.isfinite(p) and v != 0 and p != 0 and v / p > 0:
            base = v / p
            found[name] = round(base) if abs(base - round(base)) < 1e-6 * max(1.0, abs(base)) else base
    return found


def doubts(
    volumes: Floats, bases: Mapping[str, float], shares: Floats, scores: Floats, total: float, grade: str
) -> list[dict[str, Any]]:
    """What is odd in a sound row, as stored in `slum_assessment.doubts`: criterion, code and values."""
    computed = slum.shares(volumes[None, :], {k: [v] for k, v in bases.items()})[0]
    computed = np.where(np.isfinite(computed), computed, shares)
    form = slum.assess(computed[None, :])
    found: list[dict[str, Any]] = []
    for j, code in enumerate(slum.CRITERIA):
        found += share_doubts(code, float(computed[j]))
        if math.isfinite(scores[j]) and scores[j] != form.scores[0, j]:
            found.append(
                {
                    "criterion": code,
                    "code": "score_differs",
                    "given": f"{scores[j]:g}",
                    "computed": int(form.scores[0, j]),
                }
            )
    if math.isfinite(total) and total != form.total[0]:
        found.append(
            {"criterion": "", "code": "total_differs", "given": f"{total:g}", "computed": int(form.total[0])}
        )
    mine = GRADES[str(form.grade[0])]
    if grade in GRADES.values() and grade != mine:
        found.append({"criterion": "", "code": "grade_differs", "given": grade, "computed": mine})
    return found
