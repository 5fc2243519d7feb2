"""Reads the demonstration's story as plain YAML, for its tests; knows nothing of the application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import yaml

APP = Path(__file__).resolve().parents[2] / "inspect_app"
STORY = APP / "demo" / "story"
ZONE = ZoneInfo("Europe/London")
DEMOS = ("demo-1", "demo-2", "demo-3", "demo-4")
SCOTLAND = holidays.country_holidays("GB", subdiv="SCT", years=range(2024, 2028))


@cache
def load(path: Path) -> Any:
    """The contents of one YAML file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def story(name: str) -> Any:
    """One file of the story by its name, without the ending."""
    return load(STORY / f"{name}.yaml")


def by_key(rows: list[dict[str, Any]], key: str = "key") -> dict[str, Any]:
    """Rows by their key; fails when a key is there twice."""
    found = {row[key]: row for row in rows}
    assert len(found) == len(rows), f"a {key} is there twice: {[row[key] for row in rows]}"
    return found


def people() -> dict[str, Any]:
    """All people of the story by key."""
    return by_key(story("people")["people"])


def kind(demo: Any) -> Any:
    """The kind of this inspection."""
    return by_key(load(APP / "inspections" / "library" / "kinds.yaml")["kinds"])[demo["kind"]]


def criteria(demo: Any) -> dict[str, Any]:
    """The criteria of this inspection's framework by key."""
    framework = load(APP / "frameworks" / "library" / f"{demo['framework']['key']}.yaml")
    assert framework["version"] == demo["framework"]["version"]
    return by_key([criterion for theme in framework["themes"] for criterion in theme["criteria"]])


def points(demo: Any) -> set[str]:
    """What a rating may say: the scale's points, not seen, does not apply."""
    framework = load(APP / "frameworks" / "library" / f"{demo['framework']['key']}.yaml")
    rated = {point["key"] for scale in framework["scales"].values() for point in scale["points"]}
    return rated | {"not_seen", "does_not_apply"}


def commitments() -> list[dict[str, Any]]:
    """The charter's commitments."""
    charter = load(APP / "charter" / "library" / "co-production-charter.yaml")
    found: list[dict[str, Any]] = charter["commitments"]
    return found


def moment(text: str) -> datetime:
    """A local time of the story."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=ZONE)


def working(day: date) -> bool:
    """Is this a working day in Scotland?"""
    return day.weekday() < 5 and day not in SCOTLAND


def times(value: Any) -> Iterator[datetime]:
    """Every time that stands anywhere below this value."""
    if isinstance(value, dict):
        for key, below in value.items():
            if isinstance(below, str) and (key in {"at", "starts", "ends"} or key.endswith("_at")):
                yield moment(below)
            else:
                yield from times(below)
    elif isinstance(value, list):
        for below in value:
            yield from times(below)


def due(start: date, amount: int, unit: str) -> date:
    """The last day of a commitment that starts to run on this day."""
    if unit == "calendar_days":
        return start + timedelta(days=amount)
    if unit == "months":
        years, month = divmod(start.month - 1 + amount, 12)
        return start.replace(year=start.year + years, month=month + 1)
    day = start
    while amount:
        day += timedelta(days=1)
        amount -= working(day)
    return day


def events(demo: Any) -> dict[str, list[datetime]]:
    """What the journal would hold of this story: kind of entry and its times, in order."""
    report = demo["report"] or {}
    accuracy = demo["accuracy"] or {}
    found: dict[str, list[Any]] = {f"stage.{stage['stage']}": [stage["at"]] for stage in demo["stages"]}
    found["visit.held"] = [visit["ends"] for visit in demo["visits"] if visit["held"]]
    found["charter.agreed"] = [one["charter_agreed_at"] for one in demo["team"] + demo["service_people"]]
    found["self_rating.sealed"] = [(demo["self_rating"] or {}).get("sealed_at")]
    seals = [one["sealed_at"] for one in demo["ratings"].values()]
    found["ratings.sealed"] = [max(seals)] if seals and all(seals) else []
    rows = {"draft.sent": "draft_sent", "report.delivered": "delivered", "report.published": "published"}
    for entry, row in rows.items():
        found[entry] = [(report.get(row) or {}).get("at")]
    found["accuracy.closed"] = [accuracy.get("closed", {}).get("at")]
    found["accuracy.settled"] = [accuracy.get("settled", {}).get("at")]
    found["meeting.recorded"] = [(demo["meeting"] or {}).get("recorded_at")]
    sent = [answer["sent_at"] for answer in demo["answers"]]
    complete = bool(sent) and all(sent) and len(sent) == len(demo["recommendations"])
    found["answers.completed"] = [max(sent)] if complete else []
    found["plan.sent"] = [demo["plan"]["sent"]["at"]] if demo["plan"] else []
    found["update.posted"] = [update["at"] for update in demo["updates"]]
    found["fix.claimed"] = [update["at"] for update in demo["updates"] if update["says_done"]]
    found["verdict.given"] = [one["at"] for look in demo["verdicts"] for one in look["given"].values()]
    found["recommendation.settled"] = [one["at"] for one in demo["settled"]]
    return {entry: sorted(moment(at) for at in stamps if at) for entry, stamps in found.items()}
