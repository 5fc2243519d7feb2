"""Static files: addresses that change with their content, so that a browser keeps them for ever; and packed small.

One hash over all files stands in the address as a folder (``/static/v-0123456789/js/app.js``), so that what a
module or a style sheet asks for by a relative address is of the same version. A page that is older than the
application asks under an older hash and gets the file as it is now; the plain address goes on working too.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, send_from_directory
from werkzeug.security import safe_join

SERVED = frozenset({".css", ".js", ".svg", ".png", ".woff2"})
"""Kinds of file that pages ask for; sources and licences lie beside them."""
PACKED = frozenset({".css", ".js", ".svg"})
VERSIONED = re.compile(r"v-([0-9a-f]{10})/(.+)", re.DOTALL)
FOR_READERS = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|/\*\* @[^*\n]*\*/ ?|^[ \t]*//[^\n]*\n|^[ \t]+", re.MULTILINE | re.DOTALL
)
"""Comments of a script and the indents of its lines; a licence (``/*!``) stays."""
FOR_EVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Give static files their addresses. While the application is worked on (debug), addresses stay plain."""
    app.view_functions["static"] = _send
    if not app.debug:
        app.url_defaults(_add_version)


def version(folder: str | None = None) -> str:
    """Return ten figures that stand for the content of all static files."""
    return _version(folder or str(current_app.static_folder))


@cache
def _version(folder: str) -> str:
    found = hashlib.sha256()
    for name, path in files_in(folder).items():
        found.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()[:10]


def files_in(folder: str) -> dict[str, Path]:
    """Return name → path of all that is served, in the order of names."""
    root = Path(folder)
    ones = (path for path in root.rglob("*") if path.suffix in SERVED and path.is_file())
    return dict(sorted((path.relative_to(root).as_posix(), path) for path in ones))


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and not VERSIONED.fullmatch(values.get("filename", "v")):
        values["filename"] = f"v-{version()}/{values['filename']}"


def _send(filename: str) -> Response:
    """Answer with a static file, under any version's address."""
    named = VERSIONED.fullmatch(filename)
    name = named[2] if named else filename
    folder = str(current_app.static_folder)
    response = send_from_directory(folder, name)
    packs = Path(name).suffix in PACKED
    if packs and request.accept_encodings.quality("gzip") > 0:
        found = safe_join(folder, name)
        response = current_app.response_class(_packed(str(found), version()), mimetype=response.mimetype)
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(f"{version()}-gzip")
        response.make_conditional(request)
    if packs:
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = FOR_EVER if named and named[1] == version() else "no-cache"
    return response


@cache
def _packed(path: str, _version: str) -> bytes:
    content = Path(path).read_bytes()
    return gzip.compress(lean(content.decode()).encode() if path.endswith(".js") else content, 9, mtime=0)


def lean(script: str) -> str:
    """Return a script without what only its readers need: comments that stand on lines of their own, and indents.

    A third of what our modules weigh on a poor network. A script in which a text goes over several lines is left as
    it is, since an indent may be part of that text.
    """
    if any(line.count("`") % 2 for line in script.splitlines()):
        return script
    return FOR_READERS.sub("", script)
