"""What was asked of a stored plan afterwards: other budgets, other weights, another aim.

A study is written once and never changed, as a plan is; of two of one kind the later one counts. Plans that were made
before unspent money could be kept say so: nothing was carried, and nobody was served in part.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table plan_study (
            id uuid primary key default gen_random_uuid(),
            plan_id uuid not null references plan_run on delete cascade,
            kind text not null check (kind in ('budgets', 'core', 'balance')), data_versions jsonb not null,
            result jsonb not null, account_id uuid references account on delete set null,
            created_at timestamptz not null default now()
        )
    """)
    op.execute("create index plan_study_plan_idx on plan_study (plan_id, kind, created_at desc)")
    op.execute("grant select, insert on plan_study to webgis_web")
    op.execute("""
        update plan_run set
            inputs = inputs || '{"carry": [], "based_on": null}',
            result = result || jsonb_build_object(
                'households', result -> 'households' || '{"in_part": 0}',
                'schedule', (
                    select coalesce(jsonb_agg(work || '{"capacity": null}' order by place), '[]')
                    from jsonb_array_elements(result -> 'schedule') with ordinality as works (work, place)
                ),
                'money', (
                    select coalesce(jsonb_object_agg(fund, money || jsonb_build_object('carry', false, 'left', (
                        select jsonb_agg(budget.value::bigint - (money -> 'used' ->> (budget.place - 1)::int)::bigint
                                         order by budget.place)
                        from jsonb_array_elements_text(money -> 'budget') with ordinality as budget (value, place)
                    ))), '{}')
                    from jsonb_each(result -> 'money') as funds (fund, money)
                )
            )
    """)


def downgrade() -> None:
    op.execute("drop table plan_study")
