"""Why a proposal's cost is not what volume and unit cost make: a sentence of whoever typed it."""

from alembic import op

revision = "0043"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table proposal add column cost_reason text not null default ''")


def downgrade() -> None:
    op.execute("alter table proposal drop column cost_reason")
