"""Zones of the spatial plan (pola ruang of an RDTR or RTRW), a fact with revisions and a layer version like the others.

`code` is that of the plan's zoning text (R-2, PS, RTH-7 …), kept as the file has it even if the catalogue of this
installation does not know it. Plans are public, so there is no row-level security, as for roads and waterways.
"""

from alembic import op

revision = "0021"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table spatial_zone (
            id uuid primary key default gen_random_uuid(), code text not null check (code <> ''), name text,
            plan text not null check (plan in ('rdtr', 'rtrw')), regulation text,
            year integer check (year between 1980 and 2100), external_id text,
            geom geometry(MultiPolygon, 4326) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
            geom_3857 geometry(MultiPolygon, 3857) generated always as (ST_Transform(geom, 3857)) stored,
            source text not null, surveyed_on date, synthetic boolean not null default false,
            version integer not null default 1, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now()
        )
    """)
    op.execute("create index spatial_zone_geom_idx on spatial_zone using gist (geom)")
    op.execute("create index spatial_zone_geom_3857_idx on spatial_zone using gist (geom_3857)")
    op.execute("insert into layer_version (layer) values ('spatial-plan')")
    op.execute("create trigger touch before update on spatial_zone for each row execute function touch_row()")
    op.execute("""
        create trigger revise after insert or update or delete on spatial_zone
        for each row execute function record_revision()
    """)
    op.execute("""
        create trigger bump after insert or update or delete or truncate on spatial_zone
        for each statement execute function bump_layer('spatial-plan')
    """)
    op.execute("grant select, insert, update, delete on spatial_zone to webgis_web")


def downgrade() -> None:
    op.execute("drop table spatial_zone")
    op.execute("delete from layer_version where layer = 'spatial-plan'")
