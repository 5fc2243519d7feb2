"""Components are tested alone: a bare template environment and WTForms, without the application."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from inspect_app.core.languages import give_words

TEMPLATES = Path(__file__).parents[2] / "templates"
EXPECTED = Path(__file__).parent / "expected"
VOID = {"br", "img", "input", "meta", "link", "rect", "circle", "path", "line"}


class Shape(HTMLParser):
    """Reads HTML into one line for each tag and text: spaces and the order of attributes do not matter."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with its attributes in the order of their names."""
        told = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self.lines.append(f"<{tag}{''.join(f' {name}={value!r}' for name, value in told)}>")

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a tag that has one."""
        if tag not in VOID:
            self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Note a text, unless it is space alone."""
        if data.strip():
            self.lines.append(" ".join(data.split()))


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Jinja as bare as can be, with the application's rules for line breaks."""
    bare = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    give_words(bare)
    return bare


@pytest.fixture
def render(environment: Environment) -> Callable[..., str]:
    """Call a macro by its name: render("tag", "fixed", kind="ok"); the words in caller go inside it."""

    def call(macro: str, *args: object, caller: str | None = None, **kwargs: object) -> str:
        head = f'{{% from "components/{macro}.html" import {macro} %}}'
        body = "{% call NAME(*args, **kwargs) %}{{ words }}{% endcall %}" if caller else "{{ NAME(*args, **kwargs) }}"
        source = head + body.replace("NAME", macro)
        return environment.from_string(source).render(args=args, kwargs=kwargs, words=caller).strip()

    return call


@pytest.fixture(scope="session")
def shape() -> Callable[[str], list[str]]:
    """The tags and texts of a piece of HTML, comparable whatever its spaces."""

    def read(html: str) -> list[str]:
        reader = Shape()
        reader.feed(html)
        return reader.lines

    return read


@pytest.fixture(scope="session")
def expected(shape: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """The shape of a file in expected/, which follows an example of GOV.UK Frontend."""
    return lambda name: shape((EXPECTED / f"{name}.html").read_text("utf-8"))
