"""People write in any language: what they wrote goes in its own direction, whatever the page around it does."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
WORDS = ("app-quote", "app-lines-of-text", "app-note__text", "app-report__text", "app-tell__words")
"""Classes of what people wrote themselves."""
ELEMENT = re.compile(rf'<\w+ [^>]*class="[^"]*\b(?:{"|".join(WORDS)})\b[^"]*"[^>]*>')


@pytest.mark.parametrize("name", WORDS)
def test_what_people_wrote_goes_in_its_own_direction(name: str) -> None:
    elements = [found[0] for path in TEMPLATES.rglob("*.html") for found in ELEMENT.finditer(path.read_text())]
    shown = [one for one in elements if name in one]
    assert shown
    assert [one for one in shown if 'dir="auto"' not in one] == []
