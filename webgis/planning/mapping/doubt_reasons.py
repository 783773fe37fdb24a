"""Why a form keeps a share outside 0..1: whoever writes such a volume is asked, and the reason stays with the doubt.

It knows nothing about how doubts are found or stored. The domain handbook (1.3, 1.8) has forms refuse such shares;
an import keeps them with their doubt alone, since nobody is there to be asked, and they stay as they came until
somebody changes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gis_core import slum
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_text

ASKED: Final = {"share_above_one": "reason_share_above", "share_negative": "reason_share_negative"}
"""Doubts that are kept with a reason only, and the sentence that asks for it."""
LONGEST: Final = 300

Doubt = Mapping[str, Any]


def share_doubts(criterion: str, share: float) -> list[dict[str, Any]]:
    """A share outside 0..1, as stored in `slum_assessment.doubts`."""
    code = "share_negative" if share < 0 else "share_above_one" if share > 1 + 1e-9 else ""
    return [{"criterion": criterion, "code": code, "value": f"{share:.4g}"}] if code else []


def check_reasons(reasons: Mapping[str, str]) -> list[Problem]:
    """Faults of the reasons themselves, by criterion."""
    problems: list[Problem] = []
    for code, reason in reasons.items():
        pointer = f"/doubt_reasons/{code}"
        if code not in slum.CRITERIA:
            params = {"given": code, "known": ", ".join(slum.CRITERIA)}
            problems.append(Problem(pointer, "unknown_criterion", params))
        problems += check_text(pointer, reason, LONGEST)
    return problems


def reasoned(
    doubts: Sequence[Doubt],
    shares: Mapping[str, float],
    reasons: Mapping[str, str],
    stored: Sequence[Doubt] = (),
) -> list[dict[str, Any]]:
    """The doubts with the reason each is kept for; of one that is or was stored with the same value, its reason.

    shares: by criterion, for the words. Raises BadDocument with a Problem below /doubt_reasons for each that nobody
    gave a reason for.
    """
    found = [with_reason(doubt, reasons, stored) for doubt in doubts]
    same = [_of(doubt) for doubt in stored]
    problems = [
        Problem(
            f"/doubt_reasons/{doubt['criterion']}",
            ASKED[doubt["code"]],
            {"criterion": ".".join(doubt["criterion"]), "percent": _percent(shares[doubt["criterion"]])},
        )
        for doubt in found
        if doubt["code"] in ASKED and "reason" not in doubt and _of(doubt) not in same
    ]
    if problems:
        raise BadDocument(problems)
    return found


def with_reason(doubt: Doubt, reasons: Mapping[str, str], stored: Sequence[Doubt] = ()) -> dict[str, Any]:
    """A doubt with its reason where one is known: given now, or stored with the same value."""
    if doubt["code"] not in ASKED:
        return dict(doubt)
    kept = next((str(one["reason"]) for one in stored if "reason" in one and _of(one) == _of(doubt)), "")
    reason = (reasons.get(doubt["criterion"]) or "").strip() or kept
    return {**doubt, "reason": reason} if reason else dict(doubt)


def without_reason(doubt: Doubt) -> dict[str, Any]:
    """A doubt as outsiders read it: own words of people may name somebody."""
    return {name: value for name, value in doubt.items() if name != "reason"}


def _percent(share: float) -> float:
    """So that one just above the base is not told as 100."""
    return round(share * 100, 1 if share < 1.1 else 0)


def _of(doubt: Doubt) -> tuple[Any, ...]:
    return doubt.get("criterion"), doubt.get("code"), doubt.get("value")
