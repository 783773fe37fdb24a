"""What people wrote, taken out on request: of the rows themselves, of their history, of answers and runs that copied it.

It knows nothing about who asks. A revision that loses words gets an original that nobody can open, and a revision of
the chain says which ones they are (migration 0038, decision 43). Needs the owner's rights, and `household_scope("*")`
for the runs that lie behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from webgis.store.contents import TABLES

_NAMED_FACT: Final = ("name", "source")
IN_HISTORY: Final[Mapping[str, tuple[str, ...]]] = {
    "proposal": ("title", "description", "cost_reason", "source"),
    "review": ("note",),
    "site_note": ("body", "answer"),
    "shape_suggestion": ("note", "reason"),
    "proposal_relation": ("reason",),
    "comment": ("hidden_reason",),
    "asset_report": ("body", "answer"),
    "asset": (*_NAMED_FACT, "material", "owner"),
    "slum_area": _NAMED_FACT,
    "slum_assessment": ("source",),
    "road": (*_NAMED_FACT, "surface"),
    "building": _NAMED_FACT,
    "waterway": _NAMED_FACT,
    "place": _NAMED_FACT,
    "spatial_zone": (*_NAMED_FACT, "regulation"),
    "city_programme": ("title", "office", "source"),
}
"""Table -> its texts that history keeps word for word. Every other text column has its place in
tests/privacy/test_text_columns.py, which fails for one that nobody thought of."""
IN_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "proposal": ("title", "description", "cost_reason"),
    "review": ("note",),
    "site_note": ("body", "answer"),
    "shape_suggestion": ("note", "reason"),
    "proposal_relation": ("reason",),
    "comment": ("body", "hidden_reason"),
    "attachment": ("caption",),
    "asset_report": ("body", "answer"),
}
"""Table -> its texts that an operator can take out of the row itself, since the application lets nobody change some
of them (steps, site notes) or not any more (approved proposals)."""
_BELONGS: Final = """
    :id in ({0} ->> 'id', {0} ->> 'proposal_id', {0} ->> 'subject_id', {0} ->> 'first_id', {0} ->> 'then_id')
"""
"""A row of its own, or one about a proposal: its steps, comments, files, site notes, suggestions and relations."""


def forget(session: Session, row: str, marker: str, named: str = "") -> int:
    """Put a marker in the place of words of a row, by its id, and of all that is about it; in how many places.

    named: words such as a name; every text they stand in goes from the rows themselves first. Then the history of
    each loses what its row does not say now.
    """
    places = _from_rows(session, row, marker, named) if named else 0
    _from_runs(session, row, marker)
    for table, names in IN_HISTORY.items():
        places += _from_history(session, table, names, row, marker)
    _run(session, "delete from idempotency where position(:id in body::text) > 0 returning 1", id=row)
    return places


def _from_rows(session: Session, row: str, marker: str, named: str) -> int:
    places = 0
    for table, names in IN_ROWS.items():
        for name in names:
            query = f"""
                update {table} t set {name} = :marker
                where {_BELONGS.format("to_jsonb(t)")} and position(lower(:named) in lower({name})) > 0 returning 1
            """
            places += _run(session, query, id=row, marker=marker, named=named)
    return places


def _from_runs(session: Session, row: str, marker: str) -> None:
    """Earlier titles of a proposal out of the rankings, plans and studies that were made while it was called so."""
    found = text("""
        select distinct said ->> 'title' from revision r left join proposal p on p.id::text = r.row_id,
             lateral (values (r.old), (r.new)) s(said)
        where r.table_name = 'proposal' and r.row_id = :id and said ->> 'title' not in (:marker, coalesce(p.title, ''))
    """)
    for title in session.execute(found, {"id": row, "marker": marker}).scalars().all():
        for table in ("ranking_run", "plan_run", "plan_study", "counted"):
            query = f"""
                update {table} set result = replace(result::text, '"title": ' || to_jsonb(cast(:title as text))::text,
                    '"title": ' || to_jsonb(cast(:marker as text))::text)::jsonb
                where position(:id in result::text) > 0 returning 1
            """
            _run(session, query, id=row, title=title, marker=marker)
        query = """
            update plan_run set name = left(replace(name, :title, :marker), 200),
                inputs = jsonb_set(inputs, '{name}', to_jsonb(left(replace(name, :title, :marker), 200)))
            where position(:id in result::text) > 0 and position(:title in name) > 0 returning 1
        """
        _run(session, query, id=row, title=title, marker=marker)


def _from_history(session: Session, table: str, names: tuple[str, ...], row: str, marker: str) -> int:
    values = {"id": row, "names": list(names), "marker": marker}
    now = f"left join {table} t on t.{TABLES[table].key} = r.row_id"
    marked = "marked(r.old, to_jsonb(t), :names, :marker), marked(r.new, to_jsonb(t), :names, :marker)"
    found = text(f"""
        select r.id from revision r {now}
        where r.table_name = '{table}' and {_BELONGS.format("coalesce(r.new, r.old)")}
        and (r.old, r.new) is distinct from ({marked}) order by r.id
    """)
    ids = list(session.execute(found, values).scalars())
    if not ids:
        return 0
    _run(session, _CLOSED, ids=ids)
    _run(session, _HIDDEN, ids=ids)
    # The rows of a table are read once more under another name: PostgreSQL lets an update join its own table only so.
    query = f"""
        update revision x set (old, new) = (select {marked}) from revision r {now}
        where r.id = x.id and r.id = any(cast(:ids as bigint[])) returning 1
    """
    _run(session, query, ids=ids, names=list(names), marker=marker)
    _run(session, _TOLD, ids=ids)
    return len(ids)


_CLOSED: Final = """
    insert into subject_key (subject, sealed_with, destroyed_at)
    select 'revision:' || id, '', now() from unnest(cast(:ids as bigint[])) id
    on conflict (subject) do update set salt = null, wrapped = null, destroyed_at = now() returning 1
"""
_HIDDEN: Final = """
    insert into revision_original (revision_id, sealed) select id, '' from unnest(cast(:ids as bigint[])) id
    on conflict do nothing returning 1
"""
_TOLD: Final = """
    insert into revision (table_name, row_id, version, action, new, account_id, reason)
    values ('revision_original', 'words', 1, 'insert',
            jsonb_build_object('revisions', to_jsonb(cast(:ids as bigint[]))),
            nullif(current_setting('app.account', true), '')::uuid, nullif(current_setting('app.reason', true), ''))
    returning 1
"""


def _run(session: Session, query: str, **values: Any) -> int:
    """Run a statement that returns a row for each place it changed; how many there were."""
    return len(session.execute(text(query), values).all())
