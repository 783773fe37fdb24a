"""Words leave the history of every table that keeps what people wrote, not only titles and descriptions of proposals.

`marked` takes the names of the texts. What stands in the row now stays where it stood, everything earlier gives way
to a marker; a row that is gone keeps none of its words.
"""

from alembic import op

revision = "0047"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("drop function marked(jsonb, text, text, text)")
    op.execute("""
        create function marked(said jsonb, now jsonb, names text[], marker text) returns jsonb
        language sql immutable as $$
            select said || coalesce((
                select jsonb_object_agg(name, marker) from unnest(names) name
                where said ->> name not in ('', marker) and said ->> name is distinct from now ->> name), '{}')
        $$
    """)


def downgrade() -> None:
    op.execute("drop function marked(jsonb, jsonb, text[], text)")
    op.execute("""
        create function marked(said jsonb, title text, description text, marker text) returns jsonb
        language sql immutable as $$
            select case when said is not null then said || jsonb_build_object(
                'title', case when said ->> 'title' = title then title else marker end,
                'description', case when said ->> 'description' = description then description else marker end) end
        $$
    """)
