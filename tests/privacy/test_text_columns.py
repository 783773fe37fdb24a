"""Every text of the store has its place: who may write what into it, and how it goes when somebody asks for that.

A new column without a place fails here: if people write it, `store.words` or `store.personal` has to reach it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from sqlalchemy import text

from tests.databases import TestDatabases
from webgis.settings import database_url
from webgis.store.database import Database
from webgis.store.words import IN_HISTORY, IN_ROWS

OF_THE_SYSTEM: Final = """
    access_link.purpose access_link.token_hash account.notify account.notify_in account.openid_subject
    account.password_hash account.totp_secret alembic_version.version_num api_token.region api_token.scope
    api_token.token_hash asset.condition asset.external_id asset.kelurahan asset.kind asset_report.kelurahan
    asset_report.state attachment.kind attachment.media_type attachment.sha256 attachment.subject attachment.thumbnail
    building.external_id building.use catalogue_change.weights catalogue_change.work_types city_programme.external_id
    city_programme.kelurahan city_programme.kind counted.kelurahan
    forum.kelurahan hazard.kind hazard.path hazard.source hazard.unit hazard_area.kind household_view.kelurahan
    household_view.way idempotency.headers idempotency.key idempotency.request_hash job.kind job.message job.state
    layer_version.layer login_session.csrf_token login_session.token_hash login_session.way masterplan.kelurahan
    membership.region membership.role notice.kelurahan notice.kind notice.state place.external_id place.kind
    plan_run.data_versions plan_run.kelurahan plan_study.data_versions plan_study.kind poverty.band poverty.code
    poverty.kelurahan poverty_cell.band poverty_cell.code poverty_release.digest presence.kelurahan
    proposal.funding proposal.kelurahan proposal.rw proposal.state proposal.unit proposal.work_type
    proposal_relation.kind proposal_relation.outcome public_write.action ranking_run.data_versions
    ranking_run.kelurahan recovery_code.code_hash region.code region.external_id region.kind region.parent
    review.action review.from_state review.to_state revision.action revision.kelurahan revision.row_id
    revision.table_name revision_chain.chain revision_chain.hash road.class road.external_id sample_load.digest
    shape_suggestion.outcome slum_area.code slum_area.external_id slum_area.kelurahan slum_area.level
    slum_assessment.considerations slum_assessment.doubts slum_assessment.rule_set spatial_zone.code
    spatial_zone.external_id spatial_zone.plan subject_key.salt subject_key.sealed_with subject_key.subject
    subject_key.wrapped waterway.external_id waterway.kind weight_set.criteria_version weight_set.judgements
    weight_set.kelurahan weight_set.method weight_set.weights
"""
"""Codes, keys, numbers and hashes: nobody types sentences there."""
OF_PERSONS: Final = """
    account.email account.name api_token.label asset_report.author attachment.author comment.author failed_login.address
    failed_login.email forum.author login_session.agent masterplan.author proposal_relation.author
    public_write.address review.author shape_suggestion.author shape_suggestion.decided_by site_note.answered_by
    site_note.author weight_set.author weight_set.participant
"""
"""Who somebody is: goes with the account or the name (`store.personal`), or after a time; of review and masterplan it
stays, since whoever held an office is answerable (decision 34)."""
OF_FAMILIES: Final = "household.register household.rt household.source revision.sealed"
"""Closed with the key of the family, and gone with it."""
COPIES: Final = """
    idempotency.body counted.result job.arguments job.result plan_run.inputs plan_run.name plan_run.result
    plan_study.result ranking_run.inputs ranking_run.result revision.new revision.old revision_original.sealed
"""
"""Made of other columns: `store.words` looks through those with titles and words, history by table."""
OF_OFFICE: Final = """
    catalogue_change.reason catalogue_change.source forum.note forum.place household_view.account household_view.name
    household_view.reason masterplan.note masterplan.place poverty_release.correction proposal.readiness region.name
    region.source revision.reason weight_set.name weight_set.place
"""
"""Minutes, logs and names of places: kept as they are, since what was decided, where and why has to stay provable."""
TEXTS: Final = text("""
    select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      and c.relname !~ '^procrastinate_' and a.atttypid in (
          select oid from pg_type where typname in ('text', '_text', 'varchar', '_varchar', 'jsonb', 'json', 'bytea'))
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass
                      and d.deptype = 'e')
""")


@pytest.fixture(scope="module")
def owner(test_databases: TestDatabases) -> Iterator[Database]:
    found = Database(database_url(test_databases.new("migrated")), owner=True, pool_size=1)
    yield found
    found.dispose()


def test_every_text_column_has_its_place(owner: Database) -> None:
    with owner.transaction() as session:
        there = set(session.execute(TEXTS).scalars())
    erasable = {
        f"{table}.{name}" for names in (IN_HISTORY, IN_ROWS) for table in names for name in names[table]
    }
    placed = [*erasable]
    for place in (OF_THE_SYSTEM, OF_PERSONS, OF_FAMILIES, COPIES, OF_OFFICE):
        placed += place.split()
    assert len(placed) == len(set(placed)), "a column has one place"
    assert there - set(placed) == set(), "new: who writes it, and how does it go?"
    assert set(placed) - there == set(), "gone"
