"""PDF: one HTML page becomes an archivable (PDF/A-3a) and accessible (PDF/UA-1) document.

WeasyPrint lays out and tags; two marks that it cannot set are added afterwards. While it works it can fetch
nothing but our own static files and the pictures that the caller hands over: no network, no other file.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
from flask import current_app
from PIL import ImageFile
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# WeasyPrint lets Pillow accept cut-off pictures everywhere in this process; ours must be refused when they arrive.
ImageFile.LOAD_TRUNCATED_IMAGES = False

BASE_URL = "https://inspect.invalid/"
"""Where the page pretends to lie: a host that by RFC 6761 never exists, so nothing can be fetched from it."""
STATIC_PREFIX = "/static/"
IMAGE_SCHEME = "inspect-file"
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}

UA_SCHEMA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
 <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 that the document keeps</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class PdfError(Exception):
    """The document cannot be made as asked: a picture that it needs was not handed over."""


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint comes without types
    """Answers from the static folder and from the pictures at hand; refuses every other address."""

    def __init__(self, static: Path, images: Mapping[str, bytes]) -> None:
        super().__init__(allow_redirects=False)
        self._static = static.resolve()
        self._images = images

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the content; raise ValueError for a foreign address (WeasyPrint goes on without it)."""
        parts = urlsplit(url)
        if parts.scheme == IMAGE_SCHEME:
            return self._picture(url, parts.path)
        if url.startswith(BASE_URL) and parts.path.startswith(STATIC_PREFIX):
            return self._own_file(url, unquote(parts.path.removeprefix(STATIC_PREFIX)))
        raise ValueError("a document may fetch nothing from outside")

    def _picture(self, url: str, name: str) -> URLFetcherResponse:
        content = self._images.get(name)
        if content is None:
            # A report without one of its photos must not come into the world unnoticed.
            raise FatalURLFetchingError(f"the picture {name} was not handed over")
        if content.startswith(b"\xff\xd8\xff"):
            return URLFetcherResponse(url, content, {"Content-Type": "image/jpeg"})
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return URLFetcherResponse(url, content, {"Content-Type": "image/png"})
        raise FatalURLFetchingError(f"the picture {name} is neither JPEG nor PNG")

    def _own_file(self, url: str, name: str) -> URLFetcherResponse:
        path = (self._static / name).resolve()
        if not path.is_relative_to(self._static) or path.suffix not in TYPES:
            raise ValueError("this file is not for documents")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})


def render_pdf(html: str, *, title: str, language: str, images: Mapping[str, bytes] | None = None) -> bytes:
    """Return the page as PDF/A-3a and PDF/UA-1.

    ``images`` gives the JPEG or PNG for each ``<img src="inspect-file:NAME">``; raises PdfError when one is
    missing. ``language`` is a BCP 47 tag such as ``en``. The page's style comes from ``/static/css/pdf.css``.
    """
    return render_pages(html, title=title, language=language, images=images)[0]


def render_pages(
    html: str, *, title: str, language: str, images: Mapping[str, bytes] | None = None
) -> tuple[bytes, list[set[str]]]:
    """Return what :func:`render_pdf` returns, and for each page of it the ids of the elements that begin there."""
    fetcher = OwnFilesOnly(Path(str(current_app.static_folder)), images or {})
    try:
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher).render(
            font_config=FontConfiguration(), pdf_variant="pdf/a-3a", pdf_tags=True
        )
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from error
    document.metadata.title = title
    document.metadata.lang = language
    begins = [set(page.anchors) for page in document.pages]
    return _marked(document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True), language), begins


def _marked(plain: bytes, language: str) -> bytes:
    """Add what PDF/UA-1 asks for and WeasyPrint leaves out: its own mark, and what a table heading heads."""
    with pikepdf.open(BytesIO(plain)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode()
        mark = UA_SCHEMA if "pdfuaid:part" not in metadata else ""
        end = metadata.rindex("</rdf:RDF>")
        marked = (metadata[:end] + mark + metadata[end:]).encode()
        kind = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
        pdf.Root.Metadata = pdf.make_stream(marked, **kind)
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        _give_scope(pdf)
        out = BytesIO()
        pdf.save(out, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _give_scope(pdf: pikepdf.Pdf) -> None:
    """Say of each TH whether it heads a row or a column: a row, when a data cell stands beside it."""
    for row in _elements(pdf, "/TR"):
        cells = [cell for cell in _children(row) if cell.get("/S") in ("/TH", "/TD")]
        kinds = {str(cell.S) for cell in cells}
        scope = pikepdf.Name.Row if kinds == {"/TH", "/TD"} else pikepdf.Name.Column
        for cell in cells:
            if cell.S == "/TH":
                _set_scope(cell, scope)


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == kind and "/K" in thing
    ]


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def _set_scope(cell: pikepdf.Object, scope: pikepdf.Name) -> None:
    table = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
    given = cell.get("/A")
    if given is None:
        cell.A = pikepdf.Array([table])
    elif isinstance(given, pikepdf.Dictionary) and given.get("/O") == "/Table":
        given.Scope = scope
    else:
        cell.A = pikepdf.Array([*(given if isinstance(given, pikepdf.Array) else [given]), table])
