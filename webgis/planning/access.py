"""Who may do what where: every right of the platform is decided here and nowhere else.

It knows nothing about sessions, tokens or the database; an actor comes with the roles already read.
Roles are held in a region and count for everything below it in the tree (contracts, Roles).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from webgis.planning.errors import NotAllowed, SignInNeeded


class Role(NamedTuple):
    """A role held in a region, given by its code; scope: how far the token goes that it came by, "" for a person."""

    role: str
    region: str
    scope: str = ""


class Token(NamedTuple):
    """How far a key for programs goes, whatever roles are left to it: its scope, and its region (None: anywhere)."""

    scope: str
    region: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who asks: an account with its roles, or the public (no account); token: what it asks with, None for a person."""

    account_id: str | None = None
    name: str = ""
    email: str = ""
    roles: tuple[Role, ...] = ()
    token: Token | None = None

    @property
    def signed_in(self) -> bool:
        """Whether there is an account behind this."""
        return self.account_id is not None

    def holds(self, *names: str) -> bool:
        """Whether the account holds one of the roles anywhere."""
        return any(role.role in names for role in self.roles)


PUBLIC: Final = Actor()

ROLES: Final = ("planner", "facilitator", "reviewer", "city", "partner", "admin")
"""Every role that can be held, in the order of the contract."""

RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    "propose": frozenset({"planner", "admin"}),
    "verify": frozenset({"facilitator", "admin"}),
    "review": frozenset({"reviewer", "admin"}),
    "read_reviews": frozenset({"facilitator", "reviewer", "city", "admin"}),
    "approve": frozenset({"city", "admin"}),
    "rank": frozenset({"planner", "facilitator", "reviewer", "city", "admin"}),
    "plan": frozenset({"planner", "facilitator", "city", "admin"}),
    "relate": frozenset({"planner", "facilitator", "city", "admin"}),
    "adopt": frozenset({"planner", "city", "admin"}),
    "weigh": frozenset({"planner", "facilitator", "city", "admin"}),
    "see_workspace": frozenset({"planner", "facilitator", "reviewer", "city", "admin"}),
    "see_households": frozenset({"planner", "facilitator", "admin"}),
    "map_facts": frozenset({"planner", "facilitator", "admin"}),
    "map_programmes": frozenset({"reviewer", "city", "admin"}),
    "read_programmes": frozenset({"facilitator", "reviewer", "city", "admin"}),
    "read_access_log": frozenset({"admin"}),
    "edit_regions": frozenset({"admin"}),
    "import": frozenset({"admin"}),
    "administer": frozenset({"admin"}),
    "set_catalogue": frozenset({"city", "admin"}),
    "record_forum": frozenset({"planner", "facilitator", "admin"}),
    "attach": frozenset({"planner", "facilitator", "reviewer", "admin"}),
    "read_papers": frozenset({"planner", "facilitator", "reviewer", "city", "admin"}),
    "moderate": frozenset({"planner", "facilitator", "admin"}),
}
"""Action -> roles that may do it in their region. What is not here nobody may do."""
OF_ACCOUNTS: Final = frozenset({"comment", "support"})
"""What everybody with an account may do everywhere, residents without any role too."""

NO_PROGRAM: Final = frozenset({"administer", "set_catalogue"})
"""What no token opens, whoever holds it: people, tokens, prices and weights are changed by people."""
COUNTING: Final = frozenset({"rank", "plan", "read_reviews"})
"""What answers with numbers that follow from the poor households in reach of a work."""
SHAPING: Final = frozenset({"propose", "map_facts"})
"""What puts shapes of one's own on the map, which then stand among the works and services that are counted."""
READING: Final = frozenset({"see_workspace", "read_reviews", "read_programmes", "rank"})
SCOPES: Final[Mapping[str, frozenset[str]]] = {
    "read": READING,
    "write": (frozenset(RIGHTS) | OF_ACCOUNTS) - {"see_households", *NO_PROGRAM},
    "full": (frozenset(RIGHTS) | OF_ACCOUNTS) - NO_PROGRAM,
}
"""Scope of a token -> actions it opens where its account may do them."""


def covers(region: str, code: str) -> bool:
    """Whether a region of the tree is the place itself or lies above it.

    Codes grow downwards: 99.01 > 99.01.01 > 99.01.01.1001 > ...-RW002 > ...-RT009.
    """
    return code == region or code.startswith((region + ".", region + "-"))


def may(actor: Actor, action: str, region: str) -> bool:
    """Whether somebody may do something in a region."""
    if action in OF_ACCOUNTS:
        return actor.signed_in and (actor.token is None or _opens(actor.token, action, region))
    if action in COUNTING and counts_kept_from(actor, region):
        return False
    roles = RIGHTS.get(action, frozenset())
    return any(
        held.role in roles
        and covers(held.region, region)
        and (not held.scope or action in SCOPES[held.scope])
        for held in actor.roles
    )


def regions_where(actor: Actor, action: str) -> tuple[str, ...]:
    """The regions in which somebody may do something, none inside another."""
    held = {role.region for role in actor.roles if may(actor, action, role.region)}
    return tuple(sorted(code for code in held if not any(covers(other, code) for other in held - {code})))


def roles_at_work(actions: Collection[str]) -> set[str]:
    """The roles whose daily work some actions are; administrators may do everything and are not told of it all."""
    return {role for action in actions for role in RIGHTS[action]} - {"admin"}


def counts_kept_from(actor: Actor, region: str) -> bool:
    """Whether a token is kept from all that is counted, since it does not show the households of a place where its
    account may put shapes: a work moved metre by metre and ranked anew would tell where a family lives (decision 44).
    """
    shapes = frozenset[str]().union(*(RIGHTS[action] for action in SHAPING))
    here = (held for held in actor.roles if covers(held.region, region) or covers(region, held.region))
    blind = any(held.scope and held.role in shapes for held in here)
    return blind and not may(actor, "see_households", region)


def _opens(token: Token, action: str, region: str) -> bool:
    return action in SCOPES[token.scope] and (token.region is None or covers(token.region, region))


def narrowed(roles: Sequence[Role], scope: str, region: str | None) -> tuple[Role, ...]:
    """The roles that a token carries: with its scope, and none beyond its region."""
    found = []
    for held in roles:
        if region is None or covers(region, held.region):
            found.append(Role(held.role, held.region, scope))
        elif covers(held.region, region):
            found.append(Role(held.role, region, scope))
    return tuple(found)


def require(actor: Actor, action: str, region: str) -> None:
    """Raise SignInNeeded or NotAllowed unless `may` says yes."""
    if may(actor, action, region):
        return
    if not actor.signed_in:
        raise SignInNeeded(action=action)
    if action in COUNTING and counts_kept_from(actor, region):
        raise NotAllowed("counts_need_scope", region=region)
    raise NotAllowed(f"not_allowed_{action}", region=region)


def home(actor: Actor) -> str | None:
    """The region a person works in: the smallest one they hold a role in."""
    held = sorted((role.region for role in actor.roles), key=lambda code: (-len(code), code))
    return held[0] if held else None
