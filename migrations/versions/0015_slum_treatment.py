"""What stands beside the 16 criteria of a slum form: other considerations and land legality.

They decide the order and the pattern of treatment, never the grade. Points by consideration are one document, since a
city may add considerations of its own; null is "nobody said".
"""

from alembic import op

revision = "0015"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        alter table slum_assessment
            add column considerations jsonb not null default '{}' check (jsonb_typeof(considerations) = 'object'),
            add column tenure_clear boolean, add column zoning_conform boolean
    """)


def downgrade() -> None:
    op.execute("""
        alter table slum_assessment drop column considerations, drop column tenure_clear, drop column zoning_conform
    """)
