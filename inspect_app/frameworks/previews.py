"""How questions look to inspectors before they are published: fieldwork shows them, on the pages that it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inspect_app.core.errors import Refused
from inspect_app.core.words import _
from inspect_app.frameworks.rules import Question


@dataclass(frozen=True)
class Preview:
    """One question among all, as it is shown: ``easy`` in the easy-read view; addresses of the pages around it.

    ``beside`` where it stands beside other forms of the same question: nothing in it can be pressed or leads away.
    """

    title: str
    questions: Sequence[Question]
    question: Question
    easy: bool
    home: str
    back: str
    onward: str
    other_view: str
    beside: bool = False


Renderer = Callable[[Preview], str]

_renderers: list[Renderer] = []


def render_with(renderer: Renderer) -> None:
    """Register who shows a question as inspectors see it."""
    _renderers[:] = [renderer]


def render(preview: Preview) -> str:
    """Return the page. Raises Refused (404) where nobody shows any."""
    if not _renderers:
        raise Refused(_("There is no preview here."), 404)
    return _renderers[0](preview)
