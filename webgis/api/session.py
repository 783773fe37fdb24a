"""/session and /accounts: signing in, who I am, signing out, and an account of one's own.

It knows nothing about passwords, which is `webgis.auth`.
The answer holds the token that unsafe calls with the cookie must carry (contracts, HTTP).
"""

from __future__ import annotations

from flask import Response
from pydantic import BaseModel, Field

from webgis.api.documents import Given, Query, problem_response, reply
from webgis.api.documents import blueprint as api_blueprint
from webgis.auth import csrf_token, current_actor, sign_in, sign_out, sign_up
from webgis.context import database
from webgis.planning import regions
from webgis.planning.access import Actor

blueprint = api_blueprint("session", "session")


class Credentials(Given):
    """What somebody signs in with."""

    email: str = Field(max_length=254)
    password: str = Field(max_length=1024)
    code: str = Field("", max_length=32, description="Of the authenticator app, for accounts that have one.")


class Newcomer(Credentials):
    """What somebody makes an account with; the name is shown beside what they say."""

    name: str = Field(max_length=1000)


class Person(BaseModel):
    """Who is signed in."""

    id: str
    name: str
    email: str


class RoleHeld(BaseModel):
    """A role in a region and everything below it."""

    role: str
    region: str


class RegionName(BaseModel):
    """A region by code and name."""

    code: str
    name: str


class SessionDocument(BaseModel):
    """Who asks; user is null for the public."""

    user: Person | None
    roles: list[RoleHeld]
    regions: list[RegionName]
    csrf_token: str | None


def _document(actor: Actor) -> Response:
    codes = sorted({role.region for role in actor.roles})
    document = SessionDocument(
        user=Person(id=actor.account_id, name=actor.name, email=actor.email) if actor.account_id else None,
        roles=[RoleHeld(role=role.role, region=role.region) for role in actor.roles],
        regions=[RegionName(code=code, name=regions.region(database(), code).region.name) for code in codes],
        csrf_token=csrf_token() or None,
    )
    return reply(document)


@blueprint.get("/session", responses={200: SessionDocument})
def who(query: Query) -> Response:
    """Who I am, my roles, and the CSRF token of my session."""
    return _document(current_actor())


@blueprint.post("/session", responses={200: SessionDocument, 429: problem_response()})
def enter(body: Credentials, query: Query) -> Response:
    """Sign in; sets the session cookie."""
    return _document(sign_in(body.email, body.password, body.code))


@blueprint.post("/accounts", responses={201: SessionDocument, 429: problem_response()})
def join(body: Newcomer, query: Query) -> Response:
    """Make an account without any role, which may comment and support, and sign in; 403 where that is closed."""
    response = _document(sign_up(body.name, body.email, body.password))
    response.status_code = 201
    return response


@blueprint.delete("/session", responses={204: None})
def leave(query: Query) -> Response:
    """Sign out; ends the session and its cookie."""
    sign_out()
    return Response(status=204)
