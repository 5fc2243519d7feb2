"""What makes the product an application on a tablet: the worker, the manifest, and what shows without a network."""

from __future__ import annotations

import json
from functools import cache

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from inspect_app.core import statics
from inspect_app.core.access import needs
from inspect_app.core.web import POLICY
from inspect_app.core.words import _, language
from inspect_app.inspections import along
from inspect_app.tablet.views_room import bp

LEFT_OUT = ("public/", "reports/", "insight/", "css/pdf.css", "images/icon-512", "images/icon-maskable")
"""Static files that no page of a tablet asks for."""
SHELLS = {"/tablet": "/tablet", "offline": "/tablet/offline"}
"""Pages that hold nobody's words, and are kept in the open beside the static files."""


@bp.get("/tablet-worker.js")
@needs("open to all")
def worker() -> ResponseReturnValue:
    """Answer with the worker of this version: which files it keeps, each with its hash."""
    facts = {
        "version": statics.version(),
        "files": [[url_for("static", filename=name), digest] for name, digest in _kept(str(current_app.static_folder))],
        "shells": SHELLS,
        "policy": POLICY,
    }
    start = json.dumps(url_for("static", filename="tablet/worker.js"))
    text = f"import {{ start }} from {start};\nstart({json.dumps(facts, indent=1)});\n"
    response: Response = current_app.response_class(text, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response


@cache
def _kept(folder: str) -> list[tuple[str, str]]:
    return [(name, digest) for name, digest in statics.digests(folder).items() if not name.startswith(LEFT_OUT)]


@bp.get("/manifest.webmanifest")
@needs("open to all")
def manifest() -> ResponseReturnValue:
    """Answer with what a tablet needs to put the product on its home screen."""
    icons = [("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("icon-maskable", "512x512", "maskable")]
    facts = {
        "id": "/tablet",
        "name": "Inspect Together",
        "short_name": "Inspect",
        "description": _("Citizens inspect public services, say what they saw, and see what becomes of it."),
        "lang": language(),
        "start_url": "/tablet",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fffdf8",
        "theme_color": "#f4efe4",
        "icons": [
            {
                "src": url_for("static", filename=f"images/{name}.png"),
                "sizes": size,
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in icons
        ],
    }
    response: Response = current_app.response_class(json.dumps(facts), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/tablet/offline")
@needs("open to all")
def offline() -> ResponseReturnValue:
    """Show the page that stands for every page which needs the network."""
    with along.blank():
        text = render_template("tablet/offline.html")
    return _shell(text)


def _shell(text: str) -> Response:
    response: Response = current_app.response_class(text)
    response.headers["Cache-Control"] = "no-cache"
    return response
