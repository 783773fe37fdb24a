"""Who has which kelurahan and proposal open now, forgotten two minutes after the last sign of life.

Unlogged, since a crash may well take it: it costs a write per open page every half minute and is worth nothing later.
"""

from alembic import op

revision = "0024"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create unlogged table presence (
            kelurahan text not null, account_id uuid not null references account on delete cascade,
            proposal_id uuid, seen_at timestamptz not null default now(), primary key (kelurahan, account_id)
        )
    """)
    op.execute("grant select, insert, update, delete on presence to webgis_web")


def downgrade() -> None:
    op.execute("drop table presence")
