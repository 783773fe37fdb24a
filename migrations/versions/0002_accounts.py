"""Accounts, their roles in regions, sign-in sessions, API tokens and the record of failed sign-ins.

Sessions and tokens are kept as hashes, so that a copy of the database opens no door.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = {
    "account": """
        id uuid primary key default gen_random_uuid(), email text not null unique check (email = lower(email)),
        name text not null, password_hash text not null, active boolean not null default true,
        synthetic boolean not null default false, created_at timestamptz not null default now()
    """,
    "membership": """
        account_id uuid not null references account on delete cascade,
        role text not null check (role in ('planner', 'facilitator', 'reviewer', 'city', 'partner', 'admin')),
        region text not null references region on delete cascade, primary key (account_id, role, region)
    """,
    "login_session": """
        token_hash bytea primary key, account_id uuid not null references account on delete cascade,
        csrf_token text not null, created_at timestamptz not null default now(), expires_at timestamptz not null
    """,
    "api_token": """
        token_hash bytea primary key, account_id uuid not null references account on delete cascade,
        label text not null, created_at timestamptz not null default now(), expires_at timestamptz not null
    """,
    "failed_login": """
        id bigint generated always as identity primary key, email text not null, address text not null,
        at timestamptz not null default now()
    """,
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.execute(f"create table {table} ({columns})")
    op.execute("create index failed_login_email_idx on failed_login (email, at)")
    op.execute("create index failed_login_address_idx on failed_login (address, at)")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
