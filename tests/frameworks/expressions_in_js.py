"""The tablet's own evaluation, asked from a test: in node where there is one, otherwise in the browser."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MODULES = sorted(Path("static/frameworks").glob("expression*.js"))
ANSWERING = """
import { evaluate } from "./expressions.js";
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const [tree, given] = JSON.parse(line);
  let value = evaluate(tree, given);
  console.log(JSON.stringify([typeof value, String(value === 0 ? 0 : value)]));
}
"""
IN_PAGE = """([tree, given]) => { const value = window.evaluate(tree, given);
  return [typeof value, String(value === 0 ? 0 : value)]; }"""
KINDS = {"boolean": bool, "number": float, "string": str}

Evaluate = Callable[[object, dict], tuple[type, str]]


@contextmanager
def evaluating_in_js(folder: Path) -> Iterator[Evaluate]:
    """Give a function that evaluates (tree, given) as the tablet does, and returns the value's kind and words."""
    for module in MODULES:
        shutil.copy(module, folder / module.name)
    with _in_node(folder) if shutil.which("node") else _in_browser(folder) as ask:
        yield lambda tree, given: (lambda kind, words: (KINDS[kind], words))(*ask([tree, given]))


@contextmanager
def _in_node(folder: Path) -> Iterator[Callable[[list], list]]:
    (folder / "answering.mjs").write_text(ANSWERING)
    (folder / "package.json").write_text('{"type": "module"}')
    with subprocess.Popen(
        ["node", "answering.mjs"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as node:

        def ask(case: list) -> list:
            node.stdin.write(json.dumps(case) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield ask
        node.stdin.close()


@contextmanager
def _in_browser(folder: Path) -> Iterator[Callable[[list], list]]:
    from playwright.sync_api import sync_playwright

    (folder / "page.html").write_text("<!doctype html><title>Expressions</title>")
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page()
        page.route("http://tablet.test/*", lambda route: route.fulfill(path=folder / route.request.url.split("/")[-1]))
        page.goto("http://tablet.test/page.html")
        page.evaluate("async () => { window.evaluate = (await import('/expressions.js')).evaluate; }")
        yield lambda case: page.evaluate(IN_PAGE, json.loads(json.dumps(case)))
        browser.close()
