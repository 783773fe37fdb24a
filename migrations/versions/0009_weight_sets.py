"""Weight sets: what people judged, the weights that follow, and the meeting they come from.

A set is written once and never changed or deleted, for rankings name it; a correction is a new set. Like a revision it
refers to no other table, so that it outlives accounts and a reload of the regions.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table weight_set (
            id uuid primary key default gen_random_uuid(), kelurahan text not null,
            name text not null check (length(name) between 1 and 200),
            method text not null check (method in ('swing', 'direct', 'roc', 'ahp')),
            judgements jsonb not null, weights jsonb not null, criteria_version text not null,
            consistency_ratio double precision check (consistency_ratio >= 0),
            participant text check (length(participant) between 1 and 200),
            met_on date, place text not null default '',
            men integer not null default 0 check (men >= 0), women integer not null default 0 check (women >= 0),
            account_id uuid, author text not null, version integer not null default 1 check (version = 1),
            created_at timestamptz not null default now(),
            constraint agreed_at_a_meeting check (
                participant is not null or (met_on is not null and place <> '' and men + women > 0))
        )
    """)
    op.execute("create index weight_set_kelurahan_idx on weight_set (kelurahan, created_at)")
    op.execute("""
        create function keep_row() returns trigger language plpgsql as $$
        begin
            raise exception 'rows of % are never changed or deleted', tg_table_name;
        end $$
    """)
    for when, each in (("update or delete", "row"), ("truncate", "statement")):
        op.execute(f"""
            create trigger keep_{when.split()[0]} before {when} on weight_set
            for each {each} execute function keep_row()
        """)
    op.execute("""
        create trigger revise after insert on weight_set for each row execute function record_revision()
    """)
    op.execute("grant select, insert on weight_set to webgis_web")


def downgrade() -> None:
    op.execute("drop table weight_set")
    op.execute("drop function keep_row()")
