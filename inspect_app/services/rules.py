"""Rules about services, as plain values."""

import re
import unicodedata
from collections.abc import Collection

LONGEST_SLUG = 80


def slug_for(name: str, taken: Collection[str]) -> str:
    """Return the part of an address for a name, "Web & print" → "web-print"; numbered when it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 5].strip("-") or "service"
    slug, number = base, 2
    while slug in taken or slug == "new":
        slug, number = f"{base}-{number}", number + 1
    return slug
