"""Works that the city or a ministry plans or builds itself: a fact with revisions and a layer version like the others.

Public unless marked otherwise: rows that are not, and every revision that ever held one so, are shown only inside
`app.programme_scope` (codes of regions with commas). `app.household_scope` "*" is the scope of the whole store, under
which backups and checks read it.
"""

from alembic import op

revision = "0046"
down_revision = "0047"
branch_labels = None
depends_on = None

ROLE = "webgis_web"
HOUSEHOLDS = "coalesce(current_setting('app.household_scope', true), '')"
PROGRAMMES = "coalesce(current_setting('app.programme_scope', true), '')"
INSIDE = "public or in_programme_scope(kelurahan)"
REVISIONS = f"""
    table_name <> 'household' or {HOUSEHOLDS} = '*' or kelurahan = any(string_to_array({HOUSEHOLDS}, ','))
"""


def upgrade() -> None:
    op.execute("""
        create table city_programme (
            id uuid primary key default gen_random_uuid(), title text not null check (title <> ''), kind text not null,
            year integer not null check (year between 1980 and 2100), budget bigint check (budget >= 0), office text,
            kelurahan text not null references region (code), public boolean not null default true, external_id text,
            geom geometry(Geometry, 4326) not null check (ST_IsValid(geom) and not ST_IsEmpty(geom)),
            geom_3857 geometry(Geometry, 3857) generated always as (ST_Transform(geom, 3857)) stored,
            source text not null, source_on date not null, synthetic boolean not null default false,
            version integer not null default 1, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now()
        )
    """)
    op.execute("create index city_programme_geom_idx on city_programme using gist (geom)")
    op.execute("create index city_programme_geom_3857_idx on city_programme using gist (geom_3857)")
    op.execute("insert into layer_version (layer) values ('city-programmes')")
    op.execute(
        "create trigger touch before update on city_programme for each row execute function touch_row()"
    )
    op.execute("""
        create trigger revise after insert or update or delete on city_programme
        for each row execute function record_revision()
    """)
    op.execute("""
        create trigger bump after insert or update or delete or truncate on city_programme
        for each statement execute function bump_layer('city-programmes')
    """)
    op.execute(f"""
        create function in_programme_scope(place text) returns boolean language sql stable as $$
            select {HOUSEHOLDS} = '*' or exists (
                select from unnest(string_to_array({PROGRAMMES}, ',')) held
                where place = held or starts_with(place, held || '.')
            )
        $$
    """)
    op.execute("alter table city_programme enable row level security")
    op.execute("alter table city_programme force row level security")
    op.execute(f"create policy in_scope on city_programme using ({INSIDE}) with check ({INSIDE})")
    op.execute(f"grant select, insert, update, delete on city_programme to {ROLE}")
    op.execute("drop policy in_scope on revision")
    op.execute(f"""
        create policy in_scope on revision for select to {ROLE} using (
            ({REVISIONS}) and (
                table_name <> 'city_programme'
                or ((coalesce(old, new) ->> 'public')::boolean and (coalesce(new, old) ->> 'public')::boolean)
                or in_programme_scope(coalesce(new, old) ->> 'kelurahan')
            )
        )
    """)


def downgrade() -> None:
    op.execute("drop policy in_scope on revision")
    op.execute(f"create policy in_scope on revision for select to {ROLE} using ({REVISIONS})")
    # So that the history says that they went: a row without its last word is a fault of the chain for ever.
    op.execute("delete from city_programme")
    op.execute("drop table city_programme")
    op.execute("drop function in_programme_scope(text)")
    op.execute("delete from layer_version where layer = 'city-programmes'")
