"""The office's own pair of keys: tablets lock rescue files with the public one, the office alone opens them.

Each pair lies in a file of the data folder, readable by its owner alone, and goes with the backup. A new pair takes
over for new files; the old ones stay, as a file may lie on a stick for months: each file names the key it needs.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from flask import current_app

from inspect_app.core.files import sync_folder
from inspect_app.core.time import now

BITS = 3072
PREFIX = "office_key_"
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


def paths() -> list[Path]:
    """Return the files of all pairs, the newest last."""
    return sorted(Path(current_app.config["VAR"]).glob(f"{PREFIX}*"))


def make() -> Path:
    """Make a new pair, which takes over; return its file."""
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    content = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = Path(current_app.config["VAR"]) / f"{PREFIX}{now():%Y%m%d%H%M%S}_{kid_of(key)}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    return path


def load(path: Path) -> RSAPrivateKey:
    """Read a pair from its file. Raises ValueError when the file holds none."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (TypeError, UnsupportedAlgorithm) as fault:
        raise ValueError(f"{path} holds no key") from fault
    if not isinstance(key, RSAPrivateKey):
        raise ValueError(f"{path} holds another kind of key")
    return key


def by_kid(kid: str) -> RSAPrivateKey | None:
    """Return the pair with this name, an old one too; None when this office never had it."""
    return next((load(path) for path in paths() if path.name.endswith(f"_{kid}")), None)


def kid_of(key: RSAPrivateKey) -> str:
    """Return the name of a pair: the beginning of the hash of its public part."""
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(public).hexdigest()[:16]


def public_jwk() -> dict[str, Any]:
    """Return the public key of now in the form that browsers take (RFC 7517); made where there is none yet."""
    key = load((paths() or [make()])[-1])
    numbers = key.public_key().public_numbers()
    return {
        "kty": "RSA",
        "n": _base64url(numbers.n),
        "e": _base64url(numbers.e),
        "alg": "RSA-OAEP-256",
        "use": "enc",
        "kid": kid_of(key),
    }


def _base64url(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).decode().rstrip("=")
