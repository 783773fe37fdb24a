"""A small OpenID Connect provider on loopback: whoever comes is the person that a test says.

It knows nothing about the application. It checks what a provider must check (client, redirect, code, PKCE), goes by
the book where providers differ (the address at the userinfo endpoint only, name and secret form-encoded), and can be
told to lie, so that tests see whether the application notices. A certified one was tried beside it (decision 59).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "https://peta.kota.example", "rahasia penyedia: 100%+é"
ADDRESS, ACCESS = ("email", "email_verified"), "akses"


class Provider:
    """Person and lies may be changed between requests; claims given here win over the honest ones.

    described: what its description says otherwise. sent_on: addresses that lead elsewhere. visits: paths it was asked.
    told: what the userinfo endpoint says otherwise. whole_token: the address stands in the ID token as well.
    method: how it wants the secret.
    """

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "1"})
        self.signing_key = self.key
        self.person: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self.described: dict[str, Any] = {}
        self.sent_on: dict[str, str] = {}
        self.told: dict[str, Any] = {}
        self.whole_token = False
        self.method = "client_secret_basic"
        self.visits: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        # To look twice a second whether it is to end, as is usual, would hold up every test for half a second.
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict[str, Any]:
        """The document at the well-known address."""
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo", "token_endpoint_auth_methods_supported": [self.method],
            "id_token_signing_alg_values_supported": ["ES256"], "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "code_challenge_methods_supported": ["S256"],
            **self.described,
        }  # fmt: skip

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any]:
        """The ID token for a code, once."""
        asked = self.asked.pop(sent["code"])
        if self.method == "client_secret_post":
            assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        else:
            pair = f"{quote_plus(CLIENT)}:{quote_plus(SECRET)}"
            assert authorization == f"Basic {base64.b64encode(pair.encode()).decode()}"
        assert sent["redirect_uri"] == asked["redirect_uri"]
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest())
        assert challenge.decode().rstrip("=") == asked["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"],
            **{name: value for name, value in self.person.items() if self.whole_token or name not in ADDRESS},
        }  # fmt: skip
        signed = jwt.encode({"alg": "ES256", "kid": self.signing_key.kid}, claims, self.signing_key)
        return {"access_token": ACCESS, "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def userinfo(self, authorization: str) -> dict[str, Any]:
        """Who came, for whoever has the access token."""
        assert authorization == f"Bearer {ACCESS}"
        told = {name: self.person[name] for name in ("sub", *ADDRESS) if name in self.person}
        return {**told, **self.told}

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is in no set of keys any more."""
        self.key = self.signing_key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(4)})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, asked = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
                provider.visits.append(path)
                if path in provider.sent_on:
                    self.send_response(302)
                    self.send_header("Location", provider.sent_on[path])
                    self.end_headers()
                elif path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(asked))
                    self.end_headers()
                elif path == "/userinfo":
                    self._send(provider.userinfo(self.headers.get("Authorization", "")))
                elif path == "/keys":
                    self._send({"keys": [provider.key.as_dict(private=False)]})
                else:
                    self._send(provider.discovery())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._send(provider.token(_flat(body), self.headers.get("Authorization", "")))

            def _send(self, document: dict[str, Any]) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(document).encode())

            def log_message(self, *_: Any) -> None:
                """Nothing: pytest's output is for tests."""

        return Handler


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
