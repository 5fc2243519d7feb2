"""The form of a rescue file, read with distrust and a piece at a time, so that its length does not matter.

``inspect-together-rescue 1``, a line; one line of JSON: ``kid`` (which of the office's keys), ``key`` (the file's own
key, locked with it by RSA-OAEP), ``person``, ``device``, ``proof``; then pieces. A piece is its length (four bytes, the
highest first), twelve bytes, and that many bytes of AES-GCM, bound to the piece's number. Opened, it is one line of
JSON that says what it ``is``, and the rest: an entry's text, a part of a file, or the end.

The proof is the file's own key, locked with the person's key of that tablet. Everybody can lock something for the
office; this alone shows whose file it is.
"""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from inspect_app.core.errors import Refused
from inspect_app.core.words import mark
from inspect_app.tablet import office_keys

FIRST_LINE = b"inspect-together-rescue 1\n"
LONGEST_HEAD = 8192
LONGEST_PIECE = 1024 * 1024 + 64 * 1024
IV = 12

NO_RESCUE_FILE = mark("This is no rescue file, or it was cut off at once. Save it again on the tablet.")
OTHER_OFFICE = mark("This file was made for another office. Nothing was loaded.")
NOT_TO_OPEN = mark("This file cannot be opened: it is damaged. Save it again on the tablet. Nothing was loaded.")
NO_PROOF = mark("The office cannot tell whose file this is. Nothing was loaded.")


@dataclass(frozen=True)
class Head:
    """Whose file it is, made on which tablet, and the key that opens its pieces."""

    person: uuid.UUID
    device: str
    key: bytes


@dataclass(frozen=True)
class Piece:
    """One piece: what it is, and its content. A damaged one is nothing (``about`` is empty)."""

    about: dict[str, Any]
    content: bytes


def read_head(file: IO[bytes], key_of: Callable[[uuid.UUID, str], bytes | None]) -> Head:
    """Read how a file begins; ``key_of`` returns the key of a person's tablet.

    Raises Refused (422) for what is no rescue file, is not for this office, or does not prove whose it is.
    """
    if file.readline(len(FIRST_LINE)) != FIRST_LINE:
        raise Refused(NO_RESCUE_FILE, 422)
    try:
        said = json.loads(file.readline(LONGEST_HEAD))
        office = office_keys.by_kid(str(said["kid"]))
        locked, proof = _bytes(said["key"]), said["proof"]
        person, device = uuid.UUID(said["person"]), str(said["device"])
        iv, body = _bytes(proof["iv"]), _bytes(proof["body"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Refused(NOT_TO_OPEN, 422) from fault
    if office is None:
        raise Refused(OTHER_OFFICE, 422)
    try:
        key = office.decrypt(locked, office_keys.OAEP)
    except ValueError as fault:
        raise Refused(NOT_TO_OPEN, 422) from fault
    own = key_of(person, device)
    if own is None or _opened(own, iv, body, f"{person} rescue") != key or len(key) != 32:
        raise Refused(NO_PROOF, 422)
    return Head(person, device, key)


def pieces(file: IO[bytes], head: Head) -> Iterator[Piece]:
    """Yield each piece; where the file is cut off, or says a length that cannot be, there are no more."""
    number = 0
    while True:
        length = int.from_bytes(file.read(4))
        if not 0 < length <= LONGEST_PIECE:
            return
        iv, sealed = file.read(IV), file.read(length)
        if len(sealed) < length:
            return
        yield _piece(_opened(head.key, iv, sealed, str(number)))
        number += 1


def _piece(opened: bytes | None) -> Piece:
    line, _, content = (opened or b"").partition(b"\n")
    try:
        about = json.loads(line)
    except (ValueError, RecursionError):
        about = None
    return Piece(about, content) if isinstance(about, dict) else Piece({}, b"")


def _opened(key: bytes, iv: bytes, body: bytes, bound: str) -> bytes | None:
    try:
        return AESGCM(key).decrypt(iv, body, bound.encode())
    except (InvalidTag, ValueError):
        return None


def _bytes(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise ValueError("no base64") from fault
