"""Static files: kept for ever under their own address, never stale, and packed for whoever can unpack."""

from __future__ import annotations

import gzip

from flask import Flask, url_for
from flask.testing import FlaskClient

from inspect_app.core import statics

PACKS = {"Accept-Encoding": "gzip, br"}


def _address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=name)


def test_an_address_holds_the_version_and_is_kept_for_ever(app: Flask, client: FlaskClient) -> None:
    address = _address(app, "js/app.js")
    assert address == f"/static/v-{statics.version()}/js/app.js"
    answer = client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_an_older_address_gets_the_file_as_it_is_and_keeps_it_not(client: FlaskClient) -> None:
    plain, old = client.get("/static/js/app.js"), client.get("/static/v-0123456789/js/app.js")
    assert plain.data == old.data
    assert plain.headers["Cache-Control"] == old.headers["Cache-Control"] == "no-cache"


def test_texts_are_packed_once_and_pictures_never(app: Flask, client: FlaskClient) -> None:
    address = _address(app, "css/parts.css")
    plain, packed = client.get(address), client.get(address, headers=PACKS)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Type"].startswith("text/css")
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]
    font = client.get(_address(app, "fonts/atkinson-next-latin-normal.woff2"), headers=PACKS)
    assert "Content-Encoding" not in font.headers
    again = client.get(address, headers=PACKS | {"If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304


def test_no_address_leads_out_of_the_folder(client: FlaskClient) -> None:
    for way in ("../pyproject.toml", "v-0123456789/../../pyproject.toml", "v-0123456789/%2e%2e/pyproject.toml"):
        assert client.get(f"/static/{way}", headers=PACKS).status_code == 404


def test_a_script_loses_what_only_its_readers_need(client: FlaskClient) -> None:
    sent = client.get("/static/fieldwork/counter.js").text
    assert "@param" not in sent
    assert "// " not in sent


def test_styles_that_every_page_asks_for_come_as_one(client: FlaskClient) -> None:
    sent = client.get("/static/css/joined.css").text
    for one in (".govuk-button", "@font-face", ".app-header", ".app-card"):
        assert one in sent


def test_a_module_that_is_joined_stands_at_its_own_address_too(client: FlaskClient) -> None:
    sent = client.get("/static/tablet/outbox.js").text
    assert "joined.js" in sent
    assert "entries" in sent
    assert "tablet_outbox" in client.get("/static/tablet/joined.js").text
