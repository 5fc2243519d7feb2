"""Results: the same figures on page and paper, from the agreed ratings, and none where nothing counts."""

from __future__ import annotations

from dataclasses import replace

from inspect_app.moderation.results import agreed_results, worked_out
from inspect_app.reports import content, paper
from inspect_app.reports.material import Material, RatedQuestion
from tests.reports.steps import drafted


def test_page_and_paper_say_the_same_as_the_one_function(world, as_person):
    draft = drafted(world)
    found = agreed_results(world.inspection)
    assert found is not None
    rated = [one.result for one in found.themes if one.result.counts.answered]
    assert [one.shown for one in rated] == [50, 50]
    page = as_person(world.ana).get(f"/inspections/NC-2026-03/report/drafts/{draft.number}").text
    html = paper.page_of(draft.content)
    for result in rated:
        for said in (f"{result.shown} of 100", result.sentence):
            assert said in page
            assert said in html
    assert draft.content["themes"][0]["value"] == 2
    assert draft.content["themes"][0]["own"] == 4


def test_paper_speaks_the_language_of_the_inspection_and_the_page_its_readers(world, as_person):
    world.inspection.language = "de"
    draft = drafted(world)
    assert draft.content["themes"][0]["result"]["sentence"].startswith("50 von 100: der Durchschnitt aus ")
    html = paper.page_of(draft.content)
    page = as_person(world.ana).get(f"/inspections/NC-2026-03/report/drafts/{draft.number}").text
    assert "der Durchschnitt aus " in html
    assert "Wie wir es bewertet haben" in html
    assert "Inspektionsteam: 1 sagte " in html
    assert "50 of 100: the average of " in page
    assert "How we rated it" in page
    assert "Inspectors: 1 said " in page


def test_what_nobody_agreed_on_yet_comes_to_nothing(world):
    world.at("fieldwork")
    assert agreed_results(world.inspection) is None
    assert worked_out(world.inspection) == []


def test_without_results_nothing_is_said_of_them():
    material = Material(header={}, sections={}, questions=[RatedQuestion("k", "t", "Theme", "Statement")])
    made = content.build(material)
    assert made["overall"] is None
    assert content.profile_rows(made) == [{"label": "Theme", **made["themes"][0]}]
    assert made["themes"][0]["text"] == "Not rated."


def test_a_calculated_question_is_printed_beside_its_result():
    question = replace(RatedQuestion("k", "t", "Theme", "How long?"), worked_out="12 minutes")
    made = content.build(Material(header={}, sections={}, questions=[question]))
    assert made["themes"][0]["questions"][0]["worked_out"] == "12 minutes"
