"""Notices: what happened that somebody wants to know, written in the transaction of what happened.

A notice names its proposal or report without a foreign key and copies no word of it: what is shown is read when it is
shown, with the rights of then. `account.notify` says how somebody wants to be told, in the language of `notify_in`.
"""

from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None

KINDS = "'state', 'returned', 'waiting', 'comment', 'mention', 'report'"


def upgrade() -> None:
    op.execute("""
        alter table account
            add column notify text not null default 'app' check (notify in ('app', 'mail', 'none')),
            add column notify_in text not null default 'id' check (notify_in in ('id', 'en'))
    """)
    op.execute(f"""
        create table notice (
            id bigint generated always as identity primary key,
            account_id uuid not null references account on delete cascade,
            kind text not null check (kind in ({KINDS})), kelurahan text not null,
            proposal_id uuid, report_id uuid, state text, noted boolean not null default false,
            author_id uuid references account on delete set null,
            at timestamptz not null default now(), read_at timestamptz, mailed_at timestamptz,
            check ((proposal_id is null) <> (report_id is null))
        )
    """)
    op.execute("create index notice_account_idx on notice (account_id, id)")
    op.execute("create index notice_unread_idx on notice (account_id) where read_at is null")
    op.execute("grant select, insert, update, delete on notice to webgis_web")


def downgrade() -> None:
    op.execute("drop table notice")
    op.execute("alter table account drop column notify, drop column notify_in")
