"""Plans that a meeting adopted: the last one of a kelurahan is its masterplan, which everybody may read.

A row is written once; another decision is another row. It refers to no other table, so that it outlives accounts and a
reload of the regions, and holds its own copy of what was decided.
"""

from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table masterplan (
            id uuid primary key default gen_random_uuid(), kelurahan text not null, plan_id uuid not null,
            met_on date not null, place text not null check (place <> ''), men integer not null check (men >= 0),
            women integer not null check (women >= 0), note text not null default '',
            account_id uuid, author text not null, version integer not null default 1 check (version = 1),
            created_at timestamptz not null default now(), check (men + women > 0)
        )
    """)
    op.execute("create index masterplan_kelurahan_idx on masterplan (kelurahan, created_at desc)")
    op.execute("""
        create trigger revise after insert on masterplan for each row execute function record_revision()
    """)
    op.execute("grant select, insert on masterplan to webgis_web")


def downgrade() -> None:
    op.execute("drop table masterplan")
