"""Joins small modules into one file when they are asked for: a slow tablet starts one file in a fraction of the time.

What is written stays many small modules, and nothing has to be built. The rules are few, so that a newcomer's module
either fits or is refused when the product starts: imports and exports stand at the beginning of a line, imports name
what they take, and what is exported is never assigned again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FILE = "tablet/joined.js"
"""Where the modules stand that the pages of a tablet share."""
SHARED = tuple(
    f"tablet/{name}.js"
    for name in ("form", "saver", "fill_question", "fill_note", "sender", "cleared", "drafts", "storage", "words")
)
"""What the scripts of a question, of a note and of every page take; what these import is joined too."""
ALONE = ("tablet/worker.js", "js/lean.js", "js/app.js")
"""What comes before everything else, with all that it needs in a file of its own; the worker has no page besides."""
APART = ("vendor/govuk/",)
"""What others made and packed in a way of their own."""
STYLES = {
    "css/joined.css": (
        "vendor/govuk/govuk-frontend.min.css",
        "css/fonts.css",
        "css/app.css",
        "css/parts.css",
    )
}
"""Styles that every page asks for, as one. What they name by a relative address is found from there too."""

IMPORT = re.compile(r'^import\s+(?:\{([^}]*)\}\s+from\s+)?"([^"]+)";[ \t]*$', re.MULTILINE)
LATER = re.compile(r'\bimport\("([^"]+)"\)')
EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)
AGAIN = re.compile(r"^export \{(\s*\w+(?:,\s*\w+)*,?\s*)\};[ \t]*$", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
RENAMED, TAKEN_AS = re.compile(r"(\w+) as (\w+)"), r"\1: \2"

Read = Callable[[str], str]
"""Returns what is written in a module, by its name."""


@dataclass(frozen=True)
class Joined:
    """Modules by name, in the order in which they are started; ``read`` returns what is written in one."""

    names: tuple[str, ...]
    read: Read

    def file(self, at: str) -> str:
        """Return all modules as one, each under the name of its own file.

        Raises ValueError for a module that is written otherwise than this way understands.
        """
        outside = sorted({one for name in self.names for one in _imports(self.read(name), name)} - set(self.names))
        head = [f'import * as {_variable(one)} from "{_way(at, one)}";' for one in outside]
        body = [self._module(name, at) for name in self.names]
        listed = ", ".join(map(_variable, self.names))
        return "\n".join([*head, *body, f"export {{ {listed} }};", ""])

    def alone(self) -> str:
        """Return the last module with all that it needs, in its own place."""
        name = self.names[-1]
        exported = ", ".join(_exports(self.read(name)))
        body = self.file(name).rpartition("export {")[0]
        return f"{body}export const {{ {exported} }} = {_variable(name)};\n" if exported else body

    def without(self, name: str, at: str) -> str:
        """Return a module that takes from the joined file at ``at`` what is in it."""

        def static(found: re.Match[str]) -> str:
            target = _target(name, found[2])
            if target not in self.names:
                return found[0]
            taken = _taken(found[1], target)
            return f'import {{ {_variable(target)} }} from "{_way(name, at)}"; {taken}'

        return self._later(IMPORT.sub(static, self.read(name)), name, name, at)

    def stub(self, name: str, at: str) -> str:
        """Return what stands at the address of a module that is joined: the same one, under its own names."""
        exported = ", ".join(_exports(self.read(name)))
        variable = _variable(name)
        return f'import {{ {variable} }} from "{_way(name, at)}";\nexport const {{ {exported} }} = {variable};\n'

    def _module(self, name: str, at: str) -> str:
        """Return one module as a value: what it exports."""
        text = self.read(name)

        def static(found: re.Match[str]) -> str:
            return _taken(found[1], _target(name, found[2]))

        exported = ", ".join(_exports(text))
        text = self._later(AGAIN.sub("", EXPORT.sub("", IMPORT.sub(static, text))), name, at)
        if unknown := UNKNOWN.search(text):
            raise ValueError(f"{name} cannot be joined: {unknown[0]}")
        return f"const {_variable(name)} = (() => {{\n{text}\nreturn {{ {exported} }};\n}})();"

    def _later(self, text: str, name: str, here: str, at: str | None = None) -> str:
        """Let what a module loads later be found from ``here``; ``at`` is the joined file, if it is another."""

        def later(found: re.Match[str]) -> str:
            target = _target(name, found[1])
            if target not in self.names:
                return f'import("{_way(here, target)}")'
            if at is None:
                return f"Promise.resolve({_variable(target)})"
            return f'import("{_way(here, at)}").then((all) => all.{_variable(target)})'

        return LATER.sub(later, text)


def all_of(modules: dict[str, str]) -> dict[str, str]:
    """Return name → what is sent of each of our modules, and the joined file. Raises ValueError as ``Joined.file``."""
    read = modules.__getitem__
    pages = Joined(tuple(_closure(SHARED, read)), read)
    sent = {name: pages.stub(name, FILE) if name in pages.names else pages.without(name, FILE) for name in modules}
    alone = {name: Joined(tuple(_closure((name,), read)), read).alone() for name in ALONE}
    return sent | {FILE: pages.file(FILE)} | alone


def styles_of(styles: dict[str, str]) -> dict[str, str]:
    """Return name → what is sent of each style, and the joined ones."""
    return styles | {name: "\n".join(styles[one] for one in parts) for name, parts in STYLES.items()}


def _closure(starts: Iterable[str], read: Read) -> list[str]:
    """Return modules and what they import, each after all that it needs. Raises ValueError for a circle."""
    done: list[str] = []
    under_way: list[str] = []

    def take(name: str) -> None:
        if name in done or name.startswith(APART):
            return
        if name in under_way:
            raise ValueError(f"modules import one another in a circle: {' → '.join([*under_way, name])}")
        under_way.append(name)
        for one in _imports(read(name), name):
            take(one)
        done.append(under_way.pop())

    for name in starts:
        take(name)
    return done


def _imports(text: str, name: str) -> list[str]:
    return [_target(name, found[2]) for found in IMPORT.finditer(text)]


def _exports(text: str) -> list[str]:
    listed = [one.strip() for found in AGAIN.finditer(text) for one in found[1].split(",")]
    return [*EXPORT.findall(text), *listed]


def _taken(names: str | None, target: str) -> str:
    """Return how a module takes from another, "a, b as c", what it imported."""
    return f"const {{ {RENAMED.sub(TAKEN_AS, names.strip())} }} = {_variable(target)};" if names else ""


def _target(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def _way(here: str, target: str) -> str:
    """Return the relative address of a module as another one names it."""
    way = posixpath.relpath(target, posixpath.dirname(here))
    return way if way.startswith(".") else f"./{way}"


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name.removesuffix(".js"))
