"""Plans that can be repeated, and a way to ask a running job to end with what it has."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table plan_run (
            id uuid primary key default gen_random_uuid(), kelurahan text not null references region,
            name text not null check (length(name) <= 200), inputs jsonb not null, data_versions jsonb not null,
            result jsonb not null, account_id uuid references account on delete set null,
            created_at timestamptz not null default now()
        )
    """)
    op.execute("create index plan_run_kelurahan_idx on plan_run (kelurahan, created_at desc)")
    op.execute("grant select, insert on plan_run to webgis_web")
    op.execute("alter table job add column stop_asked boolean not null default false")


def downgrade() -> None:
    op.execute("alter table job drop column stop_asked")
    op.execute("drop table plan_run")
