"""Questions in the language of whoever reads them, as far as they are translated; the rest says in which it is."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from inspect_app.core.database import db
from inspect_app.core.revisions import Origin
from inspect_app.fieldwork import rules
from inspect_app.frameworks.operations_translations import translate
from inspect_app.frameworks.queries import criteria_of


@pytest.fixture
def translated(world: SimpleNamespace) -> SimpleNamespace:
    """The first question in German, with its theme and its best point; nothing else."""
    first = criteria_of(world.inspection.framework_version_id)[0]
    words = {
        f"criterion/{first.key}/plain": "Die Telefonnummer steht da.",
        f"theme/{first.theme_key}/title": "Erreichbar sein",
        f"scale/{first.scale_key}/point/{first.points[-1].key}/label": "Sehr gut",
    }
    version, origin = world.inspection.framework_version, Origin(author=world.helen.id, source="screen")
    translate(version, "de", f"theme-{first.theme_key}", words, origin, world.helen)
    db.session.commit()
    return world


def address(world: SimpleNamespace, place: int) -> str:
    return f"/inspections/NC-1/questions/{world.keys[place]}"


def test_a_question_shows_in_its_reader_s_language(translated: SimpleNamespace, as_person: Any) -> None:
    text = as_person(translated.ana).get(f"{address(translated, 0)}?language=de").text
    assert '<h1 class="app-statement">Die Telefonnummer steht da.</h1>' in text
    assert "Frage 1 von" in text
    assert "Erreichbar sein" in text
    assert "Sehr gut" in text
    assert "Ich habe es nicht" in text
    assert '<h1 class="app-statement">Die' not in as_person(translated.ana).get(address(translated, 0)).text


def test_what_is_not_translated_says_in_which_language_it_is(translated: SimpleNamespace, as_person: Any) -> None:
    second = criteria_of(translated.inspection.framework_version_id)[1]
    ana = as_person(translated.ana)
    text = ana.get(f"{address(translated, 1)}?language=de").text
    assert f'<h1 class="app-statement" lang="en" dir="auto">{second.statement}</h1>' in text
    assert 'lang="en"' not in ana.get(f"{address(translated, 1)}?language=en").text.split("<main")[1].split("</main")[0]
    listed = ana.get("/inspections/NC-1/questions?language=de").text
    assert ">Die Telefonnummer steht da.</a>" in listed
    assert f'lang="en" dir="auto">{second.statement}</a>' in listed


def test_a_pack_is_another_one_in_another_language(translated: SimpleNamespace, as_person: Any) -> None:
    ana = as_person(translated.ana)
    english, german = (ana.get("/inspections/NC-1/pack", query_string={"language": one}) for one in ("en", "de"))
    assert english.headers["ETag"] != german.headers["ETag"]
    told = german.get_json()
    assert told["own"]["questions"][0]["statement"] == "Die Telefonnummer steht da."
    assert "Die Telefonnummer steht da." in told["pages"][address(translated, 0)]
    before = {"If-None-Match": english.headers["ETag"]}
    assert ana.get("/inspections/NC-1/pack", query_string={"language": "de"}, headers=before).status_code == 200
    assert ana.get("/inspections/NC-1/pack", query_string={"language": "en"}, headers=before).status_code == 304


def test_a_tablet_knows_the_sentences_of_the_product_in_notes_and_captions() -> None:
    script = Path("static/tablet/view.js").read_text(encoding="utf-8")
    for sentence in (*rules.NO_EVIDENCE.values(), rules.A_RECORDING, rules.SPOKEN_NOTE):
        assert f'mark("{sentence}")' in script
