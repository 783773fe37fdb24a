"""Every revision is a link of a hash chain, and what it says of a family is sealed with a key of that family.

A link is sha256(hash of the link before || the revision's text), made when its transaction commits, so that the lock
that puts links in order is held for that moment only. Two chains: `personal` for what is sealed, `facts` for the rest.
Destroying a family's salt makes its revisions unreadable for ever while the chain stays whole (crypto-shredding).
The key of a family is hmac(salt, app.sealing_key), so that neither a dump nor the key alone opens anything.

`household_view` tells who saw poor households: a row for each account, way, kelurahan and minute.
"""

from alembic import op
from sqlalchemy import text

revision = "0018"
down_revision = "0013"
branch_labels = None
depends_on = None

ROLE = "webgis_web"
SCOPE = "coalesce(current_setting('app.household_scope', true), '')"
WORDS = """
    jsonb_build_object('id', r.id, 'table', r.table_name, 'row', r.row_id, 'version', r.version, 'action', r.action,
        'old', r.old, 'new', r.new, 'sealed', encode(r.sealed, 'hex'), 'kelurahan', r.kelurahan,
        'account', r.account_id, 'reason', r.reason,
        'at', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
"""
"""Canonical, since jsonb has one order of keys and one way to write each value; `store.chain` reads the same."""
DEFINER = "security definer set search_path = public, pg_temp"


def upgrade() -> None:
    op.execute("create extension if not exists pgcrypto")
    op.execute("""
        create table subject_key (
            subject text primary key, salt bytea, sealed_with text not null, destroyed_at timestamptz,
            check ((salt is null) = (destroyed_at is not null))
        )
    """)
    op.execute("alter table revision add column sealed bytea, add column kelurahan text")
    op.execute("""
        create table revision_chain (
            chain text not null check (chain in ('facts', 'personal')), position bigint not null,
            revision_id bigint not null unique, hash bytea not null, primary key (chain, position)
        )
    """)
    sealing()
    linking()
    views()
    seal_what_is_there()
    op.execute("drop policy in_scope on revision")
    op.execute(f"""
        create policy in_scope on revision for select to {ROLE}
        using (table_name <> 'household' or {SCOPE} = '*' or kelurahan = any(string_to_array({SCOPE}, ',')))
    """)
    for when, each in (("update or delete", "row"), ("truncate", "statement")):
        op.execute(f"""
            create trigger keep_{when.split()[0]} before {when} on revision_chain
            for each {each} execute function refuse_change()
        """)
    op.execute(
        f"revoke insert, update, delete, truncate on revision, revision_chain, subject_key from {ROLE}"
    )


