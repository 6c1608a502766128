"""A sign-in provider that tells what it is told to tell: wrong issuers, foreign audiences, old nonces, tokens that nobody signed."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt
from joserfc.jwk import RSAKey

KEY, OTHER = RSAKey.generate_key(2048, {"kid": "k", "use": "sig", "alg": "RS256"}), RSAKey.generate_key(2048, {"kid": "k"})


def none_signed(claims: dict[str, Any]) -> str:
    import base64

    parts = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join([*parts, ""])


class FalseProvider:
    """Serve on loopback. `twist(claims)` changes what the next token says; `sign(claims)` makes the token of it."""

    def __init__(self) -> None:
        self.twist, self.sign = (lambda claims: claims), self.signed
        self.nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                query = {k: v[0] for k, v in parse_qs(asked.query).items()}
                if asked.path == "/authorize":
                    code = f"code-{len(provider.nonces)}"
                    provider.nonces[code] = query.get("nonce", "")
                    self.send_response(302)
                    self.send_header("location", f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
                    self.end_headers()
                elif asked.path == "/jwks":
                    self.answer({"keys": [KEY.as_dict(private=False)]})
                else:
                    self.answer(provider.metadata())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                code = parse_qs(body)["code"][0]
                self.answer({"access_token": "a", "token_type": "Bearer", "id_token": provider.token(provider.nonces[code])})

            def answer(self, data: dict[str, Any]) -> None:
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(data).encode())

            def log_message(self, *words: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks", "id_token_signing_alg_values_supported": ["RS256"], "subject_types_supported": ["public"],
            "response_types_supported": ["code"],
        }  # fmt: skip

    def token(self, nonce: str) -> str:
        at = int(time.time())
        base = {"iss": self.url, "sub": "cleo", "aud": "songstory", "iat": at, "exp": at + 600, "nonce": nonce}
        return self.sign(self.twist({**base, "email": "cleo@label.example", "email_verified": True}))

    def signed(self, claims: dict[str, Any], key: jwk.Key = KEY) -> str:
        return jwt.encode({"alg": "RS256", "kid": "k"}, claims, key)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
