"""A service's own access token: OAuth 2 client credentials, kept until shortly before its end."""

import time

import httpx

EARLY_SECONDS = 30


class MachineTokens:
    """Gets and keeps the token by which this service reads the others' feeds."""

    def __init__(self, http: httpx.AsyncClient, url: str, client_id: str, secret: str) -> None:
        self._http = http
        self._url = url
        self._client = (client_id, secret)
        self._token = ""
        self._until = 0.0

    async def headers(self) -> dict[str, str]:
        """Give the header to call with. Raises `httpx.HTTPError` where no token is to be had."""
        if time.monotonic() >= self._until:
            await self._renew()
        return {"Authorization": f"Bearer {self._token}"}

    async def _renew(self) -> None:
        answer = await self._http.post(
            self._url, data={"grant_type": "client_credentials"}, auth=self._client
        )
        answer.raise_for_status()
        granted = answer.json()
        self._token = granted["access_token"]
        self._until = time.monotonic() + granted["expires_in"] - EARLY_SECONDS
