"""A tablet's side of the uploads, as a library for tus speaks."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from flask.testing import FlaskClient

TUS = {"Tus-Resumable": "1.0.0"}


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def metadata(**facts: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in facts.items())


def begin(client: FlaskClient, data: bytes, inspection: str = "NC-1", name: str = "door.jpg", **more: Any) -> Any:
    facts = metadata(sha256=hash_of(data), inspection=inspection, name=name)
    headers = {**TUS, "Upload-Length": str(len(data)), "Upload-Metadata": facts, **more}
    return client.post("/uploads", headers=headers)


def add(client: FlaskClient, place: str, offset: int, piece: bytes, **more: Any) -> Any:
    headers = {**TUS, "Upload-Offset": str(offset)}
    return client.patch(place, data=piece, headers=headers, content_type="application/offset+octet-stream", **more)


def reached(client: FlaskClient, place: str) -> int:
    return int(client.head(place, headers=TUS).headers["Upload-Offset"])


def upload(client: FlaskClient, data: bytes, **more: Any) -> str:
    """Send a whole file; return its hash."""
    begun = begin(client, data, **more)
    assert begun.status_code == 201, begun.text
    assert add(client, begun.location, 0, data).status_code == 204
    return hash_of(data)
