"""What a reviewer saw at the place of a PAKET work and which shape would be better, and what its planner answers.

The id of a note is made on the device, which may send it twice after it was offline. Like attachments, both name their
proposal without a foreign key: a deleted proposal that is restored finds them again. One suggestion at a time is open.
"""

from alembic import op

revision = "0019"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table site_note (
            id uuid primary key, proposal_id uuid not null, body text not null check (length(body) between 1 and 2000),
            place geometry(Point, 4326), accuracy_m real check (accuracy_m >= 0), seen_at timestamptz not null,
            photos uuid[] not null default '{}', account_id uuid references account on delete set null,
            author text not null, created_at timestamptz not null default now(),
            answer text not null default '' check (length(answer) <= 2000), answered_at timestamptz,
            answered_by text not null default '', answered_account_id uuid references account on delete set null,
            version integer not null default 1, updated_at timestamptz not null default now()
        )
    """)
    op.execute("create index site_note_proposal_idx on site_note (proposal_id, seen_at)")
    op.execute("""
        create table shape_suggestion (
            id uuid primary key default gen_random_uuid(), proposal_id uuid not null,
            geom geometry(Geometry, 4326) not null, base_version integer not null,
            note text not null default '' check (length(note) <= 2000),
            account_id uuid references account on delete set null, author text not null,
            created_at timestamptz not null default now(),
            outcome text check (outcome in ('accepted', 'declined')), reason text not null default '',
            decided_at timestamptz, decided_by text not null default '',
            decided_account_id uuid references account on delete set null,
            version integer not null default 1, updated_at timestamptz not null default now(),
            check ((outcome is null) = (decided_at is null))
        )
    """)
    op.execute("""
        create unique index shape_suggestion_open_idx on shape_suggestion (proposal_id) where outcome is null
    """)
    op.execute("create index shape_suggestion_proposal_idx on shape_suggestion (proposal_id, created_at)")
    for table in ("site_note", "shape_suggestion"):
        op.execute(f"create trigger touch before update on {table} for each row execute function touch_row()")
        op.execute(f"""
            create trigger revise after insert or update or delete on {table}
            for each row execute function record_revision()
        """)
        op.execute(f"grant select, insert, update on {table} to webgis_web")


def downgrade() -> None:
    op.execute("drop table shape_suggestion")
    op.execute("drop table site_note")
