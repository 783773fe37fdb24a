"""Signing in with an OpenID Connect provider, where an installation names one.

It knows nothing about what the provider asks of people. Discovery, state, nonce, PKCE, signature and claims are checked
by Authlib. Nobody gets an account this way: the confirmed address must be that of an account here, which is from then
on bound to the person of the provider. An account without a role may have been made by somebody else under this
address, so binding it ends every other way in.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Final
from urllib.parse import quote_plus

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, current_app, session
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from webgis.auth.errors import OpenIdFailed
from webgis.auth.signing_in import ASK_WHO, begin_session
from webgis.context import context
from webgis.planning.access import Actor
from webgis.settings import OpenId
from webgis.store import accounts, people

KEY: Final = "webgis.openid"
TIMEOUT_S: Final = 10
ADDRESS: Final = frozenset({"email", "email_verified"})
BASIC, POST = "client_secret_basic", "client_secret_post"
FAULTS: Final = (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, RuntimeError)
"""What a provider that is away, lies or describes itself in part comes out as: then Authlib says RuntimeError."""


class _Session(OAuth2Session):  # type: ignore[misc]  # authlib has no types
    """Asks the provider that was named and follows it nowhere else: a redirect could lead into the inner network."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.max_redirects = 0


class _Client(FlaskOAuth2App):  # type: ignore[misc]
    """Takes metadata from nobody but the issuer that was named (ASVS 5.0, 10.5.3)."""

    client_cls = _Session
    OAUTH_APP_CONFIG: Final[dict[str, Any]] = {}

    def load_server_metadata(self) -> dict[str, Any]:
        """The provider's own description, and how it wants our secret. Raises ValueError if it speaks for another."""
        found: dict[str, Any] = super().load_server_metadata()
        wanted = self._server_metadata_url.removesuffix("/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != wanted:
            self.server_metadata.pop("_loaded_at")  # ask again next time
            raise ValueError("the provider describes another issuer")
        taken = found.get("token_endpoint_auth_methods_supported") or [BASIC]
        found["token_endpoint_auth_method"] = POST if BASIC not in taken and POST in taken else BASIC
        return found


def register(app: Flask, provider: OpenId) -> None:
    """Let an application sign people in with a provider; nothing is asked of it before somebody wants to."""
    oauth = OAuth(app)
    app.extensions[KEY] = oauth.register(
        "provider",
        client_cls=_Client,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_auth_methods=[(BASIC, _basic)],
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_S,
            "leeway": 0,  # its token is used at once; Authlib takes one that lives a minute for expired
        },
    )


def to_provider(back: str) -> Response:
    """Off to the provider, which sends the browser to the address `back`. Raises OpenIdFailed.

    Whoever signed out here, or has no account here, left the provider knowing them: it is to ask who sits here now.
    """
    asking = {"prompt": "login"} if session.get(ASK_WHO) else {}
    try:
        answer: Response = _client().authorize_redirect(back, **asking)
    except FAULTS as error:
        raise OpenIdFailed("openid_away") from error
    return answer


def come_back() -> Actor:
    """Sign in whom the provider vouches for in this request. Raises OpenIdFailed."""
    try:
        claims = _claims()
        subject = f"{claims['iss']} {claims['sub']}"
    except FAULTS as error:
        raise OpenIdFailed("openid_failed") from error
    email = str(claims.get("email", "")).strip().lower() if claims.get("email_verified") is True else None
    with context().db.transaction() as store:
        row = accounts.by_openid(
            store, claims["iss"], subject, email, synthetic=not context().settings.production
        )
    session[ASK_WHO] = row is None
    if row is None:
        raise OpenIdFailed("openid_unknown" if email else "openid_unconfirmed")
    if not row["bound"]:
        with context().db.transaction(row["id"], "OpenID Connect bound") as store:
            if not row["roles"]:
                people.shut_out(store, row["id"])
            accounts.set_openid_subject(store, row["id"], subject)
    return begin_session(row, "openid")


def _claims() -> dict[str, Any]:
    """What the provider says of who came back: iss and sub, and email with email_verified where it tells.

    A provider that goes by the book tells the address at its userinfo endpoint only (OpenID Connect Core 1.0, 5.4); an
    answer there about somebody else is not believed (5.3.2).
    """
    client = _client()
    token: dict[str, Any] = client.authorize_access_token()
    claims: dict[str, Any] = dict(token["userinfo"])
    if not claims.keys() >= ADDRESS and "userinfo_endpoint" in client.load_server_metadata():
        told = client.userinfo(token=token)
        if told["sub"] != claims["sub"]:
            raise ValueError("the userinfo endpoint speaks of somebody else")
        claims |= {name: told[name] for name in ADDRESS & told.keys()}
    return claims


def _basic(client: Any, _method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, Any, str]:
    """Our name and secret as RFC 6749, 2.3.1 wants them: each form-encoded first, which Authlib leaves out."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return uri, headers, body


def _client() -> Any:
    return current_app.extensions[KEY]
