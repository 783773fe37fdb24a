"""What the tests of the plan tab begin with: a plan made by an operator, and copies of it in the store.

It knows nothing about pages.
"""

from __future__ import annotations

from typing import Any, Final

from tests.web import HOME
from webgis.context import KEY
from webgis.planning.access import Actor, Role
from webgis.planning.plans.plan_wish import PlanWish
from webgis.planning.plans.plans import make_plan
from webgis.store import plans as table

TAB: Final = f"/plan/{HOME}/panel/plan"
LITTLE: Final = {"blm": [90_000_000, 0, 0]}
"""Money for some works in the first year: what is left out is explained soon, as nothing can move between years."""
PLENTY: Final = {"blm": [300_000_000] * 3, "apbd": [200_000_000] * 3}
"""Money for every work: a plan comes at once."""


def made(app: Any, wish: PlanWish) -> dict[str, Any]:
    """A plan of an application's kelurahan, kept."""
    context = app.extensions[KEY]
    actor = Actor(None, "operator", "", (Role("admin", HOME),))
    return make_plan(context.db, context.desk, actor, wish)


def kept(app: Any, plan: dict[str, Any], **changes: Any) -> str:
    """A copy of a plan in the store with other inputs or another answer; its id."""
    names = {*PlanWish(HOME, {}).document(), "criteria_version", "catalogue_change"}
    copy = {name: value for name, value in (plan | changes).items() if name not in ("id", "data_versions")}
    inputs = {name: copy.pop(name) for name in names}
    with app.extensions[KEY].db.transaction() as session:
        return table.insert(session, inputs, plan["data_versions"], copy, None, None)
