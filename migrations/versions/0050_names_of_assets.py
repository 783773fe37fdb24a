"""The search box finds names of assets by their trigrams, and kinds of them, without reading every asset."""

from alembic import op

revision = "0050"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Trusted, as pgcrypto (0018): who owns the database may create it; it comes with PostgreSQL's contrib.
    op.execute("create extension if not exists pg_trgm")
    op.execute("create index asset_name_idx on asset using gin (name gin_trgm_ops)")
    op.execute("create index asset_kind_idx on asset (kind)")


def downgrade() -> None:
    op.execute("drop index asset_kind_idx")
    op.execute("drop index asset_name_idx")
