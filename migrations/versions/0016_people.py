"""Accounts that administrators look after: links, second steps, sessions one can see, tokens with scope and region.

Every change of an account, a role, a link or a token leaves a revision like any other fact, but never a hash or a
secret, nor a name or an address, which a person may have erased: `record_people_revision` leaves those columns out.
"""

from alembic import op

revision = "0016"
down_revision = "0018"
branch_labels = None
depends_on = None

ACCOUNT = {
    "totp_secret": "text",
    "totp_since": "timestamptz",
    "totp_step": "bigint not null default 0",
    "openid_subject": "text unique",
}
LOGIN_SESSION = {
    "id": "uuid not null unique default gen_random_uuid()",
    "agent": "text not null default ''",
    "way": "text not null default 'password' check (way in ('password', 'openid'))",
    "code_due": "boolean not null default false",
}
API_TOKEN = {
    "id": "uuid not null unique default gen_random_uuid()",
    "scope": "text not null default 'full' check (scope in ('read', 'write', 'full'))",
    "region": "text references region on delete cascade",
    "used_at": "timestamptz",
}
TABLES = {
    "access_link": """
        token_hash bytea primary key, account_id uuid not null unique references account on delete cascade,
        purpose text not null check (purpose in ('invite', 'reset')),
        created_at timestamptz not null default now(), expires_at timestamptz not null
    """,
    "recovery_code": """
        code_hash bytea primary key, account_id uuid not null references account on delete cascade
    """,
}
RECORDED = {
    "account": "id",
    "membership": "account_id",
    "access_link": "account_id",
    "api_token": "account_id",
}
"""Table -> the column that says whose row it is; revisions of one person are found by it."""


def upgrade() -> None:
    for table, columns in (("account", ACCOUNT), ("login_session", LOGIN_SESSION), ("api_token", API_TOKEN)):
        for name, definition in columns.items():
            op.execute(f"alter table {table} add column {name} {definition}")
    op.execute("alter table account alter column password_hash drop not null")
    for table, definition in TABLES.items():
        op.execute(f"create table {table} ({definition})")
        op.execute(f"grant select, insert, update, delete on {table} to webgis_web")
    op.execute("create index recovery_code_account_idx on recovery_code (account_id)")
    op.execute("create index login_session_account_idx on login_session (account_id)")
    op.execute("""
        create function record_people_revision() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        declare
            hidden text[] := array[
                'password_hash', 'token_hash', 'totp_secret', 'totp_step', 'used_at', 'email', 'name'];
            before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - hidden end;
            after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - hidden end;
            kept jsonb := coalesce(after, before);
        begin
            if tg_table_name = 'account' and tg_op = 'UPDATE' then
                if (old.email, old.name) is distinct from (new.email, new.name) then
                    after := after || '{"contact": "changed"}';
                end if;
            end if;
            insert into revision (table_name, row_id, version, action, old, new, account_id, reason)
            values (tg_table_name, kept ->> tg_argv[0], 1, lower(tg_op), before, after,
                    nullif(current_setting('app.account', true), '')::uuid,
                    nullif(current_setting('app.reason', true), ''));
            return null;
        end $$
    """)
    for table, person in RECORDED.items():
        # A token's use and the step of a code are no changes that anybody decided.
        unless = {
            "api_token": "update of scope, region, label, expires_at",
            "account": "update of email, name, password_hash, active, totp_since, openid_subject",
        }.get(table, "update")
        op.execute(f"""
            create trigger revise after insert or {unless} or delete on {table}
            for each row execute function record_people_revision('{person}')
        """)


def downgrade() -> None:
    for table in RECORDED:
        op.execute(f"drop trigger revise on {table}")
    op.execute("drop function record_people_revision()")
    op.execute("drop index login_session_account_idx")
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
    op.execute("update account set password_hash = '' where password_hash is null")
    op.execute("alter table account alter column password_hash set not null")
    for table, columns in (("account", ACCOUNT), ("login_session", LOGIN_SESSION), ("api_token", API_TOKEN)):
        for name in columns:
            op.execute(f"alter table {table} drop column {name}")
