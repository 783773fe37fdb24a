"""The decision form: what was answered and typed, read into a decision of planning.

It knows nothing about what is allowed. A usual reason and own words together are the reason, so that both work
without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webgis.planning.catalogues.review_rules import review_rules
from webgis.planning.review.review_checklist import ANSWERS, ITEMS, STEPS, Answer, Decision


@dataclass(frozen=True)
class Given:
    """A decision as it came, with the usual reason and the own words apart; sent: whether somebody sent it."""

    decision: Decision
    usual: str
    own: str
    sent: bool


def blank() -> Given:
    """Nothing answered yet."""
    return Given(Decision("", "", {item: Answer() for item in ITEMS}, 0), "", "", False)


def read(form: Mapping[str, str], lang: str) -> Given:
    """The form as it was sent; a usual reason that is none of the catalogue's is left out."""
    known = {reason.text(lang) for reason in review_rules().reasons}
    usual = form.get("usual", "") if form.get("usual", "") in known else ""
    own, version = form.get("note", ""), form.get("version", "")
    answers = {
        item: Answer(
            given if (given := form.get(f"answer.{item}", "")) in ANSWERS else "",
            form.get(f"note.{item}", ""),
        )
        for item in ITEMS
    }
    decision = Decision(
        action=action if (action := form.get("action", "")) in STEPS else "",
        reason=" ".join(part for part in (usual, own.strip()) if part),
        answers=answers,
        version=int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0,
    )
    return Given(decision, usual, own, True)
