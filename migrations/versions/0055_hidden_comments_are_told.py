"""An author is told that a comment was hidden: another kind of notice, which names the comment without copying it."""

from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

KINDS = "'state', 'returned', 'waiting', 'comment', 'mention', 'report'"


def upgrade() -> None:
    op.execute("alter table notice add column comment_id uuid")
    kinds(f"{KINDS}, 'hidden'")


def kinds(known: str) -> None:
    """What a notice may be."""
    op.execute("alter table notice drop constraint notice_kind_check")
    op.execute(f"alter table notice add constraint notice_kind_check check (kind in ({known}))")


def downgrade() -> None:
    op.execute("delete from notice where kind = 'hidden'")
    kinds(KINDS)
    op.execute("alter table notice drop column comment_id")
