"""Who acts when a command runs: the operator of the machine, who may do everything.

It knows nothing about accounts; revisions made by commands carry a reason and no account.
"""

from __future__ import annotations

from webgis.planning.access import Actor, Role


def operator(*regions: str) -> Actor:
    """The operator, with every right in these regions."""
    return Actor(None, "operator", "", tuple(Role("admin", region) for region in regions))
