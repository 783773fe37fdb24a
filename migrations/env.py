"""Runs the revisions on the connection that `webgis.store.migrate` hands over.

It knows nothing about models: every revision is written by hand.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
