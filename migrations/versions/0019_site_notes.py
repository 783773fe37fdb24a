"""What a reviewer saw at the place of a PAKET work, and what its planner answers.

The id is made on the device, which may send a note twice after it was offline. Like attachments, a note names its
proposal without a foreign key: a deleted proposal that is restored finds its notes again.
"""

from alembic import op

revision = "0019"
down_revision = "0015"
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
    op.execute("create trigger touch before update on site_note for each row execute function touch_row()")
    op.execute("""
        create trigger revise after insert or update or delete on site_note
        for each row execute function record_revision()
    """)
    op.execute("grant select, insert, update on site_note to webgis_web")


def downgrade() -> None:
    op.execute("drop table site_note")
