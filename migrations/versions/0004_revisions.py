"""Every change of a fact leaves a revision row and bumps the version of its layer, in the same transaction.

Triggers do it, so that no way of writing can forget it. Who and why come from the settings `app.account` and
`app.reason` of the transaction. Nobody changes or deletes a revision, not even the owner by mistake.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FACTS = {  # table: layer whose tiles and rankings depend on it
    "region": "regions", "slum_area": "slum-areas", "slum_assessment": "slum-areas", "asset": "assets",
    "household": "households", "road": "roads", "building": "buildings", "waterway": "waterways",
    "place": "places", "proposal": "proposals",
}  # fmt: skip


def upgrade() -> None:
    op.execute("create table layer_version (layer text primary key, version bigint not null default 1)")
    for layer in sorted({*FACTS.values(), "poverty", "hazards"}):
        op.execute(f"insert into layer_version (layer) values ('{layer}')")
    op.execute("""
        create table revision (
            id bigint generated always as identity primary key, table_name text not null, row_id text not null,
            version integer not null, action text not null check (action in ('insert', 'update', 'delete')),
            old jsonb, new jsonb, account_id uuid, reason text, at timestamptz not null default clock_timestamp()
        )
    """)
    op.execute("create index revision_row_idx on revision (table_name, row_id, id)")
    functions()
    for when in ("update or delete", "truncate"):
        each = "statement" if when == "truncate" else "row"
        op.execute(f"""
            create trigger keep_{when.split()[0]} before {when} on revision
            for each {each} execute function refuse_change()
        """)
    for table, layer in FACTS.items():
        op.execute(f"create trigger touch before update on {table} for each row execute function touch_row()")
        op.execute(f"""
            create trigger revise after insert or update or delete on {table}
            for each row execute function record_revision()
        """)
        bump(table, layer)
    bump("poverty", "poverty")
    bump("hazard", "hazards")


def functions() -> None:
    """What the triggers do."""
    op.execute("""
        create function touch_row() returns trigger language plpgsql as $$
        begin
            new.version := old.version + 1;
            new.updated_at := now();
            return new;
        end $$
    """)
    op.execute("""
        create function record_revision() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        declare
            before jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) - 'geom_3857' end;
            after jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) - 'geom_3857' end;
            kept jsonb := coalesce(after, before);
        begin
            insert into revision (table_name, row_id, version, action, old, new, account_id, reason)
            values (tg_table_name, coalesce(kept ->> 'id', kept ->> 'code'), (kept ->> 'version')::integer,
                    lower(tg_op), before, after, nullif(current_setting('app.account', true), '')::uuid,
                    nullif(current_setting('app.reason', true), ''));
            return null;
        end $$
    """)
    op.execute("""
        create function bump_layer() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        begin
            insert into layer_version (layer) values (tg_argv[0])
            on conflict (layer) do update set version = layer_version.version + 1;
            return null;
        end $$
    """)
    op.execute("""
        create function refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception 'revisions are never changed or deleted';
        end $$
    """)


def bump(table: str, layer: str) -> None:
    """Bump the version of a layer after every statement that writes its table."""
    op.execute(f"""
        create trigger bump after insert or update or delete or truncate on {table}
        for each statement execute function bump_layer('{layer}')
    """)


def downgrade() -> None:
    for table in (*FACTS, "poverty", "hazard"):
        op.execute(f"drop trigger bump on {table}")
    for table in FACTS:
        op.execute(f"drop trigger touch on {table}")
        op.execute(f"drop trigger revise on {table}")
    op.execute("drop table revision")
    for function in ("touch_row", "record_revision", "bump_layer", "refuse_change"):
        op.execute(f"drop function {function}()")
    op.execute("drop table layer_version")
