"""Remembers which sample files were loaded, so that loading them again is one look.

The row is written by the owner when the sample city goes in; the web role may read it.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table sample_load (
            one boolean primary key default true check (one), digest text not null,
            loaded_at timestamptz not null default now()
        )
    """)
    op.execute("grant select on sample_load to webgis_web")


def downgrade() -> None:
    op.execute("drop table sample_load")
