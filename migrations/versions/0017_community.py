"""What residents add: photos and papers, comments with a place and moderation, support, votes of forums, reports.

Attachments, support and reports name their subject without a foreign key: a deleted proposal or asset can be restored
under its id, and finds what belonged to it. Addresses are kept for a day, to bound how often one place may write.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = "'photo', 'photo_0', 'photo_50', 'photo_100', 'land', 'ded', 'minutes', 'other'"
TABLES = {
    "attachment": f"""
        id uuid primary key default gen_random_uuid(),
        subject text not null check (subject in ('proposal', 'asset', 'report')), subject_id uuid not null,
        kind text not null check (kind in ({KINDS})),
        media_type text not null check (media_type in ('image/jpeg', 'application/pdf')),
        sha256 text not null, thumbnail text, bytes bigint not null check (bytes > 0),
        width integer, height integer, caption text not null default '' check (length(caption) <= 200),
        place geometry(Point, 4326), account_id uuid references account on delete set null, author text not null,
        at timestamptz not null default now(), deleted_at timestamptz, deleted_by uuid,
        check ((media_type = 'image/jpeg') = (thumbnail is not null))
    """,
    "support": """
        proposal_id uuid not null, account_id uuid not null references account on delete cascade,
        at timestamptz not null default now(), primary key (proposal_id, account_id)
    """,
    "forum": """
        id uuid primary key default gen_random_uuid(), kelurahan text not null, met_on date not null,
        place text not null check (place <> ''), men integer not null check (men >= 0),
        women integer not null check (women >= 0), note text not null default '',
        account_id uuid, author text not null, version integer not null default 1 check (version = 1),
        created_at timestamptz not null default now(), check (men + women > 0)
    """,
    "forum_vote": """
        forum_id uuid not null references forum on delete cascade, proposal_id uuid not null,
        men integer not null check (men >= 0), women integer not null check (women >= 0),
        primary key (forum_id, proposal_id)
    """,
    "asset_report": """
        id uuid primary key default gen_random_uuid(), asset_id uuid, kelurahan text not null,
        place geometry(Point, 4326) not null, body text not null check (length(body) between 1 and 2000),
        state text not null default 'new' check (state in ('new', 'handled', 'closed')),
        public boolean not null default false, answer text not null default '', proposal_id uuid,
        account_id uuid references account on delete set null, author text not null default '',
        version integer not null default 1, created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
    """,
    "public_write": """
        id bigint generated always as identity primary key, action text not null, account_id uuid,
        address text not null, at timestamptz not null default now()
    """,
}
WRITABLE = ", ".join(TABLES)


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.execute(f"create table {table} ({columns})")
    op.execute("create index attachment_subject_idx on attachment (subject, subject_id, at)")
    op.execute("create index attachment_file_idx on attachment (sha256)")
    op.execute("""
        create unique index attachment_once_idx on attachment (subject, subject_id, kind, sha256)
        where deleted_at is null
    """)
    op.execute("create index support_account_idx on support (account_id)")
    op.execute("create index forum_kelurahan_idx on forum (kelurahan, met_on desc)")
    op.execute("create index forum_vote_proposal_idx on forum_vote (proposal_id)")
    op.execute("create index asset_report_kelurahan_idx on asset_report (kelurahan, state, created_at desc)")
    op.execute("create index public_write_at_idx on public_write (at)")
    op.execute("""
        alter table comment add column place geometry(Point, 4326), add column mentions uuid[] not null default '{}',
            add column hidden_at timestamptz, add column hidden_by uuid,
            add column hidden_reason text check (length(hidden_reason) between 1 and 500),
            add constraint hidden_with_a_reason check ((hidden_at is null) = (hidden_reason is null))
    """)
    op.execute("insert into layer_version (layer) values ('forums')")
    op.execute("""
        create trigger bump after insert or update or delete or truncate on forum
        for each statement execute function bump_layer('forums')
    """)
    op.execute("""
        create trigger revise after insert or delete on forum for each row execute function record_revision()
    """)
    op.execute("create trigger touch before update on asset_report for each row execute function touch_row()")
    op.execute("""
        create trigger revise after insert or update or delete on asset_report
        for each row execute function record_revision()
    """)
    op.execute(f"grant select, insert, update, delete on {WRITABLE} to webgis_web")
    op.execute("grant usage, select on all sequences in schema public to webgis_web")


def downgrade() -> None:
    op.execute("delete from layer_version where layer = 'forums'")
    op.execute("""
        alter table comment drop column place, drop column mentions, drop column hidden_at, drop column hidden_by,
            drop column hidden_reason
    """)
    for table in reversed(TABLES):
        op.execute(f"drop table {table}")
