"""The version of a layer says on which day it was made: the last statement that wrote the layer.

Layers that are there get the day of their newest row, those without one the day of this migration.
"""

from alembic import op

revision = "0030"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = {  # layer: tables whose rows it is made of
    "regions": ("region",), "slum-areas": ("slum_area", "slum_assessment"), "assets": ("asset",),
    "households": ("household",), "roads": ("road",), "buildings": ("building",), "waterways": ("waterway",),
    "places": ("place",), "proposals": ("proposal",), "spatial-plan": ("spatial_zone",),
}  # fmt: skip


def upgrade() -> None:
    op.execute("alter table layer_version add column changed_at timestamptz not null default now()")
    for layer, tables in TABLES.items():
        rows = " union all ".join(f"select updated_at from {table}" for table in tables)
        op.execute(f"""
            update layer_version set changed_at = coalesce((select max(updated_at) from ({rows}) all_rows), changed_at)
            where layer = '{layer}'
        """)
    bump_layer("version = layer_version.version + 1, changed_at = now()")


def bump_layer(change: str) -> None:
    """The function of migration 0004; change: what a statement does to the row of its layer."""
    op.execute(f"""
        create or replace function bump_layer() returns trigger language plpgsql security definer
        set search_path = public, pg_temp as $$
        begin
            insert into layer_version (layer) values (tg_argv[0]) on conflict (layer) do update set {change};
            return null;
        end $$
    """)


def downgrade() -> None:
    bump_layer("version = layer_version.version + 1")
    op.execute("alter table layer_version drop column changed_at")
