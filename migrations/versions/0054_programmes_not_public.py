"""A city programme that is not public has a layer version of its own: the public one moves with what the public sees.

Tiles carry their layer's version in their ETag, so a programme that nobody may know of told that something was planned.
"""

from alembic import op

revision = "0054"
down_revision = "0048"
branch_labels = None
depends_on = None

PUBLIC, KEPT = "city-programmes", "city-programmes-kept"
ROWS = {  # event: what its trigger sees
    "insert": "new table as new_rows", "update": "old table as old_rows new table as new_rows",
    "delete": "old table as old_rows",
}  # fmt: skip


def upgrade() -> None:
    op.execute(f"insert into layer_version (layer) values ('{KEPT}')")
    op.execute("drop trigger bump on city_programme")
    op.execute(f"""
        create function bump_programmes() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        declare shown boolean; kept boolean;
        begin
            if tg_op = 'INSERT' then
                select bool_or(public), bool_or(not public) into shown, kept from new_rows;
            elsif tg_op = 'DELETE' then
                select bool_or(public), bool_or(not public) into shown, kept from old_rows;
            else
                select bool_or(public), bool_or(not public) into shown, kept
                from (select public from old_rows union all select public from new_rows) rows;
            end if;
            update layer_version set version = version + 1, changed_at = now()
            where (shown and layer = '{PUBLIC}') or (kept and layer = '{KEPT}');
            return null;
        end $$
    """)
    for event, seen in ROWS.items():
        op.execute(f"""
            create trigger bump_{event} after {event} on city_programme referencing {seen}
            for each statement execute function bump_programmes()
        """)
    op.execute(f"""
        create trigger bump_truncate after truncate on city_programme
        for each statement execute function bump_layer('{PUBLIC}')
    """)


def downgrade() -> None:
    for event in (*ROWS, "truncate"):
        op.execute(f"drop trigger bump_{event} on city_programme")
    op.execute("drop function bump_programmes()")
    op.execute(f"""
        create trigger bump after insert or update or delete or truncate on city_programme
        for each statement execute function bump_layer('{PUBLIC}')
    """)
    op.execute(f"delete from layer_version where layer = '{KEPT}'")
