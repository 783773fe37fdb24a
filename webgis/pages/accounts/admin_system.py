"""What an administrator looks at but does not change: how the system does.

It knows nothing about numbers; health says what answers.
"""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from webgis.auth import current_actor
from webgis.context import context
from webgis.health import checks
from webgis.pages.accounts import administration
from webgis.pages.site import database, pages, to_sign_in
from webgis.planning.keeping.system import system


@pages.get("/admin/system")
def admin_system() -> ResponseReturnValue:
    """Database, worker, jobs, disk, sign-ins."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    found = system(database(), actor, context().settings.data_dir)
    return administration.page("system", "system", system=found, checks=checks())
