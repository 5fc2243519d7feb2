"""Every page of the round, before axe: without a violation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from script.lib.round import GROUPS, in_their_stages, pages
from script.lib.served import Server, serving
from tests.browser.conftest import TABLET, sign_in
from tests.demonstration import copy_of

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parent / "vendor" / "axe.min.js"
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  one => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')})`)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copy_of(tmp_path_factory, "axe")) as started:
        yield started


@pytest.mark.parametrize("role", [group[0] for group in GROUPS])
def test_every_page_is_accessible(browser: Browser, server: Server, role: str) -> None:
    wanted = [page for page in pages(server.folder) if page.role == role]
    context = browser.new_context(viewport=TABLET, bypass_csp=True, base_url=server.address)
    tab = context.new_page()
    if wanted[0].person:
        sign_in(tab, wanted[0].person)
    found = []
    for page in in_their_stages(server.folder, wanted):
        tab.goto(page.path)
        tab.add_script_tag(path=AXE)
        found += [f"{page.path}: {violation}" for violation in tab.evaluate(RUN)]
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", [group[0] for group in GROUPS])
def test_no_page_is_wider_than_a_small_phone(browser: Browser, server: Server, role: str) -> None:
    wanted = [page for page in pages(server.folder) if page.role == role]
    context = browser.new_context(viewport={"width": 320, "height": 640}, base_url=server.address)
    tab = context.new_page()
    if wanted[0].person:
        sign_in(tab, wanted[0].person)
    found = []
    for page in in_their_stages(server.folder, wanted):
        tab.goto(page.path)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            found.append(f"{page.path}: {wide} pixels")
    context.close()
    assert not found, "\n".join(found)
