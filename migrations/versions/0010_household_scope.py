"""The scope of a transaction may name several kelurahan, so that a facilitator's query opens those and no others.

Without it, whoever holds a right in more than one kelurahan had to be given the scope "*", which is all of them.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROLE = "webgis_web"
SCOPE = "coalesce(current_setting('app.household_scope', true), '')"
ONE = "= {scope}"
SEVERAL = "= any(string_to_array({scope}, ','))"


def upgrade() -> None:
    policies(SEVERAL)


def downgrade() -> None:
    policies(ONE)


def policies(condition: str) -> None:
    """Both walls anew; condition: what the kelurahan of a row must be."""
    inside = condition.format(scope=SCOPE)
    for table in ("household", "revision"):
        op.execute(f"drop policy in_scope on {table}")
    op.execute(f"""
        create policy in_scope on household
        using ({SCOPE} = '*' or split_part(rt, '-', 1) {inside})
        with check ({SCOPE} = '*' or split_part(rt, '-', 1) {inside})
    """)
    op.execute(f"""
        create policy in_scope on revision for select to {ROLE}
        using (table_name <> 'household' or {SCOPE} = '*'
               or split_part(coalesce(new, old) ->> 'rt', '-', 1) {inside})
    """)
