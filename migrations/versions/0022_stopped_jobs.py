"""Jobs that were called off: nothing of them is kept, and their state says so.

`stop_asked` ends a search with the best so far; `cancel_asked` throws it away. Between the asking and the end the job
is still running, since the worker looks up between two steps of its search.
"""

from alembic import op

revision = "0022"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table job add column cancel_asked boolean not null default false")
    op.execute("alter table job drop constraint job_state_check")
    op.execute("""
        alter table job add constraint job_state_check
        check (state in ('waiting', 'running', 'done', 'failed', 'stopped'))
    """)


def downgrade() -> None:
    op.execute("update job set state = 'failed' where state = 'stopped'")
    op.execute("alter table job drop constraint job_state_check")
    op.execute("""
        alter table job add constraint job_state_check check (state in ('waiting', 'running', 'done', 'failed'))
    """)
    op.execute("alter table job drop column cancel_asked")
