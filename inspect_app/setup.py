"""Load what the product ships, through the same operations that a coordinator uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspect_app.charter.operations import adopt_charter
from inspect_app.frameworks import shelf
from inspect_app.frameworks.operations import publish_framework
from inspect_app.inspections.library import framework_keys, load_kinds
from inspect_app.tablet import office_keys

HERE = Path(__file__).resolve().parent


def load_everything() -> Iterator[str]:
    """Load the shipped charters and kinds that are not there yet, and the frameworks that a kind uses.

    Yields a sentence for each. The other frameworks of the library wait until a coordinator starts from them.
    """
    kinds = (HERE / "inspections/library/kinds.yaml").read_text(encoding="utf-8")
    for key in framework_keys(kinds):
        version = publish_framework(shelf.text_of(key), actor=None)
        yield f"Questions “{version.title}”, version {version.number}."
    for path in sorted((HERE / "charter/library").glob("*.yaml")):
        charter = adopt_charter(path.read_text(encoding="utf-8"), actor=None)
        yield f"Charter “{charter.title}”, version {charter.version}."
    for kind in load_kinds(kinds):
        yield f"Kind of inspection “{kind.title}”."
    if not office_keys.paths():
        yield f"The office’s own lock for rescue files ({office_keys.make().name})."
