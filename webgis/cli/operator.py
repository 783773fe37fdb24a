"""Who acts when a command runs: the operator of the machine, who may do everything.

It knows nothing about accounts; revisions made by commands carry a reason and no account.
"""

from __future__ import annotations

from webgis.planning.access import Actor, Role

OPERATOR = Actor(None, "operator", "", (Role("admin", ""),))
