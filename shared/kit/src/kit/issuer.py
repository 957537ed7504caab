"""A development issuer: signs access tokens on this machine. In production Keycloak does."""

import json
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey


class DevelopmentIssuer:
    """Holds a key in a file and signs tokens with it; never part of a production estate."""

    def __init__(self, key: ECKey, issuer: str, audience: str) -> None:
        self._key = key
        self.issuer = issuer
        self.audience = audience

    @classmethod
    def at(cls, file: Path, issuer: str, audience: str) -> "DevelopmentIssuer":
        """Read the key from a file, or make it."""
        if not file.exists():
            fresh = ECKey.generate_key("P-256", {"kid": uuid4().hex, "use": "sig", "alg": "ES256"})
            file.touch(mode=0o600)
            file.write_text(json.dumps(fresh.as_dict(private=True)))
        return cls(ECKey.import_key(json.loads(file.read_text())), issuer, audience)

    def keys(self) -> dict[str, Any]:
        """Give the public keys as a JWKS document."""
        return {"keys": [self._key.as_dict(private=False)]}

    def token(
        self,
        organisation: str,
        scopes: list[str],
        subject: str = "officer",
        seconds: int = 3600,
        client: str | None = None,
    ) -> str:
        """Sign an access token for an organisation's client, which else has its code."""
        issued = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject,
            "organisation": organisation,
            "client_id": client or organisation,
            "scope": " ".join(scopes),
            "iat": issued,
            "exp": issued + seconds,
            "jti": uuid4().hex,
        }
        header = {"alg": "ES256", "typ": "at+jwt", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key)
