"""Keys of histories can be sealed anew, and names leave the history written before migration 0029.

`subject_key.wrapped` holds the key of a subject once the sealing key was changed, closed with hmac(new salt, new
sealing key). The key itself stays what it was, so sealed histories and the chain over them stay as they are.

Old revisions named people beside their accounts. The words a link was made of go into `revision_original`, sealed with
a key of that revision, and the names out of the row: destroying that key lets go of the name, and the chain stays
whole (decision 43). A revision of its own says which ones they are, so that nobody can add one later.
"""

from alembic import op

revision = "0033"
down_revision = "0030"
branch_labels = None
depends_on = None

ROLE = "webgis_web"
DEFINER = "security definer set search_path = public, pg_temp"
NAMES = "array['author', 'participant', 'answered_by', 'decided_by']"
OPEN = "decrypt_iv(substr({0}, 17), {1}, substr({0}, 1, 16), 'aes-cbc/pad:pkcs')"
CLOSE = "start || encrypt_iv({0}, {1}, start, 'aes-cbc/pad:pkcs')"


def upgrade() -> None:
    op.execute("""
        alter table subject_key add column wrapped bytea,
            add constraint wrapped_has_salt check (wrapped is null or salt is not null)
    """)
    family_key(
        """
            if found.wrapped is not null then return {opened}; end if;
    """.format(opened=OPEN.format("found.wrapped", "hmac(found.salt, convert_to(key, 'UTF8'), 'sha256')"))
    )
    originals()
    take_names_out()


def family_key(unwrap: str) -> None:
    """The function of migration 0018; unwrap: what else may come out of a row."""
    op.execute(f"""
        create or replace function family_key(family text, making boolean) returns bytea
        language plpgsql {DEFINER} as $$
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
            {unwrap}
            return hmac(found.salt, convert_to(key, 'UTF8'), 'sha256');
        end $$
    """)


def originals() -> None:
    op.execute("""
        create table revision_original (revision_id bigint primary key, sealed bytea not null)
    """)
    op.execute(f"""
        create function original_words(o revision_original) returns text language plpgsql stable {DEFINER} as $$
        declare key bytea := family_key('revision:' || o.revision_id, false);
        begin
            return case when key is not null then convert_from({OPEN.format("o.sealed", "key")}, 'UTF8') end;
        end $$
    """)
    op.execute(f"revoke execute on function original_words(revision_original) from public, {ROLE}")


def take_names_out() -> None:
    """Seal the words of the old revisions with names, take the names out, and say in the chain which ones they are."""
    op.execute(f"""
        insert into revision_original
        select r.id, {CLOSE.format("convert_to(revision_words(r), 'UTF8')", "family_key('revision:' || r.id, true)")}
        from revision r, lateral (select gen_random_bytes(16) as start where r.id > 0) fresh
        where r.sealed is null and (r.old ?| {NAMES} or r.new ?| {NAMES})
    """)
    op.execute("alter table revision disable trigger keep_update")
    op.execute(f"""
        update revision set old = old - {NAMES}, new = new - {NAMES}
        where id in (select revision_id from revision_original)
    """)
    op.execute("alter table revision enable trigger keep_update")
    op.execute("""
        insert into revision (table_name, row_id, version, action, new, reason)
        select 'revision_original', 'names', 1, 'insert',
               jsonb_build_object('revisions', jsonb_agg(revision_id order by revision_id)),
               'names taken out of the history before migration 0029'
        from revision_original having count(*) > 0
    """)
    for when, each in (("update or delete", "row"), ("truncate", "statement")):
        op.execute(f"""
            create trigger keep_{when.split()[0]} before {when} on revision_original
            for each {each} execute function refuse_change()
        """)


def downgrade() -> None:
    """Put the names back. What was erased stays erased, and a sealing key that was changed cannot be taken back."""
    op.execute("""
        do $$ begin
            if exists (select from subject_key where wrapped is not null) then
                raise exception 'the sealing key was changed since; the tables before cannot hold its keys';
            end if;
        end $$
    """)
    op.execute("alter table revision disable trigger keep_update")
    op.execute("""
        update revision r set old = nullif(words -> 'old', 'null'), new = nullif(words -> 'new', 'null')
        from (select o.revision_id, original_words(o)::jsonb as words from revision_original o) said
        where said.revision_id = r.id and words is not null
    """)
    op.execute("alter table revision enable trigger keep_update")
    op.execute("drop table revision_original cascade")
    op.execute("delete from subject_key where starts_with(subject, 'revision:')")
    family_key("")
    op.execute("alter table subject_key drop constraint wrapped_has_salt, drop column wrapped")
