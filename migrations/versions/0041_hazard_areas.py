"""What the review shows beside a work: flooded ground as outlines, and on its sheets the last link of the chain.

The outlines are drawn from the raster once, when it is loaded, and follow it: no history of their own, and only the
owner of the store writes them. What a work is judged by stays the raster itself.

The chain stays closed to the web role, which learns its head only. Whoever rewrites a whole chain cannot rewrite paper
that was signed: `webgis audit head` is compared with a sheet.
"""

from alembic import op

revision = "0041"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table hazard_area (
            id bigint generated always as identity primary key,
            hazard uuid not null references hazard on delete cascade,
            kind text not null, threshold double precision not null, year integer,
            geom geometry(Polygon, 4326) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
            geom_3857 geometry(Polygon, 3857) generated always as (ST_Transform(geom, 3857)) stored
        )
    """)
    op.execute("create index hazard_area_geom_3857_idx on hazard_area using gist (geom_3857)")
    op.execute("create index hazard_area_hazard_idx on hazard_area (hazard)")
    op.execute("""
        create trigger bump after insert or update or delete or truncate on hazard_area
        for each statement execute function bump_layer('hazards')
    """)
    op.execute("grant select on hazard_area to webgis_web")
    op.execute("""
        create function chain_head(out link_position bigint, out link_hash bytea) language sql stable security definer
        set search_path = public, pg_temp as $$
            select position, hash from revision_chain where chain = 'facts' order by position desc limit 1
        $$
    """)
    op.execute("revoke execute on function chain_head() from public")
    op.execute("grant execute on function chain_head() to webgis_web")


def downgrade() -> None:
    op.execute("drop function chain_head()")
    op.execute("drop table hazard_area")
