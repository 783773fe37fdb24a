"""Recovery codes are kept as argon2id instead of SHA-256: 49 random bits can be searched for, if the hash is quick.

What is hashed is the SHA-256 kept until now, so that the codes people wrote down go on working. The salt is the random
id of the account: one hash tells whether a code is among the ten (webgis/auth/second_step.py does the same).
"""

from alembic import op
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import text

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    rows = connection.execute(text("select code_hash, account_id from recovery_code")).all()
    for quick, account in rows:
        slow = hash_secret_raw(bytes(quick), account.bytes, 2, 19 * 1024, 1, 32, Type.ID)
        connection.execute(
            text("update recovery_code set code_hash = :slow where code_hash = :quick"),
            {"slow": slow, "quick": quick},
        )


def downgrade() -> None:
    """The quick hashes are gone: people make new codes."""
    op.execute("delete from recovery_code")
