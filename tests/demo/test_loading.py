"""The demonstration as it lies in the database: sound, and what was promised."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspect_app import create_app
from inspect_app.charter.queries import clocks_for
from inspect_app.charter.rules import ClockState
from inspect_app.check import faults
from inspect_app.core.database import db
from inspect_app.core.files import StoredFile, missing_or_changed
from inspect_app.core.journal import broken_chains, entries
from inspect_app.core.mail import MailMessage
from inspect_app.fieldwork.models import Rating
from inspect_app.frameworks.queries import criteria_of
from inspect_app.improvement.models import Answer
from inspect_app.inspections import gates
from inspect_app.inspections.models import Inspection
from inspect_app.inspections.queries import accepted, by_reference
from inspect_app.moderation.models import AgreedRating
from inspect_app.reports.models import Edition, Recommendation
from script.lib.served import flask
from tests.demonstration import copy_of, database_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(tmp_path_factory, "loaded")


@pytest.fixture(scope="module")
def database(folder: Path) -> str:
    return database_of(folder)


@pytest.fixture(scope="module")
def loaded(folder: Path, database: str) -> Flask:
    return create_app({"TESTING": True, "DEMONSTRATION": True, "VAR": folder, "SQLALCHEMY_DATABASE_URI": database})


@pytest.fixture(autouse=True)
def context(loaded: Flask):
    with loaded.test_request_context():
        yield


def recommendations(inspection: Inspection) -> list[Recommendation]:
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(Recommendation.inspection_id == inspection.id, Recommendation.withdrawn_at.is_(None))
            .order_by(Recommendation.number)
        )
    )


def answers(inspection: Inspection) -> dict[int, str | None]:
    rows = db.session.execute(
        select(Recommendation.number, Answer.decision)
        .join(Answer, Answer.recommendation_id == Recommendation.id)
        .where(Recommendation.inspection_id == inspection.id, Answer.sent_at.is_not(None))
    )
    return dict(rows.tuples().all())


def test_nothing_is_wrong_with_it() -> None:
    assert list(faults()) == []
    assert list(broken_chains()) == []
    assert list(missing_or_changed()) == []
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) > 0


def test_the_command_check_agrees(folder: Path, database: str) -> None:
    assert flask(folder, "check", database=database)


def test_it_is_loaded_once_and_never_over_people(folder: Path, database: str) -> None:
    with pytest.raises(RuntimeError, match="has people in it"):
        flask(folder, "demo", database=database)


def test_nobody_is_mailed_about_the_past() -> None:
    assert db.session.scalar(select(func.count()).select_from(MailMessage)) == 0


@pytest.mark.parametrize(
    ("reference", "stage"),
    [("DEMO-1", "closed"), ("DEMO-2", "fieldwork"), ("DEMO-3", "answering"), ("DEMO-4", "planning")],
)
def test_each_inspection_stands_where_it_should(reference: str, stage: str) -> None:
    inspection = by_reference(reference)
    assert inspection.stage == stage
    told = [one.kind.removeprefix("stage.") for one in entries(inspection.id) if one.kind.startswith("stage.")]
    assert told == [] if stage == "planning" else told[-1] == stage


def test_the_closed_one_went_all_the_way_round() -> None:
    inspection = by_reference("DEMO-1")
    assert inspection.kind.key == "full"
    assert len(accepted(inspection)) == 4
    assert len([visit for visit in inspection.visits if visit.held_at]) == 6
    questions = criteria_of(inspection.framework_version_id)
    assert len(questions) >= 12
    agreed = select(func.count()).select_from(AgreedRating).where(AgreedRating.inspection_id == inspection.id)
    assert db.session.scalar(agreed) == len(questions)
    asked = recommendations(inspection)
    assert len(asked) >= 10
    said = answers(inspection)
    assert set(said) == {one.number for one in asked}
    assert "not_accepted" in said.values()


def test_its_report_is_printed() -> None:
    for reference in ("DEMO-1", "DEMO-3"):
        inspection = by_reference(reference)
        editions = db.session.scalars(select(Edition).where(Edition.inspection_id == inspection.id)).all()
        if reference == "DEMO-1":
            assert editions
        assert all(one.file is not None for one in editions)


def test_half_of_the_look_see_is_rated_and_one_has_sealed() -> None:
    inspection = by_reference("DEMO-2")
    rated = select(func.count()).select_from(Rating)
    rated = rated.where(
        Rating.inspection_id == inspection.id, Rating.rater_kind == "inspector", Rating.value.is_not(None)
    )
    possible = len(criteria_of(inspection.framework_version_id)) * len(accepted(inspection))
    assert db.session.scalar(rated) * 2 == possible
    assert len(entries(inspection.id, "ratings.sealed")) == 1


def test_the_peer_reviews_answers_are_late() -> None:
    inspection = by_reference("DEMO-3")
    late = [one for one in clocks_for(inspection.id, inspection.charter_id) if one.state is ClockState.LATE]
    assert any("answer" in one.key for one in late)
    assert len(answers(inspection)) < len(recommendations(inspection))


def test_the_planned_one_says_what_is_missing() -> None:
    words = " ".join(one.sentence for one in gates.missing(by_reference("DEMO-4"))).lower()
    for thing in ("charter", "visit", "lead", "reviewer"):
        assert thing in words
