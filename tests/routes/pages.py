"""What holds for every page: one title, one heading, names for all fields, nothing that the policy forbids."""

from __future__ import annotations

from collections import Counter
from functools import cache
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
NEED_NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
FOREIGN = frozenset({"svg", "math"})


class _Reader(HTMLParser):
    """Walks through a page and notes what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None], bool]] = []
        self.links: list[dict[str, str | None]] = []
        self.pointers: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        found = dict(pairs)
        if len(found) != len(pairs):
            self.faults.append(f"<{tag}> has the same attribute twice")
        self._note(tag, found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        self._note(tag, dict(pairs))
        if tag not in VOID and not FOREIGN & {*self.open, tag}:
            self.faults.append(f"<{tag}/> closes itself, which HTML does not know")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.faults.append(f"</{tag}> closes what never opens")
        elif not self.open or self.open[-1] != tag:
            inside = self.open[-1] if self.open else "nothing"
            self.faults.append(f"</{tag}> at line {self.getpos()[0]} comes while <{inside}> is open")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
        else:
            self.open.pop()

    def _note(self, tag: str, found: dict[str, str | None]) -> None:
        foreign = FOREIGN & set(self.open)
        if not foreign:
            self.counts[tag] += 1
        if tag == "html" and not found.get("lang"):
            self.faults.append("<html> says no language")
        if found.get("id") is not None:
            self.ids[str(found["id"])] += 1
        if tag == "label" and found.get("for"):
            self.labels.add(str(found["for"]))
        if tag in ("input", "select", "textarea") and found.get("type", "text") not in NEED_NO_LABEL:
            self.fields.append((tag, found, "label" in self.open))
        if tag == "img" and "alt" not in found:
            self.faults.append(f"the picture {found.get('src')} has no alt")
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            self.pointers.extend((name, one) for one in (found.get(name) or "").split())
        if tag == "label" and found.get("for"):
            self.pointers.append(("for", str(found["for"])))
        self._note_policy(tag, found)

    def _note_policy(self, tag: str, found: dict[str, str | None]) -> None:
        if tag == "style" or "style" in found:
            self.faults.append(f"a style stands inside the page (<{tag}>)")
        if tag == "script" and "src" not in found and found.get("type") != "application/json":
            self.faults.append("a script stands inside the page")
        handlers = [name for name in found if name.startswith("on")]
        if handlers:
            self.faults.append(f"<{tag}> has {', '.join(handlers)}")
        if (found.get("href") or "").startswith("javascript:"):
            self.faults.append("a link runs a script")


@cache
def faults_of(html: str) -> tuple[str, ...]:
    """Return what is wrong with a whole page; nothing when nothing is. The same page is read once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = list(reader.faults)
    if not html.lstrip().lower().startswith("<!doctype html>"):
        faults.append("the page does not begin with its doctype")
    faults += [f"{reader.counts[tag]} × <{tag}>" for tag in ("html", "title", "h1", "main") if reader.counts[tag] != 1]
    faults += [f"the id {name!r} stands {count} times" for name, count in reader.ids.items() if count > 1]
    faults += [f"{name}={one!r} points to nothing" for name, one in reader.pointers if one not in reader.ids]
    for tag, found, inside in reader.fields:
        named = inside or found.get("id") in reader.labels or found.get("aria-label") or found.get("aria-labelledby")
        if not named:
            faults.append(f"<{tag} name={found.get('name')!r}> has no label")
    if reader.open:
        faults.append(f"<{reader.open[-1]}> is never closed")
    return tuple(faults)
