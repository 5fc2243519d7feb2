"""The walls inside and between rooms, as contracts for import-linter.

A room is a package (``inspect_app.people``); its parts are modules whose names begin alike: ``views``,
``views_team`` and ``views_service`` are all of the part *views*.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Place(NamedTuple):
    """Where a module stands: its room, and its part there (none for the room itself)."""

    room: str
    part: str


class Import(NamedTuple):
    """One module that imports another."""

    importer: str
    imported: str


def place_of(module: str, root: str) -> Place | None:
    """Return where a module stands, or nothing when it belongs to no room."""
    names = module.split(".")
    if names[0] != root or len(names) < 2:
        return None
    return Place(names[1], names[2].split("_")[0] if len(names) > 2 else "")


def placed_imports(graph: ImportGraph, root: str) -> Iterator[tuple[Import, Place, Place]]:
    """Yield every import from one room's module to another or the same, with both places."""
    for importer in sorted(graph.modules):
        here = place_of(importer, root)
        if here is None:
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            there = place_of(imported, root)
            if there is not None:
                yield Import(importer, imported), here, there


class Walls(Contract):
    """What both contracts share: how they report."""

    root = fields.StringField()
    parts = fields.ListField(subfield=fields.StringField())

    def broken_by(self, graph: ImportGraph) -> list[Import]:
        """Return the imports that climb over the wall."""
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 (import-linter asks for it)
        """Check the whole graph."""
        broken = self.broken_by(graph)
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that must go."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"- {importer} imports {imported}")
        output.new_line()


class WithinARoom(Walls):
    """In one room, a part imports only parts that stand after it in the list."""

    type_name = "within_a_room"

    def broken_by(self, graph: ImportGraph) -> list[Import]:
        """Return the imports from a lower part of a room to a higher one."""
        parts: list[str] = list(_strings(self.parts))
        return [
            link
            for link, here, there in placed_imports(graph, str(self.root))
            if here.room == there.room
            and here.part in parts
            and there.part in parts
            and parts.index(here.part) > parts.index(there.part)
        ]


class PrivateParts(Walls):
    """Some parts are for their own room alone, except those of the open rooms."""

    type_name = "private_parts"

    open_rooms = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def broken_by(self, graph: ImportGraph) -> list[Import]:
        """Return the imports of another room's private parts."""
        private, open_rooms = set(_strings(self.parts)), set(_strings(self.open_rooms))
        return [
            link
            for link, here, there in placed_imports(graph, str(self.root))
            if here.room != there.room and there.part in private and there.room not in open_rooms
        ]


def _strings(values: Any) -> list[str]:
    """Give a declared field the type of what import-linter puts in its place."""
    return [str(value) for value in values]
