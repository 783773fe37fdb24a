"""The role of the web process, and row-level security on the poor households (contracts, Privacy).

Without `app.household_scope` set by the code that has checked a right, the web role reads no household and no
revision of one. It may publish nothing: `poverty` is written by the owner only.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROLE = "webgis_web"
SCOPE = "coalesce(current_setting('app.household_scope', true), '')"
READ_ONLY = "alembic_version, layer_version, poverty, revision, hazard, spatial_ref_sys"
WRITABLE = (
    "region, slum_area, slum_assessment, asset, household, road, building, waterway, place, proposal, review, "
    "comment, ranking_run, account, membership, login_session, api_token, failed_login, idempotency, job, worker_beat"
)


def upgrade() -> None:
    # The role belongs to the whole cluster: another database may have made it already.
    op.execute(f"""
        do $$ begin
            create role {ROLE} nologin;
        exception when duplicate_object or unique_violation then null;
        end $$
    """)
    op.execute(f"grant {ROLE} to current_user")
    op.execute(f"grant usage on schema public to {ROLE}")
    op.execute(f"grant select on {READ_ONLY} to {ROLE}")
    op.execute(f"grant select, insert, update, delete on {WRITABLE} to {ROLE}")
    op.execute(f"""
        do $$ declare name text; begin
            for name in select c.oid::regclass from pg_class c where c.relname like 'procrastinate%' and c.relkind = 'r'
            loop execute format('grant select, insert, update, delete on %s to {ROLE}', name); end loop;
        end $$
    """)
    op.execute(f"grant usage, select on all sequences in schema public to {ROLE}")
    for table in ("household", "revision"):
        op.execute(f"alter table {table} enable row level security")
    op.execute("alter table household force row level security")
    op.execute(f"""
        create policy in_scope on household
        using ({SCOPE} = '*' or split_part(rt, '-', 1) = {SCOPE})
        with check ({SCOPE} = '*' or split_part(rt, '-', 1) = {SCOPE})
    """)
    op.execute(f"""
        create policy in_scope on revision for select to {ROLE}
        using (table_name <> 'household' or {SCOPE} = '*'
               or split_part(coalesce(new, old) ->> 'rt', '-', 1) = {SCOPE})
    """)


def downgrade() -> None:
    for table in ("household", "revision"):
        op.execute(f"drop policy in_scope on {table}")
        op.execute(f"alter table {table} disable row level security")
    op.execute("alter table household no force row level security")
    op.execute(f"drop owned by {ROLE}")  # its grants in this database; the role itself may serve others
