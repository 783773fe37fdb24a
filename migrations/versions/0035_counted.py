"""What was worked out from whole counts of households goes behind row-level security, like the households themselves.

Rankings, plans and studies keep in their own tables what those may read who may not see households (decision 17), and
here, under the same id, what came of whole counts. Those that are kept already were made of whole counts: they move
here, and of what stays nobody can read a count. A plan is no longer copied into the job that made it.
"""

from alembic import op

revision = "0035"
down_revision = "0038"
branch_labels = None
depends_on = None

SCOPE = "coalesce(current_setting('app.household_scope', true), '')"
INSIDE = f"{SCOPE} = '*' or kelurahan = any(string_to_array({SCOPE}, ','))"


def upgrade() -> None:
    op.execute("create table counted (id uuid primary key, kelurahan text not null, result jsonb not null)")
    op.execute("alter table counted enable row level security")
    op.execute("alter table counted force row level security")
    op.execute(f"create policy in_scope on counted using ({INSIDE}) with check ({INSIDE})")
    op.execute("grant select, insert on counted to webgis_web")
    op.execute("select set_config('app.household_scope', '*', true)")
    op.execute("""
        insert into counted
        select id, kelurahan, result from ranking_run union all select id, kelurahan, result from plan_run
        union all select s.id, p.kelurahan, s.result from plan_study s join plan_run p on p.id = s.plan_id
    """)
    op.execute("""update ranking_run set result = '{"ranking": [], "untold": true}'""")
    op.execute("update plan_study set result = '{}'")
    op.execute("""
        update plan_run set result = result || jsonb_build_object(
            'objective', 0, 'bound', 0, 'greedy', null, 'relaxed_bound', null,
            'money', (
                select coalesce(jsonb_object_agg(fund, money || '{"per_million": null}'), '{}')
                from jsonb_each(result -> 'money') as funds (fund, money)
            ),
            'schedule', (
                select coalesce(jsonb_agg(work || '{"served": null}' order by place), '[]')
                from jsonb_array_elements(result -> 'schedule') with ordinality as works (work, place)
            ),
            'left_out', (
                select coalesce(jsonb_agg(work || '{"regret": null}' order by place), '[]')
                from jsonb_array_elements(result -> 'left_out') with ordinality as works (work, place)
            ),
            'kept', (
                select coalesce(jsonb_agg(work || '{"loss": null}' order by place), '[]')
                from jsonb_array_elements(result -> 'kept') with ordinality as works (work, place)
            ),
            'conflict', null,
            'households', (result -> 'households') - array['evenness', 'rupiah_per_reached']
                || '{"total": null, "reached_before": null, "reached": null, "in_part": null, "gini_before": null,
                    "gini": null}' || jsonb_build_object('by_rw', (
                select coalesce(jsonb_agg(rw || '{"total": null, "reached_before": null, "reached": null,
                    "rupiah_before": null, "rupiah": null}' order by place), '[]')
                from jsonb_array_elements(result -> 'households' -> 'by_rw') with ordinality as rws (rw, place)
            ))
        )
    """)
    op.execute("select set_config('app.household_scope', '', true)")
    op.execute(
        "update job set result = jsonb_build_object('id', result -> 'id') where kind = 'plan' and result is not null"
    )


def downgrade() -> None:
    op.execute("select set_config('app.household_scope', '*', true)")
    for table in ("ranking_run", "plan_run", "plan_study"):
        op.execute(f"update {table} t set result = c.result from counted c where c.id = t.id")
    op.execute("select set_config('app.household_scope', '', true)")
    op.execute("drop table counted")
