"""How deep a water is and whether its bank is embanked: what decides how far works keep from it (method 2.7)."""

from alembic import op

revision = "0048"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "alter table waterway add column depth_m double precision check (depth_m > 0), add column embankment boolean"
    )


def downgrade() -> None:
    # So that the history says that they went, as with city programmes (0046).
    op.execute(
        "update waterway set depth_m = null, embankment = null where depth_m is not null or embankment is not null"
    )
    op.execute("alter table waterway drop column depth_m, drop column embankment")
