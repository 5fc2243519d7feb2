"""What a document is, judged by what is in it and never by its name."""

from __future__ import annotations

import zipfile
from io import BytesIO

from inspect_app.core.errors import Refused
from inspect_app.core.words import lazy

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

SUFFIXES = {
    PDF: ".pdf",
    DOCX: ".docx",
    XLSX: ".xlsx",
    ODT: ".odt",
    ODS: ".ods",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/webm": ".webm",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/wav": ".wav",
}
"""The media types that may be kept, and how the name of a downloaded file ends."""

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
MAX_UNPACKED_BYTES = 500 * 1024 * 1024
MAX_PACKED_PARTS = 10_000

NOT_A_DOCUMENT = lazy(
    "This kind of file cannot be added. Choose a PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), "
    "text (txt, csv) or picture (PNG, JPEG, WebP) file."
)
EMPTY = lazy("This file is empty. Choose another one.")
HAS_MACROS = lazy("This file holds a program (a macro). Save it without macros, or as a PDF, and add that.")
LOCKED = lazy("This file is locked or damaged. Save it again without a password, and add that.")


def document_type(data: bytes, name: str = "") -> str:
    """Return the media type of a document; raise Refused (422) when it is none that the product keeps.

    ``name`` decides between plain text and a table of values (csv) only, as both look alike.
    """
    if not data:
        raise Refused(EMPTY, 422)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"%PDF-":
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _packed_type(data)
    if _is_text(data):
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    raise Refused(NOT_A_DOCUMENT, 422)


def with_suffix(name: str, media_type: str) -> str:
    """Return a download name that ends as its content demands, so that no name can pretend."""
    suffix = SUFFIXES.get(media_type, ".bin")
    known = (".jpeg", ".jpg") if suffix == ".jpg" else (suffix,)
    return name if name.lower().endswith(known) else name + suffix


def _packed_type(data: bytes) -> str:
    """Tell the office formats apart, which are all zip files, from the list of their parts."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise Refused(LOCKED, 422)
            if len(parts) > MAX_PACKED_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise Refused(NOT_A_DOCUMENT, 422)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Refused(HAS_MACROS, 422)
            declared = b""
            if "mimetype" in names:
                with packed.open("mimetype") as part:
                    declared = part.read(100).strip()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Refused(LOCKED, 422) from error
    if declared.decode("ascii", "replace") in (ODT, ODS):
        return declared.decode("ascii")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise Refused(NOT_A_DOCUMENT, 422)


def _is_text(data: bytes) -> bool:
    if any(byte in data for byte in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x7f")):
        return False
    # Mark-up is read by browsers as a page: it is none of the documents that a service hands over.
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!", b"<?", b"<html", b"<svg", b"<script", b"<head", b"<body", b"gif8", b"#!")):
        return False
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
