"""Words can leave the history of a proposal on request: a revision whose original nobody can open may lose them.

Nothing is left to hold such a revision against (decision 43), so keeping its content unchanged would prove nothing;
which ones they are stands in the chain. Every other revision stays as it is for ever, as before.
"""

from alembic import op

revision = "0038"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create function keep_revision() returns trigger language plpgsql as $$
        begin
            if to_jsonb(new) - array['old', 'new'] = to_jsonb(old) - array['old', 'new'] and exists (
                select from revision_original o join subject_key s on s.subject = 'revision:' || o.revision_id
                where o.revision_id = old.id and s.salt is null
            ) then
                return new;
            end if;
            raise exception 'revisions are never changed or deleted';
        end $$
    """)
    op.execute("""
        create function marked(said jsonb, title text, description text, marker text) returns jsonb
        language sql immutable as $$
            select case when said is not null then said || jsonb_build_object(
                'title', case when said ->> 'title' = title then title else marker end,
                'description', case when said ->> 'description' = description then description else marker end) end
        $$
    """)
    op.execute("drop trigger keep_update on revision")
    op.execute("""
        create trigger keep_update before update on revision for each row execute function keep_revision()
    """)
    op.execute("""
        create trigger keep_delete before delete on revision for each row execute function refuse_change()
    """)


def downgrade() -> None:
    op.execute("drop trigger keep_delete on revision")
    op.execute("drop trigger keep_update on revision")
    op.execute("drop function keep_revision()")
    op.execute("drop function marked(jsonb, text, text, text)")
    op.execute("""
        create trigger keep_update before update or delete on revision
        for each row execute function refuse_change()
    """)
