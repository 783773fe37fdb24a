"""What an administrator looks at but does not change here: the catalogue with its sources, and how the system does.

It knows nothing about numbers: the catalogue lies in versioned files (decision 4), health says what answers.
"""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from webgis.auth import current_actor
from webgis.context import context
from webgis.health import checks
from webgis.pages import administration
from webgis.pages.site import database, pages, to_sign_in
from webgis.planning.catalogue import FUNDS, catalogue, plan_rules
from webgis.planning.people import require_administrator
from webgis.planning.system import system


@pages.get("/admin/catalogue")
def admin_catalogue() -> ResponseReturnValue:
    """Work types with their prices, criteria with their weights, rules of funds."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    require_administrator(actor)
    found = catalogue()
    return administration.page(
        "catalogue",
        "catalogue",
        works=tuple(found.work_types.values()),
        criteria=found.criteria,
        version=found.version,
        rules=plan_rules(),
        funds=tuple(FUNDS),
    )


@pages.get("/admin/system")
def admin_system() -> ResponseReturnValue:
    """Database, worker, jobs, disk, sign-ins."""
    actor = current_actor()
    if not actor.signed_in:
        return to_sign_in()
    found = system(database(), actor, context().settings.data_dir)
    return administration.page("system", "system", system=found, checks=checks())
