"""What people say of how two proposals hang together: a relation confirmed, dismissed or open again, who, when and why.

A rule that finds a relation is no row; only what people said of it is, and what they saw and no rule found. Like notes
of a site visit it names its proposals without a foreign key: a deleted proposal that is restored finds it again.
"""

from alembic import op

revision = "0032"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table proposal_relation (
            id uuid primary key default gen_random_uuid(),
            kind text not null check (kind in ('duplicate', 'conflict', 'dependency', 'synergy')),
            first_id uuid not null, then_id uuid not null,
            outcome text not null check (outcome in ('confirmed', 'dismissed', 'open')),
            reason text not null check (length(reason) <= 2000),
            account_id uuid references account on delete set null, author text not null,
            decided_at timestamptz not null default now(),
            version integer not null default 1, updated_at timestamptz not null default now(),
            unique (kind, first_id, then_id), check (first_id <> then_id),
            constraint only_an_order_has_a_direction check (kind = 'dependency' or first_id < then_id)
        )
    """)
    op.execute("create index proposal_relation_then_idx on proposal_relation (then_id)")
    op.execute("insert into layer_version (layer) values ('relations')")
    op.execute(
        "create trigger touch before update on proposal_relation for each row execute function touch_row()"
    )
    op.execute("""
        create trigger revise after insert or update or delete on proposal_relation
        for each row execute function record_revision()
    """)
    op.execute("""
        create trigger bump after insert or update or delete or truncate on proposal_relation
        for each statement execute function bump_layer('relations')
    """)
    op.execute("grant select, insert, update on proposal_relation to webgis_web")


def downgrade() -> None:
    op.execute("drop table proposal_relation")
    op.execute("delete from layer_version where layer = 'relations'")
