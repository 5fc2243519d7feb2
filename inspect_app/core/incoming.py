"""What comes in: words without signs that nobody can see or write, files only where a form asks for one.

A browser sends neither by itself. A tablet's clipboard may hold control signs; they would break a print, and
PostgreSQL cannot keep a NUL. So they are left out before anybody reads the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, abort, current_app, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto, _is_submitted
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter, Map
from wtforms import FileField, MultipleFileField

from inspect_app.core.access import signed_in

LARGEST_NUMBER = 2_147_483_647
"""What every database can keep as a number; nothing in an address counts further."""
UNSEEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {127: None}
Words = MultiDict[str, str]


def without_unseen(words: Words) -> ImmutableMultiDict[str, str]:
    """Return what was sent without control signs; a tab and a new line stay."""
    return ImmutableMultiDict((name, value.translate(UNSEEN)) for name, value in words.items(multi=True))


class CleanParser(FormDataParser):
    """Reads what a form sends."""

    def parse(self, *given: Any, **more: Any) -> Any:
        """Return stream, words and files, the words without control signs."""
        stream, words, files = super().parse(*given, **more)
        return stream, without_unseen(words), files


class CleanRequest(Request):
    """A request whose words hold no control signs."""

    form_data_parser_class = CleanParser

    @property
    def args(self) -> ImmutableMultiDict[str, str]:
        """Return what stands in the address after the question mark."""
        return without_unseen(super().args)


class SmallInteger(IntegerConverter):
    """A number in an address: what no table can count to is no page."""

    def __init__(self, map: Map, *given: Any, **more: Any) -> None:  # noqa: A002  # werkzeug's name
        super().__init__(map, *given, **{"max": LARGEST_NUMBER, **more})


def init_app(app: Flask) -> None:
    """Let every request and every form come in this way, the library's own forms too."""
    app.request_class = CleanRequest
    app.url_map.converters["int"] = SmallInteger
    app.before_request(_take_longer)
    app.before_request(_refuse_what_nobody_sends)
    FlaskForm.Meta.wrap_formdata = _asked_for


def _take_longer() -> None:
    """Let an address take more than others, where the configuration says so, from somebody who is signed in."""
    longer: Mapping[str, int] = current_app.config["LONGER_REQUESTS"]
    if request.path in longer and signed_in() is not None:
        request.max_content_length = longer[request.path]


def _refuse_what_nobody_sends() -> None:
    if request.path != request.path.translate(UNSEEN):
        abort(404)
    view = current_app.view_functions.get(request.endpoint or "")
    # Our pages send forms, and the library that signs people in would believe any JSON.
    if request.is_json and not getattr(view, "takes_json", False):
        abort(400)


def takes_json(view: Any) -> Any:
    """Mark a view that reads JSON: a tablet's script sends it, no form."""
    view.takes_json = True
    return view


def _asked_for(_meta: Any, form: FlaskForm, given: Any) -> Any:
    """Return what a form is filled with: what was posted as a form, and a file only for a field that takes one."""
    if given is not _Auto:
        return given
    if not _is_submitted() or not (request.form or request.files):
        return None
    takes = {field.name for field in form if isinstance(field, FileField | MultipleFileField)}
    files = MultiDict((name, file) for name, file in request.files.items(multi=True) if name in takes)
    return CombinedMultiDict([files, request.form])
