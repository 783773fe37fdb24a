"""The forums of a kelurahan in the panel: their votes as a table, and the form that takes them from the minutes.

It knows nothing about scores. Fields are named votes.ID.men and votes.ID.women; a work with both left empty was not
put to the vote.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request

from webgis.auth import current_actor, current_language
from webgis.pages.site import database, pages
from webgis.planning import access
from webgis.planning.errors import BadDocument, NotFound
from webgis.planning.meetings import Meeting
from webgis.planning.proposals import proposals
from webgis.planning.ranking import forums
from webgis.planning.ranking.forums import Forum, ForumDraft, Votes
from webgis.wording import words

ON_THE_BALLOT = ("draft", "submitted", "verified", "under_review", "returned", "approved")
MEETING_FIELDS = ("met_on", "place", "men", "women", "note")


@dataclass(frozen=True)
class Voted:
    """A proposal in a forum: voters for it over all voters, and women for it over all women (None: no woman came)."""

    id: str
    title: str
    share: float
    women: float | None


@pages.get("/plan/<code>/panel/forums")
def panel_forums(code: str) -> str:
    """The forums with what they voted, the latest first."""
    return _list(code)


@pages.get("/plan/<code>/panel/forums/new")
def panel_forum_new(code: str) -> str:
    """The empty form."""
    return _form(code, {}, {})


@pages.post("/plan/<code>/panel/forums")
def panel_forum_record(code: str) -> str:
    """Record a forum, or show the form again with what is wrong."""
    sent, lang = request.form, current_language()
    try:
        forums.record_forum(database(), current_actor(), _read(code, sent))
    except BadDocument as error:
        faults = {
            p.pointer.strip("/").replace("/", "."): words(p.code, p.params, lang) for p in error.problems
        }
        return _form(code, sent, faults)
    return _list(code)


@pages.post("/plan/<code>/panel/forums/<forum_id>/delete")
def panel_forum_delete(code: str, forum_id: str) -> str:
    """Take back a forum that was recorded wrongly."""
    if forums.get_forum(database(), current_actor(), forum_id).kelurahan != code:
        raise NotFound("no_forum")
    forums.delete_forum(database(), current_actor(), forum_id)
    return _list(code)


def _read(code: str, sent: Mapping[str, str]) -> ForumDraft:
    """The draft of a form; what is no number is refused as more votes than there can be."""
    votes: dict[str, Votes] = {}
    for name, given in sent.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "votes" and parts[2] in ("men", "women") and given.strip():
            before = votes.get(parts[1], Votes())
            counts = {"men": before.men, "women": before.women, parts[2]: _count(given)}
            votes[parts[1]] = Votes(**counts)
    try:
        day = dt.date.fromisoformat(sent["met_on"]) if sent.get("met_on") else None
    except ValueError:
        day = dt.date.min
    meeting = Meeting(day, sent.get("place", ""), _count(sent.get("men", "")), _count(sent.get("women", "")))
    return ForumDraft(code, meeting, votes, sent.get("note", ""))


def _count(text: str) -> int:
    """A count as it was typed; -1 for what is none, which no rule allows."""
    plain = text.strip().replace(".", "").replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) < 9 else 0 if not plain else -1


def _list(code: str) -> str:
    actor = current_actor()
    found = forums.list_forums(database(), actor, code)
    titles = {item.id: item.title for item in _works(code, None)}
    return render_template(
        "fragments/forums.html",
        code=code,
        rows=[(forum, _voted(forum, titles)) for forum in found],
        may_record=access.may(actor, "record_forum", code),
    )


def _voted(forum: Forum, titles: Mapping[str, str]) -> list[Voted]:
    """The proposals that are still there, those with most votes first."""
    rows = [
        Voted(
            key,
            titles[key],
            (given.men + given.women) / (forum.men + forum.women),
            given.women / forum.women if forum.women else None,
        )
        for key, given in forum.votes.items()
        if key in titles
    ]
    return sorted(rows, key=lambda row: (-row.share, row.title))


def _form(code: str, given: Mapping[str, str], errors: Mapping[str, str]) -> str:
    access.require(current_actor(), "record_forum", code)
    works = sorted(_works(code, ON_THE_BALLOT), key=lambda item: (item.rw or "", item.title))
    return render_template("fragments/forum_form.html", code=code, works=works, given=given, errors=errors)


def _works(code: str, states: tuple[str, ...] | None) -> tuple[proposals.ProposalView, ...]:
    found = proposals.list_proposals(database(), current_actor(), kelurahan=code, state=states, limit=1_000)
    return found.items
