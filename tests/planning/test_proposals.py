"""Proposing, changing, deleting: who, where, and nothing lost between two people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.planning.conftest import KELURAHAN, NEXT_DOOR, actor
from webgis.planning import regions
from webgis.planning.access import PUBLIC
from webgis.planning.catalogues.vocabulary import PRIVATE_SITE
from webgis.planning.community import comments
from webgis.planning.errors import (
    BadDocument,
    Conflict,
    NotAllowed,
    NotFound,
    SignInNeeded,
    StaleVersion,
    VersionNeeded,
)
from webgis.planning.giving.exports import Filters, export
from webgis.planning.giving.summary import public_summary
from webgis.planning.proposals import proposals
from webgis.planning.proposals.drafts import ProposalDraft
from webgis.planning.review import transitions
from webgis.planning.written import Metres
from webgis.store.database import Database


def a_line(db: Database, kelurahan: str = KELURAHAN) -> dict[str, Any]:
    """The geometry of some line proposal that lies inside its kelurahan."""
    items = proposals.list_proposals(db, PUBLIC, kelurahan=kelurahan).items
    return next(item.geometry for item in items if item.geometry_kind == "line")


def a_draft(db: Database, kelurahan: str = KELURAHAN, **changes: Any) -> ProposalDraft:
    values = {"title": "Drainase uji", "work_type": "drain_new", "geometry": a_line(db, kelurahan)}
    return ProposalDraft(**(values | changes))


def test_a_planner_proposes_and_everybody_sees_it(db: Database) -> None:
    made = proposals.create_proposal(db, actor(db, "planner"), a_draft(db))
    assert (made.state, made.version, made.kelurahan, made.editable) == ("draft", 1, KELURAHAN, True)
    assert made.rw and made.rw.startswith(KELURAHAN)
    seen = proposals.get_proposal(db, PUBLIC, made.id)
    assert (seen.title, seen.geometry, seen.editable) == ("Drainase uji", made.geometry, False)


def test_nobody_proposes_without_an_account_or_next_door(db: Database) -> None:
    with pytest.raises(SignInNeeded):
        proposals.create_proposal(db, PUBLIC, a_draft(db))
    with pytest.raises(NotAllowed):
        proposals.create_proposal(db, actor(db, "planner"), a_draft(db, NEXT_DOOR))
    with pytest.raises(NotAllowed):
        proposals.create_proposal(db, actor(db, "reviewer", "99.01"), a_draft(db))


def test_a_line_that_leaves_the_kelurahan_says_how_far(db: Database) -> None:
    bounds = regions.region(db, KELURAHAN).bounds
    assert bounds is not None
    west, south = bounds[:2]
    middle = a_line(db)["coordinates"][0]
    out = {"type": "LineString", "coordinates": [middle, [west - 0.002, south - 0.002]]}
    with pytest.raises(BadDocument) as caught:
        proposals.create_proposal(db, actor(db, "planner"), a_draft(db, geometry=out))
    problem = caught.value.problems[0]
    assert problem.code == "outside_kelurahan" and isinstance(problem.params["amount"], Metres)
    far = {"type": "LineString", "coordinates": [[107.0, -6.9], [107.01, -6.9]]}
    with pytest.raises(BadDocument) as caught:
        proposals.create_proposal(db, actor(db, "planner"), a_draft(db, geometry=far))
    assert caught.value.problems[0].code == "outside_all"


def test_who_saves_second_is_told_and_overwrites_nothing(db: Database) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db))
    first = proposals.replace_proposal(db, planner, made.id, a_draft(db, title="Pertama"), made.version)
    assert first.version == 2
    with pytest.raises(StaleVersion) as caught:
        proposals.replace_proposal(db, planner, made.id, a_draft(db, title="Kedua"), made.version)
    assert caught.value.current.title == "Pertama"
    with pytest.raises(VersionNeeded):
        proposals.delete_proposal(db, planner, made.id, None)
    with pytest.raises(StaleVersion):
        proposals.delete_proposal(db, planner, made.id, 1)
    assert proposals.get_proposal(db, PUBLIC, made.id).title == "Pertama"


def test_a_refused_draft_leaves_no_trace(db: Database) -> None:
    planner = actor(db, "planner")
    before = proposals.list_proposals(db, PUBLIC).total
    versions = regions.layer_versions(db)
    with pytest.raises(BadDocument):
        proposals.create_proposal(db, planner, a_draft(db, cost=-1))
    assert proposals.list_proposals(db, PUBLIC).total == before
    assert regions.layer_versions(db) == versions


def test_history_keeps_every_version_also_after_deletion(db: Database) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db))
    changed = proposals.replace_proposal(db, planner, made.id, a_draft(db, title="Baru"), 1)
    told = proposals.history(db, PUBLIC, made.id)
    assert [row["version"] for row in told] == [1, 2]
    assert told[1]["changed"]["title"] == {"old": "Drainase uji", "new": "Baru"}
    assert told[1]["author"] == planner.name
    proposals.delete_proposal(db, planner, made.id, changed.version)
    assert [row["action"] for row in proposals.history(db, planner, made.id)] == [
        "insert",
        "update",
        "delete",
    ]
    with pytest.raises(NotFound):
        proposals.history(db, PUBLIC, made.id)
    with pytest.raises(NotFound):
        proposals.get_proposal(db, planner, made.id)


def test_a_submitted_proposal_can_no_longer_be_changed(db: Database) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db))
    sent = transitions.transition(db, planner, made.id, "submit")
    assert (sent.state, sent.editable) == ("submitted", False)
    with pytest.raises(Conflict):
        proposals.replace_proposal(db, planner, made.id, a_draft(db), sent.version)
    with pytest.raises(Conflict):
        proposals.delete_proposal(db, planner, made.id, sent.version)


def test_the_life_of_a_paket_proposal(db: Database) -> None:
    planner, facilitator = actor(db, "planner"), actor(db, "facilitator", "99.01")
    reviewer, city = actor(db, "reviewer", "99.01"), actor(db, "city", "99.01")
    made = proposals.create_proposal(db, planner, a_draft(db, is_paket=True))
    with pytest.raises(Conflict):
        transitions.transition(db, facilitator, made.id, "complete")
    transitions.transition(db, planner, made.id, "submit")
    with pytest.raises(NotAllowed):
        transitions.transition(db, planner, made.id, "verify")
    transitions.transition(db, facilitator, made.id, "verify", "Berkas menyusul.")
    transitions.transition(db, reviewer, made.id, "start_review")
    with pytest.raises(BadDocument):
        transitions.transition(db, reviewer, made.id, "return", note=" ")
    back = transitions.transition(db, reviewer, made.id, "return", note="Lengkapi surat lahan.")
    assert back.state == "returned"
    for who, action in (
        (planner, "submit"), (facilitator, "verify"), (reviewer, "start_review"), (reviewer, "approve"),
        (city, "fund"), (facilitator, "start_works"), (facilitator, "complete"),
    ):  # fmt: skip
        last = transitions.transition(db, who, made.id, action, "Sesuai rembuk.")
    assert last.state == "completed"
    steps = proposals.reviews(db, PUBLIC, made.id)
    assert [step.to_state for step in steps][-1] == "completed"
    assert any(step.note == "Lengkapi surat lahan." for step in steps)


def test_the_public_does_not_see_where_a_family_home_is_mended(shared_db: Database) -> None:
    planner = actor(shared_db, "planner")
    works = [
        w
        for w in proposals.list_proposals(shared_db, planner, kelurahan=KELURAHAN).items
        if w.work_type in PRIVATE_SITE
    ]
    assert works, "the sample city has such works"
    told = [work for work in works if work.volume >= 5]
    assert told
    for work in told:
        shown = proposals.get_proposal(shared_db, PUBLIC, work.id)
        assert (shown.title, shown.description) == (f"{work.type.name('id')} {work.rw_name}", "")
        assert shown.geometry["type"] == "Point" and shown.geometry != work.geometry
        x, y = work.geometry["coordinates"][:2] if work.geometry["type"] == "Point" else (0, 0)
        box = (x - 1e-5, y - 1e-5, x + 1e-5, y + 1e-5)
        found = proposals.list_proposals(shared_db, PUBLIC, kelurahan=KELURAHAN, bbox=box).items
        assert work.id not in [item.id for item in found], "a small box must not find it either"


def test_filters_narrow_and_count(shared_db: Database) -> None:
    everything = proposals.list_proposals(shared_db, PUBLIC, limit=1000)
    drafts = proposals.list_proposals(shared_db, PUBLIC, state="draft", limit=3)
    assert drafts.total == sum(item.state == "draft" for item in everything.items)
    assert {item.state for item in drafts.items} == {"draft"}
    page = proposals.list_proposals(shared_db, PUBLIC, limit=10, offset=5)
    assert [item.id for item in page.items] == [item.id for item in everything.items[5:15]]
    assert page.total == everything.total
    with pytest.raises(BadDocument):
        proposals.list_proposals(shared_db, PUBLIC, state="dreaming")


@pytest.mark.parametrize("bad", ["", "x", "1", "../1", "' or 1=1 --", "0" * 40])
def test_an_id_that_is_none_is_not_found(shared_db: Database, bad: str) -> None:
    with pytest.raises(NotFound):
        proposals.get_proposal(shared_db, PUBLIC, bad)


def test_a_work_for_fewer_than_five_families_is_not_told_to_the_public(db: Database) -> None:
    planner, reviewer = actor(db, "planner"), actor(db, "reviewer", "99.01")
    draft = a_draft(db)
    place = {"type": "Point", "coordinates": draft.geometry["coordinates"][0]}
    few = ProposalDraft("Rumah Bu Sari RT 02", "house_repair", place, description="Atap bocor", volume=2.0)
    before = proposals.list_proposals(db, PUBLIC, kelurahan=KELURAHAN, limit=1000).total
    money = public_summary(db)
    made = proposals.create_proposal(db, planner, few)
    assert proposals.get_proposal(db, reviewer, made.id).title == "Rumah Bu Sari RT 02", (
        "who decides reads it"
    )
    for ask in (proposals.get_proposal, proposals.history, proposals.reviews, comments.list_comments):
        with pytest.raises(NotFound):
            ask(db, PUBLIC, made.id)
    assert proposals.list_proposals(db, PUBLIC, kelurahan=KELURAHAN, limit=1000).total == before
    assert public_summary(db) == money, "sums would give it away"
    body = b"".join(export(db, PUBLIC, "proposals", "geojson", Filters()).chunks).decode()
    assert made.id not in body and "Bu Sari" not in body
    many = proposals.create_proposal(
        db, planner, ProposalDraft("Rumah keluarga Sari", "house_repair", place, description="x", volume=6.0)
    )
    assert proposals.list_proposals(db, PUBLIC, q="Sari").total == 0, (
        "nor does a search by its own words find one"
    )
    assert "Sari" not in str(proposals.history(db, PUBLIC, many.id))
    assert "Sari" not in b"".join(export(db, PUBLIC, "proposals", "csv", Filters()).chunks).decode()


def test_a_deleted_proposal_comes_back_under_its_id_with_its_history(db: Database) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(
        db, planner, a_draft(db, funding={"swadaya": 1000}, readiness={"fee": True})
    )
    with pytest.raises(NotFound):
        proposals.restore_proposal(db, planner, made.id)
    proposals.delete_proposal(db, planner, made.id, made.version)
    with pytest.raises(SignInNeeded):
        proposals.restore_proposal(db, PUBLIC, made.id)
    with pytest.raises(NotAllowed):
        proposals.restore_proposal(db, actor(db, "planner", NEXT_DOOR), made.id)
    back = proposals.restore_proposal(db, planner, made.id)
    assert back == replace(made, version=made.version + 1, updated_at=back.updated_at)
    actions = [row["action"] for row in proposals.history(db, PUBLIC, made.id)]
    assert actions == ["insert", "delete", "insert"]
    with pytest.raises(NotFound):
        proposals.restore_proposal(db, planner, made.id)


def test_what_people_have_spoken_about_is_not_deleted(db: Database) -> None:
    planner = actor(db, "planner")
    made = proposals.create_proposal(db, planner, a_draft(db))
    comments.add_comment(db, planner, made.id, "Perlu dibahas di rembuk.")
    with pytest.raises(Conflict):
        proposals.delete_proposal(db, planner, made.id, made.version)
    assert comments.list_comments(db, PUBLIC, made.id)[0].body == "Perlu dibahas di rembuk."
