"""The packed file of a backup: written whole or not at all, read with distrust."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tarfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from inspect_app.core.errors import Refused
from inspect_app.core.files import sync_folder

FORM = 1
MEMBER = re.compile(r"tables/[a-z0-9_]{1,63}\.jsonl|files/[0-9a-f]{64}|secrets/[a-z0-9_]{1,60}")
MAX_MANIFEST_BYTES = 128 * 1024 * 1024
BLOCK = 1024 * 1024
NOT_A_BACKUP = "This file is not a backup of this product, or it is damaged. Nothing was changed."

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One file of the backup: its name inside, and where it lies now."""

    name: str
    path: Path


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pack(target: Path, parts: list[Part], facts: Manifest) -> None:
    """Write the parts and a manifest with their hashes; readable by its owner alone.

    The name appears only when all of it is safe on the disk.
    """
    listed = {part.name: (hash_of(part.path), part.path.stat().st_size) for part in parts}
    manifest = json.dumps({"form": FORM, **facts, "parts": listed}, indent=1, sort_keys=True).encode()
    target = target.absolute()
    passing = target.with_name(f".{target.name}.part")
    try:
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as packed:
                _add(packed, "manifest.json", BytesIO(manifest), len(manifest))
                for part in parts:
                    with part.path.open("rb") as content:
                        _add(packed, part.name, content, listed[part.name][1])
            out.flush()
            os.fsync(out.fileno())
        passing.replace(target)
    finally:
        passing.unlink(missing_ok=True)
    sync_folder(target.parent)


def unpack(source: Path, folder: Path) -> Manifest:
    """Put the parts into the folder and return the manifest; raise Refused when a single byte is wrong.

    Only plain files are taken, and only under the names and sizes that the manifest lists, so that no name
    can lead out of the folder and nothing can fill the disk unannounced.
    """
    try:
        with tarfile.open(source, "r:gz") as packed:
            manifest = _manifest(packed)
            missing = dict(manifest["parts"])
            for member in iter(packed.next, None):
                digest, size = missing.pop(member.name)
                if not (member.isreg() and member.size == size and MEMBER.fullmatch(member.name)):
                    raise ValueError(member.name)
                _take(packed, member, folder / member.name, digest)
        if missing or any(f"tables/{name}.jsonl" not in manifest["parts"] for name in manifest["tables"]):
            raise ValueError("parts are missing")
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(NOT_A_BACKUP) from error
    return manifest


def _manifest(packed: tarfile.TarFile) -> Manifest:
    first = packed.next()
    if first is None or first.name != "manifest.json" or not first.isreg() or first.size > MAX_MANIFEST_BYTES:
        raise ValueError("no manifest")
    content = packed.extractfile(first)
    manifest: Manifest = json.loads(content.read() if content else b"")
    if manifest["form"] != FORM or not {"revision", "tables", "parts"} <= manifest.keys():
        raise ValueError("unknown form")
    return manifest


def _take(packed: tarfile.TarFile, member: tarfile.TarInfo, path: Path, digest: str) -> None:
    content = packed.extractfile(member)
    if content is None:
        raise ValueError(member.name)
    path.parent.mkdir(exist_ok=True)
    found = hashlib.sha256()
    with content, path.open("xb") as out:
        while block := content.read(BLOCK):
            found.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    # A stored file's name is its hash too: both must agree, as it will be found by its name.
    own = path.name if path.parent.name == "files" else digest
    if not found.hexdigest() == digest == own:
        raise ValueError(member.name)


def _add(packed: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    packed.addfile(info, content)
