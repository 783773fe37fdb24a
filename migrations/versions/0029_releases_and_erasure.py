"""Releases of the poverty map, each as it was published: what `poverty` shows may be nothing but the last of them.

A release is a row that history links into its chain, with the digest of its numbers; numbers and outlines are kept
beside it, so that the next release can be held against every earlier one. The map that is out becomes the first.

Names that stand beside an account are no longer copied into history, which cannot let go of them: who made a revision
is its account. Of a weight set, which is otherwise never changed, the names may be taken out.
"""

from alembic import op

revision = "0029"
down_revision = "0022"
branch_labels = None
depends_on = None

DEFINER = "security definer set search_path = public, pg_temp"
NAMES = "array['author', 'participant', 'answered_by', 'decided_by']"
DIGEST = """
    encode(sha256(convert_to(coalesce(string_agg(code || ' ' || band || ' ' || coalesce(households::text, '-'), chr(10)
        order by code collate "C"), ''), 'UTF8')), 'hex')
"""


def upgrade() -> None:
    releases()
    record_revision(f"- 'geom_3857' - {NAMES}")
    keep_row("""
        if tg_op = 'UPDATE' and tg_table_name = 'weight_set'
           and to_jsonb(new) - array['author', 'participant'] = to_jsonb(old) - array['author', 'participant'] then
            return new;
        end if;
    """)


def releases() -> None:
    op.execute("""
        create table poverty_release (
            id bigint generated always as identity primary key, released_on date not null, cells integer not null,
            suppressed integer not null, digest text not null, correction text not null default '',
            version integer not null default 1 check (version = 1), made_at timestamptz not null default now()
        )
    """)
    op.execute("""
        create table poverty_cell (
            release_id bigint not null references poverty_release, code text not null,
            households integer check (households >= 5 and households % 5 = 0), band text not null, class integer,
            geom geometry(MultiPolygon, 4326) not null, primary key (release_id, code)
        )
    """)
    op.execute("""
        create trigger revise after insert on poverty_release for each row execute function record_revision()
    """)
    for table in ("poverty_release", "poverty_cell"):
        for when, each in (("update or delete", "row"), ("truncate", "statement")):
            op.execute(f"""
                create trigger keep_{when.split()[0]} before {when} on {table}
                for each {each} execute function refuse_change()
            """)
    op.execute("grant select on poverty_release to webgis_web")
    op.execute(f"""
        insert into poverty_release (released_on, cells, suppressed, digest)
        select max(released_on), count(*), count(*) filter (where households is null), {DIGEST}
        from poverty having count(*) > 0
    """)
    op.execute("""
        insert into poverty_cell
        select r.id, p.code, p.households, p.band, p.class, p.geom from poverty p, poverty_release r
    """)


def record_revision(without: str) -> None:
    """The function of migration 0018; without: what history does not copy."""
    op.execute(f"""
        create or replace function record_revision() returns trigger language plpgsql {DEFINER} as $$
        declare
            before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) {without} end;
            after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) {without} end;
            kept jsonb := coalesce(after, before);
            name text := coalesce(kept ->> 'id', kept ->> 'code');
            closing boolean := tg_table_name = 'household';
        begin
            insert into revision (table_name, row_id, version, action, old, new, sealed, kelurahan, account_id, reason)
            values (tg_table_name, name, (kept ->> 'version')::integer, lower(tg_op),
                    case when not closing then before end, case when not closing then after end,
                    case when closing then closed(name, before, after) end,
                    case when closing then split_part(kept ->> 'rt', '-', 1) end,
                    nullif(current_setting('app.account', true), '')::uuid,
                    nullif(current_setting('app.reason', true), ''));
            return null;
        end $$
    """)


def keep_row(unless: str) -> None:
    """The function of migration 0009; unless: what may change all the same."""
    op.execute(f"""
        create or replace function keep_row() returns trigger language plpgsql as $$
        begin
            {unless}
            raise exception 'rows of % are never changed or deleted', tg_table_name;
        end $$
    """)


def downgrade() -> None:
    op.execute("drop table poverty_cell, poverty_release")
    record_revision("- 'geom_3857'")
    keep_row("")
