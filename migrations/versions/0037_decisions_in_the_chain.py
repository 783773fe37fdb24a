"""Decisions, comments, files and votes of forums are links of the chain of revisions, like the facts they are about.

What residents write is kept in the chain as a digest, so that it can be erased while a change of it still shows.
The web role may add to these tables; it takes nothing back and rewrites no decision. Rows that nobody recorded so far,
roles given before there was a history of them included, are recorded as they are found.
"""

from alembic import op

revision = "0037"
down_revision = "0021"
branch_labels = None
depends_on = None

RECORDED = {"review": "", "comment": "'body'", "attachment": "'caption'", "forum_vote": ""}
"""Table -> columns of which the chain keeps a digest."""
FOUND = "found when its history began"


def upgrade() -> None:
    op.execute("""
        create function told(kept jsonb, digested text[]) returns jsonb language plpgsql immutable as $$
        declare name text;
        begin
            kept := kept - array['author', 'place'];
            foreach name in array digested loop
                kept := kept || jsonb_build_object(
                    name, encode(sha256(convert_to(coalesce(kept ->> name, ''), 'UTF8')), 'hex'));
            end loop;
            return kept;
        end $$
    """)
    op.execute("""
        create function told_key(kept jsonb) returns text language sql immutable as $$
            select coalesce(kept ->> 'id', concat_ws(' ', kept ->> 'forum_id', kept ->> 'proposal_id'))
        $$
    """)
    op.execute("""
        create function record_told_revision() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        declare
            before jsonb := case when tg_op <> 'INSERT' then told(to_jsonb(old), tg_argv[0]::text[]) end;
            after jsonb := case when tg_op <> 'DELETE' then told(to_jsonb(new), tg_argv[0]::text[]) end;
            name text := told_key(coalesce(after, before));
        begin
            insert into revision (table_name, row_id, version, action, old, new, account_id, reason)
            values (tg_table_name, name,
                    1 + (select count(*) from revision r where r.table_name = tg_table_name and r.row_id = name),
                    lower(tg_op), before, after, nullif(current_setting('app.account', true), '')::uuid,
                    nullif(current_setting('app.reason', true), ''));
            return null;
        end $$
    """)
    for table, digested in RECORDED.items():
        op.execute(f"""
            create trigger revise after insert or update or delete on {table}
            for each row execute function record_told_revision('{{{digested.replace("'", "")}}}')
        """)
        op.execute(f"""
            insert into revision (table_name, row_id, version, action, new, reason)
            select '{table}', told_key(to_jsonb(t)), 1, 'insert',
                   told(to_jsonb(t), array[{digested}]::text[]), '{FOUND}' from {table} t
        """)
    record_people()
    op.execute("revoke update, delete on review, forum_vote from webgis_web")
    op.execute("revoke delete on comment from webgis_web")


def record_people() -> None:
    """Accounts and roles that are older than the history of people (migration 0016)."""
    op.execute(f"""
        insert into revision (table_name, row_id, version, action, new, reason)
        select 'account', a.id::text, 1, 'insert', to_jsonb(a) - array[
            'password_hash', 'token_hash', 'totp_secret', 'totp_step', 'used_at', 'email', 'name'], '{FOUND}'
        from account a
        where not exists (select from revision r where r.table_name = 'account' and r.row_id = a.id::text)
    """)
    op.execute(f"""
        insert into revision (table_name, row_id, version, action, new, reason)
        select 'membership', m.account_id::text, 1, 'insert', to_jsonb(m), '{FOUND}' from membership m
        where not exists (
            select from revision r where r.table_name = 'membership' and r.row_id = m.account_id::text
            and r.new @> jsonb_build_object('role', m.role, 'region', m.region))
    """)


def downgrade() -> None:
    op.execute("grant update, delete on review, forum_vote to webgis_web")
    op.execute("grant delete on comment to webgis_web")
    for table in RECORDED:
        op.execute(f"drop trigger revise on {table}")
    for function in ("record_told_revision()", "told_key(jsonb)", "told(jsonb, text[])"):
        op.execute(f"drop function {function}")
