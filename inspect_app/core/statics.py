"""Static files: addresses that change with their content, so that a browser keeps them for ever; and packed small.

One hash over all files stands in the address as a folder (``/static/v-0123456789/js/app.js``), so that what a
module or a style sheet asks for by a relative address is of the same version. A page that is older than the
application asks under an older hash and gets the file as it is now; the plain address goes on working too.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, send_from_directory
from rcssmin import cssmin
from rjsmin import jsmin

from inspect_app.core import joined

SERVED = frozenset({".css", ".js", ".svg", ".png", ".woff2"})
"""Kinds of file that pages ask for; sources and licences lie beside them."""
PACKED = frozenset({".css", ".js", ".svg"})
VERSIONED = re.compile(r"v-([0-9a-f]{10})/(.+)", re.DOTALL)
IMPORTS = re.compile(r'''\b(?:from|import)\s*\(?\s*"(\.{1,2}/[^"]+\.js)"''')
TAGS = re.compile(r"/static/(?:v-[0-9a-f]{10}/)?([^\"?]+\.js)")
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
    for name, digest in digests(folder).items():
        found.update(f"{name}\n{digest}\n".encode())
    return found.hexdigest()[:10]


@cache
def digests(folder: str) -> dict[str, str]:
    """Return name → the SHA-256 of what a browser gets of each file, in hexadecimal."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents(folder).items()}


@cache
def contents(folder: str) -> dict[str, bytes]:
    """Return name → what a browser gets of each file, in the order of names.

    Our scripts and styles lose what only their readers need, and many small modules come as one (joined.py); what
    others made is sent as it lies there.
    """
    sent = {name: path.read_bytes() for name, path in files_in(folder).items()}
    scripts = joined.all_of({name: content.decode() for name, content in sent.items() if name.endswith(".js")})
    styles = joined.styles_of({name: content.decode() for name, content in sent.items() if name.endswith(".css")})
    for shorter, texts in ((jsmin, scripts), (cssmin, styles)):
        ours = {name: text for name, text in texts.items() if not name.startswith("vendor/")}
        sent |= {name: shorter(text, keep_bang_comments=True).encode() for name, text in ours.items()}
    return dict(sorted(sent.items()))


def files_in(folder: str) -> dict[str, Path]:
    """Return name → path of all that lies there to be served, in the order of names."""
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
    is_packed = Path(name).suffix in PACKED and name in contents(folder)
    response = _pack(folder, name) if is_packed else send_from_directory(folder, name)
    response.headers["Cache-Control"] = FOR_EVER if named and named[1] == version() else "no-cache"
    return response


def _pack(folder: str, name: str) -> Response:
    packs = request.accept_encodings.quality("gzip") > 0
    content = _packed(folder, name) if packs else contents(folder)[name]
    response: Response = current_app.response_class(content, mimetype=mimetypes.guess_type(name)[0])
    response.set_etag(f"{version()}-{'gzip' if packs else 'plain'}")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response


@cache
def _packed(folder: str, name: str) -> bytes:
    return gzip.compress(contents(folder)[name], 9, mtime=0)


@cache
def modules(folder: str, tags: str) -> frozenset[str]:
    """Return the modules that script elements lead to, at once or later, "tablet/watch.js"; none that others made."""
    known: set[str] = set()
    left = TAGS.findall(tags)
    while left:
        name = left.pop()
        if name not in known and not name.startswith("vendor/"):
            known.add(name)
            left += _imports(folder, name)
    return frozenset(known)


@cache
def _imports(folder: str, name: str) -> list[str]:
    path = Path(folder) / name
    text = jsmin(path.read_text()) if path.is_file() else ""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in IMPORTS.findall(text)]