def sealing() -> None:
    """The key of a family, and closing and opening a revision with it."""
    op.execute(f"""
        create function family_key(family text, making boolean) returns bytea language plpgsql {DEFINER} as $$
        declare
            key text := coalesce(current_setting('app.sealing_key', true), '');
            mark text := left(encode(sha256(convert_to('mark ' || key, 'UTF8')), 'hex'), 16);
            found subject_key;
        begin
            if making and key = '' then
                raise exception 'poor households are written by the application only: no sealing key is set';
            end if;
            if making then
                insert into subject_key values (family, gen_random_bytes(32), mark) on conflict do nothing;
            end if;
            select * into found from subject_key where subject = family;
            if found.salt is null or found.sealed_with <> mark then
                if making then
                    raise exception 'the sealing key is another one, or the key of this household was destroyed';
                end if;
                return null;
            end if;
            return hmac(found.salt, convert_to(key, 'UTF8'), 'sha256');
        end $$
    """)
    op.execute(f"revoke execute on function family_key(text, boolean) from public, {ROLE}")
    op.execute(f"""
        create function closed(family text, before jsonb, after jsonb) returns bytea language plpgsql {DEFINER} as $$
        declare start bytea := gen_random_bytes(16);
        begin
            return start || encrypt_iv(convert_to(jsonb_build_object('old', before, 'new', after)::text, 'UTF8'),
                                       family_key(family, true), start, 'aes-cbc/pad:pkcs');
        end $$
    """)
    op.execute(f"""
        create function opened(r revision, out old jsonb, out new jsonb) language plpgsql stable {DEFINER} as $$
        declare
            key bytea;
            said jsonb;
        begin
            if r.sealed is null then
                old := r.old; new := r.new;
                return;
            end if;
            key := family_key(r.row_id, false);
            if key is null then return; end if;
            said := convert_from(decrypt_iv(substr(r.sealed, 17), key, substr(r.sealed, 1, 16), 'aes-cbc/pad:pkcs'),
                                 'UTF8')::jsonb;
            old := nullif(said -> 'old', 'null'); new := nullif(said -> 'new', 'null');
        end $$
    """)
    op.execute(f"revoke execute on function closed(text, jsonb, jsonb) from public, {ROLE}")
    op.execute(f"""
        create or replace function record_revision() returns trigger language plpgsql {DEFINER} as $$
        declare
            before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - 'geom_3857' end;
            after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - 'geom_3857' end;
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


def linking() -> None:
    """A link for each revision, when its transaction commits."""
    op.execute(
        f"create function revision_words(r revision) returns text language sql immutable as $$ select {WORDS} $$"
    )
    op.execute(f"""
        create function link_revision() returns trigger language plpgsql {DEFINER} as $$
        declare
            mine text := case when new.sealed is null then 'facts' else 'personal' end;
            last revision_chain;
        begin
            perform pg_advisory_xact_lock(990118);
            select * into last from revision_chain c where c.chain = mine order by c.position desc limit 1;
            insert into revision_chain values (mine, coalesce(last.position, 0) + 1, new.id,
                sha256(coalesce(last.hash, '') || convert_to(revision_words(new), 'UTF8')));
            return null;
        end $$
    """)
    op.execute("""
        create constraint trigger link after insert on revision deferrable initially deferred
        for each row execute function link_revision()
    """)


def views() -> None:
    """The access log. A row grows while its minute runs, is never changed afterwards, and stays a year at least."""
    op.execute("""
        create table household_view (
            id bigint generated always as identity primary key, account text not null, name text not null,
            way text not null check (way in ('list', 'one', 'history', 'tile', 'export', 'counts')),
            kelurahan text not null, minute timestamptz not null default date_trunc('minute', clock_timestamp()),
            households integer, requests integer not null default 1, unique (account, way, kelurahan, minute)
        )
    """)
    op.execute("create index household_view_place_idx on household_view (kelurahan, minute)")
    op.execute("""
        create function keep_view() returns trigger language plpgsql as $$
        begin
            if tg_op = 'UPDATE' and new.households >= old.households and new.requests > old.requests
               and to_jsonb(new) - 'households' - 'requests' = to_jsonb(old) - 'households' - 'requests'
               and old.minute > clock_timestamp() - interval '2 minutes' then
                return new;
            elsif tg_op = 'DELETE' and old.minute < clock_timestamp() - interval '1 year' then
                return old;
            end if;
            raise exception 'the log of household views is only added to';
        end $$
    """)
    for when, each in (("update or delete", "row"), ("truncate", "statement")):
        op.execute(f"""
            create trigger keep_{when.split()[0]} before {when} on household_view
            for each {each} execute function keep_view()
        """)
    op.execute(f"grant select, insert, update (households, requests) on household_view to {ROLE}")
    op.execute(f"grant usage on sequence household_view_id_seq to {ROLE}")


def seal_what_is_there() -> None:
    """Close the households' revisions made so far and link everything in order."""
    op.execute("alter table revision disable trigger keep_update")
    op.execute("""
        update revision set kelurahan = split_part(coalesce(new, old) ->> 'rt', '-', 1),
            sealed = closed(row_id, old, new), old = null, new = null
        where table_name = 'household'
    """)
    op.execute("alter table revision enable trigger keep_update")
    op.execute("""
        do $$
        declare
            r revision;
            heads jsonb := '{}';
            mine text;
            place bigint;
            link bytea;
        begin
            for r in select * from revision order by id loop
                mine := case when r.sealed is null then 'facts' else 'personal' end;
                place := coalesce((heads -> mine ->> 0)::bigint, 0) + 1;
                link := sha256(decode(coalesce(heads -> mine ->> 1, ''), 'hex')
                               || convert_to(revision_words(r), 'UTF8'));
                insert into revision_chain values (mine, place, r.id, link);
                heads := heads || jsonb_build_object(mine, jsonb_build_array(place, encode(link, 'hex')));
            end loop;
        end $$
    """)


def downgrade() -> None:
    """Open everything again. A history whose key was destroyed cannot come back: its rows stay without content."""
    op.execute("drop table household_view")
    op.execute("drop function keep_view()")
    op.execute("drop policy in_scope on revision")
    op.execute("drop trigger link on revision")
    op.execute("drop table revision_chain")
    op.execute("alter table revision disable trigger keep_update")
    op.get_bind().execute(
        text("update revision r set old = (opened(r)).old, new = (opened(r)).new where sealed is not null")
    )
    op.execute("alter table revision enable trigger keep_update")
    op.execute(f"""
        create or replace function record_revision() returns trigger language plpgsql {DEFINER} as $$
        declare
            before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - 'geom_3857' end;
            after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - 'geom_3857' end;
            kept jsonb := coalesce(after, before);
        begin
            insert into revision (table_name, row_id, version, action, old, new, account_id, reason)
            values (tg_table_name, coalesce(kept ->> 'id', kept ->> 'code'), (kept ->> 'version')::integer,
                    lower(tg_op), before, after, nullif(current_setting('app.account', true), '')::uuid,
                    nullif(current_setting('app.reason', true), ''));
            return null;
        end $$
    """)
    for function in (
        "link_revision()", "revision_words(revision)", "opened(revision)", "closed(text, jsonb, jsonb)",
        "family_key(text, boolean)",
    ):  # fmt: skip
        op.execute(f"drop function {function}")
    op.execute("alter table revision drop column sealed, drop column kelurahan")
    op.execute("drop table subject_key")
    op.execute(f"""
        create policy in_scope on revision for select to {ROLE}
        using (table_name <> 'household' or {SCOPE} = '*'
               or split_part(coalesce(new, old) ->> 'rt', '-', 1) = any(string_to_array({SCOPE}, ',')))
    """)
