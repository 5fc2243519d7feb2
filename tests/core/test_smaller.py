"""Pages travel packed, for whoever can unpack them."""

from __future__ import annotations

import gzip

from flask import Flask, Response

from inspect_app.core import smaller

PAGE = "<h1>A page</h1>" * 200


def sent(app: Flask, content: str, *, accepts: str = "gzip, br", mimetype: str = "text/html") -> Response:
    with app.test_request_context("/", headers={"Accept-Encoding": accepts}):
        return smaller.pack(Response(content, mimetype=mimetype))


def test_a_page_is_packed_for_whoever_can_unpack_it(app: Flask) -> None:
    packed = sent(app, PAGE)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.content_length == len(packed.get_data()) < len(PAGE) / 2
    assert gzip.decompress(packed.get_data()).decode() == PAGE


def test_for_others_it_goes_as_it_is_and_no_store_between_mixes_them_up(app: Flask) -> None:
    plain = sent(app, PAGE, accepts="identity")
    assert plain.get_data(as_text=True) == PAGE
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_what_is_no_page_or_short_goes_as_it_is(app: Flask) -> None:
    assert "Content-Encoding" not in sent(app, PAGE, mimetype="application/pdf").headers
    assert "Content-Encoding" not in sent(app, "<h1>Short</h1>").headers
