"""Why somebody took poor households along, in the log of who saw them.

A row stands for an account, a way, a kelurahan, a minute and a reason; it is still never changed afterwards.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

KEY = "household_view_account_way_kelurahan_minute_key"


def upgrade() -> None:
    op.execute("alter table household_view add reason text not null default ''")
    op.execute(f"alter table household_view drop constraint {KEY}")
    op.execute(f"""
        alter table household_view add constraint {KEY} unique (account, way, kelurahan, minute, reason)
    """)


def downgrade() -> None:
    op.execute(f"alter table household_view drop constraint {KEY}")
    op.execute("alter table household_view drop reason")
    op.execute(f"alter table household_view add constraint {KEY} unique (account, way, kelurahan, minute)")
