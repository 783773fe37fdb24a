"""The checklist of a PAKET review and the decision it belongs to.

It knows nothing about forms. The step itself is `transitions.transition`; the checklist is kept below its reason, in
the marks that the API writes. Approving asks for an answer to every item, and for a word where one is "no".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from webgis.planning.access import Actor
from webgis.planning.errors import BadDocument, Problem
from webgis.planning.fields import check_text
from webgis.planning.proposals.proposals import ProposalView
from webgis.planning.review import transitions
from webgis.store.database import Database

ITEMS: Final = (
    "land", "drawing", "unit_cost", "co_funding", "beneficiaries", "maintenance", "overlap",
)  # fmt: skip
STEPS: Final = ("start_review", "approve", "return", "reject")
ANSWERS: Final[Mapping[str, str]] = {"yes": "x", "no": " ", "not_needed": "-"}
"""Possible answers -> the mark that stands for them in the note."""
LONGEST_NOTE: Final = 300
LONGEST_REASON: Final = 4_000


@dataclass(frozen=True)
class Answer:
    """What a reviewer says about an item: key of ANSWERS or "" for nothing yet, and a note."""

    given: str = ""
    note: str = ""


@dataclass(frozen=True)
class Decision:
    """A step with its reason and the checklist, decided on a version of the proposal."""

    action: str
    reason: str
    answers: Mapping[str, Answer]
    version: int


def decide(
    db: Database, actor: Actor, proposal_id: str, decision: Decision, names: Mapping[str, str]
) -> ProposalView:
    """Take the step. names: item -> its name in the language of the reviewer, for the note that stays.

    Raises BadDocument for a reason or answers that are missing, else what `transitions.transition` does.
    """
    if problems := _problems(decision):
        raise BadDocument(problems)
    note = written_note(decision.reason, decision.answers, names)
    return transitions.transition(db, actor, proposal_id, decision.action, note, decision.version)


def written_note(reason: str, answers: Mapping[str, Answer], names: Mapping[str, str]) -> str:
    """The reason with the answered items below it, one a line: `[x] Land paper: grant deed seen`."""
    lines = [
        f"[{ANSWERS[answer.given]}] {names[item]}"
        + (f": {answer.note.strip()}" if answer.note.strip() else "")
        for item in ITEMS
        if (answer := answers.get(item, Answer())).given in ANSWERS
    ]
    return "\n".join([*([reason.strip()] if reason.strip() else []), *lines])


_MARKS: Final = {mark: key for key, mark in ANSWERS.items()}
_LINE: Final = re.compile(r"\[([x -])\] (.+)")


def read_note(note: str, names: Mapping[str, Collection[str]]) -> dict[str, Answer]:
    """What a note says about the items, as `written_note` wrote it. names: item -> its names in all languages.

    Only whole names count, so that a line somebody typed as a reason is no answer.
    """
    found = {}
    for line in note.splitlines():
        read = _LINE.fullmatch(line.strip())
        if read is None:
            continue
        mark, said = read.groups()
        for item, called in names.items():
            name = next((one for one in called if said == one or said.startswith(f"{one}: ")), None)
            if name is not None:
                found[item] = Answer(_MARKS[mark], said[len(name) + 2 :].strip())
    return found


def _problems(decision: Decision) -> list[Problem]:
    found = check_text("/note", decision.reason, LONGEST_REASON)
    for item, answer in decision.answers.items():
        found += check_text(f"/checklist/{item}", answer.note, LONGEST_NOTE)
    # The marks below would pass for a reason.
    if decision.action in ("return", "reject") and not decision.reason.strip():
        found.append(Problem("/note", "note_needed"))
    if decision.action == "approve":
        for item in ITEMS:
            answer = decision.answers.get(item, Answer())
            if answer.given not in ANSWERS:
                found.append(Problem(f"/checklist/{item}", "checklist_open"))
            elif answer.given == "no" and not answer.note.strip():
                found.append(Problem(f"/checklist/{item}", "checklist_unexplained"))
    return found
