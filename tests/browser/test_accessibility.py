"""Every page of the round, before axe: without a violation."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from script.lib.round import GROUPS, in_their_stages, pages
from script.lib.served import Server
from tests.browser.conftest import NO_WORKER, TABLET, sign_in

pytestmark = pytest.mark.browser
AXE = (Path(__file__).resolve().parent / "vendor" / "axe.min.js").read_text("utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  one => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')})`)"""

PHONE = {"width": 320, "height": 640}


@dataclass
class Found:
    """What was found on the pages of one role."""

    violations: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    opened: int = 0


def walk(browser: Browser, server: Server, role: str) -> Found:
    """Open each page of a role on a tablet, then fold it to a small phone's width."""
    wanted = [page for page in pages(server.folder) if page.role == role]
    context = browser.new_context(viewport=TABLET, base_url=server.address)
    if not role.startswith("inspector"):  # their pages say what the worker has ready
        context.add_init_script(NO_WORKER)
    tab = context.new_page()
    if wanted[0].person:
        sign_in(tab, wanted[0].person)
    found = Found()
    for page in in_their_stages(server.folder, wanted):
        tab.set_viewport_size(TABLET)
        tab.goto(page.path)
        tab.evaluate(AXE)
        found.violations += [f"{page.path}: {violation}" for violation in tab.evaluate(RUN)]
        tab.set_viewport_size(PHONE)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        found.wide += [f"{page.path}: {wide} pixels"] if wide > PHONE["width"] else []
        found.opened += 1
    context.close()
    assert found.opened == len(wanted) > 0
    return found


@pytest.mark.parametrize("role", [group[0] for group in GROUPS])
def test_every_page_is_accessible_and_no_wider_than_a_small_phone(browser: Browser, server: Server, role: str) -> None:
    found = walk(browser, server, role)
    assert found.violations == []
    assert found.wide == []
