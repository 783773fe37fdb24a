"""What a city changed of the catalogue: work types and weights, each time the whole of what differs from the files.

A change is written once and never altered or deleted, for rankings and plans name it by its number; going back is
another change. Like a weight set it refers to no other table, so that it outlives accounts.
"""

from alembic import op

revision = "0025"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table catalogue_change (
            id uuid primary key default gen_random_uuid(), number integer not null unique check (number > 0),
            work_types jsonb not null check (jsonb_typeof(work_types) = 'object'),
            weights jsonb check (jsonb_typeof(weights) = 'object'),
            back_to integer check (back_to >= 0 and back_to < number),
            reason text not null check (length(reason) between 1 and 500),
            source text not null check (length(source) between 1 and 200), source_on date not null,
            account_id uuid, version integer not null default 1 check (version = 1),
            at timestamptz not null default now()
        )
    """)
    for when, each in (("update or delete", "row"), ("truncate", "statement")):
        op.execute(f"""
            create trigger keep_{when.split()[0]} before {when} on catalogue_change
            for each {each} execute function keep_row()
        """)
    op.execute("""
        create trigger revise after insert on catalogue_change for each row execute function record_revision()
    """)
    op.execute("grant select, insert on catalogue_change to webgis_web")


def downgrade() -> None:
    op.execute("drop table catalogue_change")
