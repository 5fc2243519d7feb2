"""Pages are sent packed, since on a poor network every kilobyte is waited for; statics.py does the same for files.

Packing could tell a listener something of a page's secrets where another site can make a signed-in browser ask for
pages again and again, with words of its choice in them. Our cookies do not go along with such requests (SameSite).
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

LEAST = 1400
"""Bytes that travel in one piece of the network anyway."""
LEVEL = 5
"""Of 9: a page of 16 kB becomes 4 kB in a fifth of a millisecond."""


def init_app(app: Flask) -> None:
    """Pack every page for whoever can unpack it."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """Return the answer, packed if it is a page of some length."""
    if response.mimetype != "text/html" or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    is_short = (response.content_length or 0) < LEAST
    if is_short or "Content-Encoding" in response.headers or request.accept_encodings.quality("gzip") <= 0:
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
