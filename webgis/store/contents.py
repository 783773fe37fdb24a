"""Whether every row says what its last revision says: finds what was written past the triggers that keep history.

It knows nothing about the chain, which tells whether the revisions themselves are whole. A column that came after a
row's last revision is not compared, nor are passwords, names, how somebody wants to be told and what the database
computes, which no revision keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_COMPUTED: Final = "array['geom_3857', 'author', 'participant', 'answered_by', 'decided_by']"
_OF_PEOPLE: Final = (
    "array['password_hash', 'token_hash', 'totp_secret', 'totp_step', 'used_at', 'email', 'name',"
    " 'notify', 'notify_in']"
)


@dataclass(frozen=True)
class Kept:
    """How a table is found again in its revisions: key of a row, the same of a revision `v` (`kept`: what it says).

    hidden: columns that are not kept; digests: columns of which a SHA-256 is kept.
    """

    key: str = "id::text"
    revision_key: str = "v.row_id"
    hidden: str = _COMPUTED
    digests: tuple[str, ...] = ()


TABLES: Final = {
    "region": Kept(key="code"),
    "slum_area": Kept(),
    "slum_assessment": Kept(),
    "asset": Kept(),
    "household": Kept(),
    "road": Kept(),
    "building": Kept(),
    "waterway": Kept(),
    "place": Kept(),
    "spatial_zone": Kept(),
    "city_programme": Kept(),
    "proposal": Kept(),
    "weight_set": Kept(),
    "masterplan": Kept(),
    "catalogue_change": Kept(),
    "poverty_release": Kept(),
    "forum": Kept(),
    "asset_report": Kept(),
    "site_note": Kept(),
    "shape_suggestion": Kept(),
    "proposal_relation": Kept(),
    "review": Kept(),
    "comment": Kept(digests=("body",)),
    "attachment": Kept(digests=("caption",)),
    "forum_vote": Kept(key="concat_ws(' ', forum_id, proposal_id)"),
    "account": Kept(hidden=_OF_PEOPLE),
    "membership": Kept(
        key="concat_ws(' ', account_id, role, region)",
        revision_key="concat_ws(' ', kept ->> 'account_id', kept ->> 'role', kept ->> 'region')",
    ),
    "api_token": Kept(revision_key="kept ->> 'id'", hidden=_OF_PEOPLE),
}

_DIFFERENT: Final = """
    with last as (
        select distinct on (key) {revision_key} as key, v.action, said.new
        from revision v, lateral opened(v) said, lateral (select coalesce(said.new, said.old) as kept) either
        where v.table_name = '{table}' and (v.sealed is null or either.kept is not null) order by key, v.id desc
    )
    select coalesce(fact.key, last.key) from (select {key} as key, {now} as now from {table} t) fact
    full join last on last.key = fact.key
    where case
        when last.key is null then {unsealed}
        when fact.key is null then last.action <> 'delete'
        when last.action = 'delete' then true
        when fact.now = last.new then false
        else exists (
            select from jsonb_each(last.new) said where fact.now ? said.key and fact.now -> said.key <> said.value
            and (said.key !~ '(^|_)at$' or said.value in ('null') or fact.now -> said.key in ('null')
                 or (fact.now ->> said.key)::timestamptz <> (said.value #>> '{{}}')::timestamptz)
        )
    end
"""
"""Times are compared as times: JSON writes them in the time zone of whoever wrote."""


def queries() -> Iterator[tuple[str, str]]:
    """For each table its name and a query for the keys of the rows that differ, were put in or taken out."""
    for table, kept in TABLES.items():
        now = f"to_jsonb(t) - {kept.hidden}"
        for name in kept.digests:
            now += f" || jsonb_build_object('{name}', encode(sha256(convert_to(t.{name}, 'UTF8')), 'hex'))"
        # Of a household sealed with another key no revision can be read; `checks` names that by itself.
        unsealed = (
            "not exists (select from subject_key s where s.subject = fact.key)"
            if table == "household"
            else "true"
        )
        yield (
            table,
            _DIFFERENT.format(
                table=table, key=kept.key, revision_key=kept.revision_key, now=now, unsealed=unsealed
            ),
        )
