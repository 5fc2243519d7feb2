from __future__ import annotations

import pytest

from inspect_app.core import journal
from inspect_app.core.errors import Refused
from inspect_app.core.revisions import Origin
from inspect_app.inspections import gates
from inspect_app.reports import operations_drafts as operations
from inspect_app.reports import operations_writing, queries
from inspect_app.reports.content import numbered, paragraphs
from tests.reports.steps import drafted, enter


def sentences(world) -> str:
    return " ".join(one.sentence for one in gates.missing(world.inspection))


def test_a_draft_of_nothing_is_refused(world):
    with pytest.raises(Refused, match="at least one finding"):
        operations.make_draft(world.inspection, world.ana)
    assert "no finding yet" in sentences(world)


def test_a_draft_is_frozen_and_the_same_words_make_no_second(world):
    draft = drafted(world)
    before = draft.digest
    assert operations.make_draft(world.inspection, world.bilal) is draft
    operations_writing.save_section(world.inspection, "thanks", "Thanks.", Origin(author=world.ana.id), world.ana)
    assert "changed after the latest draft" in sentences(world)
    newer = operations.make_draft(world.inspection, world.bilal)
    assert (newer.number, draft.digest) == (2, before)


def test_paragraph_numbers_are_unique_and_names_need_consent(world):
    content = drafted(world).content
    numbers = [one["n"] for one in numbered(content)]
    assert len(numbers) == len(set(numbers))
    assert "The phone line closes at five." in " ".join(paragraphs(content).values())
    assert [one["name"] for one in content["team"]] == ["Ana Bell", "An inspector"]


def test_the_gate_names_who_is_missing_and_a_waiver_lets_go(world):
    draft = drafted(world)
    operations.confirm_draft(world.inspection, draft, world.ana)
    assert sentences(world) == "Bilal Khan has not confirmed the draft."
    from inspect_app.inspections.operations.waiting import waive

    waive(world.inspection, "confirmation", "Bilal is ill.", world.helen, person_id=world.bilal.id)
    assert sentences(world) == ""


def test_confirming_twice_is_once_and_an_older_draft_cannot_be_confirmed(world):
    draft = drafted(world)
    first = operations.confirm_draft(world.inspection, draft, world.ana)
    assert operations.confirm_draft(world.inspection, draft, world.ana) is first
    operations_writing.save_section(world.inspection, "thanks", "Thanks.", Origin(author=world.ana.id), world.ana)
    operations.make_draft(world.inspection, world.ana)
    with pytest.raises(Refused, match="newer draft"):
        operations.confirm_draft(world.inspection, draft, world.bilal)


def test_a_minority_statement_goes_to_the_service_with_the_draft(world):
    draft = drafted(world)
    operations.confirm_draft(world.inspection, draft, world.ana)
    operations.state_minority(world.inspection, draft, "It is worse than this.", world.bilal)
    enter(world, "checking")
    sent = queries.sent_draft(world.inspection.id)
    assert sent is not None
    assert sent.content["minority"] == [{"by": "An inspector", "text": "It is worse than this."}]
    assert "draft.sent" in [entry.kind for entry in journal.entries(world.inspection.id)]


def test_saying_yes_after_all_takes_the_statement_back(world):
    draft = drafted(world)
    operations.state_minority(world.inspection, draft, "No.", world.bilal)
    operations.confirm_draft(world.inspection, draft, world.bilal)
    assert queries.minority_statements(world.inspection.id, "report") == []
