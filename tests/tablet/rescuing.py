"""A tablet's side of rescue files: writes them as the tablet's own script does."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspect_app.tablet import office_keys

PART = 1024 * 1024


def _number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Tablet:
    """One person's tablet: what it knows of the office, and the key with which it locks."""

    def __init__(self, client: Any, device: str = "tablet-1") -> None:
        said = client.post("/tablet/key", json={"device": device}).json
        self.person, self.device, self.own = said["person"], device, base64.b64decode(said["key"])
        self.jwk = client.get("/tablet/office-key").json

    def head(self, raw: bytes, **changed: Any) -> bytes:
        """Return how a file begins; ``changed`` replaces parts of it."""
        office = RSAPublicNumbers(_number(self.jwk["e"]), _number(self.jwk["n"])).public_key()
        iv = os.urandom(12)
        bound = f"{changed.get('person', self.person)} rescue".encode()
        proof = {"iv": _b64(iv), "body": _b64(AESGCM(self.own).encrypt(iv, raw, bound))}
        locked = _b64(office.encrypt(raw, office_keys.OAEP))
        said = {"kid": self.jwk["kid"], "key": locked, "person": self.person, "device": self.device, "proof": proof}
        return b"inspect-together-rescue 1\n" + json.dumps({**said, **changed}).encode() + b"\n"

    def file(self, entries: list[str], blobs: list[bytes] = [], **changed: Any) -> bytes:  # noqa: B006
        """Return a whole rescue file."""
        key = os.urandom(32)
        parts: list[tuple[dict[str, Any], bytes]] = []
        for blob in blobs:
            name = hashlib.sha256(blob).hexdigest()
            for at in range(0, len(blob), PART):
                about = {"is": "file", "entry": "", "sha256": name, "at": at, "size": len(blob)}
                parts.append((about, blob[at : at + PART]))
        parts += [({"is": "entry"}, text.encode()) for text in entries]
        parts.append(({"is": "end", "entries": len(entries), "files": len(blobs)}, b""))
        return self.head(key, **changed) + b"".join(piece(key, number, *one) for number, one in enumerate(parts))


def piece(key: bytes, number: int, about: dict[str, Any], content: bytes) -> bytes:
    iv = os.urandom(12)
    sealed = AESGCM(key).encrypt(iv, json.dumps(about).encode() + b"\n" + content, str(number).encode())
    return struct.pack(">I", len(sealed)) + iv + sealed
