"""Small modules, joined: each still runs once, takes what it names, and is refused where it cannot be understood."""

from __future__ import annotations

import pytest

from inspect_app.core import joined
from inspect_app.core.joined import Joined

MODULES = {
    "tablet/form.js": 'import { t as say } from "../js/words.js";\nexport const form = () => say("a");\n',
    "js/words.js": "export function t(text) { return text; }\n",
    "tablet/page.js": 'import { form } from "./form.js";\nimport("./later.js");\nimport("./form.js").then(form);\n',
    "tablet/other.js": 'import { link } from "./link.js";\n',
}


def _two() -> Joined:
    return Joined(("js/words.js", "tablet/form.js"), MODULES.__getitem__)


def test_each_module_comes_after_what_it_needs() -> None:
    text = _two().file("tablet/joined.js")
    assert text.index("const js_words = (() => {") < text.index("const tablet_form = (() => {")
    assert "const { t: say } = js_words;" in text
    assert text.endswith("export { js_words, tablet_form };\n")


def test_what_is_not_joined_is_still_asked_for() -> None:
    text = Joined(("tablet/form.js",), MODULES.__getitem__).file("tablet/joined.js")
    assert text.startswith('import * as js_words from "../js/words.js";\n')


def test_others_take_from_the_joined_file_now_and_later() -> None:
    text = _two().without("tablet/page.js", "tablet/joined.js")
    assert 'import { tablet_form } from "./joined.js"; const { form } = tablet_form;' in text
    assert 'import("./later.js")' in text
    assert 'import("./joined.js").then((all) => all.tablet_form).then(form)' in text


def test_who_takes_nothing_that_is_joined_stays_as_it_is() -> None:
    assert _two().without("tablet/other.js", "tablet/joined.js") == MODULES["tablet/other.js"]


def test_at_its_own_address_stands_the_same_module() -> None:
    stub = _two().stub("tablet/form.js", "tablet/joined.js")
    assert stub == 'import { tablet_form } from "./joined.js";\nexport const { form } = tablet_form;\n'


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./form.js";',
        "export default 1;",
        "export let state = 1;",
        'export * from "./form.js";',
        "export { one as two };",
    ],
)
def test_a_module_that_is_written_otherwise_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"tablet/odd\.js cannot be joined"):
        Joined(("tablet/odd.js",), {"tablet/odd.js": f"{line}\n"}.__getitem__).file("tablet/joined.js")


def test_modules_that_go_in_a_circle_are_refused() -> None:
    ones = dict.fromkeys((*joined.SHARED, *joined.ALONE), "")
    circle = {joined.SHARED[0]: 'import { a } from "./a.js";', "tablet/a.js": 'import { b } from "./form.js";'}
    with pytest.raises(ValueError, match="in a circle"):
        joined.all_of(ones | circle)


def test_a_worker_has_all_that_it_needs_in_its_own_file() -> None:
    ones = dict.fromkeys((*joined.SHARED, *joined.ALONE), "")
    worker = 'import { t } from "./form.js";\nexport function start() { t(); }\n'
    sent = joined.all_of(ones | {"tablet/worker.js": worker, "tablet/form.js": "export const t = 1;\n"})
    text = sent["tablet/worker.js"]
    assert "import" not in text
    assert "const t = 1;" in text
    assert text.endswith("export const { start } = tablet_worker;\n")
