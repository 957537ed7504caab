"""Opaque and authenticated: cursors, stored answers, keyed hashes. One secret, a key per use."""

import base64
import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12  # of AES-GCM


class BrokenSeal(Exception):
    """What was to be opened was not sealed here, or not for this use."""


class Seal:
    """Encrypts and authenticates with a key that is derived from the secret for one use."""

    def __init__(self, secret: str, use: str) -> None:
        key = HKDF(SHA256(), 32, salt=None, info=use.encode()).derive(secret.encode())
        self._cipher = AESGCM(key)
        self._key = key

    def close(self, content: bytes, bound_to: str = "") -> bytes:
        """Encrypt; the same `bound_to` must be shown to open it again."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str = "") -> bytes:
        """Decrypt. Raises `BrokenSeal` on anything that `close` did not make."""
        try:
            return self._cipher.decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise BrokenSeal from error

    def close_text(self, content: bytes, bound_to: str = "") -> str:
        """Encrypt into letters that are safe in a URL."""
        return base64.urlsafe_b64encode(self.close(content, bound_to)).decode().rstrip("=")

    def open_text(self, sealed: str, bound_to: str = "") -> bytes:
        """Decrypt what `close_text` gave. Raises `BrokenSeal`."""
        try:
            raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        except ValueError as error:
            raise BrokenSeal from error
        return self.open(raw, bound_to)

    def fingerprint(self, content: bytes) -> bytes:
        """Give a keyed hash (HMAC-SHA-256, 32 bytes): comparable, and useless without the key."""
        return hmac.new(self._key, content, sha256).digest()
