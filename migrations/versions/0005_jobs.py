"""The job queue of procrastinate, and a row for each job that people watch.

The schema is the library's own, so that its version and ours move together.
"""

from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy import text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # exec_driver_sql: the schema is full of colons that are not parameters.
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    op.execute("""
        create table job (
            id uuid primary key default gen_random_uuid(), kind text not null,
            state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
            progress integer not null default 0 check (progress between 0 and 100), message text not null default '',
            arguments jsonb not null default '{}', result jsonb, account_id uuid references account on delete set null,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now()
        )
    """)
    op.execute(
        "create table worker_beat (one boolean primary key default true check (one), at timestamptz not null)"
    )


def downgrade() -> None:
    op.execute("drop table worker_beat")
    op.execute("drop table job")
    names = op.get_bind().execute(
        text("""
            select 'drop function ' || p.oid::regprocedure || ' cascade' from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'public' and p.proname like 'procrastinate%'
            union all
            select 'drop table ' || c.oid::regclass || ' cascade' from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r' and c.relname like 'procrastinate%'
            union all
            select 'drop type ' || t.oid::regtype || ' cascade' from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            where n.nspname = 'public' and t.typname like 'procrastinate%'
              and (t.typtype = 'e' or (t.typtype = 'c' and not exists
                   (select 1 from pg_class c where c.oid = t.typrelid and c.relkind <> 'c')))
        """)
    )
    for (statement,) in names.all():
        op.get_bind().exec_driver_sql(statement)
