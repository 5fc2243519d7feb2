"""Static files: addresses that change with their content, so that a browser keeps them for ever; and packed small.

One hash over all files stands in the address as a folder (``/static/v-0123456789/js/app.js``), so that what a
module or a style sheet asks for by a relative address is of the same version. A page that is older than the
application asks under an older hash and gets the file as it is now; the plain address goes on working too.
"""

from __future__ import annotations

import gzip
import hashlib
import posixpath
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
    for name, path in files_in(folder).items():
        found.update(f"{name}\n{digest(path)}\n".encode())
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
    if Path(name).suffix in PACKED:
        packs = request.accept_encodings.quality("gzip") > 0
        content = _contents(str(safe_join(folder, name)), version())[packs]
        response = current_app.response_class(content, mimetype=response.mimetype)
        response.set_etag(f"{version()}-{'gzip' if packs else 'plain'}")
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        response.make_conditional(request)
    response.headers["Cache-Control"] = FOR_EVER if named and named[1] == version() else "no-cache"
    return response


@cache
def _contents(path: str, _version: str) -> tuple[bytes, bytes]:
    """Return what is sent of a file: as it is, and packed."""
    content = content_of(Path(path))
    return content, gzip.compress(content, 9, mtime=0)


def content_of(path: Path) -> bytes:
    """Return what a browser gets of a file: a script without what only its readers need, all else as it lies there."""
    content = path.read_bytes()
    return lean(content.decode()).encode() if path.suffix == ".js" else content


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
    text = content_of(path).decode() if path.is_file() else ""
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in IMPORTS.findall(text)]


def digest(path: Path) -> str:
    """Return the SHA-256 of what a browser gets of a file, in hexadecimal."""
    return hashlib.sha256(content_of(path)).hexdigest()


def lean(script: str) -> str:
    """Return a script without what only its readers need: comments that stand on lines of their own, and indents.

    A third of what our modules weigh on a poor network. A script in which a text goes over several lines is left as
    it is, since an indent may be part of that text.
    """
    if any(line.count("`") % 2 for line in script.splitlines()):
        return script
    return FOR_READERS.sub("", script)
