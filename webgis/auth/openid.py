"""Signing in with an OpenID Connect provider, where an installation names one.

It knows nothing about what the provider asks of people. Discovery, state, nonce, PKCE, signature and claims are checked
by Authlib. Nobody gets an account this way: the confirmed address must be that of an account here, which is from then
on bound to the person of the provider. An account without a role may have been made by somebody else under this
address, so binding it ends every other way in.
"""

from __future__ import annotations

from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, current_app
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from webgis.auth.errors import OpenIdFailed
from webgis.auth.signing_in import begin_session
from webgis.context import context
from webgis.planning.access import Actor
from webgis.settings import OpenId
from webgis.store import accounts, people

KEY: Final = "webgis.openid"
TIMEOUT_S: Final = 10


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
        """The provider's own description. Raises ValueError where it speaks for somebody else."""
        found: dict[str, Any] = super().load_server_metadata()
        wanted = self._server_metadata_url.removesuffix("/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != wanted:
            self.server_metadata.pop("_loaded_at")  # ask again next time
            raise ValueError("the provider describes another issuer")
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
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_S,
        },
    )


def to_provider(back: str) -> Response:
    """Off to the provider, which sends the browser to the address `back`. Raises OpenIdFailed."""
    try:
        answer: Response = _client().authorize_redirect(back)
    except (AuthlibBaseError, JoseError, RequestException, ValueError) as error:
        raise OpenIdFailed("openid_away") from error
    return answer


def come_back() -> Actor:
    """Sign in whom the provider vouches for in this request. Raises OpenIdFailed."""
    try:
        claims: dict[str, Any] = _client().authorize_access_token()["userinfo"]
        subject = f"{claims['iss']} {claims['sub']}"
    except (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError) as error:
        raise OpenIdFailed("openid_failed") from error
    email = str(claims.get("email", "")).strip().lower() if claims.get("email_verified") is True else None
    with context().db.transaction() as session:
        row = accounts.by_openid(session, subject, email, synthetic=not context().settings.production)
    if row is None:
        raise OpenIdFailed("openid_unknown")
    with context().db.transaction(row["id"], "OpenID Connect bound") as session:
        if not row["bound"] and not row["roles"]:
            people.shut_out(session, row["id"])
        accounts.set_openid_subject(session, row["id"], subject)
    return begin_session(row, "openid")


def _client() -> Any:
    return current_app.extensions[KEY]
