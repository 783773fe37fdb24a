"""Proposals with their reviews and comments, rankings that can be repeated, and answers kept for retries."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = (
    "draft", "submitted", "verified", "under_review", "approved", "returned", "rejected", "funded",
    "under_construction", "completed", "withdrawn",
)  # fmt: skip

TABLES = {
    "proposal": f"""
        id uuid primary key default gen_random_uuid(), title text not null check (length(title) between 1 and 200),
        description text not null default '', work_type text not null, kelurahan text not null references region,
        rw text references region, volume double precision not null check (volume > 0),
        volume_typed boolean not null default false, unit text not null,
        cost bigint not null check (cost > 0), cost_typed boolean not null default false,
        funding jsonb not null default '{{}}', readiness jsonb not null default '{{}}',
        is_paket boolean not null default false,
        state text not null default 'draft' check (state in ({", ".join(f"'{s}'" for s in STATES)})),
        proposer uuid references account on delete set null,
        geom geometry(Geometry, 4326) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
        geom_3857 geometry(Geometry, 3857) generated always as (ST_Transform(geom, 3857)) stored,
        source text not null, surveyed_on date, synthetic boolean not null default false,
        version integer not null default 1, created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
    """,
    "review": """
        id uuid primary key default gen_random_uuid(),
        proposal_id uuid not null references proposal on delete cascade, action text not null,
        from_state text not null, to_state text not null, note text not null default '',
        account_id uuid references account on delete set null, author text not null,
        at timestamptz not null default now()
    """,
    "comment": """
        id uuid primary key default gen_random_uuid(),
        proposal_id uuid not null references proposal on delete cascade,
        account_id uuid references account on delete set null, author text not null,
        body text not null check (length(body) between 1 and 4000), at timestamptz not null default now()
    """,
    "ranking_run": """
        id uuid primary key default gen_random_uuid(), kelurahan text not null references region,
        inputs jsonb not null, data_versions jsonb not null, result jsonb not null,
        account_id uuid references account on delete set null, created_at timestamptz not null default now()
    """,
    "poverty": """
        code text primary key references region on delete cascade, kelurahan text not null references region,
        households integer check (households >= 5 and households % 5 = 0), band text not null, class integer,
        geom geometry(MultiPolygon, 4326) not null,
        geom_3857 geometry(MultiPolygon, 3857) generated always as (ST_Transform(geom, 3857)) stored,
        released_on date not null
    """,
    "idempotency": """
        account_id uuid not null references account on delete cascade, key text not null,
        request_hash bytea not null, status integer not null, headers jsonb not null, body jsonb not null,
        created_at timestamptz not null default now(), primary key (account_id, key)
    """,
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.execute(f"create table {table} ({columns})")
    op.execute("create index proposal_kelurahan_idx on proposal (kelurahan, state)")
    for table in ("proposal", "poverty"):
        op.execute(f"create index {table}_geom_idx on {table} using gist (geom)")
        op.execute(f"create index {table}_geom_3857_idx on {table} using gist (geom_3857)")
    for table in ("review", "comment"):
        op.execute(f"create index {table}_proposal_idx on {table} (proposal_id, at)")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
