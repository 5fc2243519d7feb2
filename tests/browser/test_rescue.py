"""A rescue file, from the tablet that cannot send to the office: the same result as sending, however often."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from script.lib.served import ROOT, environment
from tests.browser.conftest import People, ask, change
from tests.browser.test_capture import PHOTOS, choose, named, open_page, picture, say
from tests.browser.test_outbox import SAID, begin, write

pytestmark = pytest.mark.browser
WAY = re.compile("/outbox$|/uploads|/session/token$")
JOBS = """
from inspect_app.core.jobs import work_once
from wsgi import app
with app.app_context():
    while work_once():
        pass
"""
PHOTO = "SELECT count(*) FROM evidence WHERE caption = 'A rescued step'"


def do_jobs(folder: Path) -> None:
    """Do what waits for the office's worker, without what returns each day."""
    subprocess.run([sys.executable, "-c", JOBS], env=environment(folder), cwd=ROOT, check=True)


def test_a_rescue_file_brings_all_to_the_office_and_twice_changes_nothing(people: People, folder: Path) -> None:
    change(folder, "DELETE FROM job")  # the story's reports wait to be printed, which takes long
    page = people.come("Isla Munro")
    begin(page)
    page.context.route(WAY, lambda route: route.abort())
    write(page, "Rescued words.")
    open_page(page, PHOTOS)
    choose(page, named("a.jpg", picture((800, 600))))
    say(page, 0, "A rescued step")
    page.get_by_role("button", name="Save the photo").click()
    page.wait_for_url("**/observations")
    page.goto("/tablet")
    with page.expect_download() as found:
        page.get_by_role("button", name="Save a rescue file").click()
    helper = people.come("Tomasz Wolski")
    for _ in range(2):
        helper.goto("/tablet/rescue")
        helper.set_input_files("input[type=file]", found.value.path())
        helper.get_by_role("button", name="Load the file").click()
        helper.get_by_text("The file is here.").wait_for()
    do_jobs(folder)
    helper.goto("/tablet/rescue")
    expect(helper.get_by_text("2 entries are safe at the office now, 1 of them photos or recordings.")).to_be_visible()
    expect(helper.get_by_text("2 were here already.")).to_be_visible()
    page.context.unroute(WAY)
    page.get_by_role("button", name="Send now").click()  # what was rescued goes once more, and is known
    expect(page.get_by_text("Nothing waits on this tablet.")).to_be_visible(timeout=20_000)
    assert (ask(folder, SAID.format("Rescued words.")), ask(folder, PHOTO)) == (1, 1)
    assert not page.get_by_role("heading", name="What waits here").is_visible()
