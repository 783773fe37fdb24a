"""Rights as a table: who may do what where."""

from __future__ import annotations

import pytest

from webgis.planning.access import (
    OF_ACCOUNTS,
    PUBLIC,
    RIGHTS,
    Actor,
    Role,
    Token,
    covers,
    home,
    may,
    require,
)
from webgis.planning.errors import NotAllowed, SignInNeeded

HERE, BESIDE, CITY = "99.01.01.1001", "99.01.01.1002", "99.01"

TABLE = {  # role held -> actions it opens in its region
    "planner": {
        "relate",
        "adopt",
        "propose",
        "rank",
        "plan",
        "weigh",
        "see_workspace",
        "see_households",
        "map_facts",
        "attach",
        "read_papers",
        "moderate",
        "record_forum",
    },
    "facilitator": {
        "relate",
        "verify",
        "read_reviews",
        "rank",
        "plan",
        "weigh",
        "see_workspace",
        "see_households",
        "map_facts",
        "attach",
        "read_papers",
        "moderate",
        "record_forum",
        "read_programmes",
    },
    "reviewer": {
        "review",
        "read_reviews",
        "rank",
        "see_workspace",
        "attach",
        "read_papers",
        "map_programmes",
        "read_programmes",
    },
    "city": {
        "relate",
        "adopt",
        "approve",
        "read_reviews",
        "rank",
        "plan",
        "weigh",
        "see_workspace",
        "read_papers",
        "set_catalogue",
        "map_programmes",
        "read_programmes",
    },
    "partner": set(),
    "admin": set(RIGHTS),
}


@pytest.mark.parametrize("action", sorted(RIGHTS))
@pytest.mark.parametrize("role", sorted(TABLE))
def test_a_role_opens_what_the_table_says_and_only_in_its_region(role: str, action: str) -> None:
    somebody = Actor("1", "x", "x", (Role(role, HERE),))
    assert may(somebody, action, HERE) == (action in TABLE[role])
    assert not may(somebody, action, BESIDE)
    assert not may(somebody, action, CITY)
    assert may(Actor("1", "x", "x", (Role(role, CITY),)), action, HERE) == (action in TABLE[role])


@pytest.mark.parametrize("action", sorted(OF_ACCOUNTS))
def test_everybody_with_an_account_may_speak_and_support(action: str) -> None:
    assert may(Actor("1", "x", "x"), action, HERE)
    assert not may(PUBLIC, action, HERE)


@pytest.mark.parametrize("action", sorted(OF_ACCOUNTS))
@pytest.mark.parametrize(
    ("token", "opens"),
    [
        (Token("read"), False),
        (Token("write"), True),
        (Token("full"), True),
        (Token("full", CITY), True),
        (Token("full", BESIDE), False),
    ],
)
def test_a_token_to_which_no_role_is_left_still_goes_no_further(
    action: str, token: Token, opens: bool
) -> None:
    assert may(Actor("1", "x", "x", token=token), action, HERE) == opens


@pytest.mark.parametrize("action", sorted(RIGHTS))
def test_the_public_is_asked_to_sign_in(action: str) -> None:
    assert not may(PUBLIC, action, HERE)
    with pytest.raises(SignInNeeded):
        require(PUBLIC, action, HERE)


def test_an_account_without_the_right_is_refused() -> None:
    with pytest.raises(NotAllowed):
        require(Actor("1", "x", "x", (Role("planner", BESIDE),)), "propose", HERE)


def test_an_action_nobody_listed_is_nobodys() -> None:
    assert not may(Actor("1", "x", "x", (Role("admin", CITY),)), "drop_everything", HERE)


def test_a_region_covers_what_lies_below_and_no_namesake() -> None:
    assert covers("99.01", "99.01.01.1001-RW002-RT009")
    assert covers("99.01.01.1001-RW002", "99.01.01.1001-RW002-RT009")
    assert not covers("99.01", "99.010")
    assert not covers("99.01.01.1001", "99.01.01.10011")


def test_people_are_at_home_in_their_smallest_region() -> None:
    assert home(Actor("1", "x", "x", (Role("facilitator", CITY), Role("planner", HERE)))) == HERE
    assert home(PUBLIC) is None
