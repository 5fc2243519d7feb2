"""What makes a tablet old: a copy of the product that is newer than its worker, and odd states of its database."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from script.lib.served import ROOT

PARTS = ("inspect_app", "static", "templates", "wsgi.py")
SCRIPTS = "templates/fieldwork/_parts.html"
MOVED = ("question", "note")
"""Modules that a newer version calls otherwise: a page of one version does nothing with the scripts of the other."""


def newer_product(folder: Path) -> Path:
    """Copy the product into a folder, with other static files: some changed, some under another name; return it."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    with (folder / "static/js/lean.js").open("a") as script:
        script.write("\nglobalThis.isNewer = true;\n")
    for name in MOVED:
        (folder / f"static/tablet/{name}.js").rename(folder / f"static/tablet/{name}_now.js")
    page = folder / SCRIPTS
    text = page.read_text()
    new = text.replace('"tablet/" ~ name ~ ".js"', '"tablet/" ~ name ~ "_now.js"')
    if new == text:
        raise ValueError(f"{SCRIPTS} does not name its modules as it did")
    page.write_text(new)
    return folder


@dataclass(frozen=True)
class Shape:
    """A state in which a tablet's database may be found.

    ``version`` is the browser's number for it; ``stores`` are those that are there (None: all that were);
    ``indexed`` says whether they have their indexes; ``old_rows`` takes from each waiting entry what older versions
    did not write; ``damaged`` adds an entry that nobody can open.
    """

    name: str
    version: int = 1
    stores: tuple[str, ...] | None = None
    indexed: bool = True
    more: tuple[str, ...] = ()
    old_rows: bool = False
    damaged: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of what was there."""
        return self.stores == ()


SHAPES = (
    Shape("no stores at all", stores=()),
    Shape("some stores and no indexes", stores=("keys", "marks", "entries", "blobs", "packs"), indexed=False),
    Shape("a higher version", version=9, more=("tomorrow",)),
    Shape("rows of an older shape", old_rows=True),
    Shape("a damaged row", damaged=True),
)

REMAKE = """async (shape) => {
  const NAME = "inspect-together", LATER = ["order", "state", "urgent", "bytes", "files"];
  const done = (ask) => new Promise((yes, no) => {
    ask.onsuccess = () => yes(ask.result);
    ask.onerror = () => no(ask.error);
  });
  const old = await done(indexedDB.open(NAME));
  const found = {};
  for (const name of old.objectStoreNames) {
    const store = old.transaction(name).objectStore(name);
    found[name] = { key: store.keyPath, indexes: [...store.indexNames], rows: await done(store.getAll()) };
  }
  old.close();
  const kept = Object.keys(found).filter((name) => !shape.stores || shape.stores.includes(name));
  const remade = async () => { // the worker may have been quicker, and made it whole
    await done(indexedDB.deleteDatabase(NAME));
    const ask = indexedDB.open(NAME, shape.version);
    let empty = false;
    ask.onupgradeneeded = (event) => {
      empty = event.oldVersion === 0;
      if (!empty) return;
      for (const name of [...kept, ...shape.more]) {
        const store = ask.result.createObjectStore(name, { keyPath: found[name]?.key ?? "id" });
        if (shape.indexed) for (const index of found[name]?.indexes ?? []) store.createIndex(index, index);
      }
    };
    const database = await done(ask);
    if (empty) return database;
    database.close();
    return remade();
  };
  const made = await remade();
  for (const name of kept) {
    const tx = made.transaction(name, "readwrite", { durability: "strict" });
    for (const row of found[name].rows) {
      if (name === "entries" && shape.old_rows) for (const field of LATER) delete row[field];
      tx.objectStore(name).put(row);
      if (name === "entries" && shape.damaged) {
        tx.objectStore(name).put({ ...row, id: crypto.randomUUID(), order: 0 }); // bound to another id: it never opens
      }
    }
    await new Promise((yes, no) => Object.assign(tx, { oncomplete: yes, onabort: () => no(tx.error) }));
  }
  made.close();
}"""
"""Puts the database that lies here into another state, with its own rows."""
